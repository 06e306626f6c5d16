"""The body of an issue that was made with the form .github/ISSUE_TEMPLATE/story.yml -> its fields. Pure.

GitHub writes a heading for every field and below it what was typed, as it was typed: anybody can type a heading, too. So
every heading of the form must stand there once and in its order, and a body with more or less is not read at all.
"""

import re
from collections.abc import Mapping

from generator.errors import WishRefused

# What the form calls a field -> the field. A test holds the two together.
HEADINGS: Mapping[str, str] = {
    "What should it be about?": "idea",
    "Kind of story": "genre",
    "How it is told": "form",
    "For which age": "age",
    "Minutes": "minutes",
    "Who is in it": "cast",
    "Where it happens": "place",
    "Series": "series",
    "Language": "language",
}
PROMISE = "Before you send it"  # the box that has to be ticked
EMPTY = ("_No response_", "None")  # what GitHub writes for a field that was left out
TICKED = re.compile(r"\s*- \[[xX]\] ")
LARGEST = 70_000  # characters; GitHub keeps fewer
HINT = "Open a new one with the form for stories, and write no lines that begin with ###."


def parse_form(body: str) -> dict[str, str]:
    """Return the fields that were filled in, as they were typed. Raises WishRefused for what the form did not make."""
    if len(body) > LARGEST:
        raise WishRefused("the issue is far too long", HINT)
    before, *parts = re.split(r"^### +(.*?)[ \t]*$", body.replace("\r\n", "\n").replace("\r", "\n"), flags=re.MULTILINE)
    headings, texts = parts[::2], parts[1::2]
    if before.strip() or headings != [*HEADINGS, PROMISE] or not TICKED.match(texts[-1]):
        raise WishRefused("the issue was not made with the form for stories", HINT)
    fields = {HEADINGS[heading]: text.strip() for heading, text in zip(headings[:-1], texts[:-1], strict=True)}
    return {name: text for name, text in fields.items() if text and text not in EMPTY}


def render_form(fields: Mapping[str, str]) -> str:
    """Return the body that GitHub makes of these fields."""
    rows = ((heading, fields.get(name) or EMPTY[0]) for heading, name in HEADINGS.items())
    return "\n\n".join(f"### {heading}\n\n{text}" for heading, text in (*rows, (PROMISE, "- [X] I know.")))
