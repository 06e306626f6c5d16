"""What belongs to a new archive, beside the program itself; setup.py and founding.py read it, and it imports nothing."""

PACKED = "template"  # the folder in an installed package; setup.py puts it there
# Everything an archive needs beside the program: what an owner changes, what the site looks like, what a host runs.
NAMES = (
    "content",
    "site_template",
    "mkdocs.yml",
    "taleshelf.toml",
    ".github",
    ".gitignore",
    "docs",
    "tools",
    "Makefile",
    "pyproject.toml",
    "setup.py",
    "MANIFEST.in",
    "requirements.txt",
    "requirements-cloud.txt",
    "requirements-dev.txt",
    "LICENSE",
    "NOTICE.md",
)
LEFT_OUT = (
    "stories",  # of whoever's checkout it is, as the next two are
    "tombstones",
    ".podcast.json",
    "ci.yml",  # tests the program, of which an archive has no tests
    "__pycache__",
    "*.egg-info",
    PACKED,
)
