"""`ntm-geo build`."""

import os
from pathlib import Path

import typer

from ntm_geo.cli.options import (
    AsOfOption,
    LangOption,
    ProjectOption,
    chosen_language,
    open_from,
)
from ntm_geo.errors import Text

_WROTE = Text("Đã ghi {path}", "Wrote {path}")
_OPEN = Text("Mở bằng trình duyệt: {path}", "Open in a browser: {path}")


def build(
    project: ProjectOption = Path(),
    as_of: AsOfOption = None,
    lang: LangOption = None,
) -> None:
    """Write layers/ (for QGIS) and maps/ (for meetings) anew from the record.

    Example: ntm-geo build --as-of 2023-09-30
    """
    built = open_from(project, as_of).build(lang=lang.value if lang else None)
    language = chosen_language()
    for text, path in ((_WROTE, built.layers), (_WROTE, built.map), (_OPEN, built.map)):
        typer.echo(text.format(path=_short(path)).say(language))


def _short(path: Path) -> str:
    """Return the path as seen from here, where it is below."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
