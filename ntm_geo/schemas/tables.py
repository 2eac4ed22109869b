"""The tables of a record: where each is, what a row is, and all of them together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from ntm_geo.errors import Problem, Text
from ntm_geo.model import (
    Acceptance,
    Asset,
    Assignment,
    BudgetSource,
    CriteriaSet,
    Measure,
    Neighbour,
    Office,
    Photo,
    Project,
    Report,
    Row,
    Statement,
    Target,
    Unit,
    UnitChange,
    View,
    Work,
)
from ntm_geo.names import Named


@dataclass(frozen=True)
class Table:
    """One file of the record: where it is, what a row is, what tells rows apart."""

    name: str
    file: str
    row: type[Row]
    key: tuple[str, ...]
    is_optional: bool = False
    """A district without the file has no such rows."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, as they stand in the header."""
        return tuple(info.alias or name for name, info in self.row.model_fields.items())

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that may not be empty."""
        return tuple(i.alias or n for n, i in self.row.model_fields.items() if i.is_required())


TABLES = (
    Table("units", "gis/units.csv", Unit, ("unit_code",)),
    Table(
        "changes",
        "gis/changes.csv",
        UnitChange,
        ("date", "unit_code", "into_code"),
        is_optional=True,
    ),
    Table("neighbours", "gis/neighbours.csv", Neighbour, ("unit_code", "neighbour_code")),
    Table(
        "targets",
        "gis/plan/targets.csv",
        Target,
        # A plan may both keep and target a criterion: that is for the audit to say.
        ("set", "number", "unit_code", "asset_id", "state"),
    ),
    Table("assets", "gis/plan/assets.csv", Asset, ("asset_id",)),
    Table("works", "gis/plan/works.csv", Work, ("work_id",)),
    Table("measures", "gis/plan/measures.csv", Measure, ("measure_id",)),
    Table("budget", "gis/plan/budget.csv", BudgetSource, ("source_id",)),
    Table("offices", "gis/plan/offices.csv", Office, ("office_id",)),
    Table("assignments", "gis/plan/assignments.csv", Assignment, ("assignment_id",)),
    Table("statements", "gis/plan/statements.csv", Statement, ("statement_id",)),
    Table("accepted", "gis/plan/accepted.csv", Acceptance, ("finding_id",), is_optional=True),
    Table("photos", "gis/photos.csv", Photo, ("sha256", "work_id"), is_optional=True),
)
REPORT_TABLE = Table("progress", "gis/progress", Report, ("work_id",))
"""The shape of every file under gis/progress/<YYYY-MM>/."""


@dataclass(frozen=True)
class Line:
    """One line of a table as it stands in the file."""

    number: int
    cells: Mapping[str, str]


R = TypeVar("R", bound=Row)


@dataclass
class Sheet(Generic[R]):
    """A table that has been read: its rows, and the line of the file that each stands in."""

    table: Table
    rows: list[R] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    """First key column of all lines, also of those that could not be taken."""
    file: str = ""
    is_read: bool = False
    """False where the file or its header is broken: nothing can be held against it."""

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def located(self) -> Iterator[tuple[R, Callable[..., Problem]]]:
        """Yield each row with a maker of problems that knows the row's place."""
        for row, number in zip(self.rows, self.lines, strict=True):
            yield row, problem_at(self.file, number)


def problem_at(file: str, number: int | None = None) -> Callable[..., Problem]:
    """Return a maker of problems that knows the file, and the row where there is one."""

    def make(column: str, what: Text, **rest: Any) -> Problem:  # noqa: ANN401 (fields of Problem)
        return Problem(file=file, row=number, column=column, what=what, **rest)

    return make


@dataclass(frozen=True)
class MonthReport:
    """What one unit reported for one month; a correction is a further report."""

    month: date
    unit_code: str
    sheet: Sheet[Report]
    correction: int = 0
    """0 for the first report of the month, 2 for `<unit>-2.csv`, and so on."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything of a district's record that stands in tables and definitions."""

    project: Project
    criteria_sets: Mapping[str, CriteriaSet]
    units: Sheet[Unit]
    changes: Sheet[UnitChange]
    neighbours: Sheet[Neighbour]
    targets: Sheet[Target]
    assets: Sheet[Asset]
    works: Sheet[Work]
    measures: Sheet[Measure]
    budget: Sheet[BudgetSource]
    offices: Sheet[Office]
    assignments: Sheet[Assignment]
    statements: Sheet[Statement]
    accepted: Sheet[Acceptance]
    photos: Sheet[Photo]
    reports: tuple[MonthReport, ...] = ()
    views: tuple[View, ...] = ()
    """How the pages for meetings open, by their order; the first is the default."""
    styles: Mapping[str, str] = field(default_factory=dict)
    """QGIS styles (QML) by layer, or by kind of geometry for layers without one of their own."""

    def place_names(self) -> tuple[Named, ...]:
        """Return everything that a unit's name can mean: the units and the district itself."""
        district = self.project.district
        return (
            *(Named(u.unit_code, u.kind.value, (u.name, *u.aliases)) for u in self.units),
            Named(district.code, "district", (district.name,)),
        )

    def unit_names(self) -> dict[str, str]:
        """Return the name that each code is shown with."""
        district = self.project.district
        shown = {unit.unit_code: unit.name for unit in self.units}
        return {**shown, district.code: f"Huyện {district.name}"}

    def sheets(self) -> tuple[Sheet[Any], ...]:
        """Return all tables, in the order in which they are read."""
        return tuple(getattr(self, table.name) for table in TABLES)
