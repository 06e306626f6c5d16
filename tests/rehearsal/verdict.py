"""What must be true when a year is over. Each function finds what is wrong, in sentences."""

import hashlib
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

from generator.archive import Archive
from generator.bundle import slot_of
from generator.check import check_all
from generator.config import load_config
from generator.delivery.note import KEY
from generator.slots import request_slot
from tests.fakes.aws import connect
from tests.races.field import git
from tests.rehearsal.world import BUCKET, OWNER, READERS, World
from tests.rehearsal.year import FIRST, Year

FAILED = re.compile(r" failed on \d{1,2} \w+ \d{4}$")
ADDRESS = re.compile(r"/stories/\d{4}/\d{2}/[^/\s]+/")


def judge(year: Year) -> list[str]:
    """Return everything that is wrong after a year."""
    fresh = year.folder / "fresh"
    git(year.folder, "clone", "--quiet", f"file://{year.remote}", str(fresh))
    found = [f"a bug: {said}" for said in year.diary.tracebacks]
    found += check_stories(year, fresh)
    found += check_site(year, fresh)
    found += check_readers(year.world)
    found += check_news(year.world)
    found += check_git(year.remote)
    found += check_secrets(year)
    return found


def count_stories(fresh: Path) -> Counter[str]:
    """Count the folders of each slot."""
    return Counter(str(slot_of(folder)) for folder in Archive(fresh / "content" / "stories").folders())


def check_stories(year: Year, fresh: Path) -> Iterator[str]:
    """Find nights without a story, stories nobody asked for, and slots with two."""
    nights = {str(FIRST + timedelta(days=number)) for number in range(year.plan.nights)} - {*year.diary.removed}
    counts = count_stories(fresh)
    extras = [slot for slot in counts if "-x-" in slot]
    yield from (f"{slot} has {count} stories" for slot, count in counts.items() if count > 1)
    yield from (f"{night} has no story" for night in sorted(nights - counts.keys()))
    yield from (f"{slot} was never due" for slot in sorted(counts.keys() - nights - {*extras}))
    asked = {request_slot(FIRST, f"run {run}").extra for run in year.diary.extras}
    told = [slot.partition("-x-")[2] for slot in extras]
    if sorted(told) != sorted(asked):
        yield f"{len(asked)} extra stories were asked for, {len(told)} were told"
    yield from (f"check: {finding}" for finding in check_all(load_config(fresh)).findings)


def check_site(year: Year, fresh: Path) -> Iterator[str]:
    """Find what the bucket holds, and a site that is built anew does not, or the other way round."""
    variables = {**year.runner.base, "HOME": str(year.folder)}
    if year.execute(["build"], variables, fresh) != 0:
        yield "the archive cannot be built"
        return
    site = fresh / "site"
    wanted = {
        str(path.relative_to(site)): hashlib.md5(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }
    wanted = {path: digest for path, digest in wanted.items() if not path.startswith(".")}
    pages = connect(year.world.aws.target, "s3").get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    there = {row["Key"]: row["ETag"].strip('"') for page in pages for row in page.get("Contents", [])}
    there.pop(KEY, None)
    if differ := sorted(path for path in wanted.keys() | there.keys() if wanted.get(path) != there.get(path)):
        yield f"{len(differ)} files are published otherwise than they are built: {differ[:4]}"


def check_readers(world: World) -> Iterator[str]:
    """Find what readers could have seen half."""
    if world.shelf.broken:
        yield f"{len(world.shelf.broken)} times a page that can be reached was not whole: {world.shelf.broken[:3]}"
    if world.watcher.problems:
        yield f"{len(world.watcher.problems)} times a reader saw half a page: {world.watcher.problems[:3]}"


def check_news(world: World) -> Iterator[str]:
    """Find who was told of a story twice, and stories of which nobody was told."""
    mails = Counter((address, str(mail["Message-ID"])) for address, mail in world.mails)
    twice = [key for key, count in mails.items() if count > 1]
    if twice:
        yield f"{len(twice)} mails came twice: {twice[:2]}"
    told = Counter(address for _, address in list_told(world))
    if again := [subject for subject, address in list_told(world) if told[address] > 1]:
        yield f"the topic was told twice: {again[:4]}"


def list_told(world: World) -> Iterator[tuple[str, str]]:
    """Yield subject and address of every story of which the topic was told; of failures it hears as well."""
    for news in world.news:
        said = {name: values[0] for name, values in parse_qs(news).items()}
        found = ADDRESS.search(said["Message"])
        if found and not FAILED.search(said["Subject"]):
            yield said["Subject"], found[0]


def count_mails(world: World) -> tuple[int, int]:
    """Count the mails to readers and those to the owner."""
    to = Counter(address for address, _ in world.mails)
    return sum(to[reader] for reader in READERS), to[OWNER]


def check_git(remote: Path) -> Iterator[str]:
    """Find what git finds."""
    if said := git(remote, "fsck", "--strict", "--full", "--no-dangling"):
        yield f"git fsck: {said[:200]}"
    if git(remote, "rev-list", "--merges", "main"):
        yield "there are merges on main"
    left = git(remote, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    if drafts := [name for name in left if name.startswith("drafts/")]:
        yield f"drafts are left over: {drafts[:3]}"


def check_secrets(year: Year) -> Iterator[str]:
    """Find a secret in what was said, in what was written, in the site, in a mail, or in an object of git."""
    needles = [canary.encode() for canary in year.world.canaries()]

    def holds(data: bytes) -> bool:
        return any(needle in data for needle in needles)

    objects = year.folder / "objects"
    with objects.open("wb") as out:
        told = ("git", "cat-file", "--batch", "--batch-all-objects", "--buffer")
        subprocess.run(told, cwd=year.remote, check=True, stdout=out)
    for path in [objects, *(path for path in year.folder.rglob("*") if path.is_file())]:
        if "library" not in path.parts and holds(path.read_bytes()):
            yield f"a secret is in {path.relative_to(year.folder)}"
    if any(holds(bytes(mail)) for _, mail in year.world.mails):
        yield "a secret is in a mail"
    if any(holds(news.encode()) for news in year.world.news):
        yield "a secret is in the news"
