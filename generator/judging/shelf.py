"""The fingerprints of every story that is filed; each is made once and kept in the state folder."""

import hashlib
import json
from pathlib import Path

from generator.archive import Archive, read_page
from generator.bundle import PAGE
from generator.errors import ArchiveError
from generator.judging.novelty import Fingerprint, make_fingerprint, parse_fingerprint, render_fingerprint

KEPT = "fingerprints.jsonl"


def read_fingerprints(archive: Archive, state: Path) -> tuple[Fingerprint, ...]:
    """Return a fingerprint for each story; only pages that are new or were edited are read again.

    What is kept is a convenience: where it is missing or broken it is made anew.
    """
    known = _read_kept(state / KEPT)
    found: dict[str, Fingerprint] = {}
    for folder in archive.folders():
        try:
            data = (folder / PAGE).read_bytes()
            key = hashlib.sha256(data).hexdigest()[:16]
            found[key] = known[key] if key in known else _make(folder)
        except (OSError, ArchiveError):
            continue  # `taleshelf check` names what is broken
    if found.keys() != known.keys():
        _write_kept(state / KEPT, found)
    return tuple(found.values())


def _make(folder: Path) -> Fingerprint:
    page = read_page(folder)
    paragraphs = (paragraph for section in page.sections for paragraph in section.paragraphs)
    return make_fingerprint(page.title, "\n\n".join(paragraphs))


def _read_kept(path: Path) -> dict[str, Fingerprint]:
    try:
        rows = (line.partition(" ") for line in path.read_text(encoding="utf-8").splitlines())
        return {key: parse_fingerprint(text) for key, _, text in rows}
    except (OSError, ValueError, json.JSONDecodeError):
        return {}


def _write_kept(path: Path, found: dict[str, Fingerprint]) -> None:
    beside = path.with_suffix(".new")
    lines = (f"{key} {render_fingerprint(fingerprint)}\n" for key, fingerprint in found.items())
    beside.write_text("".join(lines), encoding="utf-8")
    beside.rename(path)
