"""Whether a call that failed is made once more, and when: decided by the class of the error. Pure.

- not sent (nobody was reached): up to 3 tries, waiting longer each time
- turned away (429, 503, throttling): up to 3 tries, waiting as long as the vendor asks
- ambiguous (sent, and no whole answer): one more, because the first may be billed
- useless (an answer that cannot be read): one more, because the first was billed
- anything else (key, credit, model, content): none, because the same request gets the same answer
"""

import random

from generator.errors import Ambiguous, BadReply, NotSent, ProviderError, RateLimited

TRIES = 3  # of a request that cost nothing
PAID = 2  # times that one asset of one provider may be paid for
LONGEST_WAIT = 120.0  # seconds: a vendor that asks for more is left for today
FIRST_WAIT = 0.5


def may_be_billed(error: ProviderError) -> bool:
    """Return whether the call that ended so can be on the bill."""
    return isinstance(error, Ambiguous | BadReply)


def wait_before_retry(error: ProviderError, tries: int, *, key: str) -> float | None:
    """Return the seconds to wait before the call is made again, or None when it is not.

    `tries` is how many calls have been made, this one included, and `key` decides the jitter: what runs side by side
    does not come back at the same moment. How often an asset may be paid for is not decided here.
    """
    jitter = random.Random(f"{key} {tries}").uniform(0.5, 1.0)
    backoff: float = FIRST_WAIT * 2 ** (tries - 1) * jitter
    if isinstance(error, NotSent) and tries < TRIES:
        return backoff
    if isinstance(error, RateLimited) and tries < TRIES:
        asked = error.retry_after if error.retry_after is not None else 2 * backoff
        return asked if asked <= LONGEST_WAIT else None
    if may_be_billed(error) and tries < TRIES:
        return backoff
    return None
