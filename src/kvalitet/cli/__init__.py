"""The command line: parse, call, write, exit code. Only this package imports typer."""

from kvalitet.cli.main import main

__all__ = ["main"]
