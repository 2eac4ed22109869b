"""What became of the units: each row from a unit that there was, to one whole or to parts."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from ntm_geo.errors import Problem, Text
from ntm_geo.model import ChangePart
from ntm_geo.names import fold
from ntm_geo.schemas import Record

_MOST_AREA_ERROR = 0.05
"""Parts may add up to more or less than the unit by this share: sources measure differently."""


def check_changes(record: Record) -> Iterator[Problem]:
    """Find changes of units that there were not, parts of wholes and names that do not agree."""
    yield from _check_rows(record)
    yield from _check_lone_parts(record)
    yield from _check_receivers(record)


def _check_rows(record: Record) -> Iterator[Problem]:
    areas = {unit.unit_code: unit.area_km2 for unit in record.units}
    known = dict.fromkeys(record.units.keys, date.min)
    for row in record.changes:
        known.setdefault(row.into_code, row.date)
    names: dict[tuple[date, str], str] = {}
    seen: dict[tuple[date, str], list[ChangePart]] = defaultdict(list)
    parts: dict[tuple[date, str], float] = defaultdict(float)
    district = record.project.district.code
    for row, problem in record.changes.located():
        if row.into_code == district:
            yield problem(
                "into_code",
                Text("mã này là mã của huyện", "this is the district's own code"),
                found=row.into_code,
                allowed=Text("mã một đơn vị của huyện", "the code of a unit of the district"),
                todo=Text("sửa mã", "mend the code"),
            )
        if row.unit_code not in known or known[row.unit_code] >= row.date:
            codes = ", ".join(sorted(code for code, day in known.items() if day < row.date))
            yield problem(
                "unit_code",
                Text("ngày ấy không có đơn vị này", "no such unit on that day"),
                found=row.unit_code,
                allowed=Text(codes, codes),
                todo=Text("sửa mã, hoặc ngày", "mend the code or the day"),
            )
        before = seen[row.date, row.unit_code]
        if before and ChangePart.WHOLE in (*before, row.part):
            yield problem(
                "part",
                Text("đơn vị vừa chuyển toàn bộ vừa chuyển một phần", "a whole and a part of one"),
                found=row.part,
                allowed=Text("một dòng whole, hoặc các dòng part", "one row whole, or rows part"),
                todo=Text("sửa cột part", "mend the column part"),
            )
        before.append(row.part)
        name = names.setdefault((row.date, row.into_code), row.into_name)
        if name != row.into_name:
            yield problem(
                "into_name",
                Text("một đơn vị mới mang hai tên", "one new unit with two names"),
                found=row.into_name,
                allowed=Text(name, name),
                todo=Text("ghi cùng một tên", "give the same name"),
            )
        parts[row.date, row.unit_code] += row.area_km2 or float("nan")
        total, whole = parts[row.date, row.unit_code], areas.get(row.unit_code)
        if whole is not None and total > whole * (1 + _MOST_AREA_ERROR):
            yield problem(
                "area_km2",
                Text("các phần cộng lại lớn hơn cả đơn vị", "the parts add up to more than it has"),
                found=f"{total:g}",
                allowed=Text(f"tối đa {whole:g} km²", f"{whole:g} km² at most"),
                todo=Text("kiểm tra diện tích", "check the areas"),
            )


def _check_lone_parts(record: Record) -> Iterator[Problem]:
    """Find parts of which nothing says where the rest is: it would be taken for the whole."""
    many = Counter((row.date, row.unit_code) for row in record.changes)
    for row, problem in record.changes.located():
        if row.part == ChangePart.PART and many[row.date, row.unit_code] == 1:
            code = row.unit_code
            yield problem(
                "part",
                Text("chỉ có một phần, không ghi phần còn lại", "a part, and no row for the rest"),
                found=row.part,
                allowed=Text("mỗi phần một dòng, ít nhất hai dòng", "a row a part, at least two"),
                todo=Text(
                    f"thêm dòng cho phần còn lại (có thể vẫn là {code}), hoặc ghi whole",
                    f"add a row for the rest (which may stay {code}), or write whole",
                ),
            )


def _check_receivers(record: Record) -> Iterator[Problem]:
    """Find units that take in others, stay what they are, and are called otherwise in the row."""
    called = {unit.unit_code: (unit.name, *unit.aliases) for unit in record.units}
    located = list(record.changes.located())
    for day in sorted({row.date for row, _ in located}):
        rows = [(row, problem) for row, problem in located if row.date == day]
        moved = {row.unit_code for row, _ in rows}
        for row, problem in rows:
            names = () if row.into_code in moved else called.get(row.into_code, ())
            if names and fold(row.into_name) not in map(fold, names):
                yield problem(
                    "into_name",
                    Text("đơn vị nhận vào đang mang tên khác", "the unit has another name so far"),
                    found=row.into_name,
                    allowed=Text(names[0], names[0]),
                    todo=Text(
                        f"ghi đúng tên, hoặc thêm dòng đổi tên {row.into_code}",
                        f"give that name, or add a row that renames {row.into_code}",
                    ),
                )
        stayed = {code: names for code, names in called.items() if code not in moved}
        called = {row.into_code: (row.into_name,) for row, _ in rows} | stayed
