"""Everything that can go wrong and be explained to an owner.

TaleshelfError(message, hint)       exit 1; anything that is not one of these is a bug and keeps its traceback
|-- ConfigError                     exit 2; a setting, an option or a card is wrong; names the key and the file
|-- ProviderError(provider)         a writer, illustrator or narrator failed; the next of its list is asked
|   |-- Unavailable                 not reachable, not installed, or it gave up in the middle
|   |-- RateLimited(retry_after)    too many requests; worth another try after so many seconds
|   |-- Refused                     the request was declined for what it asks
|   |-- BadReply                    an answer arrived that is not what was asked for
|   |-- CredentialsMissing          no key where the SDK looks for one
|   `-- Retired                     the model is gone for good
|-- BudgetExceeded                  the call would go over a cap the owner has set
|-- ArchiveError(path)              a bundle or a page cannot be read or written
|-- CheckFailed                     `taleshelf check` found something
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


class ProviderError(TaleshelfError):
    """A provider did not deliver; the studio asks the next one of the role's list."""

    def __init__(self, message: str, hint: str = "", *, provider: str) -> None:
        super().__init__(message, hint)
        self.provider = provider


class Unavailable(ProviderError):
    """The provider cannot be reached or stopped in the middle."""


class RateLimited(ProviderError):
    """The provider asks to wait `retry_after` seconds."""

    def __init__(self, message: str, hint: str = "", *, provider: str, retry_after: float | None = None) -> None:
        super().__init__(message, hint, provider=provider)
        self.retry_after = retry_after


class Refused(ProviderError):
    """The provider declined the request because of its content."""


class BadReply(ProviderError):
    """The reply is not what was asked for and was thrown away."""


class CredentialsMissing(ProviderError):
    """The provider's SDK finds no key."""


class Retired(ProviderError):
    """The model was shut down by its vendor."""


class BudgetExceeded(TaleshelfError):
    """A call would cost more than a cap allows."""


class ArchiveError(TaleshelfError):
    """A bundle or page at `path` cannot be read or written."""

    def __init__(self, message: str, hint: str = "", *, path: Path) -> None:
        super().__init__(message, hint)
        self.path = path


class CheckFailed(TaleshelfError):
    """The archive or the built site has findings."""


class BuildError(TaleshelfError):
    """The site could not be built."""
