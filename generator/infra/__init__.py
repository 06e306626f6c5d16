"""What an archive needs in a cloud, described for those who make it there."""

from importlib.resources import files


def read_aws_template() -> str:
    """Return the CloudFormation template, a YAML text whose parameters say what they are."""
    return files(__name__).joinpath("aws.yaml").read_text("utf-8")
