"""An owner hears of a run that failed: what, why and where, once a day for each reason, and no secret."""

import base64
import json

import pytest

from tests.notify.conftest import CANARIES, Teller
from tests.notify.listener import Listener
from tests.notify.post_office import PostOffice

RUN = {
    "GITHUB_SERVER_URL": "https://github.example",
    "GITHUB_REPOSITORY": "owner/tales",
    "GITHUB_RUN_ID": "1234567",
}


def write_log(teller: Teller, *lines: str) -> str:
    path = teller.root.parent / "run.log"
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def test_the_owner_is_told_what_failed_and_nobody_else(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp", "websub", hub="http://127.0.0.1:9/")
    log = write_log(teller, "\x1b[31mWriting\x1b[0m", "Error: the remote is full", "Hint: make room")
    assert teller.run("--failure", "--step", "publish", "--log", log, **RUN) == 0
    ((address, message),) = office.mails
    assert address == "owner@example.org"
    assert "publish failed on" in message["Subject"]
    assert message["List-Unsubscribe"] is None
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part
        assert "the remote is full" in part.get_content()
        assert "https://github.example/owner/tales/actions/runs/1234567" in part.get_content()
        assert "\x1b" not in part.get_content()


def test_the_same_failure_is_told_once_a_day_and_another_one_too(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    for number in (1, 2):
        log = write_log(teller, f"Error: commit 0a1b2c3d{number} of 1{number} failed after {number} seconds")
        assert teller.run("--failure", "--step", "publish", "--log", log) == 0
    assert len(office.mails) == 1
    assert "the owner was told of this today" in teller.said
    assert teller.again("there").run("--failure", "--step", "build") == 0
    assert len(office.mails) == 2


def test_no_secret_and_no_reader_is_told_to_the_owner(teller: Teller, office: PostOffice, listener: Listener) -> None:
    teller.set("smtp", "webhook")
    secret = CANARIES[1]
    spellings = (
        secret,
        base64.b64encode(secret.encode()).decode(),
        f"Bearer {secret}",
        f"?key={secret}&x",
        "pa%2Fss%2Fword-1",
    )
    log = write_log(teller, *spellings, "pa/ss/word-1", "550 ann@example.org unknown", f"Error: {secret}")
    hook = {"TALESHELF_WEBHOOK_URL": listener.url + "hook/t0ken-in-path", "TALESHELF_WEBHOOK_SECRET": "pa/ss/word-1"}
    assert teller.run("--failure", "--step", secret, "--log", log, **hook) == 0
    told = office.mails[0][1].as_string() + listener.heard[0].body.decode()
    for hidden in (
        secret,
        base64.b64encode(secret.encode()).decode().rstrip("="),
        "ann@example.org",
        "ss/word-1",
        "%2Fss",
    ):
        assert hidden not in told
    assert "(hidden)" in json.loads(listener.heard[0].body)["reason"]


def test_a_remote_that_is_away_keeps_nobody_from_hearing_of_it(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    teller.remote.rename(teller.remote.with_name("away.git"))
    for _ in range(2):
        assert teller.run("--failure", "--step", "commit") == 0
    assert len(office.mails) == 1
    assert "this machine remembers instead" in teller.said


def test_without_an_owner_a_failure_says_what_is_missing(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    assert teller.run("--failure", TALESHELF_MAIL_OWNER="") == 5
    assert "TALESHELF_MAIL_OWNER is not set" in teller.said
    assert office.mails == []


@pytest.mark.parametrize("point", ["notice.pushed:1", "notify.told:1"])
def test_a_run_that_is_killed_while_it_tells_the_owner_does_not_tell_twice(
    teller: Teller, office: PostOffice, point: str
) -> None:
    teller.set("smtp")
    assert teller.run("--failure", "--step", "x", TALESHELF_FAILPOINT=point) == -9
    told = len(office.mails)
    assert teller.again("there").run("--failure", "--step", "x") == 0
    assert len(office.mails) == told
