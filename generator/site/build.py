"""Build the site: quietly, strictly, and only what has changed since the last build.

    content/ --inventory--> fingerprints --library--> records --views--> leaves --plan--> pages to print
    pages --press--> a folder beside the site --placing--> the site

The result is byte for byte that of building everything. Whenever the cache and the site are not known to be of the same
build, everything is built.
"""

import gc
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import parse_base_path
from generator.errors import BuildError, TaleshelfError
from generator.site.fingerprints import read_known
from generator.site.hearing import hearing, load_settings, say
from generator.site.keep import read_state
from generator.site.order import Before, Order, complain
from generator.site.placing import swap
from generator.site.survey import Survey, survey_folder

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build left behind."""

    site_dir: Path
    pages: int
    size: int  # bytes of all files
    base_path: str  # the path of the site's URL: "/" or "/repo/"
    printed: int  # pages that were printed this time
    whole: bool  # whether all of them were


def build_site(
    config_file: Path,
    site_dir: Path | None = None,
    *,
    cache: Path | None = None,
    full: bool = False,
    environment: Mapping[str, str] | None = None,
    workers: int | None = None,
) -> BuildReport:
    """Build the site of a configuration file into `site_dir`, by default the one it names.

    With the folder of a `cache` only what changed since the last build is done, unless `full` is asked for. With the
    variables of the `environment` git is asked what has changed; without, all files are read. There are as many
    `workers` as cores unless told. The old site stays as it is until everything new is printed. A broken link is an
    error. Raises BuildError, or ArchiveError or ConfigError for a page that cannot be read.
    """
    with ExitStack() as stack, hearing() as problems:
        stack.callback(gc.unfreeze)
        aside = stack.enter_context(ThreadPoolExecutor(1, "git"))
        content = config_file.absolute().parent / "content"
        known = aside.submit(read_known, content, environment) if environment is not None and content.is_dir() else None
        last = read_state(cache) if cache and not full else None
        config = load_settings(config_file, problems)
        target = (site_dir or Path(config.site_dir)).absolute()
        staging, kept = (target.with_name(f".{target.name}.{name}") for name in ("new", "kept"))
        for folder in (staging, kept):
            shutil.rmtree(folder, ignore_errors=True)
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        config.site_dir = str(staging)
        before = Before(last, known if Path(config.docs_dir) == content else None)
        order = Order(config_file, target, staging, cache or kept, workers)
        try:
            survey, printed, whole = _build(order, before, config, problems, stack)
        except TaleshelfError:
            raise
        except OSError as error:
            hint = "Free some space or check the folder"
            raise BuildError(f"the site could not be written: {error}", hint) from error
        except Exception as error:
            raise complain([*problems, say(error)]) from error
    return BuildReport(target, survey.pages, survey.size, parse_base_path(config.site_url or ""), printed, whole)


def _build(
    order: Order, before: Before, config: "MkDocsConfig", problems: list[str], stack: ExitStack
) -> tuple[Survey, int, bool]:
    from generator.site.edition import make_edition, write_whole_index  # while git is at work
    from generator.site.settings import find_stranger

    if not find_stranger(config):
        return make_edition(order, before, config, problems, stack)
    # With plugins that are not ours nobody else knows what a page depends on: MkDocs builds it all.
    from mkdocs.commands.build import build

    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    if problems:
        raise complain(problems)
    write_whole_index(order, before, config)
    swap(order.staging, order.site)
    survey = survey_folder(order.site)
    return survey, survey.pages, True
