"""Between bundles and stores: nothing is lost, whatever happens on the way."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.archive import Archive, read_made
from generator.bundle import MADE, SOUND, slot_of
from generator.check import check_all
from generator.errors import ConfigError, PublishError, PublishRefused
from generator.media.looking import find_orphans, look
from generator.media.moving import bring_back, copy_over, put_away, store_bundle
from generator.media.pointers import is_whole, make_at, parse_pointer, read_pointers
from generator.media.settings import Kind
from generator.media.store import Store
from generator.removal import remove_story
from generator.story import Slot
from tests.media.conftest import BUCKET, KINDS, NEWEST, Shelf
from tests.races.field import git
from tests.running import snapshot

MEDIA = {".mp3", ".webp", ".jpg"}
every_store = pytest.mark.parametrize("shelf", KINDS, indirect=True)


def media_in(root: Path) -> list[str]:
    stories = root / "content/stories"
    return [path.name for path in stories.rglob("*") if path.suffix in MEDIA]


@every_store
def test_what_is_put_away_comes_back_byte_for_byte(shelf: Shelf) -> None:
    before = snapshot(shelf.root)
    moved = put_away(shelf.folders, shelf.open())
    assert (moved.stories, moved.left) == (3, ())
    assert media_in(shelf.root) == []
    assert check_all(shelf.config).findings == ()
    assert look(shelf.archive, shelf.open(), whole=True).problems == ()
    assert put_away(shelf.folders, shelf.open()).files == 0
    back = bring_back(shelf.folders, shelf.open())
    assert (back.stories, back.files) == (3, moved.files)
    assert snapshot(shelf.root) == before


@every_store
def test_a_dry_run_touches_nothing(shelf: Shelf) -> None:
    before = snapshot(shelf.root)
    told = put_away(shelf.folders, shelf.open(), dry=True)
    assert told.files > 20
    assert snapshot(shelf.root) == before
    assert shelf.open().list("2026/") == {}
    put_away(shelf.folders, shelf.open())
    away = snapshot(shelf.root)
    assert bring_back(shelf.folders, shelf.open(), dry=True).files == told.files
    assert snapshot(shelf.root) == away


@pytest.mark.parametrize("shelf", [Kind.S3], indirect=True)
def test_objects_have_their_type_and_are_kept_for_ever(shelf: Shelf) -> None:
    put_away(shelf.folders, shelf.open())
    sound = read_pointers(shelf.folders[0])[SOUND]
    found = shelf.bucket.head_object(Bucket=BUCKET, Key=shelf.config.media.place.prefix + sound.at)
    assert found["ContentType"] == sound.type == "audio/mpeg"
    assert found["CacheControl"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("shelf", [Kind.PAGES], indirect=True)
def test_each_year_has_a_repository_and_a_second_run_adds_nothing_to_it(shelf: Shelf) -> None:
    put_away(shelf.folders, shelf.open())
    heads = {}
    for year, nights in ((2025, 2), (2026, 1)):
        remote = shelf.remotes / f"media-{year}.git"
        files = git(remote, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
        assert ".nojekyll" in files
        assert all(name.startswith(f"{year}/{year}-") for name in files if name != ".nojekyll")
        assert len({name[5:15] for name in files if name != ".nojekyll"}) == nights
        assert git(remote, "fsck", "--no-dangling") == ""
        heads[remote] = git(remote, "rev-parse", "gh-pages")
    bring_back(shelf.folders, shelf.open())
    put_away(shelf.folders, shelf.open())
    assert {remote: git(remote, "rev-parse", "gh-pages") for remote in heads} == heads
    assert not list((shelf.config.state / "media").iterdir())


@pytest.mark.parametrize("shelf", [Kind.PAGES], indirect=True)
def test_what_others_keep_in_the_repository_stays(shelf: Shelf) -> None:
    git(shelf.remotes, "clone", "--quiet", f"file://{shelf.remotes}/media-2026.git", "by-hand")
    (shelf.remotes / "by-hand/CNAME").write_text("media.example.org\n")
    git(shelf.remotes / "by-hand", "checkout", "--quiet", "-b", "gh-pages")
    git(shelf.remotes / "by-hand", "add", ".")
    git(shelf.remotes / "by-hand", "commit", "--quiet", "-m", "A domain")
    git(shelf.remotes / "by-hand", "push", "--quiet", "origin", "gh-pages")
    put_away(shelf.folders, shelf.open())
    assert git(shelf.remotes / "media-2026.git", "show", "gh-pages:CNAME") == "media.example.org"
    assert git(shelf.remotes / "media-2026.git", "rev-list", "--count", "gh-pages") == "2"


@pytest.mark.parametrize("there", [kind for kind in KINDS if kind is not Kind.FOLDER])
def test_an_archive_moves_from_one_store_to_another(shelf: Shelf, there: Kind) -> None:
    put_away(shelf.folders, shelf.open())
    source, target = shelf.open(), shelf.open(there)
    first = copy_over(shelf.folders, source, target, lambda _name: None)
    assert first.sent > 0
    assert copy_over(shelf.folders, source, target, lambda _name: None).sent == 0
    assert look(shelf.archive, target, whole=True).problems == ()
    assert look(shelf.archive, source, whole=True).problems == ()  # pages that are published still show it


class Killed(BaseException):
    """The process ends here."""


def _do(shelf: Shelf, work: str, reach: Callable[[str], None]) -> None:
    (put_away if work == "there" else bring_back)(shelf.folders, shelf.open(), reach)


@pytest.mark.parametrize("work", ["there", "back"])
def test_killed_at_every_point_nothing_is_lost_and_a_second_run_ends_it(
    shelf: Shelf, work: str, tmp_path: Path
) -> None:
    original = {path: data for path, data in snapshot(shelf.root).items() if path.endswith(tuple(MEDIA))}
    if work == "back":
        put_away(shelf.folders, shelf.open())
    whole = shelf.again(tmp_path / "whole/archive")
    points: list[str] = []
    _do(whole, work, points.append)
    assert len(points) > 40
    for number in range(0, len(points), 3):  # the same few points over and over, for each of some forty files
        copy = shelf.again(tmp_path / f"kill-{number}/archive")
        left = iter(range(number))

        def reach(_name: str, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Killed

        with pytest.raises(Killed):
            _do(copy, work, reach)
        _every_byte_is_somewhere(copy, original)
        _do(copy, work, lambda _name: None)
        assert snapshot(copy.root) == snapshot(whole.root)
        shutil.rmtree(copy.root.parent)


def _every_byte_is_somewhere(shelf: Shelf, original: Mapping[str, bytes | None]) -> None:
    for folder in shelf.folders:
        away = read_pointers(folder)
        stored = dict(shelf.open().read([pointer.at for pointer in away.values()]))
        for path, data in original.items():
            name = Path(path).name
            if Path(path).parent.name == folder.name:
                here = folder / name
                assert (here.read_bytes() if here.exists() else stored[away[name].at]) == data


class Lying:
    """A store that does not give back what it got."""

    def __init__(self, store: Store, spoil: bytes | None) -> None:
        self._store, self._spoil = store, spoil

    def list(self, start: str) -> dict[str, int]:
        return self._store.list(start)

    def put(self, files: Mapping[str, bytes]) -> None:
        self._store.put(files)

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for at, data in self._store.read(names):
            if not at.endswith(".mp3"):
                yield at, data
            elif self._spoil is not None:
                yield at, self._spoil

    def remove(self, names: Iterable[str]) -> None:
        self._store.remove(names)


@pytest.mark.parametrize("spoil", [None, b"", b"not it"])
def test_a_store_that_does_not_give_back_what_it_got_gets_nothing_to_keep(shelf: Shelf, spoil: bytes | None) -> None:
    before = snapshot(shelf.root)
    with pytest.raises(PublishRefused, match=r"does not give back .*\.mp3"):
        put_away(shelf.folders, Lying(shelf.open(), spoil))
    assert snapshot(shelf.root) == before
    put_away(shelf.folders, shelf.open())
    away = snapshot(shelf.root)
    with pytest.raises(PublishRefused, match=r"does not have .*\.mp3"):
        bring_back(shelf.folders, Lying(shelf.open(), spoil))
    pointing = {name: data for name, data in snapshot(shelf.root).items() if name.endswith(MADE)}
    assert pointing == {name: data for name, data in away.items() if name.endswith(MADE)}


def test_what_lies_damaged_under_a_name_is_replaced(shelf: Shelf) -> None:
    put_away(shelf.folders, shelf.open())
    sound = read_pointers(shelf.folders[0])[SOUND]
    bring_back(shelf.folders, shelf.open())
    (shelf.there / sound.at).write_bytes(bytes(sound.size))  # as long as it was
    assert look(shelf.archive, shelf.open()).problems == ()  # nothing points there now
    put_away(shelf.folders, shelf.open())
    assert is_whole(sound, (shelf.there / sound.at).read_bytes())


def test_a_file_that_its_owner_has_changed_stays_where_it_is(shelf: Shelf) -> None:
    cover = shelf.folders[0] / "cover.webp"
    cover.write_bytes(b"another picture")
    moved = put_away(shelf.folders, shelf.open())
    assert moved.left == (f"{cover.parent.name}/cover.webp is not the file that was made, and stays where it is",)
    assert media_in(shelf.root) == ["cover.webp"]
    assert cover.read_bytes() == b"another picture"


def test_a_picture_that_an_owner_puts_into_the_bundle_comes_before_its_pointer(shelf: Shelf) -> None:
    put_away(shelf.folders, shelf.open())
    (shelf.folders[0] / "cover.webp").write_bytes(b"another picture")
    assert "cover.webp" not in read_pointers(shelf.folders[0])
    bring_back(shelf.folders, shelf.open())
    assert (shelf.folders[0] / "cover.webp").read_bytes() == b"another picture"


def test_a_link_in_a_bundle_is_not_followed(shelf: Shelf, tmp_path: Path) -> None:
    secret = tmp_path / "secret.webp"
    secret.write_bytes(b"not for others")
    cover = shelf.folders[0] / "cover.webp"
    cover.unlink()
    cover.symlink_to(secret)
    put_away(shelf.folders, shelf.open())
    assert cover.is_symlink()
    assert secret.exists()


AT = "2026/2026-01-01-" + "0123456789ab" + ".webp"
ROW = {"sha256": "0123456789ab" + "c" * 52, "bytes": 10, "at": AT}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("cover.webp", {"at": "../../../etc/passwd"}),
        ("cover.webp", {"at": "2026/../2026-01-01-0123456789ab.webp"}),
        ("cover.webp", {"at": "https://evil.example/2026/2026-01-01-0123456789ab.webp"}),
        ("cover.webp", {"at": AT + "\n"}),
        ("cover.webp", {"at": AT.replace(".webp", ".svg")}),
        ("cover.webp", {"at": AT.replace(".webp", ".mp3")}),
        ("cover.webp", {"at": AT.replace("2026/", "2025/")}),
        ("cover.webp", {"at": '2026/2026-01-01-"onerror=x.webp'}),
        ("cover.webp", {"at": 7}),
        ("../cover.webp", {}),
        (".cover.webp", {}),
        ("a/cover.webp", {}),
        ("index.md", {}),
        ("cover.webp", {"sha256": "f" * 64}),
        ("cover.webp", {"sha256": ROW["sha256"].upper()}),  # type: ignore[attr-defined]
        ("cover.webp", {"sha256": None}),
        ("cover.webp", {"bytes": -1}),
        ("cover.webp", {"bytes": True}),
        ("cover.webp", {"bytes": 2**40}),
    ],
)
def test_a_pointer_that_cannot_be_one_of_ours_is_refused_and_reported(
    shelf: Shelf, name: str, change: dict[str, object]
) -> None:
    row: dict[str, object] = ROW | change
    with pytest.raises(ValueError):
        parse_pointer(name, row)
    folder = shelf.folders[0]
    made = read_made(folder)
    made["files"] = {**made["files"], name: row}  # type: ignore[dict-item]
    (folder / MADE).write_text(json.dumps(made))
    assert read_pointers(folder) == {}
    assert "pointer" in {finding.rule for finding in check_all(shelf.config).findings}


def test_a_pointer_to_another_story_is_reported(shelf: Shelf) -> None:
    put_away(shelf.folders, shelf.open())
    ours, other = shelf.folders[0], shelf.folders[1]
    (other / MADE).write_bytes((ours / MADE).read_bytes())
    assert any("is a file of 2026-01-01" in finding.message for finding in check_all(shelf.config).findings)


def test_values_of_a_pointer_that_are_no_numbers_are_left_out() -> None:
    for bad in ("x", -1, [1], True, float("nan"), None):
        assert parse_pointer("cover.webp", ROW | {"seconds": bad, "shape": [bad, 3]}).seconds == 0
        assert parse_pointer("cover.webp", ROW | {"seconds": bad, "shape": [bad, 3]}).shape is None


@every_store
def test_files_of_stories_that_were_taken_down_leave_the_store(shelf: Shelf) -> None:
    put_away(shelf.folders, shelf.open())
    slot = Archive(shelf.config.content / "stories").folders()[0]
    names = {pointer.at for pointer in read_pointers(slot).values()}
    assert find_orphans(shelf.archive, shelf.open()) == []
    taken = slot_of(slot)
    assert taken
    remove_story(shelf.config, taken, NEWEST)
    orphans = find_orphans(shelf.archive, shelf.open())
    assert set(orphans) == names
    shelf.open().remove(orphans)
    assert find_orphans(shelf.archive, shelf.open()) == []
    assert look(shelf.archive, shelf.open(), whole=True).problems == ()


def test_a_check_names_what_is_missing_short_or_wrong(shelf: Shelf) -> None:
    put_away(shelf.folders, shelf.open())
    ats = sorted(pointer.at for pointer in read_pointers(shelf.folders[0]).values())
    (shelf.there / ats[0]).unlink()
    (shelf.there / ats[1]).write_bytes(b"short")
    whole = shelf.there / ats[2]
    whole.write_bytes(bytes(whole.stat().st_size))
    (shelf.there / make_at(Slot(NEWEST), "x.webp", "f" * 64)).write_bytes(b"?")
    seen = look(shelf.archive, shelf.open(), whole=True)
    assert {problem.partition(":")[0] for problem in seen.problems} == set(ats[:3])
    assert len(seen.strangers) == 1


def test_a_bundle_that_waits_for_its_owners_word_has_no_media_in_git(shelf: Shelf) -> None:
    folder = shelf.folders[0]
    slot = slot_of(folder)
    assert slot
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    light = store_bundle(slot, files, shelf.open())
    assert set(light) == {"index.md", "story.json", "timing.json"}
    shutil.rmtree(folder)
    folder.mkdir()
    for name, data in light.items():
        (folder / name).write_bytes(data)
    bring_back([folder], shelf.open())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


@pytest.mark.parametrize("folder", ["", "content", "content/media", "site/media", ".taleshelf/x", "../archive/site"])
def test_a_store_inside_of_what_is_built_or_committed_is_refused(shelf: Shelf, folder: str) -> None:
    config = replace(shelf.config, media=replace(shelf.config.media, folder=folder))
    with pytest.raises(ConfigError, match="cannot be the store"):
        replace(shelf, config=config).open()


@pytest.mark.parametrize("shelf", [Kind.PAGES, Kind.S3], indirect=True)
def test_a_store_that_is_away_loses_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(shelf.root)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for year in (2025, 2026):
        shutil.rmtree(shelf.remotes / f"media-{year}.git")
    with pytest.raises(PublishError):
        put_away(shelf.folders, shelf.open())
    assert snapshot(shelf.root) == before
