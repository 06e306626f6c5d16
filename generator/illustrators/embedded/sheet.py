"""The sheet on which a picture is glued together: it collects SVG and knows the light."""

from dataclasses import dataclass, field
from random import Random

from generator.illustrators.embedded.colour import lighten, mix
from generator.illustrators.embedded.palette import Palette
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, ellipse, num
from generator.illustrators.embedded.terrain import Curve
from generator.story import Genre, TimeOfDay, Weather

SNOW = "#f4f7ff"
Stop = tuple[float, str, float]  # offset, colour, opacity


@dataclass(slots=True)
class Sheet:
    """A growing picture. Places draw on it from the back to the front."""

    rng: Random
    palette: Palette
    time: TimeOfDay
    genre: Genre
    weather: Weather
    light: tuple[float, float]
    cover: bool = False
    water: str = ""  # the colour of the water of this place, if it has any
    slot: int = 0  # how many parts lie behind what floats
    parts: list[str] = field(default_factory=list)
    gradients: int = 0

    @property
    def dark(self) -> bool:
        """Whether lamps are lit."""
        return self.palette.dark or self.weather in (Weather.RAIN, Weather.FOG)

    @property
    def lean(self) -> float:
        """How far the wind bends what grows, as a share of its height."""
        return 0.14 if self.weather is Weather.WIND else 0.0

    def add(self, svg: str) -> None:
        """Glue a fragment on top."""
        self.parts.append(svg)

    def tone(self, local: str, depth: float = 0.0) -> str:
        """Return a local colour in the light of this picture."""
        return self.palette.shade(local, depth)

    def leaf_tone(self, depth: float = 0.0, which: int | None = None) -> str:
        """Return a leaf colour, mostly the common one."""
        index = self.rng.choice((0, 0, 0, 1, 1, 2)) if which is None else which
        return self.tone(self.palette.leaves[index], depth)

    def vertical(self, top: float, bottom: float, *stops: Stop) -> str:
        """Define a gradient between two heights and return its reference."""
        return self._gradient(f'linearGradient x1="0" x2="0" y1="{num(top)}" y2="{num(bottom)}"', stops)

    def radial(self, x: float, y: float, radius: float, *stops: Stop) -> str:
        """Define a gradient around a point and return its reference."""
        return self._gradient(f'radialGradient cx="{num(x)}" cy="{num(y)}" r="{num(radius)}"', stops)

    def _gradient(self, head: str, stops: tuple[Stop, ...]) -> str:
        self.gradients += 1
        key = f"g{self.gradients}"
        inner = "".join(
            f'<stop offset="{at:g}" stop-color="{colour}" stop-opacity="{alpha:.3g}"/>' for at, colour, alpha in stops
        )
        tag = head.split(" ", 1)[0]
        self.add(f'<defs><{head} id="{key}" gradientUnits="userSpaceOnUse">{inner}</{tag}></defs>')
        return f"url(#{key})"

    def paint(self, outline: str, fill: str, *, opacity: float = 1.0) -> None:
        """Lay a flat shape without thickness."""
        alpha = f' fill-opacity="{opacity:.3g}"' if opacity < 1 else ""
        self.add(f'<path d="{outline}" fill="{fill}"{alpha}/>')

    def line(self, outline: str, colour: str, width: float, *, opacity: float = 1.0) -> None:
        """Draw a line with round ends."""
        alpha = f' stroke-opacity="{opacity:.3g}"' if opacity < 1 else ""
        self.add(
            f'<path d="{outline}" fill="none" stroke="{colour}" stroke-width="{num(width)}" stroke-linecap="round"'
            f' stroke-linejoin="round"{alpha}/>'
        )

    def shadow(self, outline: str, lift: float = 1.0) -> None:
        """Let a shape cast the soft shadow of paper that lies `lift` above the one below."""
        # Nested strokes look like a blur and cost a tenth of one.
        dx = max(-1.0, min(1.0, (WIDTH / 2 - self.light[0]) / 500)) * 4 * lift
        strokes = "".join(
            f'<path d="{outline}" stroke-width="{num(width * lift)}"/>'
            for width in ((2, 6, 11, 17, 25) if lift > 0.6 else (3, 8, 14))
        )
        self.add(
            f'<g transform="translate({num(dx)} {num(3 * lift)})" fill="none" stroke="{self.palette.shadow}"'
            f' stroke-linejoin="round" stroke-opacity="{0.075 if self.palette.dark else 0.06}">{strokes}</g>'
        )

    def cut(self, outline: str, fill: str, *, lift: float = 1.0, edge: str = "", rim: float = 2.4) -> None:
        """Glue a piece of paper: shadow, a bright upper edge, the face."""
        self.shadow(outline, lift)
        if not edge and fill.startswith("#"):
            edge = lighten(mix(fill, self.palette.shine, 0.25), 0.1)
        if edge:
            self.paint(outline, edge)
            self.add(f'<path d="{outline}" fill="{fill}" transform="translate(0 {num(rim)})"/>')
        else:
            self.paint(outline, fill)

    def land(self, line: Curve, local: str, depth: float, *, lift: float = 1.4, mist: float = 0.4) -> None:
        """Lay a sheet of land below a line; its foot is lost in mist, and in winter snow lies on its edge."""
        colour = self.tone(local, depth)
        snowy = self.weather is Weather.SNOW
        if snowy:
            colour = mix(colour, self.tone("#e6eefc", depth), 0.74)
        top = min(line.heights)
        foot = mix(colour, self.palette.haze, mist) if depth > 0.05 else mix(colour, self.palette.shadow, 0.3)
        fill = self.vertical(top, min(top + 420, HEIGHT), (0, colour, 1), (1, foot, 1))
        edge = self.tone(SNOW, depth * 0.6) if snowy else lighten(mix(colour, self.palette.shine, 0.3), 0.14)
        self.cut(line.outline(), fill, lift=lift, edge=edge, rim=9 if snowy else 3)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 0.5) -> None:
        """Let light bloom around a point."""
        fill = self.radial(
            x,
            y,
            radius,
            (0, colour, strength),
            (0.3, colour, strength * 0.48),
            (0.65, colour, strength * 0.13),
            (1, colour, 0),
        )
        self.paint(ellipse(x, y, radius, radius), fill)

    def pool(
        self, x: float, y: float, radius: float, colour: str, strength: float = 0.4, *, flat: float = 0.24
    ) -> None:
        """Let light or shadow lie on the ground as a flat pool."""
        self.add(f'<g transform="translate({num(x)} {num(y)}) scale(1 {flat:g})">')
        fill = self.radial(0, 0, radius, (0, colour, strength), (0.5, colour, strength * 0.45), (1, colour, 0))
        self.paint(ellipse(0, 0, radius, radius), fill)
        self.add("</g>")
