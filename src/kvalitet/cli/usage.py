"""Help and usage errors in Swedish: typer's own are plain English strings (docs/decisions)."""

from __future__ import annotations

from typing import Any

import typer.core

from kvalitet.svenska import suggest

_WITHOUT_VALUE = ("--help", "--version")


class WrongUse(Exception):
    """The command was used wrongly; the text says how, in Swedish. Exit code 2."""


class Command(typer.core.TyperCommand):
    """A command whose help is Swedish."""

    def get_help(self, ctx: Any) -> str:
        """The whole help text."""
        return _help(self, ctx)


class Group(typer.core.TyperGroup):
    """All commands: help in Swedish, and a word for a command that does not exist."""

    def get_help(self, ctx: Any) -> str:
        """The whole help text."""
        return _help(self, ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names."""
        if self.get_command(ctx, args[0]) is None:
            near = suggest(args[0], self.list_commands(ctx))
            meant = f' Menade du "{near}"?' if near else " Kommandona står i kvalitet --help."
            raise WrongUse(f'Kommandot "{args[0]}" finns inte.{meant}')
        return super().resolve_command(ctx, args)


def in_swedish(error: Exception) -> str | None:
    """A usage error of typer's, told apart by the name of its class; None for other exceptions."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    fault: Any = error
    if "NoSuchOption" in kinds:
        near = suggest(fault.option_name, fault.possibilities or ())
        return f"Flaggan {fault.option_name} finns inte." + (f" Menade du {near}?" if near else "")
    if "BadOptionUsage" in kinds:
        if fault.option_name in _WITHOUT_VALUE:
            return f"Flaggan {fault.option_name} tar inget värde."
        return f"Flaggan {fault.option_name} ska följas av ett värde."
    if "UsageError" in kinds:
        return "Kommandot fick fler ord än det tar, eller för få."
    return None


def _help(command: Any, ctx: Any) -> str:
    commands = getattr(command, "commands", {})
    options = [p for p in command.params if p.param_type_name == "option"]
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    usage = " ".join(
        [ctx.command_path, *(a.metavar for a in arguments)]
        + (["KOMMANDO"] if commands else [])
        + ["[FLAGGOR]"]
    )
    rows = {
        "Argument": [(a.metavar, a.help or "") for a in arguments],
        "Kommandon": [(name, one.get_short_help_str(200)) for name, one in commands.items()],
        "Flaggor": [(_spelling(option), option.help or "") for option in options]
        + [("--help", "Visa den här hjälpen.")],
    }
    parts = [f"Användning: {usage}", command.help or ""]
    parts += [f"{title}:\n{_columns(lines)}" for title, lines in rows.items() if lines]
    return "\n\n".join(part for part in parts if part)


def _spelling(option: Any) -> str:
    return ", ".join(option.opts) + (f" {option.metavar}" if not option.is_flag else "")


def _columns(rows: list[tuple[str, str]]) -> str:
    width = max(len(left) for left, _ in rows)
    return "\n".join(f"  {left:<{width}}  {right}".rstrip() for left, right in rows)
