"""The rules of the house that docs/architecture.md states, held by a test."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "generator").rglob("*.py"))
}
ROOMS = ("judging", "models", "money", "sound")
VENDORS = ("generator.writers.", "generator.illustrators.", "generator.narrators.", "generator.moderators.")


def imports(module: str) -> set[str]:
    """Return the modules of ours that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {
                f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in MODULES else node.module
                for alias in node.names
            }
    return {name for name in found if name in MODULES}


def vendor_of(module: str) -> str | None:
    """Return the vendor's package a module belongs to: "generator.writers.embedded"."""
    return ".".join(module.split(".")[:3]) if module.startswith(VENDORS) else None


def test_imports_go_round_in_no_circle_not_even_late_ones() -> None:
    TopologicalSorter({module: imports(module) - {module} for module in MODULES}).prepare()  # raises CycleError


@pytest.mark.parametrize("module", [name for name in MODULES if vendor_of(name)])
def test_a_vendor_knows_itself_and_the_values_only(module: str) -> None:
    allowed = {f"generator.{name}" for name in ("story", "errors", "reading", "purchase", "download")}
    allowed |= {f"generator.models.{name}" for name in ("asking", "gates", "prompts", "reply")}
    strangers = {
        name
        for name in imports(module)
        if name not in allowed and vendor_of(name) != vendor_of(module) and not name.startswith("generator.vendors")
    }
    assert not strangers


@pytest.mark.parametrize("module", [name for name in MODULES if not vendor_of(name)])
def test_nobody_imports_a_vendor(module: str) -> None:
    assert not {name for name in imports(module) if vendor_of(name)}


@pytest.mark.parametrize(
    "module",
    [
        name
        for name in MODULES
        if name.startswith(("generator.site", "generator.delivery", "generator.notify", "generator.forge"))
    ],
)
def test_site_delivery_news_and_forge_read_the_archive_and_ask_no_provider(module: str) -> None:
    makers = {
        "generator.studio",
        "generator.pipeline",
        "generator.making",
        "generator.backfill",
        "generator.sound.audio",
    }
    assert not imports(module) & {*makers, "generator.cli"}


@pytest.mark.parametrize(
    "module", [name for name in MODULES if name.startswith(tuple(f"generator.{room}" for room in ROOMS))]
)
def test_what_judges_asks_pays_and_sounds_knows_nothing_of_the_others_nor_of_the_main_path(module: str) -> None:
    strangers = {name.split(".")[1] for name in imports(module)} - {module.split(".")[1]}
    assert not strangers & {*ROOMS, "pipeline", "making", "backfill", "workshop", "drafting", "site", "delivery"}


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("generator.feeds.check")])
def test_the_check_of_feeds_knows_nothing_of_how_they_are_written(module: str) -> None:
    strangers = {name for name in imports(module) if not name.startswith("generator.feeds.check")}
    assert strangers <= {"generator.download", "generator.sound.mp3", "generator.errors", "generator.site.serve"}


@pytest.mark.parametrize("module", list(MODULES))
def test_nobody_imports_the_command_line_and_values_import_nothing(module: str) -> None:
    ours = module == "generator.__main__" or module.startswith("generator.cli")
    assert ours or not any(name.startswith("generator.cli") for name in imports(module))
    if module in {"generator.story", "generator.errors", "generator.reading"}:
        assert not imports(module)


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("generator.cli")])
def test_only_the_command_line_prints_exits_and_reads_clock_or_environment(module: str) -> None:
    forbidden = {
        "print",
        "input",
        "exit",
        "echo",
        "getenv",
        "environ",
        "today",
        "utcnow",
        "now",
        "monotonic",
        "perf_counter",
        "urandom",
        "randbits",
        "uuid4",
    }
    used = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text())):
        if isinstance(node, ast.Attribute):
            used.add(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            used.add(node.func.id)
    assert not used & forbidden


@pytest.mark.parametrize("module", list(MODULES))
def test_no_room_is_called_after_nothing(module: str) -> None:
    assert not {"utils", "util", "helpers", "helper", "manager", "service", "core", "common", "misc"} & set(
        module.split(".")
    )


def test_importing_the_package_loads_the_standard_library_only() -> None:
    code = "import sys, generator, generator.story, generator.errors; print('\\n'.join({name.partition('.')[0] for name in sys.modules}))"
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
        ).stdout.split()
    )
    before = set(
        subprocess.run(
            [sys.executable, "-c", code.replace(", generator, generator.story, generator.errors", "")],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
        ).stdout.split()
    )
    assert loaded - before - set(sys.stdlib_module_names) == {"generator"}


def test_asking_for_help_loads_no_provider_and_no_site() -> None:
    code = "import sys; from generator.cli import cli; cli.main(['--help'], standalone_mode=False); print('LOADED', *sys.modules)"
    output = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    loaded = set(output.partition("LOADED")[2].split())
    assert not loaded & {
        "mkdocs",
        "yaml",
        "PIL",
        "pydub",
        "numpy",
        "hibari",
        "onnxruntime",
        "resvg_py",
        "openai",
        "boto3",
    }
