"""`ntm-geo import`: a file that somebody brings, shown as understood, then taken in."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ntm_geo.cli.options import LangOption, ProjectOption, chosen_language, open_from
from ntm_geo.cli.undo import UNDO
from ntm_geo.errors import OptionError, Problem, RecordError, Text
from ntm_geo.model import Alongside, Pieces, Position

_DRY = Text("Chưa ghi gì (--dry-run).", "Nothing was written (--dry-run).")
_SAME = Text("Không có gì mới để ghi.", "There is nothing new to write.")
_WROTE = Text("Đã ghi {file}", "Wrote {file}")
_WIDTH = 20

FileArgument = Annotated[
    Path, typer.Argument(help="A file with boundaries, roads, points, …", show_default=False)
]
LayerOption = Annotated[
    str, typer.Option(help="What the file holds: units, or a layer such as roads or schools.")
]
PositionOption = Annotated[
    Position | None,
    typer.Option(
        help="How the places are known; default: surveyed for GPX with times, else digitised."
    ),
]
CrsOption = Annotated[
    str | None,
    typer.Option(help="Its CRS, such as EPSG:9218; EPSG:4326:swapped for latitude first."),
]
EncodingOption = Annotated[
    str | None, typer.Option(help="Encoding of its text: tcvn3, vni, windows-1258, utf-8, …")
]
MatchOption = Annotated[str | None, typer.Option(help="The column that holds names, codes or ids.")]
InnerOption = Annotated[str | None, typer.Option("--sublayer", help="Layer within the file.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Show everything, write nothing.")]
ReplaceOption = Annotated[
    bool, typer.Option("--replace-surveyed", help="Also replace what was surveyed.")
]
LinkOption = Annotated[
    list[str] | None,
    typer.Option(
        "--link",
        metavar="FEATURE=NAME",
        help="What a feature is: its number, =, code, id or name; may be repeated.",
    ),
]
LeaveOption = Annotated[
    list[int] | None,
    typer.Option("--leave-out", metavar="FEATURE", help="Leave a feature out; may be repeated."),
]
NearOption = Annotated[
    bool, typer.Option("--accept-near", help="Take what is proposed by nearness alone, too.")
]
LearnOption = Annotated[
    bool, typer.Option("--learn", help="Let the record learn how the file spells names.")
]
PiecesOption = Annotated[
    Pieces | None,
    typer.Option(help="What to do with a part of a road that is drawn already; default: ask."),
]
AlongsideOption = Annotated[
    Alongside | None,
    typer.Option(help="What lines of one road are that run beside each other; default: ask."),
]
AllOption = Annotated[
    bool, typer.Option("--list-all", help="List all that is not linked, not the first hundred.")
]
DayOption = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d", "%d/%m/%Y"],
        help="A day on which the boundaries hold; default: by names, codes and areas.",
        show_default=False,
    ),
]


def import_file(  # noqa: PLR0913 (one parameter an option)
    file: FileArgument,
    *,
    layer: LayerOption = "units",
    crs: CrsOption = None,
    encoding: EncodingOption = None,
    match: MatchOption = None,
    sublayer: InnerOption = None,
    position: PositionOption = None,
    on: DayOption = None,
    link: LinkOption = None,
    leave_out: LeaveOption = None,
    accept_near: NearOption = False,
    learn: LearnOption = False,
    replace_surveyed: ReplaceOption = False,
    pieces: PiecesOption = None,
    alongside: AlongsideOption = None,
    list_all: AllOption = False,
    dry_run: DryOption = False,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """Take geometry into the record, from any format the department has.

    What was understood is shown first: format, encoding, CRS, which feature is what. Where anything
    is not clear, nothing is written, and the question is put.

    Example: ntm-geo import ranh-gioi.shp --dry-run
    """
    from ntm_geo.workspace.importing import plan_import, write_import
    from ntm_geo.workspace.matched import Said

    workspace = open_from(project)
    language = chosen_language()
    plan = plan_import(
        workspace,
        file,
        layer=layer,
        said=Said(
            crs=crs,
            encoding=encoding,
            match=match,
            inner=sublayer,
            position=position,
            on=on.date() if on else None,
            links=_links(link or ()),
            left_out=leave_out or (),
            accepts_near=accept_near,
            learns=learn,
            replaces_surveyed=replace_surveyed,
            pieces=pieces,
            alongside=alongside,
            lists_all=list_all,
        ),
        today=datetime.now().astimezone().date(),
    )
    for one in plan.understood:
        typer.echo(f"{one.topic.say(language):<{_WIDTH - 1}} {one.said.say(language)}")
    if plan.questions:
        raise RecordError(*plan.questions)
    if dry_run:
        typer.echo(_DRY.say(language))
        return
    written = write_import(workspace, plan)
    if written is None:
        typer.echo(_SAME.say(language))
        return
    for path in written.files:
        typer.echo(_WROTE.format(file=path).say(language))
    typer.echo(UNDO.format(number=written.number).say(language))


def _links(answers: Iterable[str]) -> dict[int, str]:
    """Read answers such as "3=90001"."""
    found: dict[int, str] = {}
    for answer in answers:
        number, sign, name = answer.partition("=")
        if not number.strip().isdecimal() or not sign or not name.strip():
            raise OptionError(
                Problem(
                    column="--link",
                    what=Text("câu trả lời viết sai", "an answer that cannot be read"),
                    found=answer,
                    allowed=Text("SỐ=TÊN, ví dụ 3=90001", "NUMBER=NAME, such as 3=90001"),
                    todo=Text("sửa câu trả lời", "mend the answer"),
                )
            )
        if found.setdefault(int(number), name.strip()) != name.strip():
            raise OptionError(
                Problem(
                    column="--link",
                    what=Text("một hình có hai câu trả lời", "one feature with two answers"),
                    found=answer,
                    allowed=Text("mỗi hình một câu trả lời", "one answer for each feature"),
                    todo=Text("bỏ một câu trả lời", "take one of them out"),
                )
            )
    return found
