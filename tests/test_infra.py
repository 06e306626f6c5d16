"""The CloudFormation template: CloudFormation would take it, and nobody may do more with it than is said."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from cfnlint import ManualArgs
from cfnlint.api import lint

from generator.illustrators.bedrock import MODEL as ILLUSTRATOR
from generator.infra import read_aws_template
from generator.writers.bedrock import MODEL as WRITER
from tests.running import command

TEXT = read_aws_template()
GITHUB = "token.actions.githubusercontent.com"


class Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms as lists: [tag, value]."""


def _read_tag(loader: Loader, tag: str, node: yaml.Node) -> list[object]:
    if isinstance(node, yaml.SequenceNode):
        return [tag, loader.construct_sequence(node, deep=True)]
    assert isinstance(node, yaml.ScalarNode)
    return [tag, loader.construct_scalar(node)]


Loader.add_multi_constructor("!", _read_tag)
TEMPLATE: dict[str, Any] = yaml.load(TEXT, Loader)
RESOURCES = {name: part.get("Properties", {}) for name, part in TEMPLATE["Resources"].items()}


def statements(role: str) -> list[dict[str, Any]]:
    return [statement for policy in RESOURCES[role]["Policies"] for statement in policy["PolicyDocument"]["Statement"]]


def all_statements() -> list[dict[str, Any]]:
    """Return every statement of every policy in the template."""
    found: list[dict[str, Any]] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            found.extend(part.get("Statement", []))
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(TEMPLATE["Resources"])
    return found


def texts(value: object) -> list[str]:
    """Return every text inside a value."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in inner for text in texts(part)]


def actions(statement: dict[str, Any]) -> set[str]:
    return set(texts(statement["Action"]))


def test_the_command_prints_the_template_wherever_one_is(tmp_path: Path) -> None:
    ran = subprocess.run(command("infra", "aws"), capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ran.stdout == TEXT


def test_cfn_lint_finds_nothing_and_would_find_something() -> None:
    strict = ManualArgs(include_checks=["I"])
    assert lint(TEXT, config=strict) == []
    assert lint(TEXT.replace("AbortIncompleteMultipartUpload", "AbortUploads"), config=strict)


def test_every_parameter_says_what_it_is_and_takes_its_own_default() -> None:
    for name, parameter in TEMPLATE["Parameters"].items():
        assert parameter["Description"].endswith("."), name
        if "Default" in parameter and "AllowedPattern" in parameter:
            assert re.fullmatch(parameter["AllowedPattern"], parameter["Default"]), name
    repository = TEMPLATE["Parameters"]["Repository"]["AllowedPattern"]
    assert all(re.fullmatch(repository, text) for text in ("octo-org/tales", "octo@12/tales@345"))
    assert not any(re.fullmatch(repository, text) for text in ("octo-org/*", "*/tales", "octo-org", "a/b:ref:x"))


def test_no_policy_has_a_star_for_an_action_or_a_resource_but_where_aws_demands_it() -> None:
    assert len(all_statements()) == 15
    for statement in all_statements():
        assert not any("*" in action for action in actions(statement)), statement
        if statement["Effect"] == "Allow" and "*" in texts(statement.get("Resource", [])):
            assert actions(statement) == {"polly:SynthesizeSpeech", "polly:DescribeVoices"}
    stars = [line for line in TEXT.splitlines() if re.search(r'Resource: .*"\*"', line)]
    assert len(stars) == 1
    assert "AWS demands" in stars[0]


def test_the_making_role_speaks_to_models_and_the_publishing_role_to_its_bucket_and_distribution() -> None:
    made = set().union(*map(actions, statements("MakeRole")))
    assert {action.partition(":")[0] for action in made} == {"bedrock", "polly"}
    assert {tuple(sorted(actions(s))): texts(s["Resource"])[-1] for s in statements("PublishRole")} == {
        ("s3:ListBucket",): "Site.Arn",
        ("s3:DeleteObject", "s3:GetObject", "s3:PutObject"): "${Site.Arn}/*",
        ("cloudfront:CreateInvalidation",): (
            "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
        ),
    }


def test_only_with_a_prefix_for_it_the_making_role_keeps_media_there_and_nowhere_else() -> None:
    assert TEMPLATE["Resources"]["MakeMedia"]["Condition"] == "HasMedia"
    policy = RESOURCES["MakeMedia"]
    assert texts(policy["Roles"])[-1] == "MakeRole"
    see, keep = policy["PolicyDocument"]["Statement"]
    assert texts(see["Condition"])[-1] == "${MediaPrefix}/*"
    assert texts(keep["Resource"])[-1] == "${Site.Arn}/${MediaPrefix}/*"
    assert actions(keep) == {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}
    assert TEMPLATE["Parameters"]["MediaPrefix"]["Default"] == ""
    rules = RESOURCES["Site"]["LifecycleConfiguration"]["Rules"]
    assert sum("HasMedia" in texts(rule) for rule in rules) == 1


def test_only_with_an_identity_for_it_the_publishing_role_sends_mails_and_only_with_a_list_it_reads_that_one() -> None:
    for name, condition, allowed in (
        ("MailPolicy", "HasMail", {"ses:SendEmail", "ses:SendRawEmail"}),
        ("ContactsPolicy", "HasContacts", {"ses:ListContacts"}),
    ):
        assert TEMPLATE["Resources"][name]["Condition"] == condition
        assert texts(RESOURCES[name]["Roles"])[-1] == "PublishRole"
        (statement,) = RESOURCES[name]["PolicyDocument"]["Statement"]
        assert actions(statement) == allowed
        named = [text.rpartition(":")[2] for text in texts(statement["Resource"]) if text.startswith("arn:")]
        assert (
            named == ["identity/${MailIdentity}", "contact-list/${ContactList}"][-2 if name == "MailPolicy" else -1 :]
        )
    identity = TEMPLATE["Parameters"]["MailIdentity"]["AllowedPattern"]
    assert all(re.fullmatch(identity, text) for text in ("", "tales.example.org", "you+tales@example.org"))
    assert not any(re.fullmatch(identity, text) for text in ("*", "example", "a b@example.org", "*.example.org"))


@pytest.mark.parametrize(("role", "environment"), [("MakeRole", "Make"), ("PublishRole", "Publish")])
def test_a_role_trusts_one_branch_of_one_repository(role: str, environment: str) -> None:
    (trust,) = RESOURCES[role]["AssumeRolePolicyDocument"]["Statement"]
    assert actions(trust) == {"sts:AssumeRoleWithWebIdentity"}
    assert trust["Condition"] == {
        "StringEquals": {
            f"{GITHUB}:aud": "sts.amazonaws.com",
            f"{GITHUB}:sub": [
                "If",
                [
                    f"Has{environment}Environment",
                    ["Sub", f"repo:${{Repository}}:environment:${{{environment}Environment}}"],
                    ["Sub", "repo:${Repository}:ref:refs/heads/${Branch}"],
                ],
            ],
        }
    }
    assert "*" not in json.dumps(trust)


def test_nobody_reads_the_bucket_but_the_distribution() -> None:
    assert set(RESOURCES["Site"]["PublicAccessBlockConfiguration"].values()) == {True}
    allowed = [s for s in RESOURCES["SitePolicy"]["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert [(actions(s), s["Principal"], list(s["Condition"]["StringEquals"])) for s in allowed] == [
        ({"s3:GetObject"}, {"Service": "cloudfront.amazonaws.com"}, ["AWS:SourceArn"])
    ]


def test_the_models_are_those_the_adapters_ask_for() -> None:
    default = {name: parameter.get("Default") for name, parameter in TEMPLATE["Parameters"].items()}
    assert default["WriterProfile"] == WRITER
    assert WRITER.endswith(default["WriterModel"])
    assert default["IllustratorModel"] == ILLUSTRATOR


REQUESTS = {
    ("/", ""): "/index.html",
    ("/stories/2026/11/21-x/", ""): "/stories/2026/11/21-x/index.html",
    ("/stories/2026/11/21-x/narration.mp3", "t=3"): "/stories/2026/11/21-x/narration.mp3",
    ("/today/", "t=34.5"): "/today/index.html",
    ("/today", ""): "-> /today/",
    ("/stories/2026/11/21-x", "t=34.5&a=1&a=2&flag"): "-> /stories/2026/11/21-x/?t=34.5&a=1&a=2&flag",
    ("//evil.example/x", ""): "-> /evil.example/x/",
    ("/\\evil", ""): "-> /evil/",
    ("//index.html", ""): "/index.html",
}
RUN = """
const asked = JSON.parse(process.argv[1]);
const said = asked.map(([uri, querystring]) => {
  const answer = handler({request: {method: 'GET', uri, querystring, headers: {}, cookies: {}}});
  return answer.statusCode ? '-> ' + answer.headers.location.value : answer.uri;
});
console.log(JSON.stringify(said));
"""


def make_query(text: str) -> dict[str, Any]:
    """Return a query as CloudFront hands it to a function."""
    query: dict[str, Any] = {}
    for name, _, value in (part.partition("=") for part in text.split("&") if part):
        if name in query:
            query[name].setdefault("multiValue", [{"value": query[name]["value"]}]).append({"value": value})
        else:
            query[name] = {"value": value}
    return query


def test_the_function_leads_directories_to_their_pages_and_nobody_elsewhere() -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("no node here")
    asked = json.dumps([[path, make_query(query)] for path, query in REQUESTS])
    code = RESOURCES["Directories"]["FunctionCode"] + RUN
    ran = subprocess.run([node, "-e", code, asked], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == list(REQUESTS.values())
