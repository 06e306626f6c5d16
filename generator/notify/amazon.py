"""News by Amazon: a topic of SNS, and mail by SES. What AWS says in words is never repeated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from generator.errors import Ambiguous, CredentialsMissing, ProviderError, Refused, Retired, Unavailable
from generator.feeds.text import clip_bytes
from generator.notify.access import ADDRESS, unite
from generator.notify.bulletin import Bulletin
from generator.notify.channel import Fate, Outcome
from generator.notify.mail import Desk, Roster, Told, make_message, tell_each
from generator.notify.settings import RESEND, SES, SNS

DEADLINE = 30.0  # seconds for one read from the socket
SUBJECT = 100  # ASCII characters, by the rule of SNS
MOST = 250_000  # bytes of a message; SNS takes 262,144 with all that is around it
LEAVING_SES = "{{amazonSESUnsubscribeUrl}}"  # which SES replaces in mail to a contact list
PAGE = 1_000  # contacts in one answer
_PERSON = (CredentialsMissing, Retired)


def judge(error: Exception, service: str) -> Outcome:
    """Return what an exception of the SDK means for news."""
    from generator.errors import BadReply, NotSent
    from generator.vendors.aws import translate

    found: ProviderError = translate(error, service, "news")
    why = found.message.removeprefix(f"Amazon {service.capitalize()}: news: ")
    if isinstance(found, Ambiguous | BadReply):
        return Outcome(Fate.DOUBT, why)
    act = isinstance(found, (*_PERSON, Refused)) or (isinstance(found, Unavailable) and not isinstance(found, NotSent))
    return Outcome(Fate.LATER, why, act=act)


def open_service(service: str, region: str) -> Any:
    """Return a client that tries each call once: nobody may be told twice. Raises what the SDK raises."""
    from generator.vendors.aws import open_client, open_session

    return open_client(open_session(), service, region, DEADLINE)


@dataclass(frozen=True, slots=True)
class Sns:
    """A topic, and what it is told: plain text."""

    topic: str
    name: str = SNS
    harmless: bool = False

    def tell(self, bulletin: Bulletin, left: tuple[str, ...]) -> Outcome:  # noqa: ARG002
        """Publish one message to the topic."""
        subject, text = make_topic_subject(bulletin.letter.subject), clip_bytes(bulletin.short, MOST)
        try:
            client = open_service("sns", self.topic.split(":")[3])
            client.publish(TopicArn=self.topic, Subject=subject, Message=text)
        except Exception as error:  # noqa: BLE001 - the SDK lets through what JSON, TLS and sockets raise
            return judge(error, "sns")
        return Outcome(Fate.TOLD)


def make_topic_subject(subject: str) -> str:
    """Return a subject as SNS takes it: at most a hundred ASCII characters, the first a letter or a digit."""
    import unicodedata

    plain = subject.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    line = " ".join("".join(c if c.isprintable() else " " for c in ascii_).split())
    while line and not line[0].isalnum():
        line = line[1:]
    return (line if len(line) <= SUBJECT else line[: SUBJECT - 3].rstrip() + "...") or "News"


@dataclass(frozen=True, slots=True)
class Ses:
    """Mail by SES: to the readers of the environment, or to a contact list, which SES lets people leave by itself."""

    desk: Desk
    client: Callable[[], Any] = field(repr=False)
    name: str = SES
    harmless: bool = False

    def tell(self, bulletin: Bulletin, left: tuple[str, ...]) -> Outcome:
        """Send everybody their message."""
        notify = self.desk.notify
        try:
            client = self.client()
            people = (
                list_contacts(client, notify.contact_list, notify.contact_topic)
                if self._is_listed(bulletin)
                else bulletin.to
            )
        except Exception as error:  # noqa: BLE001 - the SDK lets through what JSON, TLS and sockets raise
            outcome = judge(error, "ses")
            return Outcome(Fate.LATER, outcome.why, left, act=outcome.act)  # nothing was sent yet
        acts: list[bool] = []

        def send(address: str) -> Told:
            done = self._send(client, bulletin, address)
            acts.append(done.act)
            return Told(done.fate, done.why)

        outcome = tell_each(Roster(people), left or None, send, resend=notify.in_doubt == RESEND)
        return Outcome(outcome.fate, outcome.why, outcome.left, act=any(acts) and outcome.fate is Fate.LATER)

    def _is_listed(self, bulletin: Bulletin) -> bool:
        return bool(self.desk.notify.contact_list and bulletin.listed)

    def _send(self, client: Any, bulletin: Bulletin, address: str) -> Outcome:
        notify = self.desk.notify
        more: dict[str, object] = {}
        if self._is_listed(bulletin):
            topic = {"TopicName": notify.contact_topic} if notify.contact_topic else {}
            more["ListManagementOptions"] = {"ContactListName": notify.contact_list} | topic
        leaving = LEAVING_SES if more else ""
        message = make_message(bulletin, self.desk, address, leaving)
        try:
            client.send_email(
                FromEmailAddress=self.desk.address,
                Destination={"ToAddresses": [address]},
                Content={"Raw": {"Data": bytes(message)}},
                **more,
            )
        except Exception as error:  # noqa: BLE001 - the SDK lets through what JSON, TLS and sockets raise
            return judge(error, "ses")
        return Outcome(Fate.TOLD)


def list_contacts(client: Any, name: str, topic: str) -> tuple[str, ...]:
    """Return who is on a contact list and wants the mail. Raises what the SDK raises."""
    wanted: dict[str, object] = {"FilteredStatus": "OPT_IN"}
    if topic:
        wanted["TopicFilter"] = {"TopicName": topic, "UseDefaultIfPreferenceUnavailable": True}
    asked: dict[str, object] = {"ContactListName": name, "Filter": wanted, "PageSize": PAGE}
    people: list[str] = []
    while True:
        answer = client.list_contacts(**asked)
        people += [row["EmailAddress"] for row in answer.get("Contacts", []) if not row.get("UnsubscribeAll")]
        if not answer.get("NextToken"):
            return unite([address for address in people if ADDRESS.fullmatch(address)])
        asked["NextToken"] = answer["NextToken"]
