"""Plain text -> Markdown that a git host shows as it is: no markup, nobody called, nothing linked or closed. Pure."""

import re

from generator.markdown import escape_markdown

JOINER = "&#8288;"  # a word joiner: nobody sees it, and no pattern of the host goes past it
CALLS = re.compile(r"(&#64;|&#35;|\bgh-(?=\d)|(?:&#58;|:)(?=&#47;&#47;)|\bwww(?=\.))", re.IGNORECASE)


def quote_text(text: str) -> str:
    """Return one line of Markdown that shows exactly this text, folded, to whoever reads the issue.

    A host reads "@name" as a person, "#3" as an issue that "closes #3" would close, and addresses as links, also where
    the signs are written as entities: so something invisible parts them.
    """
    return CALLS.sub(rf"\1{JOINER}", escape_markdown(" ".join(text.split())))


def hide(text: str) -> str:
    """Return a comment that only programs read; `text` is ours."""
    return f"<!-- taleshelf {text} -->"
