"""Whether readers can see a story: its page, its item in the feed, and its recording, which must answer a range as players ask."""

import re
from collections.abc import Callable
from html import escape, unescape

from generator.feeds.check.web import Answer, Silence, Web
from generator.feeds.subscribe import TEXT
from generator.notify.news import News

PAGES = 30  # of a feed that are looked through for an older story
FIRST, LONGEST = 5.0, 30.0  # seconds between two looks; grows up to the longest
NEXT = re.compile(r'<atom:link\b(?=[^>]*\brel="next")[^>]*\bhref="([^"]+)"')
FRESH = {"Cache-Control": "no-cache"}


def find_fault(news: News) -> str:
    """Return why a story is not to be told of yet, or nothing when readers can see it."""
    try:
        web = Web(news.url)
        return _look_at_page(web, news) or _look_at_feed(web, news) or _look_at_sound(web, news)
    except Silence as silence:
        return silence.why


def wait_until_live(news: News, seconds: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> str:
    """Look until readers can see a story or so many seconds are over. Return what is still missing, or nothing."""
    end, pause = clock() + seconds, FIRST
    while fault := find_fault(news):
        left = end - clock()
        if left <= 0:
            return fault
        sleep(min(pause, left))
        pause = min(pause * 1.5, LONGEST)
    return ""


def _look_at_page(web: Web, news: News) -> str:
    answer = web.ask(news.url, headers=FRESH)
    if answer.status != 200:
        return f"{news.url} answers {answer.status}"
    address = f'<link rel="canonical" href="{escape(news.url)}">'
    return "" if address in _text(answer) else f"{news.url} does not show the story yet"


def _look_at_feed(web: Web, news: News) -> str:
    first = news.podcast or news.site + TEXT
    place, seen = first, set[str]()
    while place and place not in seen and len(seen) < PAGES:
        seen.add(place)
        answer = web.ask(place, headers=FRESH)
        if answer.status != 200:
            return f"{place} answers {answer.status}"
        text = _text(answer)
        if f">{escape(news.guid, quote=False)}</guid>" in text:
            return ""
        further = NEXT.search(text)
        place = unescape(further[1]) if further else ""
    return f"{first} does not have the story yet"


def _look_at_sound(web: Web, news: News) -> str:
    if not news.sound:
        return ""
    answer = web.ask(news.sound, headers=FRESH | {"Range": "bytes=0-1"}, most=16)
    kind = answer.get("content-type").partition(";")[0].strip().lower()
    if answer.status != 206 or kind != "audio/mpeg" or len(answer.body) != 2:
        said = f"{answer.status} {kind or 'no type'}"
        return f"{news.sound} answers a range with {said}, and players need 206 audio/mpeg"
    return ""


def _text(answer: Answer) -> str:
    return answer.body.decode("utf-8", "replace")
