"""`ntm-geo undo`: what the last import or the last photographs have changed, taken back."""

from pathlib import Path
from typing import Annotated

import typer

from ntm_geo.cli.options import LangOption, ProjectOption, chosen_language, use_language_of
from ntm_geo.errors import Text, printable

UNDO = Text("Để hoàn tác: ntm-geo undo {number}", "To undo this: ntm-geo undo {number}")
"""Told where a command has written."""

_WIDTH = 20
_STEP = Text("Bước {number}", "Step {number}")
_SAID = Text("{command} {about}, ghi lúc {at}", "{command} {about}, written at {at}")
_RESTORED = Text("Khôi phục", "Put back")
_REDONE = Text("Ghi lại", "Written again")
_REMOVED = Text("Xóa", "Taken out")
_KEPT = Text("Bản bị thay giữ ở", "What gave way is in")
_SAME = Text(
    "Hồ sơ đã đúng như vậy, không có tệp nào thay đổi.",
    "The record is so already, no file changes.",
)
_DRY = Text("Chưa ghi gì (--dry-run).", "Nothing was written (--dry-run).")
_UNDONE = Text(
    "Đã hoàn tác. Làm lại bước này: ntm-geo undo {number} --redo",
    "Undone. To do this step again: ntm-geo undo {number} --redo",
)
_DONE_AGAIN = Text(
    "Đã làm lại. Hoàn tác bước này: ntm-geo undo {number}",
    "Done again. To undo this step: ntm-geo undo {number}",
)

StepArgument = Annotated[
    int | None,
    typer.Argument(
        metavar="[STEP]",
        help="The step, by the number that the command told; default: the last one.",
        show_default=False,
    ),
]
RedoOption = Annotated[bool, typer.Option("--redo", help="Do again what was undone last.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Show everything, write nothing.")]


def undo(
    step: StepArgument = None,
    *,
    redo: RedoOption = False,
    dry_run: DryOption = False,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """Take back what the last import, or the last photographs, have written; again: the one before.

    A step of another day, or of your own where others have written since, is named by its number.
    Every file is as it was before that step, byte by byte. Where somebody has changed one of them
    since, nothing is written. What gives way is kept under gis/undo/.

    Example: ntm-geo undo --dry-run
    """
    from ntm_geo.record import find_workspace
    from ntm_geo.steps import plan_undo, undo_step

    root = find_workspace(project)
    use_language_of(root)
    lang_ = chosen_language()
    done = (plan_undo if dry_run else undo_step)(root, step, redo=redo)
    number, at = done.step.number, done.step.at.astimezone()
    said = _SAID.format(command=done.step.command, about=done.step.about, at=f"{at:%Y-%m-%d %H:%M}")
    lines = [(_STEP.format(number=number), said.say(lang_))]
    lines += [(_REDONE if redo else _RESTORED, file) for file in done.restored]
    lines += [(_REMOVED, file) for file in done.removed]
    lines += [(_KEPT, file) for file in done.kept]
    for topic, text in lines:
        typer.echo(f"{topic.say(lang_):<{_WIDTH}}{printable(text)}")
    if not done.restored and not done.removed:
        typer.echo(_SAME.say(lang_))
    end = _DRY if dry_run else _DONE_AGAIN if redo else _UNDONE
    typer.echo(end.format(number=number).say(lang_))
