"""`taleshelf publish`: the built site, to where readers find it."""

import click

from generator.cli.publish_s3 import s3


@click.group()
def publish() -> None:
    """Publish the built site."""


publish.add_command(s3)
