"""The small tree of errors the whole project raises; messages say what to do."""

from __future__ import annotations

from data.refusals import REFUSALS


class PromptjobsError(Exception):
    """Root of our errors; its message is one sentence for the reader."""


class SettingError(PromptjobsError):
    """A setting or environment variable cannot be used as given."""


class ReferenceDataError(PromptjobsError):
    """A reference file (sources.yml, boards.csv, ...) is broken."""


class IntakeError(PromptjobsError):
    """A record cannot become a posting; carries the field at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


class ReleaseError(PromptjobsError):
    """A release is missing, damaged or cannot be written."""


class SelectionError(PromptjobsError):
    """A filter names a value that does not exist; the sentence lists what does, in English by itself.

    `refusal` is a key of REFUSALS, `values` fill its places.
    """

    def __init__(self, refusal: str, **values: object) -> None:
        self.refusal = refusal
        self.values = values
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """The refusal in words (`lang`: en or fr)."""
        return REFUSALS[self.refusal][lang].format(**self.values)


class AlertError(PromptjobsError):
    """An alert could not be handed over; its words hold no address and no key."""


class BusyError(PromptjobsError):
    """Another process holds the lock this command needs."""
