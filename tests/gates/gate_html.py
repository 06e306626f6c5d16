"""The Nu checker finds neither error nor warning in any page or style sheet of the site."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.figure import Figure
from tests.gates.node import install, need
from tests.gates.sample import Sample

# What is not held against us, and why.
PASSED = (
    # The theme's base page has two hidden boxes, `autocomplete="off"`, which a checkbox may not have; it has no block there.
    "Attribute “autocomplete” is only allowed when the input type is ",
    # Its CSS is that of 2011: `mask` and `paint-order` are standards since (CSS Masking 1, SVG 2).
    "CSS: “mask”: ",
    "CSS: “paint-order”: Property “paint-order” doesn't exist.",
)
UNREAD = ("ghlight(ts-word)",)  # it stumbles over ::highlight() of the CSS Custom Highlight API


def measure(sample: Sample, _address: str) -> Iterator[Figure]:
    """Check all of them at once."""
    jar = install() / "vnu-jar/build/dist/vnu.jar"
    pages = sorted(sample.site.rglob("*.html"))
    styles = sorted(sample.site.glob("assets/taleshelf/**/*.css"))
    for name, files, options in (("pages", pages, ()), ("style sheets", styles, ("--css",))):
        found = tuple(check(jar, sample.site, files, options))
        yield Figure(f"HTML checker: {len(files)} {name}", len(found), at_most=0, notes=found)


def check(jar: Path, site: Path, files: Sequence[Path], options: Sequence[str]) -> Iterator[str]:
    """Yield what the checker says about some files, a line each."""
    java = need("java", "`apt-get install default-jre-headless` gives one")
    done = subprocess.run(
        (java, "-jar", jar, "--format", "json", *options, *files), capture_output=True, check=False, timeout=600
    )
    for message in json.loads(done.stderr)["messages"]:
        if not is_passed(message):
            where = message.get("url", "").rpartition(site.as_posix() + "/")[2]
            yield f"{where}:{message.get('lastLine', '')}: {message['message']}"


def is_passed(message: Mapping[str, str]) -> bool:
    """Tell whether a message is none that we go by."""
    if message["message"] == "CSS: Parse Error.":
        return any(word in message.get("extract", "") for word in UNREAD)
    return message["message"].startswith(PASSED)
