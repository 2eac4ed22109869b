"""Figures that go from one to another: measures and statements."""

from collections.abc import Iterator
from typing import Any

from ntm_geo.errors import Problem, Text
from ntm_geo.labels import format_number
from ntm_geo.model import Comparator, Subject
from ntm_geo.schemas import Record, Sheet


def check_ranges(record: Record) -> Iterator[Problem]:
    """Find ranges that end before they begin or have no end, and ends of what is no range.

    A period that is printed backwards is a finding of the audit.
    """
    figures: tuple[tuple[Sheet[Any], str, str], ...] = (
        (record.measures, "quantity", "quantity_max"),
        (record.statements, "value", "value_max"),
    )
    for sheet, low_column, high_column in figures:
        for row, problem in sheet.located():
            low, high = getattr(row, low_column), getattr(row, high_column)
            is_range = row.comparator == Comparator.RANGE
            is_period = getattr(row, "subject", None) == Subject.PERIOD
            if is_range and (low is None or high is None):
                yield problem(
                    low_column if low is None else high_column,
                    Text("«range» mà thiếu một đầu", "a 'range' that lacks an end"),
                    found="",
                    allowed=Text("hai con số, từ nhỏ đến lớn", "two figures, from low to high"),
                    todo=Text("ghi vào, hoặc đổi comparator", "fill it in, or change comparator"),
                )
            elif high is not None and not (is_range or row.comparator is None):
                yield problem(
                    "comparator",
                    Text("có con số cuối mà không phải «range»", "an end of what is no 'range'"),
                    found=row.comparator,
                    allowed=Text("range", "range"),
                    todo=Text(f"đổi, hoặc bỏ {high_column}", f"change it, or empty {high_column}"),
                )
            elif low is not None and high is not None and high < low and not is_period:
                yield problem(
                    high_column,
                    Text("con số cuối nhỏ hơn con số đầu", "the range ends below its beginning"),
                    found=format_number(high, "vi"),
                    allowed=Text(
                        f"từ {format_number(low, 'vi')} trở lên",
                        f"{format_number(low, 'en')} or more",
                    ),
                    todo=Text("đổi chỗ hai con số", "exchange the two figures"),
                )
