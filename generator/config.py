"""taleshelf.toml and mkdocs.yml -> one frozen Config. Every key is optional; all problems are reported together."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.delivery import place
from generator.errors import ConfigError
from generator.feeds import settings as feeds
from generator.media import settings as media
from generator.money.budget import Caps
from generator.notify import settings as news
from generator.parsers import (
    AUTO,
    list_of,
    parse_branch,
    parse_delivery,
    parse_flag,
    parse_label,
    parse_language,
    parse_minutes,
    parse_money,
    parse_names,
    parse_provider,
    parse_remote,
    parse_some_names,
    parse_speed,
    parse_text,
    parse_time,
    parse_timezone,
    some_of,
    take_anything,
    up_to,
)
from generator.story import AgeBand, Form, Genre
from generator.tables import Tables, unfold

SETTINGS = "taleshelf.toml"
CLOSING = "This story was made with AI: computer programs wrote it, drew it and read it to you. Good night."
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run knows before it begins."""

    root: Path  # the folder with mkdocs.yml
    show: str  # the name of the archive, from mkdocs.yml
    site_url: str  # from mkdocs.yml; may be empty
    timezone: ZoneInfo
    language: str
    genres: tuple[Genre, ...]
    forms: tuple[Form, ...]
    ages: tuple[AgeBand, ...]
    minutes: float | None  # a length for every story instead of the age band's
    catch_up: int  # nights
    writers: tuple[str, ...]
    illustrators: tuple[str, ...]
    narrators: tuple[str, ...]
    voice: str
    speed: float
    spoken_title: bool
    closing: str  # empty: nothing is said at the end
    pages_branch: str  # that `taleshelf publish branch` publishes to
    pages_history: int  # the most commits it may have; 0: any number
    moderators: tuple[str, ...]
    cast_voices: bool  # whether characters speak in the voices of their cards
    caps: Caps
    prices: Mapping[str, object]  # the owner's additions to the price table, as written
    providers: Mapping[str, Mapping[str, object]]  # each provider's own table, as written
    checkpoint: bool  # whether unfinished work is kept on a branch of the remote
    review: bool  # whether a story waits there for its owner's word
    remote: str
    podcast: feeds.Podcast
    media: media.MediaSettings  # where recordings and pictures are, if not with the site
    keep_nights: int  # after which `taleshelf expire` takes stories down; 0: never
    s3: place.Place  # where `taleshelf publish s3` publishes to
    publish_to: str  # "auto" or one of DELIVERIES: where workflows publish to
    request_label: str  # that makes a story of an issue
    watch_by: time  # when the watchdog expects tonight's story to be published
    notify: news.Notify  # who is told of a new story

    @property
    def content(self) -> Path:
        """The folder of authored pages and stories."""
        return self.root / "content"

    @property
    def state(self) -> Path:
        """The folder for unfinished work; never published, safe to delete when nothing runs."""
        return self.root / ".taleshelf"

    @property
    def site(self) -> Path:
        """The folder of the built site."""
        return self.root / "site"

    @property
    def base_path(self) -> str:
        """The path under which the site is served: "/" or "/repository/"."""
        return parse_base_path(self.site_url)

    @property
    def media_url(self) -> str:
        """Where recordings and pictures are by the same paths as on the site, if not there and in no store."""
        return "" if self.media.store else self.media.base_url

    @property
    def store_url(self) -> str:
        """Where readers find the store; empty without one."""
        return self.media.base_url if self.media.store else ""

    @property
    def delivery(self) -> str:
        """Where workflows publish to: one of DELIVERIES."""
        return self.publish_to if self.publish_to != AUTO else "s3" if self.s3.bucket else "pages"

    @property
    def mkdocs(self) -> Path:
        """The file that owns the site's name, address and theme."""
        return self.root / "mkdocs.yml"


def parse_base_path(site_url: str) -> str:
    """Return the path under which a site of that address is served, with a slash at both ends."""
    return (urlsplit(site_url).path.rstrip("/") or "") + "/"


def load_config(root: Path) -> Config:
    """Read the settings of the archive in `root`. Raises ConfigError with every problem found."""
    show, site_url = _load_mkdocs(root / "mkdocs.yml")
    return read_config(root, show=show, site_url=site_url)


def read_config(root: Path, *, show: str, site_url: str) -> Config:
    """Read taleshelf.toml for a site whose name and address are known. Raises ConfigError."""
    return parse_config(_read_settings(root / SETTINGS), root=root, show=show, site_url=site_url)


def parse_config(tables: Mapping[str, object], *, root: Path, show: str, site_url: str = "") -> Config:
    """Check the tables of taleshelf.toml and fill in what they leave out. Raises ConfigError."""
    reader = Tables(unfold(tables, "publish", "to"))
    config = Config(
        root=root,
        show=show,
        site_url=site_url,
        timezone=reader.take("site", "timezone", "UTC", parse_timezone),
        language=reader.take("site", "language", "en", parse_language),
        genres=reader.take("stories", "genres", list(Genre), list_of(Genre)),
        forms=reader.take("stories", "forms", ["prose"], list_of(Form)),
        ages=reader.take("stories", "ages", list(AgeBand), list_of(AgeBand)),
        minutes=reader.take("stories", "minutes", 0, parse_minutes),
        catch_up=reader.take("stories", "catch_up", 3, up_to(31)),
        writers=reader.take("studio", "writers", ["embedded"], parse_names),
        illustrators=reader.take("studio", "illustrators", ["embedded"], parse_names),
        narrators=reader.take("studio", "narrators", ["embedded"], parse_names),
        voice=reader.take("narration", "voice", "", parse_text),
        speed=reader.take("narration", "speed", 1.0, parse_speed),
        spoken_title=reader.take("narration", "title", True, parse_flag),
        closing=reader.take("narration", "closing", CLOSING, parse_text),
        pages_branch=reader.take("pages", "branch", "gh-pages", parse_branch),
        pages_history=reader.take("pages", "history", 0, up_to(10_000)),
        moderators=reader.take("studio", "moderators", ["openai"], parse_some_names),
        cast_voices=reader.take("narration", "cast_voices", False, parse_flag),
        caps=Caps(
            story=reader.take("money", "story", 0.5, parse_money),
            day=reader.take("money", "day", 1, parse_money),
            month=reader.take("money", "month", 15, parse_money),
        ),
        prices=reader.take_table("prices", take_anything),
        providers=reader.take_table("providers", parse_provider),
        checkpoint=reader.take("drafts", "checkpoint", False, parse_flag),
        review=reader.take("drafts", "review", False, parse_flag),
        remote=reader.take("drafts", "remote", "origin", parse_remote),
        podcast=_take_podcast(reader),
        media=_take_media(reader),
        keep_nights=reader.take("archive", "keep_nights", 0, up_to(36_500)),
        s3=place.Place(
            bucket=reader.take("publish.s3", "bucket", "", place.parse_bucket),
            prefix=reader.take("publish.s3", "prefix", "", place.parse_prefix),
            region=reader.take("publish.s3", "region", "", place.parse_region),
            distribution=reader.take("publish.s3", "distribution", "", place.parse_distribution),
        ),
        publish_to=reader.take("publish", "to", AUTO, parse_delivery),
        request_label=reader.take("requests", "label", "tell", parse_label),
        watch_by=reader.take("watchdog", "by", "08:00", parse_time),
        notify=_take_notify(reader),
    )
    reader.problems += [*feeds.list_problems(config.podcast), *media.list_problems(config.media)]
    reader.problems += news.list_problems(config.notify, hub=config.podcast.hub, site_url=site_url)
    reader.finish(SETTINGS)
    return config


def _take_media(reader: Tables) -> media.MediaSettings:
    def take(key: str, default: str, parse: Callable[[object], T]) -> T:
        return reader.take("media", key, default, parse)

    return media.MediaSettings(
        store=take("store", "", media.parse_kind),
        base_url=take("base_url", "", feeds.parse_base_url),
        folder=take("folder", "", media.parse_folder),
        place=place.Place(
            bucket=take("bucket", "", place.parse_bucket),
            prefix=take("prefix", "", place.parse_prefix),
            region=take("region", "", place.parse_region),
        ),
        remote=take("remote", "", media.parse_remote),
        branch=take("branch", "gh-pages", parse_branch),
    )


def _take_podcast(reader: Tables) -> feeds.Podcast:
    def take(key: str, default: object, parse: Callable[[object], T]) -> T:
        return reader.take("podcast", key, default, parse)

    return feeds.Podcast(
        **{
            key: take(key, "", parse_text)
            for key in ("title", "description", "author", "owner", "copyright", "funding")
        },
        **{key: take(key, "", parse_text) for key in ("verify", "apple_verify")},
        email=take("email", "", feeds.parse_email),
        categories=take("categories", ["Kids & Family > Stories for Kids"], feeds.parse_categories),
        explicit=take("explicit", False, parse_flag),
        cover=take("cover", "", feeds.parse_cover),
        license=take("license", "", parse_text),
        license_url=take("license_url", "", feeds.parse_url),
        funding_url=take("funding_url", "", feeds.parse_url),
        locked=take("locked", False, parse_flag),
        frequency=take("frequency", "Every night", parse_text),
        rrule=take("rrule", "FREQ=DAILY", feeds.parse_rrule),
        hub=take("hub", "", feeds.parse_url),
        moved_to=take("moved_to", "", feeds.parse_base_url),
        guid=take("guid", "", feeds.parse_guid),
        series=take("series", [], feeds.parse_keys),
        cast=take("cast", [], feeds.parse_keys),
        genres=take("genres", [], some_of(Genre)),
        languages=take("languages", [], feeds.parse_keys),
    )


def _take_notify(reader: Tables) -> news.Notify:
    def take(key: str, default: object, parse: Callable[[object], T]) -> T:
        return reader.take("notify", key, default, parse)

    return news.Notify(
        channels=take("channels", [], news.parse_channels),
        wait=take("wait", 15, up_to(240)),
        days=take("days", 3, up_to(31)),
        in_doubt=take("in_doubt", news.SKIP, news.parse_in_doubt),
        sender=take("from", "", news.parse_sender),
        reply_to=take("reply_to", "", news.parse_sender),
        unsubscribe=take("unsubscribe", "", feeds.parse_email),
        unsubscribe_url=take("unsubscribe_url", "", news.parse_unsubscribe_url),
        topic=take("topic", "", news.parse_topic),
        contact_list=take("contact_list", "", news.parse_name),
        contact_topic=take("contact_topic", "", news.parse_name),
        region=take("region", "", news.parse_name),
        podcast_index=take("podcast_index", news.PODCAST_INDEX_URL, feeds.parse_url),
    )


def _read_settings(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{SETTINGS}: {error}", "Each line is: key = value, with text in quotes.") from None
    except OSError as error:
        raise ConfigError(
            f"{SETTINGS} cannot be read: {error.strerror}", "It must be a file that you may read."
        ) from None


def _load_mkdocs(path: Path) -> tuple[str, str]:
    import yaml
    from yaml_env_tag import construct_env_tag

    class Loader(yaml.SafeLoader):
        """Reads around the tags only MkDocs knows (!ENV, !!python/name)."""

    Loader.add_multi_constructor("", lambda _loader, _tag, _node: None)
    Loader.add_constructor("!ENV", construct_env_tag)
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        raise ConfigError(
            f"there is no mkdocs.yml in {str(path.parent)!r}", "Run it in the folder of your archive, or use --root."
        ) from None
    except OSError as error:
        hint = "Run it in the folder of your archive, or use --root."
        raise ConfigError(f"mkdocs.yml in {str(path.parent)!r} cannot be read: {error.strerror}", hint) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"mkdocs.yml: {' '.join(str(error).split())}", "Undo the last change, or ask a YAML checker."
        ) from None
    values = values if isinstance(values, dict) else {}
    _check_mkdocs(values)
    return str(values.get("site_name") or "Taleshelf"), str(values.get("site_url") or "")


def _check_mkdocs(values: Mapping[str, object]) -> None:
    """Raise ConfigError for what MkDocs would allow and an archive cannot have."""
    fixed = {"docs_dir": "content", "site_dir": "site", "use_directory_urls": True}
    for key, value in fixed.items():
        if values.get(key, value) != value:
            raise ConfigError(f"mkdocs.yml: {key} is {values[key]!r}; an archive has {value!r}", "Change it back.")
