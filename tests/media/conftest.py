import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.archive import Archive
from generator.config import Config, load_config
from generator.delivery.place import Place
from generator.media.settings import Kind, MediaSettings
from generator.media.store import Store
from generator.media.stores import open_store
from generator.outside import Outside
from generator.site.serve import Pages
from generator.synthetic import write_night
from tests.fakes.aws import make_bucket, make_variables
from tests.races.field import git, stock, variables
from tests.running import answering
from tests.samples import make_archive

BUCKET = "media-of-the-test"
NEWEST = date(2026, 1, 1)  # the stories are of two years
KINDS = list(Kind)


@pytest.fixture(scope="session")
def bucket(moto: str) -> Any:
    return make_bucket(moto, BUCKET)


@pytest.fixture(scope="session")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three nights with all their files; not to be changed."""
    root = make_archive(tmp_path_factory.mktemp("filed") / "archive")
    for back in range(3):
        write_night(stock(1), root / "content/stories", NEWEST - timedelta(days=back))
    return root


@dataclass
class Shelf:
    """An archive, and a store for what it holds."""

    root: Path
    config: Config
    outside: Outside
    bucket: Any
    remotes: Path

    @property
    def folders(self) -> tuple[Path, ...]:
        return Archive(self.config.content / "stories").folders()

    @property
    def archive(self) -> Archive:
        return Archive(self.config.content / "stories")

    def open(self, kind: Kind | None = None) -> Store:
        return open_store(self.config, kind or self.config.media.store or Kind.FOLDER, self.outside)

    def again(self, root: Path) -> "Shelf":
        """Return the same with a copy of the archive and of the folder it may keep things in."""
        shutil.copytree(self.root, root)
        if self.there.exists():
            shutil.copytree(self.there, root.parent / "there")
        return replace(self, root=root, config=replace(self.config, root=root))

    @property
    def there(self) -> Path:
        return self.root.parent / "there"


def write_settings(root: Path, media: MediaSettings) -> None:
    """Set the table [media] of an archive."""
    kept = re.sub(r"\[media\].*?(?=\n\[|\Z)", "", (root / "taleshelf.toml").read_text(), flags=re.DOTALL)
    rows = {"store": media.store or "", "base_url": media.base_url, "folder": media.folder, "remote": media.remote}
    rows |= {"bucket": media.place.bucket, "prefix": media.place.prefix, "region": media.place.region}
    lines = "".join(f'{key} = "{value}"\n' for key, value in rows.items())
    (root / "taleshelf.toml").write_text(f"{kept}\n[media]\n{lines}")


def settle(shelf: "Shelf", address: str) -> None:
    """Set the address of the store."""
    path = shelf.root / "taleshelf.toml"
    path.write_text(re.sub(r'^base_url = ".*"$', f'base_url = "{address}"', path.read_text(), flags=re.MULTILINE))


@pytest.fixture
def shelf(
    filed: Path, tmp_path: Path, moto: str, bucket: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Shelf:
    """An archive with a store of the sort that a test asks for, or a folder."""
    kind = getattr(request, "param", Kind.FOLDER)
    for name, value in make_variables(moto).items():
        monkeypatch.setenv(name, value)
    root = Path(shutil.copytree(filed, tmp_path / "archive"))
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name)[:60].strip("-")
    settings = MediaSettings(
        store=kind,
        base_url="https://media-{year}.example.org/" if kind is Kind.PAGES else "https://media.example.org/",
        folder="../there",
        place=Place(BUCKET, f"{name}/", "eu-central-1"),
        remote=f"file://{tmp_path}/media-{{year}}.git",
    )
    for year in (2025, 2026):
        git(tmp_path, "init", "--quiet", "--bare", f"media-{year}.git")
        git(tmp_path / f"media-{year}.git", "config", "uploadpack.allowFilter", "true")
    write_settings(root, settings)
    outside = Outside(
        moment=lambda: datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")),
        clock=lambda: 0.0,
        sleep=lambda _seconds: None,
        rng=random.Random(1),
        environment=variables(tmp_path),
    )
    return Shelf(root, load_config(root), outside, bucket, tmp_path)


class Stored(Pages):
    """A server for a store, which other sites may ask, too."""

    allowed = "*"

    def end_headers(self) -> None:
        if self.allowed:
            self.send_header("Access-Control-Allow-Origin", self.allowed)
        super().end_headers()


@contextmanager
def serving_store(folder: Path, allowed: str = "*") -> Iterator[str]:
    """Serve a folder as a store on a port of its own, another origin than the site's."""
    kind: Callable[..., Any] = type("Kind", (Stored,), {"allowed": allowed})
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: kind(*args, root=folder.resolve(), base="/"))
    server.daemon_threads = True
    with answering(server, "/") as address:
        yield address
