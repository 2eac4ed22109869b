"""Money by source: parts against wholes, words against rows, sources without an amount."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ntm_geo.audit.figures import total
from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import Span, stated
from ntm_geo.audit.words import cite, fill, gather, join, places, slug, unique
from ntm_geo.encodings import clean
from ntm_geo.errors import Text
from ntm_geo.labels import LABELS
from ntm_geo.model import BudgetSource, Fact, Layer, Subject
from ntm_geo.model.facts import facts_of

_YEARS = re.compile(r"20\d\d\s*[-–]\s*20\d\d")
"""A span of years in words: "giai đoạn 2021-2025"."""
_TOTAL = re.compile(r"\b(?:tổng|nhu cầu)\b", re.IGNORECASE)
"""Words by which an amount is called the plan's total."""
_OF_YEARS = Text(
    "Có thể là nhu cầu của cả giai đoạn; nếu là của năm nay thì sửa tổng hoặc nguồn.",
    "It may be what several years need; if it is this year's, mend the total or a source.",
)
_OF_SOMETHING = Text(
    "Có thể là tiền cho một việc khác; nếu là tổng thì sửa tổng hoặc nguồn.",
    "It may be the money for something else; if it is the total, mend it or a source.",
)
_UNIT = Text("triệu đồng", "million VND")


def _name(source: BudgetSource) -> Text:
    return Text(source.name, source.name_en)


def _sum_of(sources: Sequence[BudgetSource]) -> float:
    return total([s.amount_mvnd or 0 for s in sources])


def _addends(sources: Sequence[BudgetSource]) -> Text:
    return join(
        (fill("{s} {n}", "{s} {n}", s=_name(s), n=s.amount_mvnd or 0) for s in sources), " + "
    )


def find_money_totals(plan: Plan) -> Iterator[Finding]:
    """Hold the total need for money against its sources.

    An amount that stands elsewhere than the sources and is not called a total may be for something
    else: less than half of all is passed by, more is a note.
    """
    top = [s for s in plan.record.budget if s.parent is None and s.amount_mvnd is not None]
    added, clauses = _sum_of(top), {s.clause for s in top}
    amounts = (
        s
        for s in plan.said(Subject.AMOUNT_MVND)
        if s.set is None and s.unit_code == plan.district and Fact.SOURCE not in facts_of(s)
    )
    for span, statements in gather(amounts, stated).items():
        is_total = any(s.clause in clauses or _TOTAL.search(clean(s.text)) for s in statements)
        if top and not span.holds(added) and (is_total or span.low * 2 >= added):
            finding = _sum_finding(
                "money-total",
                (*(s.clause for s in statements), *(t.clause for t in top)),
                cite(*statements, figure=span.text),
                span=span,
                parts=top,
                about="total",
            )
            if all(_YEARS.search(s.text) for s in statements):
                yield replace(finding, severity=Severity.NOTE, hint=_OF_YEARS)
            elif not is_total:
                yield replace(finding, severity=Severity.NOTE, hint=_OF_SOMETHING)
            else:
                yield finding


def find_money_parts(plan: Plan) -> Iterator[Finding]:
    """Hold each source of money against the parts that the plan divides it into."""
    for source in plan.record.budget:
        parts = [s for s in plan.record.budget if s.parent == source.source_id]
        is_divided = parts and all(part.amount_mvnd is not None for part in parts)
        if source.amount_mvnd is None or not is_divided or source.amount_mvnd == _sum_of(parts):
            continue
        yield _sum_finding(
            "money-part",
            (source.clause, *(part.clause for part in parts)),
            fill(
                "{clause} ghi {n} {unit}: {name}.",
                "{clause} states {n} {unit}: {name}.",
                clause=places([source.clause]), name=_name(source),
                n=source.amount_mvnd, unit=_UNIT,
            ),
            span=Span(source.amount_mvnd, source.amount_mvnd),
            parts=parts,
            about=slug(source.source_id),
        )  # fmt: skip


def _sum_finding(  # noqa: PLR0913 (both sides of one sum)
    rule: str,
    clauses: tuple[str, ...],
    said: Text,
    *,
    span: Span,
    parts: Sequence[BudgetSource],
    about: str,
) -> Finding:
    added = _sum_of(parts)
    return Finding(
        rule=rule,
        severity=span.weigh(added) or Severity.NOTE,
        clauses=unique(clauses),
        title=fill(
            "Tiền: ghi {a}, cộng các nguồn được {b} {unit}",
            "Money: {a} stated, the sources add up to {b} {unit}",
            a=span.text, b=added, unit=_UNIT,
        ),
        statement_a=said,
        statement_b=fill(
            "Cộng lại được {n}: {parts}.",
            "Added up: {n}: {parts}.",
            n=added, parts=_addends(parts),
        ),
        difference=span.difference(added),
        hint=fill(
            "Sửa {a} thành {b}, hoặc sửa một nguồn đi {d}.",
            "Change {a} to {b}, or one of the sources by {d}.",
            a=span.text, b=added, d=span.difference(added),
        ),
        about=about,
        figures=(*span.figures, added),
    )  # fmt: skip


def find_money_rows(plan: Plan) -> Iterator[Finding]:
    """Hold each amount said in words against its row in the budget."""
    sources = {source.source_id: source for source in plan.record.budget}
    said = gather(
        plan.said(Subject.AMOUNT_MVND), lambda s: (facts_of(s).get(Fact.SOURCE, ""), stated(s))
    )
    for (source_id, span), statements in said.items():
        source = sources.get(source_id)
        row = source.amount_mvnd if source else None
        if source is None or row is None or span.holds(row):
            continue
        yield Finding(
            rule="money-row",
            severity=span.weigh(row) or Severity.NOTE,
            clauses=unique((*(s.clause for s in statements), source.clause)),
            title=fill(
                "{name}: hai số tiền, {a} và {b}",
                "{name}: two amounts, {a} and {b}",
                name=_name(source), a=span.text, b=row,
            ),
            statement_a=cite(*statements, figure=span.text),
            statement_b=fill(
                "Dòng ngân sách ghi {n} {unit}.",
                "The row of the budget states {n} {unit}.",
                n=row, unit=_UNIT,
            ),
            difference=span.difference(row),
            hint=Text("Chọn một trong hai số.", "Settle on one of the two."),
            about=slug(source.source_id),
            figures=(*span.figures, row),
        )  # fmt: skip


def find_unbudgeted_funding(plan: Plan) -> Iterator[Finding]:
    """Look for sources that works and measures draw on and that have no amount."""
    budget = {source.source_id: source for source in plan.record.budget}
    used = unique(i for row in (*plan.record.works, *plan.record.measures) for i in row.funding)
    lines = [_lineage(budget[i], budget) for i in used if i in budget]
    unpaid = [line for line in lines if all(s.amount_mvnd is None for s in line)]
    bare = list({line[-1].source_id: line[-1] for line in unpaid}.values())
    funded = [s for s in plan.record.budget if s.amount_mvnd is not None and s.parent is None]
    if not bare or not funded:
        return
    ids = {line[0].source_id for line in unpaid}
    works = tuple(w.work_id for w in plan.record.works if ids & set(w.funding))
    yield Finding(
        rule="funding-unbudgeted",
        severity=Severity.NOTE,
        clauses=unique(source.clause for source in (*funded, *bare)),
        title=fill(
            "{n} nguồn vốn được nhắc đến mà không có số tiền",
            "{n} sources of money are named without an amount",
            n=len(bare),
        ),
        statement_a=fill(
            "{clauses} ghi {sum} {unit} từ {n} nguồn.",
            "{clauses} states {sum} {unit} from {n} sources.",
            clauses=places(s.clause for s in funded), sum=_sum_of(funded), unit=_UNIT,
            n=len(funded),
        ),
        statement_b=fill(
            "Các việc còn dựa vào {n} nguồn khác: {names}.",
            "Works also count on {n} others: {names}.",
            n=len(bare), names=join((_name(source) for source in bare), "; "),
        ),
        work_ids=works,
        hint=Text(
            "Ghi số tiền, hoặc nói các nguồn này nằm trong dòng nào.",
            "State the amounts, or in which line these sources are contained.",
        ),
        about="sources",
        figures=(len(funded), len(bare)),
        key=tuple(source.source_id for source in (*funded, *bare)),
    )  # fmt: skip


def find_unfunded_works(plan: Plan) -> Iterator[Finding]:
    """Look for works for which the plan names no source of money, where it names any."""
    bare = [work for work in plan.record.works if not work.funding]
    named = len(plan.record.works) - len(bare)
    funded = [s for s in plan.record.budget if s.amount_mvnd is not None and s.parent is None]
    if not (bare and named and funded):
        return
    layers = {asset.asset_id: asset.layer for asset in plan.record.assets}
    counts = Counter(layers[work.asset_id] for work in bare)
    yield Finding(
        rule="work-unfunded",
        severity=Severity.NOTE,
        clauses=unique((*(s.clause for s in funded), *(work.clause for work in bare))),
        title=fill(
            "{n} việc không nêu nguồn vốn",
            "{n} works name no source of money",
            n=len(bare),
        ),
        statement_a=fill(
            "{clauses} ghi {sum} {unit}; {n} việc nêu nguồn vốn.",
            "{clauses} states {sum} {unit}; {n} works name their source.",
            clauses=places(s.clause for s in funded), sum=_sum_of(funded), unit=_UNIT, n=named,
        ),
        statement_b=fill(
            "{n} việc không nêu: {layers}.",
            "{n} works name none: {layers}.",
            n=len(bare),
            layers=join(
                fill("{layer} {n}", "{layer} {n}", layer=LABELS[Layer, layer], n=count)
                for layer, count in counts.items()
            ),
        ),
        difference=len(bare),
        hint=Text(
            "Ghi nguồn vốn của từng việc, hoặc phân bổ tổng vốn theo tiêu chí.",
            "Name the source of each work, or share the total out over the criteria.",
        ),
        about="works",
        figures=(len(bare), named),
        work_ids=tuple(work.work_id for work in bare),
    )  # fmt: skip


def _lineage(source: BudgetSource, budget: dict[str, BudgetSource]) -> list[BudgetSource]:
    """Return a source, then what it is a part of, and so on; a circle is gone round once."""
    line = [source]
    while (parent := budget.get(line[-1].parent or "")) is not None and parent not in line:
        line.append(parent)
    return line


RULES = (
    Rule(
        "money-total",
        Text("Tổng vốn", "Total money"),
        Text(
            "Tổng nhu cầu vốn phải bằng tổng các nguồn.",
            "The total need for money must be what the sources add up to.",
        ),
        find_money_totals,
        reads=(Subject.AMOUNT_MVND,),
    ),
    Rule(
        "money-part",
        Text("Vốn chia nhỏ", "Money in parts"),
        Text(
            "Các phần của một nguồn vốn phải cộng lại bằng nguồn đó.",
            "The parts of a source must add up to it.",
        ),
        find_money_parts,
    ),
    Rule(
        "money-row",
        Text("Số tiền trong lời văn", "Amounts in words"),
        Text(
            "Số tiền trong lời văn phải bằng dòng ngân sách của nguồn đó.",
            "An amount in words must be that of the source's row.",
        ),
        find_money_rows,
        reads=(Subject.AMOUNT_MVND,),
    ),
    Rule(
        "funding-unbudgeted",
        Text("Nguồn vốn không có số tiền", "Sources without an amount"),
        Text(
            "Nguồn vốn mà các việc dựa vào phải có số tiền.",
            "Sources that works draw on must have an amount.",
        ),
        find_unbudgeted_funding,
    ),
    Rule(
        "work-unfunded",
        Text("Việc không có nguồn vốn", "Works without a source"),
        Text(
            "Mỗi việc phải nêu nguồn vốn.",
            "Each work must name its source of money.",
        ),
        find_unfunded_works,
    ),
)
