"""What is said of the providers, and that nothing is spent or given away by saying it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from generator.doctor import as_json, examine_studio, list_providers, render_examined, render_providers
from generator.errors import CredentialsMissing, Unavailable
from generator.money.prices import load_prices
from generator.purchase import Health
from generator.studio import Role, load
from tests.fakes.clouds import CANARIES, Clouds
from tests.fakes.desk import PlainDesk
from tests.fakes.faults import Rule, Script

HERE = __name__


class Bare:
    """A stranger's provider with nothing but its class."""


class Broken:
    """A stranger's provider that cannot be looked at."""

    variables = ("BROKEN_KEY",)

    def examine(self) -> tuple[Health, ...]:
        raise RuntimeError("the key is sk-very-secret")


class Unmade:
    """A stranger's provider that cannot even be made."""

    def __init__(self) -> None:
        raise ValueError("sk-very-secret")


class Keyless:
    """A provider without its key."""

    variables = ("KEYLESS_KEY",)
    usual: Mapping[str, Mapping[str, float]] = {"neural": {"characters": 2_600}}

    def examine(self) -> tuple[Health, ...]:
        raise CredentialsMissing("KEYLESS_KEY is not set", "Set it.", provider="polly")


class Cloudy:
    """A provider that everything is known of."""

    variables = ("CLOUDY_KEY", "CLOUDY_REGION")
    usual: Mapping[str, Mapping[str, float]] = {"gpt-6-luna": {"input_tokens": 4_000, "output_tokens": 2_000}}

    def examine(self) -> tuple[Health, ...]:
        return Health("gpt-6-sol", True), Health("gpt-0", False, "was shut down"), Health("gpt-6-luna", True, "is new")


def enter(name: str, target: str) -> EntryPoint:
    return EntryPoint(name, target if ":" in target else f"{HERE}:{target}", "taleshelf.writers")


def make_provider(role: Role, entry: EntryPoint) -> object:
    factory = load(entry)
    return factory(PlainDesk(environment=os.environ)) if getattr(factory, "buys", False) else factory()


def examine(*entries: EntryPoint, environment: Mapping[str, str] | None = None) -> str:
    role = Role("writers", entries)
    found = examine_studio([role], make_provider, environment or {}, load_prices())
    json.dumps(as_json(found))
    return render_examined(found)


def test_variables_are_named_and_their_values_are_not() -> None:
    text = examine(enter("openai", "Cloudy"), environment={"CLOUDY_KEY": "sk-very-secret", "CLOUDY_REGION": ""})
    assert "set: CLOUDY_KEY\n" in text
    assert "not set: CLOUDY_REGION\n" in text
    assert "sk-very-secret" not in text


def test_each_model_that_is_set_is_said_to_live_or_not_and_has_its_price() -> None:
    text = examine(enter("openai", "Cloudy"))
    assert "openai       not ready" in text
    assert "model gpt-6-luna lives: is new" in text
    assert "model gpt-0 does not answer: was shut down" in text
    assert "a usual story with gpt-6-luna: $0.0014\n" in text
    assert "a usual story with gpt-6-sol: $0.028\n" in text  # as many tokens as the model we have counted
    assert "a usual story with gpt-0: nobody knows what 'gpt-0' costs. Add its price under [prices.openai]" in text


def test_strangers_without_the_extras_are_reported_and_break_nothing() -> None:
    text = examine(
        enter("bare", "Bare"), enter("broken", "Broken"), enter("unmade", "Unmade"), enter("polly", "Keyless")
    )
    assert "bare         ready" in text
    assert "broken       not ready\n    it failed with RuntimeError." in text
    assert "unmade       not ready\n    it failed with ValueError." in text
    assert "KEYLESS_KEY is not set. Set it." in text
    assert "a usual story with neural: $0.0416" in text
    assert "sk-very-secret" not in text


def test_a_package_that_is_not_installed_comes_with_what_to_install() -> None:
    text = examine(enter("polly", "no_such_sdk_anywhere:Polly"), enter("stranger", "no_such_sdk_anywhere:X"))
    assert "make cloud" in text
    assert text.count("not installed") == 2


def test_a_studio_without_anybody_is_an_empty_report() -> None:
    assert render_examined(()) == ""
    assert as_json(()) == []


@pytest.fixture
def clouds(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clouds]:
    with Clouds() as clouds:
        for name, value in clouds.environment().items():
            monkeypatch.setenv(name, value)
        yield clouds


OURS = (
    ("writers", "openai", "generator.writers.openai:OpenAIWriter"),
    ("writers", "bedrock", "generator.writers.bedrock:BedrockWriter"),
    ("illustrators", "openai", "generator.illustrators.openai:OpenAIIllustrator"),
    ("illustrators", "bedrock", "generator.illustrators.bedrock:BedrockIllustrator"),
    ("illustrators", "replicate", "generator.illustrators.replicate:ReplicateIllustrator"),
    ("narrators", "openai", "generator.narrators.openai:OpenAINarrator"),
    ("narrators", "polly", "generator.narrators.polly:PollyNarrator"),
    ("moderators", "openai", "generator.moderators.openai:OpenAIModerator"),
    ("writers", "embedded", "generator.writers.embedded:EmbeddedWriter"),
)


def test_all_our_providers_are_looked_at_without_spending_and_without_a_word_of_the_keys(clouds: Clouds) -> None:
    roles = [Role(role, (EntryPoint(name, target, f"taleshelf.{role}"),)) for role, name, target in OURS]
    found = examine_studio(roles, make_provider, os.environ, load_prices())
    text = render_examined(found) + json.dumps(as_json(found))
    assert all(one.ready for one in found), text
    assert all(
        one.costs and one.costs[0].amount for one in found if one.name != "embedded" and one.role != "moderators"
    )
    assert clouds.paid() == 0
    clouds.script = Script(Rule("*", "401"))
    text += render_examined(found := examine_studio(roles, make_provider, os.environ, load_prices()))
    assert [one.name for one in found if one.ready] == ["embedded"]
    assert clouds.paid() == 0
    assert not [value for value in CANARIES.values() if value in text]


def test_a_package_of_somebody_else_appears_in_the_list_and_in_the_report(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "shelf_extra.py").write_text(
        "class Teller:\n    name = 'teller'\n    variables = ('TELLER_KEY',)\n    def write(self, brief): ...\n"
    )
    (source / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
        '[project]\nname = "shelf-extra"\nversion = "3.2"\n[tool.setuptools]\npy-modules = ["shelf_extra"]\n'
        '[project.entry-points."taleshelf.writers"]\nteller = "shelf_extra:Teller"\n'
    )
    target = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*install, "--target", str(target), str(source)], check=True, capture_output=True)
    code = """
from generator.doctor import examine_studio, list_providers, render_examined, render_providers
from generator.money.prices import load_prices
from generator.studio import load, open_studio
print(render_providers(list_providers()))
studio = open_studio(writers=["teller"])
print(render_examined(examine_studio([studio.writers], lambda role, entry: load(entry)(), {}, load_prices())))
"""
    environment = {**os.environ, "PYTHONPATH": f"{target}{os.pathsep}{Path(__file__).parents[1]}"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert "writers       teller       shelf-extra 3.2\n" in done.stdout
    assert "teller       ready\n    not set: TELLER_KEY" in done.stdout


def test_the_list_has_the_embedded_provider_of_every_role_first() -> None:
    listed = list_providers()
    for role in ("writers", "illustrators", "narrators"):
        assert next(one for one in listed if one.role == role).name == "embedded"
    assert "taleshelf" in render_providers(listed)


def test_a_provider_that_says_it_cannot_work_is_not_ready() -> None:
    class Refusing:
        def __call__(self, role: Role, entry: EntryPoint) -> object:
            raise Unavailable("no SDK here", "Install it.", provider="x")

    found = examine_studio([Role("narrators", (enter("x", "Bare"),))], Refusing(), {}, load_prices())
    assert [(one.installed, one.ready, one.remark, one.hint) for one in found] == [
        (False, False, "no SDK here", "Install it.")
    ]
