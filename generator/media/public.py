"""The store as readers find it: over HTTP, from a page on another server."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.media.pointers import LARGEST, Pointer, is_whole, read_pointers
from generator.media.settings import resolve

PATIENCE = 30.0  # seconds for one answer
ORIGIN = "https://reader.invalid"  # of a page on another server than the store


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address answers, or why it does not."""

    problem: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    data: bytes = b""


def read_file(folder: Path, name: str, store: str) -> bytes:
    """Return a file of a story, from its folder or from where readers find it; nothing where it cannot be had whole."""
    try:
        return (folder / name).read_bytes()
    except OSError:
        pointer = read_pointers(folder).get(name)
    reply = _ask(resolve(store, pointer.at), whole=True) if pointer and store else Reply()
    return reply.data if pointer and is_whole(pointer, reply.data) else b""


def ask_public(address: str, pointer: Pointer, *, whole: bool) -> str:
    """Ask for a file as the page of a site on another server does; return what is wrong, or nothing."""
    reply = _ask(address, whole=whole)
    if reply.problem:
        return reply.problem
    wrong = "readers get other bytes" if whole and not is_whole(pointer, reply.data) else ""
    return wrong or _check_headers(pointer, reply.headers)


def _ask(address: str, *, whole: bool) -> Reply:
    request = urllib.request.Request(address, headers={"Origin": ORIGIN}, method="GET" if whole else "HEAD")  # noqa: S310 - http(s) by parse_url
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return Reply(headers=answer.headers, data=answer.read(LARGEST + 1) if whole else b"")
    except urllib.error.HTTPError as error:
        with error:
            return Reply(f"{address} answers with status {error.code}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Reply(f"{address} does not answer ({type(error).__name__})")


def _check_headers(pointer: Pointer, headers: Mapping[str, str]) -> str:
    if (kind := str(headers.get("Content-Type", "")).partition(";")[0]) != pointer.type:
        return f"is served as {kind or 'nothing'!r} instead of {pointer.type!r}"
    if not headers.get("Content-Encoding") and str(headers.get("Content-Length", pointer.size)) != str(pointer.size):
        return f"is served with {headers.get('Content-Length')} bytes instead of {pointer.size}"
    if headers.get("Access-Control-Allow-Origin") not in {"*", ORIGIN}:
        return "is served without Access-Control-Allow-Origin: readers on another server cannot save it for offline"
    return ""
