"""Where a picture plays: one small function for each kind of place."""

from collections.abc import Callable

from generator.illustrators.embedded.places import (
    attic,
    beyond,
    cave,
    cold,
    desert,
    grown,
    library,
    observatory,
    town,
    water,
    wild,
)
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet

PLACES: dict[str, Callable[[Sheet], Scenery]] = {
    "forest": wild.forest,
    "meadow": wild.meadow,
    "lake": water.lake,
    "river": water.river,
    "harbour": water.harbour,
    "island": water.island,
    "mountain": cold.mountain,
    "snowfield": cold.snowfield,
    "desert": desert.desert,
    "cave": cave.cave,
    "garden": grown.garden,
    "orchard": grown.orchard,
    "village": town.village,
    "city": town.city,
    "castle": town.castle,
    "lighthouse": water.lighthouse,
    "attic": attic.attic,
    "library": library.library,
    "observatory": observatory.observatory,
    "moon": beyond.moon,
    "underwater": beyond.underwater,
    "marsh": water.marsh,
}
ALIASES = {
    "forest": "wood woods woodland jungle grove trees thicket treehouse clearing glade",
    "meadow": "hill hills field fields farm plain valley prairie moor heath pasture mill windmill",
    "lake": "pond lagoon pool shore mere",
    "river": "brook stream bridge creek waterfall canal",
    "harbour": "harbor sea port dock quay pier ship boat ocean",
    "island": "beach coast bay isle dunes reef",
    "mountain": "mountains cliff peak volcano canyon gorge pass",
    "snowfield": "snow ice arctic glacier tundra polar winter",
    "desert": "oasis savanna savannah sand",
    "cave": "cavern mine tunnel grotto den burrow underground",
    "garden": "park greenhouse yard courtyard hedge",
    "orchard": "vineyard",
    "village": "town hamlet market street square fair station",
    "city": "rooftop rooftops roof metropolis",
    "castle": "palace fortress ruin ruins tower kingdom",
    "attic": "house room home bedroom loft kitchen cottage hut cabin workshop inn nursery",
    "library": "school museum bookshop study theatre shop bakery archive",
    "observatory": "planetarium laboratory lab",
    "moon": "space planet star asteroid mars rocket",
    "underwater": "seabed seafloor coral depths deep",
    "marsh": "swamp bog fen wetland moorland",
}
KIND_OF = {word: kind for kind, words in ALIASES.items() for word in words.split()} | {kind: kind for kind in PLACES}


def resolve_place(kind: str) -> str:
    """Return the kind that is drawn for any words about a place; a meadow for what nobody knows."""
    words = kind.lower().replace("-", " ").replace("_", " ").split()
    for word in ["".join(words), *reversed(words)]:
        if found := KIND_OF.get(word) or KIND_OF.get(word.removesuffix("s")):
            return found
    return "meadow"


def draw_place(sheet: Sheet, kind: str) -> Scenery:
    """Draw a place of any kind and return its measures."""
    return PLACES[resolve_place(kind)](sheet)
