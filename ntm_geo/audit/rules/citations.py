"""Decisions and other documents that the plan cites in more than one way."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.rules.documents import by_issuer, dated, document_of, is_part_of, issuer_of
from ntm_geo.audit.words import cite, fill, gather, join, quote, sentences, slug, unique
from ntm_geo.errors import Text
from ntm_geo.labels import format_day
from ntm_geo.model import Statement, Subject
from ntm_geo.model.facts import facts_of

_ORGANS = {
    "ttg": Text("Thủ tướng Chính phủ", "the Prime Minister"),
    "hdnd": Text("Hội đồng nhân dân", "a People's Council"),
    "ubnd": Text("Ủy ban nhân dân", "a People's Committee"),
}
"""Whose letters symbols carry."""
_OLDEST = "1986-01-01"
_OLD = Text("Văn bản này có từ trước năm 1986.", "This document is older than 1986.")
"""Nothing older than the reforms is in force in this field: the year is likely a slip."""

_OF_TWO = Text(
    "Khác cơ quan ban hành hoặc loại văn bản thì có thể là hai văn bản: xem bản gốc.",
    "Of two issuers or two kinds these may be two documents: look up the originals.",
)
_EXCHANGED = Text(
    "Cùng ngày, cùng chữ số: có thể là một văn bản bị đảo số, xem bản gốc.",
    "Of one day and with the same digits: these may be one document, look up the original.",
)


def find_citations(plan: Plan) -> Iterator[Finding]:
    """Look for decisions cited with two symbols, or with another's, and for numbers used twice."""
    numbered = gather(dated(plan), lambda s: (document_of(plan, s).number, facts_of(s)["date"]))
    for (number, day), statements in numbered.items():
        kinds = gather(statements, lambda s: document_of(plan, s).kind)
        documents = [each for of_kind in kinds.values() for each in _documents(plan, of_kind)]
        for cited in documents:
            yield from _cited_in_ways(plan, number, day, cited)
        for one, two in itertools.combinations(documents, 2):
            if _may_be_one(plan, one, two):
                yield _two_documents_finding(plan, number, day, (one, two), _OF_TWO)
    yield from _exchanged_digits(plan)


def _exchanged_digits(plan: Plan) -> Iterator[Finding]:
    """Look for documents of one day, kind and issuer whose numbers have the same digits."""
    of_a_day = gather(
        (s for s in dated(plan) if document_of(plan, s).number.isdecimal()),
        lambda s: (
            facts_of(s)["date"], document_of(plan, s).letters, document_of(plan, s).told_issuer,
            "".join(sorted(document_of(plan, s).number)),
        ),
    )  # fmt: skip
    for (day, _, _, _), statements in of_a_day.items():
        numbers = gather(statements, lambda s: document_of(plan, s).number)
        for one, two in itertools.combinations(sorted(numbers), 2):
            documents = (numbers[one], numbers[two])
            yield _two_documents_finding(plan, f"{one}, {two}", day, documents, _EXCHANGED)


def _documents(plan: Plan, statements: Sequence[Statement]) -> list[list[Statement]]:
    """Tell documents of one number, day and kind apart by issuer.

    A symbol that is not its issuer's leaves open which of the two is right, so the citation stands
    with all of that issuer and with all of that symbol.
    """
    groups = by_issuer(plan, statements)
    for s in statements:
        if _organ_of_other(plan, s):
            symbol = document_of(plan, s).symbol
            is_one = [
                s in of or any(document_of(plan, o).symbol == symbol for o in of) for of in groups
            ]
            merged = [o for of, one in zip(groups, is_one, strict=True) if one for o in of]
            groups = [of for of, one in zip(groups, is_one, strict=True) if not one]
            groups.append(sorted(merged, key=statements.index))
    return groups


def _may_be_one(plan: Plan, one: Sequence[Statement], two: Sequence[Statement]) -> bool:
    """Whether two documents of one number and day differ in kind alone, or in issuer alone."""
    if document_of(plan, one[0]).kind == document_of(plan, two[0]).kind:
        return True
    issuers = issuer_of(plan, one), issuer_of(plan, two)
    return issuers[0] == issuers[1] or is_part_of(*sorted(issuers, key=len))


def _cited_in_ways(
    plan: Plan, number: str, day: str, statements: Sequence[Statement]
) -> Iterator[Finding]:
    foreign = [s for s in statements if _organ_of_other(plan, s)]
    symbols = gather(statements, lambda s: document_of(plan, s).symbol)
    named = (s for s in statements if document_of(plan, s).issuer)
    issuers = gather(named, lambda s: document_of(plan, s).issuer)
    if len(symbols) > 1:
        yield _citation_finding(plan, number, day, symbols, shown="symbol")
    elif foreign and len(issuers) > 1:
        yield _citation_finding(plan, number, day, issuers, shown="issuer")
    elif foreign:
        yield _organ_finding(plan, foreign)


def _organ_of_other(plan: Plan, s: Statement) -> Text | None:
    """Return whose letters a symbol carries, where the plan names another issuer."""
    document = document_of(plan, s)
    return _ORGANS[document.organ] if document.organ and document.is_of_other else None


def _organ_hint(plan: Plan, s: Statement) -> Text:
    return fill(
        "{symbol} là ký hiệu của {organ}, không phải của {issuer}.",
        "{symbol} is the symbol of {organ}, not of {issuer}.",
        symbol=quote(facts_of(s)["symbol"]), organ=_organ_of_other(plan, s) or "",
        issuer=quote(facts_of(s)["issuer"]),
    )  # fmt: skip


def _organ_finding(plan: Plan, statements: Sequence[Statement]) -> Finding:
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
        statement_b=_organ_hint(plan, s),
        hint=Text("Xem bản gốc.", "Look it up in the original."),
        about=slug(symbol, facts_of(s)["date"]),
        key=unique(document_of(plan, each).issuer for each in statements),
    )  # fmt: skip


def _citation_finding(
    plan: Plan, number: str, day: str, ways: Mapping[str, Sequence[Statement]], *, shown: str
) -> Finding:
    first, *others = ways.values()
    said = [s for of in ways.values() for s in of]
    foreign = [s for s in said if _organ_of_other(plan, s)]
    return Finding(
        rule="citation",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in said),
        title=fill(
            "Văn bản số {n}: viện dẫn {ways} cách",
            "Document number {n}: cited in {ways} ways",
            n=number, ways=len(ways),
        ),
        statement_a=cite(*first),
        statement_b=cite(*(s for of in others for s in of)),
        hint=sentences(
            fill(
                "Cùng số, cùng ngày: chọn một ({ways}) theo bản gốc.",
                "Same number, same day: take one ({ways}) from the original.",
                ways=join(facts_of(of[0])[shown] for of in ways.values()),
            ),
            _organ_hint(plan, foreign[0]) if foreign else None,
        ),
        about=slug(number, day),
        figures=(len(ways),),
        key=tuple(ways),
    )  # fmt: skip


def _two_documents_finding(
    plan: Plan,
    number: str,
    day: str,
    documents: tuple[Sequence[Statement], Sequence[Statement]],
    hint: Text,
) -> Finding:
    one, two = documents
    return Finding(
        rule="citation",
        severity=Severity.NOTE,
        clauses=unique(s.clause for s in (*one, *two)),
        title=fill(
            "Số {n} ngày {day}: một văn bản hay hai?",
            "Number {n} of {day}: one document, or two?",
            n=number, day=_shown(day),
        ),
        statement_a=cite(*one),
        statement_b=cite(*two),
        hint=hint,
        about=slug(number, day),
        figures=(len(documents),),
        key=tuple(f"{document_of(plan, of[0]).kind} {issuer_of(plan, of)}" for of in documents),
    )  # fmt: skip


def find_citation_days(plan: Plan) -> Iterator[Finding]:
    """Look for a symbol with two days of a year or of another year, and for days that cannot be."""
    days = gather(dated(plan), lambda s: (document_of(plan, s).symbol, facts_of(s)["date"][:4]))
    for of_year in days.values():
        for statements in by_issuer(plan, of_year):
            symbol = facts_of(statements[0])["symbol"]
            told = tuple(sorted({facts_of(s)["date"] for s in statements}))
            first = [s for s in statements if facts_of(s)["date"] == told[0]]
            others = [s for s in statements if s not in first]
            if others:
                yield _day_finding(symbol, first, others, cite(*others))
            elif told[0] > plan.record.project.plan_date.isoformat():
                yield _day_finding(symbol, first, (), _plan_day(plan))
            elif document_of(plan, first[0]).year not in ("", told[0][:4]):
                yield _day_finding(symbol, first, (), _symbol_year(plan, first[0]))
            elif told[0] < _OLDEST:
                yield _day_finding(symbol, first, (), _OLD, severity=Severity.NOTE)


def _symbol_year(plan: Plan, s: Statement) -> Text:
    return fill(
        "Ký hiệu {symbol} là của năm {year}.",
        "The symbol {symbol} is of {year}.",
        symbol=facts_of(s)["symbol"], year=document_of(plan, s).year,
    )  # fmt: skip


def _shown(day: str) -> Text:
    return Text(*(format_day(date.fromisoformat(day), lang) for lang in ("vi", "en")))


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
    *,
    severity: Severity = Severity.CONTRADICTION,
) -> Finding:
    told = sorted({facts_of(s)["date"] for s in (*first, *others)})
    return Finding(
        rule="citation-day",
        severity=severity,
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
    series: dict[tuple[object, ...], dict[int, Statement]] = {}
    for s in dated(plan):
        document = document_of(plan, s)
        if document.number.isdecimal() and document.issuer:
            # What binds is numbered apart, with the year in its symbol.
            year = facts_of(s)["date"][:4]
            key = (bool(document.year), document.letters, document.issuer, year)
            # Of a document with two days, which another rule tells, the earlier one counts.
            numbered = series.setdefault(key, {})
            other = numbered.get(int(document.number), s)
            numbered[int(document.number)] = min(other, s, key=lambda o: facts_of(o)["date"])
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
            "Văn bản cùng số, ngày, loại, cơ quan chỉ có một ký hiệu, đúng của cơ quan đó.",
            "One number, day, kind and issuer must go with one symbol, which is the issuer's.",
        ),
        find_citations,
        reads=(Subject.DECISION_CITATION,),
    ),
    Rule(
        "citation-day",
        Text("Ngày của văn bản", "Days of cited documents"),
        Text(
            "Một văn bản chỉ có một ngày, đúng năm của ký hiệu, không sau ngày của kế hoạch.",
            "A document has one day, in the year of its symbol, not after the plan's own.",
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
