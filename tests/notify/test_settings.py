"""The table [notify]: what is wrong is said in one sentence, and nothing is sent for a mistake."""

from pathlib import Path

import pytest

from generator.config import load_config, parse_config
from generator.errors import ConfigError
from generator.notify.settings import Notify
from tests.running import run
from tests.samples import ROOT


def parse(site_url: str = "https://tales.example.org/", **table: object) -> Notify:
    table = {name.replace("from_", "from"): value for name, value in table.items()}
    return parse_config({"notify": table}, root=Path(), show="Tales", site_url=site_url).notify


def test_an_archive_that_sets_nothing_tells_nobody() -> None:
    assert parse() == Notify()
    assert load_config(ROOT).notify == Notify()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"channels": ["fax"]}, "is not a list of smtp, ses, sns"),
        ({"channels": "smtp"}, "is not a list of"),
        ({"channels": ["smtp"]}, "[notify] from: smtp needs it"),
        ({"channels": ["smtp", "ses"], "from_": "a@b.cc"}, "write to the same readers"),
        ({"channels": ["sns"]}, "[notify] topic: sns needs it"),
        ({"channels": ["websub"]}, "[podcast] hub: websub"),
        ({"channels": ["podcastindex"], "site_url": ""}, "needs a site_url"),
        ({"in_doubt": "maybe"}, "is none of skip, resend"),
        ({"wait": -1}, "is not a number from 0 to 240"),
        ({"from_": "Tales"}, "is not an address such as"),
        ({"from_": "Tales <a@b.cc>\r\nBcc: x@y.zz"}, "is not an address such as"),
        ({"from_": "täles@example.org"}, "is not an address such as"),
        ({"reply_to": "a@b.cc, c@d.ee"}, "is not an address such as"),
        ({"unsubscribe_url": "http://example.org/bye"}, "does not begin with https://"),
        ({"topic": "tales"}, "is not the ARN of a topic"),
        ({"contact_topic": "nights"}, "needs a contact_list"),
        ({"password": "secret"}, "[notify] password: unknown"),
    ],
)
def test_a_wrong_setting_is_named_with_its_reason(table: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(**table)  # type: ignore[arg-type]
    assert said in caught.value.message


def test_a_sender_keeps_a_name_of_any_letters() -> None:
    assert parse(from_="Märchen, jede Nacht <nacht@example.org>").sender == '"Märchen, jede Nacht" <nacht@example.org>'
    assert parse(from_="nacht@example.org").sender == "nacht@example.org"


def test_a_dry_run_writes_the_mail_and_asks_nobody(lent: Path, tmp_path: Path) -> None:
    ran = run(lent, "notify", "--dry-run", "--folder", str(tmp_path / "letters"))
    assert ran.code == 0, ran.err
    names = {path.name for path in (tmp_path / "letters").iterdir()}
    assert names == {f"2026-03-14.{ending}" for ending in ("eml", "html", "jpg")}
    assert b"Message-ID: <2026-03-14." in (tmp_path / "letters/2026-03-14.eml").read_bytes()
    assert 'src="2026-03-14.jpg"' in (tmp_path / "letters/2026-03-14.html").read_text()
    assert not (lent / ".taleshelf/notices").exists()


def test_an_archive_without_channels_says_so(archive: Path) -> None:
    ran = run(archive, "notify")
    assert (ran.code, ran.out) == (0, "nobody is to be told: [notify] in taleshelf.toml names no channel\n")
    assert run(archive, "notify", "yesterday").code in (0, 2)


def test_the_doctor_says_which_variables_of_a_channel_are_set(archive: Path) -> None:
    settings = archive / "taleshelf.toml"
    text = settings.read_text().replace("channels = [] ", 'channels = ["smtp", "webhook"] ')
    settings.write_text(text.replace('from = "" ', 'from = "a@example.org" '))
    ran = run(
        archive, "doctor", TALESHELF_MAIL_TO="canary@example.org", TALESHELF_WEBHOOK_URL="https://x.example/canary"
    )
    assert "smtp         not ready" in ran.out
    assert "not set: TALESHELF_SMTP_URL" in ran.out
    assert "webhook      ready" in ran.out
    assert "canary" not in ran.out + ran.err
