"""Mail over a real server: who gets one, once, and what becomes of every way a server can fail."""

from datetime import timedelta
from email.utils import parseaddr

from tests.notify.conftest import NEWEST, READERS, Teller
from tests.notify.post_office import PostOffice


def test_everybody_gets_one_mail_and_a_second_run_sends_none(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    assert teller.run() == 0
    assert office.readers == sorted(READERS)
    assert teller.states(NEWEST) == {"smtp": "told"}
    assert teller.run() == 0
    assert "nothing new to tell" in teller.said
    assert teller.again("there").run() == 0
    assert office.readers == sorted(READERS)


def test_the_first_time_only_the_newest_is_news(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    assert teller.run() == 0
    assert {message["Message-ID"].split(".")[0] for _, message in office.mails} == {f"<{NEWEST}"}
    assert teller.states(NEWEST - timedelta(days=1)) == {}
    assert teller.notice(NEWEST - timedelta(days=1)) is not None
    assert teller.notice(NEWEST - timedelta(days=4)) is None


def test_an_older_story_is_told_of_when_it_is_named(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    assert teller.run() == 0
    assert teller.run(str(NEWEST - timedelta(days=3))) == 0
    assert len(office.mails) == 2 * len(READERS)
    assert teller.run(str(NEWEST - timedelta(days=3))) == 0
    assert len(office.mails) == 2 * len(READERS)


def test_a_mail_has_what_mail_apps_ask_for(teller: Teller, office: PostOffice) -> None:
    teller.set(
        "smtp", more='unsubscribe = "bye@example.org"\nunsubscribe_url = "https://example.org/bye?who={address}"'
    )
    assert teller.run() == 0
    address, message = office.mails[0]
    assert parseaddr(message["From"]) == ("Tales at Night", "tales@example.org")
    assert message["To"] == address
    assert message["Subject"] == "A new story: The Lantern That Stayed"
    assert message["List-Unsubscribe"] == (
        "<mailto:bye@example.org?subject=unsubscribe>, <https://example.org/bye?who=ann%40example.org>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    url = f"{teller.published.url}stories/{NEWEST:%Y/%m/%d}-the-lantern-that-stayed/"
    for words in (text.get_content(), html.get_content()):
        assert url in words
        assert "ann" in words or "ann%40example.org" in words
        assert "The Lantern That Stayed" in words
        assert "made with AI" in words
    assert 'src="http' not in html.get_content()
    assert len(html.get_content()) < 100_000
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/jpeg"]
    assert picture["Content-ID"] == "<cover>"
    assert len(picture.get_content()) <= 80_000
    assert not any(other in bytes(message).decode() for other in READERS[1:])


def test_without_a_page_to_leave_on_nothing_promises_one_click(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    assert teller.run() == 0
    message = office.mails[0][1]
    assert message["List-Unsubscribe"] == "<mailto:tales@example.org?subject=unsubscribe>"
    assert message["List-Unsubscribe-Post"] is None


def test_who_is_turned_away_for_now_is_tried_again_and_nobody_else(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    office.at_rcpt = lambda address: "451 later" if address == READERS[1] else ""
    assert teller.run() == 4
    assert office.readers == [READERS[0], READERS[2]]
    assert "smtp did not tell" in teller.said
    office.at_rcpt = lambda _address: ""
    assert teller.again("there").run() == 0
    assert office.readers == sorted(READERS)
    assert teller.states(NEWEST) == {"smtp": "told"}


def test_who_is_refused_for_good_is_not_asked_again(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    office.at_data = lambda address: "554 never" if address == READERS[0] else ""
    assert teller.run() == 0
    assert "1 of 3" in teller.said
    office.at_data = lambda _address: ""
    assert teller.run() == 0
    assert office.readers == [READERS[1], READERS[2]]


def test_a_server_that_hangs_up_after_the_message_is_not_sent_it_again(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    office.drop = lambda address: address == READERS[1]
    assert teller.run() == 0
    assert "may have been told" in teller.said
    assert teller.run() == 0
    assert office.readers == sorted(READERS)


def test_what_is_in_doubt_is_sent_again_where_the_owner_wants_it(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp", more='in_doubt = "resend"')
    office.drop = lambda address: address == READERS[1]
    assert teller.run() == 4
    office.drop = lambda _address: False
    assert teller.run() == 0
    assert office.readers == sorted((*READERS, READERS[1]))
    assert len({message["Message-ID"] for _, message in office.mails}) == len(READERS)


def test_a_server_that_is_away_costs_nobody_a_mail(teller: Teller, office: PostOffice) -> None:
    teller.set("smtp")
    away = {"TALESHELF_SMTP_URL": "smtp://127.0.0.1:9"}
    assert teller.run(**away) == 4
    assert "was not reached" in teller.said
    assert teller.states(NEWEST) == {"smtp": "later"}
    assert teller.run() == 0  # the address of the server is not what readers are known by
    assert office.readers == sorted(READERS)
