"""A last look before anything leaves the machine: no value of a secret variable is in it."""

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from generator.errors import PublishRefused

SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|SMTP_URL|WEBHOOK", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")  # of mail: who reads is nobody else's business
SHORTEST = 12  # characters; anything shorter may be a word
HIDDEN = "(hidden)"


def check_secrets(files: Mapping[str, Path], environment: Mapping[str, str]) -> None:
    """Read files and raise PublishRefused for one that holds what a variable keeps secret; the value is not repeated."""
    secrets = {
        name: value.encode(errors="surrogateescape")
        for name, value in _list_secrets(environment)
        if len(value) >= SHORTEST
    }
    for name, path in files.items() if secrets else ():
        data = path.read_bytes()
        for variable, value in secrets.items():
            if value in data:
                raise PublishRefused(
                    f"{name!a} holds the value of {variable}", "Take it out of the file; nothing was pushed."
                )


def redact(text: str, environment: Mapping[str, str]) -> str:
    """Return a text without addresses of mail, and without what variables keep secret.

    That is a value, and each word or password of it, also as base64 and as addresses spell it.
    """
    for spelling in sorted(set(_list_spellings(environment)), key=len, reverse=True):
        text = text.replace(spelling, HIDDEN)
    return ADDRESS.sub(HIDDEN, text)


def _list_secrets(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in environment.items():
        if SECRET.search(name) and not name.startswith("GIT_CONFIG_KEY_"):
            yield name, value


def _list_spellings(environment: Mapping[str, str]) -> Iterator[str]:
    for _, value in _list_secrets(environment):
        for part in (value, *value.split(), *_split_url(value)):
            if len(part) >= SHORTEST // 2:
                yield from (part, quote(part, safe=""), unquote(part))
                yield base64.b64encode(part.encode(errors="surrogateescape")).decode().rstrip("=")


def _split_url(value: str) -> Iterator[str]:
    """Yield the user and the password in an address."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return
    if parts.scheme and parts.hostname:
        yield from filter(None, (parts.username, parts.password))
