"""The conversation with a mail server, when it is slow, silent or odd."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.notify.access import Relay, parse_relay
from generator.notify.bulletin import Bulletin
from generator.notify.channel import Fate
from generator.notify.letter import make_bulletin
from generator.notify.smtp import Smtp
from tests.notify.conftest import READERS
from tests.notify.post_office import PostOffice
from tests.notify.test_letter import DESK, make_news


def make_smtp(port: int, seconds: float = 30) -> Smtp:
    return Smtp(Relay("smtp", "127.0.0.1", port), DESK, lambda _seconds: None, seconds)


@pytest.fixture
def bulletin() -> Bulletin:
    return make_bulletin(make_news(cover=b""), READERS)


@pytest.fixture
def silent() -> Iterator[int]:
    """A port where somebody takes calls and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_server_that_never_greets_was_told_nothing(bulletin: Bulletin, silent: int) -> None:
    outcome = make_smtp(silent, 0.2).tell(bulletin, ())
    assert (outcome.fate, outcome.left, outcome.act) == (Fate.LATER, (), False)


def test_a_server_that_takes_a_message_and_falls_silent_may_have_it(office: PostOffice, bulletin: Bulletin) -> None:
    office.slow = threading.Event()
    try:
        assert make_smtp(office.port, 1).tell(replace(bulletin, to=READERS[:1]), ()).fate is Fate.DOUBT
    finally:
        office.slow.set()


def test_a_server_that_turns_everybody_away_is_not_asked_for_hundreds(office: PostOffice, bulletin: Bulletin) -> None:
    many = tuple(f"reader{number}@example.org" for number in range(200))
    calls: list[float] = []
    smtp = Smtp(Relay("smtp", "127.0.0.1", 9), DESK, calls.append)
    outcome = smtp.tell(replace(bulletin, to=many), ())
    assert (outcome.fate, outcome.left) == (Fate.LATER, ())
    assert len(calls) == 2  # between three calls


def test_lines_that_begin_with_a_dot_arrive_as_they_are(office: PostOffice, bulletin: Bulletin) -> None:
    words = "A line.\n.\n..\n.QUIT\n" + "long " * 400 + "\n.\n"
    letter = replace(bulletin.letter, text=words, html="")
    assert make_smtp(office.port).tell(replace(bulletin, letter=letter, to=READERS[:1]), ()).fate is Fate.TOLD
    ((_, message),) = office.mails
    assert message.get_content().replace("\r\n", "\n") == words


def test_whoever_writes_in_any_script_is_read(office: PostOffice, bulletin: Bulletin) -> None:
    letter = replace(bulletin.letter, subject="Die Nacht der Wölfe 🌙 夜", text="Grüße, 夜\n", html="<p>夜</p>")
    assert make_smtp(office.port).tell(replace(bulletin, letter=letter, to=READERS[:1]), ()).fate is Fate.TOLD
    message = office.mails[0][1]
    assert message["Subject"] == letter.subject
    plain = message.get_body(("plain",))
    assert plain
    assert plain.get_content().splitlines() == ["Grüße, 夜"]


def test_a_password_goes_to_nobody_in_the_clear() -> None:
    relay = parse_relay("smtp://me:secret-pass@mail.example.org")
    assert not relay.local
    assert (relay.host, relay.port, relay.user, relay.password) == ("mail.example.org", 587, "me", "secret-pass")
    assert "secret-pass" not in repr(relay)


@pytest.mark.parametrize(
    "text", ["mail.example.org", "smtp://:25", "smtp://h:x", "smtp://h/path", "imap://h", "smtp://u@h"]
)
def test_an_address_that_is_no_mail_server_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_relay(text)
    assert text not in str(caught.value)
