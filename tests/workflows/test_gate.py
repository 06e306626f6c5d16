"""What zizmor, in the role of an auditor, says of the workflows, and that it would say something."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.workflows.reading import ROOT

BAD = Path(__file__).with_name("bad.yml")


def find(*paths: Path) -> list[dict[str, Any]]:
    """Return the findings of zizmor."""
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    assert program, "zizmor is among the packages of requirements-dev.txt"
    told = ["--offline", "--persona=auditor", "--strict-collection", "--no-ignores", "--no-config", "--format=json"]
    ran = subprocess.run([program, *told, *map(str, paths)], capture_output=True, text=True, check=False)
    assert ran.stdout, ran.stderr
    return list(json.loads(ran.stdout))


def test_an_auditor_finds_nothing_in_the_workflows() -> None:
    found = find(ROOT / ".github")
    assert [(one["ident"], one["desc"]) for one in found] == []


def test_the_same_auditor_finds_much_in_a_bad_one() -> None:
    found = find(BAD)
    high = [one["ident"] for one in found if one["determinations"]["severity"] == "High"]
    assert len(high) >= 12, high
    assert {"template-injection", "dangerous-triggers", "unpinned-uses", "excessive-permissions"} <= set(high)
    assert Counter(high)["template-injection"] >= 5
