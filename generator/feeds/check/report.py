"""What a check has found, for people and for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.feeds.check.rules import Fault, Severity

MOST = 5  # findings of one rule that are shown to a person


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was wrong."""

    place: str
    pages: int
    items: int
    files: int  # that were looked at
    unseen: int  # that were not: outside of the site, or of older episodes
    faults: tuple[Fault, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings are of that weight."""
        return sum(fault.rule.severity is severity for fault in self.faults)

    @property
    def summary(self) -> str:
        """What was looked at, in words."""
        seen = f"{self.pages} {'page' if self.pages == 1 else 'pages'}, {self.items} {'item' if self.items == 1 else 'items'}"
        unseen = f", {self.unseen} not looked at" if self.unseen else ""
        return f"{seen} and {self.files} linked {'file' if self.files == 1 else 'files'}{unseen}"

    def lines(self) -> Iterator[str]:
        """Yield a line a finding, and what is left of a rule that is broken all over."""
        shown: Counter[str] = Counter()
        for fault in self.faults:
            shown[fault.rule.code] += 1
            if shown[fault.rule.code] <= MOST:
                yield str(fault)
        for code, number in sorted(shown.items()):
            if number > MOST:
                yield f"{self.place}: and {number - MOST} more of {code} (see --json)"

    def as_json(self) -> dict[str, object]:
        """Return the report for programs."""
        counts = {f"{severity}s": self.count(severity) for severity in Severity}
        return {
            "feed": self.place,
            "pages": self.pages,
            "items": self.items,
            "files": self.files,
            "unseen": self.unseen,
            **counts,
            "findings": [fault.as_json() for fault in self.faults],
        }


def sum_up(reports: Sequence[Report]) -> Report:
    """Return one report of several feeds."""
    return Report(
        reports[0].place,
        sum(report.pages for report in reports),
        sum(report.items for report in reports),
        sum(report.files for report in reports),
        sum(report.unseen for report in reports),
        tuple(fault for report in reports for fault in report.faults),
    )
