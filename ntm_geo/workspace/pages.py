"""Which pages are asked for: of which views, of which units, into which file."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_geo.errors import Lang, OptionError, Problem, Text
from ntm_geo.files import refuse_record
from ntm_geo.model import View
from ntm_geo.names import resolve

if TYPE_CHECKING:
    from ntm_geo.maps import Basemap
    from ntm_geo.workspace.workspace import Workspace

ALL = "all"
"""Asks for every view, or for a page of each unit."""


def made_name(workspace: "Workspace", *parts: str) -> str:
    """Return the name of a file that is made, without ending: of a day's units with the day.

    Parameters
    ----------
    workspace
        The workspace.
    parts
        What the file is, before the day.
    """
    day = () if workspace.units_day is None else (workspace.units_day.isoformat(),)
    return "-".join((workspace.record.project.id, *parts, *day))


def choose_units(workspace: "Workspace", unit: str | None) -> tuple[str | None, ...]:
    """Return the codes of the units asked for; None stands for the whole district.

    Raises
    ------
    OptionError
        All units are asked for, and none has a criterion or a work.
    NameUnknownError, NameAmbiguousError
        `unit` names nothing, or two things.
    """
    if unit == ALL:
        return _units_with_a_plan(workspace)
    if unit is None:
        return (None,)
    code = resolve(unit, workspace.place_names, column="--unit")
    return (None if code == workspace.record.project.district.code else code,)


def _units_with_a_plan(workspace: "Workspace") -> tuple[str, ...]:
    """Return the codes of the units that have a criterion or a work."""
    record, district = workspace.record, workspace.district
    planned = {row.unit_code for row in (*record.targets, *record.works)}
    has_works = dict(zip(district.units["unit_code"], district.units["works"] > 0, strict=True))
    codes = tuple(
        code for code, works in has_works.items() if works or planned & district.plan_codes(code)
    )
    if not codes:
        raise OptionError(
            Problem(
                column="--unit",
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
                column="VIEW",
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


def check_output(output: Path, workspace: "Workspace", *, pages: int) -> None:
    """Refuse a file that is no place for so many pages.

    Raises
    ------
    OptionError
        It lies in a record, is no page, is one for several pages, or is the plan's own page where
        units of another day are asked for.
    """
    refuse_record(output)
    _refuse_plans_page(output, workspace)
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


def _refuse_plans_page(output: Path, workspace: "Workspace") -> None:
    """Keep a page by a later day's units from taking the place of one by the plan's."""
    folder, project = workspace.root / "maps", workspace.record.project.id
    names = [f"{project}-{view.id}" for view in workspace.record.views]
    names += [f"{name}-{unit.unit_code}" for name in names for unit in workspace.record.units]
    is_own = output.stem in names
    if workspace.units_day is None or not is_own or output.parent.resolve() != folder.resolve():
        return
    day = workspace.units_day.isoformat()
    raise OptionError(
        Problem(
            column="--output",
            what=Text(
                "đây là tệp của trang theo đơn vị của kế hoạch",
                "this is the file of the page by the plan's units",
            ),
            found=str(output),
            allowed=Text(*[f"{output.stem}-{day}.html"] * 2),
            todo=Text("đổi tên tệp, hoặc bỏ --output", "change the name, or leave --output out"),
        )
    )


def write_pages(  # noqa: PLR0913 (a page is chosen by these)
    workspace: "Workspace",
    views: Sequence[View],
    unit_code: str | None,
    *,
    lang: Lang | None,
    basemap: "Basemap",
    output: Path | None,
) -> Iterator[Path]:
    """Write a page for each view: of the whole district, or of one unit."""
    from ntm_geo.focus import focus_on_unit
    from ntm_geo.maps import write_map

    district, ending = workspace.district, ".html"
    if unit_code is not None:
        district, ending = focus_on_unit(district, unit_code), f"-{unit_code}.html"
        views = [view.without_unit() for view in views]
    for view in views:
        path = workspace.root / "maps" / f"{made_name(workspace, view.id)}{ending}"
        yield write_map(
            district,
            output or path,
            view=view,
            findings=workspace.findings,
            accepted=workspace.record.accepted,
            lang=lang,
            basemap=basemap,
        )
