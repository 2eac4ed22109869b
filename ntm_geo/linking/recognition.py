"""Of which day units are: before anything is linked, it must be clear which units are meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_geo.errors import Text
from ntm_geo.linking.evidence import gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from ntm_geo.linking.columns import Columns
    from ntm_geo.linking.evidence import Evidence
    from ntm_geo.linking.sets import UnitSet


@dataclass(frozen=True)
class Recognised:
    """Which units a file holds.

    Parameters
    ----------
    units
        The set that fits; None where two fit and only a person can say.
    fits
        How many features fit each set, in the order of the sets.
    why
        The evidence, or the question.
    """

    units: UnitSet | None
    fits: tuple[int, ...]
    why: Text


def recognise_units(
    features: gpd.GeoDataFrame, sets: Sequence[UnitSet], columns: Columns
) -> Recognised:
    """Say which units of which day a file holds.

    A feature fits a set where its code and its name mean one and the same unit in it, and its size
    and place do not speak against that: code, name and area together, for each of them alone is
    used again by another unit after a change.

    Parameters
    ----------
    features
        In any CRS.
    sets
        The sets that come into question, the expected one first, as `unit_sets` returns them.
    columns
        Where code, name and kind stand.

    Returns
    -------
    recognised
        The set that most features fit; between equals the expected one, unless another one fits
        completely, unit by unit, and the expected one does not: then there is no answer.
    """
    return recognise(gather(features, columns), sets)


def recognise(evidence: Sequence[Evidence], sets: Sequence[UnitSet]) -> Recognised:
    """Say which set the evidence of all features fits; see `recognise_units`."""
    fits = tuple(sum(_fits(one, units) for one in evidence) for units in sets)
    own, most = sets[0], max(fits)
    rivals = [units for units, count in zip(sets, fits, strict=True) if count == most]
    complete = [units for units in rivals if most == len(units.units)]
    if own not in rivals:
        best = (complete or rivals)[0]
        name, (vi, en) = f"{most}/{len(evidence)}", best.say()
        why = Text(
            f"đây là {vi}: {name} đối tượng khớp; không phải {own.say().vi} ({fits[0]} khớp)",
            f"these are {en}: {name} features fit them; they are not "
            f"{own.say().en} ({fits[0]} fit)",
        )
        return Recognised(best, fits, why)
    if most and complete and own not in complete:
        vi, en = complete[0].say()
        why = Text(
            f"tên và mã khớp cả {own.say().vi} lẫn {vi}: tệp này là của ngày nào?",
            f"names and codes fit both {own.say().en} and {en}: of which day is this file?",
        )
        return Recognised(None, fits, why)
    vi, en = own.say()
    why = Text(
        f"{most}/{len(evidence)} đối tượng khớp {vi}",
        f"{most} of {len(evidence)} features fit {en}",
    )
    return Recognised(own, fits, why)


def _fits(one: Evidence, units: UnitSet) -> bool:
    """Tell whether a feature is one of a set, as far as it goes."""
    coded = one.unit_of_code(units)
    meant = {thing.code for thing in one.fits(units).things}
    if coded is not None and meant and coded.code not in meant:
        return False
    if not one.found:
        return any(one.is_at(unit) for unit in units.units)
    codes = {coded.code} if coded is not None else meant
    return any(one.is_at(unit) is not False for unit in units.units if unit.code in codes)
