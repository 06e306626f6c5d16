"""What the podcast namespace asks of an episode: transcripts, chapters, soundbites, numbers."""

import math
import re
from collections.abc import Iterator

from generator.feeds.check.apple import parse_duration
from generator.feeds.check.markup import Node
from generator.feeds.check.pages import Page, said
from generator.feeds.check.rules import Said
from generator.feeds.check.terms import words

BITE = (15, 120)  # seconds that are recommended


def check_extras(page: Page) -> Iterator[Said]:
    """Report what is wrong with what episodes bring along."""
    for item in page.items:
        yield from _check_transcripts(item)
        for node in item.all("podcast:chapters"):
            if not re.fullmatch(r"application/(json\+chapters|json)(;.*)?", node.get("type").strip()):
                yield Said("P35", node.line, f"The type of the chapters is {node.get('type')[:40]!r}.")
        for node in item.all("podcast:soundbite"):
            yield from _check_soundbite(node, parse_duration(said(item, "itunes:duration")))
        for name, shape in (("podcast:season", r"\d+"), ("podcast:episode", r"\d+(\.\d+)?")):
            for node in item.all(name):
                if not re.fullmatch(shape, node.value, re.ASCII):
                    yield Said("P39", node.line, f"{name} is {node.value[:30]!r}.")


def _check_transcripts(item: Node) -> Iterator[Said]:
    nodes = item.all("podcast:transcript")
    for node in nodes:
        kind = plain_type(node.get("type"))
        if kind not in words("other", "transcripts"):
            yield Said("P31", node.line, f"The type of the transcript is {node.get('type')[:40]!r}.")
        language, rel = node.attributes.get("language", "en"), node.attributes.get("rel", "captions")
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language, re.ASCII) or rel != "captions":
            yield Said("P34", node.line, f"language is {language[:30]!r}, rel is {rel[:30]!r}.")
    if nodes and not any(plain_type(node.get("type")) == "text/vtt" for node in nodes):
        yield Said("P33", nodes[0].line)


def plain_type(text: str) -> str:
    """Return a media type without its parameters, in lower case."""
    return text.partition(";")[0].strip().lower()


def _check_soundbite(node: Node, seconds: int) -> Iterator[Said]:
    start, length = _seconds(node.get("startTime")), _seconds(node.get("duration"))
    if start is None or length is None or length == 0:
        yield Said("P36", node.line)
        return
    if not BITE[0] <= length <= BITE[1]:
        yield Said("P37", node.line, f"The soundbite is {length:g} seconds long.")
    if seconds and start + length > seconds + 1:
        yield Said("P38", node.line, f"The soundbite ends at {start + length:g} s, the episode at {seconds} s.")


def _seconds(text: str) -> float | None:
    """Return a number of seconds, None for anything else."""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text.strip(), re.ASCII):
        return None
    number = float(text)
    return number if math.isfinite(number) else None
