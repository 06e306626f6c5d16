import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generator.errors import BadReply, ConfigError, ProviderError
from generator.studio import Role, Writer, ask, open_studio

EMBEDDED = (["embedded"],) * 3


def test_every_role_has_an_embedded_provider_and_ends_in_it() -> None:
    studio = open_studio(*EMBEDDED)
    for role in (studio.writers, studio.illustrators, studio.narrators):
        assert role.entries[-1].name == "embedded"
        assert role.entries[-1].load().name == "embedded"


def test_a_provider_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match=r"\[studio\] writers: there is no 'quill'") as caught:
        open_studio(["quill"], ["embedded"], ["embedded"])
    assert "embedded" in caught.value.hint


def test_one_failure_moves_to_the_next_and_is_told() -> None:
    notes: list[str] = []
    role = open_studio(*EMBEDDED).writers
    twice = Role("writers", role.entries * 2)
    calls: list[str] = []

    def work(writer: Writer) -> str:
        calls.append(writer.name)
        if len(calls) == 1:
            raise BadReply("nothing but dots", provider=writer.name)
        return "a story"

    assert ask(twice, work, notes.append) == "a story"
    assert len(calls) == 2
    assert "nothing but dots" in notes[0]


def test_the_last_failure_is_raised() -> None:
    def work(writer: Writer) -> str:
        raise BadReply("no", provider=writer.name)

    with pytest.raises(ProviderError):
        ask(open_studio(*EMBEDDED).writers, work, print)


PACKAGE = {
    "pyproject.toml": """
        [build-system]
        requires = ["setuptools"]
        build-backend = "setuptools.build_meta"
        [project]
        name = "quill"
        version = "1"
        [project.entry-points."taleshelf.writers"]
        quill = "quill:Quill"
        broken = "quill_missing:Quill"
    """,
    "quill.py": """
        class Quill:
            name = "quill"
            def write(self, brief):
                return f"a story for {brief}"
    """,
}
ASK = """
from generator.studio import ask, open_studio
studio = open_studio(["broken", "quill"], ["embedded"], ["embedded"])
print(ask(studio.writers, lambda writer: writer.write("you"), lambda note: print("note:", note)))
"""


def test_a_package_of_somebody_else_is_a_provider_by_its_entry_point(tmp_path: Path) -> None:
    for name, text in PACKAGE.items():
        (tmp_path / name).write_text(textwrap.dedent(text))
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        str(tmp_path / "lib"),
        str(tmp_path),
    ]
    subprocess.run(install, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{tmp_path / 'lib'}:{Path(__file__).parents[1]}"},
    )
    assert "a story for you" in done.stdout
    assert "note: writers: broken did not deliver" in done.stdout
