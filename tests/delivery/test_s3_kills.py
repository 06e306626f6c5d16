"""A publisher is killed at every request it makes: what readers see is whole, and one more run finishes."""

import hashlib
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from generator.delivery.headers import RULES
from generator.delivery.invalidation import make_addresses
from generator.delivery.note import KEY, Note, render_note
from tests.delivery.conftest import BUCKET, Publisher
from tests.delivery.sites import find_broken, make_site, write_site
from tests.fakes.aws import list_forgotten

BEFORE = make_site(3)
AFTER = make_site(4, look="2", without=2)
SCENES = {
    "a first publication": ({}, make_site(2)),
    "a story more, one less, and a new look for all of them": (BEFORE, AFTER),
}


@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_every_request_the_site_is_whole_and_a_second_run_finishes(publisher: Publisher, scene: str) -> None:
    before, after = SCENES[scene]
    write_site(publisher.site, after)
    stale = make_addresses([path for path in before if before[path] != after.get(path)], "/")
    seen, number, alive = set[int](), 0, True
    while alive:
        number += 1
        one = publisher.again(f"{len(before)}-killed-at-{number}")
        if before:
            put_all(one, before | {KEY: render_note(Note(RULES)).decode()})
        alive = kill_at(one, number)
        between = look(one)
        assert not find_visible_breaks(between), number
        seen.add(sum(between.get(path) == text for path, text in after.items()))
        one.gate.ask = lambda _number: True
        assert one.run() == 0, (number, one.said)
        assert look(one) == after, number
        forgotten = {address for batch in list_forgotten(one.moto, one.distribution) for address in batch}
        assert forgotten == stale, number
    assert one.read() == after
    assert one.run() == 0
    assert "Nothing changed" in one.said
    assert number > 16
    assert len(seen) > 9  # it was killed at many stages


def find_visible_breaks(files: dict[str, str]) -> list[str]:
    """Return the links that lead nowhere; pages may wait for each other until the first home page names them."""
    broken = find_broken(files)
    return broken if "index.html" in files else [link for link in broken if "." in link.rpartition("/")[2]]


TEXTS = {
    hashlib.md5(text.encode()).hexdigest(): text
    for sites in SCENES.values()
    for files in sites
    for text in files.values()
}


def look(publisher: Publisher) -> dict[str, str]:
    """Return what lies there, without the note, as a listing tells."""
    rows = publisher.client.list_objects_v2(Bucket=BUCKET, Prefix=publisher.prefix).get("Contents", [])
    tags = {row["Key"].removeprefix(publisher.prefix): row["ETag"].strip('"') for row in rows}
    return {path: TEXTS[tag] for path, tag in tags.items() if path != KEY}


def put_all(publisher: Publisher, files: dict[str, str]) -> None:
    """Store what an earlier publication has stored."""

    def put(path: str) -> None:
        publisher.client.put_object(Bucket=BUCKET, Key=f"{publisher.prefix}{path}", Body=files[path].encode())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, files))


def kill_at(publisher: Publisher, number: int) -> bool:
    """Start a publisher and kill it when its so manieth request comes, which is lost; tell whether it came that far."""
    publisher.gate.passed.clear()
    publisher.gate.ask = lambda count: count < number
    process = publisher.start()
    publisher.gate.ask = lambda count: count < number or (os.kill(process.pid or 0, signal.SIGKILL) or False)
    process.join(60)
    publisher.gate.settle()
    assert process.exitcode in (0, -signal.SIGKILL), publisher.said
    return process.exitcode == -signal.SIGKILL
