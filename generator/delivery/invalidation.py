"""Which addresses a CloudFront distribution is told to forget: as few as cover what changed. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from generator.delivery.headers import is_hashed

# A thousand addresses a month are free, and a star counts as one: 31 nights with this many each stay below.
MOST = 30
STARS = 10  # of them; CloudFront works at fifteen at a time, and may still be at those of the publication before
PAGE = "index.html"


def make_addresses(paths: Iterable[str], base: str) -> frozenset[str]:
    """Return the addresses under which files of the site, replaced or removed, may be remembered.

    `base` is the path of the site, with a slash at both ends. A page is remembered as the folder it is asked for by and
    as the file that is read for it. What never changes under its name is left alone.
    """
    found = set()
    for path in paths:
        if is_hashed(path):
            continue
        address = quote(base + path)
        found.add(address)
        if address.endswith(f"/{PAGE}"):
            found.add(address.removesuffix(PAGE))
    return frozenset(found)


def weigh(paths: Iterable[str], base: str) -> Mapping[str, int]:
    """Count the files below each folder of a site, by the folder's address."""
    return Counter(folder for path in paths for folder in _folders(quote(base + path)))


def gather(addresses: Iterable[str], weights: Mapping[str, int], most: int = MOST) -> tuple[str, ...]:
    """Cover addresses with at most so many, a star for a folder where it must be.

    The folders are those that make edges forget the fewest other files for each address that is saved and need be.
    """
    told = _drop_covered(set(addresses))
    while True:
        stars = {address for address in told if address.endswith("*")}
        many, excess = (told, len(told) - most) if len(told) > most else (stars, len(stars) - STARS)
        if excess <= 0:
            return tuple(sorted(told))
        inside = Counter(folder for address in many for folder in _folders(address))
        chosen = _choose(inside, weights, excess)
        told = {next((star for star in chosen if address.startswith(star[:-1])), address) for address in told}


def _choose(inside: Mapping[str, int], weights: Mapping[str, int], excess: int) -> tuple[str, ...]:
    """Return stars for the cheapest folders, none inside of another, and as many as are needed and about as cheap."""
    prices = {f: weights.get(f, 0) / min(count - 1, excess) for f, count in inside.items() if count > 1}
    limit = 2 * min(prices.values())
    chosen = list[str]()
    for folder in sorted(prices, key=lambda folder: (prices[folder], -len(folder), folder)):
        if excess <= 0 or prices[folder] > limit:
            break
        if not any(folder.startswith(other) or other.startswith(folder) for other in chosen):
            chosen.append(folder)
            excess -= inside[folder] - 1
    return tuple(f"{folder}*" for folder in chosen)


def _drop_covered(told: set[str]) -> set[str]:
    stars = [address for address in told if address.endswith("*")]
    return {a for a in told if not any(a != star and a.startswith(star[:-1]) for star in stars)}


def _folders(address: str) -> Iterator[str]:
    """Yield the folders an address lies in, and itself where it is one."""
    at = address.find("/")
    while at >= 0:
        yield address[: at + 1]
        at = address.find("/", at + 1)
