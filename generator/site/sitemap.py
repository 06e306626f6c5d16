"""The sitemap: the address of every page, and the day of the newest story on it. Pure."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from generator.site.story_page import is_plain

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
LEADS = "today/index.md"  # it leads to the newest story, which is named itself


def url_of(path: str) -> str:
    """Return the address of the page that is written at a path under content/."""
    folder, _, name = path.rpartition("/")
    if name not in ("index.md", "README.md"):
        folder = path.rpartition(".")[0]
    return f"{folder if is_plain(folder) else quote(folder)}/" if folder else ""


def render_sitemap(pages: Iterable[tuple[str, str]], site_url: str) -> str:
    """Write the sitemap of pages, each given with its path and its day, which may be empty."""
    base = escape(site_url.rstrip("/") + "/")
    rows = (_row(base + url_of(path), day) for path, day in pages if path != LEADS) if site_url else ()
    return HEAD + "".join(rows) + "</urlset>\n"


def _row(url: str, day: str) -> str:
    return f"<url><loc>{url}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "") + "</url>\n"
