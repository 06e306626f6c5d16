"""rss2email: every story of the first page as a letter in a Maildir."""

import mailbox
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import partial
from pathlib import Path

from tests.clients.processes import Failed, run
from tests.clients.stage import Stage, Step
from tests.clients.truth import Episode

NEEDS = ("r2e",)
PAGE = 100  # it reads the first page only


def steps(stage: Stage) -> Iterator[Step]:
    """Write letters, and none twice."""
    home = stage.home("mails")
    yield "writes a letter for each story of the first page", partial(_write, home, stage)
    yield "writes none twice", partial(_write_again, home)


def subscribe(home: Path, feed: str) -> None:
    """Set it up to deliver into a Maildir."""
    (home / "mail").mkdir()
    call(home, "new", "reader@example.org")
    settings = (home / "r2e.cfg").read_text("utf-8")
    values = {"email-protocol": "maildir", "maildir-path": home / "mail", "maildir-mailbox": "INBOX"}
    for name, value in (values | {"html-mail": True, "multipart-html": True}).items():
        settings = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value}", settings)
    (home / "r2e.cfg").write_text(settings, "utf-8")
    call(home, "add", "stories", feed)


def call(home: Path, *arguments: str) -> str:
    """Give a command."""
    return run(["r2e", "-c", "r2e.cfg", "-d", "r2e.json", *arguments], home)


def read_letters(home: Path) -> list[EmailMessage]:
    """Return all letters."""
    parser = BytesParser(EmailMessage, policy=policy.default)
    box = mailbox.Maildir(home / "mail" / "INBOX", factory=parser.parse)  # type: ignore[arg-type]
    return [box[key] for key in sorted(box.keys())]  # type: ignore[misc]


def _write(home: Path, stage: Stage) -> str:
    subscribe(home, stage.feed)
    said = call(home, "run")
    if "[WARNING]" in said or "[ERROR]" in said:
        raise Failed(said[-300:])
    letters = {letter["X-RSS-ID"]: letter for letter in read_letters(home)}
    told = stage.episodes()[:PAGE]
    if sorted(letters) != sorted(episode.guid for episode in told):
        raise Failed(f"{len(letters)} letters for {len(told)} stories")
    for episode in told:
        _check(letters[episode.guid], episode)
    return f"{len(letters)} letters with title, sender, link, text and recording"


def _check(letter: EmailMessage, episode: Episode) -> None:
    row, body = episode.row, letter.get_body(("html",))
    text = body.get_content() if body else ""
    shown = {
        "title": letter["Subject"] == row["title"],
        "sender": letter["From"] == '"Tales & Lanterns: The Lantern House" <keeper@example.org>',
        "link": letter["X-RSS-URL"] == row["link"],
        "recording": f'href="{row["sound"]}?v=' in text,
        "text": episode.page.moral in text,
    }
    if wrong := [name for name, good in shown.items() if not good]:
        raise Failed(f"the letter of {episode.guid} has another {' and '.join(wrong)}: {letter['Subject']!r}")


def _write_again(home: Path) -> str:
    before = len(read_letters(home))
    call(home, "run")
    if len(read_letters(home)) != before:
        raise Failed(f"{len(read_letters(home))} letters instead of {before}")
    return f"still {before} letters"
