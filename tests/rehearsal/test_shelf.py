"""The watch over the bucket sees a page that readers could have seen half, and only that."""

from tests.fakes.gate import Done
from tests.rehearsal.shelf import Shelf

SITE = "http://127.0.0.1:1/"


def publish(shelf: Shelf, *files: tuple[str, str]) -> None:
    for path, text in files:
        shelf.hear(Done("PUT", f"/tales/{path}", text.encode(), 200))


def page(*links: str) -> str:
    return "".join(f'<a href="{link}">x</a>' for link in links) + "</html>"


def open_shelf() -> Shelf:
    shelf = Shelf("tales", SITE)
    publish(shelf, ("a/x.mp3", "sound"), ("a/index.html", page("x.mp3?v=1", "../")), ("index.html", page("a/")))
    assert not shelf.broken
    return shelf


def test_media_then_pages_then_home_is_never_half() -> None:
    shelf = open_shelf()
    files = (("b/y.mp3", "sound"), ("b/index.html", page("y.mp3", "../a/")), ("index.html", page("a/", "b/")))
    publish(shelf, *files)
    assert not shelf.broken


def test_a_page_before_its_recording_is_seen_once_something_leads_to_it() -> None:
    shelf = open_shelf()
    publish(shelf, ("b/index.html", page("y.mp3")))
    assert not shelf.broken
    publish(shelf, ("index.html", page("a/", "b/")), ("b/y.mp3", "sound"))
    assert shelf.broken == ["b/index.html -> b/y.mp3"]


def test_a_feed_before_its_recording_is_seen() -> None:
    shelf = open_shelf()
    publish(shelf, ("podcast.xml", f'<rss><enclosure url="{SITE}b/y.mp3?v=2"/></rss>'))
    assert shelf.broken == ["podcast.xml -> b/y.mp3"]


def test_a_recording_that_goes_before_its_page_is_seen() -> None:
    shelf = open_shelf()
    shelf.hear(Done("POST", "/tales?delete", b"<Delete><Object><Key>a/x.mp3</Key></Object></Delete>", 200))
    assert shelf.broken == ["a/index.html -> a/x.mp3"]


def test_half_a_page_is_seen_and_a_request_that_failed_changes_nothing() -> None:
    shelf = open_shelf()
    shelf.hear(Done("PUT", "/tales/index.html", page("nowhere/").encode(), 503))
    assert not shelf.broken
    publish(shelf, ("index.html", "<html><a href='a/'>"))
    assert shelf.broken == ["index.html is cut off"]
