"""Check a built site: links, pictures, requests, the HTML of the stories."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from generator.findings import Finding
from generator.media.pointers import is_stored
from generator.site.facts import PageFacts, read_facts
from generator.site.sanitise import ALLOWED

PAGE_LIMIT = 200 * 1024  # bytes
_HOST = "http://this.site"  # stands for the site itself while URLs are joined
_SCHEMES = {"http", "https", "mailto", "podcast", "overcast", "pktc", "antennapod-subscribe"}
_CSS_URL = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])\s*((?:https?:)?//[^'\")\s]+)", re.IGNORECASE)


def check_site(site_dir: Path, base_path: str = "/", store: str = "") -> tuple[Finding, ...]:
    """Check every page and style sheet of a built site that will stand under `base_path`. Sorted, empty when all is well.

    `store` is the address of the store of recordings and pictures, the only other place pages may load from.
    """
    facts = {path.relative_to(site_dir).as_posix(): read_facts(path) for path in sorted(site_dir.rglob("*.html"))}
    findings: set[Finding] = set()
    for path, page in facts.items():
        findings.update(_check_page(path, page))
        findings.update(_check_links(path, page, facts, site_dir, base_path, store))
    findings.update(_check_titles(facts))
    findings.update(_check_styles(site_dir))
    return tuple(sorted(findings))


def _check_page(path: str, page: PageFacts) -> Iterator[Finding]:
    if page.size > PAGE_LIMIT:
        yield Finding(
            path, "too-large", f"the page has {page.size // 1024} KB, at most {PAGE_LIMIT // 1024} are allowed"
        )
    if not page.title:
        yield Finding(path, "no-title", "the page has no title")
    if not page.description:
        yield Finding(path, "no-description", "the page has no description")
    if not page.language:
        yield Finding(path, "no-language", "the page does not say its language")
    for name in sorted({name for name in page.ids if page.ids.count(name) > 1}):
        yield Finding(path, "duplicate-id", f"the id {name!r} is there more than once")
    for source in page.images_without_alt:
        yield Finding(path, "no-alt", f"the picture {source!r} has no alternative text")
    for tag in sorted(set(page.story_tags) - ALLOWED):
        yield Finding(path, "html-not-allowed", f"<{tag}> stands in the text of a story")
    for name in sorted(set(page.story_scripts)):
        yield Finding(path, "html-not-allowed", f"the attribute {name!r} stands in the text of a story")


def _check_links(
    path: str, page: PageFacts, facts: dict[str, PageFacts], site_dir: Path, base_path: str, store: str
) -> Iterator[Finding]:
    here = _HOST + base_path + path.removesuffix("index.html")
    for link in page.links:
        where = urljoin(here, link.url)
        if urlsplit(where).scheme not in _SCHEMES:
            yield Finding(path, "unsafe-link", f"{link.url!r} leads neither to a page nor to a mailbox")
            continue
        if not where.startswith(_HOST + "/"):
            if link.loads and not is_stored(where, store):
                yield Finding(path, "foreign-request", f"{link.url!r} is loaded from another place")
            continue
        target = _find(urlsplit(where).path, site_dir, base_path)
        if target is None:
            yield Finding(path, "broken-link", f"{link.url!r} leads nowhere")
        elif (anchor := unquote(urlsplit(where).fragment)) and target in facts and anchor not in facts[target].ids:
            yield Finding(path, "broken-anchor", f"{link.url!r} names a place that its page does not have")


def _find(path: str, site_dir: Path, base_path: str) -> str | None:
    """Find the file under `site_dir` that answers an absolute path."""
    path = unquote(path)
    if not path.startswith(base_path):
        return None
    relative = PurePosixPath(path.removeprefix(base_path))
    if path.endswith("/"):
        relative /= "index.html"
    return relative.as_posix() if (site_dir / relative).is_file() else None


def _check_titles(facts: dict[str, PageFacts]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for path, page in facts.items():
        if page.title and first.setdefault(page.title, path) != path:
            yield Finding(path, "same-title", f"it has the title of {first[page.title]}: {page.title!r}")


def _check_styles(site_dir: Path) -> Iterator[Finding]:
    for path in sorted(site_dir.rglob("*.css")):
        for url in _CSS_URL.findall(path.read_text("utf-8", errors="replace")):
            yield Finding(
                path.relative_to(site_dir).as_posix(), "foreign-request", f"{url!r} is loaded from another place"
            )
