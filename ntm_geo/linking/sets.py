"""The units as they are and as they will be: one code is one unit only together with a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ntm_geo.changes import LaterUnit, units_on
from ntm_geo.errors import Text
from ntm_geo.labels import format_day
from ntm_geo.model import ChangePart, Unit, UnitChange
from ntm_geo.names import Named, bare_key


@dataclass(frozen=True)
class KnownUnit:
    """What is known of a unit before any boundary of it is seen.

    Parameters
    ----------
    code, kind, spellings
        As in `Named`.
    area_km2
        The official area [km2]; None where it is not known.
    centres
        Longitude and latitude of points that lie in it [degree, EPSG:4326]: its centre, or those of
        the units that it was formed of.
    formed_of
        Codes of the plan's units that a later one was formed of; none for those themselves.
    """

    code: str
    kind: str
    spellings: tuple[str, ...]
    area_km2: float | None
    centres: tuple[tuple[float, float], ...]
    formed_of: frozenset[str] = frozenset()

    @property
    def named(self) -> Named:
        """The unit as `names` knows it."""
        return Named(self.code, self.kind, self.spellings)


@dataclass(frozen=True)
class UnitSet:
    """All units of a district between two changes.

    Parameters
    ----------
    since
        The day of the change that made them; None for those of the plan.
    units
        The units.
    """

    since: date | None
    units: tuple[KnownUnit, ...]

    @property
    def named(self) -> tuple[Named, ...]:
        """The units as `names` knows them."""
        return tuple(unit.named for unit in self.units)

    def say(self) -> Text:
        """Return which units these are, to go into a sentence."""
        if self.since is None:
            return Text("các đơn vị của kế hoạch", "the units of the plan")
        return Text(
            f"các đơn vị từ ngày {format_day(self.since, 'vi')}",
            f"the units since {format_day(self.since, 'en')}",
        )


def unit_sets(
    units: Sequence[Unit], changes: Sequence[UnitChange], *, start: date
) -> tuple[UnitSet, ...]:
    """Return the units of the plan, and those that each later change has made.

    Parameters
    ----------
    units
        All units of the district as they are on `start`.
    changes
        What became of units, in any order.
    start
        The day of the plan; only changes after it count.

    Returns
    -------
    sets
        The plan's own first, then one for each day on which something changes. A later unit that
        was formed of parts has the sum of the areas that are stated for them, or none.
    """
    own = UnitSet(
        None,
        tuple(
            KnownUnit(
                unit.unit_code,
                unit.kind.value,
                (unit.name, *unit.aliases),
                unit.area_km2,
                ((unit.lon, unit.lat),),
            )
            for unit in units
        ),
    )
    days = sorted({row.date for row in changes if row.date > start})
    later = [
        UnitSet(
            day,
            tuple(
                _later(one, own, changes) for one in units_on(units, changes, start=start, on=day)
            ),
        )
        for day in days
    ]
    return (own, *later)


def _later(one: LaterUnit, own: UnitSet, changes: Sequence[UnitChange]) -> KnownUnit:
    formed = dict(one.formed_of)
    before = [unit for unit in own.units if unit.code in formed]
    areas = [
        unit.area_km2
        if formed[unit.code] == ChangePart.WHOLE
        else _part_km2(unit.code, one.code, changes)
        for unit in before
    ]
    known = [area for area in areas if area is not None]
    # A unit that keeps its name keeps the other spellings of it, too.
    same = [u.spellings for u in before if bare_key(one.name) in map(bare_key, u.spellings)]
    spellings = dict.fromkeys((one.name, *(text for texts in same for text in texts)))
    whole = [unit for unit in before if formed[unit.code] == ChangePart.WHOLE]
    return KnownUnit(
        one.code,
        one.kind,
        tuple(spellings),
        sum(known) if len(known) == len(areas) else None,
        tuple(centre for unit in whole for centre in unit.centres),
        frozenset(formed),
    )


def _part_km2(code: str, into: str, changes: Sequence[UnitChange]) -> float | None:
    rows = (row for row in changes if (row.unit_code, row.into_code) == (code, into))
    return next((row.area_km2 for row in rows), None)
