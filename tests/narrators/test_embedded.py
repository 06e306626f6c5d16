from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from generator.cards import read_cards
from generator.errors import BadReply, Unavailable
from generator.narrators.embedded import EmbeddedNarrator, _breaths
from generator.story import Passage, count_words

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def narrator() -> EmbeddedNarrator:
    return EmbeddedNarrator()


def voiced(narrator: EmbeddedNarrator, text: str) -> float:
    """Return the seconds from the first to the last sound of a passage."""
    clip = narrator.speak(Passage(text))
    loud = np.flatnonzero(np.abs(np.frombuffer(clip.pcm, "<i2")) > 300)
    return float(loud[-1] - loud[0]) / clip.rate


def phonemes(narrator: EmbeddedNarrator, text: str) -> str:
    return " ".join(_breaths(narrator._load(), text))


def test_a_passage_becomes_mono_sound_at_24_khz_with_its_maker(narrator: EmbeddedNarrator) -> None:
    clip = narrator.speak(Passage("The lantern stayed on the hill."))
    assert clip.rate == 24000
    assert 1.5 < clip.seconds < 4
    assert clip.credit.provider == "embedded"
    assert clip.credit.model.startswith("hibari-tts 0.2.")
    assert clip.credit.model.endswith(" heart")


def test_the_same_passage_gives_the_same_bytes_from_any_thread_and_any_narrator(narrator: EmbeddedNarrator) -> None:
    passages = [Passage(f"Number {n} went over the hill, zibbering softly.") for n in (1, 2, 3, 4)]
    with ThreadPoolExecutor(4) as pool:
        together = [clip.pcm for clip in pool.map(EmbeddedNarrator().speak, passages)]
    assert together == [narrator.speak(passage).pcm for passage in passages]


@pytest.mark.parametrize("text", ["Splash!", "Hoo.", "No.", "Oh!", "Shh.", "Zzz.", "Whoosh!", "Psst!", "Brrr!", "Mmm."])
def test_a_short_sound_is_heard(narrator: EmbeddedNarrator, text: str) -> None:
    assert 0.1 < voiced(narrator, text) < 1.2


def test_a_very_long_sentence_is_not_cut_short(narrator: EmbeddedNarrator) -> None:
    part = "and the little fox went on over hill and field"
    for times in (5, 12, 20):
        text = "So the moon rose " + " ".join([part] * times) + "."
        assert voiced(narrator, text) > 0.22 * count_words(text)
        with_commas = "So the moon rose, " + ", ".join([part] * times) + "."
        assert voiced(narrator, with_commas) > 0.22 * count_words(text)


def test_a_slower_speed_takes_longer(narrator: EmbeddedNarrator) -> None:
    slow, fast = (narrator.speak(Passage("The river ends in the sea.", speed=speed)) for speed in (0.8, 1.3))
    assert slow.seconds > fast.seconds * 1.2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Shhh!", "ʃː!"),
        ("Zzzz.", "zː."),
        ("Goood!", "ɡˈʊd!"),
        ("Booo!", "bˈu!"),
        ("Nooo!", "nˈO!"),
        ("’Twas late.", "twˈʌz lˈAt."),
        ("[Moss](/x/) sat.", "mˈɔs  ks sˈæt."),
    ],
)
def test_sounds_and_stretched_words_are_spoken_and_not_spelled(
    narrator: EmbeddedNarrator, text: str, said: str
) -> None:
    if text.startswith("["):
        assert "mˈɔs" in phonemes(narrator, text)  # a page cannot dictate phonemes
    else:
        assert phonemes(narrator, text) == said


def test_the_names_of_the_cast_are_read_as_words(narrator: EmbeddedNarrator) -> None:
    for card in read_cards(ROOT / "content").cast:
        said = phonemes(narrator, f"{card.say or card.name}.")
        vowels = sum(said.count(vowel) for vowel in "AIOQWYaiuæɑɐɒɔəɛɜɪʊʌᵻᵊ")
        assert 1 <= vowels <= 2 + len(card.name) // 2, (card.name, said)


def test_another_language_is_left_to_another_narrator(narrator: EmbeddedNarrator) -> None:
    with pytest.raises(Unavailable, match="speaks English"):
        narrator.speak(Passage("Guten Abend.", language="de"))


def test_no_voice_is_ever_downloaded(narrator: EmbeddedNarrator) -> None:
    with pytest.raises(Unavailable, match="downloaded") as caught:
        narrator.speak(Passage("Good evening.", voice="emma"))
    assert "'heart'" in caught.value.hint


def test_a_voice_of_another_vendor_is_not_ours_to_judge(narrator: EmbeddedNarrator) -> None:
    text = "Good evening."
    assert narrator.speak(Passage(text, voice="Ruth")).pcm == narrator.speak(Passage(text)).pcm


@pytest.mark.parametrize("text", ["", "🙂", "“”"])
def test_nothing_to_say_is_an_error(narrator: EmbeddedNarrator, text: str) -> None:
    with pytest.raises(BadReply, match="no sound"):
        narrator.speak(Passage(text))
