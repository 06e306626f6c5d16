"""What an owner may set for any vendor; read without its SDK."""

from generator.purchase import Desk


def deadline_of(desk: Desk, usual: float) -> float:
    """Return the seconds that one call may take: `deadline` of the provider's table, or what is usual for the call."""
    value = desk.settings.get("deadline")  # the configuration has seen that it is a number
    return float(value) if isinstance(value, int | float) else usual
