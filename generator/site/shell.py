"""What the browser of a reader who saves stories keeps of the site itself: style sheets, scripts, letters, one page.

sw.js is the list of it with a hash of each file, and then the code of the service worker (assets/taleshelf/sw.js). It
changes when one of these files does, and not with the stories.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from generator.site.facts import parse_facts

WORKER = "sw.js"
CODE = "assets/taleshelf/sw.js"
PAGE = "offline/"  # the page that lists what is saved, shown where nothing else can be
OURS = ("assets/taleshelf/**/*.js", "assets/taleshelf/**/*.css", "assets/taleshelf/**/*.svg", "assets/fonts/*.woff2")


def write_shell(out: Path, *others: Path) -> None:
    """Write sw.js into the folder of a site. A file that is not there is looked for in the other folders, in order."""
    folders = (out, *others)
    names = {path.relative_to(folder).as_posix() for folder in folders for rule in OURS for path in folder.glob(rule)}
    page = _read(PAGE + "index.html", folders)
    names |= set(list_linked(page.decode("utf-8")))
    files = {name: _read(name, folders) for name in sorted(names - {CODE})}
    (out / WORKER).write_text(render_worker({PAGE: page, **files}, _read(CODE, folders)), "utf-8")


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


def _read(name: str, folders: tuple[Path, ...]) -> bytes:
    return next(folder / name for folder in folders if (folder / name).is_file()).read_bytes()
