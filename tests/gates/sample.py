"""The site that the gates look at: nights of every kind, and one of them told, drawn and read for this."""

import subprocess
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.config import load_config
from generator.synthetic import write_shelf
from tests.running import command, environment
from tests.site.sample import write_settings

ROOT = Path(__file__).parents[2]
TONIGHT = date(2026, 11, 21)
BASE = "/tales/"
LONGEST = 1800  # seconds that a command may take
PUBLISHED = "https://example.org" + BASE  # what canonical links, cards, sitemap and feeds name


@dataclass(frozen=True, slots=True)
class Sample:
    """A built site, and where its pages stand."""

    root: Path
    pages: dict[str, str]  # by name: paths under the site

    @property
    def site(self) -> Path:
        """The folder of the site."""
        return self.root / "site"


def make_sample(root: Path, stories: int, *, tell: bool = True) -> Sample:
    """Write an archive of so many synthetic nights and, unless told otherwise, a real one after them; build it under a path."""
    write_shelf(load_config(ROOT), root, stories, TONIGHT - timedelta(days=1))
    write_settings(root, PUBLISHED)
    if tell:
        demand(root, "tonight", "--date", str(TONIGHT))
    demand(root, "build")
    newest = max((root / "content/stories").glob("*/*/*/index.md")).parent
    story = newest.relative_to(root / "content").as_posix() + "/"
    month = f"{TONIGHT:%Y/%m}/"
    series = next(path.stem for path in sorted((root / "content/series").glob("*.md")) if path.stem != "index")
    return Sample(
        root,
        {
            "home": "",
            "story": story,
            "all": "stories/",
            "month": f"stories/{month}",
            "calendar": f"calendar/{month}",
            "cast": "cast/",
            "series": "series/",
            "one series": f"series/{series}/",
            "search": "find/?q=lantern",
            "offline": "offline/",
            "404": "404.html",  # by its own name, and so with status 200: what cannot be found is no page to judge
            "about": "about/",
        },
    )


def demand(root: Path, *arguments: str) -> None:
    """Run the program, which has to succeed."""
    done = subprocess.run(
        command(*arguments), env=environment(root), capture_output=True, text=True, check=False, timeout=LONGEST
    )
    if done.returncode:
        raise RuntimeError(f"taleshelf {arguments[0]} ended with status {done.returncode}: {done.stderr.strip()}")
