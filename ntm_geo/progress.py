"""Progress: what the reports say of each work, as of a day."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ntm_geo.model import FINISHED, Status, Work
from ntm_geo.schemas import MonthReport


@dataclass(frozen=True)
class WorkProgress:
    """How far one work has come; `reported` is the month of the report, None without any."""

    status: Status
    overdue: bool
    done: float | None
    reported: date | None
    note: str | None


def month_end(month: date) -> date:
    """Return the last day of a month.

    Examples
    --------
    >>> month_end(date(2023, 2, 1))
    datetime.date(2023, 2, 28)
    """
    return month.replace(day=monthrange(month.year, month.month)[1])


def data_date(reports: Iterable[MonthReport], *, plan_date: date) -> date:
    """Return the day up to which there are figures: the end of the last reported month.

    Parameters
    ----------
    reports
        All reports of the record.
    plan_date
        The day of the plan, which holds until something is reported.
    """
    return max([plan_date, *(month_end(report.month) for report in reports)])


def status_as_of(
    works: Iterable[Work], reports: Iterable[MonthReport], *, as_of: date, default_due: date
) -> dict[str, WorkProgress]:
    """Return each work's progress as of a day.

    A month's report counts from the month's last day on. Of several reports the last month's
    decides, and within a month the correction (`<unit>-2.csv` after `<unit>.csv`). A work that
    nobody has reported is `not_started` with `reported` None. A work is overdue where it is
    unfinished after its due day.

    Parameters
    ----------
    works
        The works of the plan.
    reports
        All reports, in any order.
    as_of
        The day.
    default_due
        The due day of a work that states none.
    """
    known = sorted(
        (report for report in reports if month_end(report.month) <= as_of),
        key=lambda report: (report.month, report.correction),
    )
    latest = {row.work_id: (row, report.month) for report in known for row in report.sheet}
    progress = {}
    for work in works:
        row, month = latest.get(work.work_id, (None, None))
        status = row.status if row else Status.NOT_STARTED
        progress[work.work_id] = WorkProgress(
            status=status,
            overdue=status not in FINISHED and as_of > (work.due or default_due),
            done=row.done if row else None,
            reported=month,
            note=row.note if row else None,
        )
    return progress
