"""Units that one table lists and another leaves out."""

from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, places, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Measure, Work

_MOST_LEFT_OUT = 2
_FEWEST_LISTED = 4
"""A list that leaves out more, or names fewer, was never meant to hold all communes."""


def find_units_without_targets(plan: Plan) -> Iterator[Finding]:
    """Look for communes that a set's tables leave out, of the district or of those named."""
    main = plan.record.project.main_set
    district = fill("Huyện có {n} xã.", "The district has {n} communes.", n=len(plan.communes))
    yield from _left_out(plan, main, plan.communes, said=district)
    for s in plan.said("units_target"):
        if s.set is not None and s.number is None:
            said = cite(s, figure=len(s.units))
            yield from _left_out(plan, s.set, s.units, said=said, clause=s.clause)


def _left_out(
    plan: Plan, set_id: str, wanted: tuple[str, ...], *, said: Text, clause: str | None = None
) -> Iterator[Finding]:
    listed = plan.units_of_set(set_id)
    missing = plan.ordered(set(wanted) - set(listed))
    if missing and listed:
        tables = (t.clause for t in plan.record.targets if t.set == set_id)
        yield Finding(
            rule="unit-untargeted",
            severity=Severity.CONTRADICTION if clause else Severity.GAP,
            clauses=unique((clause, *tables) if clause else tables),
            title=fill(
                "Bảng {set} thiếu {units}",
                "The tables of {set} leave out {units}",
                set=plan.criterion((set_id, None)), units=plan.few(missing),
            ),
            statement_a=said,
            statement_b=fill(
                "Bảng có {n}; thiếu {units}.",
                "The tables list {n}; missing: {units}.",
                n=len(listed), units=plan.names(missing),
            ),
            unit_codes=missing,
            criterion=set_id,
            difference=len(missing),
            hint=fill(
                "Thêm dòng cho {units}.", "Add rows for {units}.", units=plan.names(missing)
            ),
            about=slug(set_id, clause and "named"),
            figures=(len(wanted), len(listed)),
        )  # fmt: skip


def find_incomplete_lists(plan: Plan) -> Iterator[Finding]:
    """Look for lists by commune that leave out one or two."""
    families: dict[tuple[object, ...], list[Work | Measure]] = {}
    kinds: dict[str, tuple[object, ...]] = {
        asset.asset_id: (asset.layer, asset.class_) for asset in plan.record.assets
    }
    for work in plan.record.works:
        family = (*kinds[work.asset_id], work.kind, work.set, work.number, work.clause)
        families.setdefault(family, []).append(work)
    for m in plan.record.measures:
        families.setdefault((m.measure, m.set, m.number, m.clause), []).append(m)
    for rows in families.values():
        units = plan.ordered({row.unit_code for row in rows} & set(plan.communes))
        missing = tuple(unit for unit in plan.ordered(plan.communes) if unit not in units)
        if len(units) >= _FEWEST_LISTED and 0 < len(missing) <= _MOST_LEFT_OUT:
            yield _incomplete_finding(plan, rows, units, missing)


def _incomplete_finding(
    plan: Plan, rows: list[Work | Measure], units: tuple[str, ...], missing: tuple[str, ...]
) -> Finding:
    first = rows[0]
    clauses = unique(row.clause for row in rows)
    return Finding(
        rule="list-incomplete",
        severity=Severity.NOTE,
        clauses=clauses,
        title=fill(
            "Danh sách theo xã thiếu {units}",
            "A list by commune leaves out {units}",
            units=plan.names(missing),
        ),
        statement_a=fill(
            "Huyện có {n} xã.", "The district has {n} communes.", n=len(plan.communes)
        ),
        statement_b=fill(
            "{clause} kể {n} xã («{name}», …).",
            "{clause} lists {n} communes («{name}», …).",
            clause=places(clauses[:1]), n=len(units), name=first.name,
        ),
        unit_codes=missing,
        criterion=criterion_key(first.set, first.number),
        difference=len(missing),
        hint=fill(
            "Kiểm tra có bỏ sót {units} không.",
            "Check whether {units} was forgotten.",
            units=plan.names(missing),
        ),
        about=slug(first.work_id if isinstance(first, Work) else first.measure_id),
        figures=(len(plan.communes), len(units)),
    )  # fmt: skip


RULES = (
    Rule(
        "unit-untargeted",
        Text("Xã không có trong bảng", "A commune missing in the tables"),
        Text(
            "Mọi xã của huyện, và xã được kể tên cho một bộ, phải có trong bảng của bộ đó.",
            "All communes, and those named for a set, must stand in the set's tables.",
        ),
        find_units_without_targets,
    ),
    Rule(
        "list-incomplete",
        Text("Danh sách thiếu xã", "A list that leaves out a commune"),
        Text(
            "Danh sách kể gần đủ các xã mà thiếu một, hai xã thì có thể là bỏ sót.",
            "A list of nearly all communes that lacks one or two may have forgotten them.",
        ),
        find_incomplete_lists,
    ),
)
