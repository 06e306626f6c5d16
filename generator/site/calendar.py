"""The months and years of the archive as calendars: which story belongs to which day. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from generator.site.phrases import MONTHS, say_month
from generator.site.story_page import StoryPage

ROOT = "calendar/"


@dataclass(frozen=True, slots=True)
class Day:
    """One field of a month's table; number 0 is a field before the first or after the last day."""

    number: int
    stories: tuple[StoryPage, ...]  # the night's own story first


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has a story."""

    year: int
    number: int  # from 1
    stories: tuple[StoryPage, ...]  # newest first

    @property
    def url(self) -> str:
        """The address of its calendar."""
        return f"{ROOT}{self.year}/{self.number:02d}/"

    @property
    def list_url(self) -> str:
        """The address of its stories one after the other."""
        return f"stories/{self.year}/{self.number:02d}/"

    @property
    def name(self) -> str:
        """November."""
        return MONTHS[self.number - 1]

    @property
    def heading(self) -> str:
        """November 2026."""
        return say_month(self.year, self.number)

    @property
    def weeks(self) -> tuple[tuple[Day, ...], ...]:
        """Its weeks, each of seven days from Monday."""
        days = {day: tuple(group) for day, group in groupby(self.stories, lambda story: story.day.day)}
        weeks = calendar.Calendar(calendar.MONDAY).monthdayscalendar(self.year, self.number)
        return tuple(tuple(Day(number, days.get(number, ())) for number in week) for week in weeks)


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year that has a story, and its months, the newest first."""

    number: int
    months: tuple[Month, ...]

    @property
    def url(self) -> str:
        """The address of its calendar."""
        return f"{ROOT}{self.number}/"


def make_calendar(stories: Iterable[StoryPage]) -> tuple[CalendarYear, ...]:
    """Make the calendars of all years, the newest first, of stories that are given newest first."""
    groups = groupby(stories, lambda story: story.day_text[:7])
    months = [Month(int(month[:4]), int(month[5:]), tuple(group)) for month, group in groups]
    return tuple(CalendarYear(year, tuple(group)) for year, group in groupby(months, lambda month: month.year))
