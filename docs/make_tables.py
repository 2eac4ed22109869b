"""Writes docs/tables.md and docs/rules.md: the record's tables, and the audit's rules.

Both come from the program itself, so that they say what it does.

Run with: python docs/make_tables.py
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ntm_geo.audit import RULES
from ntm_geo.model.subjects import WANTS
from ntm_geo.schemas import REPORT_TABLE, TABLES, Table

PAGE = Path(__file__).with_name("tables.md")
RULES_PAGE = Path(__file__).with_name("rules.md")
_HEAD = """# The tables of the record

Written by `python docs/make_tables.py` from the schemas; a test holds it against them.

All tables are CSV in UTF-8. A list in a cell is separated by `|`. Days are `2023-12-31` or
`31/12/2023`; figures are `0.3` or `0,3`, without signs for thousands. Files that Excel has saved
(byte order mark, CRLF, `;` and decimal commas) are read as they are. An empty cell is a value
that is not there.
"""
_RULES_HEAD = """# The rules of the audit

Written by `python docs/make_tables.py` from the rules; a test holds it against them. How the
audit is used stands in [audit.md](audit.md).

Each rule is one thing that a careful auditor would try on any district's plan. Most hold the
tables of `gis/plan/` against each other; what the plan says in words is in `statements.csv`, by
subject. A rule without subjects needs no statement, or looks at all of them: `share-list` and
`share-base` at each that counts communes, `list-unseparated` and `unit-spelling` at all quoted
words.

| rule | what must be so | statements that it reads |
|---|---|---|
"""
_SUBJECTS_HEAD = """
## Subjects of statements

A statement's `subject` says what it is about, and with it which rules look at it. `ntm-geo check`
tells where a cell or fact is missing, so that no rule passes a statement by in silence. Facts
stand in the note as `key=value`, before a semicolon: `class=village_road; what follows is a
remark`. What a statement's cells and facts say is looked for in its `text`: its figures and
whether they are least ones, the units and villages that the words name, a document's symbol, day
and issuer; and a cell like "4 TC: 8, 13, 15 và 17" or "6 TC: 1-5, 7" is held against
`targets.csv`. Where they differ `ntm-geo check` gives a notice.

| subject | states | cells needed | `measure` | facts | rules |
|---|---|---|---|---|---|
"""
_KINDS = {str: "text", float: "figure", int: "whole number", date: "day", datetime: "day and time",
          tuple: "list"}  # fmt: skip
_LIMITS = {
    "pattern": "`{}`", "gt": "more than {}", "ge": "{} or more", "lt": "less than {}",
    "le": "{} or less",
}  # fmt: skip


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *(_section(table) for table in (*TABLES, REPORT_TABLE))])


def rules_page() -> str:
    """Return the page of rules and subjects."""
    rules = (f"| `{r.rule_id}` | {r.checks.en} | {_listed(r.reads)} |" for r in RULES)
    return _RULES_HEAD + "\n".join(rules) + "\n" + _SUBJECTS_HEAD + "\n".join(_subjects()) + "\n"


def _subjects() -> Iterator[str]:
    for subject, wants in WANTS.items():
        cells = ", ".join(" or ".join(f"`{c}`" for c in cell.split("|")) for cell in wants.cells)
        facts = [f"`{fact}=`" for fact in wants.facts]
        facts += [f"`{fact}=` (if any)" for fact in wants.may]
        rules = _listed(rule.rule_id for rule in RULES if subject in rule.reads)
        told = (wants.states.en, cells, _listed(wants.measures), ", ".join(facts), rules)
        yield f"| `{subject}` | {' | '.join(told)} |"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _section(table: Table) -> str:
    file = f"{table.file}/<YYYY-MM>/<unit>.csv" if table is REPORT_TABLE else table.file
    absent = " The file may be absent." if table.is_optional else ""
    lines = [f"## {file}", "", " ".join((table.row.__doc__ or "").split()) + absent, ""]
    lines += ["| column | required | what may stand in it |", "|---|---|---|"]
    for name, info in table.row.model_fields.items():
        column = info.alias or name
        key = " (key)" if name in table.key else ""
        required = "yes" if info.is_required() else ""
        lines.append(f"| `{column}`{key} | {required} | {_allowed(info)} |")
    return "\n".join([*lines, ""])


def _allowed(info: FieldInfo) -> str:
    kind, rules = _taken_apart(info.annotation)
    said = [f"`{word}`" for word in _words(kind)] or [_KINDS[kind]]
    for rule in _spread([*rules, *info.metadata]):
        for limit, text in _LIMITS.items():
            value = getattr(rule, limit, None)
            if value is not None:
                said.append(text.format(_shown(value)))
    return ", ".join(said).replace("|", "\\|")


def _taken_apart(annotation: Any) -> tuple[Any, list[Any]]:
    """Return what kind a cell is when it is not empty, and the rules that the annotation holds."""
    if get_origin(annotation) is Annotated:
        inner, *rules = get_args(annotation)
        kind, more = _taken_apart(inner)
        return kind, [*more, *rules]
    if get_origin(annotation) in (Union, UnionType):
        (part,) = (part for part in get_args(annotation) if part is not type(None))
        return _taken_apart(part)
    if get_origin(annotation) is tuple:
        return tuple, _taken_apart(get_args(annotation)[0])[1]
    return annotation, []


def _spread(rules: Iterable[Any]) -> Iterator[Any]:
    """Give the rules one by one: a `Field(...)` within a type holds several."""
    for rule in rules:
        yield from rule.metadata if isinstance(rule, FieldInfo) else [rule]


def _shown(limit: Any) -> str:
    return limit if isinstance(limit, str) else f"{limit:,.15g}".replace(",", " ")


def _words(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return [word.value for word in kind]
    return [str(word) for word in get_args(kind)] if get_origin(kind) is Literal else []


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    RULES_PAGE.write_text(rules_page(), encoding="utf-8")
