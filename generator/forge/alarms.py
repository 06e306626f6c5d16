"""One issue for each kind of finding: opened once, told what is new, closed when it is over.

The issues themselves are the only memory. A hidden mark says of what an issue is and what was said last; it counts in
words of those only who may write here, so that no stranger can keep the watchdog quiet.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from generator.forge.api import Forge
from generator.forge.issues import Issue, close_issue, open_issue, read_comments, read_issues
from generator.forge.letters import Finding
from generator.forge.words import hide

LABEL = "watchdog"
FAR = 300  # issues that are looked through, newest first
MARK = re.compile(r"<!-- taleshelf watchdog (?P<kind>[a-z]+) (?P<since>[\w-]+) (?P<digest>[0-9a-f]{8}) -->")
OVER = "over"
HEALED = "It is over: all is well again.\n"
TWICE = "There is an older issue about the same.\n"


def sound_alarms(forge: Forge, findings: Iterable[Finding], looked: AbstractSet[str]) -> Iterator[str]:
    """Bring the issues in line with what was found; yield what was done, a line each. Kinds not looked at stay as they are."""
    found = {finding.kind: finding for finding in findings}
    issues = _read_alarms(forge)
    for kind in sorted({*found, *looked}):
        alarms = issues.get(kind, ())
        still = [alarm for alarm in alarms if alarm.open]
        first = still[-1] if still else None
        for other in still[:-1]:  # two runs at once may have opened one each
            yield from _end(forge, other, kind, TWICE)
        if finding := found.get(kind):
            yield from _tell(forge, finding, first, alarms)
        elif first:
            yield from _end(forge, first, kind, HEALED)


def _read_alarms(forge: Forge) -> Mapping[str, Sequence[Issue]]:
    """Return the watchdog's issues by kind, newest first."""
    alarms: dict[str, list[Issue]] = {}
    for issue in itertools.islice(read_issues(forge, "", state="all"), FAR):
        if issue.ours and (mark := MARK.search(issue.body)):
            alarms.setdefault(mark["kind"], []).append(issue)
    return alarms


def _tell(forge: Forge, finding: Finding, alarm: Issue | None, all_of_it: Sequence[Issue]) -> Iterator[str]:
    mark = hide(f"watchdog {finding.kind} {finding.since} {finding.digest}")
    if alarm:
        if _read_last(forge, alarm)[1] != finding.digest:
            forge.send("POST", f"issues/{alarm.number}/comments", {"body": f"{mark}\n{finding.text}"})
            yield f"issue {alarm.number}: there is news"
    elif all_of_it and _read_last(forge, all_of_it[0]) == (finding.since, finding.digest):
        yield f"issue {all_of_it[0].number}: was closed by hand, and there is nothing new to say"
    else:
        number = open_issue(forge, finding.title, f"{mark}\n{finding.text}", LABEL)
        yield f"issue {number}: opened"


def _end(forge: Forge, alarm: Issue, kind: str, words: str) -> Iterator[str]:
    """Say why, once, and close an issue."""
    if _read_last(forge, alarm)[0] != OVER:
        mark = hide(f"watchdog {kind} {OVER} {0:08}")
        forge.send("POST", f"issues/{alarm.number}/comments", {"body": f"{mark}\n{words}"})
    close_issue(forge, alarm.number)
    yield f"issue {alarm.number}: closed"


def _read_last(forge: Forge, alarm: Issue) -> tuple[str, str]:
    """Return what was said last on an issue: since when, and the digest of the reason."""
    marks = [mark for text in (alarm.body, *read_comments(forge, alarm.number)) for mark in MARK.finditer(text)]
    return marks[-1]["since"], marks[-1]["digest"]
