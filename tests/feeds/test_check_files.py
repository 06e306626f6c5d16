"""What is wrong with sounds, pictures, transcripts and chapters is found in the files themselves."""

import json
from pathlib import Path

import pytest

from generator.feeds.check.feed import Demands, check_feed
from generator.feeds.check.source import Folder
from tests.feeds.sample import FIRST_PAGE, HTML, NOW, TITLES, VTT, make_art, make_sound, make_tone, write_site

BASE = "https://example.org/tales/"


def chapters(*marks: object, version: object = "1.2.0") -> bytes:
    return json.dumps({"version": version, "chapters": list(marks)}).encode()


def found(site: Path, *, listen: bool = False) -> list[str]:
    """Return the codes of what is wrong, with the files of the newest episode."""
    report = check_feed(
        str(site / FIRST_PAGE), Folder(site, (BASE,), lambda path: path.name, listen), Demands(NOW, newest=1)
    )
    return sorted({fault.rule.code for fault in report.faults})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, BASE)


ONE = {"startTime": 0, "title": "One"}
FILES = {
    "a picture that is none": ("M11", "cover.jpg", b"not a picture"),
    "a picture without its end": ("M11", "cover.jpg", make_art()[:-900]),
    "a picture of a kind nobody shows": ("M11", "cover.jpg", make_art("GIF")),
    "a picture that is wide": ("M12", "cover.jpg", make_art(size=(1600, 1400))),
    "a small picture": ("M13", "cover.jpg", make_art(size=(1000, 1000))),
    "a large picture": ("M13", "cover.jpg", make_art(size=(3001, 3001))),
    "a grey picture": ("M14", "cover.jpg", make_art(mode="L")),
    "a picture for print": ("M14", "cover.jpg", make_art(mode="CMYK")),
    "a picture one can look through": ("M14", "5.png", make_art("PNG", mode="RGBA")),
    "a picture under a false name": ("M15", "cover.jpg", make_art("PNG")),
    "a heavy picture": ("M16", "cover.jpg", make_art() + b"\0" * 600_000),
    "a picture for paper": ("M17", "cover.jpg", make_art(dpi=300)),
    "an empty transcript": ("L04", "5.vtt", b" \n"),
    "captions without their first word": ("L01", "5.vtt", VTT.removeprefix("WEBVTT").encode()),
    "captions of another format": ("L01", "5.vtt", b"1\n00:00:00,000 --> 00:00:05,000\nPip\n"),
    "a transcript without a word": ("L01", "5.html", b"<html><body></body></html>"),
    "a transcript that is no HTML": ("L01", "5.html", b"Pip had a lantern."),
    "captions that cannot be shown": ("L02", "5.vtt", VTT.replace("Pip", "Pip " * 20).encode()),
    "captions that go backwards": ("L03", "5.vtt", VTT.replace("00:00:09.500 --> 00:00:19", "00:00:09.500 --> 00:00:05").encode()),
    "captions out of order": ("L03", "5.vtt", (VTT + "\n00:00:01.000 --> 00:00:02.000\nPip\n").encode()),
    "captions after the end": ("L03", "5.vtt", VTT.replace("00:00:19.900", "00:00:29.900").encode()),
    "captions with strange times": ("L03", "5.vtt", VTT.replace("00:00:19.900", "20s").encode()),
    "chapters that are no JSON": ("L05", "5.json", b"{'chapters': []}"),
    "chapters without a version": ("L05", "5.json", b'{"chapters": [{"startTime": 0, "title": "One"}]}'),
    "chapters in a list": ("L05", "5.json", b"[]"),
    "no chapter at all": ("L05", "5.json", chapters()),
    "a chapter without a time": ("L05", "5.json", chapters(ONE, {"title": "Two"})),
    "a chapter with a time in words": ("L05", "5.json", chapters(ONE, {"startTime": "0:10", "title": "Two"})),
    "a chapter that is none": ("L05", "5.json", chapters(ONE, "Two")),
    "chapters out of order": ("L06", "5.json", chapters(ONE, {"startTime": 9, "title": "B"}, {"startTime": 5, "title": "C"})),
    "a chapter after the end": ("L06", "5.json", chapters(ONE, {"startTime": 99, "title": "Two"})),
    "a chapter's picture without an address": ("L07", "5.json", chapters(ONE | {"img": "scene-1.webp"})),
    "a chapter without a title": ("L08", "5.json", chapters({"startTime": 0})),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_found_out_and_nothing_else_is_said(name: str, site: Path) -> None:
    code, file, data = FILES[name]
    (site / file).write_bytes(data)
    assert found(site) == [code]


def replace_sound(site: Path, data: bytes) -> None:
    """Put another sound in the place of the newest one, with its right length."""
    page, old = site / FIRST_PAGE, make_sound(TITLES[4])
    next(site.glob("5-*.mp3")).write_bytes(data)
    text = page.read_text()
    assert f'length="{len(old)}"' in text
    page.write_text(text.replace(f'length="{len(old)}"', f'length="{len(data)}"', 1))


SOUNDS = {
    "no sound at all": (["M04"], b"RIFF" + b"\0" * 20_000),
    "tags without a sound": (["M04"], make_sound("Tags")[:100] + b"\0" * 20_000),
    "a sound without a name": (["M05"], make_tone()),
    "a sound whose bit rate changes": (["M05", "M06"], make_tone(changing=True)),
    "half of a sound": (["M03"], make_sound("Half")[: len(make_sound("Half")) // 2]),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_a_broken_sound_is_found_out(name: str, site: Path) -> None:
    codes, data = SOUNDS[name]
    replace_sound(site, data)
    assert found(site) == codes


def test_a_sound_that_is_not_as_loud_as_others_is_heard(site: Path) -> None:
    assert found(site, listen=True) == ["M07"]  # a tone of ffmpeg has -21 LUFS


def test_transcripts_may_have_any_of_the_agreed_forms(site: Path) -> None:
    page = site / FIRST_PAGE
    forms = {
        "5.srt": ("application/x-subrip", b"1\n00:00:00,000 --> 00:00:05,000\nPip had a lantern.\n"),
        "5.txt": ("text/plain", b"Pip had a lantern."),
        "5.segments.json": ("application/json", b'{"version": "1.0.0", "segments": []}'),
    }
    links = "".join(f'<podcast:transcript url="{BASE}{name}" type="{kind}"/>' for name, (kind, _) in forms.items())
    page.write_text(page.read_text().replace("<podcast:chapters", links + "<podcast:chapters", 1))
    for name, (_, data) in forms.items():
        (site / name).write_bytes(data)
    assert found(site) == []
    for name in forms:
        if name != "5.txt":
            (site / name).write_bytes(HTML.encode())
    assert found(site) == ["L01"]


def test_a_file_outside_of_the_site_is_counted_and_not_asked_for(site: Path) -> None:
    page = site / FIRST_PAGE
    page.write_text(page.read_text().replace(f"{BASE}5-", "https://media.example.org/5-"))
    report = check_feed(str(page), Folder(site, (BASE,), str), Demands(NOW))
    assert report.faults == ()
    assert (report.files, report.unseen) == (25, 1)
    report = check_feed(str(page), Folder(site, (BASE, "https://media.example.org/"), str), Demands(NOW))
    assert (report.faults, report.files, report.unseen) == ((), 26, 0)


def test_no_address_leads_out_of_the_site(site: Path, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.vtt").write_text(VTT)
    page = site / FIRST_PAGE
    page.write_text(page.read_text().replace(f"{BASE}5.vtt", f"{BASE}..%2Fsecret.vtt"))
    assert found(site) == ["M01"]
