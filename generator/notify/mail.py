"""A letter as the message one person gets, and a list of people told one after the other. Pure but for what sends."""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from urllib.parse import quote

from generator.notify.bulletin import LEAVING, Bulletin, make_subject
from generator.notify.channel import Fate, Outcome
from generator.notify.settings import Notify

NOBODY = "stories@taleshelf.invalid"  # writes mail that is only looked at
POLICY = SMTP.clone(max_line_length=78)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes: whose name mails carry, what they are known by, and the time."""

    notify: Notify
    show: str
    moment: datetime

    @property
    def domain(self) -> str:
        """The domain that mails are known by."""
        return self.address.rpartition("@")[2]

    @property
    def address(self) -> str:
        """The address that mails come from."""
        return parseaddr(self.notify.sender)[1] or NOBODY

    def find_leaving(self, address: str) -> str:
        """Return where a person leaves the list: a page, or mail to whoever keeps it."""
        if self.notify.unsubscribe_url:
            return self.notify.unsubscribe_url.replace("{address}", quote(address, safe=""))
        return f"mailto:{self.notify.unsubscribe or self.address}?subject=unsubscribe"


@dataclass(frozen=True, slots=True)
class Told:
    """How it went with one person."""

    fate: Fate
    why: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a list, each with a tag that nobody can trace without the key, or where there is none the whole list."""

    people: tuple[str, ...] = field(repr=False)
    key: bytes = field(default=b"", repr=False)

    def tags(self) -> dict[str, str]:
        """Return what stands for each person where anybody can read it."""
        secret = hashlib.sha256(self.key or "\n".join(sorted(map(str.casefold, self.people))).encode()).digest()
        return {one: hmac.digest(secret, one.casefold().encode(), "sha256").hex()[:12] for one in self.people}


def personalise(text: str, link: str) -> str:
    """Return a letter for one person, who leaves the list by the link."""
    return text.replace(LEAVING, link)


def make_message(bulletin: Bulletin, desk: Desk, address: str, leaving: str = "") -> EmailMessage:
    """Make the message for one person. The same news give the same person a message of the same id.

    `leaving` is what stands for the link by which one leaves the list, where that is not ours to know.
    """
    link = leaving or desk.find_leaving(address)
    letter, notify = bulletin.letter, desk.notify
    message = EmailMessage(POLICY)
    message["From"] = _make_sender(desk)
    message["To"] = address
    if notify.reply_to:
        message["Reply-To"] = notify.reply_to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(desk.moment)
    message["Message-ID"] = make_id(bulletin.key, desk, address)
    message["Auto-Submitted"] = "auto-generated"
    if bulletin.listed and not leaving:
        _add_list_headers(message, desk, address)
    message.set_content(personalise(letter.text, link), cte="quoted-printable")
    if letter.html:
        message.add_alternative(personalise(letter.html, escape(link)), subtype="html", cte="quoted-printable")
    if letter.picture:
        page = message.get_payload()[1]  # type: ignore[index]
        page.add_related(letter.picture, "image", "jpeg", cid="<cover>", filename="cover.jpg", disposition="inline")  # type: ignore[union-attr]
    return message


def _make_sender(desk: Desk) -> Address:
    name = parseaddr(desk.notify.sender)[0]
    return Address(name or make_subject(desk.show), addr_spec=desk.address)


def _add_list_headers(message: EmailMessage, desk: Desk, address: str) -> None:
    """Say how one leaves the list: by mail, on a page, and with one click where there is a page."""
    notify = desk.notify
    ways = [f"<mailto:{notify.unsubscribe or desk.address}?subject=unsubscribe>"]
    ways += [f"<{desk.find_leaving(address)}>"] if notify.unsubscribe_url else []
    message["List-Unsubscribe"] = ", ".join(ways)
    if notify.unsubscribe_url:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Id"] = f"<stories.{desk.domain}>"
    message["Precedence"] = "bulk"


def make_id(key: str, desk: Desk, address: str) -> str:
    """Return the id of the message that tells a person of this news."""
    digest = hashlib.sha256(f"{desk.show}\n{key}\n{address.casefold()}".encode()).hexdigest()
    return f"<{key.replace('/', '.')}.{digest[:24]}@{desk.domain}>"


def tell_each(
    roster: Roster, left: Sequence[str] | None, send: Callable[[str], Told], *, resend: bool = False
) -> Outcome:
    """Tell everybody, or those whose tags are `left`, and return who is to be told again.

    Nobody keeps another from being told. Who refused for good is not asked again; who may have it is only with `resend`.
    """
    tags = roster.tags()
    wanted = [one for one in roster.people if left is None or tags[one] in left]
    fates = [(one, send(one)) for one in wanted]
    again = (Fate.LATER, Fate.DOUBT) if resend else (Fate.LATER,)
    rest = tuple(tags[one] for one, told in fates if told.fate in again)
    named = () if len(rest) == len(roster.people) else rest  # everybody needs no tags, which change with the password
    counts = {fate: sum(told.fate is fate for _, told in fates) for fate in Fate}
    reason = next(
        (told.why for fate in (Fate.LATER, Fate.DOUBT, Fate.REFUSED) for _, told in fates if told.fate is fate), ""
    )
    of = f"of {len(wanted)}: {reason}"
    if rest:
        return Outcome(Fate.LATER, f"{len(rest)} {of}", named)
    if counts[Fate.DOUBT]:
        return Outcome(Fate.DOUBT, f"{counts[Fate.DOUBT]} {of}")
    if counts[Fate.REFUSED]:
        return Outcome(Fate.REFUSED, f"{counts[Fate.REFUSED]} {of}")
    if left and not wanted:
        return Outcome(Fate.REFUSED, "the list of readers has changed, and who was left is not known any more")
    return Outcome(Fate.TOLD)
