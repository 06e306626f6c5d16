"""The site at 1,000 and 10,000 stories: one more story, everything, memory; beside Hugo and plain Material with the same pages.

Everything is measured in one run, with the search index, from command line to command line, in a git checkout. A story
is added to the archives by turns, some times over, and Hugo builds more than once: of each the quickest counts, since
whatever else the machine does only adds to it. Hugo is left out where it is not installed. TALESHELF_BENCH_STORIES sets
the sizes, as "1000,10000".

Leave the disk alone for five minutes before: ext4 takes up to ten times as long to make a file while many others of the same
group were removed shortly before, and two processes that make files at once wait for each other then.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.config import load_config
from generator.site.shelf import read_shelf
from generator.site.view import View
from generator.site.views import make_views
from generator.synthetic import make_stock, write_night, write_shelf
from tests.bench.figure import Figure

ROOT = Path(__file__).parents[2]
SIZES = tuple(map(int, os.environ.get("TALESHELF_BENCH_STORIES", "1000,10000").split(",")))
NEWEST = date(2026, 11, 20)
TONIGHT = date(2026, 11, 21)
TIMES = 3  # that a story is added, and that Hugo builds
MATERIAL = """
site_name: Bench
site_url: https://example.org/
docs_dir: docs
theme: {{name: material, font: false}}
nav: [index.md]
not_in_nav: "/**"
exclude_docs: "story.json"
extra: {{generator: false}}
markdown_extensions: [attr_list]
plugins: [search]
"""
HUGO = """
baseURL = "https://example.org/"
title = "Bench"
disableKinds = ["RSS"]
[taxonomies]
tag = "tags"
[markup.goldmark.renderer]
unsafe = true
"""
SINGLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><main><h1>{{ .Title }}</h1>{{ .Content }}{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</main></body></html>"""
LIST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    cpu: float  # of all its processes
    largest: float  # MB of the process that held most
    together: float  # MB of all processes at once


def measure() -> Iterator[Figure]:
    """Make the archives and measure them."""
    folder = Path(tempfile.mkdtemp(prefix="taleshelf-bench-"))
    try:
        roots = {stories: folder / str(stories) for stories in SIZES}
        for stories, root in roots.items():
            write_shelf(load_config(ROOT), root, stories, NEWEST)
            commit(root)
            name = f"{stories:,} stories"
            whole = run(root, *taleshelf("build"))
            yield Figure(f"{name}: full build", whole.seconds, "s")
            yield Figure(f"{name}: full build, processor time", whole.cpu, "s")
            yield Figure(f"{name}: largest process", whole.largest, "MB", at_most=400)
            yield Figure(f"{name}: all processes together", whole.together, "MB")
        turns = [{stories: add_one(root) for stories, root in roots.items()} for _ in range(TIMES)]
        added = {stories: find_quickest(turn[stories] for turn in turns) for stories in SIZES}
        for stories, cost in added.items():
            yield Figure(f"{stories:,} stories: one more story", cost.seconds, "s")
            yield Figure(f"{stories:,} stories: one more story, processor time", cost.cpu, "s")
        few, many = SIZES[0], SIZES[-1]
        yield Figure(f"one more at {many:,} / at {few:,}", added[many].seconds / added[few].seconds, "", at_most=1.5)
        yield from compare(folder, roots[many], added[many], whole)
    finally:
        shutil.rmtree(folder)


def compare(folder: Path, root: Path, added: Cost, whole: Cost) -> Iterator[Figure]:
    """Build the same pages with Hugo and with Material."""
    views = make_views(read_shelf(root / "content"))
    material = run(make_material(folder / "material", root, views), sys.executable, "-m", "mkdocs", "build", "-q")
    yield Figure("Material, the same pages from scratch", material.seconds, "s")
    yield Figure("Material, processor time", material.cpu, "s")
    yield Figure("full build / Material", whole.seconds / material.seconds, "", at_most=1.0)
    if program := shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo"):
        made = make_hugo(folder / "hugo", root, views)
        hugo = find_quickest(run_anew(made, program, "--quiet") for _ in range(TIMES))
        yield Figure("Hugo, the same pages from scratch", hugo.seconds, "s")
        yield Figure("Hugo, processor time", hugo.cpu, "s")
        yield Figure("one more story / Hugo", added.seconds / hugo.seconds, "", at_most=0.25)


def add_one(root: Path) -> Cost:
    """Build after a night's story was added, and bring back what was built before."""
    story = write_night(make_stock(load_config(root), 4, 2), root / "content" / "stories", TONIGHT)
    cost = run(root, *taleshelf("build"))
    shutil.rmtree(story)
    run(root, *taleshelf("build"))
    return cost


def find_quickest(costs: Iterable[Cost]) -> Cost:
    return min(costs, key=lambda cost: cost.seconds)


def run_anew(root: Path, *command: str) -> Cost:
    """Run a command that builds from scratch."""
    for name in ("public", "resources"):
        shutil.rmtree(root / name, ignore_errors=True)
    return run(root, *command)


def taleshelf(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "generator", *arguments)


def run(root: Path, *command: str) -> Cost:
    """Run a command to its end, and look at its processes' memory meanwhile."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun, largest, together = time.perf_counter(), 0.0, 0.0
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            sizes = [size for pid in family(process.pid) if (size := resident(pid))]
            largest, together = max([largest, *sizes]), max(together, sum(sizes))
            time.sleep(0.05)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"{command} ended with status {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, cpu, largest, together)


def family(pid: int) -> Iterator[int]:
    """Yield a process and all it has started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def resident(pid: int) -> float:
    """Return the memory of a process in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def commit(root: Path) -> None:
    """Make the archive the checkout it would be."""
    (root / ".gitignore").write_text("site/\n.taleshelf/\n")
    who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "all of it")):
        subprocess.run(("git", *who, *arguments), cwd=root, check=True)


def make_material(folder: Path, root: Path, views: dict[str, View]) -> Path:
    """Give Material the same stories with their pictures, and the listings as pages of links."""
    copy_stories(root, folder / "docs")
    for path, view in views.items():
        if view.template != "story.html":
            write(folder / "docs" / path, f"# {view.heading}\n\n" + render_links(view, path))
    write(folder / "mkdocs.yml", MATERIAL.format())
    return folder


def make_hugo(folder: Path, root: Path, views: dict[str, View]) -> Path:
    """Give Hugo the same."""
    copy_stories(root, folder / "content")
    for path, view in views.items():
        if view.template != "story.html":
            name = folder / "content" / path
            target = name.with_name("_index.md") if name.name == "index.md" else name
            write(target, f'---\ntitle: "{view.heading}"\n---\n\n' + render_links(view, "", "../"))
    write(folder / "hugo.toml", HUGO)
    write(folder / "layouts/_default/single.html", SINGLE)
    write(folder / "layouts/_default/list.html", LIST)
    return folder


def copy_stories(root: Path, target: Path) -> None:
    shutil.copytree(root / "content" / "stories", target / "stories", copy_function=os.link)


def render_links(view: View, path: str, tail: str = "index.md") -> str:
    """List stories as a listing or a calendar does: title, address, description."""
    up = "../" * path.count("/")
    stories = [*view.stories, *(story for month in view.months for story in month.stories)]
    rows = (
        f"- [{story.title}]({up}{story.folder}/{tail.removeprefix('../')})\n\n    {story.page.description}\n"
        for story in stories
    )
    return "\n".join(rows)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
