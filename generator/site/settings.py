"""What changes every page at once: the settings of MkDocs, the templates, this program and what it is built on."""

import hashlib
import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs.utils.yaml import yaml_load

import generator
from generator.site.feeds import find_outlet, find_store
from generator.site.leaves import digest

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from generator.site.plugin import TaleshelfPlugin

BUILT_ON = (
    "mkdocs",
    "mkdocs-material",
    "markdown",
    "jinja2",
    "pymdown-extensions",
    "pyyaml",
    "pillow",
    "pagefind-bin",
    "lxml",
    "segno",
    "mutagen",
    "resvg-py",
)
# Extensions that look at nothing but the page. One that reads other files would hide from us what a page is made of.
PURE = frozenset(
    "toc tables fenced_code attr_list def_list footnotes abbr admonition md_in_html sane_lists smarty nl2br "
    "markdown.extensions.attr_list pymdownx.details pymdownx.superfences pymdownx.tilde pymdownx.mark".split()
)


def find_stranger(config: "MkDocsConfig") -> str:
    """Name what in the settings only MkDocs itself can build with; empty when we know all of it."""
    plugins = [name for name in config.plugins if name != "taleshelf"]
    extensions = [name for name in config.markdown_extensions if name not in PURE]
    templates = [name for name in config.theme.static_templates if name not in ("404.html", "sitemap.xml")]
    others = [*plugins, *config.hooks, *extensions, *templates, *config.extra_templates]
    if others or config.nav is None or config.validation.nav.omitted_files >= 30:
        return str(others[0]) if others else "nav"
    return ""


def digest_settings(config: "MkDocsConfig") -> str:
    """Return a text that changes with everything that is not in content/."""
    with Path(config.config_file_path or "").open("rb") as file:
        given = json.dumps(
            yaml_load(file), default=_name, sort_keys=True
        )  # with what it inherits and takes from outside
    code = Path(generator.__file__).parent
    templates = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    files = [_hash_files(code, "*.py"), *([_hash_files(templates, "*")] if templates else [])]
    return digest(given, *files, repr(find_outlet(config)), find_store(config), *map(_version, BUILT_ON), sys.version)


def _name(value: object) -> str:
    return getattr(value, "__qualname__", "") or f"{type(value).__name__} {value}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _hash_files(folder: Path, pattern: str) -> str:
    """Hash what the folder holds by the names in it: wherever it lies, and beside whatever else, it is the same."""
    whole = hashlib.blake2b(digest_size=16)
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob(pattern) if path.is_file()}
    for name, path in sorted(names.items()):
        if not name.startswith("vendors/"):  # they talk to providers, and nothing here reads them
            whole.update(f"{name}\n".encode() + hashlib.blake2b(path.read_bytes()).digest())
    return whole.hexdigest()


def find_notes(config: "MkDocsConfig") -> tuple[str, ...]:
    """Return the genres whose stories carry a content note, as our plugin was told."""
    return cast("TaleshelfPlugin", config.plugins["taleshelf"]).notes
