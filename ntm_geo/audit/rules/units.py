"""Units that one table lists and another leaves out."""

from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan, WorkOrMeasure, row_id
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, gather, places, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Subject

_TIMES_MORE = 4
_FEWEST_LISTED = 4
"""A list of fewer, or of not so many times more than it leaves out, need not hold all communes."""
_LISTING = (
    Subject.TARGETS_MAINTAIN,
    Subject.TARGETS_ACHIEVE,
    Subject.UNITS_LISTED,
    Subject.UNITS_TARGET,
)
_ABOVE = " intro"
"""How the clause of what stands above a table ends; its rows' go on in "row"."""


def find_units_without_targets(plan: Plan) -> Iterator[Finding]:
    """Look for communes that a set's tables leave out, of the district or of those named."""
    main = plan.record.project.main_set
    district = fill("Huyện có {n} xã.", "The district has {n} communes.", n=len(plan.communes))
    yield from _left_out(plan, main, plan.communes, said=district)
    aims = (s for s in plan.said(Subject.UNITS_TARGET) if s.set is not None and s.number is None)
    for (set_id, units), statements in gather(aims, lambda s: (s.set or "", s.units)).items():
        said = sentences(cite(*statements), _named(plan, units))
        clauses = unique(s.clause for s in statements)
        yield from _left_out(plan, set_id, units, said=said, clauses=clauses)
    yield from _lists_above(plan)


def _lists_above(plan: Plan) -> Iterator[Finding]:
    """Hold the communes listed above a table against its rows.

    What the list has and the table has not is one too many; what only the table has may be left
    out on purpose, where the list names few.
    """
    above = (s for s in plan.said(*_LISTING) if s.clause.endswith(_ABOVE) and s.units)
    named = (s for s in above if s.units_role != "except" and s.number is None)
    for (clause, units), statements in gather(
        named, lambda s: (s.clause, plan.ordered(s.units))
    ).items():
        head = f"{clause.removesuffix(_ABOVE)} row"
        rows = [t for t in plan.record.targets if f"{t.clause} ".startswith(f"{head} ")]
        table = plan.ordered(t.unit_code for t in rows)
        extra = plan.ordered(set(units) - set(table))
        if all(s.subject == Subject.UNITS_TARGET for s in statements):
            # A commune that stands in none of the set's tables is told above.
            extra = plan.ordered(set(extra) & set(plan.units_of_set(rows[0].set if rows else "")))
        missing = plan.ordered(set(table) - set(units))
        if rows and (extra or 0 < len(missing) < len(units)):
            yield Finding(
                rule="unit-untargeted",
                severity=Severity.CONTRADICTION if extra else Severity.NOTE,
                clauses=unique((*(s.clause for s in statements), *(t.clause for t in rows))),
                title=fill(
                    "Danh sách trên bảng và các dòng của bảng khác nhau ở {units}",
                    "The list above a table and its rows differ in {units}",
                    units=plan.few((*extra, *missing)),
                ),
                statement_a=sentences(cite(*statements), _named(plan, units)),
                statement_b=fill(
                    "Bảng có {n} xã; thiếu: {extra}; thêm: {missing}.",
                    "The table has {n}; lacking: {extra}; besides: {missing}.",
                    n=len(table), extra=plan.names(extra), missing=plan.names(missing),
                ),
                unit_codes=plan.ordered((*extra, *missing)),
                criterion=rows[0].set,
                difference=len(units) - len(table),
                hint=Text(
                    "Sửa danh sách hoặc bảng cho khớp.", "Make the list and the table agree."
                ),
                about=slug(rows[0].set, "above"),
                figures=(len(units), len(table)),
                key=units,
            )  # fmt: skip


def _named(plan: Plan, units: tuple[str, ...]) -> Text:
    return fill(
        "Là {n} xã: {units}.", "These are {n}: {units}.", n=len(units), units=plan.names(units)
    )


def _left_out(
    plan: Plan, set_id: str, wanted: tuple[str, ...], *, said: Text, clauses: tuple[str, ...] = ()
) -> Iterator[Finding]:
    listed = plan.units_of_set(set_id)
    missing = plan.ordered(set(wanted) - set(listed))
    if missing and listed:
        tables = (t.clause for t in plan.record.targets if t.set == set_id)
        yield Finding(
            rule="unit-untargeted",
            severity=Severity.CONTRADICTION if clauses else Severity.GAP,
            clauses=unique((*clauses, *tables)),
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
            about=slug(set_id, (clauses and "named") or None),
            figures=(len(wanted), len(listed)),
            key=wanted,
        )  # fmt: skip


def find_incomplete_lists(plan: Plan) -> Iterator[Finding]:
    """Look for lists by commune that leave out one or two."""
    for rows in plan.families:
        units = plan.ordered({row.unit_code for row in rows} & set(plan.communes))
        missing = tuple(unit for unit in plan.ordered(plan.communes) if unit not in units)
        is_nearly_all = len(units) >= max(_FEWEST_LISTED, _TIMES_MORE * len(missing))
        if missing and is_nearly_all and not _follows_table(plan, rows[0], units, missing):
            yield _incomplete_finding(plan, rows, units, missing)


def _follows_table(
    plan: Plan, row: WorkOrMeasure, units: tuple[str, ...], missing: tuple[str, ...]
) -> bool:
    """Whether the table tells those that a list leaves out from those that it names."""
    key = (row.set or "", row.number)
    return not {plan.state(key, u) for u in units} & {plan.state(key, u) for u in missing}


def _incomplete_finding(
    plan: Plan, rows: list[WorkOrMeasure], units: tuple[str, ...], missing: tuple[str, ...]
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
            "{clause} kể {n} xã ({name}, …).",
            "{clause} lists {n} communes ({name}, …).",
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
        about=slug(min(row_id(row) for row in rows)),
        figures=(len(plan.communes), len(units)),
    )  # fmt: skip


RULES = (
    Rule(
        "unit-untargeted",
        Text("Xã không có trong bảng", "A commune missing in the tables"),
        Text(
            "Mọi xã của huyện, và xã được kể tên cho một bộ hay trên một bảng, phải có trong bảng.",
            "All communes, and those named for a set or above a table, must stand in the tables.",
        ),
        find_units_without_targets,
        reads=(
            Subject.UNITS_TARGET,
            Subject.UNITS_LISTED,
            Subject.TARGETS_MAINTAIN,
            Subject.TARGETS_ACHIEVE,
        ),
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
