from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator.site.build import BuildReport, build_site
from generator.site.serve import make_server
from tests.running import answering
from tests.site import sample

BASE = "/tales/"
ATTACK = '"><img src=x onerror=alert(1)>'
SCRIPT = "<script>document.documentElement.dataset.attacked = 1; alert(2)</script>"


def serving(site_dir: Path, base: str = BASE) -> AbstractContextManager[str]:
    return answering(make_server(site_dir, 0, base), base)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """A site of thirty nights under /tales/."""
    return build_site(sample.write_site(tmp_path_factory.mktemp("site"), 30))


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """A site whose newest story and whose card try to run something in the reader's browser."""
    root = tmp_path_factory.mktemp("attacked")
    settings = sample.write_site(root, 3)
    story = next(root.glob("content/stories/2026/11/21-*"))
    texts = ("title", "description", "moral", "question", "written_by", "drawn_by", "read_by", "cover_alt")
    values: dict[str, object] = dict.fromkeys(texts, ATTACK)
    sample.rewrite(story, **values, tags=(ATTACK, SCRIPT), cast=("pip", ATTACK), place=ATTACK, series=ATTACK)
    with (story / "index.md").open("a", encoding="utf-8") as page:
        page.write(
            f'\n{SCRIPT}\n\n<div onclick="alert(3)"><img src=cover.webp alt=x onload=alert(5)></div>\n\n<svg onload=alert(4)></svg>\n\nThe end.\n'
        )
    card = root / "content/cast/pip.md"
    card.write_text(card.read_text("utf-8").replace("name: Pip", f"name: '{ATTACK}'") + f"\n{SCRIPT}\n", "utf-8")
    return build_site(settings)


@pytest.fixture(scope="session")
def address(built: BuildReport) -> Iterator[str]:
    with serving(built.site_dir) as address:
        yield address


@dataclass
class Visit:
    """A page in a fresh browser, and what it did."""

    page: Any
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # dialogs, errors


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    with ExitStack() as stack:

        def open_page(url: str, width: int = 1280, **options: Any) -> Visit:
            context = chromium.new_context(viewport={"width": width, "height": 844}, **options)
            stack.callback(context.close)
            visit = Visit(context.new_page())
            visit.page.on("request", lambda request: visit.requests.append(request.url))
            visit.page.on("pageerror", lambda error: visit.problems.append(str(error)))
            visit.page.on("dialog", lambda dialog: (visit.problems.append(dialog.message), dialog.dismiss()))
            visit.page.on(
                "console", lambda line: visit.problems.append(line.text) if line.type in {"error", "warning"} else None
            )
            visit.page.goto(url, wait_until="load")
            return visit

        yield open_page
