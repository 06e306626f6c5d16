import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.site.serve import Unsatisfiable, parse_range
from tests.site.conftest import serving

SOUND = bytes(range(256)) * 8
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served")
    (root / "secret.txt").write_text("secret")
    site = root / "site"
    (site / "story").mkdir(parents=True)
    for name in ("index.html", "404.html", "story/index.html"):
        (site / name).write_text(f"<p>{name}")
    (site / "a b.mp3").write_bytes(SOUND)
    for name in ("x.webp", "x.vtt", "x.woff2", "x.json", "x.css", "x.svg"):
        (site / name).write_bytes(b"x")
    (site / "link.txt").symlink_to(root / "secret.txt")
    return site


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield urlsplit(address).netloc


def ask(host: str, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    answer = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    connection.close()
    return answer


def test_a_folder_answers_with_its_index_and_a_folder_without_slash_leads_there(host: str) -> None:
    assert ask(host, "/tales/story/")[2] == b"<p>story/index.html"
    status, headers, _ = ask(host, "/tales/story")
    assert (status, headers["location"]) == (301, "/tales/story/")
    assert ask(host, "/")[1]["location"] == "/tales/"


def test_what_is_not_there_gets_the_page_for_it(host: str) -> None:
    assert ask(host, "/tales/nothing")[::2] == (404, b"<p>404.html")
    assert ask(host, "/elsewhere/")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/tales/../secret.txt",
        "/tales/..%2fsecret.txt",
        "/tales/%2e%2e/secret.txt",
        "/tales/story/..%5c..%5csecret.txt",
        "/tales//etc/passwd",
        "/tales/%2fetc/passwd",
        "/tales/link.txt",
        "/tales/%00",
        "//tales/../../secret.txt",
    ],
)
def test_no_path_leads_out_of_the_site(host: str, path: str) -> None:
    status, _, body = ask(host, path)
    assert status == 404
    assert b"secret" not in body


@pytest.mark.parametrize(
    ("wanted", "body", "content_range"),
    [
        ("bytes=0-0", SOUND[:1], "bytes 0-0/2048"),
        ("bytes=10-19", SOUND[10:20], "bytes 10-19/2048"),
        ("bytes=2000-", SOUND[2000:], "bytes 2000-2047/2048"),
        ("bytes=-5", SOUND[-5:], "bytes 2043-2047/2048"),
        ("bytes=-9999", SOUND, "bytes 0-2047/2048"),
        ("bytes=2040-9999", SOUND[2040:], "bytes 2040-2047/2048"),
    ],
)
def test_a_range_is_answered_with_that_part(host: str, wanted: str, body: bytes, content_range: str) -> None:
    status, headers, found = ask(host, "/tales/a%20b.mp3", Range=wanted)
    assert (status, found, headers["content-range"]) == (206, body, content_range)
    assert headers["content-type"] == "audio/mpeg"
    assert headers["content-length"] == str(len(body))


@pytest.mark.parametrize("wanted", ["bytes=2048-", "bytes=9999-10000", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(host: str, wanted: str) -> None:
    status, headers, body = ask(host, "/tales/a%20b.mp3", Range=wanted)
    assert (status, headers["content-range"], body) == (416, "bytes */2048", b"")


@pytest.mark.parametrize("wanted", ["bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b"])
def test_a_range_that_makes_no_sense_gets_the_whole_file(host: str, wanted: str) -> None:
    assert ask(host, "/tales/a%20b.mp3", Range=wanted)[::2] == (200, SOUND)


def test_a_range_of_a_file_that_has_changed_gets_the_whole_file(host: str) -> None:
    assert ask(host, "/tales/a%20b.mp3", Range="bytes=0-1", If_Range='"other"')[0] == 200


def test_head_has_the_headers_and_no_body(host: str) -> None:
    status, headers, body = ask(host, "/tales/a%20b.mp3", "HEAD")
    assert (status, headers["content-length"], headers["accept-ranges"], body) == (200, "2048", "bytes", b"")


def test_a_reader_who_has_the_file_is_told_so(host: str) -> None:
    _, headers, _ = ask(host, "/tales/index.html")
    assert ask(host, "/tales/index.html", If_None_Match=headers["etag"])[::2] == (304, b"")
    assert ask(host, "/tales/index.html", If_Modified_Since=headers["last-modified"])[0] == 304
    assert ask(host, "/tales/index.html", If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT")[0] == 200
    assert ask(host, "/tales/index.html", If_Modified_Since="yesterday")[0] == 200


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("x.webp", "image/webp"),
        ("x.vtt", "text/vtt; charset=utf-8"),
        ("x.woff2", "font/woff2"),
        ("x.json", "application/json"),
        ("x.css", "text/css; charset=utf-8"),
        ("x.svg", "image/svg+xml"),
    ],
)
def test_files_say_what_they_are(host: str, name: str, kind: str) -> None:
    assert ask(host, f"/tales/{name}")[1]["content-type"] == kind


def test_other_methods_are_refused(host: str) -> None:
    assert ask(host, "/tales/", "POST")[0] == 501


def test_a_range_of_nothing_cannot_be_answered() -> None:
    with pytest.raises(Unsatisfiable):
        parse_range("bytes=0-", 0)
    assert parse_range("", 10) is None
