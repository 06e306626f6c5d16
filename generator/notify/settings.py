"""The table [notify] of taleshelf.toml: who is told, how, and for how long a run waits. Nothing in it is secret."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from typing import Final

from generator.feeds.settings import parse_url

SMTP, SES, SNS, WEBHOOK, WEBSUB, PODCAST_INDEX = CHANNELS = ("smtp", "ses", "sns", "webhook", "websub", "podcastindex")
OWNED: Final = (SMTP, SES, SNS, WEBHOOK)  # the channels that reach an owner when a run has failed
SKIP, RESEND = DOUBTS = ("skip", "resend")
# A name, in quotes or not, and an address in angle brackets; or an address alone.
SENDER = re.compile(
    r'(?:"?(?P<name>[^"<>\\]*?)"?\s*<)?(?P<address>[\w.!#$%&\'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)(?(name)>)', re.ASCII
)
PODCAST_INDEX_URL = "https://api.podcastindex.org/api/1.0/hub/pubnotify"


@dataclass(frozen=True, slots=True)
class Notify:
    """What an owner has set."""

    channels: tuple[str, ...] = ()
    wait: int = 15  # minutes until the story must be on the site
    days: int = 3  # how far back a story may be that nobody was told of
    in_doubt: str = SKIP  # what becomes of news of which nobody knows whether they were sent
    sender: str = ""  # "Tales <stories@example.org>"
    reply_to: str = ""
    unsubscribe: str = ""  # where readers write who want no more
    unsubscribe_url: str = ""  # the same on the web; {address} in it becomes the reader's
    topic: str = ""  # the ARN of a topic of SNS
    contact_list: str = ""  # of SES
    contact_topic: str = ""
    region: str = ""  # of SES, and of the topic its own
    podcast_index: str = PODCAST_INDEX_URL


def parse_channels(value: object) -> tuple[str, ...]:
    """Read a list of channels, which may be empty."""
    if not isinstance(value, list) or not all(name in CHANNELS for name in value):
        raise ValueError(f"{value!r} is not a list of {', '.join(CHANNELS)}")
    return tuple(dict.fromkeys(value))


def parse_in_doubt(value: object) -> str:
    """Read what becomes of news that may have been sent."""
    if value not in DOUBTS:
        raise ValueError(f"{value!r} is none of {', '.join(DOUBTS)}")
    return str(value)


def parse_sender(value: object) -> str:
    """Read an address of mail, with a name or without, or nothing."""
    if value == "":
        return ""
    match = SENDER.fullmatch(value.strip()) if isinstance(value, str) and value.isprintable() else None
    if not match or not match["address"].isascii():
        raise ValueError(f"{value!r} is not an address such as 'Tales <stories@example.org>'")
    return str(Address(match["name"] or "", addr_spec=match["address"]))


def parse_unsubscribe_url(value: object) -> str:
    """Read an https address, in which {address} may stand, or nothing."""
    text = parse_url(value)
    if text and not (text.startswith("https://") and text.isascii()):
        raise ValueError(f"{text!r} does not begin with https://")
    return text


def parse_topic(value: object) -> str:
    """Read the ARN of a topic, or nothing."""
    if not isinstance(value, str) or (
        value and not re.fullmatch(r"arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]+", value)
    ):
        raise ValueError(f"{value!r} is not the ARN of a topic, such as 'arn:aws:sns:eu-central-1:123456789012:tales'")
    return value


def parse_name(value: object) -> str:
    """Read a name of SES or a region, or nothing."""
    if not isinstance(value, str) or not re.fullmatch(r"[\w-]{0,64}", value, re.ASCII):
        raise ValueError(f"{value!r} is not a name of letters, digits and hyphens")
    return value


def list_problems(notify: Notify, *, hub: str, site_url: str) -> list[str]:
    """Name what the channels lack, and what would tell a reader twice."""
    has = notify.channels.__contains__
    lacking = (
        (has(SMTP) and not notify.sender, "[notify] from: smtp needs it, as 'Tales <stories@example.org>'"),
        (has(SES) and not notify.sender, "[notify] from: ses needs it, as 'Tales <stories@example.org>'"),
        (has(SMTP) and has(SES), "[notify] channels: smtp and ses write to the same readers; name one of them"),
        (has(SNS) and not notify.topic, "[notify] topic: sns needs it"),
        (has(WEBSUB) and not hub, "[podcast] hub: websub of [notify] needs it"),
        (
            bool(notify.channels) and not site_url,
            "[notify] channels: mkdocs.yml needs a site_url before anybody is told",
        ),
        (bool(notify.contact_topic) and not notify.contact_list, "[notify] contact_topic: needs a contact_list"),
    )
    return [problem for lacks, problem in lacking if lacks]
