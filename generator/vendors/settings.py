"""What an owner may set for any vendor; read without its SDK."""

from generator.purchase import Desk

OPENAI = "openai"
OPENAI_VARIABLES = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID")


def text_setting(desk: Desk, key: str, usual: str = "") -> str:
    """Return a text of the provider's table, or what is usual."""
    value = desk.settings.get(key)
    return value if isinstance(value, str) and value else usual


def deadline_of(desk: Desk, usual: float) -> float:
    """Return the seconds that one call may take: `deadline` of the provider's table, or what is usual for the call."""
    value = desk.settings.get("deadline")  # the configuration has seen that it is a number
    return float(value) if isinstance(value, int | float) else usual
