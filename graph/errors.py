"""One base class, few children: every message says what is wrong, the value, and the cure."""

from __future__ import annotations


class LiantuError(Exception):
    """Base of all errors that liantu raises on purpose.

    ``cure`` is a sentence that tells what to do next; ``exit_code`` is 2 for a user's
    mistake and 1 where it is ours.
    """

    exit_code = 2

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message}\n  → {self.cure}" if self.cure else self.message


class ModelError(LiantuError):
    """The declaration of the model contradicts itself: ours to mend."""

    exit_code = 1


class StoreError(LiantuError):
    """A store cannot be opened, read or written."""


class StaleStore(StoreError):
    """The graph file is missing, damaged or of another version: it can be made again."""


class OtherVersion(StaleStore):
    """The graph file is whole, and another version of the model or the engine wrote it: nothing of it is worth keeping."""


class Changed(StoreError):
    """The graph was changed while it was asked: what was read does not belong together. Ask again."""


class Locked(LiantuError):
    """Another process is writing to the workspace."""


class QuestionError(LiantuError):
    """A question, its parameters or a name in it is not known."""
