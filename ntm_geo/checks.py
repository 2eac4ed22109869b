"""All tables of the record held against each other; every problem is gathered, none is fatal."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from ntm_geo.crs import FARTHEST_KM, distance_km, find_crs_problem
from ntm_geo.errors import Problem, Text
from ntm_geo.model import Project, Unit
from ntm_geo.names import Named, fold
from ntm_geo.schemas import TABLES, Record

_REFERENCES = {
    ("neighbours", "unit_code"): "units",
    ("neighbours", "neighbour_code"): "units",
    ("targets", "unit_code"): "places",
    ("targets", "asset_id"): "assets",
    ("assets", "unit_code"): "places",
    ("works", "unit_code"): "places",
    ("works", "asset_id"): "assets",
    ("works", "office"): "offices",
    ("works", "funding"): "budget",
    ("measures", "unit_code"): "places",
    ("measures", "office"): "offices",
    ("measures", "funding"): "budget",
    ("budget", "parent"): "budget",
    ("assignments", "office"): "offices",
    ("assignments", "unit_code"): "places",
    ("statements", "unit_code"): "places",
    ("statements", "units"): "places",
    ("progress", "work_id"): "works",
}
"""Which column names a row of which table; "places" are the units and the district itself."""


_MOST_EXAMPLES = 6
_REPORT_YEARS = 2
"""Reports may come until the end of the year after the plan year."""


def places(project: Project, units: Iterable[Unit]) -> list[Named]:
    """Return everything that a unit's name can mean: the units and the district itself."""
    district = project.district
    return [
        *(Named(u.unit_code, u.kind.value, (u.name, *u.aliases)) for u in units),
        Named(district.code, "district", (district.name,)),
    ]


def check_record(record: Record) -> list[Problem]:
    """Hold all tables against each other.

    Parameters
    ----------
    record
        Tables whose rows have been taken one by one.

    Returns
    -------
    problems
        References to nothing, criteria that no set has, units named alike, and the like; empty
        where the record is consistent.
    """
    return [
        *_check_project(record),
        *_check_references(record),
        *_check_criteria(record),
        *_check_units(record),
        *_check_centres(record),
        *_check_neighbours(record),
        *_check_targets(record),
        *_check_works(record),
        *_check_reports(record),
    ]


def _check_project(record: Record) -> Iterator[Problem]:
    project, file = record.project, "gis/project.toml"
    problem = find_crs_problem(project.working_crs)
    if problem is not None:
        yield problem.at(file=file, column="working_crs")
    if project.main_set not in record.criteria_sets:
        known = ", ".join(record.criteria_sets)
        yield Problem(
            file=file,
            column="main_set",
            what=Text("không có bộ tiêu chí này", "there is no such criteria set"),
            found=project.main_set,
            allowed=Text(known, known),
            todo=Text("sửa lại tên bộ tiêu chí", "mend the name of the set"),
        )
    if not record.units.keys:
        yield Problem(
            file=record.units.file,
            what=Text("không có đơn vị hành chính nào", "there is no administrative unit"),
            allowed=Text("ít nhất một dòng", "at least one row"),
            todo=Text("thêm các xã, thị trấn của huyện", "add the district's communes and towns"),
        )
    if project.district.code in record.units.keys:
        yield Problem(
            file=file,
            column="district.code",
            what=Text("mã huyện trùng mã một đơn vị", "the district's code is that of a unit"),
            found=project.district.code,
            allowed=Text("mã không có trong gis/units.csv", "a code that gis/units.csv has not"),
            todo=Text("sửa mã huyện", "mend the district's code"),
        )


def _check_references(record: Record) -> Iterator[Problem]:
    keys = {sheet.table.name: sheet.keys for sheet in record.sheets()}
    keys["places"] = keys["units"] | {record.project.district.code}
    unread = {sheet.table.name for sheet in record.sheets() if not sheet.is_read}
    if "units" in unread:
        unread.add("places")
    for sheet in (*record.sheets(), *(report.sheet for report in record.reports)):
        name = sheet.table.name
        columns = [
            (c, target)
            for (table, c), target in _REFERENCES.items()
            if table == name and target not in unread
        ]
        for row, problem in sheet.located():
            for column, target in columns:
                value = getattr(row, column)
                for code in value if isinstance(value, tuple) else (value,):
                    if code is not None and code not in keys[target]:
                        yield _unknown_reference(problem, column, code, target, keys[target])


def _unknown_reference(
    problem: Callable[..., Problem], column: str, code: str, target: str, keys: set[str]
) -> Problem:
    file = {table.name: table.file for table in TABLES}.get(target, "gis/units.csv")
    near = sorted(keys, key=lambda key: (-_common_prefix(key, code), key))[:_MOST_EXAMPLES]
    shown = ", ".join(near) + (", …" if len(keys) > len(near) else "")
    shown = shown or "–"  # the table has no rows
    return problem(
        column,
        Text(f"mã không có trong {file}", f"a code that {file} does not have"),
        found=code,
        allowed=Text(shown, shown),
        todo=Text(f"sửa mã, hoặc thêm dòng vào {file}", f"mend it, or add a row to {file}"),
    )


def _common_prefix(left: str, right: str) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))


def _check_criteria(record: Record) -> Iterator[Problem]:
    sets = record.criteria_sets
    known = Text(", ".join(sets), ", ".join(sets))
    for sheet in record.sheets():
        if "set" not in sheet.table.columns:
            continue
        for row, problem in sheet.located():
            if row.set is None and row.number is not None:
                yield problem(
                    "set",
                    Text("có số tiêu chí mà thiếu bộ tiêu chí", "a number without its set"),
                    found=str(row.number),
                    allowed=known,
                    todo=Text("ghi bộ tiêu chí", "fill in the set"),
                )
            elif row.set is not None and row.set not in sets:
                yield problem(
                    "set",
                    Text("không có bộ tiêu chí này", "there is no such criteria set"),
                    found=row.set,
                    allowed=known,
                    todo=Text("sửa lại tên bộ tiêu chí", "mend the name of the set"),
                )
            elif row.number is not None and row.number not in sets[row.set].numbers:
                last = len(sets[row.set].numbers)
                yield problem(
                    "number",
                    Text(
                        f"bộ tiêu chí «{row.set}» không có số này",
                        f"the set '{row.set}' has no such criterion",
                    ),
                    found=str(row.number),
                    allowed=Text(f"từ 1 đến {last}", f"1 to {last}"),
                    todo=Text("sửa lại số tiêu chí", "mend the number"),
                )


def _check_units(record: Record) -> Iterator[Problem]:
    by_spelling: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row, problem in record.units.located():
        if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
            yield problem(
                "valid_to",
                Text("ngày hết hiệu lực trước ngày có hiệu lực", "valid_to before valid_from"),
                found=str(row.valid_to),
                allowed=Text(f"từ {row.valid_from}", f"{row.valid_from} or later"),
                todo=Text("sửa một trong hai ngày", "mend one of the two days"),
            )
        for spelling in (row.name, *row.aliases):
            # A town and a commune may share a name: the word for the kind tells them apart.
            others = by_spelling[row.kind, fold(spelling)]
            taken = [f"{name} ({code})" for code, name in others.items() if code != row.unit_code]
            others[row.unit_code] = row.name
            if taken:
                both = f"{taken[0]}, {row.name} ({row.unit_code})"
                yield problem(
                    "name" if spelling == row.name else "aliases",
                    Text(f"tên này ứng với hai đơn vị: {both}", f"a name of two units: {both}"),
                    found=spelling,
                    allowed=Text("mỗi cách viết một đơn vị", "each spelling for one unit"),
                    todo=Text("bỏ cách viết ở một đơn vị", "take it out of one of them"),
                )


def _check_centres(record: Record) -> Iterator[Problem]:
    """Hold the units' centres against each other and the district's seat."""
    district = record.project.district
    first: dict[tuple[float, float], str] = {}
    for row, problem in record.units.located():
        same = first.setdefault((row.lon, row.lat), row.unit_code)
        found = f"{row.lon}, {row.lat}"
        if same != row.unit_code:
            yield problem(
                "lon",
                Text(f"cùng tâm với đơn vị {same}", f"the same centre as unit {same}"),
                found=found,
                allowed=Text("mỗi đơn vị một tâm", "each unit its own centre"),
                todo=Text("sửa kinh độ, vĩ độ", "mend longitude and latitude"),
            )
        far_km = distance_km((row.lon, row.lat), (district.seat_lon, district.seat_lat))
        if far_km > FARTHEST_KM:
            yield problem(
                "lon",
                Text(
                    f"tâm cách huyện lỵ {far_km:.0f} km (đổi chỗ kinh độ và vĩ độ?)",
                    f"the centre is {far_km:.0f} km from the seat (axes swapped?)",
                ),
                found=found,
                allowed=Text(f"trong vòng {FARTHEST_KM:.0f} km", f"within {FARTHEST_KM:.0f} km"),
                todo=Text("sửa kinh độ, vĩ độ", "mend longitude and latitude"),
            )


def _check_neighbours(record: Record) -> Iterator[Problem]:
    seen: dict[frozenset[str], int] = {}
    for (row, problem), number in zip(
        record.neighbours.located(), record.neighbours.lines, strict=True
    ):
        pair = frozenset((row.unit_code, row.neighbour_code))
        first = seen.setdefault(pair, number)
        if len(pair) == 1 or first != number:
            yield problem(
                "neighbour_code",
                Text("đơn vị giáp chính nó", "a unit borders on itself")
                if len(pair) == 1
                else Text(f"cặp lặp lại, đã có ở dòng {first}", f"the same pair as row {first}"),
                found=f"{row.unit_code} / {row.neighbour_code}",
                allowed=Text("hai đơn vị khác nhau, mỗi cặp một dòng", "two units, each pair once"),
                todo=Text("sửa mã, hoặc bỏ dòng", "mend the code, or take the row out"),
            )


def _check_targets(record: Record) -> Iterator[Problem]:
    district = record.project.district.code
    numbered = {(t.set, t.unit_code, t.asset_id) for t in record.targets if t.number is not None}
    for row, problem in record.targets.located():
        definition = record.criteria_sets.get(row.set)
        if definition is None:
            continue
        if row.number is None and (row.set, row.unit_code, row.asset_id) in numbered:
            yield problem(
                "number",
                Text(
                    "vừa có chỉ tiêu cả bộ, vừa có chỉ tiêu từng số",
                    "a target for the whole set beside targets for its numbers",
                ),
                found="",
                allowed=Text("một trong hai cách", "one of the two"),
                todo=Text("ghi số tiêu chí, hoặc bỏ dòng", "fill in the number, or take it out"),
            )
        level = Text(
            f"bộ tiêu chí «{row.set}» dành cho cấp {definition.level}",
            f"the set '{row.set}' is for the level {definition.level}",
        )
        if (definition.level == "village") != (row.asset_id is not None):
            yield problem(
                "asset_id",
                level,
                found=row.asset_id or "",
                allowed=Text(
                    "mã làng khi và chỉ khi bộ tiêu chí dành cho làng",
                    "a village's id if and only if the set is for villages",
                ),
                todo=Text("thêm hoặc bỏ mã làng", "add the village's id or take it out"),
            )
        if (definition.level == "district") != (row.unit_code == district):
            yield problem(
                "unit_code",
                level,
                found=row.unit_code,
                allowed=Text(
                    f"mã huyện {district} khi và chỉ khi bộ tiêu chí dành cho huyện",
                    f"the district's code {district} if and only if the set is for districts",
                ),
                todo=Text("sửa mã đơn vị hoặc bộ tiêu chí", "mend the unit's code or the set"),
            )


def _check_works(record: Record) -> Iterator[Problem]:
    assets = {asset.asset_id: asset for asset in record.assets}
    for row, problem in record.works.located():
        asset = assets.get(row.asset_id)
        if asset is not None and asset.unit_code != row.unit_code:
            yield problem(
                "unit_code",
                Text("việc và công trình ở hai đơn vị", "a work and its asset in two units"),
                found=row.unit_code,
                allowed=Text(
                    f"{asset.unit_code}, như {asset.asset_id} trong assets.csv",
                    f"{asset.unit_code}, as {asset.asset_id} in assets.csv",
                ),
                todo=Text("sửa một trong hai mã", "mend one of the two codes"),
            )
        if (row.quantity is None) != (row.measure is None):
            yield problem(
                "measure" if row.measure is None else "quantity",
                Text("khối lượng và đơn vị tính phải đi đôi", "a quantity needs its measure"),
                allowed=Text("cả hai, hoặc để trống cả hai", "both, or neither"),
                todo=Text("điền ô còn trống", "fill in the other cell"),
            )


def _check_reports(record: Record) -> Iterator[Problem]:
    """Hold each report against the unit that its file is named after."""
    district = record.project.district.code
    known = record.units.keys | {district}
    unit_of = {work.work_id: work.unit_code for work in record.works}
    years = range(record.project.plan_year, record.project.plan_year + _REPORT_YEARS)
    for report in record.reports:
        if report.month.year not in years:
            yield Problem(
                file=report.sheet.file,
                what=Text("tháng báo cáo ngoài thời gian của kế hoạch", "a month out of the plan"),
                found=f"{report.month:%Y-%m}",
                allowed=Text(f"{years[0]}–{years[-1]}", f"{years[0]} to {years[-1]}"),
                todo=Text("đổi tên thư mục tháng", "rename the month's folder"),
            )
        if report.unit_code not in known:
            shown = ", ".join(sorted(known)[:_MOST_EXAMPLES]) + ", …"
            yield Problem(
                file=report.sheet.file,
                what=Text(
                    "tên tệp báo cáo nêu mã đơn vị không có trong gis/units.csv",
                    "the report's name holds a unit code that gis/units.csv does not have",
                ),
                found=report.unit_code,
                allowed=Text(shown, shown),
                todo=Text("đổi tên tệp theo mã đơn vị", "rename the file after the unit's code"),
            )
            continue
        for row, problem in report.sheet.located():
            owner = unit_of.get(row.work_id, report.unit_code)
            if report.unit_code not in (owner, district):
                yield problem(
                    "work_id",
                    Text(
                        f"việc của đơn vị {owner} trong báo cáo của đơn vị {report.unit_code}",
                        f"a work of unit {owner} in the report of unit {report.unit_code}",
                    ),
                    found=row.work_id,
                    allowed=Text("việc của chính đơn vị báo cáo", "works of the unit that reports"),
                    todo=Text(
                        f"chuyển dòng sang báo cáo của {owner}",
                        f"move the row to the report of {owner}",
                    ),
                )
