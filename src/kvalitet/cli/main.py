"""Runs a command and turns what happened into an exit code and, at most, a few words."""

from __future__ import annotations

import sys
import traceback

from kvalitet.cli.stopping import Stopped, stoppable
from kvalitet.cli.streams import fit_to_console, reason, say, throw_away_rest

_LONGEST = 1000


def main() -> None:
    """Exit codes: 0 fine, 1 findings of severity error, 2 wrong use or nowhere to write, 3 a fault
    of ours; 128 and its number where a signal stops the run."""
    try:
        with stoppable():
            fit_to_console()
            code, words = _run()
    except Stopped as stopped:
        code, words = 128 + stopped.signal, ""
    if words:
        say(words)
    throw_away_rest(sys.stdout, sys.stderr)
    sys.exit(code)


def _run() -> tuple[int, str]:
    """The exit code, and what is said last."""
    if sys.stdout is None:
        return 2, "Utskriften är stängd, så inget kan visas."
    try:
        # Imported here, for a signal while libraries are loaded is to be quiet too.
        from kvalitet.cli.commands import app

        code = app(standalone_mode=False) or 0
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 -- the outermost place: everything ends here
        return _outcome(error)
    return code, ""


def _shown(text: str) -> str:
    """The words of a fault, which may repeat what somebody wrote on the command line."""
    from kvalitet.svenska import shorten
    from kvalitet.terminal.signs import harmless

    return harmless(shorten(text, _LONGEST))


def _outcome(error: Exception) -> tuple[int, str]:
    from kvalitet.cli.usage import WrongUse, in_swedish
    from kvalitet.privacy import mask

    if isinstance(error, MemoryError):
        return 2, "Minnet räcker inte till det som ligger i plans och data."
    if isinstance(error, OSError) and error.filename is None:
        return 2, f"Utskriften kan inte skrivas: {reason(error)}."
    text = str(error) if isinstance(error, WrongUse) else in_swedish(error)
    if text is not None:
        return 2, _shown(text)
    return 3, (
        f"{mask(''.join(traceback.format_exception(error)))}"
        "Det här är ett fel i kvalitet. Skicka gärna raderna ovan till dem som utvecklar det."
    )
