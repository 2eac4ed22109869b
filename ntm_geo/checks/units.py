"""The project, its units, their centres and neighbours."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ntm_geo.crs import FARTHEST_KM, distance_km, find_crs_problem
from ntm_geo.errors import Problem, Text
from ntm_geo.names import fold
from ntm_geo.schemas import Record


def check_units(record: Record) -> Iterator[Problem]:
    """Find what is wrong with the project's frame and its administrative units."""
    yield from _check_project(record)
    yield from _check_names(record)
    yield from _check_centres(record)
    yield from _check_neighbours(record)


def _is_valid_in(valid_from: date | None, valid_to: date | None, year: int) -> bool:
    starts_in_time = valid_from is None or valid_from.year <= year
    return starts_in_time and (valid_to is None or valid_to.year >= year)


def _check_project(record: Record) -> Iterator[Problem]:
    project, file = record.project, "gis/project.toml"
    seat = (project.district.seat_lon, project.district.seat_lat)
    problem = find_crs_problem(project.working_crs, seat=seat)
    if problem is not None:
        yield problem.at(file=file, column="working_crs")
    of_communes = [d.id for d in record.criteria_sets.values() if d.level == "commune"]
    if project.main_set not in of_communes:
        known = ", ".join(of_communes) or "–"
        yield Problem(
            file=file,
            column="main_set",
            what=Text("không phải bộ tiêu chí của xã", "no criteria set of communes"),
            found=project.main_set,
            allowed=Text(known, known),
            todo=Text("sửa lại tên bộ tiêu chí", "mend the name of the set"),
        )
    for definition in record.criteria_sets.values():
        if not _is_valid_in(definition.valid_from, definition.valid_to, project.plan_year):
            yield Problem(
                file=f"gis/criteria/{definition.id}.toml",
                column="valid_to",
                what=Text("không có hiệu lực trong năm kế hoạch", "not valid in the plan year"),
                found=f"{definition.valid_from} – {definition.valid_to or ''}",
                allowed=Text(str(project.plan_year), str(project.plan_year)),
                todo=Text("sửa ngày, hoặc bỏ bộ tiêu chí", "mend the days, or take the set out"),
            )
    if record.units.is_read and not record.units.keys:
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


def _check_names(record: Record) -> Iterator[Problem]:
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
        if not _is_valid_in(row.valid_from, row.valid_to, record.project.plan_year):
            yield problem(
                "valid_to",
                Text("đơn vị không có hiệu lực trong năm kế hoạch", "not valid in the plan year"),
                found=f"{row.valid_from or ''} – {row.valid_to or ''}",
                allowed=Text(str(record.project.plan_year), str(record.project.plan_year)),
                todo=Text("sửa ngày, hoặc bỏ dòng", "mend the days, or take the row out"),
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
