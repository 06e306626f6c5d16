"""What must be true of an archive after a fault, whatever the fault was. Each function returns what is wrong, in sentences."""

import base64
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from generator.archive import Archive, read_made, read_page
from generator.check import check_all
from generator.config import load_config
from generator.money.ledger import Record as Call
from generator.money.ledger import State, role_of
from generator.money.spending import read_calls
from generator.page import Page
from tests.fakes.clouds import CANARIES, PAID, Record

# Which endpoint a paid call of the ledger reaches.
ENDPOINTS = {
    ("write", "openai"): "openai.chat",
    ("write", "bedrock"): "bedrock.converse",
    ("illustrate", "openai"): "openai.image",
    ("illustrate", "bedrock"): "bedrock.invoke",
    ("illustrate", "replicate"): "replicate.create",
    ("narrate", "openai"): "openai.speech",
    ("narrate", "polly"): "polly.speech",
}
# Answers that nobody is billed for: turned away before any work.
UNBILLED = frozenset(
    "400 401 403 404 429 503 model-gone quota refusal redirect".split()  # a refusal is billed by none of the vendors
)
FETCHES = ("replicate.poll", "replicate.file")
WRITTEN = ("content/stories", ".taleshelf", "taleshelf.toml")  # whatever a night may write to
MOST = 2  # times that an asset may be paid for


@dataclass(frozen=True, slots=True)
class Told:
    """The one story of an archive."""

    page: Page
    made: Mapping[str, object]
    files: frozenset[str]

    @property
    def text(self) -> tuple[object, ...]:
        """Every word of the story."""
        page = self.page
        return (page.title, page.description, page.moral, page.question, *(s.paragraphs for s in page.sections))

    @property
    def makers(self) -> tuple[str, str, str]:
        """The providers that wrote, drew and read it; empty for what is pending."""
        page = self.page
        return (_first(page.written_by), _first(page.drawn_by), _first(page.read_by))


def _first(text: str) -> str:
    return text.partition(" ")[0]


def read_told(root: Path) -> Told | None:
    """Return the story of an archive, or None where there is none."""
    folders = Archive(root / "content" / "stories").folders()
    if not folders:
        return None
    assert len(folders) == 1, f"{len(folders)} stories where one was told"
    folder = folders[0]
    return Told(read_page(folder), read_made(folder), frozenset(path.name for path in folder.iterdir()))


def check_archive(root: Path) -> Iterator[str]:
    """Find an archive that is not whole; what is pending may be missing."""
    told = read_told(root)
    lacking = told.page.pending if told else ()
    for finding in check_all(load_config(root)).findings:
        if not (finding.rule == "picture" and "shows no picture" in finding.message and "pictures" in lacking):
            yield f"check: {finding}"
    for path in (root / "content").rglob("*"):
        if path.name.endswith(".new"):
            yield f"left behind: {path.relative_to(root)}"


def check_whole(root: Path, reference: Told | None) -> Iterator[str]:
    """Find what keeps an archive from the state of a night without a fault."""
    told = read_told(root)
    if told is None:
        yield "there is no story"
        return
    if told.page.pending:
        yield f"{' and '.join(told.page.pending)} pending"
    if any((root / ".taleshelf" / "slots").glob("*")):
        yield "the slot was not closed"
    if any((root / ".taleshelf" / "staging").glob("*")):
        yield "something was left in the staging folder"
    if "unfinished" in told.made and not told.page.pending:
        yield "story.json still says how to finish it"
    if reference and told.text != reference.text:
        yield "the text is another than without the fault"
    if reference and told.files != reference.files:
        yield f"other files than without the fault: {sorted(told.files ^ reference.files)}"


def check_output(code: int | str, err: str) -> Iterator[str]:
    """Find output that no owner could understand."""
    if "Traceback" in err or "Exception in thread" in err:
        yield f"a traceback: {err.strip().splitlines()[-1][:160]}"
    if code in (1, 2) and ("Error: " not in err or "Hint: " not in err):
        yield f"no sentence with a hint: {err[-160:]!r}"


def check_paid(requests: Sequence[Record], root: Path) -> Iterator[str]:
    """Find what was paid for too often, and what the record of it does not tell."""
    if any(record.kind in ("trap", "unknown") for record in requests):
        yield "a redirect was followed, or a strange address asked"
    yield from check_bodies(requests)
    told = read_told(root)
    if told is None:
        return
    calls = [call for call in read_calls(told.made) if call.reserved]
    for (step, provider), count in Counter((call.step, call.provider) for call in calls if call.billed).items():
        if count > MOST:
            yield f"{step} may have been paid for {count} times at {provider}"
    sent = Counter(map(endpoint_of, (call for call in calls if call.error != "NotSent")))
    answered = Counter(map(endpoint_of, (call for call in calls if call.error not in ("NotSent", "Ambiguous"))))
    arrived = Counter(record.kind for record in requests if record.kind in PAID)
    for kind in sorted(arrived.keys() | sent.keys()):
        # What was cut off on its way may have arrived or not: that is what the ledger says of it, too.
        if not answered[kind] <= arrived[kind] <= sent[kind]:
            yield f"{arrived[kind]} requests reached {kind}, story.json has {sent[kind]}"
    if any(call.state is State.SENT for call in calls):
        yield "story.json has a call that never ended"


def check_bodies(requests: Sequence[Record]) -> Iterator[str]:
    """Find a request that was paid for more often than it may be.

    It may be a second time where the first answer was a fault. A prediction is answered by what is fetched later.
    """
    fetched = sum(bool(record.fault) for record in requests if record.kind in FETCHES)
    for (kind, what), records in group_paid(requests).items():
        billed = [record for record in records if record.fault not in UNBILLED]
        if len(billed) > MOST:
            yield f"{kind}: the same was paid for {len(billed)} times: {what[:120]}"
        if len(billed) == MOST and not billed[0].fault:
            fetched -= kind == "replicate.create"
            if kind != "replicate.create" or fetched < 0:
                yield f"{kind}: what had arrived was bought again: {what[:120]}"


def group_paid(requests: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    """Return the paid requests by endpoint and body, in the order of their arrival."""
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in requests:
        if record.kind in PAID:
            groups[(record.kind, f"{record.path} {record.body}")].append(record)
    return groups


def endpoint_of(call: Call) -> str:
    """Return the endpoint that a call of the ledger reaches."""
    kind = ENDPOINTS[(role_of(call.step), call.provider)]
    return "polly.marks" if call.step.endswith("-marks") else kind


def check_secrets(root: Path, *texts: str) -> Iterator[str]:
    """Find a canary key in texts, in the files of an archive, and in what git makes of them."""
    needles = [form for key in CANARIES.values() for form in _forms(key)]
    for text in texts:
        if any(needle in text.encode() for needle in needles):
            yield "a key was printed"
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if any(needle in data for needle in needles):
                yield f"a key is in {path.relative_to(root)}"
    if any(needle in _git_objects(root) for needle in needles):
        yield "a key is in a git object"


def _forms(key: str) -> tuple[bytes, ...]:
    return (key.encode(), base64.b64encode(key.encode()).rstrip(b"="), quote(key, safe="").encode())


def _git_objects(root: Path) -> bytes:
    """Commit what a night has written and return the bytes of every object."""

    def git(*arguments: str) -> bytes:
        who = ("-c", "user.name=Owner", "-c", "user.email=owner@example.org", "-c", "gc.auto=0")
        return subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True).stdout

    git("init", "--quiet")
    git("add", "--all", "--force", *(name for name in WRITTEN if (root / name).exists()))
    git("commit", "--quiet", "--allow-empty", "--message", "All of it")
    return git("cat-file", "--batch-all-objects", "--batch", "--unordered")
