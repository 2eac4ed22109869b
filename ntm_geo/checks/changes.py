"""What became of the units: each row from a unit that there was, to one whole or to parts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ntm_geo.errors import Problem, Text
from ntm_geo.model import ChangePart
from ntm_geo.schemas import Record

_MOST_AREA_ERROR = 0.05
"""Parts may add up to more or less than the unit by this share: sources measure differently."""


def check_changes(record: Record) -> Iterator[Problem]:
    """Find changes of units that there were not, parts of wholes and names that do not agree."""
    areas = {unit.unit_code: unit.area_km2 for unit in record.units}
    known = dict.fromkeys(record.units.keys, date.min)
    for row in record.changes:
        known.setdefault(row.into_code, row.date)
    names: dict[tuple[date, str], str] = {}
    seen: dict[tuple[date, str], list[ChangePart]] = defaultdict(list)
    parts: dict[tuple[date, str], float] = defaultdict(float)
    for row, problem in record.changes.located():
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
