"""The record under gis/, read: definitions, tables, reports, views and styles.

The one place that opens these files. It gathers every problem of every file.
"""

from pathlib import Path
from typing import Any, NamedTuple

from ntm_geo.checks import check_record, notice_record
from ntm_geo.errors import Problem
from ntm_geo.model import Project, overview_of
from ntm_geo.record.definitions import read_criteria_sets, read_definition, read_views
from ntm_geo.record.files import (
    PROJECT_FILE,
    find_workspace,
    is_data,
    read_styles,
    unread_notices,
)
from ntm_geo.record.tables import read_reports, read_table
from ntm_geo.schemas import TABLES, Record, Sheet

__all__ = ["PROJECT_FILE", "Reading", "find_workspace", "is_data", "read_record"]


class Reading(NamedTuple):
    """What came of reading: the record unless it has problems, and harmless notices.

    `partial` holds what could be taken of a record with problems, to find those that are left.
    """

    record: Record | None
    problems: list[Problem]
    notices: list[Problem]
    partial: Record | None = None


def read_record(root: Path) -> Reading:
    """Read and check everything under gis/ but the geometry.

    Parameters
    ----------
    root
        The folder that holds gis/.

    Returns
    -------
    reading
        The record, or all of its problems.
    """
    problems: list[Problem] = []
    notices: list[Problem] = []
    project, wrong = read_definition(root, PROJECT_FILE, Project)
    problems += wrong
    sets, wrong = read_criteria_sets(root)
    problems += wrong
    sheets: dict[str, Sheet[Any]] = {}
    for table in TABLES:
        sheet, wrong, seen = read_table(root, table, table.file)
        sheets[table.name] = sheet
        problems += wrong
        notices += seen
    reports, wrong, seen = read_reports(root)
    problems += wrong
    notices += seen
    views, wrong = read_views(root)
    problems += wrong
    styles, wrong = read_styles(root)
    problems += wrong
    notices += unread_notices(root)
    if project is None:
        return Reading(None, problems, notices)
    record = Record(
        project=project,
        criteria_sets=sets,
        reports=reports,
        views=views or (overview_of(project),),
        styles=styles,
        **sheets,
    )
    wrong = check_record(record)
    problems += wrong
    notices += [] if wrong else notice_record(record)
    return Reading(None if problems else record, problems, notices, partial=record)
