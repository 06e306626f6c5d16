"""What a check reports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong, and where."""

    path: str  # relative to what was checked, with forward slashes
    rule: str  # a short stable name: "broken-link"
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.rule}: {self.message}"
