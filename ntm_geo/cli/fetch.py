"""`ntm-geo fetch`: boundaries from the net, saved beside the record and shown before the import."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ntm_geo.cli.options import LangOption, ProjectOption, chosen_language, open_from
from ntm_geo.errors import Text, printable

if TYPE_CHECKING:
    from ntm_geo.fetching import OnBytes, Publisher
    from ntm_geo.schemas import Record
    from ntm_geo.workspace.fetching import Fetched

fetch = typer.Typer(
    help="Get boundaries that others publish, as a file to be imported.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Source(StrEnum):
    """Publishers of boundaries."""

    GADM = "gadm"
    OSM = "osm"


_WIDTH = 20
_MOST_NAMED = 20
_CHANGED = Text(
    "từ 1/7/2025 không còn cấp huyện và nhiều xã đã sáp nhập; một mã, một tên có thể là đơn vị "
    "khác: hãy xem kỹ lệnh import nói gì",
    "since 1 July 2025 there are no districts and many communes have merged; one code or name may "
    "be another unit: look closely at what the import says",
)
_EDITION = {
    Source.GADM: Text(
        "GADM 4.1 ra năm 2022: có các xã của thời điểm đó",
        "GADM 4.1 came out in 2022: it has the communes of that time",
    ),
}
_ASKING = Text("Đang tải", "Downloading")
_NEXT = Text("Bước tiếp theo: {command}", "Next step: {command}")

SourceOption = Annotated[Source, typer.Option(help="Whose boundaries.", show_default=False)]
OnOption = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d", "%d/%m/%Y"],
        help="Of osm: the day whose map is asked for; default: before the plan's units changed.",
        show_default=False,
    ),
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", help="Another server's https address, or a file brought by hand."),
]
AgainOption = Annotated[
    bool, typer.Option("--again", help="Ask the net also where the file was had before.")
]
OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="File to write; default: in the user's cache folder."),
]


@fetch.command("units")
def fetch_units(  # noqa: PLR0913 (one parameter an option)
    *,
    source: SourceOption,
    on: OnOption = None,
    from_: FromOption = None,
    again: AgainOption = False,
    output: OutputOption = None,
    project: ProjectOption = Path(),
    lang: LangOption = None,  # noqa: ARG001 (read by its callback)
) -> None:
    """Get the boundaries of the district's units; the record stays as it is.

    Shows the licence, then what was found and what is missing; `ntm-geo import` takes the file in.

    Example: ntm-geo fetch units --source gadm
    """
    workspace = open_from(project)
    from ntm_geo.fetching import find_publisher
    from ntm_geo.workspace.fetching import Asked
    from ntm_geo.workspace.fetching import fetch_units as fetch_from

    publisher = find_publisher(source.value)
    _tell_terms(publisher)
    asked = Asked(publisher=publisher, on=on.date() if on else None, place=from_, again=again)
    with _progress() as on_bytes:
        fetched = fetch_from(
            workspace,
            asked,
            today=datetime.now().astimezone().date(),
            output=output,
            on_bytes=on_bytes,
        )
    _tell_found(fetched, workspace.record, source)
    command = f'ntm-geo import "{fetched.path}"'
    if project != Path():
        command += f' --project "{project}"'
    typer.echo(_NEXT.format(command=command).say(chosen_language()))


def _tell(topic: Text, said: Text) -> None:
    lang = chosen_language()
    typer.echo(f"{topic.say(lang):<{_WIDTH}}{printable(said.say(lang))}")  # names are the net's


def _same(text: str) -> Text:
    return Text(text, text)


def _tell_terms(publisher: "Publisher") -> None:
    terms, address = publisher.terms, publisher.terms_address
    _tell(Text("Nguồn", "Source"), _same(publisher.title))
    _tell(Text("Giấy phép", "Licence"), Text(f"{terms.vi} ({address})", f"{terms.en} ({address})"))
    _tell(Text("Ghi nguồn", "Attribution"), _same(publisher.attribution))


def _tell_found(fetched: "Fetched", record: "Record", source: Source) -> None:
    for topic, said in (*_of_file(fetched), *_of_units(fetched)):
        _tell(topic, said)
    note = Text("Lưu ý", "Note")
    if source in _EDITION:
        _tell(note, _EDITION[source])
    _tell(note, _CHANGED)
    later = _changed_by(fetched, record)
    if later is not None:
        _tell(note, later)
    lang = chosen_language()
    typer.echo(Text("Đã ghi {path}", "Wrote {path}").format(path=fetched.path).say(lang))


def _of_file(fetched: "Fetched") -> Iterator[tuple[Text, Text]]:
    from ntm_geo.labels import format_day

    origin = fetched.origin
    vi, en = (format_day(date.fromisoformat(origin.day), lang) for lang in ("vi", "en"))
    if fetched.is_kept:
        said = Text(f"đã có từ {vi}, không hỏi mạng", f"had since {en}, the net was not asked")
    else:
        said = Text(f"tải ngày {vi}", f"downloaded on {en}")
    yield Text("Tệp", "File"), said
    yield Text("Mã kiểm tra", "Checksum"), _same(f"sha256 {origin.sha256}")
    if fetched.was_damaged:
        yield (
            Text("Lưu ý", "Note"),
            Text(
                "bản đã có không còn nguyên vẹn (sai mã kiểm tra), đã tải lại",
                "what was had was no longer whole (wrong checksum) and was had anew",
            ),
        )
    if fetched.before is not None:
        day = date.fromisoformat(fetched.before.day)
        yield (
            Text("Lưu ý", "Note"),
            Text(
                f"khác bản ngày {format_day(day, 'vi')} (sha256 {fetched.before.sha256})",
                f"other than what came on {format_day(day, 'en')} (sha256 {fetched.before.sha256})",
            ),
        )


def _of_units(fetched: "Fetched") -> Iterator[tuple[Text, Text]]:
    from ntm_geo.labels import format_day

    if fetched.on is not None:
        vi, en = (format_day(fetched.on, lang) for lang in ("vi", "en"))
        yield Text("Bản đồ ngày", "Map of"), Text(vi, en)
    published = fetched.published
    yield Text("Đơn vị", "Units"), _same(_listed([unit.name for unit in published.units]))
    for topic, names in (
        (Text("Chưa có", "Missing"), fetched.missing),
        (Text("Không khớp tên", "Of no known name"), fetched.strange),
        (Text("Ngoài huyện", "Not of the district"), published.left_out),
    ):
        if names:
            yield topic, _same(_listed(names))
    for name, why in published.broken:
        yield (
            Text("Ranh giới hỏng", "Broken boundary"),
            Text(f"{name}: {why.vi}", f"{name}: {why.en}"),
        )


def _listed(names: "list[str] | tuple[str, ...]") -> str:
    more = len(names) - _MOST_NAMED
    return f"{len(names)}: {', '.join(names[:_MOST_NAMED])}{f', … (+{more})' if more > 0 else ''}"


def _changed_by(fetched: "Fetched", record: "Record") -> Text | None:
    """Say that the plan's units had changed by the day of the map, if they had."""
    from ntm_geo.labels import format_day

    days = [
        row.date
        for row in record.changes
        if fetched.on is not None and record.project.plan_date < row.date <= fetched.on
    ]
    if not days:
        return None
    return Text(
        f"các đơn vị của kế hoạch đã thay đổi ngày {format_day(max(days), 'vi')}",
        f"the plan's units had changed on {format_day(max(days), 'en')}",
    )


@contextmanager
def _progress() -> "Iterator[OnBytes]":
    """Show a bar while something comes, where somebody watches."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as progress:
        task = progress.add_task(_ASKING.say(chosen_language()), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
