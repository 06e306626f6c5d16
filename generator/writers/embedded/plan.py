"""Decide a story: who, where, what goes wrong, in which plot. Everything that is fixed before the first word."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.errors import BadReply
from generator.story import AgeBand, Brief, Character, Place, Span, TimeOfDay, Weather
from generator.writers.embedded.banks import FAMILIES, Ground, Texture
from generator.writers.embedded.dealing import chosen
from generator.writers.embedded.idea import Idea, drawable_in, parse_idea
from generator.writers.embedded.plots import Plot
from generator.writers.embedded.words import FURNITURE, make_character_words, make_place_words


@dataclass(frozen=True, slots=True)
class Plan:
    """A decided story; from the same plan come the prose, the pictures and the title."""

    brief: Brief
    plot: Plot
    telling: int  # the number of this telling of the plot: the decks of wordings turn with it
    hero: Character
    helper: Character
    place: Place
    trait: str
    wish: str
    theme: str  # the thing the plot turns on, without article
    times: tuple[TimeOfDay, ...]  # one a scene
    weather: Weather
    marks: frozenset[str]  # conditions that hold: "rash", "outdoors", "rain"
    words: Mapping[str, str]  # what each slot says
    drawn: Mapping[str, str]  # slot -> thing for the illustrator
    idea: Idea

    @property
    def age(self) -> AgeBand:
        """The age band of the brief."""
        return self.brief.age

    @property
    def span(self) -> Span:
        """The length in words."""
        return self.brief.words


def make_plan(brief: Brief, plots: Sequence[Plot], texture: Texture) -> Plan:
    """Decide a story for a brief. Raises BadReply if no plot can be told at all."""
    idea = parse_idea(brief.idea)
    rng = random.Random(f"plan {brief.seed}")
    hero, helper = _cast(brief, idea, texture, rng)
    place, ground = _set_place(brief, idea, texture)
    plot, telling = _choose_plot(brief, plots, ground.marks, idea, rng)
    trait = rng.choice(hero.traits or ("curious",))
    wish = idea.wish or rng.choice(hero.wishes or texture.wishes)
    weather = idea.weather or chosen(plot.weather, f"{plot.name} weather", telling)
    slots, drawn, theme = _fill_slots(plot, telling, idea)
    family = texture.family(trait)
    marks = ground.marks | {family, FAMILIES[family], str(weather), str(brief.genre)} | _idea_marks(idea)
    details = _details(place, ground, rng)
    words = (
        make_character_words("hero", hero, trait, texture.body(hero.kind))
        | make_character_words("helper", helper, (helper.traits or ("kind",))[0], texture.body(helper.kind))
        | make_place_words(place, details, {key: rng.choice(ground.furniture[key]) for key in FURNITURE})
        | {"wish": wish, "trait": trait, "theme": theme, "idea.clause": idea.clause, "idea.extra": _extra(idea)}
        | slots
    )
    times = _times(plot, idea)
    return Plan(
        brief,
        plot,
        telling,
        hero,
        helper,
        place,
        trait,
        wish,
        theme,
        times,
        weather,
        frozenset(marks),
        words,
        drawn,
        idea,
    )


def _cast(brief: Brief, idea: Idea, texture: Texture, rng: random.Random) -> tuple[Character, Character]:
    """Give hero and helper. Somebody whom only the idea knows becomes the hero, and the brief's hero the friend."""
    hero, helper = brief.hero, brief.helper
    cast = {who.name.lower(): who for who in (hero, helper)}
    kinds = [kind for kind in idea.creatures if kind not in {who.kind for who in cast.values()}]
    names = [name for name in idea.names if name.lower() not in cast]
    if helper.name in idea.names and hero.name not in idea.names and not names:
        hero, helper = helper, hero
    if not names and not kinds:
        if helper.kind in idea.creatures and hero.kind not in idea.creatures:
            hero, helper = helper, hero
        return hero, helper
    pronouns = (idea.pronouns, "")
    guests = [
        _guest(name, kind, pronoun, texture, rng)
        for (name, kind), pronoun in zip(_pair(names, kinds, rng.choice(texture.names), idea), pronouns, strict=False)
    ]
    return (guests[0], guests[1]) if len(guests) > 1 else (guests[0], hero)


def _pair(names: list[str], kinds: list[str], spare: str, idea: Idea) -> list[tuple[str, str]]:
    """Give names and kinds of those whom only the idea knows: at most two, the first is the hero."""
    named = dict(idea.named)
    free = [kind for kind in kinds if kind not in named.values()]
    pairs = [(name, named.get(name, "child")) for name in names]
    return pairs or [(spare, free[0] if free else kinds[0])]


def _guest(name: str, kind: str, pronouns: str, texture: Texture, rng: random.Random) -> Character:
    traits = sorted(traits[0] for traits in texture.families.values())
    return Character(
        key=name.lower(),
        name=name,
        kind=kind,
        pronouns=pronouns or ("they" if kind == "child" else "it" if kind == "robot" else "she"),
        traits=(rng.choice(traits),),
        wishes=texture.wishes,
        look=f"a small friendly {kind} with bright eyes and a blue scarf",
        colours=("#8a6fae", "#efe3f5", "#d98a3d"),
        wears="scarf",
    )


def _set_place(brief: Brief, idea: Idea, texture: Texture) -> tuple[Place, Ground]:
    if idea.place and idea.place != brief.place.kind:
        ground = texture.ground(idea.place)
        return Place(ground.kind, ground.name, ground.kind, ground.at, (), ground.look), ground
    return brief.place, texture.ground(brief.place.kind)


def _choose_plot(
    brief: Brief, plots: Sequence[Plot], marks: frozenset[str], idea: Idea, rng: random.Random
) -> tuple[Plot, int]:
    """Give the plot that has rested longest among those that fit, and the number of this telling.

    Another draft takes the next plot, and in other words once all have had their turn.
    """
    fitting = [
        plot for plot in plots if plot.form is brief.form and set(plot.needs) <= marks and not set(plot.avoids) & marks
    ]
    fitting = [plot for plot in fitting if brief.genre in plot.genres] or fitting or list(plots)
    if idea.weather and (same := [plot for plot in fitting if idea.weather in plot.weather]):
        fitting = same
    if brief.words.high > brief.age.words.high and (long := [plot for plot in fitting if plot.travels]):
        fitting = long
    if not fitting:
        raise BadReply("there is no plot", "The package has lost its plots folder", provider="embedded")
    told = [past.plot for past in brief.past]
    never = [plot for plot in fitting if plot.name not in told]
    first = rng.choice(never) if never else max(fitting, key=lambda plot: told.index(plot.name))
    others = [plot for plot in fitting if plot is not first]
    others.sort(key=lambda plot: told.index(plot.name) if plot.name in told else len(told), reverse=True)
    again, place = divmod(brief.draft - 1, len(fitting))
    plot = (first, *others)[place]
    tellings = [past.telling + 1 for past in brief.past if past.plot == plot.name]
    return plot, max(tellings, default=brief.seed % 1000) + again


def _fill_slots(plot: Plot, telling: int, idea: Idea) -> tuple[dict[str, str], dict[str, str], str]:
    words: dict[str, str] = {}
    drawn: dict[str, str] = {}
    for name, choices in plot.slots.items():
        choice = chosen(choices, f"{plot.name} {name}", telling)
        if name == plot.theme and idea.things:
            wanted = idea.things[0]
            choice = next((c for c in choices if c["is"].split()[-1] == wanted.split()[-1]), plot.any or choice)
            choice = {**choice, "is": wanted, "draw": drawable_in(wanted)}
        words |= {name: choice["is"]} | {f"{name}.{key}": value for key, value in choice.items() if key != "is"}
        drawn[name] = choice.get("draw") or drawable_in(choice["is"])
    return words, drawn, words[plot.theme]


def _details(place: Place, ground: Ground, rng: random.Random) -> tuple[str, str]:
    details = list(place.details)
    details += [f"the smell of {smell}" for smell in ground.furniture["smell"] if len(details) < 2]
    first, second = rng.sample(details, 2)
    return first, second


def _idea_marks(idea: Idea) -> set[str]:
    marks = {"idea"} if idea != Idea() else set()
    return marks | ({"clause"} if idea.clause else set()) | ({"extra"} if _extra(idea) else set())


def _extra(idea: Idea) -> str:
    """Give the words of an idea that have no part of their own in the plot."""
    rest = (*(f"the {thing}" for thing in idea.things[1:3]), *idea.extras[:3])
    return rest[0] if len(rest) == 1 else f"{', '.join(rest[:-1])} and {rest[-1]}" if rest else ""


def _times(plot: Plot, idea: Idea) -> tuple[TimeOfDay, ...]:
    times = tuple(scene.time for scene in plot.scenes)
    if idea.time in (None, *times):
        return times
    return (idea.time or times[0], *times[1:])


def with_level(plan: Plan, age: AgeBand) -> Plan:
    """Give the plan as it would be told to another age."""
    return replace(plan, brief=replace(plan.brief, age=age))
