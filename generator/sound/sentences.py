"""Cut a paragraph into the sentences a reader would hear. Pure; English.

Nothing is lost and nothing repeated: the sentences and the white space between them are the paragraph.
"""

import re
from itertools import pairwise

ABBREVIATIONS = re.compile(
    "(?:mr|mrs|ms|dr|st|mt|ft|prof|capt|col|gen|lt|sgt|rev|jr|sr|vs|etc|e.g|i.e|approx)", re.IGNORECASE
)
BEFORE_NUMBERS = frozenset({"no", "nos", "vol", "fig"})
SPEAKING = (
    "added admitted agreed announced answered asked barked began begged bellowed boomed breathed called chirped"
    " chuckled cried croaked crowed declared echoed exclaimed explained gasped giggled groaned growled grumbled grunted"
    " hissed hooted howled laughed mumbled murmured muttered panted piped pleaded promised purred quacked remarked"
    " repeated replied roared rumbled said sang says shouted sighed smiled snapped sniffed sobbed spluttered squawked"
    " squeaked squealed stammered thought told wailed wept whimpered whispered wondered yawned yelled yelped"
)
_END = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s)")
_SPEAKER = re.compile(rf"[A-Z][\w'’-]*(?:\s+[\w'’-]+){{0,2}}\s+(?:{SPEAKING.replace(' ', '|')})\b")
_LINE_END = re.compile(r"\n(?=.)")


def split_sentences(paragraph: str) -> tuple[str, ...]:
    """Split where sentences end; one that runs over three lines of verse or more is cut into couplets."""
    ends = [match.end() for match in _END.finditer(paragraph) if _is_end(paragraph, match)]
    cuts = sorted({0, len(paragraph), *ends, *_couplets(paragraph, [0, *ends, len(paragraph)])})
    sentences: list[str] = []
    begin = 0
    for start, end in pairwise(cuts):
        # "* * *" or a lone "!" cannot be spoken and stays with its neighbour.
        if re.search(r"[^\W_]", paragraph[start:end]):
            sentences.append(paragraph[begin:end])
            begin = end
        elif sentences:
            sentences[-1] += paragraph[start:end]
            begin = end
    return tuple(sentence.strip() for sentence in sentences)


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Whether a run of end marks closes a sentence, judged by the words on both sides of it."""
    following = text[match.end() :].lstrip()
    first = following.lstrip("“‘\"'([—– ")[:1]
    if first.islower():
        return False
    mark = match[0]
    if mark[-1] in "”’\"'" and "." not in mark and _SPEAKER.match(following):
        return False  # “Stop!” Pip said.
    if mark != ".":
        return True
    word = re.split(r"[\s“‘\"'(—–-]", text[: match.start()])[-1]
    if word.lower() in BEFORE_NUMBERS:
        return not first.isdigit()
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    return not (is_initial or ABBREVIATIONS.fullmatch(word))


def _couplets(text: str, bounds: list[int]) -> list[int]:
    """Find the cuts inside sentences of three lines or more: after every second line of the paragraph."""
    breaks = [match.start() for match in _LINE_END.finditer(text)]
    cuts = []
    for start, end in pairwise(bounds):
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        inside = [number for number, place in enumerate(breaks) if first < place < end]
        if len(inside) >= 2:
            cuts += [breaks[number] for number in inside if number % 2 == 1]
    return cuts
