"""How a model is asked for a story: once, once more to mend what it answered, and in milder words where it declined."""

from collections.abc import Callable

from generator.errors import BadReply, Refused
from generator.models.prompts import make_messages, make_repair, soften
from generator.models.reply import parse_story
from generator.story import Brief, Credit, Story

Ask = Callable[
    [Brief, str, tuple[str, ...]], Story
]  # the brief, the instructions, and what is said to the model in turn


class Unreadable(BadReply):
    """A reply that is not the story; `text` is what came instead."""

    def __init__(self, message: str, hint: str = "", *, provider: str, text: str) -> None:
        super().__init__(message, hint, provider=provider)
        self.text = text


def ask_for_story(brief: Brief, ask: Ask) -> Story:
    """Return the story a brief asks for; one that is refused is asked for once in milder words. Raises ProviderError."""
    try:
        return _ask_and_mend(brief, ask)
    except Refused:
        return _ask_and_mend(soften(brief), ask)


def _ask_and_mend(brief: Brief, ask: Ask) -> Story:
    messages = make_messages(brief)
    try:
        return ask(brief, messages.system, (messages.user,))
    except Unreadable as error:
        return ask(brief, messages.system, (messages.user, make_repair(error.message, error.text)))
    except BadReply:  # there is nothing to mend
        return ask(brief, messages.system, (messages.user,))


def read_story(text: str, brief: Brief, credit: Credit, *, whole: bool) -> Story:
    """Return the story a reply tells. Raises Unreadable with what came instead, or BadReply where nothing came."""
    try:
        if not whole:
            raise BadReply("the reply was cut off, because it is too long", provider=credit.provider)
        return parse_story(text, brief, credit)
    except BadReply as error:
        if not text:
            raise
        raise Unreadable(error.message, error.hint, provider=credit.provider, text=text) from None
