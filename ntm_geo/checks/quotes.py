"""What statements quote, held against their cells and facts: slips of recording."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from ntm_geo.errors import Problem, Text
from ntm_geo.model import Comparator, Fact, State, Statement, Subject
from ntm_geo.model.cells import day_or_none
from ntm_geo.model.facts import bound_written, facts_of, is_written, listed_numbers
from ntm_geo.model.subjects import STATE_COUNTED, WANTS
from ntm_geo.names import Named, fold, names_in, write_out
from ntm_geo.schemas import Record

_DAY = re.compile(r"(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})")
_OTHERS = re.compile(
    r"\b(trừ|ngoài|còn lại|toàn (?:bộ|huyện)|các xã khác|cả)\b|…|\.\.\.", re.IGNORECASE
)
"""Words by which a sentence means units that it does not name."""
_Located = Callable[..., Problem]


def notice_quotes(record: Record) -> Iterator[Problem]:
    """Find figures, lists, units and documents that the quoted words do not hold."""
    known = [
        Named(u.unit_code, u.kind.value, (u.name, *u.aliases))
        for u in record.units
        # The district's own name may stand for the town that is called alike.
        if fold(u.name) != fold(record.project.district.name)
    ]
    for row, problem in record.statements.located():
        yield from _notice_figures(row, problem)
        yield from _notice_list(record, row, problem)
        if row.units or "communes" in WANTS[row.subject].measures:
            yield from _notice_units(record, row, problem, known)
        if row.subject == Subject.VILLAGES:
            yield from _notice_villages(record, row, problem, known)
        if row.subject == Subject.DECISION_CITATION:
            yield from _notice_document(row, problem)


def _notice_figures(row: Statement, problem: _Located) -> Iterator[Problem]:
    for column in ("value", "value_max"):
        figure = getattr(row, column)
        if figure is not None and not is_written(figure, row.text):
            yield problem(
                column,
                Text("con số không có trong lời trích", "the figure is not in the words"),
                found=f"{figure:g}",
                allowed=_as_in(row),
                todo=_LOOK,
            )
    bound = None if row.value is None else bound_written(row.value, row.text)
    # "Trên 13 xã" may well be on the ground of 13 communes.
    is_of_units = bool({"communes", "districts"} & set(WANTS[row.subject].measures))
    if bound and row.comparator in (None, Comparator.EQUAL) and not is_of_units:
        yield problem(
            "comparator",
            Text("lời trích ghi mức tối thiểu", "the words make the figure a least one"),
            found=row.comparator or "",
            allowed=Text(bound.value, bound.value),
            todo=_LOOK,
        )


def _notice_list(record: Record, row: Statement, problem: _Located) -> Iterator[Problem]:
    listed, recorded = set(listed_numbers(row)), _recorded(record, row)
    if listed and listed != recorded:
        differing = ", ".join(str(number) for number in sorted(listed ^ recorded))
        yield problem(
            "text",
            Text(
                "danh sách trong lời trích khác targets.csv",
                "the list in the words is not that of targets.csv",
            ),
            found=row.text,
            allowed=Text(f"khác nhau ở: {differing}", f"they differ in: {differing}"),
            todo=Text("sửa lời trích hoặc targets.csv", "mend the words or targets.csv"),
        )


def _recorded(record: Record, statement: Statement) -> set[int]:
    state = STATE_COUNTED.get(statement.subject)
    return {
        t.number
        for t in record.targets
        if t.number is not None
        and (t.set, t.unit_code, t.state) == (statement.set, statement.unit_code, state)
    }


def _notice_units(
    record: Record, row: Statement, problem: _Located, known: list[Named]
) -> Iterator[Problem]:
    """Hold the units that the words name against the cell; words that name none say nothing."""
    named = names_in(row.text, known)
    is_open = bool(_OTHERS.search(unicodedata.normalize("NFC", row.text)))
    if not named or (is_open and row.units_role != "except"):
        return
    codes, findable = ({unit.code for unit in each} for each in (named, known))
    names = record.unit_names()
    for found, text in (
        (
            [code for code in codes if code not in row.units],
            Text("đơn vị có trong lời trích mà không có ở đây", "the words name it, the cell not"),
        ),
        (
            [code for code in row.units if code not in codes and code in findable],
            Text("đơn vị không có trong lời trích", "the words do not name this unit"),
        ),
    ):
        if found:
            yield problem(
                "units",
                text,
                found=", ".join(f"{names[code]} ({code})" for code in sorted(found)),
                allowed=_as_in(row),
                todo=_LOOK,
            )


def _notice_villages(
    record: Record, row: Statement, problem: _Located, known: list[Named]
) -> Iterator[Problem]:
    """Look for the villages of units that the words name, where they name villages: in a list."""
    if not re.search(r"[(:]", row.text):
        return
    state = State.MAINTAIN if row.units_role == "met" else State.ACHIEVE
    units = {unit.code for unit in names_in(row.text, known)}
    listed = {t.asset_id for t in record.targets if (t.set, t.state) == (row.set, state)}
    for asset in record.assets:
        is_told = asset.asset_id in listed and asset.unit_code in units
        names = (asset.name, *asset.aliases)
        if is_told and not any(fold(name) in fold(row.text) for name in names):
            yield problem(
                "text",
                Text("lời trích không ghi tên làng này", "the words do not name this village"),
                found=f"{asset.name} ({asset.asset_id})",
                allowed=_as_in(row),
                todo=Text(
                    "sửa lời trích, tên làng hoặc targets.csv",
                    "mend the words, the village's name or targets.csv",
                ),
            )


def _notice_document(row: Statement, problem: _Located) -> Iterator[Problem]:
    """Hold symbol, day and issuer against the words; a day that they do not print is no slip."""
    facts = facts_of(row)
    words, text = fold(write_out(row.text)), unicodedata.normalize("NFC", row.text)
    days = {day_or_none("/".join(found)) for found in _DAY.findall(text)}
    is_there = {
        Fact.SYMBOL: fold(facts.get(Fact.SYMBOL, "")) in fold(text),
        Fact.DATE: not days or day_or_none(facts.get(Fact.DATE, "")) in days,
        Fact.ISSUER: fold(write_out(facts.get(Fact.ISSUER, ""))) in words,
    }
    for fact, there in is_there.items():
        if not there:
            yield problem(
                "note",
                Text(f"{fact}= không có trong lời trích", f"{fact}= is not in the words"),
                found=facts[fact],
                allowed=_as_in(row),
                todo=_LOOK,
            )


_LOOK = Text("xem lại bản kế hoạch", "look it up in the plan")


def _as_in(row: Statement) -> Text:
    return Text(f"như trong «{row.text}»", f"as in «{row.text}»")
