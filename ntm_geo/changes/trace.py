"""What the units of the plan have become on a later day, each traced by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.model import ChangePart, Unit, UnitChange


@dataclass(frozen=True)
class Successor:
    """A unit of a later day that holds land of an earlier one.

    Parameters
    ----------
    code, name, kind
        Of the later unit.
    part
        Whether it holds the whole of the earlier one.
    """

    code: str
    name: str
    kind: str
    part: ChangePart


@dataclass(frozen=True)
class LaterUnit:
    """A unit of a later day.

    Parameters
    ----------
    code, name, kind
        Of the unit itself.
    formed_of
        The earlier units whose land it holds, and whether all of it, in the record's order.
    """

    code: str
    name: str
    kind: str
    formed_of: tuple[tuple[str, ChangePart], ...]


def trace(
    unit: Unit, changes: Sequence[UnitChange], *, start: date, on: date
) -> tuple[Successor, ...]:
    """Say what a unit has become.

    Parameters
    ----------
    unit
        A unit as it is on `start`.
    changes
        What became of units, in any order.
    start
        The day of which `unit` speaks; only changes after it count.
    on
        The day that is asked for.

    Returns
    -------
    successors
        One, whole, where it is known what became of everything in the unit; several where it was
        divided. Parts that a later change brings together again are one whole.
    """
    held = [Successor(unit.unit_code, unit.name, unit.kind.value, ChangePart.WHOLE)]
    for day in sorted({row.date for row in changes if start < row.date <= on}):
        rows = [row for row in changes if row.date == day]
        held = [after for one in held for after in _after(one, rows)]
    codes = list(dict.fromkeys(one.code for one in held))
    by_code = {one.code: one for one in reversed(held)}
    part = ChangePart.WHOLE if len(codes) == 1 else ChangePart.PART
    return tuple(Successor(code, by_code[code].name, by_code[code].kind, part) for code in codes)


def _after(one: Successor, rows: Sequence[UnitChange]) -> list[Successor]:
    """Return what a unit becomes on one day; without a row it stays what it is."""
    mine = [row for row in rows if row.unit_code == one.code]
    if not mine:
        return [one]
    return [Successor(row.into_code, row.into_name, row.into_kind.value, row.part) for row in mine]


def units_on(
    units: Sequence[Unit], changes: Sequence[UnitChange], *, start: date, on: date
) -> tuple[LaterUnit, ...]:
    """Return the units of a later day, with what each was formed of.

    Parameters
    ----------
    units
        All units of the district as they are on `start`.
    changes, start, on
        As in `trace`.

    Returns
    -------
    later
        In the order of the first earlier unit of each. Before the first change these are `units`.

    Raises
    ------
    OptionError
        `on` is before `start`: what there was then is not known.
    """
    require_known(on, start=start)
    formed: dict[str, tuple[Successor, list[tuple[str, ChangePart]]]] = {}
    for unit in units:
        for one in trace(unit, changes, start=start, on=on):
            formed.setdefault(one.code, (one, []))[1].append((unit.unit_code, one.part))
    return tuple(
        LaterUnit(code, one.name, one.kind, tuple(parts)) for code, (one, parts) in formed.items()
    )


def require_known(on: date, *, start: date, column: str = "--units") -> None:
    """Refuse a day before the plan; `column` is the option that the day was typed for.

    Raises
    ------
    OptionError
        `on` is before `start`: what the units were formed of is not recorded.
    """
    if on < start:
        raise OptionError(
            Problem(
                column=column,
                what=Text("ngày trước kế hoạch", "a day before the plan"),
                found=on.isoformat(),
                allowed=Text(f"từ {start.isoformat()}", f"{start.isoformat()} or later"),
                todo=Text("chọn ngày khác", "choose another day"),
            )
        )
