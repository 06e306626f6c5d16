"""The record of a run and the page that is made of it."""

import json
import os
import signal
import subprocess
from datetime import UTC
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from generator.archive import Archive, read_page
from generator.journal import Entry, find_failure, parse_journal
from generator.summary import Report, Shown, render_report
from tests.conftest import NIGHT
from tests.notify.listener import open_listener
from tests.running import command, environment, run

HOSTILE = (
    "<script>alert(1)</script>",
    "::error::x",
    "##[group]x",
    "[a](javascript:x)",
    "![a](//example.org/x.png)",
    "a | b",
    "# big",
    "\n\n## new",
    "https://example.org www.example.org",
    "<img src=x onerror=alert(1)>",
    "`code`",
    "${{ secrets.X }}",
    '" onload="x',
    "@somebody #3",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
lines = st.lists(texts, max_size=3).map(tuple)
entries = st.builds(
    Entry,
    command=texts,
    begun=st.just("2026-11-21T02:13:07.250+00:00"),
    seconds=st.floats(0, 4000),
    status=st.one_of(st.none(), st.integers(0, 255)),
    slots=lines,
    out=lines,
    err=lines,
)
stories = st.builds(Shown, *[texts] * 3, lines, lines, texts, st.just("https://example.org/s/"), st.just(""), texts)


class Seen(HTMLParser):
    """Remembers the tags of a page, where its links lead, and its lines of a table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.attributes: set[str] = set()
        self.rows = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.rows += tag == "tr"
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}


@given(st.lists(entries, max_size=4), st.lists(stories, max_size=3), texts)
def test_nothing_that_is_said_becomes_markup_a_link_or_an_order(
    said: list[Entry], told: list[Shown], month: str
) -> None:
    text = render_report(Report(tuple(said), tuple(told), month, UTC))
    seen = Seen(markdown(text, extensions=["tables", "sane_lists"]))
    assert seen.tags <= set("h2 p ul li table thead tbody tr th td strong br a".split())
    assert seen.links <= {"https://example.org/s/"}
    assert seen.attributes <= {"href", "style"}
    assert seen.rows in (0, len(said) + 1, sum(one.command != "summary" or one.status is not None for one in said) + 1)
    assert not any(line.startswith("::") or "##[" in line or "${{" in line for line in text.splitlines())


def test_a_picture_is_shown_with_its_words_and_cannot_break_out_of_them() -> None:
    shown = Shown("2026-11-21", "A Title", cover="https://example.org/a/cover.webp", alt='Pip" onload="x')
    seen = Seen(render_report(Report((), (shown,), "", UTC)))
    assert seen.attributes == {"src", "width", "alt"}
    assert seen.links == {"https://example.org/a/cover.webp"}


def record(root: Path, *arguments: str, **extra: str) -> int:
    return run(root, *arguments, TALESHELF_RECORD=str(root / ".taleshelf" / "record.jsonl"), **extra).code


def test_a_run_is_shown_with_its_story_its_steps_and_what_went_another_way(lent: Path, tmp_path: Path) -> None:
    assert record(lent, "tonight", "--date", NIGHT) == 0
    assert record(lent, "serve", "--port", "0") == 2
    page = tmp_path / "summary.md"
    assert record(lent, "summary", GITHUB_STEP_SUMMARY=str(page), PAGES_RESULT="failure") == 0
    title = read_page(Archive(lent / "content/stories").folders()[0]).title
    text = page.read_text()
    assert f"## [{title}](https://example.org/stories/2026/03/14-" in text
    assert '<img src="https://example.org/stories/2026/03/14-' in text
    assert "Cost: &#36;0.00" in text
    assert "| tonight | done |" in text
    assert "| serve | **a setting is wrong** |" in text
    assert "- **serve**: Error&#58; there is no site in" in text
    assert "GitHub Pages | **failed**" in text
    assert "| summary |" not in text


def stop(root: Path, number: signal.Signals) -> Entry:
    """Stop a command amid its work and return what is on record of it."""
    path = root / ".taleshelf" / "record.jsonl"
    variables = environment(root, TALESHELF_RECORD=str(path))
    started = subprocess.Popen(command("tonight"), env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert started.stdout
    started.stdout.readline()
    started.send_signal(number)
    started.communicate()
    (entry,) = parse_journal([path.read_text()])
    return entry


def test_a_command_that_was_killed_is_seen_to_have_begun(archive: Path) -> None:
    entry = stop(archive, signal.SIGKILL)
    assert (entry.command, entry.status) == ("tonight", None)


def test_an_interrupt_is_on_record_too(archive: Path) -> None:
    entry = stop(archive, signal.SIGTERM)
    assert (entry.status, any("interrupted" in line for line in entry.err)) == (130, True)


def test_a_record_holds_no_secret_and_no_wish(lent: Path) -> None:
    canary = "canary-0a1b2c3d4e5f"
    assert record(lent, "write", "--idea", "a duck", "--place", canary, OPENAI_API_KEY=canary) == 2
    text = (lent / ".taleshelf" / "record.jsonl").read_text()
    assert canary not in text
    assert "(hidden)" in text
    assert '"command": "write"' in text


def test_records_of_several_jobs_are_one_and_what_cannot_be_read_is_left_out() -> None:
    first = Entry("tonight", "2026-11-21T02:13:07.250+00:00", status=None)
    ended = Entry("tonight", "2026-11-21T02:13:07.250+00:00", 3.0, 3, ("2026-11-21",), ("told",))
    failed = Entry("build", "2026-11-21T02:14:07.250+00:00", 1.0, 1, err=("Error: no",))

    def line(entry: Entry) -> str:
        return json.dumps({name: getattr(entry, name) for name in Entry.__slots__})

    read = parse_journal([f"{line(failed)}\n{{cut", f"{line(first)}\nnull\n{line(ended)}\n"])
    assert read == (ended, failed)
    assert find_failure(read) == failed
    assert find_failure((first, ended)) is None


def test_without_the_variable_nothing_is_written(lent: Path) -> None:
    before = sorted(path.name for path in lent.iterdir())
    assert "TALESHELF_RECORD" not in os.environ
    assert run(lent, "status").code == 0
    assert sorted(path.name for path in lent.iterdir()) == before


def test_what_failed_on_record_is_what_its_owner_is_told(lent: Path) -> None:
    (lent / "taleshelf.toml").write_text('[notify]\nchannels = ["webhook"]\n')
    assert record(lent, "status") == 0
    assert record(lent, "serve", "--port", "0") == 2
    with open_listener() as listener:
        hook = {"TALESHELF_WEBHOOK_URL": f"{listener.url}hook", "GITHUB_SERVER_URL": "https://github.com"}
        hook |= {"GITHUB_REPOSITORY": "anna/tales", "GITHUB_RUN_ID": "17"}
        assert record(lent, "notify", "--failure", **hook) == 0
    told = json.loads(listener.heard[0].body)
    assert (told["step"], told["run"]) == ("serve", "https://github.com/anna/tales/actions/runs/17")
    assert "there is no site in" in told["reason"]
