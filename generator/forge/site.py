"""The published site, looked at from outside as a reader's browser does."""

from generator.feeds.check.web import Silence, Web
from generator.outside import Outside

LOOK_EACH = 10.0  # seconds between two looks at a page that is being published


def is_live(address: str, outside: Outside, deadline: float) -> bool:
    """Whether a page answers, or does so before the clock shows `deadline`."""
    while not _answers(address):
        if outside.clock() + LOOK_EACH > deadline:
            return False
        outside.sleep(LOOK_EACH)
    return True


def _answers(address: str) -> bool:
    try:
        return Web(address).ask(address, "HEAD").status == 200
    except Silence:
        return False
