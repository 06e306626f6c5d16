"""A gate that nothing fails is no gate: each of them that needs no npm finds the fault of a page made for it."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench.figure import Figure
from tests.gates import gate_axe, gate_hosts, gate_links, gate_search, gate_weight
from tests.gates.__main__ import show
from tests.gates.gate_html import is_passed
from tests.gates.sample import BASE, PUBLISHED, Sample
from tests.gates.server import serving

HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tonight</title></head>'
GOOD = f'{HEAD}<body data-md-color-scheme="x"><main><h1>Tonight</h1><p>A story.</p></main></body></html>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one page that nothing is wrong with."""
    for name in ("index.html", "404.html", "offline/index.html", "today/index.html"):
        write(tmp_path / name, GOOD)
    write(tmp_path / "sitemap.xml", f"<urlset><url><loc>{PUBLISHED}</loc></url></urlset>")
    return tmp_path


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with serving(site, BASE) as address:
        yield address


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def walk(site: Path, address: str) -> Figure:
    *_, broken = gate_links.measure(Sample(site, {}), address)
    return broken


def test_a_site_whose_links_all_lead_somewhere_passes(site: Path, address: str) -> None:
    assert walk(site, address).met


@pytest.mark.parametrize(
    "fault",
    [
        '<a href="gone/">x</a>',
        '<a href="#nowhere">x</a>',
        '<img src="gone.webp" alt="x">',
        '<img src="404.html" srcset="gone.webp 800w" alt="x">',
        f'<link rel="canonical" href="{PUBLISHED}gone/">',
        f'<meta property="og:image" content="{PUBLISHED}share.jpg">',
        '<link rel="stylesheet" href="a.css">',
        '<link rel="manifest" href="a.webmanifest">',
    ],
)
def test_a_link_that_leads_nowhere_is_found(site: Path, address: str, fault: str) -> None:
    write(site / "a.css", "p { background: url(gone.svg) }")
    write(site / "a.webmanifest", '{"start_url": "./", "icons": [{"src": "gone.png"}]}')
    write(site / "index.html", GOOD.replace("<p>", fault + "<p>"))
    broken = walk(site, address)
    assert not broken.met
    assert len(broken.notes) == 1


def test_an_address_of_the_sitemap_that_is_not_there_is_found(site: Path, address: str) -> None:
    write(site / "sitemap.xml", f"<urlset><url><loc>{PUBLISHED}gone/</loc></url></urlset>")
    assert walk(site, address).notes == (f"{address}sitemap.xml leads to {address}gone/",)


@pytest.mark.browser
def test_axe_finds_what_is_wrong_and_what_cannot_be_judged(site: Path, address: str, chromium: Any) -> None:
    write(
        site / "index.html",
        GOOD.replace("<p>", '<p style="color:#ccc">').replace(
            "<h1>", '<h1 style="background:linear-gradient(#fff,#eee)">'
        ),
    )
    page = chromium.new_page()
    try:
        assert tuple(gate_axe.look(page, f"{address}404.html", ())) == ()
        found = list(gate_axe.look(page, address, ()))
    finally:
        page.close()
    assert [line.partition(" at ")[0] for line in found] == [
        f"{light}: {kind} color-contrast" for light in gate_axe.LIGHTS for kind in gate_axe.KINDS
    ]


@pytest.mark.browser
def test_a_request_to_another_host_is_found(site: Path, address: str, chromium: Any) -> None:
    with serving(site, BASE) as other:
        write(site / "index.html", GOOD.replace("<p>", f'<img src="{other}a.webp" alt=""><p>'))
        figures = list(gate_hosts.look(chromium, address, {"home": "", "404": "404.html"}))
    assert [(figure.met, figure.notes) for figure in figures] == [(False, (f"{other}a.webp",)), (True, ())]


@pytest.mark.browser
def test_a_story_and_a_search_that_are_too_heavy_are_found(site: Path, address: str, chromium: Any) -> None:
    write(site / "a.js", f"// {random.Random(1).randbytes(300_000).hex()}")
    write(
        site / "index.html",
        GOOD.replace("<p>", '<script src="a.js"></script><ul class="ts-found__list"><li>One</li></ul><p>'),
    )
    assert [figure.met for figure in gate_weight.weigh_story(chromium, address)] == [False] * 3
    assert [figure.met for figure in gate_weight.weigh_story(chromium, f"{address}404.html")] == [True] * 3
    assert not gate_search.weigh_search(chromium, f"{address}?q=lantern", 1).met


def test_scripts_that_grow_too_large_are_found(tmp_path: Path) -> None:
    write(tmp_path / "a.js", "// a\n" * 9000)
    assert next(gate_weight.weigh_scripts(tmp_path)).met
    (tmp_path / "player").mkdir()
    (tmp_path / "player/b.js").write_bytes(random.Random(1).randbytes(14_001))
    assert not next(gate_weight.weigh_scripts(tmp_path)).met


def test_the_checker_of_html_is_listened_to_but_for_what_is_named() -> None:
    assert not is_passed({"message": "Element “p” not allowed as child of element “ul”."})
    assert not is_passed({"message": "CSS: Parse Error.", "extract": "color: #12"})
    assert is_passed({"message": "CSS: Parse Error.", "extract": "ghlight(ts-word) { background-"})


def test_what_is_wrong_is_printed_under_the_figure_it_spoils(capsys: pytest.CaptureFixture[str]) -> None:
    show(Figure("links: broken", 1, at_most=0, notes=("a leads to b",)))
    show(Figure("links: asked for", 3, notes=("quiet",)))
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.endswith("(at most 0, MISSED)")
    assert (second, third.split()) == ("    a leads to b", ["links:", "asked", "for", "3.00"])
