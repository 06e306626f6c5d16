"""Every channel over a real server of its own, and that none keeps another from telling."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.fakes.aws import connect, make_variables
from tests.fakes.gate import open_gate
from tests.notify.conftest import CANARIES, NEWEST, READERS, Teller
from tests.notify.listener import Listener, open_listener
from tests.notify.post_office import PostOffice


def test_a_hub_hears_of_every_feed_that_changed(teller: Teller, listener: Listener) -> None:
    teller.set("websub", hub=listener.url + "hub")
    assert teller.run() == 0
    asked = [parse_qs(heard.body.decode()) for heard in listener.heard]
    assert [one["hub.mode"] for one in asked] == [["publish"]] * 3
    site = teller.published.url
    assert [one["hub.url"] for one in asked] == [[site + name] for name in ("podcast.xml", "feed.xml", "feed.json")]
    assert {heard.path for heard in listener.heard} == {"/hub"}


def test_a_hub_hears_again_of_what_it_did_not_take_and_of_nothing_else(teller: Teller, listener: Listener) -> None:
    teller.set("websub", hub=listener.url)
    listener.statuses = [204, 503]
    assert teller.run() == 4
    assert len(listener.heard) == 3
    assert teller.run() == 0
    assert parse_qs(listener.heard[-1].body.decode())["hub.url"] == [teller.published.url + "feed.xml"]
    assert len(listener.heard) == 4


def test_the_podcast_index_hears_of_the_podcast(teller: Teller, listener: Listener) -> None:
    teller.set("podcastindex", more=f'podcast_index = "{listener.url}pubnotify"')
    assert teller.run() == 0
    (heard,) = listener.heard
    assert heard.method == "GET"
    assert parse_qs(urlsplit(heard.path).query) == {"url": [teller.published.url + "podcast.xml"]}


def test_a_webhook_gets_signed_values(teller: Teller, listener: Listener) -> None:
    teller.set("webhook")
    hook = {"TALESHELF_WEBHOOK_URL": listener.url + "hook?room=tales", "TALESHELF_WEBHOOK_SECRET": CANARIES[1]}
    assert teller.run(**hook) == 0
    (heard,) = listener.heard
    values = json.loads(heard.body)
    assert (heard.method, heard.path) == ("POST", "/hook?room=tales")
    assert values["event"] == "story.published"
    assert values["slot"] == str(NEWEST) == heard.headers["Idempotency-Key"]
    assert values["title"] == "The Lantern That Stayed"
    assert values["recording"].startswith(teller.published.url)
    signature = hmac.new(CANARIES[1].encode(), heard.body, hashlib.sha256).hexdigest()
    assert heard.headers["X-Taleshelf-Signature"] == f"sha256={signature}"


def test_a_webhook_that_leads_elsewhere_is_not_followed(teller: Teller, listener: Listener) -> None:
    teller.set("webhook")
    with open_listener() as elsewhere:
        listener.statuses, listener.location = [302], elsewhere.url
        assert teller.run(TALESHELF_WEBHOOK_URL=listener.url) == 5
        assert "redirect" in teller.said
        assert elsewhere.heard == []


def test_a_webhook_that_never_says_whether_it_heard_is_not_told_again(teller: Teller, listener: Listener) -> None:
    teller.set("webhook")
    listener.drops = 1
    assert teller.run(TALESHELF_WEBHOOK_URL=listener.url) == 0
    assert "may have been told" in teller.said
    assert teller.run(TALESHELF_WEBHOOK_URL=listener.url) == 0
    assert len(listener.heard) == 1


def test_a_webhook_in_the_clear_is_only_for_this_machine(teller: Teller) -> None:
    teller.set("webhook")
    assert teller.run(TALESHELF_WEBHOOK_URL="http://hooks.example.org/secret-path") == 2
    assert "TALESHELF_WEBHOOK_URL: not an https address" in teller.said
    assert "secret-path" not in teller.said


def test_a_topic_gets_plain_words(teller: Teller, moto: str) -> None:
    topic = connect(moto, "sns").create_topic(Name="tales")["TopicArn"]
    queue = connect(moto, "sqs").create_queue(QueueName="told")["QueueUrl"]
    connect(moto, "sns").subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:eu-central-1:123456789012:told"
    )
    teller.set("sns", more=f'topic = "{topic}"')
    assert teller.run(**make_variables(moto)) == 0, teller.said
    assert teller.run(**make_variables(moto)) == 0
    told = connect(moto, "sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    (values,) = [json.loads(message["Body"]) for message in told]
    assert values["Subject"] == "A new story: The Lantern That Stayed"
    assert teller.published.url in values["Message"]
    assert "<" not in values["Message"]
    assert "unsubscribe" not in values["Message"]


def test_ses_sends_everybody_their_own(teller: Teller, moto: str) -> None:
    connect(moto, "sesv2").create_email_identity(EmailIdentity="tales@example.org")
    teller.set("ses", more='region = "eu-central-1"')
    with open_gate(moto) as gate:
        assert teller.run(**make_variables(gate.address)) == 0, teller.said
        assert teller.run(**make_variables(gate.address)) == 0
        assert [passed.path for passed in gate.passed] == ["/v2/email/outbound-emails"] * len(READERS)


def test_ses_writes_to_a_contact_list_and_adds_the_way_out_itself(teller: Teller, moto: str) -> None:
    ses = connect(moto, "sesv2")
    ses.create_email_identity(EmailIdentity="tales@example.org")
    ses.create_contact_list(ContactListName="tales")
    for name in ("dan", "eve"):
        ses.create_contact(ContactListName="tales", EmailAddress=f"{name}@example.org")
    teller.set("ses", more='contact_list = "tales"')
    with open_gate(moto) as gate:
        assert teller.run(**(make_variables(gate.address) | {"TALESHELF_MAIL_TO": ""})) == 0, teller.said
        assert len([passed for passed in gate.passed if passed.path == "/v2/email/outbound-emails"]) == 2


def test_what_ses_is_sent_is_a_whole_message(teller: Teller, listener: Listener) -> None:
    teller.set("ses")
    assert teller.run(**make_variables(listener.url)) == 0, teller.said
    asked = [json.loads(heard.body) for heard in listener.heard]
    assert sorted(one["Destination"]["ToAddresses"][0] for one in asked) == sorted(READERS)
    for one in asked:
        assert one["FromEmailAddress"] == "tales@example.org"
        message = message_from_bytes(base64.b64decode(one["Content"]["Raw"]["Data"]), policy=default)
        assert message["To"] == one["Destination"]["ToAddresses"][0]
        assert message["List-Unsubscribe"] == "<mailto:tales@example.org?subject=unsubscribe>"


def test_amazon_that_says_no_is_for_a_person_and_its_words_are_not_repeated(teller: Teller, moto: str) -> None:
    teller.set("sns", more='topic = "arn:aws:sns:eu-central-1:123456789012:nothing-here"')
    assert teller.run(**make_variables(moto)) == 5
    assert "sns did not tell" in teller.said
    assert teller.states(NEWEST) == {"sns": "later"}


def test_no_channel_keeps_another_from_telling(teller: Teller, office: PostOffice, listener: Listener) -> None:
    teller.set(
        "sns", "webhook", "smtp", "websub", hub=listener.url, more='topic = "arn:aws:sns:eu-central-1:123456789012:x"'
    )
    away = {"AWS_ENDPOINT_URL_SNS": "http://127.0.0.1:9", "AWS_EC2_METADATA_DISABLED": "true"}
    keys = {name: value for name, value in make_variables("http://127.0.0.1:9").items() if name not in away}
    assert teller.run(**keys, **away) == 4
    assert "webhook cannot be used: TALESHELF_WEBHOOK_URL is not set" in teller.said
    assert office.readers == sorted(READERS)
    assert len(listener.heard) == 3
    assert teller.states(NEWEST) == {"sns": "later", "smtp": "told", "websub": "told"}


def test_a_channel_that_is_set_later_tells_of_new_stories_only(teller: Teller, listener: Listener) -> None:
    teller.set("smtp")
    assert teller.run() == 0
    teller.set("smtp", "websub", hub=listener.url)
    assert teller.run() == 0
    assert listener.heard == []
    assert teller.run(str(NEWEST - timedelta(days=1))) == 0
    assert len(listener.heard) == 3


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"TALESHELF_MAIL_TO": "ann@example.org bob"}, "number 2 is not an address of mail"),
        ({"TALESHELF_MAIL_TO": "ann@example.org,\nBcc:x@example.org"}, "number 2 is not an address"),
        ({"TALESHELF_SMTP_URL": "http://user:pass@host"}, "write it as smtps://"),
        ({"TALESHELF_SMTP_URL": "smtp://user@host"}, "belong together"),
        ({"TALESHELF_MAIL_FILE": "/nowhere/list"}, "No such file"),
    ],
)
def test_a_variable_that_is_written_wrong_is_named_and_nobody_is_told(
    teller: Teller, office: PostOffice, variables: dict[str, str], said: str
) -> None:
    teller.set("smtp")
    assert teller.run(**variables) == 2
    assert said in teller.said
    assert office.mails == []


def test_addresses_in_the_archive_are_refused_and_those_in_a_file_elsewhere_are_read(
    teller: Teller, office: PostOffice
) -> None:
    teller.set("smtp")
    for place in (teller.root / "list.txt", teller.root.parent / "list.txt"):
        place.write_text("# the family\nann@example.org\nANN@example.org  # once more\n")
    none = {"TALESHELF_MAIL_TO": ""}
    assert teller.run(TALESHELF_MAIL_FILE=str(teller.root / "list.txt"), **none) == 2
    assert teller.run(TALESHELF_MAIL_FILE=str(teller.root.parent / "list.txt"), **none) == 0
    assert office.readers == ["ann@example.org"]


def test_without_the_variables_of_any_channel_nothing_is_claimed_or_sent(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    assert teller.run(TALESHELF_SMTP_URL="", TALESHELF_MAIL_TO="") == 5
    assert "smtp cannot be used: TALESHELF_SMTP_URL is not set and TALESHELF_MAIL_TO is not set" in teller.said
    assert teller.notice(NEWEST) is None
    assert teller.run() == 0
    assert office.readers == sorted(READERS)
