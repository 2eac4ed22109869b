"""Of which day boundaries are: one code and one name can be another unit a year later."""

from collections.abc import Mapping, Sequence
from datetime import date

from ntm_geo.changes import LaterUnit, units_on
from ntm_geo.model import ChangePart, Unit, UnitChange
from ntm_geo.taking.names import MOST_AREA_ERROR


def day_of_units(
    areas_km2: Mapping[str, float],
    units: Sequence[Unit],
    changes: Sequence[UnitChange],
    *,
    start: date,
) -> date | None:
    """Say of which day boundaries are, by their areas.

    Parameters
    ----------
    areas_km2
        Geodesic area of each boundary by the code that its name or code would be in the plan.
    units, changes, start
        The plan's units, what became of them, and the day of the plan.

    Returns
    -------
    day
        `start` where the areas are those of the plan's units, or of no day better; the day of a
        change where most of them are those of the units since then; None where there is none.
    """
    if not areas_km2:
        return None
    days = [start, *sorted({row.date for row in changes if row.date > start})]
    hits = {day: _hits(areas_km2, units, changes, start, day) for day in days}
    return max(days, key=lambda day: hits[day])


def _hits(
    areas_km2: Mapping[str, float],
    units: Sequence[Unit],
    changes: Sequence[UnitChange],
    start: date,
    day: date,
) -> int:
    """Count the areas that are those of a unit of a day."""
    own = {unit.unit_code: unit.area_km2 for unit in units}
    known = {one.code: _area_km2(one, own) for one in units_on(units, changes, start=start, on=day)}
    # A file names a later unit as the record names the earlier one whose name or code it took.
    return sum(
        any(_is_close(area, known.get(later)) for later in _later(code, units, changes, start, day))
        for code, area in areas_km2.items()
    )


def _later(
    code: str, units: Sequence[Unit], changes: Sequence[UnitChange], start: date, day: date
) -> tuple[str, ...]:
    """Return the code itself, and the units of the day that hold its land."""
    later = units_on(units, changes, start=start, on=day)
    return (code, *(one.code for one in later if code in dict(one.formed_of)))


def _area_km2(later: LaterUnit, own: Mapping[str, float]) -> float | None:
    """Return the sum of what a unit was formed of; None where a part is in it."""
    if any(part == ChangePart.PART for _, part in later.formed_of):
        return None
    return sum(own[code] for code, _ in later.formed_of)


def _is_close(area: float, other: float | None) -> bool:
    return other is not None and abs(area / other - 1) <= MOST_AREA_ERROR
