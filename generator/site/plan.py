"""What has to be printed, copied and removed: the state of the last build compared with what there is now. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mkdocs.utils import is_markdown_file

from generator.errors import BuildError
from generator.site.inventory import Inventory, bundle_of
from generator.site.keep import State
from generator.site.leaves import Leaf
from generator.site.library import Library

EXCLUDED = "-"  # ends the key of a page that the settings keep off the site


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference between two builds. All paths are those under content/."""

    pages: tuple[str, ...]  # to print
    bundles: tuple[str, ...]  # to copy
    files: tuple[str, ...]  # other files, to copy
    lost_pages: tuple[str, ...]
    lost_bundles: tuple[str, ...]
    lost_files: tuple[str, ...]


def make_keys(leaves: Mapping[str, Leaf], inventory: Inventory, library: Library) -> dict[str, str]:
    """Return the key of every page: of what it shows and of the file it is written in. Raises BuildError."""
    names = {f"{folder}/index.md": name for folder, name in inventory.bundles.items()}
    names |= {path: name for path, name in inventory.loose.items() if is_markdown_file(path)}
    for folder, kept in library.kept.items():
        names |= {f"{folder}/{file}": kept.name for file in _find_pages(kept.story.files)}
    keys = {path: leaf.key + names.pop(path, "") for path, leaf in leaves.items()}  # both are of one length each
    keys |= {path: f"={name}" for path, name in names.items()}
    _check_addresses(inventory, keys)
    return keys


def make_plan(
    state: State, keys: Mapping[str, str], inventory: Inventory, library: Library, has: Callable[[str], bool]
) -> Plan:
    """Compare; `has` says whether there is a file at a path a page links to. An empty state plans everything."""
    pages = {path for path, key in keys.items() if state.pages.get(path, "").removesuffix(EXCLUDED) != key}
    if library.changed:  # their folders are written anew, with all there is in them
        pages |= {path for path in keys if bundle_of(path) in library.changed}
    pages |= {
        path
        for path, asked in state.asked.items()
        if path in keys and any(has(name) != there for name, there in asked.items())
    }
    files = {path: name for path, name in inventory.loose.items() if not is_markdown_file(path)}
    old_files = {path: name for path, name in state.loose.items() if not is_markdown_file(path)}
    return Plan(
        pages=tuple(sorted(pages)),
        bundles=tuple(sorted(library.changed if state.pages else inventory.bundles)),
        files=tuple(path for path, name in files.items() if old_files.get(path) != name),
        lost_pages=tuple(path for path in state.pages if path not in keys),
        lost_bundles=tuple(sorted(library.lost)),
        lost_files=tuple(path for path in old_files if path not in files),
    )


def find_dead_anchors(state: State) -> list[str]:
    """Say which links lead to a place that its page does not have."""
    return [
        f"'{path}' contains a link to '{target}#{anchor}', but there is no such anchor"
        for path, targets in sorted(state.anchors.items())
        for target, anchors in targets.items()
        for anchor in anchors
        if target in state.ids and anchor not in state.ids[target]
    ]


@lru_cache(maxsize=4096)
def _find_pages(files: tuple[str, ...]) -> tuple[str, ...]:
    """Return which files are written in Markdown; most stories have the same files."""
    return tuple(file for file in files if is_markdown_file(file))


def _check_addresses(inventory: Inventory, keys: Mapping[str, str]) -> None:
    for path in inventory.loose:
        stem, _, name = path.rpartition("/")
        here = f"{stem}/" if stem else ""
        other = f"{here}index.md" if name == "README.md" else f"{path.removesuffix('.md')}/index.md"
        if path in keys and other in keys and name != "index.md":
            raise BuildError(f"{path} and {other} are the same page of the site", "Rename or remove one of them")
