"""What an app shows of an episode: Apple's few elements of HTML in at most 4,000 bytes, and the longer notes. Pure."""

from collections.abc import Iterable
from html import escape

from generator.feeds.text import LONGEST_DESCRIPTION, clean_line, clean_xml, clip_bytes
from generator.site.story_page import StoryPage

ALLOWED = frozenset("p ol ul li a b i strong em".split())  # Apple shows no others
LINE = 600  # characters of one text of a page


def render_description(story: StoryPage, url: str, site: str) -> str:
    """Describe an episode: what happens, for whom, what to talk about, where to read along, and who made it.

    `url` is the address of its page, `site` the name of the site.
    """
    page = story.page
    facts = f"{story.genre_text}, {story.age_text}, {story.minutes}."
    blocks = [
        _block("p", page.description),
        _block("p", facts),
        _marked("To talk about", page.question),
        f'<p>Read along, with the pictures: <a href="{escape(url)}">{_text(story.title)}</a> ({_text(site)})</p>',
        _block("p", say_makers(story)),
    ]
    return _join_within(blocks, LONGEST_DESCRIPTION)


def render_notes(story: StoryPage, about: str, url: str, picture: str) -> str:
    """Write the notes of an episode: its description with its picture, and what it leaves one with."""
    alt = escape(clean_line(story.page.cover_alt, LINE))
    shown = f'<p><a href="{escape(url)}"><img src="{escape(picture)}" alt="{alt}"></a></p>' if picture else ""
    return shown + about + _marked("To keep", story.page.moral)


def render_words(sections: Iterable[tuple[str, str, str, tuple[str, ...]]], notes: str = "") -> str:
    """Write the whole text of a story, given as heading, address of the picture, its alt text and paragraphs."""
    parts = []
    for heading, picture, alt, paragraphs in sections:
        parts += [_block("h2", heading)]
        parts += [f'<p><img src="{escape(picture)}" alt="{escape(clean_line(alt, LINE))}"></p>'] if picture else []
        parts += [_verses(paragraph) for paragraph in paragraphs]
    return "".join(parts) + notes


def _verses(paragraph: str) -> str:
    """Write a paragraph; a line break in it is a line of verse."""
    return "<p>" + "<br>".join(map(_text, clean_xml(paragraph).split("\n"))) + "</p>"


def render_close(story: StoryPage) -> str:
    """Write what stands behind the text: what it leaves one with, what to talk about, and who made it."""
    page = story.page
    blocks = (_marked("To keep", page.moral), _marked("To talk about", page.question), _block("p", say_makers(story)))
    return "".join(blocks)


def say_makers(story: StoryPage) -> str:
    """Say plainly that a story was made by machines, and by which."""
    page = story.page
    made = (("written", page.written_by), ("drawn", page.drawn_by), ("read", page.read_by))
    by = [f"{how} by {clean_line(who, 128)}" for how, who in made if who]
    told = ", ".join(by[:-1]) + (" and " if by[1:] else "") + by[-1] if by else ""
    return "This story was made with AI" + (f": {told}." if told else ".")


def _marked(name: str, text: str) -> str:
    return f"<p><strong>{name}:</strong> {_text(clean_line(text, LINE))}</p>" if text else ""


def _block(element: str, text: str) -> str:
    return f"<{element}>{_text(clean_line(text, LINE))}</{element}>" if text.strip() else ""


def _text(text: str) -> str:
    return escape(" ".join(clean_xml(text).split()), quote=False)


def _join_within(blocks: Iterable[str], most: int) -> str:
    """Join whole blocks; one that is too much is left out, the last is kept in any case, for it says who made it."""
    *blocks, last = blocks
    left = most - len(last.encode())
    kept = []
    for block in blocks:
        if (size := len(block.encode())) <= left:
            kept.append(block)
            left -= size
    return "".join([*kept, clip_bytes(last, most)])
