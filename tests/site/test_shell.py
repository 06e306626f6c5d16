"""What the service worker is told to keep, and what a phone is told of the site."""

import json
import re
from pathlib import Path

from PIL import Image

from generator.site.build import BuildReport, build_site
from generator.site.manifest import ICONS, MANIFEST, render_manifest
from generator.site.shell import list_linked, render_worker, write_shell
from tests.site import sample

OURS = Path(__file__).parents[2] / "site_template/assets/taleshelf"


def read_list(worker: Path) -> dict[str, str]:
    listed = re.search(r"const SHELL = ({.*?});", worker.read_text("utf-8"), re.DOTALL)
    assert listed
    shell: dict[str, str] = json.loads(listed[1])
    return shell


def test_the_list_has_a_hash_of_every_file_and_a_version_of_them_all() -> None:
    files = {"offline/": b"page", "a.css": b"red"}
    first, again, other, code = (
        render_worker(files, b"code"),
        render_worker(dict(files), b"code"),
        render_worker(files | {"a.css": b"blue"}, b"code"),
        render_worker(files, b"other"),
    )
    assert first == again
    assert re.search(r'"offline/":"[0-9a-f]{6}",\n"a.css":"[0-9a-f]{6}"', first)
    changed = [line for line in other.split("\n") if line not in first.split("\n")]
    assert [line.split('"')[0] for line in changed] == ["const VERSION = ", ""]
    assert len({text.split(";")[0] for text in (first, other, code)}) == 3


def test_what_a_page_loads_is_listed_by_its_path_under_the_site() -> None:
    page = '<link rel="stylesheet" href="../a/b.css"><link rel="icon" href="../i.png"><script src="../c.js"></script>'
    assert list_linked(page + '<a href="../d/">x</a><img src="e.svg">') == ["a/b.css", "c.js", "offline/e.svg"]


def test_everything_on_the_list_is_there_and_no_story_is_on_it(built: BuildReport) -> None:
    shell = read_list(built.site_dir / "sw.js")
    assert all((built.site_dir / path / ("index.html" if path.endswith("/") else "")).is_file() for path in shell)
    assert not [path for path in shell if path.startswith(("stories/", "find/", "pagefind/")) or path.endswith(".map")]
    assert {"offline/", "assets/taleshelf/offline.js", "assets/fonts/literata-latin-400-normal.woff2"} <= shell.keys()


def test_the_list_does_not_change_with_the_stories(tmp_path: Path) -> None:
    texts = []
    for nights in (2, 3):
        root = tmp_path / str(nights)
        root.mkdir()
        texts.append((build_site(sample.write_site(root, nights)).site_dir / "sw.js").read_text("utf-8"))
    assert texts[0] == texts[1]


def test_a_file_that_was_not_built_again_is_taken_from_the_site_that_stands(built: BuildReport, tmp_path: Path) -> None:
    changed = tmp_path / "assets/taleshelf/frame.css"
    changed.parent.mkdir(parents=True)
    changed.write_text("body { color: red }", "utf-8")
    write_shell(tmp_path, built.site_dir)
    old, new = (read_list(folder / "sw.js") for folder in (built.site_dir, tmp_path))
    assert old.keys() == new.keys()
    assert {path for path in old if old[path] != new[path]} == {"assets/taleshelf/frame.css"}


def test_a_worker_of_the_owner_stays_as_it_is(tmp_path: Path) -> None:
    settings = sample.write_site(tmp_path, 1)
    (tmp_path / "content/sw.js").write_text("// mine", "utf-8")
    assert (build_site(settings).site_dir / "sw.js").read_text("utf-8") == "// mine"


def test_the_manifest_names_icons_that_are_there(built: BuildReport) -> None:
    manifest = json.loads((built.site_dir / MANIFEST).read_text("utf-8"))
    assert (manifest["name"], manifest["display"], manifest["start_url"]) == ("Taleshelf", "minimal-ui", "./")
    assert {icon["src"] for icon in manifest["icons"]} == set(ICONS)
    for icon in manifest["icons"]:
        with Image.open(built.site_dir / icon["src"]) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_a_manifest_holds_any_name() -> None:
    name = 'Grandmother\'s </script> "shelf"'
    manifest = json.loads(render_manifest(name, "", "en"))
    assert (manifest["name"], manifest["short_name"]) == (name, "Grandmother'")
