"""Mail over TLS: the certificate is checked, and a password is never said in the clear."""

import ssl
from pathlib import Path

from tests.notify.conftest import NEWEST, READERS, Teller
from tests.notify.listener import open_listener
from tests.notify.post_office import PASSWORD, USER, open_office

Certificate = tuple[ssl.SSLContext, Path]
SIGNED = f"{USER.replace('@', '%40')}:{PASSWORD}@127.0.0.1"


def test_starttls_and_a_password_let_us_in(teller: Teller, certificate: Certificate) -> None:
    teller.set("smtp")
    with open_office(certificate[0]) as office:
        url = f"smtp://{SIGNED}:{office.port}"
        assert teller.run(TALESHELF_SMTP_URL=url, SSL_CERT_FILE=str(certificate[1])) == 0
        assert office.readers == sorted(READERS)


def test_a_wrong_password_is_for_a_person_and_once_it_is_right_everybody_is_told(
    teller: Teller, certificate: Certificate
) -> None:
    teller.set("smtp")
    with open_office(certificate[0]) as office:
        trusted = {"SSL_CERT_FILE": str(certificate[1])}
        wrong = f"smtp://{SIGNED}:{office.port}".replace(PASSWORD, "another-password")
        assert teller.run(TALESHELF_SMTP_URL=wrong, **trusted) == 5
        assert "does not let us in (535)" in teller.said
        assert "another-password" not in teller.said
        assert teller.run(TALESHELF_SMTP_URL=f"smtp://{SIGNED}:{office.port}", **trusted) == 0
        assert office.readers == sorted(READERS)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(teller: Teller, certificate: Certificate) -> None:
    teller.set("smtp")
    with open_office(certificate[0]) as starttls, open_office(certificate[0], implicit=True) as tls:
        for scheme, office in (("smtp", starttls), ("smtps", tls)):
            assert teller.run(TALESHELF_SMTP_URL=f"{scheme}://{SIGNED}:{office.port}") == 5
            assert "certificate" in teller.said
            assert office.mails == []
        assert teller.states(NEWEST) == {"smtp": "later"}


def test_tls_from_the_first_byte(teller: Teller, certificate: Certificate) -> None:
    teller.set("smtp")
    with open_office(certificate[0], implicit=True) as office:
        trusted = {"SSL_CERT_FILE": str(certificate[1])}
        assert teller.run(TALESHELF_SMTP_URL=f"smtps://127.0.0.1:{office.port}", **trusted) == 0
        assert office.readers == sorted(READERS)


def test_a_webhook_is_told_over_tls_once_its_certificate_is_trusted(teller: Teller, certificate: Certificate) -> None:
    teller.set("webhook")
    with open_listener(certificate[0]) as listener:
        hook = {"TALESHELF_WEBHOOK_URL": listener.url}
        assert teller.run(**hook) == 5
        assert listener.heard == []
        assert teller.run(**hook, SSL_CERT_FILE=str(certificate[1])) == 0
        assert len(listener.heard) == 1
