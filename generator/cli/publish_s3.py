"""`taleshelf publish s3`."""

import os
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load
from generator.errors import ConfigError, PublishRefused

if TYPE_CHECKING:
    from generator.config import Config
    from generator.delivery.place import Place


@click.command()
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the built site; site/ unless told.",
)
@click.option("--bucket", help="The bucket, instead of the one in taleshelf.toml.")
@click.option("--prefix", help="The folder in the bucket.")
@click.option("--region", help="The region of the bucket.")
@click.option("--distribution", help="The id of the CloudFront distribution in front of the bucket.")
@click.option("--adopt", is_flag=True, help="Take a place that holds other files; those are removed.")
@click.pass_obj
def s3(root: Path, /, site: Path | None, adopt: bool, **flags: str | None) -> None:
    """Publish the site to an S3 bucket: what changed, and what CloudFront is to forget."""
    from generator.lock import locked

    config = load(root)
    place = _choose(config.s3, flags)
    if not place.bucket:
        raise ConfigError("no bucket is set", "Set `bucket` under [publish.s3] in taleshelf.toml, or use --bucket.")
    try:
        from generator.delivery.s3 import publish_s3, summarise
    except ModuleNotFoundError as error:
        if error.name not in {"boto3", "botocore"}:
            raise
        raise PublishRefused("the SDK of AWS is not installed", "Install it: make cloud") from None
    folder = site or config.site
    if not folder.is_dir():
        raise ConfigError("there is no built site", "Build it first: taleshelf build")
    with locked(config.state):
        report = publish_s3(
            folder,
            place,
            base=config.base_path,
            reference=f"taleshelf-{uuid.uuid4()}",
            region=os.environ.get("AWS_REGION", ""),
            adopt=adopt,
            store=_find_store(config, place),
        )
    click.echo(summarise(report, place))


def _find_store(config: "Config", place: "Place") -> str | None:
    """Return where in the place of the site the store of recordings and pictures lies, if it does."""
    from generator.media.settings import Kind

    there = config.media.place
    inside = there.bucket == place.bucket and there.prefix.startswith(place.prefix)
    return there.prefix.removeprefix(place.prefix) if config.media.store is Kind.S3 and inside else None


def _choose(place: "Place", flags: dict[str, str | None]) -> "Place":
    """Put what was said on the command line in the place of what is set."""
    from generator.delivery import place as parsing

    parsers: dict[str, Callable[[object], str]] = {
        "bucket": parsing.parse_bucket,
        "prefix": parsing.parse_prefix,
        "region": parsing.parse_region,
        "distribution": parsing.parse_distribution,
    }
    for name, value in flags.items():
        if value is None:
            continue
        try:
            place = replace(place, **{name: parsers[name](value)})
        except ValueError as error:
            raise ConfigError(f"--{name}: {error}", "The same setting stands under [publish.s3].") from None
    return place
