import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sharing import SHARE
from generator.site.build import BuildReport, build_site
from generator.site.linked import render_linked
from generator.site.view import Chip
from tests.site import sample
from tests.site.test_listings import make_story

URL = "https://example.org/tales/"


def link(**changes: object) -> dict[str, object]:
    story = make_story(0, ("cover.webp", "narration.mp3", SHARE), **changes)
    series = Chip("series", "Lantern Nights", "series/lantern-nights/") if story.series else None
    return dict(json.loads(render_linked(story, series, URL, "Show")))


def test_a_story_says_what_it_is_to_programs() -> None:
    linked = link()
    assert linked["@type"] == "ShortStory"
    assert linked["url"] == f"{URL}stories/2026/11/21-story-0/"
    assert linked["image"] == [f"{linked['url']}share.jpg", f"{linked['url']}cover.webp"]
    assert linked["audience"] == {"@type": "PeopleAudience", "suggestedMinAge": 3, "suggestedMaxAge": 5}
    assert linked["isPartOf"] == {
        "@type": "CreativeWorkSeries",
        "name": "Lantern Nights",
        "url": f"{URL}series/lantern-nights/",
    }
    audio = linked["audio"]
    assert isinstance(audio, dict)
    assert (audio["contentUrl"], audio["duration"]) == (f"{linked['url']}narration.mp3", "PT192S")
    assert audio["digitalSourceType"].endswith("/trainedAlgorithmicMedia")


@pytest.mark.parametrize(
    ("credit", "source"),
    [("embedded planner 1", "algorithmicMedia"), ("openai gpt-5", "trainedAlgorithmicMedia")],
)
def test_it_says_whether_rules_or_a_trained_model_wrote_it(credit: str, source: str) -> None:
    assert str(link(written_by=credit)["digitalSourceType"]).endswith(f"/{source}")


def test_what_is_not_known_is_not_said() -> None:
    linked = link(series="", tags=(), written_by="", pending=("narration",))
    assert not {"isPartOf", "keywords", "creator", "audio"} & set(linked)


class _Scripts(HTMLParser):
    """Hears what a browser takes for the content of script elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)


HOSTILE = st.text() | st.sampled_from(
    ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028", "&lt;/script&gt;"]
)


@settings(max_examples=200, deadline=None)
@given(title=HOSTILE, tag=HOSTILE)
def test_no_text_ends_the_element_and_all_come_back_as_they_were(title: str, tag: str) -> None:
    text = render_linked(make_story(0, title=title or "x", tags=(tag,)), None, URL, "Show")
    assert re.fullmatch(r"[^<>&\u0080-\U0010ffff]*", text)
    parser = _Scripts()
    parser.feed(f'<script type="application/ld+json">{text}</script><p>after</p>')
    assert parser.tags == ["script", "p"]
    assert json.loads("".join(parser.found))["name"] == (title or "x")


def test_an_attacked_page_keeps_its_linked_data_whole(attacked: BuildReport) -> None:
    page = next(attacked.site_dir.glob("stories/2026/11/21-*/index.html")).read_text("utf-8")
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<script>" in json.loads(block)["keywords"]


def test_the_card_is_shared_where_there_is_one_and_the_cover_elsewhere(tmp_path: Path) -> None:
    content = tmp_path / "content"
    config = sample.write_site(tmp_path, 2)
    folder = next(content.glob("stories/2026/11/21-*"))
    (folder / SHARE).write_bytes(sample.draw(0, (1200, 630), "JPEG"))
    config.write_text(
        "repo_url: https://github.com/example/tales\nedit_uri: edit/main/content/\n" + config.read_text("utf-8"),
        "utf-8",
    )
    site = build_site(config).site_dir
    new, old = (next(site.glob(f"stories/2026/11/{day}-*/index.html")).read_text("utf-8") for day in (21, 20))
    url = f"{URL}stories/2026/11/"
    assert f'<meta property="og:image" content="{url}21-the-lantern-that-stayed/share.jpg">' in new
    assert '<meta property="og:image:width" content="1200">' in new
    assert f'<meta property="og:image" content="{url}20-pip-and-the-river-s-bed/cover-square.jpg">' in old
    assert "og:image:width" not in old
    edit = "https://github.com/example/tales/edit/main/content/stories/2026/11/21-the-lantern-that-stayed/index.md"
    assert f'href="{edit}"' in new
    assert 'href="#ts-text"' in new
