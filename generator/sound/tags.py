"""The ID3 tags of a narration: what a player shows, its chapters, and how it was made."""

import io
from dataclasses import dataclass, replace

from generator.markdown import clean_text
from generator.sound.timing import Chapter, make_chapters
from generator.story import Narration

LANGUAGES = {"en": "eng", "de": "deu", "es": "spa", "fr": "fra", "it": "ita", "ja": "jpn", "nl": "nld", "pt": "por"}
UTF8 = 3


@dataclass(frozen=True, slots=True)
class Tags:
    """What is known about a narration."""

    title: str
    show: str
    date: str  # "2026-11-21"
    artist: str = ""  # who reads
    language: str = "en"
    note: str = ""  # that it was made with AI, and with which
    headings: tuple[str, ...] = ()  # of the scenes
    cover: bytes = b""  # a square JPEG


def tag_mp3(narration: Narration, tags: Tags) -> Narration:
    """Return the narration with these ID3v2.4 tags in place of any others; the sound stays byte for byte."""
    from mutagen.id3 import ID3

    frames = ID3()
    for frame in _text_frames(tags) + _picture(tags.cover):
        frames.add(frame)
    for frame in _chapter_frames(make_chapters(narration.sentences, tags.headings, narration.seconds)):
        frames.add(frame)
    file = io.BytesIO(_sound(narration.mp3))
    frames.save(file, v1=0, padding=lambda _: 0)
    return replace(narration, mp3=file.getvalue())


def _sound(mp3: bytes) -> bytes:
    from mutagen.id3 import delete

    file = io.BytesIO(mp3)
    delete(file)
    return file.getvalue()


def _text_frames(tags: Tags) -> list[object]:
    from mutagen import id3

    language = LANGUAGES.get(tags.language.partition("-")[0].lower(), "und")
    found: list[object] = [
        id3.TIT2(encoding=UTF8, text=[_one_line(tags.title)]),
        id3.TALB(encoding=UTF8, text=[_one_line(tags.show)]),
        id3.TDRC(encoding=UTF8, text=[tags.date]),
        id3.TLAN(encoding=UTF8, text=[language]),
        id3.TPE1(encoding=UTF8, text=[_one_line(tags.artist)]),
        id3.TCON(encoding=UTF8, text=["Podcast"]),
    ]
    if note := _one_line(tags.note):
        found.append(id3.COMM(encoding=UTF8, lang=language, desc="", text=[note]))
        found.append(id3.TXXX(encoding=UTF8, desc="AI", text=[note]))
    return found


def _one_line(text: str) -> str:
    """Return the text without control characters: a null would end it, and begin another value."""
    return " ".join(clean_text(text).split())


def _picture(cover: bytes) -> list[object]:
    from mutagen import id3

    front = id3.PictureType.COVER_FRONT
    return [id3.APIC(encoding=UTF8, mime="image/jpeg", type=front, desc="Cover", data=cover)] if cover else []


def _chapter_frames(chapters: tuple[Chapter, ...]) -> list[object]:
    from mutagen import id3

    if not chapters:
        return []
    names = [f"chp{number}" for number in range(1, len(chapters) + 1)]
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    contents = id3.CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[])
    return [
        contents,
        *(
            id3.CHAP(
                element_id=name,
                start_time=round(chapter.start * 1000),
                end_time=round(chapter.end * 1000),
                start_offset=0xFFFFFFFF,
                end_offset=0xFFFFFFFF,
                sub_frames=[id3.TIT2(encoding=UTF8, text=[_one_line(chapter.title)])],
            )
            for name, chapter in zip(names, chapters, strict=True)
        ),
    ]
