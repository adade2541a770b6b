"""Runs a command and turns what happened into an exit code and, at most, a few words."""

from __future__ import annotations

import sys
import traceback

from kvalitet.cli.commands import app
from kvalitet.cli.streams import fit_to_console
from kvalitet.cli.usage import WrongUse, in_swedish


def main() -> None:
    """Exit codes: 0 fine, 1 findings of severity error, 2 wrong use, 3 a fault of ours."""
    fit_to_console(sys.stdout, sys.stderr)
    try:
        code = app(standalone_mode=False) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # noqa: BLE001 -- the outermost place: everything ends here
        code = _told(error)
    sys.exit(code)


def _told(error: Exception) -> int:
    text = str(error) if isinstance(error, WrongUse) else in_swedish(error)
    if text is not None:
        print(text, file=sys.stderr)
        return 2
    if type(error).__name__ == "Exit":
        return int(getattr(error, "exit_code", 0))
    traceback.print_exc()
    print(
        "Det här är ett fel i kvalitet. Skicka gärna raderna ovan till dem som utvecklar det.",
        file=sys.stderr,
    )
    return 3
