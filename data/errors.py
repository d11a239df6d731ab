"""The small tree of errors the whole project raises; messages say what to do."""


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
    """A filter names a value that does not exist; the message lists what does."""


class BusyError(PromptjobsError):
    """Another process holds the lock this command needs."""
