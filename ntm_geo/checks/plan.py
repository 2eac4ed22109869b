"""Criteria, targets, assets and works of the plan."""

from collections.abc import Callable, Iterable, Iterator

from ntm_geo.errors import Problem, Text
from ntm_geo.model import CLASSES, AssetClass, CriteriaSet, Layer
from ntm_geo.schemas import Record


def check_plan(record: Record) -> Iterator[Problem]:
    """Find criteria that no set has, targets of the wrong level, works astray."""
    yield from _check_criteria(record)
    yield from _check_targets(record)
    yield from _check_assets(record)
    yield from _check_works(record)


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
                yield unknown_set(problem, "set", row.set, sets)
            elif row.number is not None and row.number not in sets[row.set].numbers:
                yield unknown_number(problem, "number", str(row.number), sets[row.set])


def unknown_set(
    problem: Callable[..., Problem], column: str, found: str, sets: Iterable[str]
) -> Problem:
    """Return the problem of a criteria set that is not there."""
    known = ", ".join(sets)
    return problem(
        column,
        Text("không có bộ tiêu chí này", "there is no such criteria set"),
        found=found,
        allowed=Text(known, known),
        todo=Text("sửa lại tên bộ tiêu chí", "mend the name of the set"),
    )


def unknown_number(
    problem: Callable[..., Problem], column: str, found: str, definition: CriteriaSet
) -> Problem:
    """Return the problem of a number that a criteria set does not have."""
    last = len(definition.numbers)
    return problem(
        column,
        Text(
            f"bộ tiêu chí «{definition.id}» không có số này",
            f"the set '{definition.id}' has no such criterion",
        ),
        found=found,
        allowed=Text(f"từ 1 đến {last}", f"1 to {last}"),
        todo=Text("sửa lại số tiêu chí", "mend the number"),
    )


def _check_targets(record: Record) -> Iterator[Problem]:
    district = record.project.district.code
    assets = {asset.asset_id: asset for asset in record.assets}
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
        if row.number is None and definition.criterion:
            last = len(definition.numbers)
            yield problem(
                "number",
                Text("thiếu số tiêu chí", "the criterion's number is missing"),
                found="",
                allowed=Text(f"từ 1 đến {last}", f"1 to {last}"),
                todo=Text("ghi số tiêu chí", "fill in the number"),
            )
        village = assets.get(row.asset_id or "")
        if village is not None and not (
            village.layer == Layer.VILLAGES and village.unit_code == row.unit_code
        ):
            yield problem(
                "asset_id",
                Text("không phải là làng của đơn vị này", "no village of this unit"),
                found=village.asset_id,
                allowed=Text(
                    f"công trình lớp villages của {row.unit_code}",
                    f"an asset of the layer villages in {row.unit_code}",
                ),
                todo=Text("sửa mã làng hoặc mã đơn vị", "mend the village's or the unit's code"),
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


def _check_assets(record: Record) -> Iterator[Problem]:
    for row, problem in record.assets.located():
        if row.class_ not in (*CLASSES[row.layer], AssetClass.OTHER):
            words = ", ".join((*CLASSES[row.layer], AssetClass.OTHER))
            yield problem(
                "class",
                Text(
                    f"loại này không thuộc lớp «{row.layer}»",
                    f"this class is not one of the layer '{row.layer}'",
                ),
                found=row.class_,
                allowed=Text(words, words),
                todo=Text("sửa lớp hoặc loại", "mend the layer or the class"),
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
        definition = record.criteria_sets.get(row.set or "")
        is_of_village = asset is not None and asset.layer == Layer.VILLAGES
        if definition is not None and definition.level == "village" and not is_of_village:
            yield problem(
                "set",
                Text(
                    "tiêu chí của làng mà công trình không phải là làng",
                    "a criterion of villages for an asset that is no village",
                ),
                found=definition.id,
                allowed=Text("công trình thuộc lớp villages", "an asset of the layer villages"),
                todo=Text("sửa bộ tiêu chí hoặc công trình", "mend the set or the asset"),
            )
        if (row.quantity is None) != (row.measure is None):
            yield problem(
                "measure" if row.measure is None else "quantity",
                Text("khối lượng và đơn vị tính phải đi đôi", "a quantity needs its measure"),
                allowed=Text("cả hai, hoặc để trống cả hai", "both, or neither"),
                todo=Text("điền ô còn trống", "fill in the other cell"),
            )
