import io
import math
import os
import re
import stat
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Barrier, Event, Lock

import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3, BitrateMode
from PIL import Image

from generator.errors import BadReply, BudgetExceeded, Pending, ProviderError, RateLimited, TaleshelfError, Unavailable
from generator.narrators.embedded import EmbeddedNarrator
from generator.sound.audio import BREATH, EDGE, LEAD, VOICES, Recording, master, narrate, record
from generator.sound.ffmpeg import run_ffmpeg
from generator.sound.mp3 import check_mp3, measure_mp3, parse_frames, true_peak
from generator.sound.speech import Line, Pauses, make_script
from generator.sound.tags import Tags, tag_mp3
from generator.sound.timing import parse_timing, render_timing
from generator.story import Clip, Credit, Narration, Passage, Sentence, Speech, Word
from tests.samples import PIP, make_story

CREDIT = Credit("sample", "tones")
CLOSING = "This story was read to you by a computer program."


class Tones:
    """A narrator of our own: one tone a passage, a tenth of a second for each letter, silence around it."""

    name = "sample"

    def __init__(self, rate: int = 24000, level: float = 0.2, around: float = 0.5) -> None:
        self.rate, self.level, self.around = rate, level, around
        self.heard: list[str] = []

    def speak(self, passage: Passage) -> Clip:
        self.heard.append(passage.text)
        t = np.arange(round(0.1 * len(passage.text) * self.rate)) / self.rate
        quiet = np.zeros(round(self.around * self.rate))
        tone = self.level * np.sin(2 * math.pi * 440 * t) * (0.6 + 0.4 * np.sin(2 * math.pi * 3 * t))
        sound = np.concatenate((quiet, tone, quiet))
        return Clip((sound * 32767).astype("<i2").tobytes(), self.rate, CREDIT)


class Choir:
    """A cloud narrator of our own: takes several lines, a tone a word, low or high by its letters, and says when."""

    name = "choir"
    longest = 200
    workers = 4

    def __init__(self, gap: float = 0.3, tail: float = 0.2) -> None:
        self.gap, self.tail = gap, tail
        self.heard: list[Passage] = []

    def speak(self, passage: Passage) -> Clip:
        self.heard.append(passage)
        sound, words, starts = [np.zeros(2400)], list[Word](), list[float]()
        for line in passage.lines or (passage.text,):
            starts.append(length(sound))
            for word in line.split():
                start = length(sound)
                sound.append(tone(word))
                words.append(Word(word.strip('.,!"'), start, length(sound)))
                sound.append(np.zeros(1200))
            sound.append(np.zeros(round(self.gap * RATE)))
        pcm = (np.concatenate([*sound, np.zeros(round(self.tail * RATE))]) * 32767).astype("<i2").tobytes()
        return Clip(pcm, RATE, Credit(self.name, passage.voice), tuple(words), tuple(starts))


class Alone(Choir):
    """The same, one line at a time."""

    longest = 0


RATE = 24000


def length(sound: list[np.ndarray]) -> float:
    return sum(part.size for part in sound) / RATE


def pitch(word: str) -> int:
    return 300 + 50 * (sum(map(ord, word)) % 20)


def tone(word: str) -> np.ndarray:
    """Return a twentieth of a second for each character, in the word's own pitch."""
    return 0.4 * np.sin(2 * math.pi * pitch(word) * np.arange(1200 * len(word)) / RATE + 0.5)


def energy(samples: np.ndarray) -> float:
    return float(np.square(samples.astype(float)).sum())


def loudest_pitch(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples.astype(float), 4 * RATE))
    return float(spectrum.argmax()) / 4


def lines(*spoken: str, pause: float = 0.5, voice: str = "") -> list[Line]:
    return [Line(1, text, text, pause, voice) for text in spoken]


def decode(mp3: bytes) -> np.ndarray:
    out = run_ffmpeg(["-f", "mp3", "-i", "pipe:0", "-ar", "24000", "-f", "s16le", "pipe:1"], mp3)
    return np.frombuffer(out.data, "<i2").astype(float)


def heard(samples: np.ndarray, rate: int) -> list[tuple[float, float]]:
    """Return the stretches of sound in seconds, parted by 150 ms of silence or more."""
    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() * 0.02)
    gaps = np.flatnonzero(np.diff(loud) > 0.15 * rate)
    starts, ends = [loud[0], *loud[gaps + 1]], [*loud[gaps], loud[-1]]
    return [(float(a) / rate, float(b) / rate) for a, b in zip(starts, ends, strict=True)]


@pytest.fixture(scope="module")
def narrator() -> EmbeddedNarrator:
    return EmbeddedNarrator()


@pytest.fixture(scope="module")
def narration(narrator: EmbeddedNarrator) -> Narration:
    return narrate(narrator, make_script(make_story(), closing=CLOSING))


@pytest.fixture
def square() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 60), "#203050").save(file, "JPEG")
    return file.getvalue()


def test_every_sentence_is_heard_at_its_time_and_every_pause_is_what_it_says() -> None:
    recording = record(Tones(), lines("abcde", "abc", "abcdefgh", pause=0.7))
    stretches = heard(np.frombuffer(recording.pcm, "<i2").astype(float), recording.rate)
    assert len(stretches) == len(recording.sentences) == 3
    assert stretches[0][0] == pytest.approx(LEAD, abs=0.01)
    for (start, end), sentence in zip(stretches, recording.sentences, strict=True):
        assert start - sentence.start == pytest.approx(EDGE, abs=0.01)
        assert sentence.end - end == pytest.approx(EDGE, abs=0.01)
    for before, after in pairwise(stretches):
        assert after[0] - before[1] == pytest.approx(0.7, abs=0.015)


@pytest.mark.parametrize("around", [0.0, 0.01, 2.0])
def test_the_silence_around_a_clip_does_not_matter(around: float) -> None:
    recording = record(Tones(around=around), lines("abcd", "ab"))
    assert recording.seconds == pytest.approx(LEAD + 0.4 + 0.5 + 0.2 + 0.5 - EDGE, abs=0.02)


def test_the_same_line_is_spoken_once_and_progress_is_told() -> None:
    tones, steps = Tones(), list[tuple[str, int, int]]()
    record(tones, lines("abc", "abcd", "abc"), progress=lambda *step: steps.append(step))
    assert sorted(tones.heard) == ["abc", "abcd"]
    assert steps == [("narrate", 1, 2), ("narrate", 2, 2)]


def test_a_reading_nobody_waits_for_stops_soon() -> None:
    tones = Tones()

    def leave(stage: str, done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        record(tones, lines(*(f"line {n}" for n in range(200))), progress=leave)
    assert len(tones.heard) < 200


def test_the_sound_is_the_same_however_many_voices_speak_at_once(narrator: EmbeddedNarrator) -> None:
    script = make_script(make_story())
    assert record(narrator, script, workers=1) == record(narrator, script, workers=3)


SCRIPT = [
    *lines("Once there was a small fox.", "It had a lantern.", pause=0.4),
    *lines('"Stay with me,"', pause=0.15, voice="Justin"),
    *lines("said the fox.", "The light stayed.", pause=0.7),
    *lines('"Now we go."', voice="Justin"),
]


def test_lines_spoken_together_are_parted_to_the_sample_and_sound_as_if_spoken_alone() -> None:
    choir, alone = Choir(), Alone()
    together, apart = (record(narrator, SCRIPT, voice="Ruth") for narrator in (choir, alone))
    assert {(p.voice, p.lines) for p in choir.heard} == {
        ("Ruth", ("Once there was a small fox.", "It had a lantern.")),
        ("Justin", ()),
        ("Ruth", ("said the fox.", "The light stayed.")),
    }
    assert len(alone.heard) == len(SCRIPT)
    assert together == apart


@pytest.mark.parametrize("gap", [0.02, 0.3, 2.0])
def test_every_line_of_a_passage_is_heard_whole_in_its_row_and_nothing_is_between_them(gap: float) -> None:
    recording = record(Choir(gap), SCRIPT, voice="Ruth")
    samples = np.frombuffer(recording.pcm, "<i2")
    inside = 0.0
    for line, row in zip(SCRIPT, recording.sentences, strict=True):
        sound = samples[round(row.start * RATE) : round(row.end * RATE)]
        inside += energy(sound)
        assert energy(sound) == pytest.approx(sum(energy(tone(word) * 32767) for word in line.spoken.split()), rel=1e-3)
    assert energy(samples) == pytest.approx(inside)
    for before, after, line in zip(recording.sentences, recording.sentences[1:], SCRIPT, strict=False):
        assert after.start - before.end == pytest.approx(line.pause_after - 2 * EDGE, abs=0.002)


def test_words_are_heard_at_their_times_in_the_mp3_and_survive_timing_json() -> None:
    narration = narrate(Choir(), SCRIPT, voice="Ruth")
    samples = decode(narration.mp3)
    for line, row in zip(SCRIPT, narration.sentences, strict=True):
        assert [word.text for word in row.words] == [word.strip('.,"') for word in line.spoken.split()]
        for word, spoken in zip(row.words, line.spoken.split(), strict=True):
            assert word.end - word.start == pytest.approx(0.05 * len(spoken), abs=0.002)
            sound = samples[round(word.start * RATE) : round(word.end * RATE)]
            assert loudest_pitch(sound) == pytest.approx(pitch(spoken), abs=8)
    assert parse_timing(render_timing(narration.sentences), narration.seconds) == narration.sentences


class Careless(Choir):
    """Gives times of words that hang over each other and over the sound."""

    def speak(self, passage: Passage) -> Clip:
        clip = super().speak(passage)
        words = tuple(Word(word.text, word.start - 0.3, word.end + 0.9) for word in clip.words)
        return replace(clip, words=(Word(" ", -2.0, -1.0), *words), starts=clip.starts)


def test_careless_times_of_words_are_kept_in_their_sentence() -> None:
    recording = record(Careless(), SCRIPT)
    assert sum(len(row.words) for row in recording.sentences) == sum(len(line.text.split()) for line in SCRIPT)
    assert parse_timing(render_timing(recording.sentences)) == recording.sentences


def test_a_line_too_long_for_a_passage_is_spoken_in_pieces_and_is_one_row() -> None:
    class Short(Choir):
        longest = 20

    choir = Short()
    recording = record(choir, lines("The fox went over the hill, and the moon went along.", "Hush."))
    pieces = {"The fox went over", "the hill,", "and the moon went", "along.", "Hush."}
    assert {passage.text for passage in choir.heard} == pieces
    row, _ = recording.sentences
    assert row.text == "The fox went over the hill, and the moon went along."
    assert " ".join(word.text for word in row.words) == "The fox went over the hill and the moon went along"
    samples = np.frombuffer(recording.pcm, "<i2")
    for word, spoken in zip(row.words, row.text.split(), strict=True):
        sound = samples[round(word.start * RATE) : round(word.end * RATE)]
        assert loudest_pitch(sound) == pytest.approx(pitch(spoken), abs=8)
    gaps = [after.start - before.end for before, after in pairwise(row.words)]
    assert {round(gap, 2) for gap in gaps} == {0.05, BREATH}


def test_a_character_speaks_in_its_own_voice_and_the_credit_is_the_narrators() -> None:
    story = make_story()
    paragraph = "“Stay,” said Pip & Moss."
    first = replace(story.scenes[0], speeches=(Speech(1, 0, 7, "pip"),))
    script = make_script(replace(story, scenes=(first, story.scenes[1])), [PIP], voices={"pip": "Justin"})
    choir = Choir()
    narration = narrate(choir, script, voice="Ruth")
    assert [passage.text for passage in choir.heard if passage.voice == "Justin"] == ['"Stay,"']
    assert narration.credit == Credit("choir", "Ruth")
    assert " ".join(row.text for row in narration.sentences[2:4]) == paragraph
    assert narration.sentences[3].start - narration.sentences[2].end == pytest.approx(0.15 - 2 * EDGE, abs=0.002)


def test_the_credit_is_that_of_the_voice_that_says_most() -> None:
    script = [*lines("No."), *lines("I talk all the time.", voice="Justin"), *lines("So it does.")]
    assert record(Choir(), script, voice="Ruth").credit == Credit("choir", "Justin")


class Meets(Tones):
    """Returns from a passage when so many are spoken at the same time, and fails on one of them."""

    def __init__(self, workers: int, failing: str = "") -> None:
        super().__init__()
        self.workers, self.failing = workers, failing
        self.meeting, self.failed, self.lock = Barrier(workers, timeout=20), Event(), Lock()
        self.begun = 0

    def speak(self, passage: Passage) -> Clip:
        with self.lock:
            self.begun += 1
        self.meeting.wait()
        if passage.text == self.failing:
            self.failed.set()
            raise Unavailable("it stopped", provider=self.name)
        if self.failing:
            self.failed.wait(20)
            time.sleep(0.2)  # what is under way ends well after the failure
        return super().speak(passage)


@pytest.mark.parametrize("workers", [1, 4, 8])
def test_as_many_passages_as_the_narrator_says_are_spoken_at_the_same_time(workers: int) -> None:
    meets = Meets(workers)
    record(meets, lines(*(f"line {n}" for n in range(2 * workers))))
    assert meets.begun == 2 * workers


def test_two_passages_are_spoken_at_the_same_time_where_the_narrator_says_nothing() -> None:
    class Pair(Tones):
        meeting = Barrier(VOICES, timeout=20)

        def speak(self, passage: Passage) -> Clip:
            self.meeting.wait()
            return super().speak(passage)

    assert len(record(Pair(), lines("a", "b", "c", "d")).sentences) == 4


@pytest.mark.parametrize("failing", [0, 1, -1])
@pytest.mark.parametrize("workers", [2, 4, 8])
def test_the_first_passage_that_fails_is_the_last_that_was_begun(workers: int, failing: int) -> None:
    meets = Meets(workers, f"line {failing % workers}")
    with pytest.raises(Unavailable, match="it stopped"):
        record(meets, lines(*(f"line {n}" for n in range(40))))
    assert meets.begun == workers


@pytest.mark.parametrize(
    "error",
    [
        Pending("it is being made", provider="sample"),
        BudgetExceeded("over the cap", "raise it", provider="sample"),
        RateLimited("later", provider="sample", retry_after=3.0),
    ],
)
def test_what_a_narrator_raises_passes_untouched(error: ProviderError) -> None:
    class Raises(Tones):
        def speak(self, passage: Passage) -> Clip:
            raise error

    with pytest.raises(ProviderError) as caught:
        narrate(Raises(), lines("abc", "abcd", "abcde"))
    assert caught.value is error


class Blurs(Choir):
    """Forgets when its lines begin."""

    def speak(self, passage: Passage) -> Clip:
        return replace(super().speak(passage), starts=())


class Rushes(Choir):
    """Marks a line where nothing is said."""

    def speak(self, passage: Passage) -> Clip:
        clip = super().speak(passage)
        return replace(clip, starts=(*clip.starts[:-1], clip.seconds - 0.01), words=())


class Lends(Choir):
    """Lets another speak for a character."""

    def speak(self, passage: Passage) -> Clip:
        clip = super().speak(passage)
        return replace(clip, credit=Credit("other", "Ruth")) if passage.voice else clip


@pytest.mark.parametrize(
    ("narrator", "complaint"),
    [
        (Blurs(), "0 beginnings came back for the 2 lines of 'Once there"),
        (Rushes(tail=1.0), "nothing is heard of 'It had a lantern.'"),
        (Lends(), "the voice or its sample rate changed"),
    ],
)
def test_a_passage_that_cannot_be_parted_leaves_no_recording(narrator: Choir, complaint: str) -> None:
    with pytest.raises(BadReply, match=complaint) as caught:
        record(narrator, SCRIPT)
    assert caught.value.provider == "choir"


class Fails(Tones):
    def speak(self, passage: Passage) -> Clip:
        if passage.text == "abc":
            raise Unavailable("it stopped", provider="sample")
        return super().speak(passage)


class Changes(Tones):
    def speak(self, passage: Passage) -> Clip:
        return replace(super().speak(passage), rate=24000 if passage.text == "abc" else 22050)


class Breaks(Tones):
    def speak(self, passage: Passage) -> Clip:
        return replace(super().speak(passage), pcm=b"\0\1\0")


@pytest.mark.parametrize(
    ("narrator", "complaint"),
    [
        (Fails(), "it stopped"),
        (Changes(), "sample rate changed"),
        (Breaks(), "not 16-bit mono"),
        (Tones(level=0), "nothing is heard of 'abcd'"),
    ],
)
def test_a_narrator_that_fails_leaves_no_recording(narrator: Tones, complaint: str) -> None:
    with pytest.raises((BadReply, Unavailable), match=complaint) as caught:
        record(narrator, lines("abcd", "abc"))
    assert caught.value.provider == "sample"


def test_an_empty_script_is_an_error() -> None:
    with pytest.raises(BadReply, match="nothing to read"):
        record(Tones(), [])


def test_the_narration_is_a_constant_64_kbit_mono_mp3_at_the_loudness_of_podcasts(narration: Narration) -> None:
    measured = check_mp3(narration.mp3, words=30, sentences=narration.sentences)
    assert measured.frames.bitrates == {64}
    assert measured.frames.mono
    assert measured.frames.rate == 44100
    assert abs(measured.lufs + 16) <= 1
    assert measured.peak <= -1.5
    assert ffmpeg_peak(["-f", "mp3"], narration.mp3) <= -1.5
    assert measured.longest_silence < 2
    assert narration.seconds == pytest.approx(measured.seconds)
    info = MP3(io.BytesIO(narration.mp3)).info
    assert (info.channels, info.bitrate, info.bitrate_mode) == (1, 64000, BitrateMode.CBR)
    assert info.length == pytest.approx(narration.seconds, abs=0.06)
    assert narration.credit.provider == "embedded"


@pytest.mark.parametrize(("rate", "level"), [(16000, 0.01), (22050, 0.9), (48000, 0.2)])
def test_any_voice_comes_out_at_the_same_loudness(rate: int, level: float) -> None:
    narration = narrate(Tones(rate, level), lines("twelve letters of sound", "and some more of it"))
    measured = measure_mp3(narration.mp3)
    assert abs(measured.lufs + 16) <= 1
    assert measured.peak <= -1.5


def test_a_spiky_voice_is_limited_and_not_clipped() -> None:
    rng = np.random.default_rng(1)
    sound = rng.normal(0, 0.02, 24000 * 20)
    sound[::6000] = 0.95
    pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
    _, measured = master(Recording(pcm, 24000, (Sentence("s1", 1, 0, 20, "x"),), CREDIT, 40))
    assert abs(measured.lufs + 16) <= 1
    assert measured.peak <= -1.5


def test_the_times_hold_in_the_decoded_mp3() -> None:
    script = lines("abcde", "abc", "abcdefgh", "abcd", pause=0.6)
    recording = record(Tones(), script)
    mp3, _ = master(recording)
    for (start, end), sentence in zip(heard(decode(mp3), 24000), recording.sentences, strict=True):
        assert start - sentence.start == pytest.approx(EDGE, abs=0.03)
        assert sentence.end - end == pytest.approx(EDGE, abs=0.03)


def test_the_real_voice_is_not_shifted_by_the_encoder(narrator: EmbeddedNarrator) -> None:
    recording = record(narrator, make_script(make_story()))
    before = np.frombuffer(recording.pcm, "<i2").astype(float)
    after = decode(master(recording)[0])
    n = 1 << (len(before) + len(after)).bit_length()
    match = np.fft.irfft(np.fft.rfft(after, n) * np.fft.rfft(before, n).conj(), n)
    shift = int(match.argmax())
    assert abs(shift - n if shift > n // 2 else shift) / 24000 < 0.003


def test_the_same_story_gives_the_same_bytes(narrator: EmbeddedNarrator, narration: Narration) -> None:
    assert narrate(narrator, make_script(make_story(), closing=CLOSING)) == narration


def test_the_tags_are_those_a_podcast_app_shows(narration: Narration, square: bytes) -> None:
    tags = Tags(
        "The Lantern That Stayed", "Lantern Nights", "2026-11-21", artist="heart", note="Made with AI.",
        headings=("A Light", "A Wind"), cover=square,
    )  # fmt: skip
    tagged = tag_mp3(tag_mp3(narration, replace(tags, title="Older")), tags)
    assert measure_mp3(tagged.mp3) == measure_mp3(narration.mp3)
    assert tagged.mp3.endswith(narration.mp3)
    found = ID3(io.BytesIO(tagged.mp3))
    assert found.version == (2, 4, 0)
    assert {
        key: str(found[key]) for key in ("TIT2", "TALB", "TDRC", "TLAN", "TPE1", "TCON", "TXXX:AI", "COMM::eng")
    } == {
        "TIT2": "The Lantern That Stayed",
        "TALB": "Lantern Nights",
        "TDRC": "2026-11-21",
        "TLAN": "eng",
        "TPE1": "heart",
        "TCON": "Podcast",
        "TXXX:AI": "Made with AI.",
        "COMM::eng": "Made with AI.",
    }
    assert found["APIC:Cover"].data == square
    starts = [next(s.start for s in narration.sentences if s.scene == scene) for scene in (1, 2)]
    assert found["CTOC:toc"].child_element_ids == ["chp1", "chp2"]
    assert [
        (str(c.sub_frames["TIT2"]), c.start_time, c.end_time) for c in map(found.get, ("CHAP:chp1", "CHAP:chp2"))
    ] == [
        ("A Light", 0, round(starts[1] * 1000)),
        ("A Wind", round(starts[1] * 1000), round(narration.seconds * 1000)),
    ]


def test_a_narration_that_is_not_fit_is_refused_with_everything_that_is_wrong(narration: Narration) -> None:
    late = Sentence("s1", 1, 0, 9999, "x")
    with pytest.raises(BadReply, match=r"500 words take \d+\.\d seconds, its last sentence ends after the sound"):
        check_mp3(narration.mp3, words=500, sentences=[late])


def test_a_long_silence_clipping_stereo_and_a_wrong_bitrate_are_found() -> None:
    t = np.arange(44100 * 6) / 44100
    tone = np.where((t > 1) & (t < 5.5), 0.0, np.sin(2 * math.pi * 440 * t))
    pcm = np.repeat((tone * 32767).astype("<i2"), 2).tobytes()
    source = ["-f", "s16le", "-ar", "44100", "-ac", "2", "-i", "pipe:0", "-c:a", "libmp3lame"]
    mp3 = run_ffmpeg([*source, "-b:a", "96k", "-joint_stereo", "0", "-f", "mp3", "pipe:1"], pcm).data
    with pytest.raises(BadReply) as caught:
        check_mp3(mp3, words=12, sentences=[Sentence("s1", 1, 0, 5, "x")])
    for problem in (r"64 kbit/s but [96]", "not mono", "loudness", "peak", "silent for 4."):
        assert problem in caught.value.message
    variable = run_ffmpeg([*source, "-q:a", "4", "-ac", "1", "-f", "mp3", "pipe:1"], pcm).data
    assert len(parse_frames(variable).bitrates) > 1


@pytest.mark.parametrize(
    "damage", [lambda mp3: b"", lambda mp3: mp3[:-50], lambda mp3: mp3[:4000] + mp3[4100:], lambda mp3: b"x" * 500]
)
def test_a_damaged_file_is_no_narration(narration: Narration, damage: object) -> None:
    assert callable(damage)
    with pytest.raises(BadReply, match="not a whole MP3"):
        measure_mp3(damage(narration.mp3))


def ffmpeg_peak(arguments: list[str], data: bytes) -> float:
    report = run_ffmpeg([*arguments, "-i", "pipe:0", "-af", "ebur128=peak=true", "-f", "null", "-"], data).report
    return float(re.findall(r"Peak:\s+(\S+) dBFS", report)[-1])


@pytest.mark.parametrize("kind", ["voice", "between the samples", "noise", "spikes"])
def test_the_true_peak_is_the_top_of_the_curve_and_never_below_what_ffmpeg_finds(
    kind: str, narrator: EmbeddedNarrator
) -> None:
    t = np.arange(44100) / 44100
    sounds = {
        "voice": np.frombuffer(narrator.speak(Passage("Splash! Pip fell in.")).pcm, "<i2") / 32768,
        "between the samples": 0.7 * np.sin(2 * math.pi * 11025 * t + math.pi / 4) * np.sin(math.pi * t),
        "noise": np.random.default_rng(3).normal(0, 0.1, 44100),
        "spikes": np.where(np.arange(44100) % 5000 == 4999, 0.8, 0.0),
    }
    samples = (sounds[kind] * 32767).astype("<i2")
    whole = 1 << samples.size.bit_length()
    curve = np.fft.irfft(np.fft.rfft(samples / 32768, whole), 8 * whole) * 8
    peak = true_peak(samples)
    assert peak == pytest.approx(20 * math.log10(np.abs(curve).max()), abs=0.15)
    assert peak > ffmpeg_peak(["-f", "s16le", "-ar", "44100", "-ac", "1"], samples.tobytes()) - 0.2


def test_silence_has_no_peak() -> None:
    assert true_peak(np.zeros(44100, "<i2")) <= -120


def program(folder: Path, script: str) -> str:
    path = folder / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("cat >/dev/null; echo 'Out of bananas' >&2; exit 3", "ffmpeg failed with status 3: Out of bananas"),
        ("exit 1", "it gave no reason"),
        ("kill -SEGV $$", "ffmpeg failed with status -11"),
        ("cat >/dev/null; echo rubbish", "did not measure"),
        ('cat >/dev/null; echo "    I:  -20.0 LUFS" >&2; echo "    Peak:  -2.0 dBFS" >&2', "not a whole MP3"),
    ],
)
def test_an_ffmpeg_that_crashes_or_babbles_is_named_in_one_sentence(
    script: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", program(tmp_path, script))
    with pytest.raises(TaleshelfError, match=complaint) as caught:
        narrate(Tones(), lines("abc"))
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("path", ["/nowhere/ffmpeg", os.devnull])
def test_a_missing_ffmpeg_is_explained(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", path)
    with pytest.raises(Unavailable, match="ffmpeg cannot be started") as caught:
        narrate(Tones(), lines("abc"))
    assert "IMAGEIO_FFMPEG_EXE" in caught.value.hint


def test_an_ffmpeg_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", program(tmp_path, "exec sleep 30"))
    with pytest.raises(Unavailable, match=r"did not finish within 0\.2 seconds"):
        run_ffmpeg(["-version"], b"", timeout=0.2)


def test_a_folder_that_takes_no_file_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(TaleshelfError, match="cannot be written") as caught:
        narrate(Tones(), lines("abc"))
    assert "temporary" in caught.value.hint


def test_pauses_of_any_allowed_length_stay_below_four_seconds(narrator: EmbeddedNarrator) -> None:
    script = make_script(make_story(), pauses=Pauses(sentence=0, verse=0, paragraph=3.5, scene=3.5, title=3.5))
    recording = record(narrator, script)
    _, measured = master(recording)
    assert 3.4 < measured.longest_silence < 4
