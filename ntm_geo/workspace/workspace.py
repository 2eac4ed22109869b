"""The front door: opens a workspace and hands out what is known of its district."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_geo.changes import require_known
from ntm_geo.errors import Lang, Problem, RecordError
from ntm_geo.files import refuse_record
from ntm_geo.names import Named, resolve
from ntm_geo.progress import data_date
from ntm_geo.record import find_workspace, read_record
from ntm_geo.schemas import Record
from ntm_geo.sources import Geometry, read_geometry
from ntm_geo.steps import digests
from ntm_geo.workspace.expected import expected_of
from ntm_geo.workspace.pages import (
    ALL,
    check_output,
    choose_units,
    choose_views,
    made_name,
    write_pages,
)

if TYPE_CHECKING:
    from ntm_geo.audit import Finding, Matrix, Review
    from ntm_geo.changes import Formation, LaterUnit
    from ntm_geo.join import District
    from ntm_geo.ledger import Ledger
    from ntm_geo.maps import Basemap
    from ntm_geo.query import Selection


@dataclass(frozen=True)
class Built:
    """Files that a build has written."""

    layers: Path
    maps: tuple[Path, ...]
    """One page a view, by their order."""


@dataclass(frozen=True)
class Workspace:
    """A district's record, read and checked, with everything that is made from it.

    Attributes
    ----------
    root
        The folder that holds gis/, layers/ and maps/.
    as_of
        The day as of which progress is told.
    geometry
        What people have put under gis/geometry/: the plan's units, its assets, and under `later`
        the units since the day of each later change.
    notices
        What is odd about the files but lost nothing.
    units_day
        The day by whose units everything is told; None: by the plan's own. The record stays as
        it is.
    seen
        What the files that commands may write held when they were read: their SHA-256 by path.
    """

    root: Path
    record: Record
    geometry: Geometry
    as_of: date
    notices: tuple[Problem, ...] = ()
    units_day: date | None = None
    seen: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def district(self) -> "District":
        """Everything that is known of the district, as frames."""
        from ntm_geo.join import join_district

        district = join_district(
            self.record,
            as_of=self.as_of,
            unit_geometry=self.geometry.units,
            asset_geometry=self.geometry.assets,
        )
        if self.units_day is None:
            return district
        from ntm_geo.recast import recast_district

        days = [row.date for row in self.record.changes if row.date <= self.units_day]
        boundaries = self.geometry.later.get(max(days)) if days else None
        return recast_district(district, self.record, on=self.units_day, boundaries=boundaries)

    @cached_property
    def formation(self) -> "Formation | None":
        """What the units of `units_day` were formed of; None without such a day."""
        from ntm_geo.changes import form_units

        if self.units_day is None:
            return None
        units, changes = self.record.units.rows, self.record.changes.rows
        return form_units(units, changes, start=self.record.project.plan_date, on=self.units_day)

    @cached_property
    def place_names(self) -> "tuple[Named, ...]":
        """Everything that a unit's name can mean, on `units_day` if there is one."""
        named = self.record.place_names()
        return named if self.formation is None else self.formation.named(named)

    @cached_property
    def astray(self) -> tuple[Problem, ...]:
        """Roads and other assets that lie outside of their unit: nothing that stops a build."""
        from ntm_geo.coverage import tell_astray

        project = self.record.project
        return tell_astray(
            self.district.assets,
            self.district.units,
            district=project.district.code,
            crs=project.working_crs,
        )

    @cached_property
    def findings(self) -> "tuple[Finding, ...]":
        """Where the plan contradicts itself."""
        from ntm_geo.audit import audit

        return audit(self.record)

    @cached_property
    def matrix(self) -> "Matrix":
        """Which office has what part in which target."""
        from ntm_geo.audit import responsibility_matrix

        return responsibility_matrix(self.record)

    def audit(
        self,
        *,
        severity: Collection[str] = (),
        rule: Collection[str] = (),
        unit: str | None = None,
    ) -> "Review":
        """Return the findings beside what has been accepted of them; what is left out fits all.

        Parameters
        ----------
        severity, rule
            The severities and the ids of the rules to keep.
        unit
            Code or name in any spelling; the district itself takes what is about no unit, too. A
            unit of `units_day` stands for the plan's units that it was formed of.

        Raises
        ------
        OptionError
            There is no such rule or severity.
        NameUnknownError, NameAmbiguousError
            `unit` names nothing, or two things.
        """
        from ntm_geo.audit import find_rule, find_severity, review

        code = None if unit is None else resolve(unit, self.place_names, column="--unit")
        formation = self.formation
        return review(self.findings, self.record.accepted).where(
            severity=[find_severity(one) for one in severity],
            rule=[find_rule(one).rule_id for one in rule],
            unit=formation.plan_codes(code) if formation and code else code,
            district=self.record.project.district.code,
        )

    def lengths(
        self, *, unit: str | Sequence[str] = (), road_class: str | Sequence[str] = ()
    ) -> "Ledger":
        """Return the roads to harden as promised, stated, mapped and reported [km].

        Parameters
        ----------
        unit
            One unit or several, by code or by name in any spelling; none, and the district's own,
            take the whole district.
        road_class
            One class of road or several, such as "field_road"; none take all.

        Raises
        ------
        OptionError
            `road_class` is no class of road.
        NameUnknownError, NameAmbiguousError
            `unit` names nothing, or two things.
        """
        from ntm_geo.ledger import length_ledger

        return length_ledger(
            self.district, self.record.statements, unit=unit, road_class=road_class
        )

    def units_on(self, day: date) -> "tuple[LaterUnit, ...]":
        """Return the units of a day, with the plan's units that they were formed of.

        Parameters
        ----------
        day
            Changes up to this day count.

        Raises
        ------
        OptionError
            The day is before the plan: what the units were formed of is not recorded.
        """
        from ntm_geo.changes import units_on

        start = self.record.project.plan_date
        return units_on(self.record.units.rows, self.record.changes.rows, start=start, on=day)

    @property
    def works(self) -> "Selection":
        """The works of the plan."""
        return self._selection("works")

    @property
    def assets(self) -> "Selection":
        """What stands on the ground."""
        return self._selection("assets")

    @property
    def units(self) -> "Selection":
        """The administrative units."""
        return self._selection("units")

    @property
    def criteria(self) -> "Selection":
        """The criteria of every unit."""
        return self._selection("criteria")

    def _selection(self, name: str) -> "Selection":
        from ntm_geo.query import Selection

        return Selection(getattr(self.district, name), self.district)

    def build(self, *, lang: Lang | None = None) -> Built:
        """Write layers/ and a page for each view anew; each file is replaced whole or not at all.

        Parameters
        ----------
        lang
            First language of the pages; None takes the project's.

        Returns
        -------
        built
            The files.

        Raises
        ------
        OutputError
            A file could not be written, for example because QGIS has it open.
        """
        from ntm_geo.layers import write_layers

        path = self.root / "layers" / f"{made_name(self)}.gpkg"
        layers = write_layers(self.district, path, record=self.record)
        return Built(layers=layers, maps=self.map(ALL, lang=lang))

    def workbook(
        self, output: Path, *, review: "Review | None" = None, lang: Lang | None = None
    ) -> Path:
        """Write the audit as a workbook: findings, acceptances, responsibility matrix, rules.

        Parameters
        ----------
        output
            File to write.
        review
            The findings to list, as `audit` gives them; None takes all.
        lang
            The workbook's language; None takes the project's.

        Raises
        ------
        OptionError
            The file lies in a record.
        OutputError
            The file cannot be written.
        """
        from ntm_geo.workbook import write_workbook

        refuse_record(output)
        return write_workbook(
            output,
            record=self.record,
            review=review or self.audit(),
            matrix=self.matrix,
            as_of=self.as_of,
            lang=lang or self.record.project.language,
            formation=self.formation,
        )

    def map(
        self,
        view: str | None = None,
        *,
        unit: str | None = None,
        lang: Lang | None = None,
        basemap: "Basemap" = "none",
        output: Path | None = None,
    ) -> tuple[Path, ...]:
        """Write pages for meetings: of the whole district or of one unit, opening as a view says.

        Parameters
        ----------
        view
            Id of a view under gis/views; None takes the first by order, "all" every one.
        unit
            Code or name in any spelling; None and the district's own name take the district as a
            whole, "all" makes a page for each unit that has a criterion or a work.
        lang
            First language of the pages; None takes the project's.
        basemap
            "osm" puts pictures of OpenStreetMap under the map wherever there is a network.
        output
            File to write, for one page; None writes
            maps/<project>-<view>[-<units_day>][-<unit_code>].html.

        Returns
        -------
        paths
            The pages, unit by unit.

        Raises
        ------
        OptionError
            There is no such view, no unit to make a page of, or `output` is no place for what
            would be made.
        NameUnknownError, NameAmbiguousError
            `unit` names nothing, or two things.
        OutputError
            A file cannot be written.
        """
        views = choose_views(self.record.views, view)
        codes = choose_units(self, unit)
        if output is not None:
            check_output(output, self, pages=len(views) * len(codes))
        return tuple(
            path
            for code in codes
            for path in write_pages(self, views, code, lang=lang, basemap=basemap, output=output)
        )


def open_workspace(
    path: str | Path = ".", *, as_of: date | None = None, units_day: date | None = None
) -> Workspace:
    """Open the workspace in a folder, or in the nearest one above it that holds gis/project.toml.

    Parameters
    ----------
    path
        The folder.
    as_of
        The day as of which progress is told; without it the last day that reports speak of, or
        the plan's own day.
    units_day
        The day by whose units everything is told; without it by the plan's own.

    Raises
    ------
    RecordError
        The record has problems: all of them at once.
    OptionError
        `units_day` is before the plan: what there was then is not known.

    Examples
    --------
    >>> workspace = open_workspace(".")
    >>> workspace.record.project.district.name
    'Kbang'
    """
    root = find_workspace(Path(path))
    seen = digests(root)  # before all else: what changes while it is read has changed since
    reading = read_record(root)
    problems = list(reading.problems)
    geometry = Geometry(None, None)
    if reading.partial is not None:
        geometry, wrong = read_geometry(root, expected_of(reading.partial))
        problems += wrong
    record = reading.record
    if record is None or problems:
        raise RecordError(*problems)
    plan_date = record.project.plan_date
    if units_day is not None:
        require_known(units_day, start=plan_date)
    day = as_of or data_date(record.reports, plan_date=plan_date)
    return Workspace(root, record, geometry, day, tuple(reading.notices), units_day, seen)
