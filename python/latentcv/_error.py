"""What a command that failed raises."""

from __future__ import annotations

__all__ = ["Error"]


class Error(Exception):
    """A command failed.

    Attributes:
        code: what went wrong, for scripts: `bad-argument`, `bad-data`, `file-not-found`, `missing-tool`, …
        message: what was expected and what came.
        hint: the next thing to do, if it is known.
        exit_code: of the command: 1 the job failed, 2 wrong usage, a column or file that is not there too, 3 a tool
            is missing.
    """

    def __init__(self, code: str, message: str, hint: str | None = None, exit_code: int = 1) -> None:
        """Hold what the command said."""
        super().__init__(message if hint is None else f"{message}\nhint: {hint}")
        self.code = code
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type[Error], tuple[str, str, str | None, int]]:
        """Errors of other processes (joblib, multiprocessing) come as they were."""
        return Error, (self.code, self.message, self.hint, self.exit_code)
