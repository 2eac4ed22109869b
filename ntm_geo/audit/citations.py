"""Decisions and other documents that the plan cites in more than one way."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, join, quote, sentences, slug, unique
from ntm_geo.errors import Text
from ntm_geo.labels import format_day
from ntm_geo.model import Statement, Subject
from ntm_geo.model.facts import facts_of
from ntm_geo.names import bare_key

_ORGANS = {
    "ttg": Text("Thủ tướng Chính phủ", "the Prime Minister"),
    "hdnd": Text("Hội đồng nhân dân", "a People's Council"),
    "ubnd": Text("Ủy ban nhân dân", "a People's Committee"),
}
"""Whose documents end in which letters (Decree 30/2020/NĐ-CP on clerical work)."""
_CALLED = {"ttg": ("thutuong",), "hdnd": ("hdnd", "hoidongnhandan"),
           "ubnd": ("ubnd", "uybannhandan")}  # fmt: skip
"""What their names hold."""


def _citations(plan: Plan) -> dict[tuple[str, str], list[Statement]]:
    """Citations by number and date: these two name a decision, whatever else is written."""
    found: dict[tuple[str, str], list[Statement]] = {}
    for s in plan.said(Subject.DECISION_CITATION):
        facts = facts_of(s)
        if {"symbol", "date"} <= set(facts):
            number = facts["symbol"].partition("/")[0]
            found.setdefault((number, facts["date"]), []).append(s)
    return found


def find_citations(plan: Plan) -> Iterator[Finding]:
    """Look for decisions cited with two symbols, as two issuers', or with another's symbol."""
    for (number, day), statements in _citations(plan).items():
        symbols = unique(facts_of(s)["symbol"] for s in statements)
        issuers = _issuers(facts_of(s).get("issuer", "") for s in statements)
        foreign = [s for s in statements if _organ_of_other(s)]
        ways = symbols if len(symbols) > 1 else issuers
        if len(ways) > 1:
            yield _citation_finding(number, day, statements, ways, foreign)
        elif foreign:
            yield _organ_finding(foreign)


def _issuers(names: Iterable[str]) -> tuple[str, ...]:
    """Return the issuers that differ; case is no difference."""
    return tuple({bare_key(name): name for name in names if name}.values())


def _issuer_keys(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(sorted({bare_key(facts_of(s).get("issuer", "")) for s in statements}))


def _organ_of_other(s: Statement) -> Text | None:
    """Return whose letters a symbol carries, where the plan names another issuer."""
    facts = facts_of(s)
    letters = bare_key(facts["symbol"].rpartition("-")[2])
    issuer = bare_key(facts.get("issuer", ""))
    if letters not in _ORGANS or not issuer or any(name in issuer for name in _CALLED[letters]):
        return None
    return _ORGANS[letters]


def _organ_hint(s: Statement) -> Text:
    return fill(
        "{symbol} là ký hiệu của {organ}, không phải của {issuer}.",
        "{symbol} is the symbol of {organ}, not of {issuer}.",
        symbol=quote(facts_of(s)["symbol"]), organ=_organ_of_other(s) or "",
        issuer=quote(facts_of(s)["issuer"]),
    )  # fmt: skip


def _organ_finding(statements: Sequence[Statement]) -> Finding:
    s = statements[0]
    symbol = facts_of(s)["symbol"]
    return Finding(
        rule="citation",
        severity=Severity.CONTRADICTION,
        clauses=unique(each.clause for each in statements),
        title=fill(
            "Văn bản {symbol}: ký hiệu và cơ quan ban hành không khớp",
            "Document {symbol}: symbol and issuer do not agree",
            symbol=symbol,
        ),
        statement_a=cite(*statements),
        statement_b=_organ_hint(s),
        hint=Text("Xem bản gốc.", "Look it up in the original."),
        about=slug(symbol, facts_of(s)["date"]),
        key=_issuer_keys(statements),
    )  # fmt: skip


def _citation_finding(
    number: str,
    day: str,
    statements: Sequence[Statement],
    ways: tuple[str, ...],
    foreign: Sequence[Statement],
) -> Finding:
    def of(*some: str) -> list[Statement]:
        keys = {bare_key(way) for way in some}
        return [s for s in statements if keys & {bare_key(v) for v in facts_of(s).values()}]

    return Finding(
        rule="citation",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in statements),
        title=fill(
            "Văn bản số {n}: viện dẫn {ways} cách",
            "Document number {n}: cited in {ways} ways",
            n=number, ways=len(ways),
        ),
        statement_a=cite(*of(ways[0])),
        statement_b=cite(*of(*ways[1:])),
        hint=sentences(
            fill(
                "Cùng số, cùng ngày: chọn một ({ways}) theo bản gốc.",
                "Same number, same day: take one ({ways}) from the original.",
                ways=join(ways),
            ),
            _organ_hint(foreign[0]) if foreign else None,
        ),
        about=slug(number, day),
        figures=(len(ways),),
        key=tuple(bare_key(way) for way in ways),
    )  # fmt: skip


def find_citation_days(plan: Plan) -> Iterator[Finding]:
    """Look for one symbol with two days of one year, and for decisions later than the plan."""
    days: dict[tuple[str, str], list[Statement]] = {}
    for s in plan.said(Subject.DECISION_CITATION):
        facts = facts_of(s)
        if {"symbol", "date"} <= set(facts):
            days.setdefault((facts["symbol"], facts["date"][:4]), []).append(s)
    for (symbol, _), statements in days.items():
        told = tuple(sorted({facts_of(s)["date"] for s in statements}))
        first = [s for s in statements if facts_of(s)["date"] == told[0]]
        others = [s for s in statements if s not in first]
        if others:
            yield _day_finding(symbol, first, others, cite(*others), told)
        elif told[0] > plan.record.project.plan_date.isoformat():
            yield _day_finding(symbol, first, (), _plan_day(plan), told)


def _plan_day(plan: Plan) -> Text:
    day = plan.record.project.plan_date
    return Text(
        f"Kế hoạch đề ngày {format_day(day, 'vi')}.", f"The plan is of {format_day(day, 'en')}."
    )


def _day_finding(
    symbol: str,
    first: Sequence[Statement],
    others: Sequence[Statement],
    other: Text,
    told: tuple[str, ...],
) -> Finding:
    return Finding(
        rule="citation-day",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in (*first, *others)),
        title=fill(
            "Văn bản {symbol}: ngày không khớp",
            "Document {symbol}: its day does not agree",
            symbol=symbol,
        ),
        statement_a=cite(*first),
        statement_b=other,
        hint=Text("Xem ngày trên bản gốc.", "Take the day from the original."),
        about=slug(symbol, told[0][:4]),
        figures=tuple(float(date.fromisoformat(day).toordinal()) for day in told),
    )  # fmt: skip


def find_citation_order(plan: Plan) -> Iterator[Finding]:
    """Look for documents of one issuer and year whose numbers and days run against each other."""
    series: dict[tuple[str, str, str], dict[int, Statement]] = {}
    for s in plan.said(Subject.DECISION_CITATION):
        facts = facts_of(s)
        number, _, letters = facts.get("symbol", "").partition("/")
        if number.isdecimal() and {"date", "issuer"} <= set(facts):
            key = (letters.casefold(), bare_key(facts["issuer"]), facts["date"][:4])
            # Of a document with two days, which another rule tells, the earlier one counts.
            numbered = series.setdefault(key, {})
            other = numbered.get(int(number), s)
            numbered[int(number)] = min(other, s, key=lambda each: facts_of(each)["date"])
    for numbered in series.values():
        for one, two in itertools.pairwise(sorted(numbered)):
            if facts_of(numbered[one])["date"] > facts_of(numbered[two])["date"]:
                yield _order_finding(numbered[one], numbered[two])


def _order_finding(one: Statement, two: Statement) -> Finding:
    lower, higher = facts_of(one), facts_of(two)
    return Finding(
        rule="citation-order",
        severity=Severity.NOTE,
        clauses=unique((one.clause, two.clause)),
        title=fill(
            "Văn bản {a} mang ngày sau {b}",
            "Document {a} is dated after {b}",
            a=lower["symbol"], b=higher["symbol"],
        ),
        statement_a=cite(one),
        statement_b=cite(two),
        hint=Text(
            "Số của một cơ quan trong năm tăng theo ngày: xem lại số và ngày.",
            "An issuer's numbers grow with the days of a year: check number and day.",
        ),
        about=slug(lower["symbol"], higher["symbol"]),
        figures=tuple(float(date.fromisoformat(f["date"]).toordinal()) for f in (lower, higher)),
    )  # fmt: skip


RULES = (
    Rule(
        "citation",
        Text("Viện dẫn văn bản", "Cited documents"),
        Text(
            "Cùng số, cùng ngày thì phải cùng ký hiệu và cơ quan ban hành, ký hiệu đúng cơ quan.",
            "One number and day must go with one symbol and one issuer, whose symbol it is.",
        ),
        find_citations,
        reads=(Subject.DECISION_CITATION,),
    ),
    Rule(
        "citation-day",
        Text("Ngày của văn bản", "Days of cited documents"),
        Text(
            "Một văn bản chỉ có một ngày, không sau ngày của kế hoạch.",
            "A document has one day, not after the plan's own.",
        ),
        find_citation_days,
        reads=(Subject.DECISION_CITATION,),
    ),
    Rule(
        "citation-order",
        Text("Thứ tự số và ngày", "Numbers and days in order"),
        Text(
            "Văn bản của một cơ quan trong một năm: số lớn hơn không mang ngày sớm hơn.",
            "Of one issuer's documents of a year, a higher number is not dated earlier.",
        ),
        find_citation_order,
        reads=(Subject.DECISION_CITATION,),
    ),
)
