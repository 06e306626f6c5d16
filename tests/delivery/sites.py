"""Small sites to publish, and whether what readers see of one is whole."""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath

PLAIN = {
    "index.html": "<a href='stories/a/'>home</a>",
    "sitemap.xml": "<urlset/>",
    "404.html": "lost",
    "assets/taleshelf/frame.css": "a{}",
    "stories/a/index.html": "<img src='cover.webp'>",
    "stories/a/cover.webp": "cover a",
    "find/2026/index.json": "{}",
}
LINK = re.compile(r'(?:href|src)="([^":#]+)"')


def make_site(nights: int = 3, *, look: str = "1", without: int = 0) -> dict[str, str]:
    """Return the files of a site with so many stories, the newest on the home page; one of them may have been removed."""
    style = f"assets/stylesheets/main.{look * 8}.min.css"
    told = [night for night in range(1, nights + 1) if night != without]
    files = {
        style: f"p{{color:#{look * 3}}}",
        "404.html": page(1, style),
        "sw.js": f"// {look}",
        "manifest.webmanifest": "{}",
        "podcast.xml": "<rss>" + "".join(f"<item>{night}</item>" for night in told) + "</rss>",
        "sitemap.xml": "<urlset>" + "".join(f"<url>{night}</url>" for night in told) + "</urlset>",
        "find/parts.json": f'["2026", {nights}]',
        f"find/2026/index/en_{nights:07x}.pf_index": f"index of {told}",
        "index.html": page(0, style, f"stories/{told[-1]}/", f"stories/{told[-1]}/cover.webp", "stories/"),
        "stories/index.html": page(1, style, *(f"{night}/" for night in told)),
    }
    for at, night in enumerate(told):
        folder = f"stories/{night}"
        files[f"{folder}/cover.webp"] = f"picture {night}"
        files[f"{folder}/narration.mp3"] = f"sound {night}" * 20
        files[f"{folder}/listen.json"] = f'{{"next": {told[at + 1] if at + 1 < len(told) else 0}}}'
        neighbours = (f"../{other}/" for other in (*told[max(at - 1, 0) : at], *told[at + 1 : at + 2]))
        files[f"{folder}/index.html"] = page(2, style, "cover.webp", "narration.mp3", *neighbours)
    return files


def page(depth: int, style: str, *links: str) -> str:
    """Return a page that lies so deep and links to these."""
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    return f'<!doctype html><link rel="stylesheet" href="{"../" * depth}{style}">{anchors}'


def write_site(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a site into a new folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def read_bucket(client: object, bucket: str, prefix: str = "") -> dict[str, str]:
    """Return everything that lies in a bucket."""
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)  # type: ignore[attr-defined]
    keys = [row["Key"] for page in pages for row in page.get("Contents", [])]
    return {
        key.removeprefix(prefix): client.get_object(Bucket=bucket, Key=key)["Body"].read().decode()  # type: ignore[attr-defined]
        for key in keys
    }


def find_broken(files: Mapping[str, str]) -> list[str]:
    """Return what pages link to and is not there."""
    broken = []
    for path, text in files.items():
        if path.endswith(".html") and path != "404.html":
            for link in LINK.findall(text):
                target = normpath(join(dirname(path), link))
                if f"{target}/index.html".removeprefix("./") not in files and target not in files:
                    broken.append(f"{path} -> {target}")
    return broken


def make_plain_site(folder: Path, **more: str) -> Path:
    """Write a site of a few files, with other files than usual where they are named; slashes as two underscores."""
    for name, text in {**PLAIN, **{name.replace("__", "/"): text for name, text in more.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / ".taleshelf").write_text(hashlib.sha256(str(more).encode()).hexdigest())  # the stamp of the build
    return folder


def read_folder(folder: Path, *without: str) -> dict[str, str]:
    """Return the files of a folder and what is in them."""
    found = (Path(here) / name for here, _, names in os.walk(folder) for name in names)
    named = {path.relative_to(folder).as_posix(): path.read_text() for path in found}
    return {name: text for name, text in sorted(named.items()) if name not in without}


def as_published(site: Path) -> dict[str, str]:
    """Return what readers of a site should find."""
    return read_folder(site, ".taleshelf")
