"""The embedded writer: it plans a story and tells it from plots that are data, without key, network or model."""

from generator.story import Brief, Credit, Scene, Story
from generator.writers.embedded.banks import load_texture
from generator.writers.embedded.dealing import deal
from generator.writers.embedded.grammar import render, title_case
from generator.writers.embedded.inscription import realise_idea
from generator.writers.embedded.pictures import make_picture
from generator.writers.embedded.plan import Plan, make_plan
from generator.writers.embedded.plots import load_plots
from generator.writers.embedded.titles import make_title

_CREDIT = Credit("embedded", "taleshelf-plots-1")


class EmbeddedWriter:
    """Writes stories with nothing but this package."""

    name = "embedded"

    def write(self, brief: Brief) -> Story:
        """Write the story of a brief; the same brief gives the same story."""
        texture = load_texture()
        plan = make_plan(brief, load_plots(), texture)
        return make_story(plan, realise_idea(plan, texture))


def make_story(plan: Plan, texts: tuple[tuple[str, ...], ...]) -> Story:
    """Put title, pictures, moral and question to the paragraphs of each scene."""
    plot = plan.plot
    scenes = tuple(
        Scene(
            heading=title_case(_pick(plan, scene.headings, f"heading {number}")),
            paragraphs=paragraphs,
            picture=make_picture(plan, f"scene-{number}", scene.shot, time),
        )
        for number, (scene, time, paragraphs) in enumerate(zip(plot.scenes, plan.times, texts, strict=True), 1)
    )
    return Story(
        title=make_title(plan),
        summary=_pick(plan, plot.summaries, "summary"),
        cover=make_picture(plan, "cover", plot.cover, plan.times[-2]),
        scenes=scenes,
        moral=_pick(plan, plot.morals, "moral"),
        question=_pick(plan, plot.questions, "question"),
        credit=_CREDIT,
        plot=plot.name,
        telling=plan.telling,
        tags=_tags(plan),
    )


def _pick(plan: Plan, texts: tuple[str, ...], what: str) -> str:
    text = texts[deal(f"{plan.plot.name} {what}", plan.telling, len(texts))]
    return render(text, plan.words, lambda _: 0)


def _tags(plan: Plan) -> tuple[str, ...]:
    drawn = plan.drawn[plan.plot.theme]
    return tuple(dict.fromkeys((drawn, plan.place.kind, plan.hero.kind, plan.trait)))
