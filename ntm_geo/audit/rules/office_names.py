"""Names of offices: two rows for one, and names that the list does not have."""

import re
from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, join, places, slug, unique
from ntm_geo.errors import Text
from ntm_geo.model import Fact, Statement, Subject
from ntm_geo.model.facts import facts_of
from ntm_geo.names import (
    bare_key,
    fold,
    is_short_form,
    write_out,
)


def find_offices_alike(plan: Plan) -> Iterator[Finding]:
    """Look for offices that the record lists twice under one name."""
    alike: dict[str, list[str]] = {}
    for office in plan.record.offices:
        # The district's offices are written with and without the word for district.
        key = bare_key(write_out(office.name)).removesuffix("huyen")
        alike.setdefault(key, []).append(office.office_id)
    offices = {office.office_id: office for office in plan.record.offices}
    for key, ids in alike.items():
        if len(ids) > 1:
            first, *rest = (offices[i] for i in ids)
            yield Finding(
                rule="office-alike",
                severity=Severity.NOTE,
                clauses=unique(offices[i].clause for i in ids),
                title=fill(
                    "{name}: một cơ quan, {n} dòng",
                    "{name}: one office, {n} rows",
                    name=plan.office(first.office_id), n=len(ids),
                ),
                statement_a=fill(
                    "Bản ghi có {name} ({clause}).", "The record has {name} ({clause}).",
                    clause=places([first.clause]), name=first.name,
                ),
                statement_b=fill(
                    "Bản ghi có {name} ({clause}).", "The record has {name} ({clause}).",
                    clause=places(o.clause for o in rest),
                    name=join(o.name for o in rest),
                ),
                hint=Text("Dùng một tên, một mã.", "Use one name and one id."),
                about=slug(key),
                figures=(len(ids),),
                key=tuple(ids),
            )  # fmt: skip


def find_office_spellings(plan: Plan) -> Iterator[Finding]:
    """Look for offices that the plan calls otherwise than in its chapter on who does what."""
    offices = {office.office_id: office for office in plan.record.offices}
    called: dict[str, list[Statement]] = {}
    for s in plan.said(Subject.OFFICE_NAMED):
        office = offices.get(facts_of(s).get(Fact.OFFICE, ""))
        if office and not _is_called(plan, s.text, office.name):
            called.setdefault(office.office_id, []).append(s)
    for office_id, statements in called.items():
        office = offices[office_id]
        names = unique(s.text for s in statements)
        yield Finding(
            rule="office-spelling",
            severity=Severity.NOTE,
            clauses=unique((office.clause, *(s.clause for s in statements))),
            title=fill(
                "Một cơ quan, nhiều tên: {name}",
                "One office, several names: {name}",
                name=plan.office(office_id),
            ),
            statement_a=fill(
                "Tên trong danh mục: {name} ({clause}).",
                "Name in the record: {name} ({clause}).",
                clause=places([office.clause]), name=office.name,
            ),
            statement_b=cite(*statements),
            hint=Text(
                "Dùng một tên; nếu là hai cơ quan thì nói rõ.",
                "Use one name; if these are two offices, say so.",
            ),
            about=slug(office_id),
            figures=(len(names),),
            key=tuple(fold(name) for name in names),
        )  # fmt: skip


def _is_called(plan: Plan, text: str, name: str) -> bool:
    """Whether words are an office's name, or a short form of it."""
    one, two = _office_key(plan, text), _office_key(plan, name)
    district = rf"\s*(?:huyện)?\s*(?:{re.escape(plan.record.project.district.name)})?\s*$"
    short, long = (re.sub(district, "", each, flags=re.IGNORECASE) for each in (text, name))
    return one == two or is_short_form(short, long)


def _office_key(plan: Plan, name: str) -> str:
    """Return an office's name without case and blanks, written out, without its district."""
    key = fold(write_out(name))
    return key.removesuffix(fold(plan.record.project.district.name)).removesuffix("huyện")


RULES = (
    Rule(
        "office-alike",
        Text("Một cơ quan, hai dòng", "One office, two rows"),
        Text(
            "Mỗi cơ quan chỉ có một tên và một mã.",
            "Each office has one name and one id.",
        ),
        find_offices_alike,
    ),
    Rule(
        "office-spelling",
        Text("Một cơ quan, nhiều tên", "One office, several names"),
        Text(
            "Tên cơ quan phải như ở chương phân công, không kể chữ hoa, chữ tắt, chữ «huyện».",
            "An office is called as in the chapter on who does what, case and short forms aside.",
        ),
        find_office_spellings,
        reads=(Subject.OFFICE_NAMED,),
    ),
)
