"""News as a mail that one likes to get: a cover, a title, what happens, two buttons. Pure.

Mail apps know tables, styles on the element, and pictures that come along; a style sheet only mends the dark. Whatever
comes from a story is escaped.
"""

from collections.abc import Mapping
from html import escape
from textwrap import fill

from generator.notify.bulletin import LEAVING, Bulletin, Letter, make_subject
from generator.notify.news import News

PAPER, SHEET, INK, SOFT, LINE = "#f6efe2", "#fffaf0", "#2a2340", "#6a6078", "#e8dcc6"
BUTTON, BUTTON_INK, GOLD = "#3b3470", "#fff7e6", "#8f5a12"
DISPLAY = "Georgia,'Times New Roman',serif"
PLAIN = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
DARK = (
    ".p{background:#14122b!important}.s{background:#211d40!important;border-color:#37315f!important}"
    ".i{color:#f6ead2!important}.m{color:#bfb4cf!important}.g{color:#f0c56d!important}"
    ".l{border-color:#37315f!important}.b{background:#f0c56d!important;border-color:#f0c56d!important;color:#1a1733!important}"
    ".o{border-color:#8d83b8!important;color:#f6ead2!important}"
)
STYLE = f"@media (prefers-color-scheme:dark){{{DARK}}}@media (max-width:480px){{.t{{font-size:27px!important}}.n{{padding:22px 20px 24px!important}}.b,.o{{display:block!important;margin-right:0!important;text-align:center}}}}"
UNSUBSCRIBE = "You get this because you asked for the stories of"


def make_bulletin(news: News, to: tuple[str, ...]) -> Bulletin:
    """Make what is told of a story."""
    subject = make_subject("A new story:", news.title)
    text = render_text(news, leaving=True)
    letter = Letter(subject, text, render_html(news, subject), news.cover, news.cover_alt)
    return Bulletin(
        news.slot,
        letter,
        render_text(news, leaving=False),
        make_facts(news),
        feeds=news.feeds,
        podcast=news.podcast,
        to=to,
    )


def make_facts(news: News) -> Mapping[str, object]:
    """Return the news for a program."""
    return {
        "event": "story.published",
        "slot": news.slot,
        "guid": news.guid,
        "title": news.title,
        "description": news.about,
        "kind": news.kind,
        "age": news.age,
        "length": news.minutes,
        "series": news.series,
        "url": news.url,
        "recording": news.sound,
        "cover": news.cover_url,
        "show": news.show,
        "site": news.site,
        "feeds": list(news.feeds),
    }


def list_facts(news: News) -> tuple[str, ...]:
    """Return what a parent asks first: what kind, for whom, how long."""
    return tuple(filter(None, (news.series, news.kind, news.age, news.minutes)))


def render_text(news: News, *, leaving: bool) -> str:
    """Write the letter as plain text."""
    lines = [news.title, "=" * min(len(news.title), 72), " · ".join((news.day, *list_facts(news))), ""]
    lines += [*_wrap(news.about), *_wrap(news.promise)]
    lines += [f"Read it with its pictures: {news.url}"]
    lines += [f"Listen to it: {news.url}?t=0"] if news.sound else []
    lines += ["", *_wrap(f"To talk about: {news.question}" if news.question else ""), "--", *_wrap(news.makers)]
    lines += [f"All stories of {news.show}: {news.site}"]
    lines += ["", f"{UNSUBSCRIBE} {news.show}. To get no more of them: {LEAVING}"] if leaving else []
    return "\n".join(lines) + "\n"


def _wrap(text: str) -> tuple[str, ...]:
    return (fill(text, 78, break_long_words=False, break_on_hyphens=False), "") if text else ()


def render_html(news: News, subject: str) -> str:
    """Write the letter as HTML, whose cover is cid:cover."""
    facts = " &nbsp;·&nbsp; ".join(
        f'<span style="white-space:nowrap">{escape(fact)}</span>' for fact in list_facts(news)
    )
    body = [
        _paragraph(news.day, f"font:600 13px/1.4 {PLAIN};letter-spacing:.04em", "g", 6, GOLD),
        f'<h1 class="t i" style="margin:0 0 10px;font:700 32px/1.18 {DISPLAY};color:{INK}">'
        f'<a class="i" href="{escape(news.url)}" style="color:{INK};text-decoration:none">{escape(news.title)}</a></h1>',
        f'<p class="m" style="margin:0 0 16px;font:15px/1.5 {PLAIN};color:{SOFT}">{facts}</p>',
        _paragraph(news.about, f"font:18px/1.55 {DISPLAY}", "i", 20, INK),
        _paragraph(news.promise, f"font:italic 15px/1.5 {DISPLAY}", "m", 20, SOFT),
        _render_buttons(news),
        _render_question(news),
    ]
    foot = _render_foot(news)
    return render_sheet(subject, news.show, news.site, news.about, "".join(body), _render_cover(news), foot)


def _render_cover(news: News) -> str:
    return (
        f'<tr><td style="padding:0"><a href="{escape(news.url)}"><img src="cid:cover" width="600" alt="{escape(news.cover_alt)}" '
        f'style="display:block;width:100%;max-width:600px;height:auto;border:0;border-radius:17px 17px 0 0;font:16px/1.5 {DISPLAY};color:{SOFT}"></a></td></tr>'
        if news.cover
        else ""
    )


def render_sheet(subject: str, show: str, site: str, glance: str, body: str, cover: str = "", foot: str = "") -> str:
    """Put a sheet on its paper: one column that is never wider than 600 pixels. `glance` is what a list of mails shows."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{escape(subject)}</title><style>{STYLE}</style></head>"
        f'<body class="p" style="margin:0;padding:0;background:{PAPER}">'
        f'<div style="display:none;max-height:0;overflow:hidden">{escape(glance)}</div>'
        f'<table role="presentation" class="p" width="100%" cellpadding="0" cellspacing="0" style="background:{PAPER}"><tr><td align="center" style="padding:20px 12px 28px">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px">'
        f'<tr><td align="center" style="padding:0 0 16px"><a class="i" href="{escape(site)}" style="font:700 20px/1.3 {DISPLAY};color:{INK};text-decoration:none">{escape(show)}</a></td></tr></table>'
        f'<table role="presentation" class="s" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:{SHEET};border:1px solid {LINE};border-radius:18px;border-collapse:separate;table-layout:fixed">'
        f'{cover}<tr><td class="n" style="padding:26px 34px 30px;overflow-wrap:anywhere;word-break:break-word">{body}</td></tr></table>'
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;table-layout:fixed"><tr><td align="center" style="overflow-wrap:anywhere;padding:18px 16px 0">{foot}</td></tr></table>'
        "</td></tr></table></body></html>\n"
    )


def _paragraph(text: str, style: str, name: str, below: int, colour: str) -> str:
    shown = f'<p class="{name}" style="margin:0 0 {below}px;{style};color:{colour}">{escape(text)}</p>'
    return shown if text else ""


def _render_buttons(news: News) -> str:
    buttons = [render_button("Read the story", news.url)]
    buttons += [render_button(f"Listen, {news.minutes}", f"{news.url}?t=0", full=False)] if news.sound else []
    return f'<div style="margin:0 0 4px">{"".join(buttons)}</div>'


def render_button(words: str, url: str, *, full: bool = True) -> str:
    """Draw a link as a button, filled or only in outline."""
    filled = f"background:{BUTTON};color:{BUTTON_INK};border:2px solid {BUTTON}"
    name, style = ("b", filled) if full else ("o", f"color:{INK};border:2px solid {SOFT}")
    return (
        f'<a class="{name}" href="{escape(url)}" style="display:inline-block;margin:0 10px 10px 0;padding:12px 22px;'
        f'border-radius:26px;font:600 17px/1.2 {PLAIN};text-decoration:none;{style}">{escape(words)}</a>'
    )


def _render_question(news: News) -> str:
    if not news.question:
        return ""
    return (
        f'<p class="i l" style="margin:16px 0 0;padding:18px 0 0;border-top:1px solid {LINE};font:17px/1.5 {DISPLAY};color:{INK}">'
        f'<span class="m" style="font:600 13px/1.6 {PLAIN};color:{SOFT}">To talk about</span><br>{escape(news.question)}</p>'
    )


def _render_foot(news: News) -> str:
    foot = [_paragraph(news.makers, f"font:13px/1.55 {PLAIN}", "m", 8, SOFT)]
    link = f'<a class="m" href="{LEAVING}" style="color:{SOFT}">No more of these, please</a>'
    words = f"{escape(UNSUBSCRIBE)} {escape(news.show)}.<br>{link}"
    foot.append(f'<p class="m" style="margin:0;font:13px/1.55 {PLAIN};color:{SOFT}">{words}</p>')
    return "".join(foot)
