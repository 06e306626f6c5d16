"""Everything that can go wrong and be explained to an owner.

TaleshelfError(message, hint)       exit 1; anything that is not one of these is a bug and keeps its traceback
|-- ConfigError                     exit 2; a setting, an option or a card is wrong; names the key and the file
|   `-- WishRefused                 what a person asked for cannot be told
|-- ProviderError(provider)         a writer, illustrator or narrator failed; the next of its list is asked
|   |-- Unavailable                 not installed, or it cannot do what is asked; asking again is of no use
|   |   |-- NotSent                 nobody was reached, so nothing can have been billed
|   |   `-- Ambiguous               it was sent and no whole answer came: it may have been billed
|   |-- RateLimited(retry_after)    turned away before any work; worth another try after so many seconds
|   |-- Refused                     the request was declined for what it asks
|   |-- BadReply                    an answer arrived, and may have been billed, that is not what was asked for
|   |-- CredentialsMissing          no key where the SDK looks for one, or one that is not accepted
|   |-- OutOfCredit                 the account is empty or its quota is used up
|   |-- Retired                     the model is gone for good
|   |-- Pending                     it was accepted and is still being made; a later run asks for it again
|   `-- BudgetExceeded              the call would go over a cap the owner has set, or be paid for a third time
|-- ArchiveError(path)              a bundle or a page cannot be read or written
|   `-- PushRefused                 the remote was reached and does not take what is pushed
|-- PublishError                    exit 4; it is whole here and did not reach its readers; the same command goes on later
|   `-- PublishRefused              exit 5; the same, and it stays so until a person changes something
|-- CheckFailed                     `taleshelf check` or `taleshelf feed check` found something
|-- Unreachable                     exit 4; what is published does not answer, so nothing can be said of it
`-- BuildError                      the site could not be built
"""

from pathlib import Path


class TaleshelfError(Exception):
    """A failure with one clear sentence and a hint on what to do about it."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # Pictures are drawn in other processes: an error must survive the way back with all it knows.
        return (_rebuild, (type(self), self.args, self.__dict__))


def _rebuild(cls: type[TaleshelfError], args: tuple[object, ...], state: dict[str, object]) -> TaleshelfError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigError(TaleshelfError):
    """A setting, an option or an authored card is wrong; the message names file and key."""

    exit_code = 2


class WishRefused(ConfigError):
    """What a person asked for cannot be told; the message says why, in words for whoever asked."""


class ProviderError(TaleshelfError):
    """A provider did not deliver; the studio asks the next one of the role's list."""

    def __init__(self, message: str, hint: str = "", *, provider: str) -> None:
        super().__init__(message, hint)
        self.provider = provider


class Unavailable(ProviderError):
    """The provider is not installed, or cannot do what is asked; asking again is of no use."""


class NotSent(Unavailable):
    """Nobody was reached: no request arrived, and nothing can have been billed."""


class Ambiguous(Unavailable):
    """The request was sent and no whole answer came back: it may have been billed."""


class RateLimited(ProviderError):
    """The provider turned the request away before any work and asks to wait `retry_after` seconds."""

    def __init__(self, message: str, hint: str = "", *, provider: str, retry_after: float | None = None) -> None:
        super().__init__(message, hint, provider=provider)
        self.retry_after = retry_after


class Refused(ProviderError):
    """The provider declined the request because of its content."""


class BadReply(ProviderError):
    """The reply is not what was asked for and was thrown away."""


class CredentialsMissing(ProviderError):
    """The provider's SDK finds no key, or the vendor does not accept the one it found."""


class OutOfCredit(ProviderError):
    """The account is empty, or its quota is used up."""


class Retired(ProviderError):
    """The model was shut down by its vendor."""


class Pending(ProviderError):
    """The vendor accepted the request and is still at work on it; a later run asks for the result."""


class BudgetExceeded(ProviderError):
    """The call would cost more than a cap allows, or would be paid for a third time."""


class ArchiveError(TaleshelfError):
    """A bundle or page at `path` cannot be read or written."""

    def __init__(self, message: str, hint: str = "", *, path: Path) -> None:
        super().__init__(message, hint)
        self.path = path


class PushRefused(ArchiveError):
    """The remote was reached, and does not take what is pushed to a branch."""


class PublishError(TaleshelfError):
    """What was made is whole here and did not reach its readers; the same command goes on where it stopped."""

    exit_code = 4


class PublishRefused(PublishError):
    """It will not reach its readers until a person changes something."""

    exit_code = 5


class CheckFailed(TaleshelfError):
    """The archive, the built site or a feed has findings."""


class Unreachable(TaleshelfError):
    """What is published does not answer; whether it is right cannot be said now."""

    exit_code = 4


class BuildError(TaleshelfError):
    """The site could not be built."""
