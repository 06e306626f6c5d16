"""Every kind of figure by name, and the other names people call them by."""

from collections.abc import Callable

from generator.illustrators.embedded.figures import (
    birds,
    burrow,
    carriers,
    fable,
    flutterers,
    garden,
    home,
    meadow,
    people,
    sea,
    wild,
    woodland,
)
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Point
from generator.illustrators.embedded.figures.species import Species

UPRIGHT: dict[str, Species] = {
    "fox": woodland.FOX,
    "owl": birds.OWL,
    "rabbit": garden.RABBIT,
    "bear": wild.BEAR,
    "hedgehog": meadow.HEDGEHOG,
    "mouse": garden.MOUSE,
    "cat": home.CAT,
    "dog": home.DOG,
    "frog": garden.FROG,
    "dragon": fable.DRAGON,
    "robot": people.ROBOT,
    "child": people.CHILD,
    "squirrel": burrow.SQUIRREL,
    "badger": burrow.BADGER,
    "otter": burrow.OTTER,
    "deer": meadow.DEER,
    "raccoon": woodland.RACCOON,
    "penguin": birds.PENGUIN,
    "duck": birds.DUCK,
    "elephant": wild.ELEPHANT,
    "lion": wild.LION,
    "pig": home.PIG,
    "sheep": home.SHEEP,
    "mole": meadow.MOLE,
    "panda": wild.PANDA,
    "wolf": woodland.WOLF,
    "sprite": fable.SPRITE,
}
OTHERS: dict[str, tuple[float, Callable[[Art], Point | None]]] = {
    "turtle": (1.0, carriers.draw_turtle),
    "whale": (1.0, sea.draw_whale),
    "snail": (0.98, carriers.draw_snail),
    "bat": (0.9, flutterers.draw_bat),
    "octopus": (1.08, sea.draw_octopus),
    "ghost": (0.94, flutterers.draw_ghost),
}
FALLBACK = "sprite"
ALIASES: dict[str, tuple[str, ...]] = {
    "fox": ("vixen", "foxes"),
    "owl": ("owlet", "bird", "barn owl", "tawny owl"),
    "rabbit": ("bunny", "hare", "leveret"),
    "bear": ("cub", "teddy", "teddy bear"),
    "hedgehog": ("hedgepig", "urchin", "porcupine"),
    "mouse": ("dormouse", "vole", "shrew", "hamster", "rat", "mice"),
    "cat": ("kitten", "kitty", "tomcat", "lynx"),
    "dog": ("puppy", "pup", "hound", "sheepdog"),
    "frog": ("toad", "froglet", "newt"),
    "turtle": ("tortoise", "terrapin"),
    "whale": ("dolphin", "orca", "porpoise"),
    "dragon": ("dragonet", "wyvern", "dinosaur", "lizard"),
    "robot": ("automaton", "android", "machine"),
    "child": (
        "girl",
        "boy",
        "kid",
        "human",
        "person",
        "children",
        "woman",
        "man",
        "princess",
        "prince",
        "sailor",
        "wizard",
        "witch",
    ),
    "squirrel": ("chipmunk",),
    "badger": ("brock",),
    "otter": ("beaver", "weasel", "stoat", "ferret", "seal"),
    "deer": ("fawn", "stag", "doe", "roe", "elk", "moose", "reindeer"),
    "raccoon": ("racoon",),
    "penguin": ("puffin",),
    "duck": ("duckling", "goose", "gosling", "swan", "chick"),
    "elephant": ("mammoth",),
    "lion": ("lioness",),
    "pig": ("piglet", "boar", "hog"),
    "sheep": ("lamb", "ram", "ewe"),
    "mole": (),
    "bat": ("fruit bat",),
    "snail": ("slug",),
    "panda": (),
    "wolf": ("husky",),
    "octopus": ("squid", "kraken"),
    "ghost": ("spirit", "phantom", "spook"),
    "sprite": ("gnome", "troll", "elf", "imp", "goblin", "fairy", "creature", "monster"),
}
_NAMES = {name: kind for kind, names in ALIASES.items() for name in (kind, *names)}
_YOUNG = ("cub", "pup", "kit", "calf", "baby", "little", "old", "small", "young", "friendly", "wise", "chick")


def resolve_kind(kind: str) -> str:
    """Return the figure that draws a kind: itself, the one it is another name of, or the sprite."""
    words = kind.lower().replace("-", " ").replace("_", " ").split()
    name = " ".join(words)
    own = [word for word in words if word not in _YOUNG] or words
    candidates = (name, " ".join(own), *reversed(own), *(word.removesuffix("s") for word in reversed(own)))
    return next((_NAMES[candidate] for candidate in candidates if candidate in _NAMES), FALLBACK)
