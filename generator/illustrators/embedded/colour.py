"""Colours as "#rrggbb" text: mix, darken, lighten."""


def parse_colour(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of "#rrggbb". Raises ValueError for anything else."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"not a colour: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """Mix two colours; `share` 0 gives the first, 1 the second."""
    pairs = zip(parse_colour(first), parse_colour(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darken(colour: str, share: float) -> str:
    """Mix towards a deep blue-black, as paper looks in shadow."""
    return mix(colour, "#12142b", share)


def lighten(colour: str, share: float) -> str:
    """Mix towards warm white paper."""
    return mix(colour, "#fff8ea", share)
