"""An archive in which every payload stands in every field: the fields of a story take turns through blocks of payloads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from generator.briefs import IDEA_LENGTH, parse_idea
from generator.bundle import bundle_path, make_files, make_page, write_bundle
from generator.making import tag_narration
from generator.markdown import clean_text, split_front_matter
from generator.models.reply import parse_story
from generator.page import Page, render_page
from generator.pictures import Illustration
from generator.story import Brief, Credit, Narration, Sentence, Slot, Story
from tests.hostile.payloads import PAYLOADS
from tests.samples import make_brief
from tests.site.sample import draw, make_mp3, write_site

SHOW = "Taleshelf"
NEWEST = date(2026, 11, 21)
LONGEST, MOST = 585, 8  # characters and payloads of a block: one line of a reply holds 600
LAST = "The lamp was out by then, and nobody minded."
Block = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A filed story and what its page must show."""

    folder: Path
    page: Page
    story: Story
    brief: Brief
    narration: Narration | None


def make_blocks(payloads: Sequence[str] = PAYLOADS) -> tuple[Block, ...]:
    """Cut the payloads into blocks that fit on one line of a reply each."""
    blocks: list[Block] = [()]
    for payload in payloads:
        if len(blocks[-1]) == MOST or len(" ".join((*blocks[-1], payload))) > LONGEST:
            blocks.append(())
        blocks[-1] += (payload,)
    return tuple(blocks)


BLOCKS = make_blocks()


def _take(number: int, field: int) -> Block:
    """Return the block that a field of a story holds: with every story the fields move on by one."""
    return BLOCKS[(number + field) % len(BLOCKS)]


def _line(number: int, field: int) -> str:
    return " ".join(_take(number, field))


def _whole(text: str) -> str:
    """Return the text without halves of surrogate pairs, which only JSON can bring."""
    return text.encode("utf-8", "ignore").decode()


def make_reply(number: int) -> str:
    """Return what a hostile model answers for story `number`; JSON may hold half a surrogate pair."""

    def picture(field: int, at: int) -> dict[str, object]:
        alts, others = _take(number, field), _take(number, field + 1)
        other = others[at % len(others)]
        return {
            "description": other,
            "alt": alts[at % len(alts)],
            "cast": [other, "pip"],
            "objects": [other, "lantern"],
            "time": other,
            "weather": other,
        }

    def scene(at: int) -> dict[str, object]:
        def paragraph(field: int, speaker: str) -> dict[str, object]:
            block = _take(number, field)
            return {"parts": [{"speaker": speaker, "text": block[at % len(block)]}]}

        speakers, headings = _take(number, 7), _take(number, 2)
        return {
            "heading": headings[at % len(headings)],
            "paragraphs": [
                paragraph(0, "narrator"),
                paragraph(8, speakers[at % len(speakers)]),
                {"parts": [{"speaker": "narrator", "text": LAST}]},
            ],
            "picture": picture(5, at),
        }

    reply = {
        "title": _line(number, 0),
        "summary": _line(number, 1),
        "scenes": [scene(at) for at in range(MOST)],
        "cover": picture(9, number),
        "moral": _line(number, 3),
        "question": _line(number, 4),
        "tags": list(_take(number, 6)),
    }
    return json.dumps(reply)


def tell(content: Path, number: int) -> Told:
    """File story `number` as a run would, with the credits of a vendor that lies about its name."""
    day = NEWEST - timedelta(days=number)
    brief = replace(make_brief(Slot(day)), idea=parse_idea(_line(number, 2)[:IDEA_LENGTH]))
    credit = Credit(_line(number, 10), _line(number, 11))
    story = replace(parse_story(make_reply(number), brief, credit), plot=_line(number, 12))
    pictures = tuple(
        Illustration(
            prompt.name,
            prompt.alt,
            draw(number, (160, 120)),
            credit,
            square=draw(number, (140, 140), "JPEG") if prompt.name == "cover" else None,
            thumb=draw(number, (48, 36)) if prompt.name == "cover" else None,
        )
        for prompt in story.prompts
    )
    sentences = tuple(Sentence(f"s{n}", n, n - 1.0, n - 0.1, one.heading) for n, one in enumerate(story.scenes, 1))
    heard = Narration(make_mp3(), 4.0, sentences, credit)
    narration = tag_narration(brief, story, heard, pictures, SHOW)
    folder = bundle_path(content / "stories", brief.slot, story.title)
    files = make_files(brief, story, pictures, narration, show=SHOW)
    write_bundle(folder, files, staging=content.parent / f".taleshelf/staging/{brief.slot}")
    page = make_page(brief, story, {one.name: one.credit for one in pictures}, narration, show=SHOW)
    return Told(folder, page, story, brief, narration)


def _yaml(values: Mapping[str, object]) -> str:
    """Write front matter in which every odd character is an escape, for YAML has no other way to bring it."""
    text = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "".join(c if c.isprintable() or c == "\n" else f"\\U{ord(c):08x}" for c in _whole(text))


def edit(content: Path, number: int, template: Told) -> Path:
    """File a page whose body and whose lists an owner filled with raw payloads by hand."""
    day = NEWEST - timedelta(days=number)
    raw = [_whole(payload) for payload in _take(number, 0)]
    keys, tags, place = _take(number, 1), _take(number, 2), _line(number, 3)
    front, _ = split_front_matter(render_page(template.page))
    front |= {
        "slot": str(Slot(day)),
        "date": str(day),
        "title": f"By hand {number} {_line(number, 4)}",
        "guid": _line(number, 5),
        "language": _line(number, 6),
        "cast": list(keys),
        "tags": [" ".join(tags)],
        "place": place,
        "series": _line(number, 7),
    }
    body = "\n\n".join(f"Before {at}.\n\n{one}\n\n{one} in line {one}" for at, one in enumerate(raw))
    folder = bundle_path(content / "stories", Slot(day), "By hand")
    folder.mkdir(parents=True)
    for file in template.folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    text = f"---\n{_yaml(front)}\n---\n\n![x](cover.webp)\n\n{body}\n\nThe very end.\n"
    (folder / "index.md").write_text(text, encoding="utf-8")
    return folder


def write_library(root: Path) -> tuple[Told, ...]:
    """Write the whole archive: each block once as told by a model, and once as written by hand."""
    content = root / "content"
    settings = write_site(root, 0)
    lines = settings.read_text("utf-8").split("\nvalidation:")[0]
    # What the build would refuse (a link to nowhere) is let through, so that the sanitiser stands alone.
    kinds = ("not_found", "anchors", "absolute_links", "unrecognized_links")
    rules = "".join(f"    {kind}: ignore\n" for kind in kinds)
    settings.write_text(f"{lines}\nvalidation:\n  nav: {{omitted_files: ignore}}\n  links:\n{rules}", "utf-8")
    told = tuple(tell(content, number) for number in range(len(BLOCKS)))
    for number in range(len(BLOCKS)):
        edit(content, len(BLOCKS) + number, told[number])
    return told


def signs(text: str) -> str:
    """Return the letters and digits of a text as clean_text leaves them."""
    return "".join(c for c in clean_text(text) if c.isalnum())


def list_fields() -> Iterator[tuple[int, frozenset[str]]]:
    """Yield what each of the thirteen turns of fields holds over the whole library."""
    for field in range(13):
        yield field, frozenset(one for number in range(len(BLOCKS)) for one in _take(number, field))
