"""All tables of the record held against each other; every problem is gathered, none is fatal."""

from ntm_geo.checks.changes import check_changes
from ntm_geo.checks.photos import check_photos
from ntm_geo.checks.plan import check_plan
from ntm_geo.checks.quotes import notice_quotes
from ntm_geo.checks.ranges import check_ranges
from ntm_geo.checks.references import check_references
from ntm_geo.checks.reports import check_reports
from ntm_geo.checks.statements import check_statements
from ntm_geo.checks.units import check_units
from ntm_geo.checks.views import check_views
from ntm_geo.errors import Problem
from ntm_geo.schemas import Record


def check_record(record: Record) -> list[Problem]:
    """Hold all tables against each other.

    Parameters
    ----------
    record
        Tables whose rows have been taken one by one.

    Returns
    -------
    problems
        References to nothing, criteria that no set has, units named alike, and the like; empty
        where the record is consistent.
    """
    return [
        *check_units(record),
        *check_changes(record),
        *check_references(record),
        *check_plan(record),
        *check_ranges(record),
        *check_statements(record),
        *check_reports(record),
        *check_photos(record),
        *check_views(record),
    ]


def notice_record(record: Record) -> list[Problem]:
    """Look for what is odd in tables that agree with each other.

    Parameters
    ----------
    record
        Tables without problems.

    Returns
    -------
    notices
        Statements whose figures, lists, units, villages or documents are not those of the words
        that they quote.
    """
    return list(notice_quotes(record))
