"""What calls cost, exactly; and that docs/providers.md says the same."""

import json
import re
import tomllib
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import BudgetExceeded, ConfigError
from generator.money.budget import render_money
from generator.money.prices import UNITS, load_prices
from tests.fakes.desk import PlainDesk

ROOT = Path(__file__).parents[2]
PRICES = load_prices()
PRICED = [(provider, model) for provider, rows in PRICES.rows.items() for model in rows]
COUNTS = st.floats(min_value=0, max_value=1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("provider", "model", "units", "cost"),
    [
        ("openai", "gpt-6-luna", {"input_tokens": 1_000_000, "output_tokens": 1_000_000}, 600_000),
        ("openai", "gpt-6-luna-2026-09-22", {"input_tokens": 2_500, "output_tokens": 1_500}, 1_000),
        ("openai", "gpt-6-luna", {"input_tokens": 1}, 1),  # a tenth of a micro-dollar, rounded up
        ("openai", "gpt-5.4-mini", {"output_tokens": 2}, 9),
        ("openai", "gpt-5.4", {"output_tokens": 2}, 30),
        ("openai", "omni-moderation-latest", {"input_tokens": 700}, 0),
        ("openai", "tts-1", {"characters": 2_600}, 39_000),
        ("openai", "gpt-4o-mini-tts-2025-12-15", {"seconds": 60}, 15_000),
        ("bedrock", "amazon.nova-lite-v1:0", {"input_tokens": 1_000_000}, 60_000),
        ("bedrock", "us.amazon.nova-lite-v1:0", {"input_tokens": 1_000_000}, 60_000),
        ("bedrock", "eu.amazon.nova-lite-v1:0", {"input_tokens": 1_000_000}, 78_000),
        ("bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0", {"output_tokens": 1_000_000}, 5_500_000),
        ("bedrock", "global.anthropic.claude-haiku-4-5-20251001-v1:0", {"output_tokens": 1_000_000}, 5_000_000),
        (
            "bedrock",
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
            {"input_tokens": 1_000_000},
            800_000,
        ),
        ("bedrock", "stability.stable-image-core-v1:1", {"images": 5}, 200_000),
        ("polly", "neural", {"characters": 2_600}, 41_600),
        ("polly", "generative", {"characters": 1}, 30),
        ("replicate", f"black-forest-labs/flux-schnell:{'c8' * 32}", {"images": 1}, 3_000),
        ("openai", "tts-1", {"characters": 1_000, "input_tokens": 500, "seconds": 60}, 15_000),  # not billed by these
        ("openai", "gpt-6-luna", {}, 0),
    ],
)
def test_a_call_costs_what_the_table_says(provider: str, model: str, units: dict[str, float], cost: int) -> None:
    assert PRICES.cost(provider, model, units) == cost


@pytest.mark.parametrize(
    ("provider", "model", "unit"),
    [
        ("openai", "gpt-5.4-giant", "input_tokens"),  # not a snapshot of gpt-5.4
        ("openai", "gpt-6-luna", "images"),
        ("openai", "gpt", "input_tokens"),
        ("nobody", "gpt-6-luna", "input_tokens"),
        ("replicate", "stability-ai/sdxl", "images"),
        ("polly", "neural-2", "characters"),
    ],
)
def test_what_has_no_price_is_not_bought_and_the_hint_says_where_to_put_one(
    provider: str, model: str, unit: str
) -> None:
    with pytest.raises(BudgetExceeded) as raised:
        PRICES.cost(provider, model, {unit: 1})
    assert f"[prices.{provider}]" in raised.value.hint
    assert model in raised.value.hint


def test_an_owners_row_goes_before_ours_and_stands_beside_the_others() -> None:
    ours = tomllib.loads(
        '[openai]\n"gpt-6-luna" = { input_tokens = 0.3 }\n"llama" = { input_tokens = 1 }\n[mine]\nm = { images = "0.5" }'
    )
    prices = load_prices(ours)
    assert prices.cost("openai", "gpt-6-luna-2026-09-22", {"input_tokens": 10}) == 3
    with pytest.raises(BudgetExceeded):
        prices.cost("openai", "gpt-6-luna", {"output_tokens": 1})
    assert prices.cost("openai", "llama", {"input_tokens": 7}) == 7
    assert prices.cost("mine", "m", {"images": 2}) == 1_000_000
    assert prices.cost("openai", "gpt-6-sol", {"input_tokens": 1}) == 2
    assert load_prices().cost("openai", "gpt-6-luna", {"input_tokens": 10}) == 1


@pytest.mark.parametrize(
    "overrides",
    [
        {"openai": 3},
        {"openai": {"gpt-6-luna": 0.1}},
        {"openai": {"gpt-6-luna": {}}},
        {"openai": {"gpt-6-luna": {"tokens": 1}}},
        {"openai": {"gpt-6-luna": {"images": -1}}},
        {"openai": {"gpt-6-luna": {"images": True}}},
        {"openai": {"gpt-6-luna": {"images": "free"}}},
        {"openai": {"gpt-6-luna": {"images": float("nan")}}},
        {"openai": {"gpt-6-luna": {"images": float("inf")}}},
    ],
)
def test_a_wrong_price_is_a_setting_that_is_named(overrides: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="openai"):
        load_prices(overrides)


def test_the_table_is_dated_and_every_vendor_names_its_source() -> None:
    assert date(2026, 11, 1) <= PRICES.as_of
    assert set(PRICES.sources) == set(PRICES.rows) == {"openai", "bedrock", "polly", "replicate"}
    assert all(re.search(r"[\w.-]+\.(com|org)/", source) and "2026-" in source for source in PRICES.sources.values())
    assert all(
        isinstance(price, Decimal) or price == 0
        for _, model in PRICED
        for rows in PRICES.rows.values()
        for price in rows.get(model, {}).values()
    )


@given(st.sampled_from(PRICED), st.dictionaries(st.sampled_from(sorted(UNITS)), st.tuples(COUNTS, COUNTS)))
def test_more_never_costs_less_and_nothing_costs_less_than_nothing(
    priced: tuple[str, str], counts: dict[str, tuple[float, float]]
) -> None:
    known = PRICES.rows[priced[0]][priced[1]]
    less = PRICES.cost(*priced, {unit: min(pair) for unit, pair in counts.items() if unit in known})
    more = PRICES.cost(*priced, {unit: max(pair) for unit, pair in counts.items() if unit in known})
    assert 0 <= less <= more


@given(st.sampled_from(PRICED), COUNTS, COUNTS)
def test_two_calls_cost_at_least_what_one_of_both_would(priced: tuple[str, str], one: float, other: float) -> None:
    unit = next(iter(PRICES.rows[priced[0]][priced[1]]))
    apart = PRICES.cost(*priced, {unit: one}) + PRICES.cost(*priced, {unit: other})
    assert apart >= PRICES.cost(*priced, {unit: one + other}) - 1
    assert apart <= PRICES.cost(*priced, {unit: one + other}) + 2


@pytest.mark.parametrize("count", [float("nan"), float("inf"), -float("inf"), -1.0, -0.0])
def test_what_is_no_count_costs_nothing(count: float) -> None:
    assert PRICES.cost("openai", "gpt-6-luna", {"input_tokens": count, "output_tokens": 2}) == 1


DOCS = (ROOT / "docs" / "providers.md").read_text(encoding="utf-8")
CLASSES = (
    ("writer", "openai", "generator.writers.openai", "OpenAIWriter"),
    ("writer", "bedrock", "generator.writers.bedrock", "BedrockWriter"),
    ("illustrator", "openai", "generator.illustrators.openai", "OpenAIIllustrator"),
    ("illustrator", "bedrock", "generator.illustrators.bedrock", "BedrockIllustrator"),
    ("illustrator", "replicate", "generator.illustrators.replicate", "ReplicateIllustrator"),
    ("narrator", "openai", "generator.narrators.openai", "OpenAINarrator"),
    ("narrator", "polly", "generator.narrators.polly", "PollyNarrator"),
)


def make_provider(module: str, name: str) -> object:
    return getattr(import_module(module), name)(PlainDesk())


def render_table() -> str:
    """Return the table of docs/providers.md: what a usual story costs with every model a provider has counted."""
    lines = ["| | provider | model | one story | 30 nights |", "|---|---|---|--:|--:|"]
    for role, provider, module, name in CLASSES:
        for model, units in make_provider(module, name).usual.items():  # type: ignore[attr-defined]
            cost = PRICES.cost(provider, model, units)
            shown = re.sub(r":[0-9a-f]{64}$", "", model)
            month = f"${30 * cost / 1_000_000:.2f}"
            lines.append(f"| {role} | `{provider}` | `{shown}` | {render_money(cost)} | {month} |")
    return "\n".join(lines)


def test_the_costs_in_the_docs_are_those_of_the_code() -> None:
    assert render_table() in DOCS, f"docs/providers.md needs this table:\n{render_table()}"
    assert f"{PRICES.as_of}" in DOCS


@pytest.mark.parametrize(("role", "provider", "module", "name"), CLASSES)
def test_the_docs_name_every_variable_and_every_setting_of_a_provider(
    role: str, provider: str, module: str, name: str
) -> None:
    for variable in make_provider(module, name).variables:  # type: ignore[attr-defined]
        assert f"`{variable}`" in DOCS
    path = Path(str(import_module(module).__file__))
    text = "".join(one.read_text() for one in (path.parent.glob("*.py") if path.name == "__init__.py" else [path]))
    for setting in re.findall(r"""(?:text_setting\([\w.]+, |settings\.get\()"(\w+)\"""", text):
        assert f"`{setting}`" in DOCS, setting


def test_the_policy_in_the_docs_allows_the_calls_that_are_made_and_no_others() -> None:
    policy = json.loads(re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL)[0])
    allowed = {action for statement in policy["Statement"] for action in statement["Action"]}
    permissions = {
        "converse": "bedrock:InvokeModel",
        "invoke_model": "bedrock:InvokeModel",
        "get_foundation_model": "bedrock:GetFoundationModel",
        "synthesize_speech": "polly:SynthesizeSpeech",
        "describe_voices": "polly:DescribeVoices",
    }
    rooms = ("writers", "illustrators", "narrators", "moderators", "vendors")
    sources = [path for room in rooms for path in (ROOT / "generator" / room).rglob("*.py")]
    texts = [text for path in sources if "vendors.aws" in (text := path.read_text()) or path.name == "aws.py"]
    made = {call for text in texts for call in re.findall(r"\bclient\.([a-z_]+)\(", text)}
    assert {permissions[call] for call in made} == allowed
    resources = json.dumps(policy)
    for _, provider, module, name in CLASSES:
        if provider == "bedrock":
            first = next(iter(make_provider(module, name).usual))  # type: ignore[attr-defined]
            assert first.removeprefix("global.") in resources
