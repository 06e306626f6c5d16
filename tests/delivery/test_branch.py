import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.delivery.branch import Publishing, publish_branch
from generator.delivery.folder import Report
from generator.errors import ConfigError, PublishError, PublishRefused
from generator.repository import Repository
from tests.delivery.conftest import Checkout
from tests.delivery.sites import as_published, make_plain_site
from tests.races.field import check_no_secret, git, make_clone, variables
from tests.running import run

BRANCH = "gh-pages"


def publish(checkout: Checkout, site: Path, history: int = 0, branch: str = BRANCH, timeout: float = 60) -> Report:
    repository = Repository(checkout.root, variables(checkout.root.parent), timeout=timeout)
    work = Publishing(repository, checkout.root / ".taleshelf", time.sleep, random.Random(1))
    return publish_branch(work, site, branch, history=history)


def on_branch(remote: Path) -> dict[str, str]:
    names = git(remote, "ls-tree", "-r", "--name-only", BRANCH).splitlines()
    return {name: git(remote, "cat-file", "blob", f"{BRANCH}:{name}") for name in names}


def state(checkout: Checkout) -> dict[str, bytes]:
    """Everything git keeps of an archive."""
    folder = checkout.root / ".git"
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_plain_site(tmp_path / "site")


@pytest.mark.parametrize("depth", [(), ("--depth=1",)])
def test_a_site_is_on_the_branch_and_the_archive_is_untouched(remote: Path, site: Path, depth: tuple[str, ...]) -> None:
    checkout = Checkout(remote, make_clone(remote, "here", *depth))
    before = state(checkout)
    assert publish(checkout, site).sent == 7
    assert on_branch(remote) == as_published(site) | {".nojekyll": ""}
    (site / "index.html").write_text("new")
    (site / "404.html").unlink()
    assert publish(checkout, site) == Report(6, 1, 3, 1)
    assert on_branch(remote) == as_published(site) | {".nojekyll": ""}
    assert git(remote, "rev-list", "--count", BRANCH) == "2"
    assert state(checkout) == before
    assert not (checkout.root / ".taleshelf/pages").exists()
    assert git(remote, "fsck", "--strict", "--no-dangling") == ""
    check_no_secret(remote)


def test_again_nothing_is_pushed(checkout: Checkout, site: Path) -> None:
    publish(checkout, site)
    tip = git(checkout.remote, "rev-parse", BRANCH)
    assert publish(checkout, site) == Report(7, 0, 0, 0)
    assert git(checkout.remote, "rev-parse", BRANCH) == tip


def test_no_file_of_the_branch_is_fetched_to_change_another(checkout: Checkout, site: Path) -> None:
    publish(checkout, site)
    git(checkout.remote, "config", "uploadpack.allowFilter", "true")
    packs = [path.rename(checkout.remote / path.name) for path in (checkout.remote / "objects/pack").glob("*.pack")]
    for pack in packs:
        subprocess.run(["git", "unpack-objects", "-q"], cwd=checkout.remote, stdin=pack.open("rb"), check=True)
    lost = git(checkout.remote, "rev-parse", f"{BRANCH}:stories/a/cover.webp")
    (checkout.remote / "objects" / lost[:2] / lost[2:]).unlink()  # whoever wants it fails
    (site / "index.html").write_text("new")
    assert publish(checkout, site).sent == 1
    assert git(checkout.remote, "show", f"{BRANCH}:index.html") == "new"


def test_what_is_pushed_is_what_changed(checkout: Checkout, site: Path) -> None:
    noise = random.Random(1)
    for number in range(20):
        (site / f"{number}.mp3").write_bytes(noise.randbytes(50_000))
    publish(checkout, site)
    packed = count_bytes(checkout.remote)
    (site / "0.mp3").write_bytes(noise.randbytes(50_000))
    publish(checkout, site)
    assert 50_000 < count_bytes(checkout.remote) - packed < 60_000


def count_bytes(remote: Path) -> int:
    return sum(path.stat().st_size for path in (remote / "objects").rglob("*") if path.is_file())


def test_a_limited_history_begins_anew_and_only_then_is_forced(checkout: Checkout, site: Path) -> None:
    counts = []
    for number in range(7):
        (site / "index.html").write_text(str(number))
        publish(checkout, site, history=3)
        counts.append(int(git(checkout.remote, "rev-list", "--count", BRANCH)))
        assert on_branch(checkout.remote) == as_published(site) | {".nojekyll": ""}
    assert counts == [1, 2, 3, 1, 2, 3, 1]
    git(checkout.remote, "config", "receive.denyNonFastForwards", "true")
    (site / "index.html").write_text("onwards")
    publish(checkout, site)
    (site / "index.html").write_text("anew")
    with pytest.raises(PublishRefused, match="was not pushed"):
        publish(checkout, site, history=1)


def test_the_domain_a_host_wrote_there_stays(checkout: Checkout, other: Checkout, site: Path) -> None:
    publish(checkout, site)
    other.git("fetch", "--quiet")
    other.git("switch", "--quiet", BRANCH)
    (other.root / "CNAME").write_text("tales.example.org")
    other.git("add", "CNAME")
    other.git("commit", "--quiet", "-m", "Domain")
    other.git("push", "--quiet")
    (site / "index.html").write_text("new")
    assert publish(checkout, site) == Report(7, 1, 3, 0)
    assert on_branch(checkout.remote)["CNAME"] == "tales.example.org"


def test_two_sites_at_once_both_land_whole(checkout: Checkout, other: Checkout, tmp_path: Path) -> None:
    one, two = make_plain_site(tmp_path / "one", a="1"), make_plain_site(tmp_path / "two", b="2")
    run_beside = f"""
import sys, time, random
from pathlib import Path
from generator.delivery.branch import Publishing, publish_branch
from generator.repository import Repository
import os
root, site = Path(sys.argv[1]), Path(sys.argv[2])
work = Publishing(Repository(root, dict(os.environ)), root / ".taleshelf", time.sleep, random.Random(sys.argv[1]))
for number in range(3):
    (site / "index.html").write_text(sys.argv[2] + str(number))
    publish_branch(work, site, {BRANCH!r})
"""
    beside = [
        subprocess.Popen([sys.executable, "-c", run_beside, str(root), str(site)], env=variables(tmp_path))
        for root, site in ((checkout.root, one), (other.root, two))
    ]
    assert [process.wait(timeout=120) for process in beside] == [0, 0]
    assert git(checkout.remote, "rev-list", "--count", BRANCH) == "6"
    assert on_branch(checkout.remote) in [as_published(site) | {".nojekyll": ""} for site in (one, two)]
    assert git(checkout.remote, "fsck", "--strict", "--no-dangling") == ""


def test_the_branch_of_the_archive_is_never_taken_for_the_site(checkout: Checkout, site: Path) -> None:
    for name in ("main", "a..b", "-x", "", "a b"):
        with pytest.raises(ConfigError, match="cannot be the branch of the site"):
            publish(checkout, site, branch=name)
    checkout.git("switch", "--quiet", "--detach")
    with pytest.raises(ConfigError, match="'main' holds an archive and no site"):
        publish(checkout, site, branch="main")


def test_a_remote_that_is_away_or_refuses_is_a_sentence(checkout: Checkout, site: Path) -> None:
    hook = checkout.remote / "hooks/update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'no pages here' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PublishRefused, match="no pages here"):
        publish(checkout, site)
    shutil.rmtree(checkout.remote)
    with pytest.raises(PublishError, match=r"origin: git ls-remote: "):
        publish(checkout, site)


def test_the_command_takes_the_branch_of_the_settings(checkout: Checkout) -> None:
    make_plain_site(checkout.root / "site")
    settings = checkout.root / "taleshelf.toml"
    settings.write_text(settings.read_text().replace('branch = "gh-pages"', 'branch = "pages"'))
    told = {"HOME": str(checkout.root.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    assert run(checkout.root, "publish", "branch", **told).out == "origin/pages: 7 of 7 files (0.0 MB)\n"
    assert run(checkout.root, "publish", "branch", **told).out == "origin/pages: nothing new\n"
    assert git(checkout.remote, "rev-list", "--count", "pages") == "1"
