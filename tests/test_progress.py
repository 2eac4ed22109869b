"""What reports say of each work, as of a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_geo.model import Report, Status, Work
from ntm_geo.progress import data_date, month_end, status_as_of
from ntm_geo.schemas import REPORT_TABLE, MonthReport, Sheet

DUE = date(2023, 12, 31)


def work(work_id="w", **cells):
    known = {"asset_id": "a", "name": "Việc", "unit_code": "90001", "kind": "build", "clause": "I"}
    return Work.model_validate({"work_id": work_id, **known, **cells})


def report(month, status, *, correction="", work_id="w", **cells):
    row = Report.model_validate({"work_id": work_id, "status": status, **cells})
    file = f"gis/progress/{month:%Y-%m}/90001{correction}.csv"
    number = int(correction.removeprefix("-") or 0)
    sheet = Sheet(REPORT_TABLE, [row], [2], {work_id}, file)
    return MonthReport(month, "90001", sheet, number)


def status(reports, as_of, **cells):
    return status_as_of([work(**cells)], reports, as_of=as_of, default_due=DUE)["w"]


MARCH, APRIL = date(2023, 3, 1), date(2023, 4, 1)


@pytest.mark.parametrize(
    ("month", "last"), [(date(2023, 2, 1), 28), (date(2024, 2, 1), 29), (date(2023, 12, 1), 31)]
)
def test_a_month_ends_on_its_last_day(month, last):
    assert month_end(month) == month.replace(day=last)


def test_without_reports_the_plans_day_is_the_day_of_the_figures():
    assert data_date([], plan_date=date(2023, 1, 31)) == date(2023, 1, 31)


def test_the_last_reported_month_is_the_day_of_the_figures():
    reports = [report(APRIL, "completed"), report(MARCH, "in_progress")]
    assert data_date(reports, plan_date=date(2023, 1, 31)) == date(2023, 4, 30)
    assert data_date(reports, plan_date=date(2024, 1, 31)) == date(2024, 1, 31)


def test_what_nobody_reported_has_not_started_and_says_so():
    known = status([], date(2023, 5, 1))
    assert (known.status, known.reported, known.done) == (Status.NOT_STARTED, None, None)


def test_a_report_is_told_with_its_month_and_figures():
    known = status([report(MARCH, "in_progress", done="0,4", note="đang xây")], date(2023, 5, 1))
    assert (known.status, known.done, known.note) == (Status.IN_PROGRESS, 0.4, "đang xây")
    assert known.reported == MARCH


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2023, 3, 30), Status.NOT_STARTED), (date(2023, 3, 31), Status.IN_PROGRESS),
     (date(2023, 4, 29), Status.IN_PROGRESS), (date(2023, 4, 30), Status.COMPLETED)],
)  # fmt: skip
def test_a_months_report_counts_from_its_last_day_on(day, expected):
    reports = [report(APRIL, "completed"), report(MARCH, "in_progress")]
    assert status(reports, day).status == expected


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize(
    ("earlier", "later"), [("", "-1"), ("", "-2"), ("-1", "-2"), ("-2", "-10")]
)
def test_a_correction_decides_whatever_the_order_of_the_files(earlier, later, swap):
    reports = [
        report(MARCH, "in_progress", correction=earlier),
        report(MARCH, "cancelled", correction=later),
    ]
    known = status(reports[::-1] if swap else reports, date(2023, 5, 1))
    assert known.status == Status.CANCELLED


def test_a_correction_of_march_does_not_undo_april():
    reports = [report(APRIL, "completed"), report(MARCH, "in_progress", correction="-2")]
    assert status(reports, date(2023, 5, 1)).status == Status.COMPLETED


def test_a_correction_leaves_what_it_does_not_name():
    reports = [
        report(MARCH, "in_progress"),
        report(MARCH, "completed", correction="-2", work_id="x"),
    ]
    known = status_as_of([work(), work("x")], reports, as_of=APRIL, default_due=DUE)
    assert (known["w"].status, known["x"].status) == (Status.IN_PROGRESS, Status.COMPLETED)


@pytest.mark.parametrize(
    ("reported", "overdue"),
    [("not_started", True), ("preparation", True), ("in_progress", True), ("completed", False),
     ("cancelled", False)],
)  # fmt: skip
def test_only_what_is_unfinished_is_overdue(reported, overdue):
    assert status([report(MARCH, reported)], date(2024, 1, 1)).overdue is overdue


@pytest.mark.parametrize(
    ("day", "due", "overdue"),
    [("2023-12-31", None, False), ("2024-01-01", None, True), ("2023-06-30", "30/06/2023", False),
     ("2023-07-01", "30/06/2023", True), ("2024-01-01", "2024-06-30", False)],
)  # fmt: skip
def test_a_work_is_overdue_from_the_day_after_its_due_day(day, due, overdue):
    assert status([], date.fromisoformat(day), due=due).overdue is overdue


def test_every_work_has_its_progress_in_the_order_of_the_plan():
    works = [work("b"), work("a")]
    known = status_as_of(
        works, [report(MARCH, "completed", work_id="z")], as_of=DUE, default_due=DUE
    )
    assert list(known) == ["b", "a"]


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.sampled_from(list(Status))), unique_by=lambda r: r[0]
    ),
    st.integers(0, 400),
)
def test_the_last_month_that_has_ended_decides(months, days):
    day = date(2023, 1, 1) + timedelta(days)
    reports = [report(date(2023, month, 1), word.value) for month, word in months]
    ended = [(month, word) for month, word in months if month_end(date(2023, month, 1)) <= day]
    expected = max(ended)[1] if ended else Status.NOT_STARTED
    assert status(reports, day).status == expected
