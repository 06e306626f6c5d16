"""An issue with the label -> the slot of its story. Nothing is remembered: the slot is named after the issue's number."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.errors import ConfigError
from generator.forge.api import pick, pick_number, pick_text
from generator.slots import find_request, request_slot
from generator.story import Slot

LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An issue on which somebody has just put a label."""

    number: int
    body: str
    label: str
    sender: str  # who has put it there


def parse_event(data: bytes) -> Labelled | None:
    """Read the event file of a workflow; None when it is not about a label on an issue. Raises ConfigError."""
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        raise ConfigError("the event file is not JSON", "GitHub names it in GITHUB_EVENT_PATH.") from None
    number, sender = pick_number(event, "issue", "number"), pick_text(event, "sender", "login")
    if pick(event, "action") != "labeled" or number <= 0 or pick(event, "issue", "pull_request") is not None:
        return None
    if not LOGIN.fullmatch(sender):
        raise ConfigError("the event file does not say who has put the label there", "GitHub writes it.")
    return Labelled(number, pick_text(event, "issue", "body"), pick_text(event, "label", "name"), sender)


def find_slot(number: int, known: Iterable[Slot], today: date) -> Slot:
    """Return the slot of an issue: the one among those known, else one of today.

    So a label that is put on again, whenever that may be, is the same slot.
    """
    return find_request(request_slot(today, f"issue {number}"), known)
