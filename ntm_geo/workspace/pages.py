"""Which pages are asked for: of which views, of which units, into which file."""

from collections.abc import Sequence
from pathlib import Path

from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.files import refuse_record
from ntm_geo.model import View
from ntm_geo.schemas import Record

ALL = "all"
"""Asks for every view, or for a page of each unit."""


def units_with_a_plan(record: Record) -> tuple[str, ...]:
    """Return the codes of the units that have a criterion or a work."""
    planned = {row.unit_code for row in (*record.targets, *record.works)}
    codes = tuple(unit.unit_code for unit in record.units if unit.unit_code in planned)
    if not codes:
        raise OptionError(
            Problem(
                column="unit",
                what=Text(
                    "chưa đơn vị nào có tiêu chí hoặc công việc",
                    "no unit has a criterion or a work yet",
                ),
                found=ALL,
                allowed=Text("mã hoặc tên một đơn vị", "a unit's code or name"),
                todo=Text("bỏ --unit để lấy toàn huyện", "leave --unit out for the district"),
            )
        )
    return codes


def choose_views(views: Sequence[View], view: str | None) -> Sequence[View]:
    """Return the views asked for: the first, all, or the one of an id."""
    if view is None:
        return views[:1]
    chosen = [v for v in views if view in (v.id, ALL)]
    if not chosen:
        known = Text(
            ", ".join(f"{v.id} ({v.title_vi})" for v in views),
            ", ".join(f"{v.id} ({v.title_en})" for v in views),
        )
        raise OptionError(
            Problem(
                column="view",
                what=Text("không có trang nào mã như vậy", "there is no such view"),
                found=view,
                allowed=Text(f"{known.vi}; {ALL}", f"{known.en}; {ALL}"),
                todo=Text(
                    "chọn một mã, hoặc thêm tệp vào gis/views/",
                    "choose an id, or add a file to gis/views/",
                ),
            )
        )
    return chosen


def check_output(output: Path, *, pages: int) -> None:
    """Refuse a file that is no place for so many pages.

    Raises
    ------
    OptionError
        It lies in a record, is no page, or is one for several pages.
    """
    refuse_record(output)
    if output.suffix.lower() != ".html":
        raise OptionError(
            Problem(
                column="--output",
                what=Text("trang bản đồ là tệp .html", "a page is a file .html"),
                found=str(output),
                allowed=Text(".html", ".html"),
                todo=Text("đổi đuôi tệp", "change the ending"),
            )
        )
    if pages != 1:
        raise OptionError(
            Problem(
                column="--output",
                what=Text(f"một tên tệp cho {pages} trang", f"one file's name for {pages} pages"),
                found=str(output),
                allowed=Text("một trang", "one page"),
                todo=Text(
                    "chọn một trang và một đơn vị, hoặc bỏ --output",
                    "choose one view and one unit, or leave --output out",
                ),
            )
        )
