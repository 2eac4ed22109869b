"""How much of a figure of a divided unit lies in each later one, as far as the record says so."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from ntm_geo.model import ChangePart, Unit, UnitChange

Held = Mapping[str, float | None]
"""A unit's figure by the code of the unit that holds it; None: it is not known how much."""

_DUST = 1e-9
"""Figures in binary fractions may add up to a hair more than they do."""


def known_shares(
    units: Sequence[Unit],
    changes: Sequence[UnitChange],
    *,
    start: date,
    on: date,
    figure: Callable[[Unit | UnitChange], float | None],
) -> dict[str, Held]:
    """Say how much of each unit's figure lies in each unit of a day.

    The share of a divided unit is known only where all rows of its division state one, they add
    up to no more than the unit has, and the unit held the land of no other one; else it stays
    unknown, and so does what becomes of it later.

    Parameters
    ----------
    units, changes, start, on
        As in `units_on`.
    figure
        The figure of a unit, or of the part that a row of the changes speaks of, such as its area.

    Returns
    -------
    shares
        By code of the plan's unit, then by code of the unit of the day.
    """
    whole = {unit.unit_code: figure(unit) for unit in units}
    held: dict[str, dict[str, float | None]] = {code: {code: whole[code]} for code in whole}
    for day in sorted({row.date for row in changes if start < row.date <= on}):
        rows = [row for row in changes if row.date == day]
        holders = [code for mine in held.values() for code in mine]
        shared = {code for code in holders if holders.count(code) > 1}
        held = {
            unit: _after(mine, rows, shared, figure, whole=whole[unit])
            for unit, mine in held.items()
        }
    return dict(held)


def _after(
    mine: Held,
    rows: Sequence[UnitChange],
    shared: set[str],
    figure: Callable[[Unit | UnitChange], float | None],
    *,
    whole: float | None,
) -> dict[str, float | None]:
    """Return where a unit's figure is after one day's changes; `whole` is all of it."""
    known = sum(amount for amount in mine.values() if amount is not None)
    after: dict[str, float | None] = {}
    for code, amount in mine.items():
        moved = [row for row in rows if row.unit_code == code]
        shares: dict[str, float | None] = {code: amount}
        if len(moved) == 1 or any(row.part == ChangePart.WHOLE for row in moved):
            shares = {moved[0].into_code: amount}
        elif moved:
            most = amount if amount is not None or whole is None else whole - known
            stated = None if code in shared else _stated(moved, most, figure)
            shares = stated or dict.fromkeys(row.into_code for row in moved)
        for into, share in shares.items():
            there = after.get(into, 0.0)
            after[into] = None if share is None or there is None else there + share
    return after


def _stated(
    rows: Sequence[UnitChange],
    most: float | None,
    figure: Callable[[Unit | UnitChange], float | None],
) -> dict[str, float | None] | None:
    """Return what the rows of a division state, where that can be right."""
    stated = {row.into_code: figure(row) for row in rows}
    known = [share for share in stated.values() if share is not None]
    if len(known) < len(rows) or (most is not None and sum(known) > most + _DUST):
        return None
    return dict(stated)
