"""Facts in the notes of statements."""

from collections.abc import Iterator

from ntm_geo.errors import Problem, Text
from ntm_geo.model.facts import has_odd_day
from ntm_geo.schemas import Record


def check_statements(record: Record) -> Iterator[Problem]:
    """Find days of cited documents that the calendar does not have."""
    for row, problem in record.statements.located():
        if has_odd_day(row):
            yield problem(
                "note",
                Text("date= không phải là một ngày có thật", "date= is no day of the calendar"),
                found=row.note,
                allowed=Text(
                    "ngày dạng 2023-12-31 hoặc 31/12/2023", "a day like 2023-12-31 or 31/12/2023"
                ),
                todo=Text("ghi lại ngày", "write the day again"),
            )
