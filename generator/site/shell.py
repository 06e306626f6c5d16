"""What the browser of a reader who saves stories keeps of the site itself: style sheets, scripts, letters, one page.

sw.js is the list of it with a hash of each file, and then the code of the service worker (assets/taleshelf/sw.js). It
changes when one of these files does, and not with the stories.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from generator.site.facts import parse_facts

WORKER = "sw.js"
CODE = "assets/taleshelf/sw.js"
PAGE = "offline/"  # the page that lists what is saved, shown where nothing else can be
NEVER = ("find.js",)  # a search asks for parts of the index that are not saved
OURS = ("assets/taleshelf/**/*.js", "assets/taleshelf/**/*.css", "assets/taleshelf/**/*.svg", "assets/fonts/*.woff2")


def write_shell(out: Path, old: Path | None = None, gone: Collection[str] = ()) -> None:
    """Write sw.js into the folder of a site. A file that is not there is taken from the old site, if it is not gone."""
    ours = _list_ours(out) | ((_list_ours(old) - set(gone)) if old else set())

    def read(name: str) -> bytes:
        here = out / name
        return (here if here.is_file() or not old else old / name).read_bytes()

    page = read(PAGE + "index.html")
    names = ours | set(list_linked(page.decode("utf-8")))
    files = {name: read(name) for name in sorted(names - {CODE})}
    (out / WORKER).write_text(render_worker({PAGE: page, **files}, read(CODE)), "utf-8")


def _list_ours(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix() for rule in OURS for path in folder.glob(rule) if path.name not in NEVER
    }


def list_linked(html: str) -> list[str]:
    """List what the page loads of its own site: paths under the site's root. Icons are for the home screen only."""
    links = (urlsplit(urljoin(f"/{PAGE}", link.url)).path for link in parse_facts(html).links if link.loads)
    return [path.lstrip("/") for path in links if not path.endswith(".png")]


def render_worker(files: Mapping[str, bytes], code: bytes) -> str:
    """Write the service worker that keeps these files, given by their paths."""
    shell = {path: hashlib.sha256(data).hexdigest()[:6] for path, data in files.items()}
    listed = json.dumps(shell, indent=0, separators=(",", ":"))
    version = hashlib.sha256(listed.encode() + code).hexdigest()[:8]
    start = f'importScripts("{CODE}?{hashlib.sha256(code).hexdigest()[:8]}");'
    return f'const VERSION = "{version}";\nconst SHELL = {listed};\n{start}\n'
