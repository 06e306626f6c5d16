"""Transcripts: are they what they are said to be, and do their times fit."""

import json
import re
from collections.abc import Iterator

from generator.feeds.check.rules import Said
from generator.feeds.check.wanted import Wanted

LINE = 65  # characters
SLACK = 1.0  # seconds that the last cue may end after the episode
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
CUE = re.compile(rf"\s*{TIME}\s+-->\s+{TIME}(?:\s.*)?", re.ASCII)
TAGS = re.compile(r"<[^<>]*>")


def check_transcript(wanted: Wanted, data: bytes) -> Iterator[Said]:
    """Report what is wrong with a transcript."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if not text.strip():
        yield Said("L04", wanted.line, f"{wanted.address[-80:]} is empty.")
    elif not _fits(wanted.type, text):
        yield Said("L01", wanted.line, f"{wanted.address[-80:]} is no {wanted.type}.")
    elif wanted.type in {"text/vtt", "application/x-subrip", "application/srt"}:
        yield from _check_cues(wanted, text)


def _fits(kind: str, text: str) -> bool:
    """Return whether a text is of its kind."""
    if kind == "text/vtt":
        return bool(re.match(r"WEBVTT(?:[ \t][^\r\n]*)?(?:\r?\n|$)", text)) and "-->" in text
    if kind in {"application/x-subrip", "application/srt"}:
        return "-->" in text and not text.startswith("WEBVTT")
    if kind == "text/html":
        return bool(re.search(r"<[a-zA-Z!]", text)) and bool(TAGS.sub("", text).strip())
    if kind == "application/json":
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return False
        return isinstance(found, dict) and isinstance(found.get("segments"), list)
    return True


def _check_cues(wanted: Wanted, text: str) -> Iterator[Said]:
    """Check the times of all cues and the lines of captions; one finding each, of the first."""
    name, before, late, wide = wanted.address[-80:], 0.0, "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if "-->" not in line:
            shown = TAGS.sub("", line)
            if not wide and len(shown) > LINE and not line.startswith(("NOTE", "WEBVTT")):
                wide = f"Line {number} of {name} has {len(shown)} characters."
            continue
        found = CUE.fullmatch(line)
        if not found:
            late = late or f"The times in line {number} of {name} cannot be read."
            continue
        start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
        if end <= start or start < before:
            late = late or f"The times in line {number} of {name} are not in order."
        elif wanted.seconds and end > wanted.seconds + SLACK:
            late = late or f"Line {number} of {name} ends at {end:.1f} s, the episode at {wanted.seconds} s."
        before = max(before, start)
    if late:
        yield Said("L03", wanted.line, late)
    if wide and wanted.type == "text/vtt":
        yield Said("L02", wanted.line, wide)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
