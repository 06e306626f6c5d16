"""A small archive for the tests of the site: real pages, pictures and sound, made in a folder."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from generator.page import Page, Section, render_page
from generator.story import AgeBand, Form, Genre, Slot

REPOSITORY = Path(__file__).parents[2]
NEWEST = date(2026, 11, 21)
TITLES = (
    "The Lantern That Stayed",
    "Pip and the River’s Bed",
    "A Coat for the Moon",
    "Moss Keeps the Minutes",
    "The Door Behind the Bakery",
    "Where the Echo Went",
    "Seven Buttons and a Boat",
)
COLOURS = (("#26305f", "#e9a95b"), ("#1f5c61", "#f2d7a0"), ("#6b3350", "#f0b07a"), ("#2c4770", "#cfe0d8"))
TEXT = (
    "The lantern on the hill had burned since before the hill had a name. Pip looked up at it every evening, and every "
    "evening it looked back.",
    "“Who lights you?” she asked. The lantern said nothing, but it leaned a little in the wind, the way a friend leans "
    "in to hear you better.",
)
CARDS = {
    "cast/pip.md": 'name: Pip\nkind: fox\nwishes:\n  - to carry a light of her own\ncolours: ["#c8602b", "#f6e2c4", "#2f7f86"]',
    "cast/moss.md": 'name: Moss\nkind: bear\nsay: moss\ntraits: [slow, kind]\ncolours: ["#6b4a33", "#e8d3b0", "#3f6f4f"]',
    "cast/quill.md": "name: Quill\nkind: owl",
    "places/amber-hollow.md": "name: Amber Hollow\nkind: forest\ndetails:\n  - the smell of warm bark",
    "places/lantern-hill.md": "name: Lantern Hill\nkind: hill\nat: on Lantern Hill",
    "series/lantern-nights.md": "name: Lantern Nights\ngenre: bedtime",
}
PAGES = {
    "index.md": "---\ntitle: Tonight\n---\n\nCome in, the lamp is lit.\n",
    "about.md": "---\ntitle: About\n---\n\nThis archive writes itself.\n\n## Privacy\n\nNobody follows you [home](index.md).\n",
    "cast/index.md": "---\ntitle: Cast\n---\n\nThese are the friends.\n",
}


def make_page(number: int) -> Page:
    """Make the page of the story `number` nights before the newest."""
    day = NEWEST - timedelta(days=number)
    return Page(
        slot=Slot(day),
        title=TITLES[number % len(TITLES)] + (f" {number}" if number >= len(TITLES) else ""),
        description="A light that nobody lit, and the fox who wanted to know why.",
        genre=list(Genre)[number % 6],
        form=Form.COUPLETS if number % 5 == 1 else Form.PROSE,
        age=list(AgeBand)[number % 3],
        language="en",
        cast=("pip", "moss") if number % 2 else ("moss",),
        place="amber-hollow" if number % 3 else "lantern-hill",
        series="lantern-nights" if number % 4 == 0 else "",
        tags=("friendship", "Night & day") if number % 2 else ("friendship",),
        seconds=191.4,
        moral="A light is brightest where somebody waits.",
        question="What would you leave burning for a friend?",
        guid=f"taleshelf:{day}",
        written_by="embedded planner 1",
        drawn_by="embedded paper-cut 1",
        read_by="embedded hibari-tts 0.2.1 heart",
        cover="cover.webp",
        cover_alt="A fox under a lantern on a hill.",
        sections=(
            Section("The hill", "scene-1.webp", "A fox looks up at a lantern.", TEXT),
            Section(
                "The way home",
                "scene-2.webp",
                "A path in the dark.",
                ("The night was deep, the night was blue,\nand one small light was shining through.", *TEXT),
            ),
        ),
    )


def write_story(content: Path, page: Page, number: int = 0, size: tuple[int, int] = (160, 120)) -> Path:
    """Write a story's folder and return it."""
    slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in page.title.lower()).strip("-")[:40] or "story"
    extra = f"-x-{page.slot.extra}" if page.slot.extra else ""
    folder = content / f"stories/{page.slot.day:%Y/%m/%d}-{slug}{extra}"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(render_page(page), encoding="utf-8")
    for name in ("cover", "scene-1", "scene-2"):
        (folder / f"{name}.webp").write_bytes(draw(number, size))
    (folder / "cover-thumb.webp").write_bytes(draw(number, (480, 360) if size[0] > 480 else (48, 36)))
    (folder / "cover-square.jpg").write_bytes(draw(number, (140, 140), "JPEG"))
    (folder / "narration.mp3").write_bytes(make_mp3())
    (folder / "timing.json").write_text("[]")
    (folder / "story.json").write_text('{"prompt": "not for readers"}')
    return folder


def write_site(root: Path, nights: int, site_url: str = "https://example.org/tales/") -> Path:
    """Write a whole repository of so many stories and return its mkdocs.yml."""
    content = root / "content"
    cards = {path: f"---\n{front}\n---\n\nA card with a few words.\n" for path, front in CARDS.items()}
    for path, text in (PAGES | cards).items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    for number in range(nights):
        write_story(content, make_page(number), number)
    return write_settings(root, site_url)


def write_settings(root: Path, site_url: str = "https://example.org/tales/") -> Path:
    """Write the project's own mkdocs.yml, with another address, next to `content`."""
    lines = (REPOSITORY / "mkdocs.yml").read_text("utf-8").split("\n")
    new = {"site_url:": site_url, "  custom_dir:": REPOSITORY / "site_template"}
    lines = [next((f"{key} {value}" for key, value in new.items() if line.startswith(key)), line) for line in lines]
    (root / "mkdocs.yml").write_text("\n".join(lines), encoding="utf-8")
    return root / "mkdocs.yml"


def rewrite(folder: Path, **changes: object) -> None:
    """Write the page of a folder anew with other values."""
    from generator.page import parse_page

    path = folder / "index.md"
    page = replace(parse_page(path.read_text("utf-8")), **changes)  # type: ignore[arg-type]
    path.write_text(render_page(page), encoding="utf-8")


@cache
def draw(number: int, size: tuple[int, int], kind: str = "WEBP") -> bytes:
    """Draw hills under a sky."""
    width, height = size
    dark, light = COLOURS[number % len(COLOURS)]
    shades = Image.linear_gradient("L").resize(size)
    picture = Image.composite(Image.new("RGB", size, light), Image.new("RGB", size, dark), shades)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((width * 0.68, height * 0.12, width * 0.84, height * 0.12 + width * 0.16), fill="#fbe7b0")
    for layer, colour in enumerate(("#3f7175", "#2a4f5e", "#1c3346")):
        top = height * (0.62 + 0.12 * layer)
        shift = width * 0.3 * ((number + layer) % 3 - 1)
        pen.ellipse((-width * 0.4 + shift, top, width * 1.1 + shift, top + height * 1.2), fill=colour)
    data = BytesIO()
    picture.save(data, kind, quality=80)
    return data.getvalue()


@cache
def make_mp3(seconds: int = 4) -> bytes:
    """Make a soft tone, encoded as every narration is: mono, 64 kbit/s, constant."""
    import imageio_ffmpeg

    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    tone = ["-f", "lavfi", "-i", f"sine=frequency=220:sample_rate=24000:duration={seconds}"]
    done = subprocess.run(
        [ffmpeg, "-v", "error", *tone, "-b:a", "64k", "-f", "mp3", "-"], capture_output=True, check=True, timeout=60
    )
    return done.stdout


def copy_content(root: Path) -> Path:
    """Copy the project's own authored pages, without any story, and return the folder."""
    shutil.copytree(REPOSITORY / "content", root / "content", ignore=shutil.ignore_patterns("stories"))
    return root / "content"
