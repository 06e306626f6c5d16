"""Plain text <-> Markdown, and front matter <-> values. Pure; no text that passes through here can become markup.

Text from a model or a person is escaped so that no Markdown engine sees anything but a paragraph: every character that is
not a letter, a digit or harmless punctuation becomes a numeric entity, and so does what would start a list, a heading or
a block at the beginning of a line.
"""

import html
import json
import re
import unicodedata
from collections.abc import Mapping

SAFE = set(" \n.,;:!?'\"()-–—‘’“”…%éèêàâäöüßñçïîôûæœøåÉ")
LINE_START = re.compile(r"^([-:!?'\"(]+|\d+[.)])", re.MULTILINE)
COLON = re.compile(r"^([\w-]+):|:(?=[\w+&-])", re.MULTILINE)
MARKUP = re.compile(r"[\\<\[{*_~`]|^\s*(?:#|>|[-+]|\d+[.)])", re.MULTILINE)  # whatever plain_text() may take out
EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1(?!\w)")


def clean_text(text: str) -> str:
    """Return the text in NFC without control and format characters; inner line breaks stay, white space is folded."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.replace("\n", " ").isprintable():  # as nearly every text is
        text = "".join(
            c for c in text if c == "\n" or c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
        )
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def printable(text: str) -> str:
    """Return one line for a log: no control character, and nothing that a CI system would take for a command.

    A runner acts on "::" at the beginning of a line, and on "##[" and "##vso[" anywhere in it.
    """
    line = re.sub(r"##(?=\w*\[)", "# #", " ".join(clean_text(text).split()))
    return f"| {line}" if line.startswith("::") else line


def escape_markdown(text: str) -> str:
    """Return Markdown that shows exactly this text (as clean_text leaves it) in any Markdown engine."""
    escaped = "".join(c if c.isalnum() or c in SAFE else f"&#{ord(c)};" for c in clean_text(text))
    # ":smile:" is a picture from elsewhere to some engines, and "key:value" is metadata.
    return LINE_START.sub(_escape_line_start, COLON.sub(r"\1&#58;", escaped))


def _escape_line_start(match: re.Match[str]) -> str:
    start = match[0]
    if start[0].isdigit():
        return f"{start[:-1]}&#{ord(start[-1])};"
    # Quotes and brackets are common at the start of a sentence and open nothing; the others might.
    return start if not set(start) & set("-:!?") else "".join(f"&#{ord(c)};" for c in start)


def plain_text(markdown: str) -> str:
    """Return what a reader reads of inline Markdown: no emphasis, links, images, code marks, tags or entities."""
    if not MARKUP.search(markdown):  # as nearly every paragraph is
        return clean_text(html.unescape(markdown))
    text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda match: f"&#{ord(match[1])};", markdown)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"</?[A-Za-z][^>]*>", "", text)
    text = re.sub(r"\{[:#.][^}]*\}", "", text)
    text = re.sub(r"^\s*(?:#{1,6}|>|[-+*]|\d+[.)])\s+", "", text, flags=re.MULTILINE)
    while (stripped := EMPHASIS.sub(r"\2", text)) != text:
        text = stripped
    return clean_text(html.unescape(text))


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """Split a page into its front matter and its body. Raises ValueError that says what is wrong and in which line.

    A byte order mark, any line ending and trailing spaces are accepted: pages are edited by hand.
    """
    import yaml

    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != "---":
        raise ValueError("line 1: the page does not begin with '---'")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ValueError("line 1: the front matter is not closed by a second '---'")
    try:
        values = yaml.load("\n".join(lines[1:end]), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ValueError(f"line {line}: {error.problem or 'not YAML'}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise ValueError(f"the front matter is not YAML: {str(error).splitlines()[0]}") from None
    if values is None:
        values = {}
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise ValueError("line 2: the front matter is not a list of 'key: value' lines")
    return values, "\n".join(lines[end + 1 :])


def render_front_matter(values: Mapping[str, object]) -> str:
    """Return a front matter block; JSON values are YAML that every parser reads alike."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "---\n" + "\n".join(lines) + "\n---\n"
