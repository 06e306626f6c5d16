"""Which drawable object a word means, and which objects a text names."""

import re
from functools import cache

from generator.illustrators.embedded.objects.shelf import SHELF

SYNONYMS = {
    "apple": ("crab apple",),
    "ball": ("marble",),
    "balloon": ("hot-air balloon",),
    "basket": ("hamper",),
    "bed": ("cot", "bunk"),
    "bell": ("handbell", "jingle bell", "chime", "gong"),
    "berry": ("blueberry", "blackberry", "bilberry", "raspberry", "strawberry", "cherry", "plum", "grape"),
    "blanket": ("quilt", "rug", "eiderdown", "bedspread", "shawl"),
    "boat": (
        "rowboat",
        "rowing boat",
        "paper boat",
        "dinghy",
        "canoe",
        "raft",
        "ferry",
        "ship",
        "toy boat",
        "little ship",
    ),
    "book": ("storybook", "notebook", "diary", "logbook", "picture book", "songbook", "atlas", "almanac", "journal"),
    "bottle": ("message in a bottle", "vial", "flask", "potion"),
    "box": ("chest", "treasure chest", "treasure", "trunk", "casket", "crate", "toolbox", "jewel box", "wooden box"),
    "bread": ("loaf", "bun", "bread roll", "loaf of bread"),
    "bridge": ("footbridge", "stone bridge"),
    "broom": ("broomstick", "besom"),
    "bucket": ("pail",),
    "cake": ("birthday cake", "honey cake", "muffin", "pie", "tart", "cupcake"),
    "candle": ("candlestick", "candlelight"),
    "clock": ("alarm clock", "watch", "pocket watch"),
    "cauldron": ("pot of soup",),
    "cloud-pillow": ("small cloud", "little cloud"),
    "coin": ("penny", "gold coin", "silver coin", "medal"),
    "compass": ("pocket compass",),
    "crown": ("tiara", "coronet"),
    "cup": ("mug", "teacup", "beaker", "cocoa", "hot chocolate"),
    "door": ("small door", "little door", "gate", "doorway", "tiny door"),
    "drum": ("tambourine", "drumstick"),
    "feather": ("quill", "plume"),
    "firefly": ("glow-worm", "glowworm", "lightning bug"),
    "fish": ("goldfish", "minnow", "trout", "herring", "carp"),
    "flag": ("banner", "pennant", "bunting"),
    "footprint": ("paw print", "pawprint", "track"),
    "flower": ("daisy", "tulip", "sunflower", "bluebell", "blossom", "snowdrop", "buttercup"),
    "flowerpot": ("pot plant", "window box", "plant pot", "pot of flowers"),
    "flute": ("pipe", "recorder", "tin whistle", "wooden flute"),
    "gear": ("cog", "cogwheel", "clockwork"),
    "hat": ("top hat", "cap", "bonnet"),
    "hourglass": ("sandglass", "sand timer", "egg timer"),
    "jar": ("jam jar", "jar of light", "jar of fireflies", "glass jar", "honey jar", "pot of honey"),
    "kettle": ("copper kettle",),
    "lantern": ("lamp", "oil lamp", "paper lantern", "torch", "storm lamp", "flashlight", "street lamp"),
    "leaf": ("autumn leaf", "oak leaf", "maple leaf"),
    "letter": ("envelope", "postcard", "note", "invitation", "message"),
    "magnifying-glass": ("magnifier", "lens", "looking lens"),
    "map": ("chart", "treasure map", "sea chart"),
    "mirror": ("looking glass", "hand mirror"),
    "mitten": ("glove",),
    "moon-lamp": ("night light", "nightlight", "moon lantern"),
    "mushroom": ("toadstool",),
    "music-box": ("musical box",),
    "nest": ("bird's nest",),
    "nut": ("hazelnut", "walnut", "chestnut", "conker"),
    "paintbrush": ("brush", "paint brush"),
    "paper-plane": ("paper aeroplane", "paper airplane", "paper dart"),
    "pillow": ("cushion",),
    "pebble": ("skipping stone", "river stone", "gem", "jewel", "crystal"),
    "puppet": ("marionette", "doll"),
    "ribbon": ("hair bow",),
    "rocket": ("spaceship", "spacecraft", "rocket ship", "starship"),
    "rope": ("coil of rope", "twine"),
    "sail": ("sailing boat", "sailboat", "sailing ship"),
    "scarf": ("muffler",),
    "seed": ("sunflower seed",),
    "shell": ("seashell", "scallop", "cockle"),
    "sock": ("stocking",),
    "shoe": ("boot", "slipper", "wellington", "sandal"),
    "sled": ("sledge", "toboggan", "sleigh"),
    "snow-globe": ("snow dome",),
    "spade": ("shovel", "trowel"),
    "spoon": ("ladle", "wooden spoon"),
    "sprout": ("seedling", "sapling", "shoot"),
    "star": ("fallen star", "falling star", "shooting star", "starlight"),
    "stone": ("rock", "boulder"),
    "suitcase": ("satchel", "rucksack", "backpack", "knapsack", "travelling bag"),
    "teapot": ("pot of tea",),
    "teddy-bear": ("teddy",),
    "telescope": ("spyglass",),
    "tent": ("circus tent", "pavilion"),
    "thread": ("spool", "needle", "yarn", "ball of wool", "wool", "spool of thread", "needle and thread"),
    "toy-train": ("train", "engine", "locomotive"),
    "umbrella": ("parasol",),
    "violin": ("fiddle",),
    "wagon": ("cart", "handcart", "wheelbarrow", "barrow"),
    "weathervane": ("weathercock", "weather vane"),
    "wheel": ("cartwheel", "waterwheel"),
    "wind-chime": ("mobile of shells",),
    "window-light": ("window", "lit window"),
}
PLURALS = {
    "leaf": "leaves",
    "loaf": "loaves",
    "penny": "pennies",
    "scarf": "scarves",
    "fish": "fish",
    "thread": "threads",
}
# Words that are as often something done as a thing: they count as a thing unless somebody does them.
DOINGS = frozenset(
    "box boxes brush brushes bun cap chart charts drum drums fish flag flags leaves letter map maps mirror mirrors "
    "needle note notes pipe pipes rock rocks rope sail sails seed shell shoot shoots spade star stars "
    "stone sprout sprouts thread torch treasure wheel wheels watch watches bridge bridges cap caps chime chimes".split()
)
DOERS = frozenset(
    "he she it they we you i to who not could would will can must might may shall should did never let".split()
)


@cache
def _meanings() -> dict[str, str]:
    """Every word or phrase, lower case and with blanks for hyphens, and the object it means."""
    words: dict[str, str] = {}
    for name in SHELF:
        for phrase in (name, *SYNONYMS.get(name, ())):
            single = phrase.replace("-", " ")
            words.setdefault(single, name)
            words.setdefault(_plural(single), name)
    return words


def _plural(phrase: str) -> str:
    """Put the last word of a phrase into the plural, or its first before "of": "jars of light"."""
    head, of, rest = phrase.partition(" of ")
    before, blank, word = head.rpartition(" ")
    if word in PLURALS:
        many = PLURALS[word]
    elif word.endswith(("s", "x", "ch", "sh")):
        many = word + "es"
    elif word.endswith("y") and word[-2] not in "aeiou":
        many = word[:-1] + "ies"
    else:
        many = word + "s"
    return before + blank + many + of + rest


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_meanings(), key=lambda phrase: (-len(phrase), phrase))
    choices = "|".join(re.escape(phrase).replace(r"\ ", r"[\s-]+") for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])", re.IGNORECASE)


def _normal(phrase: str) -> str:
    return " ".join(re.split(r"[\s_-]+", phrase.strip().casefold().replace("’", "'")))


def resolve_object(name: str) -> str | None:
    """Return the drawable object a word or phrase means, or None: "paper boats" is a boat, "monkey" nothing."""
    phrase = _normal(name)
    for article in ("a ", "an ", "the "):
        phrase = phrase.removeprefix(article)
    while phrase:
        if meaning := _meanings().get(phrase):
            return meaning
        # "little brass key": what comes last says what it is, and adjectives before it may go.
        phrase = phrase.partition(" ")[2]
    return None


def find_objects(text: str) -> tuple[str, ...]:
    """Return the objects a text names, in order of appearance and each once; whole words only."""
    text = text.replace("’", "'")
    found: dict[str, None] = {}
    for match in _pattern().finditer(text):
        word = _normal(match[0])
        if not _is_done(word, text[: match.start()]):
            found.setdefault(_meanings()[word])
    return tuple(found)


def _is_done(word: str, before: str) -> bool:
    """Tell whether an ambiguous word is a verb here: "they sail", "she leaves"."""
    if word not in DOINGS:
        return False
    last = re.search(r"([A-Za-z']+)\s+$", before)
    return last is not None and last[1].casefold() in DOERS
