"""Draw a mail as a person sees it: python -m tests.notify.look letter.html folder [chromium]

Writes a picture for each width and palette of WIDTHS and PALETTES.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conftest import ARGUMENTS

WIDTHS = (390, 700)
PALETTES = ("light", "dark")


def draw_letter(chromium: Any, html: Path, folder: Path) -> Iterator[Path]:
    """Draw a letter that lies in a file, its pictures beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        for palette in PALETTES:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, color_scheme=palette, java_script_enabled=False
            )
            page = context.new_page()
            page.goto(html.resolve().as_uri(), wait_until="load")
            path = folder / f"{html.stem}-{width}-{palette}.png"
            page.screenshot(path=path, full_page=True)
            context.close()
            yield path


def main(html: Path, folder: Path) -> None:
    """Draw one letter."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for path in draw_letter(browser, html, folder):
            sys.stdout.write(f"{path}\n")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
