"""Every payload in every field of a story, through the real reply, archive, build and browser."""

from pathlib import Path
from typing import Any

import pytest

from generator.archive import read_page
from generator.markdown import clean_text
from generator.site.sanitise import ALLOWED
from tests.hostile.conftest import Library, Reader
from tests.hostile.library import list_fields
from tests.hostile.payloads import PAYLOADS

FACTS = """() => {
  const all = (where, of) => [...document.querySelectorAll(where)].map(of);
  const text = node => node.checkVisibility() ? node.textContent : '';
  return {
    broken: window.__broken,
    hit: String(window.__hit ?? ''),
    title: document.title,
    handlers: all('*', node => node.getAttributeNames().filter(name => name.startsWith('on'))).flat(),
    schemes: all('a[href], area[href]', node => node.protocol),
    strange: all('base, object, embed, iframe, frame, meta[http-equiv=refresh], [srcdoc], [ping]', node => node.outerHTML),
    tags: all('[data-story-text] *', node => node.localName),
    heading: all('h1', text),
    headings: all('[data-story-text] h2', text),
    paragraphs: all('[data-story-text] > p', text),
    alts: all('.ts-story__cover, [data-story-text] img', node => node.alt),
    close: all('.ts-close__moral, .ts-close__question, .ts-credits dd', text),
    chips: all('.ts-chip', text),
    description: all('meta[name=description]', node => node.content),
    story: all('[data-story-text]', node => node.innerText).join(''),
  };
}"""
Facts = dict[str, Any]


def lined(texts: list[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts]


def test_every_payload_stands_in_every_field() -> None:
    assert len(PAYLOADS) >= 150
    for field, held in list_fields():
        assert held == frozenset(PAYLOADS), field


@pytest.mark.browser
def test_nothing_hostile_runs_asks_or_is_lost_on_any_page(library: Library, reader: Reader, address: str) -> None:
    assert library.build.code == 0, library.build.err
    pages = sorted(path.parent for path in library.site.rglob("index.html"))
    stories = {f"{one.folder.relative_to(library.root / 'content').as_posix()}/": one for one in library.told}
    shown = 0
    for folder in pages:
        place = f"{folder.relative_to(library.site).as_posix()}/".removeprefix("./")
        reader.page.goto(address + place, wait_until="load")
        if place == "today/":
            reader.page.wait_for_url("**/stories/**")  # it leads on by itself, and where it leads is calm as well
        facts = reader.page.evaluate(FACTS)
        assert_calm(facts, place)
        if told := stories.get(place):
            assert_shown(facts, told.page)
            shown += 1
        elif "by-hand" in place:
            assert_kept(facts, library.root / "content" / place)
            shown += 1
    assert reader.happened == []
    assert shown == 2 * len(library.told)


def assert_calm(facts: Facts, place: str) -> None:
    """Nothing ran, nothing could run, and every link leads to a page."""
    assert (facts["hit"], facts["broken"], facts["handlers"], facts["strange"]) == ("", [], [], []), place
    apps = {"podcast:", "overcast:", "pktc:", "antennapod-subscribe:"} if place == "subscribe/" else set()
    assert set(facts["schemes"]) <= {"http:", "https:"} | apps, place
    assert set(facts["tags"]) <= ALLOWED, place
    assert facts["title"].endswith("Taleshelf"), place


def assert_shown(facts: Facts, page: Any) -> None:
    """The page shows the words of the story, character by character."""
    assert lined(facts["heading"]) == lined([page.title])
    assert lined([facts["title"]]) == lined([f"{page.title} · Taleshelf"])
    assert lined(facts["description"]) == lined([page.description])
    assert lined(facts["headings"]) == lined([one.heading for one in page.sections if one.heading])
    assert lined(facts["paragraphs"]) == lined([text for one in page.sections for text in one.paragraphs])
    assert lined(facts["alts"]) == lined([alt for _, alt in page.pictures])
    by = [clean_text(text) for text in (page.written_by, page.drawn_by, page.read_by)]
    assert lined(facts["close"]) == lined([page.moral, page.question, *by])


def assert_kept(facts: Facts, folder: Path) -> None:
    """However the owner's Markdown is broken, no payload swallows what follows it."""
    page = read_page(folder)
    assert lined(facts["heading"]) == lined([page.title])
    assert "The very end." in facts["story"], folder
