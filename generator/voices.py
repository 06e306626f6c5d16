"""The voices an account can be narrated with, and a sample of one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.archive import Archive
from generator.config import Config
from generator.desks import open_free_desks
from generator.errors import ConfigError
from generator.money.ledger import Book
from generator.money.prices import load_prices
from generator.money.spending import read_entries
from generator.money.till import Till
from generator.outside import Outside
from generator.purchase import VoiceCard
from generator.slots import request_slot
from generator.sound.audio import Recording, master
from generator.sound.speech import spoken_form
from generator.story import Passage, count_words
from generator.studio import Narrator, open_provider, open_studio

SAMPLE = "Once upon a time, a small fox carried a lantern home through the snow. Good night, said the moon."


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice, and who speaks with it."""

    narrator: str
    voice: VoiceCard


def list_voices(config: Config, outside: Outside, *, every_language: bool) -> Iterator[Offer]:
    """Yield the voices of the narrators that are set. Raises ProviderError when one of them cannot be asked."""
    for entry in open_studio(narrators=config.narrators).narrators.entries:
        narrator = open_provider(entry, open_free_desks(config, outside))
        for voice in narrator.voices() if hasattr(narrator, "voices") else ():
            if every_language or not voice.language or _base(voice.language) == _base(config.language):
                yield Offer(entry.name, voice)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def speak_sample(config: Config, outside: Outside, voice: str) -> tuple[bytes, str, int]:
    """Return an MP3 of two sentences in a voice, who spoke it, and what it cost in micro-dollars; asked again it is free.

    Raises ConfigError for a voice nobody has, and ProviderError.
    """
    offers = {offer.voice.name: offer for offer in list_voices(config, outside, every_language=True)}
    if voice not in offers:
        raise ConfigError(f"no narrator of this archive has a voice {voice!r}", "taleshelf voices --all lists them.")
    offer = offers[voice]
    day = outside.moment().date()
    slot = request_slot(day, f"sample of {offer.narrator} {voice}")
    book = Book(config.state / "slots" / f"sample-{slot.extra}")  # its name is no slot: nobody will want to finish it
    till = Till(
        book,
        book.read(slot),
        config.caps,
        load_prices(config.prices),
        read_entries(Archive(config.content / "stories"), config.state / "slots", day),
        outside,
        lambda: None,
    )
    entry = next(e for e in open_studio(narrators=config.narrators).narrators.entries if e.name == offer.narrator)
    narrator: Narrator = open_provider(entry, lambda name: till.desk(config.providers.get(name, {})))
    language = offer.voice.language or config.language
    clip = narrator.speak(Passage(spoken_form(SAMPLE), voice, config.speed, language, name="narrate-1"))
    mp3, _ = master(Recording(clip.pcm, clip.rate, (), clip.credit, count_words(SAMPLE)))
    return mp3, offer.narrator, sum(call.cost for call in till.calls)


def render_voices(offers: Iterable[Offer]) -> str:
    """Return the voices as lines."""
    return "\n".join(
        f"{offer.narrator:<10} {offer.voice.name:<16} {offer.voice.language or 'any':<8} {offer.voice.remark}".rstrip()
        for offer in offers
    )
