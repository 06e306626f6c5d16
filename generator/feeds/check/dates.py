"""Dates as mail writes them, read as strictly as the strictest app does."""

import re
from datetime import UTC, datetime, timedelta, timezone

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ZONES = {
    "UT": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
SHAPE = re.compile(
    rf"(?:({'|'.join(DAYS)}),\s+)?(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})"
    rf"\s+(\d\d):(\d\d)(?::(\d\d))?\s+([+-]\d{{4}}|{'|'.join(ZONES)})",
    re.ASCII,
)


def parse_date(text: str) -> datetime:
    """Read "Sat, 21 Nov 2026 18:00:00 +0000". Raises ValueError that says why it cannot be read."""
    found = SHAPE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text.strip()[:60]!r} is not a date of RFC 5322")
    day, number, month, year, hour, minute, second, zone = found.groups()
    try:
        moment = datetime(
            int(year),
            MONTHS.index(month) + 1,
            int(number),
            int(hour),
            int(minute),
            int(second or 0),
            tzinfo=_zone(zone),
        )
        universal = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"there is no such date as {text.strip()!r}") from None
    if day and DAYS[moment.weekday()] != day:
        raise ValueError(f"{number} {month} {year} is a {DAYS[moment.weekday()]}, not a {day}")
    return universal


def _zone(text: str) -> timezone:
    if text in ZONES:
        return timezone(timedelta(hours=ZONES[text]))
    minutes = int(text[1:3]) * 60 + int(text[3:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
