"""What the documents state is true."""

import re
import subprocess
from pathlib import Path

import pytest

from generator.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_the_readme_lists_every_command_with_its_own_words() -> None:
    rows = dict(re.findall(r"^\| `([a-z]+)` \| (.+?) \|$", README, re.MULTILINE))
    assert rows == {name: command.help for name, command in cli.commands.items()}


def test_the_commands_the_readme_shows_are_accepted() -> None:
    for line in re.findall(r"^    taleshelf write (.+)$", README, re.MULTILINE):
        options = set(re.findall(r"--[a-z]+", line))
        known = {option for parameter in cli.commands["write"].params for option in parameter.opts}
        assert options <= known


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"tonight", "test", "serve", "bench", "lint", "types", "lock"} <= targets
    assert set(re.findall(r"make ([a-z]+)", README)) <= targets


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/architecture.md",
        "docs/providers.md",
        "docs/publishing.md",
        "docs/start.md",
        "docs/workflows.md",
        "docs/aws.md",
        "docs/podcast.md",
        "docs/notify.md",
        "docs/requests.md",
        "docs/feed-check.md",
        "CHANGELOG.md",
        "NOTICE.md",
    ],
)
def test_no_link_between_the_documents_is_broken(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text()):
        assert (ROOT / page).parent.joinpath(target).exists(), target


def test_the_architecture_names_every_module() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    for path in (ROOT / "generator").glob("[a-z]*.py"):
        assert f"`{path.name}`" in text, path.name


def test_no_lock_file_holds_an_address_and_every_line_a_hash() -> None:
    for name in ("requirements.txt", "requirements-cloud.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9][^\n]*==", text, re.MULTILINE)
        assert len(pins) > 30
        assert text.count("--hash=sha256:") > len(pins)


def test_no_text_of_the_project_tells_of_a_machine_or_a_registry() -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    hosts = re.compile(
        "|".join(
            [
                r"pypi\.o" + "rg",
                r"pythonhos" + "ted",
                r"registry\.np" + "mjs",
                r"deb\.debi" + "an",
                "/wo" + "rk/",
                "/ro" + "ot/",
            ]
        )
    )
    for name in filter(None, files):
        path = ROOT / name
        if path.suffix in {".png", ".webp", ".mp3", ".woff2", ".jpg"} or not path.is_file():
            continue
        assert not hosts.search(path.read_text(encoding="utf-8")), name
