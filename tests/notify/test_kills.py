"""Killed anywhere, or by several runs at once: nobody is told twice."""

from datetime import timedelta

import pytest

from tests.notify.conftest import NEWEST, READERS, Teller
from tests.notify.listener import Listener
from tests.notify.post_office import PostOffice
from tests.races.field import git

KILLED = -9
# The first notice passes over what is old; then smtp is claimed, smtp settled and websub claimed, websub settled.
BEFORE = ("notice.made:1", "notice.pushed:1", "notice.made:2")  # nobody was claimed
DURING = ("notice.pushed:2", "notify.claimed:1", "notify.told:1", "notice.made:3")  # smtp is in doubt
AFTER = ("notice.pushed:3", "notify.claimed:2", "notify.told:2", "notice.made:4", "notice.pushed:4", "notify.settled:1")


@pytest.mark.parametrize("point", [*BEFORE, *DURING, *AFTER])
def test_a_run_that_is_killed_anywhere_and_its_disk_lost_tells_nobody_twice(
    teller: Teller, office: PostOffice, listener: Listener, point: str
) -> None:
    teller.set("smtp", "websub", hub=listener.url)
    assert teller.run(TALESHELF_FAILPOINT=point) == KILLED
    mails, heard = len(office.mails), len(listener.heard)
    assert teller.again("there").run() == 0
    assert set(office.readers) <= set(READERS)
    assert len(office.readers) == len(set(office.readers))
    if point in BEFORE:
        assert (mails, len(office.mails), len(listener.heard)) == (0, 3, 3)
    else:
        assert len(office.mails) == mails
        assert len(listener.heard) in {heard, 3}
    assert teller.states(NEWEST - timedelta(days=1)) == {}
    assert git(teller.remote, "fsck", "--strict", "--no-dangling") == ""


def test_a_run_that_is_killed_amid_its_mails_tells_nobody_twice(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    met: list[str] = []
    process = None

    def kill(address: str) -> bool:
        met.append(address)
        if len(met) == 2 and process:
            process.kill()
        return False

    office.drop = kill
    process = teller.start()
    assert teller.end(process) == KILLED
    assert office.readers == sorted(READERS[:2])
    assert teller.again("there").run() == 0
    assert office.readers == sorted(READERS[:2])


@pytest.mark.parametrize("clones", [2, 4, 8])
def test_of_runs_at_the_same_time_one_tells(
    teller: Teller, office: PostOffice, listener: Listener, clones: int
) -> None:
    teller.set("smtp", "websub", hub=listener.url)
    tellers = [teller, *(teller.again(f"there-{number}") for number in range(clones - 1))]
    processes = [one.start() for one in tellers]
    assert [one.end(process) for one, process in zip(tellers, processes, strict=True)] == [0] * clones
    assert office.readers == sorted(READERS)
    assert len(listener.heard) == 3
    assert teller.states(NEWEST) == {"smtp": "told", "websub": "told"}


def test_a_remote_that_takes_nothing_lets_nobody_be_told(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    hook = teller.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert teller.run() == 5
    assert office.mails == []
    hook.unlink()
    teller.remote.rename(teller.remote.with_name("away.git"))
    assert teller.run() == 4
    assert office.mails == []


def test_a_remote_that_goes_away_meanwhile_leaves_a_claim_that_nobody_repeats(
    teller: Teller, office: PostOffice
) -> None:
    teller.set("smtp")
    away = teller.remote.with_name("away.git")

    def go_away(_address: str) -> bool:
        if teller.remote.exists():
            teller.remote.rename(away)
        return False

    office.drop = go_away
    assert teller.run() == 4
    away.rename(teller.remote)
    assert office.readers == sorted(READERS)
    assert teller.states(NEWEST) == {"smtp": "claimed"}
    assert teller.run() == 0
    assert office.readers == sorted(READERS)


def test_without_a_remote_this_machine_remembers(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    git(teller.root, "remote", "remove", "origin")
    assert teller.run(TALESHELF_FAILPOINT="notify.claimed") == KILLED
    assert teller.run() == 0
    assert office.mails == []
    assert teller.run(str(NEWEST - timedelta(days=1))) == 0
    assert teller.run(str(NEWEST - timedelta(days=1))) == 0
    assert office.readers == sorted(READERS)


def test_nothing_of_a_reader_and_no_secret_is_in_the_remote(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    office.at_rcpt = lambda address: "451 later" if address == READERS[0] else ""
    assert teller.run() == 4
    everything = git(teller.remote, "log", "-p", "notices")
    assert '"left"' in everything
    assert "@example.org" not in everything
    assert not any(address.split("@")[0] + "@" in everything for address in READERS)
