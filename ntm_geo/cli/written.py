"""Files that a command has written, named for whoever looks for them."""

import os
from collections.abc import Sequence
from pathlib import Path

import typer

from ntm_geo.cli.options import chosen_language
from ntm_geo.errors import Text

_WROTE = Text("Đã ghi {path}", "Wrote {path}")
_OPEN = Text("Mở bằng trình duyệt: {path}", "Open in a browser: {path}")


def tell_written(pages: Sequence[Path], *others: Path) -> None:
    """Name each file that was written, and at the end the pages to open.

    Parameters
    ----------
    pages
        Pages for a browser.
    others
        Files for other programs.
    """
    lines = [(_WROTE, path) for path in (*others, *pages)] + [(_OPEN, path) for path in pages]
    for text, path in lines:
        typer.echo(text.format(path=_short(path)).say(chosen_language()))


def tell_saved(path: Path) -> None:
    """Name a file that was written in place of stdout: a message, and no part of the answer."""
    typer.echo(_WROTE.format(path=_short(path)).say(chosen_language()), err=True)


def _short(path: Path) -> str:
    """Return the path as seen from here, where it is below."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
