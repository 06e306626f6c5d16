"""`taleshelf infra`: what an archive needs in a cloud."""

import click


@click.group()
def infra() -> None:
    """Describe what an archive needs in a cloud, for the cloud's own tools."""


@infra.command()
def aws() -> None:
    """Print a CloudFormation template: bucket, CloudFront, roles for GitHub Actions, topic, cost alarm."""
    from generator.infra import read_aws_template

    click.echo(read_aws_template(), nl=False)
