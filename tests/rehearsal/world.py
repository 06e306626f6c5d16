"""The world around the workflows: clouds, S3, CloudFront, SNS, SES, GitHub's API, a mail server and nginx, each of which fails now and then."""

import base64
import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.fakes.aws import KEYS, connect, make_bucket, make_distribution, make_variables, open_moto
from tests.fakes.clouds import CANARIES, Clouds, Rule, Script
from tests.fakes.gate import Done, Gate, open_gate
from tests.fakes.github import TOKEN, Fault, GitHub, open_github
from tests.notify.post_office import PostOffice, open_office
from tests.rehearsal.front import serving
from tests.rehearsal.shelf import Shelf
from tests.rehearsal.watcher import Watcher

BUCKET = "tales-of-a-year"
HOOK_SECRET = "canary-hook-3e81b7"
READERS = ("ann@readers.example", "bob@readers.example")
OWNER = "owner@readers.example"
SENDER = "stories@tales.example"
MAIL_BY_SES = "/v2/email/outbound-emails"
CLOUD_FAULTS = ("500", "503", "429", "reset", "empty", "garbage", "truncated")
ANSWERS = (500, 503, 502)
HOST_FAULTS = ("500", "503", "reset", "lost", "garbage")


@dataclass
class Faults:
    """What goes wrong, how often, and how often it did."""

    rng: random.Random
    rate: float
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    quiet: bool = False

    def strikes(self, what: str, part: float = 1.0) -> bool:
        """Tell whether a fault is due, and count it."""
        with self.lock:
            due = not self.quiet and self.rng.random() < self.rate * part
            self.counts[what] += due
            return due

    def spoil(self, gate: Gate, name: str, *, status: float = 0.5) -> None:
        """Have a gate answer some requests itself, hang up on some, and lose the answers of some."""
        gate.answer = lambda _number: self.rng.choice(ANSWERS) if self.strikes(f"{name} 5xx", status) else 0
        gate.ask = lambda _number: not self.strikes(f"{name} hung up", (1 - status) / 2)
        gate.lose = lambda _number: self.strikes(f"{name} answer lost", (1 - status) / 2)


@dataclass
class World:
    """The servers, and what they have seen."""

    folder: Path
    faults: Faults
    clouds: Clouds
    host: GitHub
    aws: Gate
    site: Gate
    office: PostOffice
    shelf: Shelf
    distribution: str
    topic: str
    watcher: Watcher
    news: list[str] = field(default_factory=list)  # what the topic was told
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)  # what SES has sent, and to whom
    hear: Callable[[Done], None] = lambda _done: None

    @property
    def site_url(self) -> str:
        """The address of the site."""
        return f"{self.site.address}/"

    @property
    def mails(self) -> list[tuple[str, EmailMessage]]:
        """Everything that came by mail, and to whom."""
        return [*self.office.mails, *self.letters]

    def secrets(self) -> dict[str, str]:
        """Return what GitHub would keep as secrets."""
        return {
            "GITHUB_TOKEN": TOKEN,
            "OPENAI_API_KEY": CANARIES["OPENAI_API_KEY"],
            "TALESHELF_SMTP_URL": f"smtp://127.0.0.1:{self.office.port}",
            "TALESHELF_MAIL_TO": ", ".join(READERS),
            "TALESHELF_MAIL_OWNER": OWNER,
            "TALESHELF_WEBHOOK_SECRET": HOOK_SECRET,
        }

    def count_faults(self) -> Counter[str]:
        """Return how often each kind of fault befell somebody."""
        clouds = Counter(f"cloud {record.fault}" for record in self.clouds.requests if record.fault)
        host = Counter(f"github {fault.what}" for fault in self.host.faults if not fault.times)
        return self.faults.counts + clouds + host

    def canaries(self) -> tuple[str, ...]:
        """Return what must be found nowhere."""
        return (TOKEN, HOOK_SECRET, *CANARIES.values(), *KEYS.values())

    def variables(self) -> dict[str, str]:
        """Return what leads programs on this machine here; nothing of it is secret."""
        clouds = {name: value for name, value in self.clouds.environment().items() if "URL" in name}
        aws = {name: value for name, value in make_variables(self.aws.address).items() if name not in KEYS}
        return clouds | aws | {"AWS_MAX_ATTEMPTS": "5", "GITHUB_API_URL": self.host.address}


def make_script(rng: random.Random, rate: float) -> Script:
    """Return what befalls the providers: each kind of fault a part of the rate, spread over very many requests."""
    part = rate / len(CLOUD_FAULTS)

    def rule(fault: str) -> Rule:
        on = tuple(number for number in range(1, 20_000) if rng.random() < part)
        return Rule("*", fault, 0.05 if fault in ("429", "503") else None, on=on)

    return Script(*map(rule, CLOUD_FAULTS)) if rate else Script()


def list_host_faults(rng: random.Random, rate: float) -> list[Fault]:
    """Return what befalls the API of GitHub: so many of its first thousand requests."""
    return [
        Fault("*", "", rng.choice(HOST_FAULTS), times=1, skip=number) for number in range(1000) if rng.random() < rate
    ]


@contextmanager
def open_world(folder: Path, seed: int, rate: float) -> Iterator[World]:
    """Open all servers."""
    rng = random.Random(f"world {seed}")
    faults = Faults(rng, rate)
    with ExitStack() as stack:
        clouds = stack.enter_context(Clouds(make_script(rng, rate)))
        host = stack.enter_context(open_github())
        host.faults = list_host_faults(rng, rate)
        moto = stack.enter_context(open_moto())
        make_bucket(moto, BUCKET)
        distribution = make_distribution(moto, BUCKET)
        connect(moto, "sesv2").create_email_identity(EmailIdentity=SENDER)
        topic = connect(moto, "sns").create_topic(Name="tales")["TopicArn"]
        inner = stack.enter_context(serving(folder, moto, BUCKET))
        aws, site = stack.enter_context(open_gate(moto)), stack.enter_context(open_gate(inner))
        office = stack.enter_context(open_office())
        shelf = Shelf(BUCKET, f"{site.address}/")
        watcher = Watcher(inner, f"{site.address}/")
        world = World(folder, faults, clouds, host, aws, site, office, shelf, distribution, topic, watcher)
        _connect(world)
        yield world


def _connect(world: World) -> None:
    faults = world.faults
    faults.spoil(world.aws, "aws")
    faults.spoil(world.site, "site")

    def hear(done: Done) -> None:
        world.shelf.hear(done)
        if b"Action=Publish&" in done.body + b"&" and done.status < 300:
            world.news.append(done.body.decode())
        if done.path == MAIL_BY_SES and done.status < 300:
            world.letters += read_letters(done.body)
        world.hear(done)

    world.aws.done = hear
    world.office.at_rcpt = lambda _address: "451 Try again later" if faults.strikes("smtp 451", 0.5) else ""
    world.office.at_data = lambda _address: "451 Try again later" if faults.strikes("smtp 451", 0.25) else ""
    world.office.drop = lambda _address: faults.strikes("smtp answer lost", 0.25)


def read_letters(asked: bytes) -> Iterator[tuple[str, EmailMessage]]:
    """Yield who gets the message that SES was asked to send, and the message."""
    values = json.loads(asked)
    message = message_from_bytes(base64.b64decode(values["Content"]["Raw"]["Data"]), policy=default)
    yield from ((address, message) for address in values["Destination"]["ToAddresses"])
