"""`ntm-geo photos`: photographs with a place, shown with the work that each shows, then noted."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ntm_geo.cli.options import LangOption, ProjectOption, chosen_language, open_from
from ntm_geo.cli.query import parse_distance_m
from ntm_geo.cli.undo import UNDO
from ntm_geo.errors import Lang, Text

if TYPE_CHECKING:
    from ntm_geo.evidence import Shown
    from ntm_geo.photos import Photograph
    from ntm_geo.schemas import Record
    from ntm_geo.workspace.photos import OnPhoto, PhotoPlan

_WIDTH = 20
_DRY = Text("Chưa ghi gì (--dry-run).", "Nothing was written (--dry-run).")
_SAME = Text("Không có gì mới để ghi.", "There is nothing new to write.")
_WROTE = Text("Đã ghi {file}: thêm {count} ảnh", "Wrote {file}: {count} more photographs")
_SAY = Text(
    "Ảnh chưa rõ mà biết chụp việc nào thì chạy: ntm-geo photos TỆP --work MÃ-VIỆC",
    "Of what is not clear, say which work it shows: ntm-geo photos FILE --work WORK-ID",
)
_NO_PLACE = Text(
    "{count} ảnh không có vị trí. Bật định vị cho máy ảnh của điện thoại trước khi chụp; ảnh gửi "
    "qua Zalo, Messenger bị bỏ vị trí: xin tệp gốc.",
    "{count} photographs have no place. Let the phone's camera use its position before taking "
    "them; Zalo and Messenger strip it: ask for the file itself.",
)
_READING = Text("Đang đọc ảnh", "Reading photographs")

PlacesArgument = Annotated[
    list[Path], typer.Argument(help="Photographs, or folders that hold some.", show_default=False)
]
WorkOption = Annotated[
    str | None, typer.Option(help="The work that all of them show, by its id: you say so.")
]
WithinOption = Annotated[str, typer.Option(help="How near the measured place of a work has to be.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Show everything, write nothing.")]


def photos(  # noqa: PLR0913 (one parameter an option)
    places: PlacesArgument,
    *,
    work: WorkOption = None,
    within: WithinOption = "100m",
    dry_run: DryOption = False,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """Note which works photographs show, by id in their names or by measured places.

    Name, checksum, place and time go into gis/photos.csv; the pictures stay where they are. Near a
    sketched place nothing is noted: works are proposed, and --work says which it is.

    Example: ntm-geo photos anh-thang-8 --within 50m --dry-run
    """
    from ntm_geo.workspace.photos import plan_photos, write_photos

    within_m = parse_distance_m(within)
    workspace = open_from(project)
    lang_ = chosen_language()
    with _progress() as on_photo:
        plan = plan_photos(
            workspace,
            places,
            now=datetime.now().astimezone(),
            within_m=within_m,
            work=work,
            on_photo=on_photo,
        )
    for topic, said in _told(plan, workspace.record, lang_):
        typer.echo(f"{topic.say(lang_):<{_WIDTH}}{said}")
    for problem in plan.refused:
        typer.echo(problem.say(lang_), err=True)
    if plan.without_place:
        typer.echo(_NO_PLACE.format(count=len(plan.without_place)).say(lang_))
    if plan.open:
        typer.echo(_SAY.say(lang_))
    if dry_run:
        typer.echo(_DRY.say(lang_))
        return
    written = write_photos(workspace, plan)
    if written is None:
        typer.echo(_SAME.say(lang_))
        return
    file = ", ".join(written.files)
    typer.echo(_WROTE.format(file=file, count=len(plan.linked)).say(lang_))
    typer.echo(UNDO.format(number=written.number).say(lang_))


def _told(plan: "PhotoPlan", record: "Record", lang: Lang) -> Iterator[tuple[Text, str]]:
    names = {work.work_id: work.name for work in record.works}
    for photo, shown in plan.linked:
        yield Text("Gắn với", "Shows"), _linked(photo, shown, names, lang)
    for photo, shown in plan.open:
        yield Text("Chưa rõ", "Not clear"), _open(photo, shown, lang)
    for topic, files in (
        (Text("Chụp trước kế hoạch", "Before the plan"), plan.early),
        (Text("Không có giờ chụp", "Without a time"), plan.untimed),
        (Text("Không có vị trí", "Without a place"), plan.without_place),
        (Text("Đã có trong hồ sơ", "On record already"), plan.known),
        (Text("Trùng ảnh", "The same picture"), [f"{a} = {b}" for a, b in plan.twice]),
    ):
        for file in files:
            yield topic, file


def _linked(photo: "Photograph", shown: "Shown", names: dict[str, str], lang: Lang) -> str:
    from ntm_geo.labels import format_number, label

    work_id = shown.work_id or ""
    parts = [f"{photo.file} → {work_id} ({names[work_id]})"]
    if shown.linked_by is not None:
        parts.append(label(shown.linked_by, lang))
    if shown.distance_m is not None:
        parts.append(f"{format_number(round(shown.distance_m), lang)} m")
    if photo.taken_at is not None:
        parts.append(f"{photo.taken_at:%Y-%m-%d %H:%M}")
    if shown.why is not None:
        parts.append(shown.why.say(lang))
    return ", ".join(parts)


def _open(photo: "Photograph", shown: "Shown", lang: Lang) -> str:
    from ntm_geo.labels import format_number, label

    why = shown.why.say(lang) if shown.why else ""
    candidates = "; ".join(
        f"{one.work_id} ({format_number(round(one.distance_m), lang)} m, "
        f"{label(one.position, lang)})"
        for one in shown.candidates
    )
    return f"{photo.file}: {why}{': ' if candidates else ''}{candidates}"


@contextmanager
def _progress() -> "Iterator[OnPhoto]":
    """Show a bar while photographs are read, where somebody watches."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(_READING.say(chosen_language()))
        yield lambda done, total: progress.update(task, completed=done, total=total)
