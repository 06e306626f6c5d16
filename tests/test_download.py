"""Fetching a picture from an address that a model's vendor gave: what is asked, and what is not."""

import http.server
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.download import fetch_picture, is_public, parse_target
from generator.errors import Ambiguous, BadReply, NotSent, ProviderError
from generator.models.gates import MOST_BYTES

HOSTS = ("replicate.delivery",)
Behave = Callable[[http.server.BaseHTTPRequestHandler], None]
METADATA = "http://169.254.169.254/latest/meta-data/"


@contextmanager
def serve(behave: Behave, context: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serve what `behave` does on loopback; gives the origin, and the requests that arrived."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(f"{self.headers['Host']} {self.path}")
            behave(self)

        def log_message(self, *args: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that hangs up is what some tests are about

    with Server(("127.0.0.1", 0), Handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"{'https' if context else 'http'}://localhost:{server.server_address[1]}", seen
        finally:
            server.shutdown()
            thread.join()


def answer(status: int, body: bytes = b"", **headers: str) -> Behave:
    def behave(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def fetch(address: str, *, seconds: float = 5, also: str = "", hosts: tuple[str, ...] = HOSTS) -> bytes:
    end = time.monotonic() + seconds
    return fetch_picture(address, hosts=hosts, left=lambda: end - time.monotonic(), provider="replicate", also=also)


def test_the_owners_own_server_is_asked_and_what_it_says_of_the_type_does_not_matter() -> None:
    body = b"<html>" + bytes(100_000)
    with serve(answer(200, body, Content_Type="text/html", Content_Length=str(len(body)))) as (origin, seen):
        assert fetch(f"{origin}/files/a.png?sig=1", also=f"{origin}/v1") == body
    assert seen == [f"{origin.removeprefix('http://')} /files/a.png?sig=1"]


@pytest.mark.parametrize(
    "address",
    [
        "http://replicate.delivery/a.png",
        "https://replicate.delivery:8443/a.png",
        "https://replicate.delivery.evil.example/a.png",
        "https://evilreplicate.delivery/a.png",
        "https://evil.example/replicate.delivery/a.png",
        "https://user:pass@replicate.delivery/a.png",
        "https://replicate.delivery@evil.example/a.png",
        "https://evil.example\\@replicate.delivery/a.png",
        "https://replicate.delivery/a.png\r\nX-Header: 1",
        "https://replicate.deliveryé/a.png",
        "https://replicate.delivery:99999/a.png",
        "https://[::1/a.png",
        METADATA,
        "https://169.254.169.254/latest/meta-data/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://[::ffff:169.254.169.254]/",
        "https://localhost/",
        "file:///etc/passwd",
        "ftp://replicate.delivery/a.png",
        "gopher://replicate.delivery/",
        "//replicate.delivery/a.png",
        "data:image/png;base64,AAAA",
        "",
    ],
)
def test_other_addresses_are_not_asked(address: str) -> None:
    with pytest.raises(BadReply):
        fetch(address)


@pytest.mark.parametrize(
    "host",
    [
        "0x7f000001",
        "2130706433",
        "[::ffff:169.254.169.254]",
        "169.254.169.254",
        "localhost",
        "[::1]",
        "100.64.0.1",
        "10.0.0.7",
    ],
)
def test_a_trusted_name_that_leads_into_a_private_network_is_not_asked(host: str) -> None:
    with pytest.raises(BadReply, match="private network"):
        fetch(f"https://{host}/a.png", hosts=(host.strip("[]"),))


def test_the_owners_server_is_one_origin_and_not_its_neighbours() -> None:
    with serve(answer(200, b"x")) as (origin, seen):
        port = int(origin.rpartition(":")[2])
        for near in (f"http://127.0.0.1:{port}/", f"https://localhost:{port}/", f"http://localhost:{port - 1}/"):
            with pytest.raises(BadReply):
                fetch(near, also=origin)
        assert not seen
        assert fetch(f"{origin}/a.png", also=f"{origin}/") == b"x"


@pytest.mark.parametrize("place", [METADATA, "/a.png", "https://replicate.delivery/a.png"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status: int, place: str) -> None:
    with serve(answer(status, Location=place)) as (origin, seen), pytest.raises(BadReply, match=str(status)):
        fetch(f"{origin}/a.png", also=origin)
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("status", "error"), [(404, BadReply), (403, BadReply), (500, Ambiguous), (503, Ambiguous), (429, Ambiguous)]
)
def test_a_status_tells_whether_the_file_may_yet_come(status: int, error: type[ProviderError]) -> None:
    with serve(answer(status)) as (origin, _), pytest.raises(error) as raised:
        fetch(f"{origin}/a.png", also=origin)
    assert type(raised.value) is error


def test_a_file_that_is_too_large_is_left_whether_or_not_it_says_so() -> None:
    with (
        serve(answer(200, Content_Length=str(MOST_BYTES + 1))) as (origin, _),
        pytest.raises(BadReply, match="offered"),
    ):
        fetch(f"{origin}/a.png", also=origin)
    with serve(answer(200, bytes(MOST_BYTES + 1))) as (origin, _), pytest.raises(BadReply, match="more than"):
        fetch(f"{origin}/a.png", also=origin)
    with serve(answer(200, bytes(MOST_BYTES))) as (origin, _):
        assert len(fetch(f"{origin}/a.png", also=origin)) == MOST_BYTES


def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_headers(handler: http.server.BaseHTTPRequestHandler) -> None:
    for char in "HTTP/1.1 200 OK\r\nX: " + "y" * 100:
        handler.wfile.write(char.encode())
        time.sleep(0.05)


@pytest.mark.parametrize("behave", [drip, drip_headers, lambda handler: time.sleep(3)])
def test_a_server_that_drips_does_not_hold_us_longer_than_the_deadline(behave: Behave) -> None:
    with serve(behave) as (origin, _), pytest.raises(Ambiguous, match="time is up"):
        fetch(f"{origin}/a.png", also=origin, seconds=0.3)


def test_half_a_file_is_none() -> None:
    with serve(answer(200, b"abc", Content_Length="10")) as (origin, _), pytest.raises(Ambiguous):
        fetch(f"{origin}/a.png", also=origin)
    chunked = answer(200, b"4\r\nabcd\r\n9\r\nab", Transfer_Encoding="chunked")
    with serve(chunked) as (origin, _), pytest.raises(Ambiguous):
        fetch(f"{origin}/a.png", also=origin)


def test_nobody_at_home_is_told_from_half_an_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        origin = f"http://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(NotSent):
        fetch(f"{origin}/a.png", also=origin)
    with serve(lambda handler: handler.connection.close()) as (origin, _), pytest.raises(Ambiguous):
        fetch(f"{origin}/a.png", also=origin)


def make_certificate(folder: Path, name: str) -> Path:
    both = folder / f"{name}.pem"
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "key")
    certificate = ("-days", "2", "-out", "crt", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}")
    subprocess.run(["openssl", "req", "-x509", *key, *certificate], cwd=folder, check=True, capture_output=True)
    both.write_bytes((folder / "key").read_bytes() + (folder / "crt").read_bytes())
    return both


@pytest.mark.parametrize(("name", "good"), [("localhost", True), ("elsewhere.example", False)])
def test_the_certificate_must_be_the_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, good: bool
) -> None:
    both = make_certificate(tmp_path, name)
    monkeypatch.setenv("SSL_CERT_FILE", str(both))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    with serve(answer(200, b"picture", Content_Length="7"), context) as (origin, seen):
        if good:
            assert fetch(f"{origin}/a.png", also=origin) == b"picture"
        else:
            with pytest.raises(Ambiguous):
                fetch(f"{origin}/a.png", also=origin)
            assert not seen


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("64:ff9b::101:101", True),
        ("64:ff9b::a9fe:a9fe", False),
        ("::ffff:10.0.0.1", False),
        ("::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_public_is_what_the_open_internet_reaches(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://replicate.delivery", "http://127.0.0.1:9"]))
def test_no_text_makes_the_reader_of_addresses_fail_or_trust(text: str, start: str) -> None:
    try:
        target = parse_target(start + text, HOSTS, "", "replicate")
    except BadReply:
        return
    assert (target.scheme, target.port) == ("https", 443)
    assert target.host == "replicate.delivery" or target.host.endswith(".replicate.delivery")
    assert target.path.isascii()
    assert not set(target.path) & set("\r\n ")
