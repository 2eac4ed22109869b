"""Rows that stand twice: one thing on the ground, one work or one measure, counted double."""

from collections.abc import Iterator, Sequence

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan, WorkOrMeasure, row_id
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import fill, gather, places, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Asset, Work
from ntm_geo.names import fold


def find_double_rows(plan: Plan) -> Iterator[Finding]:
    """Look for assets called alike in one place, and for works and measures wanted twice."""
    record = plan.record
    assets = gather(record.assets, lambda a: (a.class_, fold(a.name), a.unit_code))
    works = gather(record.works, lambda w: (w.asset_id, w.kind))
    measures = gather(
        record.measures, lambda m: (m.set, m.number, m.measure, fold(m.name), m.unit_code)
    )
    alike: list[Sequence[Asset | WorkOrMeasure]] = [
        *assets.values(),
        *works.values(),
        *measures.values(),
    ]
    for rows in alike:
        if len(rows) > 1:
            yield _double_finding(plan, rows)


def _double_finding(plan: Plan, rows: Sequence[Asset | WorkOrMeasure]) -> Finding:
    first, *others = rows
    ids = [row.asset_id if isinstance(row, Asset) else row_id(row) for row in rows]
    criterion = None if isinstance(first, Asset) else criterion_key(first.set, first.number)
    return Finding(
        rule="row-twice",
        severity=Severity.NOTE,
        clauses=unique(row.clause for row in rows),
        title=fill(
            "{name}: {n} dòng cho một việc hay một nơi",
            "{name}: {n} rows for one thing",
            name=first.name, n=len(rows),
        ),
        statement_a=_says([first]),
        statement_b=_says(others),
        unit_codes=plan.ordered(row.unit_code for row in rows),
        criterion=criterion,
        work_ids=tuple(row.work_id for row in rows if isinstance(row, Work)),
        difference=len(others),
        hint=Text(
            "Hỏi có phải một việc ghi hai lần không: nếu phải, khối lượng bị tính hai lần.",
            "Ask whether it is one thing written twice: if so, its quantity counts double.",
        ),
        about=slug(min(ids)),
        figures=(len(rows),),
        key=tuple(ids),
    )  # fmt: skip


def _says(rows: Sequence[Asset | WorkOrMeasure]) -> Text:
    return fill(
        "{clauses}: {name}.", "{clauses}: {name}.",
        clauses=places(row.clause for row in rows), name=rows[0].name,
    )  # fmt: skip


RULES = (
    Rule(
        "row-twice",
        Text("Một việc hai dòng", "One thing in two rows"),
        Text(
            "Mỗi công trình, mỗi việc, mỗi chỉ tiêu có một dòng.",
            "Each thing on the ground, each work and each measure has one row.",
        ),
        find_double_rows,
    ),
)
