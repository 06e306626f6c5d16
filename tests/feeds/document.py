"""Write the table of rules into docs/feed-check.md: python -m tests.feeds.document"""

from pathlib import Path

from generator.feeds.check.rules import Rule, load_rules

PAGE = Path(__file__).parents[2] / "docs" / "feed-check.md"
BEGIN, END = "<!-- rules: written by python -m tests.feeds.document -->\n", "<!-- end of the rules -->\n"
THEMES = {
    "B": "The bytes",
    "X": "The XML",
    "R": "The channel",
    "T": "Apple Podcasts",
    "P": "Podcasting 2.0",
    "A": "Links and pages",
    "I": "The items",
    "D": "Descriptions",
    "H": "The answers of the server",
    "M": "Sounds and pictures",
    "L": "Transcripts and chapters",
    "C": "What was published before",
}


def render_rules() -> str:
    """Return the table, a section for each theme."""
    text = ""
    for letter, theme in THEMES.items():
        rows = [_render_row(rule) for code, rule in load_rules().items() if code[0] == letter]
        text += f"\n### {letter}: {theme}\n\n| rule | weight | what is wrong | what to do | source |\n|---|---|---|---|---|\n"
        text += "".join(rows)
    return text + "\n"


def _render_row(rule: Rule) -> str:
    cells = [text.replace("|", "\\|").replace("<", "&lt;") for text in (rule.sentence, rule.hint, rule.source)]
    source = f"[{cells[2]}]({rule.url})"
    return f"| {rule.code} | {rule.severity} | {cells[0]} | {cells[1]} | {source} |\n"


def render_page(page: str) -> str:
    """Return the page with the table as it should be."""
    head, _, rest = page.partition(BEGIN)
    return head + BEGIN + render_rules() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(render_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
