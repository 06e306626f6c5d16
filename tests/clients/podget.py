"""podget: a shell script around wget, as many run it from cron."""

import re
from collections.abc import Iterator
from functools import partial

from tests.clients.processes import Failed, run
from tests.clients.stage import Stage, Step

NEEDS = ("podget",)
NEWEST = 3


def steps(stage: Stage) -> Iterator[Step]:
    """Download."""
    yield f"downloads the newest {NEWEST} with a playlist", partial(_download, stage)


def _download(stage: Stage) -> str:
    home = stage.home("podget")
    run(["podget", "-d", home, "--create-config", "podgetrc"], home, codes=range(256))
    settings = (home / "podgetrc").read_text("utf-8")
    for name, value in {"DIR_LIBRARY": home / "library", "MOST_RECENT": NEWEST, "MIN_SPACE": 0}.items():
        settings = re.sub(rf"(?m)^#?{name}=.*$", f"{name}={value}", settings)
    (home / "podgetrc").write_text(settings, "utf-8")
    (home / "serverlist").write_text(f"{stage.feed} Stories Tales\n", "utf-8")
    run(["podget", "-d", home, "-c", "podgetrc", "-v"], home)
    found = [path.read_bytes() for path in (home / "library").rglob("*.mp3")]
    if sorted(found) != sorted(episode.sound for episode in stage.episodes()[:NEWEST]):
        raise Failed(f"{len(found)} files, not byte for byte the newest of the archive")
    lists = [path.read_text("utf-8").count(".mp3") for path in (home / "library").glob("*.m3u")]
    if lists != [NEWEST]:
        raise Failed(f"playlists of {lists} recordings")
    return f"{len(found)} files, {sum(map(len, found))} bytes, the same as in the archive; a playlist of {lists[0]}"
