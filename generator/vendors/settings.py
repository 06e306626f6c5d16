"""What an owner may set for any vendor; read without its SDK."""

from generator.purchase import Desk


def deadline_of(desk: Desk, usual: float) -> float:
    """Return the seconds that one call may take: `deadline` of the provider's table, or what is usual for the call."""
    value = desk.settings.get("deadline")
    known = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return float(value) if known and isinstance(value, int | float) else usual
