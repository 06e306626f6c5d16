"""Whatever happens to an archive between two builds: what is built on top of the last build is what a full build gives.

Each step makes three random edits on average, builds both ways and compares the two sites byte for byte. TALESHELF_STEPS
sets how many steps: the usual ones are a hundred edits, 300 are nine hundred and take a quarter of an hour. What was
done is written to edits.txt in the folder of the test.
"""

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from generator.errors import TaleshelfError
from generator.page import parse_page
from generator.reading import split_sentences
from generator.site.build import BuildReport, build_site
from generator.site.keep import STAMP, read_times
from generator.site.times import take_times
from generator.sound.timing import render_timing
from generator.story import AgeBand, Form, Genre, Sentence, Slot
from tests.site import sample

STEPS = int(os.environ.get("TALESHELF_STEPS", "30"))
EDITS = 3  # in a step, on average
LINK = "\n[further](../../../../{0})\n"


class World:
    """An archive, its site and its cache; and edits that can happen to them, well-meant and otherwise."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.number = 60  # of the next new story: nights before the newest
        self.content = root / "content"
        shutil.copytree(sample.REPOSITORY / "site_template", root / "site_template")
        self.settings = sample.write_site(root, 9)
        text = self.settings.read_text("utf-8").replace(str(sample.REPOSITORY / "site_template"), "site_template")
        self.settings.write_text(text, "utf-8")
        self.spare = root / "spare"  # an older site and its cache

    @property
    def stories(self) -> list[Path]:
        return sorted(path.parent for path in self.content.glob("stories/*/*/*/index.md"))

    def edit(self) -> str:
        """Do one thing at random and say what it was."""
        kinds: list[tuple[int, Callable[[], object]]] = [
            (6, self.add_story), (3, self.remove_story), (3, self.rename_story), (5, self.rewrite_story),
            (3, self.change_text), (2, self.change_picture), (2, self.wait_for_sound), (2, self.wait_for_pictures),
            (2, self.change_times), (2, self.draw_share), (2, self.link_story),
            (3, self.change_card), (2, self.add_card), (1, self.remove_card), (1, self.move_portrait),
            (2, self.change_page), (2, self.add_page), (1, self.remove_page), (1, self.add_file), (1, self.stand_before_theme),
            (1, self.change_template), (1, self.change_settings), (1, self.change_navigation),
            (1, self.touch_everything), (2, self.change_podcast), (1, self.spoil_site), (1, self.spoil_cache), (1, self.go_back), (1, self.copy_story),
        ]  # fmt: skip
        kind = self.random.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])[0]
        return f"{kind.__name__} {kind()}"

    def add_story(self) -> object:
        self.number += 1
        back = self.random.choice((self.number, self.random.randrange(400), -self.number))
        page = sample.make_page(abs(back))
        extra = f"{self.random.randrange(16**8):08x}" if self.random.random() < 0.3 else ""
        slot = Slot(sample.NEWEST - timedelta(days=back), extra)
        if any(str(slot) == str(parse_page((story / "index.md").read_text("utf-8")).slot) for story in self.stories):
            return "nothing"
        page = replace(page, slot=slot, title=self.random.choice((page.title, f"A Tale of {self.number}")))
        return sample.write_story(self.content, page, self.number)

    def remove_story(self) -> object:
        if len(self.stories) > 1:
            story = self.random.choice(self.stories)
            shutil.rmtree(story)
            return story
        return "nothing"

    def rename_story(self) -> object:
        story = self.random.choice(self.stories)
        day = "-".join(story.name.split("-")[: 3 if "-x-" in story.name else 1])
        return story.rename(story.with_name(f"{day}-told-again-{self.random.randrange(1000)}"))

    def copy_story(self) -> object:
        story = self.random.choice(self.stories)
        goal = self.content / "stories" / "notes" / story.name
        if goal.exists():
            shutil.rmtree(goal)
            return f"no {goal}"
        return shutil.copytree(story, goal)

    def rewrite_story(self) -> object:
        changes: dict[str, object] = {
            "title": self.random.choice(("The Lantern That Stayed", "the lantern that stayed", "<b>Bold</b> & more")),
            "cast": self.random.choice(((), ("pip",), ("moss", "quill"), ("nobody",))),
            "place": self.random.choice(("", "amber-hollow", "lantern-hill", "nowhere")),
            "series": self.random.choice(("", "lantern-nights")),
            "genre": self.random.choice(list(Genre)),
            "age": self.random.choice(list(AgeBand)),
            "form": self.random.choice(list(Form)),
            "tags": self.random.choice(((), ("friendship",), ("Night & day", "sea"), ("SEA", "friendship"))),
            "language": self.random.choice(("en", "de")),
            "description": self.random.choice(("", "Another story.")),
            "read_by": self.random.choice(("", "somebody else", "embedded hibari-tts 0.3.0 heart")),
            "seconds": self.random.choice((61.5, 301.0, 700.0)),
            "moral": self.random.choice(("", "Wait for the light.")),
        }
        name = self.random.choice(list(changes))
        story = self.random.choice(self.stories)
        sample.rewrite(story, **{name: changes[name]})
        return story.name, name

    def change_text(self) -> object:
        return self.append(
            self.random.choice(self.stories) / "index.md", f"\nAnd {self.random.randrange(1000)} more.\n"
        )

    def change_picture(self) -> object:
        path = self.random.choice(self.stories) / self.random.choice(("cover.webp", "scene-1.webp", "cover-thumb.webp"))
        path.write_bytes(sample.draw(self.random.randrange(4), self.random.choice(((48, 36), (160, 120), (80, 60)))))
        return path

    def wait_for_sound(self) -> object:
        story = self.random.choice(self.stories)
        pending = parse_page((story / "index.md").read_text("utf-8")).pending
        sample.rewrite(story, pending=() if pending else ("narration",))
        return story

    def wait_for_pictures(self) -> object:
        """Let a story wait for its pictures, or for those but the cover; or give it all of them."""
        story = self.random.choice(self.stories)
        page = parse_page((story / "index.md").read_text("utf-8"))
        if "pictures" in page.pending:
            sections = [
                replace(part, picture=f"scene-{n}.webp", alt="Hills.") for n, part in enumerate(page.sections, 1)
            ]
            (story / "cover.webp").write_bytes(sample.draw(self.number, (160, 120)))
            sample.rewrite(story, pending=(), cover="cover.webp", cover_alt="Hills.", sections=tuple(sections))
            return f"{story} has all"
        cover = self.random.choice(("", "cover.webp"))
        sections = [replace(part, picture="", alt="") for part in page.sections]
        if not cover:
            (story / "cover.webp").unlink(missing_ok=True)
        changes = {"pending": ("pictures",), "cover": cover, "cover_alt": "Hills." if cover else ""}
        sample.rewrite(story, sections=tuple(sections), **changes)
        return story, cover

    def change_times(self) -> object:
        """Give a story the times of its sentences, for all of them or for its first scene."""
        story = self.random.choice(self.stories)
        page = parse_page((story / "index.md").read_text("utf-8"))
        texts = [
            (scene, text)
            for scene, section in enumerate(page.sections[: self.random.randint(1, 2)], 1)
            for paragraph in section.paragraphs
            for text in split_sentences(paragraph)
        ]
        rows = [Sentence(f"s{n}", scene, n * 2.0, n * 2.0 + 1.5, text) for n, (scene, text) in enumerate(texts, 1)]
        (story / "timing.json").write_text(render_timing(tuple(rows)), "utf-8")
        return story, len(rows)

    def draw_share(self) -> object:
        path = self.random.choice(self.stories) / "share.jpg"
        if path.exists() and self.random.random() < 0.5:
            path.unlink()
            return f"no {path}"
        return path.write_bytes(sample.draw(self.random.randrange(4), (120, 63), "JPEG")), path

    def link_story(self) -> object:
        paths = [path.relative_to(self.content).as_posix() for path in self.content.rglob("*.md")]
        target = self.random.choice(
            [*paths, "about.md#privacy", "index.md#nowhere", "stories/2026/index.md", "gone.md"]
        )
        return self.append(self.random.choice(self.stories) / "index.md", LINK.format(target)), target

    def change_card(self) -> object:
        rooms = ("cast/[a-z]*.md", "places/*.md", "series/*.md")
        path = self.random.choice([path for room in rooms for path in sorted(self.content.glob(room))])
        if path.name == "index.md" or self.random.random() < 0.5:
            return self.append(path, "\nThere is more to tell.\n")
        text = path.read_text("utf-8")
        name = text.split("name: ")[1].split("\n")[0]
        path.write_text(text.replace(f"name: {name}", f"name: Old {name}"), "utf-8")
        return path, name

    def add_card(self) -> object:
        room, key = self.random.choice(
            (("cast", "nobody"), ("places", "nowhere"), ("series", "late"), ("cast", "tess"))
        )
        path = self.content / room / f"{key}.md"
        path.write_text(
            f"---\nname: {key.title()}\nkind: fox\n---\n\nNew here.\n".replace(
                "kind: fox\n", "" if room == "series" else "kind: fox\n"
            ),
            "utf-8",
        )
        return path

    def remove_card(self) -> object:
        paths = sorted(self.content.glob("[cps]*/[a-z]*.md"))
        path = self.random.choice([path for path in paths if path.name != "index.md"])
        path.unlink()
        return path

    def move_portrait(self) -> object:
        path = self.content / self.random.choice(("cast/pip.webp", "places/amber-hollow.webp"))
        if path.exists():
            path.unlink()
            return f"no {path}"
        return path.write_bytes(sample.draw(self.random.randrange(4), (48, 48))), path

    def change_page(self) -> object:
        path = self.content / self.random.choice(("about.md", "index.md", "cast/index.md"))
        return self.append(path, f"\n## Part {self.random.randrange(9)}\n\nMore.\n")

    def add_page(self) -> object:
        path = self.content / self.random.choice(
            ("more.md", "notes/deep/er.md", "stories/index.md", "tags/index.md", "lore/x.md")
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        links = self.random.choice(
            ("", "[a](/about.md)", f"[home]({'../' * (len(path.relative_to(self.content).parts) - 1)}index.md)")
        )
        path.write_text(f"# More {self.random.randrange(99)}\n\n{links}\n", "utf-8")
        return path, links

    def remove_page(self) -> object:
        path = self.random.choice(
            [self.content / name for name in ("more.md", "notes/deep/er.md", "stories/index.md", "about.md")]
        )
        path.unlink(missing_ok=True)
        return path

    def add_file(self) -> object:
        path = self.random.choice(
            (
                self.content / "extra/note.txt",
                self.random.choice(self.stories) / "extra.txt",
                self.random.choice(self.stories) / "more" / "deep.md",
            )
        )
        if path.exists():
            path.unlink()
            return f"no {path}"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.write_text(f"{self.random.random()}"), path

    def stand_before_theme(self) -> object:
        path = self.content / "assets/taleshelf/favicon.svg"
        if path.exists():
            path.unlink()
            return "no more"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    def change_template(self) -> object:
        names = ("story.html", "partials/taleshelf/footer.html", "404.html", "assets/taleshelf/frame.css")
        return self.append(
            self.root / "site_template" / self.random.choice(names), f"\n<!-- {self.random.random()} -->\n"
        )

    def change_settings(self) -> object:
        """Change a line of the settings: the copyright, the name, the address, the genres with a content note."""
        text = self.settings.read_text("utf-8")
        new = self.random.choice(
            (
                f"copyright: {self.random.random()}",
                f"site_name: Tales {self.random.randrange(9)}",
                f"site_url: https://example.org/{self.random.choice(('', 'tales/', 'more/'))}",
                f"  - taleshelf: {{content_notes: [{self.random.choice(('', 'spooky', 'mystery, bedtime'))}]}}",
            )
        )
        key = r"^  - taleshelf\b.*$" if "taleshelf" in new else rf"^{new.split(':')[0]}:.*$"
        changed, found = re.subn(key, new, text, flags=re.MULTILINE)
        return self.settings.write_text(changed if found else f"{text}\n{new}\n", "utf-8"), new

    def change_podcast(self) -> object:
        told = {
            "series": ([], ["lantern-nights"]),
            "genres": ([], ["bedtime", "science"]),
            "languages": ([], ["de"]),
            "email": ("", "owner@example.org"),
            "title": ("", "Tales & <Nights>"),
        }
        chosen = {key: self.random.choice(values) for key, values in told.items()}
        if not (self.content / "series/lantern-nights.md").exists():
            chosen["series"] = []
        lines = (f"{key} = {json.dumps(value)}\n" for key, value in chosen.items())
        (self.root / "taleshelf.toml").write_text("[podcast]\n" + "".join(lines))
        return chosen

    def change_navigation(self) -> object:
        text = self.settings.read_text("utf-8")
        one, two = "  - About: about.md\n", "  - about.md\n"
        self.settings.write_text(text.replace(one, two) if one in text else text.replace(two, one), "utf-8")
        return "about.md"

    def touch_everything(self) -> object:
        for path in self.root.rglob("*"):
            if path.is_file():
                os.utime(path, (self.random.randrange(1_000_000_000), self.random.randrange(1_000_000_000)))
        return ""

    def spoil_site(self) -> object:
        files = sorted(path for path in (self.root / "site").rglob("*") if path.is_file())
        if not files:
            return "nothing"
        path = self.random.choice(files)
        larger = self.random.choice([file for file in files if file.suffix == ".html"])
        what = self.random.choice(
            (path.unlink, lambda: self.append(larger, "x"), lambda: (path.parent / "stranger").write_text("x"))
        )
        what()
        return path

    def spoil_cache(self) -> object:
        files = sorted(path for path in (self.root / "cache").rglob("*") if path.is_file())
        if not files:
            return "nothing"
        path = self.random.choice(files)
        what = self.random.choice((path.unlink, lambda: self.append(path, "x"), lambda: path.write_text("{}")))
        what()
        return path

    def go_back(self) -> object:
        """Bring back an older site, or an older cache, or both; and put today's aside."""
        names = self.random.choice((("site",), ("cache",), ("site", "cache")))
        for name in names:
            old, now = self.spare / name, self.root / name
            if old.exists():
                shutil.rmtree(now, ignore_errors=True)
                shutil.copytree(old, now)
            elif now.exists():
                shutil.copytree(now, old)
        return names

    def append(self, path: Path, text: str) -> Path:
        if path.exists():
            with path.open("a", encoding="utf-8") as file:
                file.write(text)
        return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def attempt(build: Callable[[], BuildReport]) -> BuildReport | str:
    """Build, and return the report or what is wrong, without what both may word in another way."""
    try:
        return build()
    except TaleshelfError as error:
        return f"{type(error).__name__}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_build_on_top_of_another_gives_what_a_full_build_gives(tmp_path: Path, seed: int) -> None:
    world, history, single = World(tmp_path / "world", seed), list[str](), 0
    (tmp_path / "saved").mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)} if seed == 2 else None
    for _ in range(STEPS // 3 + 1):
        shutil.rmtree(tmp_path / "saved")
        shutil.copytree(world.root, tmp_path / "saved", ignore=shutil.ignore_patterns("site", "cache", "spare", ".git"))
        history += ["--", *(world.edit() for _ in range(world.random.randint(1, 2 * EDITS - 1)))]
        if environment and world.random.random() < 0.5:
            commit(world.root, environment)
        whole = attempt(lambda: build_site(world.settings, tmp_path / "whole"))
        grown = attempt(
            lambda: build_site(world.settings, world.root / "site", cache=world.root / "cache", environment=environment)
        )
        if isinstance(whole, str) or isinstance(grown, str):
            assert whole == grown, "\n".join(history)
            history.append(f"refused: {whole}")
            restore(world.root, tmp_path / "saved")
            continue
        single += not grown.whole
        one, two = contents(tmp_path / "whole"), contents(world.root / "site")
        assert sorted(one) == sorted(two), "\n".join(history)
        assert [name for name in one if one[name] != two[name]] == [], "\n".join(history)
        assert (grown.pages, grown.size) == (whole.pages, whole.size)
        stamp = (world.root / "site" / STAMP).read_text("utf-8").strip()
        assert read_times(world.root / "cache", stamp) == take_times(world.root / "site"), "\n".join(history)
    assert single > STEPS // 12, "most steps are built on top of the last"
    (tmp_path / "edits.txt").write_text("\n".join([*history, f"{single} steps on top"]), "utf-8")


def restore(root: Path, saved: Path) -> None:
    """Bring back what an owner wrote; site and cache stay."""
    for name in ("content", "site_template"):
        shutil.rmtree(root / name)
        shutil.copytree(saved / name, root / name)
    shutil.copy(saved / "mkdocs.yml", root / "mkdocs.yml")


def commit(root: Path, environment: dict[str, str]) -> None:
    """Commit the archive, as a run does in the morning."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for command in (("init", "-q"), ("add", "content"), (*who, "commit", "-q", "--allow-empty", "-m", "x")):
        subprocess.run(("git", *command), cwd=root, env=environment, check=True, capture_output=True)
