"""An archive with a remote, a built site that a server shows, and mail that is taken."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from generator.notify.notices import Notice, parse_notice
from generator.site.build import build_site
from generator.site.serve import make_server
from generator.story import Slot
from tests.delivery.warm import become
from tests.fakes.aws import KEYS, open_moto
from tests.notify.listener import Listener, open_listener
from tests.notify.post_office import PASSWORD, PostOffice, make_certificate, open_office
from tests.races.field import git
from tests.running import answering
from tests.site import sample

BASE = "/tales/"
TODAY = datetime.now(timezone.utc).date()  # noqa: UP017
CANARIES = (PASSWORD, "canary-hook-secret-55d0", *KEYS.values())
READERS = ("ann@example.org", "bob@example.org", "cyd@example.org")
SETTINGS = """
[notify]
channels = {channels}
from = "Tales at Night <tales@example.org>"
wait = 0
{more}
[podcast]
hub = "{hub}"
"""


@dataclass(frozen=True)
class Published:
    """A site as readers see it, and the archive it is built from."""

    root: Path
    url: str

    @property
    def site(self) -> Path:
        return self.root / "site"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Five nights up to yesterday, built by the real builder and served; not to be changed."""
    root = tmp_path_factory.mktemp("published")
    (root / "site").mkdir()
    with answering(make_server(root / "site", 0, BASE), BASE) as url:
        settings = sample.write_site(root, 0, url)
        for number in range(5):
            write_night(root, number)
        build_site(settings)
        yield Published(root, url)


def write_night(root: Path, number: int, **changes: object) -> Path:
    """Write the story of so many nights before yesterday and return its folder."""
    from dataclasses import replace

    page = sample.make_page(number)
    day = TODAY - timedelta(days=1 + number)
    page = replace(page, slot=Slot(day), guid=f"taleshelf:{day}")
    return sample.write_story(root / "content", replace(page, **changes), number, (800, 600))  # type: ignore[arg-type]


@dataclass
class Teller:
    """An archive that tells, in a checkout of its own."""

    root: Path
    remote: Path
    published: Published
    variables: dict[str, str] = field(default_factory=dict)

    def set(self, *channels: str, hub: str = "", more: str = "") -> "Teller":
        """Set the channels."""
        names = "[" + ", ".join(f'"{name}"' for name in channels) + "]"
        (self.root / "taleshelf.toml").write_text(SETTINGS.format(channels=names, hub=hub, more=more))
        return self

    def start(self, *arguments: str, **extra: str) -> ForkServerProcess:
        """Start `taleshelf notify`."""
        context = get_context("forkserver")
        context.set_forkserver_preload(["tests.delivery.warm", "tests.notify.warm"])
        variables = {"PATH": os.environ["PATH"], "HOME": str(self.root.parent), "GIT_CONFIG_NOSYSTEM": "1"}
        line = ("--root", str(self.root), "notify", *arguments)
        process = context.Process(
            target=become,
            args=(line, variables | self.variables | extra, str(self.root.parent / f"{self.root.name}.txt")),
        )
        process.start()
        return process

    def end(self, process: ForkServerProcess) -> int:
        """Wait for its end, look for what must never be said, and return its exit code."""
        process.join(120)
        assert process.exitcode is not None, "it does not end"
        assert not any(secret in self.said for secret in (*CANARIES, *READERS)), self.said
        assert "Traceback" not in self.said, self.said
        return process.exitcode

    def run(self, *arguments: str, **extra: str) -> int:
        return self.end(self.start(*arguments, **extra))

    @property
    def said(self) -> str:
        return (self.root.parent / f"{self.root.name}.txt").read_text()

    def again(self, name: str) -> "Teller":
        """Return another checkout with the same settings, as on a new machine."""
        root = self.root.parent / name
        git(self.remote.parent, "clone", "--quiet", "--depth=1", f"file://{self.remote}", str(root))
        shutil.copy(self.root / "taleshelf.toml", root)
        return Teller(root, self.remote, self.published, dict(self.variables))

    def notice(self, day: date, folder: str = "") -> Notice | None:
        """Return what the remote knows of a night."""
        path = f"{folder or day.year}/{day}.json"
        done = subprocess.run(["git", "show", f"notices:{path}"], cwd=self.remote, capture_output=True, check=False)
        return parse_notice(done.stdout) if not done.returncode else None

    def states(self, day: date) -> dict[str, str]:
        notice = self.notice(day)
        return {name: str(mark.state) for name, mark in notice.marks.items()} if notice else {}


@pytest.fixture(scope="session")
def seed(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare remote with the archive of the site; not to be changed."""
    work = tmp_path_factory.mktemp("seed") / "work"
    shutil.copytree(published.root, work, ignore=shutil.ignore_patterns("site", ".taleshelf"))
    (work / "taleshelf.toml").write_text("")
    (work / ".gitignore").write_text("/.taleshelf/\n/site/\n")
    git(work, "init", "--quiet")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "Welcome")
    git(work.parent, "clone", "--quiet", "--bare", str(work), "remote.git")
    return work.parent / "remote.git"


@pytest.fixture
def teller(seed: Path, published: Published, tmp_path: Path, office: PostOffice) -> Teller:
    """A checkout whose readers are three."""
    remote = Path(shutil.copytree(seed, tmp_path / "remote.git"))
    git(tmp_path, "clone", "--quiet", f"file://{remote}", "here")
    variables = {
        "TALESHELF_SMTP_URL": f"smtp://127.0.0.1:{office.port}",
        "TALESHELF_MAIL_TO": " ".join(READERS),
        "TALESHELF_MAIL_OWNER": "owner@example.org",
        "OPENAI_API_KEY": CANARIES[1],
    }
    return Teller(tmp_path / "here", remote, published, variables)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def listener() -> Iterator[Listener]:
    with open_listener() as listener:
        yield listener


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    with open_moto() as address:
        yield address


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, Path]:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


NEWEST = TODAY - timedelta(days=1)
Start = Callable[..., Teller]
