"""Publishing to S3 from a fresh checkout: one story more in a site of 10,000 pages, and a run that finds nothing to do.

Everything goes over HTTP through a gate that counts. TALESHELF_BENCH_PAGES sets the size of the site.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from generator.delivery.invalidation import MOST
from tests.bench.figure import Figure
from tests.delivery.sites import page, write_site
from tests.fakes.aws import list_forgotten, make_bucket, make_distribution, make_variables, open_moto
from tests.fakes.gate import Gate, open_gate

ROOT = Path(__file__).parents[2]
PAGES = int(os.environ.get("TALESHELF_BENCH_PAGES", "10000"))
LISTED = 1_000  # keys in an answer
CONSTANT = 5  # the note is read, written and written again; one removal, one invalidation
BUCKET = "ten-thousand-pages"
STYLE = "assets/stylesheets/main.11111111.min.css"


def measure() -> Iterator[Figure]:
    """Publish a site, then one story more from a folder that was made anew, then the same again."""
    with tempfile.TemporaryDirectory() as folder, open_moto() as moto, open_gate(moto) as gate:
        make_bucket(moto, BUCKET)
        distribution = make_distribution(moto, BUCKET)
        root = Path(folder)
        (root / "mkdocs.yml").write_text("site_name: Bench\nsite_url: https://example.org/\n")
        before, after = make_library(PAGES - 1), make_library(PAGES)
        first = publish(root, write_site(root / "a", before), moto, distribution)
        yield Figure(f"{len(before):,} files: first publication", first, "s")
        second = publish(root, write_site(root / "b", after), gate.address, distribution)
        changed = {path: text for path, text in after.items() if before.get(path) != text}
        gone = before.keys() - after.keys()
        yield from judge(gate, changed, len(before))
        yield Figure("one more story: seconds", second, "s")
        yield Figure("first publication / one more story", first / second, "", at_least=2)
        (told,) = list_forgotten(moto, distribution)
        yield Figure("one more story: files changed", len(changed) + len(gone))
        yield Figure("one more story: addresses to forget", len(told), "", at_most=MOST)
        gate.passed.clear()
        publish(root, write_site(root / "c", after), gate.address, distribution)
        yield Figure("nothing new: requests beside the listing", len(gate.passed) - pages_of(len(after)), "", at_most=1)
        yield Figure(
            "largest process", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, "MB", at_most=250
        )


def judge(gate: Gate, changed: dict[str, str], files: int) -> Iterator[Figure]:
    """Compare what passed with what changed."""
    size = sum(len(text.encode()) for text in changed.values())
    whole = sum(passed.size + passed.head for passed in gate.passed)
    yield Figure("one more story: bytes sent / bytes changed", whole / size, "", at_most=1.2)
    listing = sum("list-type=2" in passed.path for passed in gate.passed)
    yield Figure("one more story: requests of the listing", listing, "", at_most=pages_of(files))
    beside = len(gate.passed) - len(changed) - listing
    yield Figure("one more story: requests beside listing and changes", beside, "", at_most=CONSTANT)


def pages_of(files: int) -> int:
    """Return how many answers a listing takes, with the note."""
    return -(-(files + 1) // LISTED)


def make_library(stories: int) -> dict[str, str]:
    """Return a site of so many stories in months, the newest with its media, and the lists that name it."""
    files = {STYLE: "p{}", "404.html": page(1, STYLE)}
    months: dict[str, list[str]] = {}
    for number in range(1, stories + 1):
        month = f"{2000 + number // 360}/{number // 30 % 12 + 1:02}"
        months.setdefault(month, []).append(f"{number}/")
        files[f"stories/{month}/{number}/index.html"] = page(4, STYLE, *("narration.mp3",) * (number == stories))
        if number >= PAGES - 1:
            files |= make_media(f"stories/{month}/{number}", number)
    for month, links in months.items():
        files[f"stories/{month}/index.html"] = page(3, STYLE, *links)
    newest = f"stories/{month}/{stories}/"
    for tag in range(20):
        files[f"tags/{tag}/index.html"] = page(2, STYLE, f"../../{newest}" if tag % 4 == stories % 4 else "../")
    files |= dict.fromkeys(("podcast.xml", "feed.xml", "sitemap.xml"), f"<xml>{newest}</xml>" * 100)
    files |= {f"find/2026/index/en_{stories:07x}.pf_index": "i" * 20_000, "find/parts.json": f'["{stories}"]'}
    return files | {"index.html": page(0, STYLE, newest)}


def make_media(folder: str, number: int) -> dict[str, str]:
    """Return the media of a story: small ones, for a server in memory."""
    rng = random.Random(number)
    sizes = {"narration.mp3": 200_000, "narration.vtt": 4_000, "listen.json": 900, "timing.json": 6_000}
    sizes |= dict.fromkeys(("cover.webp", "scene-1.webp", "scene-2.webp", "share.jpg"), 12000)
    return {f"{folder}/{name}": rng.randbytes(size // 2).hex() for name, size in sizes.items()}


def publish(root: Path, site: Path, address: str, distribution: str) -> float:
    """Publish a folder and return the seconds it took."""
    begun = time.perf_counter()
    where = ("--root", root, "publish", "s3", "--site", site, "--bucket", BUCKET, "--distribution", distribution)
    subprocess.run(
        (sys.executable, "-m", "generator", *where),
        env=os.environ | {"PYTHONPATH": str(ROOT)} | make_variables(address),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun
