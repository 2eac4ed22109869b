"""What each table of the record must look like, and its lines turned into rows.

Every problem of a table is gathered; nothing here opens a file.
"""

from ntm_geo.schemas.messages import problem_of
from ntm_geo.schemas.parse import parse_model, parse_rows
from ntm_geo.schemas.tables import (
    REPORT_TABLE,
    TABLES,
    Line,
    MonthReport,
    Record,
    Sheet,
    Table,
    problem_at,
)

__all__ = [
    "REPORT_TABLE",
    "TABLES",
    "Line",
    "MonthReport",
    "Record",
    "Sheet",
    "Table",
    "parse_model",
    "parse_rows",
    "problem_at",
    "problem_of",
]
