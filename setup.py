"""Puts the template of a new archive into the wheel; everything else about the package stands in pyproject.toml."""

import runpy
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class BuildWithTemplate(build_py):
    """Copies what lies around the program into it; a checkout that is installed as it is has it there already."""

    def run(self) -> None:
        """Build as usual, then copy."""
        super().run()
        if self.editable_mode:
            return
        told = runpy.run_path(str(HERE / "generator" / "template_names.py"))
        target = Path(self.build_lib) / "generator" / told["PACKED"]
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in told["NAMES"]:
            source = HERE / name
            if source.is_dir():
                shutil.copytree(source, target / name, ignore=shutil.ignore_patterns(*told["LEFT_OUT"]))
            elif source.is_file():
                shutil.copy(source, target / name)


setup(cmdclass={"build_py": BuildWithTemplate})
