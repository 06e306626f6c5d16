"""A last look before anything leaves the machine: no value of a secret variable is in it."""

import re
from collections.abc import Mapping
from pathlib import Path

from generator.errors import PublishRefused

SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL", re.IGNORECASE)
SHORTEST = 12  # characters; anything shorter may be a word


def check_secrets(files: Mapping[str, Path], environment: Mapping[str, str]) -> None:
    """Read files and raise PublishRefused for one that holds what a variable keeps secret; the value is not repeated."""
    secrets = {
        name: value.encode(errors="surrogateescape")
        for name, value in environment.items()
        if SECRET.search(name) and not name.startswith("GIT_CONFIG_KEY_") and len(value) >= SHORTEST
    }
    for name, path in files.items() if secrets else ():
        data = path.read_bytes()
        for variable, value in secrets.items():
            if value in data:
                raise PublishRefused(
                    f"{name!a} holds the value of {variable}", "Take it out of the file; nothing was pushed."
                )
