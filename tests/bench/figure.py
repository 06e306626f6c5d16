"""One measured figure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name, its unit and, where there is one, what it must reach."""

    name: str
    value: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    notes: tuple[str, ...] = ()  # what is behind it, a line each

    @property
    def met(self) -> bool:
        """Whether the target is reached; a figure without one always is."""
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    def __str__(self) -> str:
        target = (
            f"at least {self.at_least:g}"
            if self.at_least is not None
            else f"at most {self.at_most:g}"
            if self.at_most is not None
            else ""
        )
        verdict = "" if not target else f"  ({target}{'' if self.met else ', MISSED'})"
        return f"{self.name:<58} {self.value:8.2f} {self.unit:<12}{verdict}".rstrip()
