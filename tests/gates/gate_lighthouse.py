"""Lighthouse, as a telephone on a slow network: the median of three runs a page."""

import json
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from typing import Any

from tests.bench.figure import Figure
from tests.conftest import ARGUMENTS
from tests.gates.node import install, need
from tests.gates.sample import Sample

TIMES = 3
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
METRICS = {"LCP": "largest-contentful-paint", "TBT": "total-blocking-time", "CLS": "cumulative-layout-shift"}
PAGES = ("home", "story", "month", "cast", "series", "search", "offline", "404")


def measure(sample: Sample, address: str) -> Iterator[Figure]:
    """Audit the pages. What stands behind the question mark is left out: a search is not part of loading a page."""
    for name in PAGES:
        url = address + sample.pages[name].partition("?")[0]
        runs = [audit(url) for _ in range(TIMES)]
        for kind, least in LEAST.items():
            scores = [run["categories"][kind]["score"] or 0 for run in runs]
            notes = tuple(list_faults(runs[-1], kind))
            score = round(statistics.median(scores) * 100)
            yield Figure(f"lighthouse: {name}, {kind}", score, at_least=least, notes=notes)
        speed = statistics.median(run["environment"]["benchmarkIndex"] for run in runs)
        yield Figure(
            f"lighthouse: {name}, speed of this machine", speed
        )  # below 1,500 it is busy, and slow pages are its fault
        for short, metric in METRICS.items():
            value = statistics.median(run["audits"][metric]["numericValue"] for run in runs)
            yield Figure(f"lighthouse: {name}, {short}", value, "" if short == "CLS" else "ms")


def audit(url: str) -> Any:
    """Run Lighthouse once, in a browser that has been nowhere, and return its report."""
    program = install() / "lighthouse/cli/index.js"
    node = need("node", "`apt-get install nodejs` gives one")
    chrome = need("chromium", "`apt-get install chromium` gives one")
    folder = tempfile.mkdtemp(prefix="taleshelf-chromium-")
    flags = " ".join(["--headless", *ARGUMENTS, f"--user-data-dir={folder}"])
    categories = "--only-categories=" + ",".join(LEAST)
    try:
        done = subprocess.run(
            (node, program, url, "--quiet", "--output=json", categories, f"--chrome-flags={flags}"),
            env={"CHROME_PATH": chrome, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
            timeout=180,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return json.loads(done.stdout)


def list_faults(report: Any, kind: str) -> Iterator[str]:
    """Yield what a report holds against a page in one category."""
    for reference in report["categories"][kind]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and (audit["score"] or 0) < 1 and audit["scoreDisplayMode"] != "notApplicable":
            yield f"{audit['title']}: {audit.get('displayValue') or audit['score']}"
