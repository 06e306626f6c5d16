"""Verse: a line break inside a paragraph that stays one on the page."""


def break_verses(markdown: str) -> str:
    """Turn the line breaks inside the paragraphs of a Markdown text into hard breaks; headings and pictures stay."""
    return "\n\n".join(_break_block(block) for block in markdown.split("\n\n"))


def _break_block(block: str) -> str:
    lines = block.strip("\n").split("\n")
    if lines[0].startswith(("#", "!", "-", "*", ">", "<", "    ")):
        return block
    return "  \n".join(line.rstrip() for line in lines)
