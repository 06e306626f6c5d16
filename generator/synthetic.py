"""An archive of any size to measure with: real bundles with the words of real stories, and small pictures and sounds.

A few dozen stories are written by the embedded writer; every other one takes scenes of several of them, so that texts
read like stories, and no two are the same. The same seed gives the same archive, byte for byte.
"""

import io
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from generator.bundle import bundle_path, make_shared_files
from generator.cards import Cards, read_cards
from generator.config import Config
from generator.errors import ConfigError
from generator.nights import Rehearsal
from generator.pictures import COVER, Illustration, encode_small, encode_square, encode_thumb, encode_webp
from generator.reading import split_sentences
from generator.sharing import SHARE, draw_share
from generator.sound.ffmpeg import run_ffmpeg
from generator.story import Brief, Credit, Narration, Sentence, Slot, Story

FIRST = date(1990, 1, 1)  # from which the parts of a title are counted
WRITTEN = 36  # stories that are really written
SECONDS = 1.0  # of every narration
SOUND = "anullsrc=r=44100:cl=mono"
CREDIT = Credit("embedded", "sample 1")
COLOURS = ("#26305f", "#1f5c61", "#6b3350", "#2c4770", "#3f7175", "#b5652d")
COPIED = ("mkdocs.yml", "taleshelf.toml", "site_template")


@dataclass(frozen=True, slots=True)
class Stock:
    """What all stories of a synthetic archive are made of."""

    told: tuple[tuple[Brief, Story], ...]
    cards: Cards
    pictures: tuple[Illustration, ...]  # of each colour a cover
    shares: dict[bytes, bytes]  # of each cover its share card, with the name of the show and no title
    mp3: bytes
    show: str
    seed: int


def write_shelf(
    config: Config,
    out: Path,
    stories: int,
    newest: date,
    seed: int = 1,
    step: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write an archive of so many nights, up to the newest, with the cards and templates of this one into `out`.

    `step` is called with the number of each story that is written. Raises ConfigError when `out` is not empty.
    """
    if out.exists() and any(out.iterdir()):
        raise ConfigError(f"the folder {out.name!r} is not empty", "Name a new one.")
    shutil.copytree(config.content, out / "content", ignore=shutil.ignore_patterns("stories"))
    for name in COPIED:
        _copy(config.root / name, out / name)
    stock = make_stock(config, min(stories, WRITTEN), seed)
    for number in range(stories):
        write_night(stock, out / "content" / "stories", newest - timedelta(days=number))
        step(number + 1)


def make_stock(config: Config, written: int, seed: int) -> Stock:
    """Write the stories and draw the pictures that all others are made of."""
    cards = read_cards(config.content)
    with tempfile.TemporaryDirectory() as folder:
        rehearsal = Rehearsal(replace(config, show=f"{config.show} {seed}"), cards, Path(folder))
        told = tuple((brief, rehearsal.write(brief)) for brief in rehearsal.briefs(date(2024, 1, 1), written))
    silence = run_ffmpeg(["-f", "lavfi", "-i", SOUND, "-t", f"{SECONDS:g}", "-b:a", "64k", "-f", "mp3", "-"], b"")
    pictures = tuple(map(_draw, COLOURS))
    shares = {picture.webp: draw_share(picture.webp, "", config.show) for picture in pictures}
    return Stock(told, cards, pictures, shares, silence.data, config.show, seed)


def write_night(stock: Stock, stories: Path, day: date) -> Path:
    """Write the story of one night and return its folder. It depends on the stock and the day alone."""
    brief, story = _tell(stock, day)
    drawn = random.Random(f"{stock.seed} {day} pictures")
    pictures = tuple(
        replace(drawn.choice(stock.pictures), name=prompt.name, alt=prompt.alt)
        if prompt.name == COVER
        else replace(drawn.choice(stock.pictures), name=prompt.name, alt=prompt.alt, square=None, thumb=None)
        for prompt in story.prompts
    )
    narration = Narration(stock.mp3, SECONDS, tuple(_time(story)), CREDIT)
    folder = bundle_path(stories, brief.slot, story.title)
    folder.mkdir(parents=True)
    cover = next(picture for picture in pictures if picture.name == COVER)
    share = {SHARE: stock.shares[cover.webp]}
    for name, data in make_shared_files(brief, story, pictures, narration, share, show=stock.show).items():
        (folder / name).write_bytes(data)
    return folder


def _tell(stock: Stock, day: date) -> tuple[Brief, Story]:
    """Put a story together of scenes of several others of the same form."""
    chance = random.Random(f"{stock.seed} {day}")
    brief, base = chance.choice(stock.told)
    others = [story for other, story in stock.told if other.form is brief.form]
    scenes = tuple(
        replace(scene, picture=replace(scene.picture, name=f"scene-{number}", figures=()))
        for number, scene in enumerate((chance.choice(chance.choice(others).scenes) for _ in base.scenes), 1)
    )
    hero, helper = chance.sample(stock.cards.cast, 2)
    series = chance.choice((None, None, *stock.cards.series))
    cover = replace(base.cover, figures=())
    title = f"{base.title}, Part {(day - FIRST).days}"
    brief = replace(
        brief, slot=Slot(day), hero=hero, helper=helper, place=chance.choice(stock.cards.places), series=series
    )
    return brief, replace(base, title=title, scenes=scenes, cover=cover)


def _time(story: Story) -> Iterator[Sentence]:
    """Share the seconds of the sound out among the sentences."""
    rows = [
        (scene, text)
        for scene, part in enumerate(story.scenes, 1)
        for paragraph in part.paragraphs
        for text in split_sentences(paragraph)
    ]
    length = SECONDS / max(1, len(rows))
    for number, (scene, text) in enumerate(rows):
        yield Sentence(f"s{number + 1}", scene, round(number * length, 4), round((number + 1) * length, 4), text)


def _draw(colour: str) -> Illustration:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (1600, 1200), colour)
    ImageDraw.Draw(picture).ellipse((1000, 150, 1240, 390), fill="#fbe7b0")
    data = io.BytesIO()
    picture.save(data, "PNG")
    square, thumb, small = (encode(data.getvalue()) for encode in (encode_square, encode_thumb, encode_small))
    return Illustration(COVER, "", encode_webp(data.getvalue()), CREDIT, square, thumb, small)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copy(source, target)
