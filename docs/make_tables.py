"""Writes docs/tables.md, the reference of the record's tables, from the schemas themselves.

Run with: python docs/make_tables.py
"""

from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from ntm_geo.model.rows import Row
from ntm_geo.schemas import REPORT_TABLE, TABLES, Table

PAGE = Path(__file__).with_name("tables.md")
_HEAD = """# The tables of the record

Written by `python docs/make_tables.py` from the schemas; a test holds it against them.

All tables are CSV in UTF-8. A list in a cell is separated by `|`. Days are `2023-12-31` or
`31/12/2023`; figures are `0.3` or `0,3`, without signs for thousands. Files that Excel has saved
(byte order mark, CRLF, `;` and decimal commas) are read as they are. An empty cell is a value
that is not there.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *(_section(table) for table in (*TABLES, REPORT_TABLE))])


def _section(table: Table) -> str:
    file = f"{table.file}/<YYYY-MM>/<unit>.csv" if table is REPORT_TABLE else table.file
    lines = [f"## {file}", "", " ".join((table.row.__doc__ or "").split()), ""]
    lines += ["| column | required | what may stand in it |", "|---|---|---|"]
    for name, info in table.row.model_fields.items():
        column = info.alias or name
        key = " (key)" if name in table.key else ""
        required = "yes" if info.is_required() else ""
        lines.append(f"| `{column}`{key} | {required} | {_allowed(table.row, name)} |")
    return "\n".join([*lines, ""])


def _allowed(row: type[Row], name: str) -> str:
    info = row.model_fields[name]
    kinds = [kind for kind in _flat(info.annotation) if kind is not type(None)]
    words = [f"`{word}`" for kind in kinds for word in _words(kind)]
    if words:
        return ", ".join(words)
    schema = row.model_json_schema()["properties"][info.alias or name]
    options = schema.get("anyOf", [schema])
    rules = next(option for option in options if option.get("type") != "null")
    kind = {"string": "text", "number": "figure", "integer": "whole number", "array": "list"}[
        rules["type"]
    ]
    kind = "day" if rules.get("format") == "date" else kind
    rules = {**rules, **rules.get("items", {})}
    limits = {
        "pattern": "`{}`", "minimum": "{} or more", "exclusiveMinimum": "more than {}",
        "maximum": "{} or less",
    }  # fmt: skip
    said = [text.format(rules[rule]) for rule, text in limits.items() if rule in rules]
    return ", ".join([kind, *said]).replace("|", "\\|")


def _flat(annotation: Any) -> list[Any]:
    if get_origin(annotation) in (Union, UnionType):
        return [kind for part in get_args(annotation) for kind in _flat(part)]
    return [annotation]


def _words(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return [word.value for word in kind]
    return [str(word) for word in get_args(kind)] if get_origin(kind) is Literal else []


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
