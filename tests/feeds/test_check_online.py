"""A feed on a real server: what servers do wrong is found, and no answer does harm."""

import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from generator.feeds.check.feed import Demands, check_feed
from generator.feeds.check.online import Online
from generator.feeds.check.report import Report
from generator.feeds.check.web import Silence, Web
from tests.feeds.sample import FIRST_PAGE, NOW, SECOND_PAGE, make_files
from tests.feeds.server import Podcast, serve
from tests.test_download import answer, make_certificate
from tests.test_download import serve as serve_anything

QUICK = Demands(NOW, newest=1)


@pytest.fixture
def podcast() -> Iterator[Podcast]:
    """The podcast as it should be, on a server that behaves."""
    with serve(Podcast()) as served:
        served.files |= make_files(served.base)
        yield served


def check(podcast: Podcast, demands: Demands = QUICK) -> Report:
    address = podcast.base + FIRST_PAGE
    return check_feed(address, Online(Web(address)), demands)


def codes(report: Report) -> list[str]:
    return sorted({fault.rule.code for fault in report.faults})


def sound_of(podcast: Podcast) -> str:
    return next(name for name in podcast.files if name.startswith("5-"))


def test_a_server_that_behaves_is_not_complained_about(podcast: Podcast) -> None:
    report = check(podcast, Demands(NOW))
    assert list(report.lines()) == []
    assert (report.pages, report.items, report.files) == (2, 5, 26)


def test_over_the_network_only_the_newest_files_are_fetched(podcast: Podcast) -> None:
    report = check(podcast)
    assert (report.files, report.unseen) == (6, 4)
    assert not any(name.startswith(("4", "3", "2", "1")) for _, name in podcast.asked)


MANNERS = {
    "a feed that is HTML": (FIRST_PAGE, "html", ["H07"]),
    "a feed without a type": (FIRST_PAGE, "no-type", ["H07"]),
    "text/xml without a charset": (FIRST_PAGE, "text-xml", ["H07"]),
    "two encodings": (FIRST_PAGE, "latin", ["B05"]),
    "no ETag": (FIRST_PAGE, "no-etag", ["H09"]),
    "no 304": (FIRST_PAGE, "always-200", ["H10"]),
    "no HEAD": (FIRST_PAGE, "no-head", ["H11"]),
    "another type for HEAD": (FIRST_PAGE, "head-type", ["H11"]),
    "another length for HEAD": (FIRST_PAGE, "head-length", ["H11"]),
    "a feed that is cut off": (FIRST_PAGE, "short", ["H26"]),
    "a feed that is gone": (FIRST_PAGE, "404", ["H01"]),
    "a broken server": (FIRST_PAGE, "500", ["H01"]),
    "a circle": (FIRST_PAGE, "->{base}podcast.xml", ["H03"]),
    "a file of this machine": (FIRST_PAGE, "->file:///etc/passwd", ["H02"]),
    "another protocol": (FIRST_PAGE, "->ftp://127.0.0.1/podcast.xml", ["H02"]),
    "a broken next page": (SECOND_PAGE, "503", ["A06"]),
    "a next page in a circle": (SECOND_PAGE, "->{base}podcast-2.xml", ["A06"]),
    "no HEAD of a cover": ("cover.jpg", "no-head", ["H11"]),
    "a cover that is gone": ("cover.jpg", "410", ["H01"]),
    "a cover that is octets": ("cover.jpg", "octets", ["H30"]),
    "a cover elsewhere": ("5.png", "->{base}4.png", ["H29"]),
    "no HEAD of a sound": ("sound", "no-head", ["H11"]),
    "no Range": ("sound", "no-range", ["H22"]),
    "a wrong range": ("sound", "wrong-range", ["H23"]),
    "a range without its place": ("sound", "no-content-range", ["H23"]),
    "a sound that is octets": ("sound", "octets", ["H24"]),
    "a sound without a type": ("sound", "no-type", ["H24"]),
    "a sound that is cut off": ("sound", "short", ["H26"]),
    "a transcript in a circle": ("5.vtt", "->{base}5.vtt", ["H03"]),
    "a transcript for us alone": ("5.vtt", "no-cors", ["H27"]),
    "a transcript of another type": ("5.vtt", "octets", ["H28"]),
    "a transcript that is gone": ("5.html", "404", ["H01"]),
    "chapters of another type": ("5.json", "html", ["H28"]),
}


@pytest.mark.parametrize("name", MANNERS)
def test_what_a_server_does_wrong_is_found_and_nothing_else_is_said(name: str, podcast: Podcast) -> None:
    file, manner, expected = MANNERS[name]
    podcast.manners[sound_of(podcast) if file == "sound" else file] = manner
    try:
        found = codes(check(podcast))
    except Silence as silence:
        found = [silence.code]
    assert found == expected


@pytest.mark.parametrize("manner", ["slow", "drip"])
def test_nobody_waits_for_ever(manner: str, podcast: Podcast) -> None:
    podcast.manners["5.vtt"] = manner
    with pytest.raises(Silence) as silence:
        Web(podcast.base, 0.2).ask(podcast.base + "5.vtt")
    assert silence.value.code == "H02"


def test_a_length_that_is_not_the_real_one_is_found_twice_over(podcast: Podcast) -> None:
    page, sound = podcast.files[FIRST_PAGE], sound_of(podcast)
    podcast.files[FIRST_PAGE] = page.replace(f'length="{len(podcast.files[sound])}"'.encode(), b'length="160000"', 1)
    assert codes(check(podcast)) == ["H23", "H25", "M02"]


def test_a_chain_of_redirects_has_an_end(podcast: Podcast) -> None:
    for number in range(9):
        podcast.manners[f"hop{number}"] = f"->{{base}}hop{number + 1}"
    with pytest.raises(Silence, match="on and on"):
        Web(podcast.base).ask(podcast.base + "hop0")
    podcast.manners["hop4"] = "->{base}cover.jpg"
    assert Web(podcast.base).ask(podcast.base + "hop0").hops[-1] == podcast.base + "cover.jpg"


def test_no_more_bytes_are_read_than_are_wanted(podcast: Podcast) -> None:
    answer = Web(podcast.base).ask(podcast.base + "cover.jpg", most=100)
    assert len(answer.body) == 100


def test_a_feed_of_the_open_internet_does_not_make_us_ask_our_own_network(podcast: Podcast) -> None:
    web = Web("https://192.0.1.1/podcast.xml")  # a public address; it is not asked for anything here
    with pytest.raises(Silence, match="private network") as refused:
        web.ask(podcast.base + FIRST_PAGE)
    assert refused.value.code == "H04"
    assert podcast.asked == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/podcast.xml", "gopher://127.0.0.1/", "http://a b/", "http://"])
def test_what_cannot_be_asked_is_said_to_be_silent(address: str) -> None:
    with pytest.raises(Silence) as silence:
        Web("http://127.0.0.1/").ask(address)
    assert silence.value.code == "H02"


def test_a_redirect_from_https_to_http_is_not_followed(
    podcast: Podcast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = make_certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(both))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    with (
        serve_anything(answer(302, b"", Location=podcast.base + FIRST_PAGE, Content_Length="0"), context) as (
            origin,
            seen,
        ),
        pytest.raises(Silence) as refused,
    ):
        Web(origin).ask(f"{origin}/podcast.xml")
    assert refused.value.code == "H04"
    assert len(seen) == 1
    assert podcast.asked == []


RAW = (
    b"",
    b"HTTP/1.1 ",
    b"hello\r\n\r\n",
    b"HTTP/1.1 999999 ?\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
    b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\nx",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\n\r\n",
    b"HTTP/1.1 302 Found\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nETag: a\x00b\r\nContent-Type: \x85\r\n\r\n<rss",
)


@pytest.mark.parametrize("raw", RAW, ids=range(len(RAW)))
def test_whatever_a_server_sends_is_an_answer_or_silence(raw: bytes) -> None:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.sendall(raw)
        handler.close_connection = True

    with serve_anything(send) as (origin, _):
        address = f"{origin}/{FIRST_PAGE}"
        try:
            found = {fault.rule.code for fault in check_feed(address, Online(Web(address)), QUICK).faults}
        except Silence as silence:
            found = {silence.code}
    assert found
