"""Programs of the npm registry, in the versions of package-lock.json, in a folder that git does not see."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def need(program: str, hint: str) -> str:
    """Find a program, or end with one sentence on how to get it."""
    path = shutil.which(program)
    if not path:
        sys.exit(f"no {program} found; {hint}")
    return path


def install() -> Path:
    """Install what the lock file names, unless it is there already, and return the folder of the modules."""
    modules, lock = HERE / "node_modules", HERE / "package-lock.json"
    stamp = modules / ".lock"
    if not stamp.is_file() or stamp.read_bytes() != lock.read_bytes():
        npm = need("npm", "`apt-get install npm` gives one")
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
        subprocess.run((npm, "ci", *quiet), cwd=HERE, check=True)
        shutil.copyfile(lock, stamp)
    return modules
