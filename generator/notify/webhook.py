"""A program of the owner's that is told by a POST of JSON; with a secret the body is signed."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field

from generator.notify.bulletin import Bulletin
from generator.notify.channel import Outcome
from generator.notify.post import send
from generator.notify.settings import WEBHOOK

SIGNATURE = "X-Taleshelf-Signature"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes news."""

    address: str = field(repr=False)
    secret: bytes = field(default=b"", repr=False)
    name: str = WEBHOOK
    harmless: bool = False

    def tell(self, bulletin: Bulletin, left: tuple[str, ...]) -> Outcome:  # noqa: ARG002
        """Send the values; the key of the news lets the program know them again."""
        body = json.dumps(dict(bulletin.facts), ensure_ascii=False, sort_keys=True).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": bulletin.key}
        if self.secret:
            headers[SIGNATURE] = f"sha256={hmac.new(self.secret, body, hashlib.sha256).hexdigest()}"
        return send(self.address, "POST", body, headers)
