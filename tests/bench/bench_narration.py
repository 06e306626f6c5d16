"""How fast a story is read aloud, mastered, encoded and checked, next to the bare voice in the same run."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from hibari import Hibari

from generator.narrators.embedded import PACE, EmbeddedNarrator
from generator.sound.audio import narrate
from generator.sound.speech import make_script
from generator.story import Credit, Passage, PicturePrompt, Place, Scene, Story
from tests.bench.figure import Figure

ROUNDS = 5
PARAGRAPHS = (
    "Pip the fox had one wish: to see where the river ends. Every evening he sat by the water and watched the leaves "
    "float past. “Where do you all go?” he asked. The leaves said nothing. Leaves never do.",
    "Splash! A frog jumped in. “Stop!” said Pip. “Please, Mr. Frog… do you know where the river ends?”",
    "The frog blinked. “I know where it starts,” he said. “It starts behind my house. Nobody has ever asked me where it "
    "ends.” Then he sank, slowly, until there was nothing left of him but two round eyes and a very small smile.",
    "So Pip walked. He walked past the mill with its old green wheel, past the bridge where the swallows sleep, and past "
    "the last house he knew. Whoosh! The wind blew his scarf into the reeds, and the reeds would not give it back, "
    "however politely he asked. Hoo, hoo. An owl looked down from a birch. “You are late,” said Cosmo. “Most foxes are "
    "asleep.” “I am not most foxes,” said Pip.",
    "Together they followed the water. It grew wide and it grew quiet. It stopped chattering over stones and began to "
    "hum, very low, the way a cat hums when it is nearly asleep. The smell of warm bark was gone. There was salt in the "
    "air now, and something else, something big and soft that breathed in and out.",
    "“Is that the end?” whispered Pip. Cosmo thought about it for a long time, because he was the kind of owl who thinks "
    "about things. “No,” he said at last. “That is the sea. It is where the river stops being one river and starts being "
    "all of them.” Pip sat down in the sand. He counted three leaves, four, five, turning on the water, going out on the "
    "tide with the moon on their backs.",
    "When he was cold he thought of home, and of the lamp in the window, and of the scarf in the reeds. “We could come "
    "back tomorrow,” said Cosmo. “Rivers wait.” And so they went home, more slowly than they had come, and the water "
    "beside them sang them every step of the way. The reeds had finished with the scarf. It hung on the bridge, washed "
    "and nearly dry.",
    "Pip put it on. He curled up under the willow with his nose on his tail, and the last thing he heard was a small, "
    "cool voice going past. Shh, it said. Shh. This way. This way to the sea.",
)


def make_story() -> Story:
    """Make a story of about 450 words in four scenes."""
    prompt = PicturePrompt("cover", "", "", Place("shore", "the shore", "beach"), ())
    scenes = tuple(Scene(f"Part {n + 1}", PARAGRAPHS[2 * n : 2 * n + 2], prompt) for n in range(4))
    moral, question = "Every ending is the start of something larger.", "Where would you go, if you followed a river?"
    return Story("The Fox Who Followed the River", "", prompt, scenes, moral, question, Credit("bench", ""))


def measure() -> Iterator[Figure]:
    """Read a story aloud, master, encode and check it, in turn with the bare voice on the same lines."""
    script = make_script(make_story(), closing="This story was read to you by a computer program. Good night.")
    narrator, bare = EmbeddedNarrator(), Hibari()
    narrator.speak(Passage("Ready."))
    bare("Ready.")
    rates: list[float] = []
    raw_rates: list[float] = []
    for _ in range(ROUNDS):
        rates.append(_rate(lambda: narrate(narrator, script).seconds))
        raw_rates.append(_rate(lambda: sum(len(bare(line.spoken, speed=PACE)) for line in script) / bare.sample_rate))
    ratios = [rate / raw for rate, raw in zip(rates, raw_rates, strict=True)]
    yield Figure("hibari alone", median(raw_rates), "x real time")
    yield Figure("narration: spoken, mastered, encoded, checked", median(rates), "x real time", at_least=25)
    yield Figure("narration / hibari alone", median(ratios), "times", at_least=0.5)


def _rate(work: Callable[[], float]) -> float:
    """Return the seconds of sound made in a second."""
    start = time.perf_counter()
    seconds = work()
    return seconds / (time.perf_counter() - start)
