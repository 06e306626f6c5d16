"""From the bytes of a picture to the files of a bundle: checked, cropped, encoded, several at a time."""

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from generator.errors import Pending, Unavailable
from generator.processes import closing_pool, deaf_to_interrupts, make_process_pool
from generator.story import Credit, Picture, PicturePrompt

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 16_000_000
ALGORITHMIC = "algorithmicMedia"  # drawn by a program without a trained model
TRAINED = "trainedAlgorithmicMedia"  # drawn by a generative model
SOURCE_TYPES = (ALGORITHMIC, TRAINED, "compositeSynthetic")  # of https://cv.iptc.org/newscodes/digitalsourcetype/
BEST, WORST = 82, 20  # the WebP and JPEG qualities between which a picture is made to fit its limit
SMALL_BEST = 74  # on a telephone its pixels are too small to tell
SMALL_LIMIT = 50_000  # bytes
THUMB_LIMIT = 20_000
COVER = "cover"


class Illustrator(Protocol):
    """Who draws: its name, and a blocking call for one picture.

    `processes = True` on one that computes with all its might says: draw in processes rather than in threads.
    `source_type` is the IPTC term for how its pictures come to be; TRAINED where there is none.
    """

    name: str

    def draw(self, prompt: PicturePrompt) -> Picture:
        """Draw one picture."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture as the files of a bundle; only the cover has a square and a thumbnail."""

    name: str  # "cover", "scene-1" ...: the stem of the file
    alt: str
    webp: bytes
    credit: Credit
    square: bytes | None = None  # JPEG
    thumb: bytes | None = None  # WebP
    small: bytes | None = None  # WebP, half as wide, for telephones


def open_picture(data: bytes) -> "Image":
    """Decode a PNG, JPEG or WebP picture wholly, as RGB. Raises ValueError when it is broken, too large or no picture.

    The size is read from the header, before a pixel is decoded.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as probe:
                width, height = probe.size
                if width * height > MOST_PIXELS:
                    raise ValueError(f"the picture has {width} x {height} pixels, more than {MOST_PIXELS:,}")
                probe.verify()  # finds a PNG that lacks its end, which load() forgives
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            picture.load()  # finds a JPEG that lacks its end, which verify() never looks at
            return _on_white(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValueError(f"the picture has more than {MOST_PIXELS:,} pixels") from error
    except UnidentifiedImageError as error:
        raise ValueError("the picture is no PNG, JPEG or WebP") from error
    except (OSError, SyntaxError, EOFError) as error:
        raise ValueError(f"the picture is broken: {error}") from error


def _on_white(picture: "Image") -> "Image":
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    pale = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(pale, picture.convert("RGBA")).convert("RGB")


def encode_webp(
    data: bytes, *, width: int = 1600, height: int = 1200, limit: int = 150_000, source_type: str = TRAINED
) -> bytes:
    """Crop, scale and encode a picture as WebP of exactly this size in at most `limit` bytes.

    Nothing of the metadata of `data` survives; XMP says how the picture came to be (`source_type`, one of SOURCE_TYPES).
    Raises ValueError for a picture that is none and for one that does not fit at any quality.
    """
    return _as_webp(open_picture(data), width, height, limit, source_type)


def encode_thumb(data: bytes, *, width: int = 480, source_type: str = TRAINED) -> bytes:
    """Encode a picture as a small WebP (4:3, at most 20 KB) for listings. Raises ValueError as encode_webp does."""
    return _as_webp(open_picture(data), width, width * 3 // 4, THUMB_LIMIT, source_type)


def encode_small(data: bytes, *, source_type: str = TRAINED) -> bytes:
    """Encode a picture as a WebP half as wide as encode_webp does, for telephones. Raises ValueError as that does."""
    return _as_small(open_picture(data), source_type)


def encode_square(data: bytes, *, side: int = 1400, limit: int = 500_000) -> bytes:
    """Encode the middle of a picture as a square baseline JPEG at 72 dpi, as podcast apps want it.

    Raises ValueError as encode_webp does.
    """
    return _as_square(open_picture(data), side, limit)


def _as_small(picture: "Image", source_type: str) -> bytes:
    return _as_webp(picture, 800, 600, SMALL_LIMIT, source_type, SMALL_BEST)


def _as_webp(picture: "Image", width: int, height: int, limit: int, source_type: str, best: int = BEST) -> bytes:
    xmp = make_xmp(source_type)

    def encode(page: "Image", quality: int) -> bytes:
        out = io.BytesIO()
        page.save(out, "WEBP", quality=quality, method=4, xmp=xmp, exif=b"", icc_profile=b"")
        return out.getvalue()

    return _encode_within(limit, _fit(picture, width, height), encode, best)


def _as_square(picture: "Image", side: int, limit: int) -> bytes:
    return encode_jpeg(_fit(picture, side, side), limit)


def encode_jpeg(picture: "Image", limit: int) -> bytes:
    """Encode a picture as it is, as a baseline JPEG at 72 dpi in at most `limit` bytes. Raises ValueError."""

    def encode(page: "Image", quality: int) -> bytes:
        out = io.BytesIO()
        page.save(out, "JPEG", quality=quality, optimize=True, dpi=(72, 72), exif=b"", icc_profile=b"")
        return out.getvalue()

    return _encode_within(limit, picture, encode)


def _fit(picture: "Image", width: int, height: int) -> "Image":
    from PIL import Image, ImageOps

    fitted = ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS)
    fitted.info.clear()
    return fitted


def _encode_within(limit: int, page: "Image", encode: Callable[["Image", int], bytes], good: int = BEST) -> bytes:
    """Find a good quality that fits by bisection: one encoding when the best one fits, else five.

    A page that is too restless at any quality is softened first.
    """
    best = encode(page, good)
    if len(best) <= limit:
        return best
    fitting, low, high = b"", WORST, good - 1
    for _ in range(4):
        middle = (low + high) // 2
        candidate = encode(page, middle)
        if len(candidate) <= limit:
            fitting, low = candidate, middle + 1
        else:
            high = middle - 1
    return fitting or _encode_softly(limit, page, encode)


def _encode_softly(limit: int, page: "Image", encode: Callable[["Image", int], bytes]) -> bytes:
    """Give up detail until the page fits. Raises ValueError when even a blur does not."""
    size = 0
    for share in (1, 2, 4, 8):
        soft = page.resize((page.width // share, page.height // share)).resize(page.size)
        found = encode(soft, WORST)
        size = len(found)
        if size <= limit:
            return found
    raise ValueError(f"the picture does not fit into {limit:,} bytes: {size:,} at the lowest quality")


def make_xmp(source_type: str) -> bytes:
    """Make the XMP packet that says, in IPTC's terms, how a picture came to be. Raises ValueError for an unknown term."""
    if source_type not in SOURCE_TYPES:
        raise ValueError(f"not a digital source type: {source_type!r}")
    term = f"http://cv.iptc.org/newscodes/digitalsourcetype/{source_type}"
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        f'Iptc4xmpExt:DigitalSourceType="{term}"/></rdf:RDF></x:xmpmeta>'
    ).encode()


def illustrate(
    illustrator: Illustrator,
    prompts: Sequence[PicturePrompt],
    *,
    workers: int,
    progress: Callable[[str], None] = lambda _name: None,
) -> tuple[Illustration, ...]:
    """Draw and encode all pictures, at most `workers` at a time; the one called "cover" has more files.

    `progress` is called with the name of each picture that is done. A picture that its vendor is still at work on (Pending)
    is left out. Any other first failure cancels what has not begun and is raised as it is; a worker that dies is
    Unavailable, so that the next illustrator may try.
    """
    try:
        pool = _make_pool(illustrator, min(workers, len(prompts)) or 1)
        with closing_pool(pool):
            with deaf_to_interrupts():
                waiting = [
                    pool.submit(_illustrate_one, illustrator, prompt, prompt.name == COVER) for prompt in prompts
                ]
            return tuple(_gather(waiting, progress))
    except BrokenProcessPool as error:
        raise Unavailable(
            "a process that draws was ended from outside",
            "There may be too little memory: try again with fewer workers.",
            provider=illustrator.name,
        ) from error


def _gather(waiting: Sequence[Future[Illustration | None]], progress: Callable[[str], None]) -> Iterator[Illustration]:
    """Yield the results in order; reports come in the order of finishing, and the first failure ends it all."""
    for future in as_completed(waiting):
        if drawn := future.result():
            progress(drawn.name)
    for future in waiting:
        if drawn := future.result():
            yield drawn


def _illustrate_one(illustrator: Illustrator, prompt: PicturePrompt, cover: bool) -> Illustration | None:
    try:
        drawn = illustrator.draw(prompt)
    except Pending:
        return None
    picture = open_picture(drawn.data)
    source_type = getattr(illustrator, "source_type", TRAINED)
    return Illustration(
        name=prompt.name,
        alt=prompt.alt,
        webp=_as_webp(picture, 1600, 1200, 150_000, source_type),
        credit=drawn.credit,
        square=_as_square(picture, 1400, 500_000) if cover else None,
        thumb=_as_webp(picture, 480, 360, THUMB_LIMIT, source_type) if cover else None,
        small=_as_small(picture, source_type),
    )


def _make_pool(illustrator: Illustrator, workers: int) -> Executor:
    """Make a pool of processes where a provider wants them, and of threads elsewhere."""
    if getattr(illustrator, "processes", False):
        return make_process_pool(workers)
    return ThreadPoolExecutor(workers, thread_name_prefix="draw")
