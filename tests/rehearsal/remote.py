"""The archive of the rehearsal, and the bare remote in the place of the git host."""

import re
import shutil
from pathlib import Path

from tests.fakes.aws import REGION
from tests.races.field import git
from tests.rehearsal.world import BUCKET, SENDER, World
from tests.samples import ROOT, make_archive

SETTINGS = """
[stories]
ages = ["3-5"]
minutes = 2
[studio]
writers = ["openai"]
illustrators = ["sketch"]
narrators = ["sketch"]
moderators = ["openai"]
[narration]
closing = ""
[money]
story = 20
day = 500
month = 10000
[publish.s3]
bucket = "{bucket}"
region = "{region}"
distribution = "{distribution}"
[notify]
channels = ["smtp", "sns"]
wait = 0
from = "Tales <{sender}>"
unsubscribe = "{sender}"
topic = "{topic}"
"""


def make_remote(folder: Path, world: World) -> Path:
    """Make a bare remote with an archive in it that has no story yet."""
    work, bare = folder / "seed", folder / "remote.git"
    make_archive(work)
    settings = {"bucket": BUCKET, "region": REGION, "distribution": world.distribution, "topic": world.topic} | {
        "sender": SENDER
    }
    (work / "taleshelf.toml").write_text(SETTINGS.format(**settings))
    shutil.copytree(ROOT / ".github", work / ".github")
    for name in (".gitignore", "requirements.txt", "requirements-cloud.txt"):
        shutil.copy(ROOT / name, work / name)
    mkdocs = (work / "mkdocs.yml").read_text()
    mkdocs, found = re.subn(r"(?m)^site_url:.*$", f"site_url: {world.site_url}", mkdocs)
    assert found == 1
    (work / "mkdocs.yml").write_text(mkdocs)
    git(work, "init", "--quiet", "--initial-branch=main")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "Welcome")
    git(folder, "clone", "--quiet", "--bare", str(work), str(bare))
    for key in ("uploadpack.allowReachableSHA1InWant", "uploadpack.allowAnySHA1InWant"):
        git(bare, "config", key, "true")
    # Pictures and sound cannot be made smaller, and no two are alike: a git host has found that out once, and not at every fetch.
    for key, value in {"core.compression": "0", "core.bigFileThreshold": "50k", "pack.window": "0"}.items():
        git(bare, "config", key, value)
    git(bare, "config", "gc.autoDetach", "false")
    shutil.rmtree(work)
    return bare
