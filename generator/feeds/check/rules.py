"""The rules of the check and what is said when one is broken."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Severity(StrEnum):
    """How much a broken rule matters, the worst first."""

    ERROR = "error"  # an app or a directory refuses the feed, or a subscriber loses something
    WARNING = "warning"  # some apps do
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a feed must or should keep, and who says so."""

    code: str  # "T08": the letter is the theme
    severity: Severity
    sentence: str
    hint: str
    source: str  # "Apple, A Podcaster's Guide to RSS: itunes:explicit"
    url: str


class Said(NamedTuple):
    """A broken rule of one document, as the checks report it."""

    code: str
    line: int  # from 1; 0 where the whole document is meant
    what: str = ""  # a sentence that says it of this place; the rule's own where there is nothing to add


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule, and where."""

    place: str  # the document: a path or an address
    line: int
    rule: Rule
    what: str

    def __str__(self) -> str:
        return (
            f"{self.place}:{self.line}: {self.rule.severity} {self.rule.code}: {self.what} "
            f"{self.rule.hint} ({self.rule.source})"
        )

    def as_json(self) -> dict[str, object]:
        """Return the fault for programs."""
        rule = self.rule
        return {
            "place": self.place,
            "line": self.line,
            "code": rule.code,
            "severity": str(rule.severity),
            "what": self.what,
            "hint": rule.hint,
            "source": rule.source,
            "url": rule.url,
        }


def make_fault(place: str, said: Said) -> Fault:
    """Return what a check has said, with its rule."""
    rule = load_rules()[said.code]
    return Fault(place, said.line, rule, said.what or rule.sentence)


@cache
def load_rules() -> Mapping[str, Rule]:
    """Read the table of rules."""
    tables = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
    rules = {}
    for code, (severity, sentence, hint, source, section) in tables["rules"].items():
        name, url = tables["sources"][source]
        rules[code] = Rule(
            code, Severity(severity), sentence, hint, f"{name}: {section}", url.replace("{section}", section)
        )
    return rules
