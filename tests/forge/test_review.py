import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.archive import Archive, read_page
from generator.config import load_config
from generator.drafts import Drafts
from generator.errors import PublishError, PublishRefused
from generator.forge.api import Forge
from generator.forge.proposal import LARGEST, Proposal, read_proposal, render_proposal, render_title, sum_cost
from generator.forge.review import conclude_reviews, open_reviews, read_pulls, settle_reviews
from generator.forge.words import JOINER
from generator.page import Section
from generator.repository import Repository
from generator.story import Slot
from tests.fakes.github import TOKEN, Fault, GitHub
from tests.races.field import NIGHT, git, make_clone, make_remote, tell, variables
from tests.running import run

HOME = "https://github.com/owner/tales"
SLOT = Slot(NIGHT)
REVIEW = re.compile(r"(?m)^review = false")


@dataclass
class Desk:
    """A checkout whose stories wait for a word."""

    root: Path
    remote: Path

    @property
    def drafts(self) -> Drafts:
        return Drafts(Repository(self.root, variables(self.root.parent)), lambda _seconds: None, random.Random(1))

    def propose(self, day: date) -> Path:
        """Put the story of a night on its branch, as a run does, and return where it would be."""
        folder = tell(self.root, day)
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        place = folder.relative_to(self.root).as_posix()
        assert self.drafts.propose(Slot(day), files, place, read_page(folder).title)
        shutil.rmtree(folder)
        return folder

    def open(self, forge: Forge) -> list[str]:
        return list(open_reviews(forge, self.drafts, load_config(self.root), HOME))

    def settle(self, forge: Forge, today: date = NIGHT) -> list[str]:
        return list(settle_reviews(forge, load_config(self.root), today))

    def conclude(self, forge: Forge) -> list[str]:
        return list(conclude_reviews(forge, load_config(self.root)))

    def proposal(self) -> Proposal:
        drafts = self.drafts
        return read_proposal(drafts.repository, Archive(self.root / "content/stories").stories, SLOT)

    def publish(self) -> None:
        """Commit and push what is new, and nothing else."""
        git(self.root, "add", "content")
        git(self.root, "commit", "--quiet", "-m", "x")
        git(self.root, "push", "--quiet")


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_remote(tmp_path_factory.mktemp("review"))


@pytest.fixture
def desk(first: Path, tmp_path: Path, hub: GitHub) -> Desk:
    remote = Path(shutil.copytree(first, tmp_path / "remote.git"))

    def branches() -> dict[str, str]:
        rows = git(remote, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads").splitlines()
        return {row.split()[0]: row.split()[1] for row in rows}

    hub.branches = branches
    return Desk(make_clone(remote, "here"), remote)


def test_a_story_that_waits_has_one_pull_request(desk: Desk, hub: GitHub, forge: Forge) -> None:
    assert desk.open(forge) == []
    folder = desk.propose(NIGHT)
    assert desk.open(forge) == [f"{SLOT}: pull request 1 is open"]
    assert desk.open(forge) == [f"{SLOT}: pull request 1 waits"]
    (pull,) = hub.pulls
    title = str(pull["title"])
    assert title.startswith(f"Story of {SLOT}: ")
    assert pull["base"] == {"ref": "main"}
    body = str(pull["body"])
    commit = git(desk.remote, "rev-parse", f"drafts/{SLOT}")
    assert f"({HOME}/blob/{commit}/content/stories/2026/03/{folder.name}/cover.webp?raw=true)" in body
    assert "| Cost | $0.00 |" in body
    assert "**Merge** this, and the story is published." in body
    desk.propose(NIGHT + timedelta(days=1))
    assert len(desk.open(forge)) == len(hub.pulls) == 2


def test_the_pull_request_shows_every_word_of_the_story(desk: Desk, forge: Forge, hub: GitHub) -> None:
    desk.propose(NIGHT)
    desk.open(forge)
    page = desk.proposal().page
    body = str(hub.pulls[0]["body"])
    for section in page.sections:
        for word in " ".join(section.paragraphs).split():
            assert word.strip(".,“”") in body or not word.isalpha()


def test_what_an_owner_edits_on_the_branch_stays_one_pull_request(desk: Desk, hub: GitHub, forge: Forge) -> None:
    folder = desk.propose(NIGHT)
    desk.open(forge)
    git(desk.root, "fetch", "--quiet", "origin", f"drafts/{SLOT}")
    git(desk.root, "switch", "--quiet", "-c", "edit", "FETCH_HEAD")
    page = folder / "index.md"
    page.write_text(page.read_text().replace("the ", "the very ", 1))
    git(desk.root, "commit", "--quiet", "--all", "-m", "An edit")
    git(desk.root, "push", "--quiet", "origin", f"edit:drafts/{SLOT}")
    git(desk.root, "switch", "--quiet", "main")
    assert desk.open(forge) == [f"{SLOT}: pull request 1 waits"]


@pytest.mark.parametrize("deleted", [False, True])
def test_a_closed_pull_request_leaves_a_tombstone_and_the_night_is_not_told(
    desk: Desk, hub: GitHub, forge: Forge, deleted: bool
) -> None:
    desk.propose(NIGHT)
    desk.open(forge)
    hub.pulls[0]["state"] = "closed"
    if deleted:  # with the button that GitHub shows then
        git(desk.remote, "update-ref", "-d", f"refs/heads/drafts/{SLOT}")
    else:
        assert desk.open(forge) == [f"{SLOT}: pull request 1 was closed"]
    archive = Archive(desk.root / "content/stories")
    assert desk.settle(forge) == [f"{SLOT}: has a tombstone now, because pull request 1 was closed"]
    assert archive.removed() == {SLOT}
    assert desk.settle(forge) == []
    assert hub.writes() == [("POST", "/pulls")]
    assert desk.conclude(forge) == [f"{SLOT}: is not told; pull request 1 was closed"]
    assert (desk.conclude(forge), desk.settle(forge)) == ([], [])
    assert len(hub.said(1)) == 1


def test_who_deletes_the_tombstone_has_the_night_told_and_shown_again(desk: Desk, hub: GitHub, forge: Forge) -> None:
    desk.propose(NIGHT)
    desk.open(forge)
    hub.pulls[0]["state"] = "closed"
    desk.settle(forge)
    desk.conclude(forge)
    desk.publish()
    desk.drafts.drop(SLOT)  # as the next run does
    (desk.root / f"content/tombstones/{SLOT}.md").unlink()
    desk.publish()
    assert desk.settle(forge) == []
    (desk.root / "content/cast/pip.md").write_text((desk.root / "content/cast/pip.md").read_text() + "\nA fox.\n")
    desk.publish()  # so that the new proposal is another commit
    desk.propose(NIGHT)
    assert desk.open(forge) == [f"{SLOT}: pull request 2 is open"]
    assert (desk.settle(forge), desk.conclude(forge)) == ([], [])


def test_a_merged_pull_request_is_a_published_story_and_nothing_more_is_done(
    desk: Desk, hub: GitHub, forge: Forge
) -> None:
    desk.propose(NIGHT)
    desk.open(forge)
    git(desk.remote, "update-ref", "refs/heads/main", f"drafts/{SLOT}")
    hub.pulls[0] |= {"state": "closed", "merged_at": "2026-03-14T08:00:00Z"}
    git(desk.root, "pull", "--quiet")
    assert Archive(desk.root / "content/stories").find(SLOT)
    assert desk.settle(forge) == []
    assert desk.open(forge) == [f"{SLOT}: pull request 1 was closed"]
    assert Archive(desk.root / "content/stories").removed() == frozenset()


def test_a_copys_pull_request_with_the_name_of_a_draft_means_nothing(desk: Desk, hub: GitHub, forge: Forge) -> None:
    desk.propose(NIGHT)
    desk.open(forge)
    hub.pulls[0]["state"] = "closed"
    hub.pulls[0]["head"]["repo"]["full_name"] = "stranger/tales"  # type: ignore[index]
    assert list(read_pulls(forge, state="all")) == []
    assert desk.settle(forge) == []
    assert Archive(desk.root / "content/stories").removed() == frozenset()


def cut_off(hub: GitHub, what: str, work: Callable[[], object]) -> int:
    """Do it again and again, cut off at one request later each time, until it is through; return how often it was cut off."""
    for cut in range(12):
        hub.faults = [Fault("*", "", what, skip=cut)]
        try:
            work()
        except PublishError:
            continue
        return cut
    raise AssertionError("it never ends")


@pytest.mark.parametrize("what", ["reset", "lost"])
def test_cut_off_anywhere_there_is_one_pull_request_and_one_comment(
    desk: Desk, hub: GitHub, forge: Forge, what: str
) -> None:
    desk.propose(NIGHT)
    assert cut_off(hub, what, lambda: desk.open(forge)) >= 2
    assert len(hub.pulls) == 1
    hub.pulls[0]["state"] = "closed"
    assert cut_off(hub, what, lambda: desk.settle(forge)) >= 1
    assert cut_off(hub, what, lambda: desk.conclude(forge)) >= 2
    assert (len(hub.said(1)), len(hub.pulls)) == (1, 1)


def test_where_actions_may_open_no_pull_requests_the_setting_is_named(desk: Desk, hub: GitHub, forge: Forge) -> None:
    desk.propose(NIGHT)
    said = {"message": "GitHub Actions is not permitted to create or approve pull requests."}
    hub.faults = [Fault("POST", "pulls", "403", body=said)]
    with pytest.raises(PublishRefused, match="not permitted to create") as caught:
        desk.open(forge)
    assert "docs/requests.md" in caught.value.hint


def test_a_branch_that_shows_no_story_keeps_no_other_from_being_shown(desk: Desk, hub: GitHub, forge: Forge) -> None:
    git(desk.remote, "update-ref", f"refs/heads/drafts/{SLOT}", "main")
    other = NIGHT + timedelta(days=1)
    desk.propose(other)
    first, second = desk.open(forge)
    assert "there is no story of it" in first
    assert second == f"{other}: pull request 1 is open"


def test_what_a_model_writes_calls_nobody_and_closes_nothing(desk: Desk) -> None:
    desk.propose(NIGHT)
    proposal = desk.proposal()
    hostile = "@owner fixes #1 <img src=x> https://example.org ![a](b) | GH-7"
    section = Section(hostile, "a b.webp", hostile, (f"{hostile}\n{hostile}",))
    page = replace(proposal.page, title=hostile, description=hostile, sections=(section,), written_by=hostile)
    body = render_proposal(replace(proposal, page=page), HOME)
    shown = body.partition("\n\n")[2].replace(HOME, "")
    assert JOINER in shown
    assert not re.search(r"@|#\d(?!\d*;)|<(?!br>)|https?://|GH-7", shown)
    assert "a%20b.webp?raw=true" in shown
    assert not re.search(r"[@#]", render_title(replace(proposal, page=page)))
    endless = replace(page, sections=(replace(section, paragraphs=(hostile * 2000,)),))
    assert len(render_proposal(replace(proposal, page=endless), HOME)) < LARGEST


@pytest.mark.parametrize(("made", "cost"), [({"steps": {"write": {"cost": 0.1}, "narrate": {"cost": 1}}}, 1.1), ({}, 0), ([], 0), ({"steps": {"x": {"cost": "?"}, "y": 1}}, 0)])  # fmt: skip
def test_the_cost_is_that_of_all_steps(made: object, cost: float) -> None:
    assert sum_cost(made) == pytest.approx(cost)


def test_the_commands_do_what_the_functions_do(desk: Desk, hub: GitHub) -> None:
    told = hub.environment() | {"HOME": str(desk.root.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    assert run(desk.root, "review", "open", **told).out.startswith("nothing to do: stories wait for nobody's word")
    settings = desk.root / "taleshelf.toml"
    settings.write_text(REVIEW.sub("review = true", settings.read_text()))
    desk.propose(NIGHT)
    ran = run(desk.root, "review", "open", **told)
    assert (ran.code, ran.out) == (0, f"{SLOT}: pull request 1 is open\n")
    hub.pulls[0]["state"] = "closed"
    ran = run(desk.root, "review", "settle", **told)
    assert (ran.code, "has a tombstone now" in ran.out) == (0, True)
    assert TOKEN not in ran.out + ran.err
