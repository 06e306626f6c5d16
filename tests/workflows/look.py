"""Draws the page of a run as a git host would show it: `python -m tests.workflows.look PAGE.md PICTURE.png [SITE]`."""

import re
import sys
from pathlib import Path

from markdown import markdown
from playwright.sync_api import sync_playwright

from tests.conftest import ARGUMENTS

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1f2328; margin: 32px auto; max-width: 980px; padding: 0 24px }
h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: .3em } a { color: #0969da } img { max-width: 100% }
table { border-collapse: collapse; font-size: 14px } td, th { border: 1px solid #d1d9e0; padding: 6px 13px; vertical-align: top }
tr:nth-child(2n) { background: #f6f8fa }
"""


def draw(page: Path, picture: Path, site: Path | None) -> None:
    """Render Markdown and take its picture; addresses of the site become files of the built one."""
    text = page.read_text(encoding="utf-8")
    if site:
        text = re.sub(r'src="https://[^/"]+/', f'src="{site.resolve().as_uri()}/', text)
    html = f"<meta charset=utf-8><style>{STYLE}</style>" + markdown(text, extensions=["tables", "sane_lists"])
    written = picture.with_suffix(".html")
    written.write_text(html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        shown = browser.new_page(viewport={"width": 1100, "height": 800})
        shown.goto(written.resolve().as_uri())
        shown.screenshot(path=str(picture), full_page=True)
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
