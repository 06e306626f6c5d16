"""Say what the pictures of a plan show: in words for a model, as data for an illustrator that draws."""

from generator.models.prompts import AIR, LIGHT, STYLE
from generator.story import Character, Figure, PicturePrompt, TimeOfDay
from generator.writers.embedded.grammar import render
from generator.writers.embedded.plan import Plan
from generator.writers.embedded.plots import Shot


def make_picture(plan: Plan, name: str, shot: Shot, time: TimeOfDay) -> PicturePrompt:
    """Make the prompt for a shot at a time of day."""
    cast = {"hero": plan.hero, "helper": plan.helper}
    show = render(shot.show, plan.words, lambda _: 0)
    figures = tuple(Figure(cast[role], pose) for role, pose in shot.figures)
    objects = tuple(dict.fromkeys(plan.drawn.get(thing, thing) for thing in shot.objects))
    return PicturePrompt(
        name=name,
        text=_render_text(plan, show, figures, objects, time),
        alt=_render_alt(plan, show, time),
        place=plan.place,
        figures=figures,
        objects=objects,
        time=time,
        weather=plan.weather,
        genre=plan.brief.genre,
        seed=plan.brief.seed,
    )


def _render_text(plan: Plan, show: str, figures: tuple[Figure, ...], objects: tuple[str, ...], time: TimeOfDay) -> str:
    looks = "; ".join(_look(figure.character) for figure in figures)
    things = f" Clearly visible: {', '.join(objects)}." if objects else ""
    place = plan.place.look or plan.place.name
    return f"{show} {looks}. Setting: {place}, {LIGHT[time]}, {AIR[plan.weather]}.{things} {STYLE}"


def _look(who: Character) -> str:
    return f"{who.name} is {who.look or f'a small {who.kind}'}"


def _render_alt(plan: Plan, show: str, time: TimeOfDay) -> str:
    """Give the sentence of the shot with its place and light, as far as 180 characters allow."""
    for tail in (f" {plan.place.at or plan.place.name}, {LIGHT[time]}.", f", {LIGHT[time]}.", "."):
        alt = show.rstrip(".") + tail
        if len(alt) <= 180 and (plan.place.name not in show or plan.place.name not in tail):
            return alt
    return show[:179].rsplit(" ", 1)[0].rstrip(",") + "."
