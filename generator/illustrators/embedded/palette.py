"""The colours of a picture, chosen by time of day, genre and weather."""

from dataclasses import dataclass, replace

from generator.illustrators.embedded.colour import darken, mix
from generator.story import Genre, TimeOfDay, Weather

# Top, middle and horizon of the sky, for dawn, day, dusk and night.
SKIES: dict[Genre, tuple[tuple[str, str, str], ...]] = {
    Genre.BEDTIME: (
        ("#8fa6dc", "#f5c3bd", "#ffe7c2"),
        ("#79bde2", "#bfe2e6", "#fdf0cf"),
        ("#3c3d7e", "#b3678e", "#fbb37c"),
        ("#141c48", "#2d387e", "#8078b8"),
    ),
    Genre.ADVENTURE: (
        ("#55a4da", "#ffcf96", "#fff1c0"),
        ("#2b9be0", "#86d2f0", "#fff4c8"),
        ("#353f86", "#e46f5b", "#ffc65f"),
        ("#0c2152", "#1c4b8c", "#6ba3c4"),
    ),
    Genre.FANTASY: (
        ("#757bd4", "#e3a6dc", "#ffe2d6"),
        ("#4fb5cc", "#a8dbe6", "#f5e3f7"),
        ("#38277c", "#9d4cac", "#fb9bb2"),
        ("#1a1152", "#3f2f94", "#3fa3ae"),
    ),
    Genre.MYSTERY: (
        ("#84a79a", "#dbcf9e", "#f8e2a4"),
        ("#86b3a6", "#c9d8ba", "#f3e8be"),
        ("#1f413f", "#7e7c49", "#eba84c"),
        ("#0c282b", "#1f524b", "#88a065"),
    ),
    Genre.SCIENCE: (
        ("#478dd9", "#b8d5f5", "#ffe2cc"),
        ("#1c84e2", "#7bc2f7", "#e8f8ff"),
        ("#1c337c", "#6a6bc6", "#ffb697"),
        ("#061845", "#0f418e", "#4591d4"),
    ),
    Genre.SPOOKY: (
        ("#6b6696", "#c998a2", "#f5ca9b"),
        ("#668896", "#a8baa6", "#e6dcae"),
        ("#2a1846", "#803464", "#ee853c"),
        ("#140b30", "#3d1c5a", "#5d7a62"),
    ),
}

# Three papers for leaves: the common one, its neighbour, and the one that surprises.
LEAVES: dict[Genre, tuple[str, str, str]] = {
    Genre.BEDTIME: ("#4f9a86", "#7fb083", "#e9b56c"),
    Genre.ADVENTURE: ("#389c5a", "#84c04a", "#f4b93c"),
    Genre.FANTASY: ("#2fa99c", "#8b6bd0", "#e27fc4"),
    Genre.MYSTERY: ("#47785a", "#8d8f48", "#d09c40"),
    Genre.SCIENCE: ("#259c88", "#5cbd70", "#ffb347"),
    Genre.SPOOKY: ("#2b5f4b", "#5f4a80", "#cf7636"),
}
SPARKS: dict[Genre, str] = {
    Genre.BEDTIME: "#ffe6a8",
    Genre.ADVENTURE: "#ffe07a",
    Genre.FANTASY: "#8ff5e6",
    Genre.MYSTERY: "#ffcb6b",
    Genre.SCIENCE: "#9fe4ff",
    Genre.SPOOKY: "#ffb25c",
}
# The colour that lies over everything, and how much of it.
AIR: dict[TimeOfDay, tuple[str, float]] = {
    TimeOfDay.DAWN: ("#e09a8c", 0.16),
    TimeOfDay.DAY: ("#ffe9b0", 0.05),
    TimeOfDay.DUSK: ("#5c2f66", 0.34),
    TimeOfDay.NIGHT: ("#141b50", 0.5),
}
LIGHTS: dict[TimeOfDay, tuple[str, str]] = {  # the disc and its shine
    TimeOfDay.DAWN: ("#fff0c4", "#ffd28e"),
    TimeOfDay.DAY: ("#fff3b8", "#fff2c0"),
    TimeOfDay.DUSK: ("#ffd98a", "#ff9f5e"),
    TimeOfDay.NIGHT: ("#fff3cf", "#cfd8ff"),
}
VEILS: dict[Weather, tuple[str, float]] = {  # what the weather lays over the sky
    Weather.CLEAR: ("#ffffff", 0.0),
    Weather.CLOUDY: ("#a9b1c4", 0.3),
    Weather.RAIN: ("#5d708f", 0.45),
    Weather.SNOW: ("#c9d3ea", 0.32),
    Weather.FOG: ("#cfd4d6", 0.36),
    Weather.WIND: ("#a8d0d8", 0.12),
}
AUTUMN = ("#d9893a", "#e8ae4a", "#b8562f")
AUTUMN_WORDS = ("amber", "autumn", "golden", "honey", "beech", "maple", "copper")


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour a stage needs; `shade` puts a local colour into its light and distance."""

    sky: tuple[str, str, str]
    haze: str
    air: str
    air_share: float
    disc: str
    shine: str
    leaves: tuple[str, str, str]
    spark: str
    shadow: str
    haze_strength: float = 0.78
    dark: bool = False
    lamp: str = "#ffd27a"

    def shade(self, local: str, depth: float) -> str:
        """Return a local colour as it looks at `depth`: 0 is close by, 1 on the horizon."""
        lit = mix(local, self.air, self.air_share)
        if self.dark:
            lit = darken(lit, 0.14 * (1 - min(1.0, depth)))
        return mix(lit, self.haze, min(0.94, max(0.0, depth) ** 1.25 * self.haze_strength))

    def indoors(self) -> "Palette":
        """Return the colours of a lamplit room: less of the night, more of the wood."""
        return replace(self, air_share=self.air_share * 0.6, air=mix(self.air, "#8a4a3a", 0.25))

    def front(self, local: str) -> str:
        """Return a colour for the dark paper that frames the picture."""
        tint = mix(local, self.sky[0], 0.5 if self.dark else 0.18)
        return darken(tint, 0.5 if self.dark else 0.42)


def make_palette(time: TimeOfDay, genre: Genre, weather: Weather, words: str = "") -> Palette:
    """Choose the colours; `words` about the place may ask for autumn leaves."""
    veil, share = VEILS[weather]
    dark = time in (TimeOfDay.NIGHT, TimeOfDay.DUSK)
    if dark:
        veil = mix(veil, SKIES[genre][3][1], 0.55)
    low, mid, top = (mix(c, veil, share) for c in reversed(SKIES[genre][list(TimeOfDay).index(time)]))
    air, amount = AIR[time]
    air = mix(air, mid if time is not TimeOfDay.DAY else air, 0.45)
    disc, shine = LIGHTS[time]
    palette = Palette(
        sky=(top, mid, low),
        haze=mix(mid, low, 0.72),
        air=mix(air, veil, share * 0.5),
        air_share=amount + (0.1 if genre is Genre.SPOOKY and not dark else 0),
        disc=disc,
        shine=mix(shine, low, 0.25),
        leaves=LEAVES[genre],
        spark=SPARKS[genre],
        shadow=darken(mix(air, top, 0.5), 0.72),
        dark=dark,
    )
    if any(word in words.lower() for word in AUTUMN_WORDS):
        palette = replace(palette, leaves=AUTUMN)
    if weather is Weather.FOG:
        palette = replace(palette, haze_strength=0.95, haze=mix(palette.haze, veil, 0.35))
    return palette
