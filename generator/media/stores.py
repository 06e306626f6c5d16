"""From the settings to the store of a sort; only what it needs is loaded."""

from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import ConfigError
from generator.media.settings import Kind
from generator.media.store import Store

if TYPE_CHECKING:
    from generator.config import Config
    from generator.outside import Outside


def open_store(config: "Config", kind: Kind, outside: "Outside") -> Store:
    """Return the store of a sort, as the settings describe it. Raises ConfigError or PublishError."""
    if kind is Kind.FOLDER:
        from generator.media.folder import FolderStore

        return FolderStore(_choose_folder(config))
    if kind is Kind.S3:
        from generator.media.bucket import BucketStore

        return BucketStore(config.media.place, outside.environment.get("AWS_REGION", ""))
    from generator.media.branch import BranchStore

    return BranchStore(config.media.remote, config.media.branch, config.state / "media", outside)


def _choose_folder(config: "Config") -> Path:
    """Return the folder of a store. Raises ConfigError for one that a build or a commit would take for its own."""
    folder = (config.root / config.media.folder).resolve()
    for ours in (config.content, config.site, config.state):
        if not config.media.folder or folder == ours.resolve() or ours.resolve() in folder.parents:
            raise ConfigError(
                f"[media] folder: {config.media.folder!r} cannot be the store",
                "Name a folder outside of content/, site/ and .taleshelf/, such as '../tales-media'.",
            )
    return folder
