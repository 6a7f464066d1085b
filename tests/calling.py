"""The command line as the tests call it."""

from __future__ import annotations

from click.testing import CliRunner, Result

from cli import main


def run(*args: object, code: int = 0) -> Result:
    """One command; an exception that nobody told is no answer, whatever the exit code."""
    result = CliRunner().invoke(main, [str(a) for a in args])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result
