"""The channels that are set, opened: each with what it needs of settings and variables, or with why it cannot be used."""

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from generator.doctor import Examined
from generator.notify.access import HOOK, OWNER, READERS, RELAY, VARIABLES, Access
from generator.notify.channel import Channel
from generator.notify.mail import Desk
from generator.notify.settings import OWNED, SES, SMTP, SNS, WEBHOOK, WEBSUB, Notify


@dataclass(frozen=True, slots=True)
class Opened:
    """What can be used, and why something cannot."""

    channels: tuple[Channel, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Means:
    """What channels are opened with."""

    notify: Notify
    access: Access
    desk: Desk
    hub: str
    region: str  # of AWS where the settings name none
    wait: Callable[[float], None] = field(repr=False)


def open_channels(means: Means, *, owners: bool = False) -> Opened:
    """Open the channels of the settings; those that reach `owners`, or all."""
    names = [name for name in means.notify.channels if name in OWNED or not owners]
    lacking = {name: list(_list_lacks(means, name, owners=owners)) for name in names}
    problems = tuple(f"{name} cannot be used: {' and '.join(lacks)}" for name, lacks in lacking.items() if lacks)
    return Opened(tuple(_open(means, name) for name in names if not lacking[name]), problems)


def examine_channels(means: Means, environment: Mapping[str, str]) -> tuple[Examined, ...]:
    """Say of each channel which of its variables are set, and what keeps it from working."""
    return tuple(_examine(means, name, environment) for name in means.notify.channels)


def _examine(means: Means, name: str, environment: Mapping[str, str]) -> Examined:
    variables = VARIABLES.get(name, ())
    return Examined(
        "notify",
        name,
        found=tuple(variable for variable in variables if environment.get(variable)),
        missing=tuple(variable for variable in variables if not environment.get(variable)),
        remark=" and ".join(_list_lacks(means, name, owners=False)),
        hint="docs/notify.md says how.",
    )


def _list_lacks(means: Means, name: str, *, owners: bool) -> Iterator[str]:
    access, listed = means.access, name == SES and means.notify.contact_list and not owners
    if name == SMTP and not access.relay:
        yield f"{RELAY} is not set"
    if name in (SMTP, SES) and not listed and not (access.owners if owners else access.readers):
        yield f"{OWNER if owners else READERS} is not set"
    if name == WEBHOOK and not access.hook:
        yield f"{HOOK} is not set"
    if name in (SES, SNS) and not importlib.util.find_spec("boto3"):
        yield "the SDK of AWS is not installed (make cloud)"


def _open(means: Means, name: str) -> Channel:
    notify, access = means.notify, means.access
    if name in (SNS, SES):
        from generator.notify.amazon import Ses, Sns, open_service

        region = notify.region or means.region
        return Sns(notify.topic) if name == SNS else Ses(means.desk, partial(open_service, "sesv2", region))
    if name == SMTP:
        from generator.notify.smtp import Smtp

        assert access.relay  # noqa: S101 - what lacks it is not opened
        return Smtp(access.relay, means.desk, means.wait)
    if name == WEBHOOK:
        from generator.notify.webhook import Webhook

        return Webhook(access.hook, access.hook_secret)
    from generator.notify.pings import PodcastIndex, WebSub

    return WebSub(means.hub) if name == WEBSUB else PodcastIndex(notify.podcast_index)
