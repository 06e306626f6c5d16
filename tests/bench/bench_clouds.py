"""A night with slow vendors: the whole of it against the waiting that nothing can avoid.

The vendors are servers on loopback that answer late: the text after 8 s, each of four pictures after 6 s, each piece of
the narration after 3 s. The critical path is the text, then the slowest of what can be made side by side.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.figure import Figure
from tests.fakes.clouds import Clouds
from tests.fakes.tales import tell
from tests.running import command
from tests.samples import make_archive

TEXT, PICTURE, CHUNK = 8.0, 6.0, 3.0  # seconds
NIGHTS = 3  # of which the fastest counts: whatever slows one down is not the night's own doing
SCENES = 3  # with the cover, four pictures
STUDIO = """
[stories]
ages = ["3-5"]
[studio]
writers = ["openai"]
illustrators = ["bedrock"]
narrators = ["polly"]
moderators = []
"""


def measure() -> Iterator[Figure]:
    """Tell one night with the real command, once with late answers and once with prompt ones."""
    prompt = _tell_night({})
    delay = {"openai.chat": TEXT, "bedrock.invoke": PICTURE, "polly.speech": CHUNK, "polly.marks": CHUNK}
    late = min(_tell_night(delay) for _ in range(NIGHTS))
    path = TEXT + max(PICTURE, CHUNK)
    yield Figure("clouds: a night with prompt answers, interpreter included", prompt, "s")
    yield Figure(f"clouds: best of {NIGHTS} with answers after {TEXT:g}, {PICTURE:g}, {CHUNK:g} s", late, "s")
    yield Figure(f"clouds: that against its critical path of {path:g} s", late / path, "x", at_most=1.15)


def _tell_night(delay: Mapping[str, float]) -> float:
    folder = Path(tempfile.mkdtemp(prefix="taleshelf-bench-"))
    try:
        root = make_archive(folder / "archive")
        (root / "taleshelf.toml").write_text(STUDIO)
        with Clouds() as clouds:
            clouds.story = _three_scenes
            clouds.delay = dict(delay)
            environment = os.environ | clouds.environment() | {"TALESHELF_ROOT": str(root)}
            begun = time.perf_counter()
            subprocess.run(command("tonight"), env=environment, check=True, capture_output=True)
            seconds = time.perf_counter() - begun
            pictures = clouds.paid("bedrock.invoke")
            if pictures != SCENES + 1:
                sys.exit(f"{pictures} pictures were asked for instead of {SCENES + 1}")
            return seconds
    finally:
        shutil.rmtree(folder)


def _three_scenes(body: Mapping[str, object]) -> str:
    """Return the story with its later scenes joined into the third."""
    story = json.loads(tell(body))
    first = story["scenes"][: SCENES - 1]
    rest = story["scenes"][SCENES - 1 :]
    last = rest[0] | {"paragraphs": [paragraph for scene in rest for paragraph in scene["paragraphs"]]}
    return json.dumps(story | {"scenes": [*first, last]})
