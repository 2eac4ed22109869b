"""The units of a day as a whole: what each was formed of, how it is called, what is left open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ntm_geo.changes.shares import Held, known_shares
from ntm_geo.changes.trace import LaterUnit, Successor, trace, units_on
from ntm_geo.errors import Text
from ntm_geo.model import ChangePart, Unit, UnitChange
from ntm_geo.names import Named, find_fits, fold

_REST = Text("{name} (chia tách, chưa rõ phần)", "{name} (divided, part unknown)")


@dataclass(frozen=True)
class Divided:
    """A unit of the plan whose land lies in several units of the day.

    Parameters
    ----------
    key
        What stands in `unit_code` for what is of it and cannot be given to one of these; no code
        of a unit is written so.
    unit
        The unit of the plan.
    into
        The units of the day that hold its land.
    """

    key: str
    unit: Unit
    into: tuple[Successor, ...]

    @property
    def title(self) -> Text:
        """How that remainder is called."""
        return _REST.format(name=self.unit.name)

    @property
    def spellings(self) -> tuple[str, ...]:
        """How it may be asked for."""
        return self.title.vi, self.title.en

    @property
    def name(self) -> str:
        """The same in the language of the record."""
        return self.title.vi


@dataclass(frozen=True)
class Formation:
    """The units of a day, and what became of each unit of the plan.

    Parameters
    ----------
    day
        The day.
    plan
        The units of the plan, in the record's order.
    units
        The units of the day, in the order of the first of the plan's units that each holds.
    divided
        The plan's units that lie in several of them, in the record's order.
    areas, people
        How much of the area [km²] and of the people of each unit of the plan lies in each unit of
        the day, by their codes; None where it is not known.
    """

    day: date
    plan: tuple[Unit, ...]
    units: tuple[LaterUnit, ...]
    divided: tuple[Divided, ...]
    areas: Mapping[str, Held]
    people: Mapping[str, Held]

    @cached_property
    def keys(self) -> dict[str, str]:
        """Where all of a unit of the plan is: the later unit, or the remainder of a divided one."""
        whole = {
            code: one.code
            for one in self.units
            for code, part in one.formed_of
            if part == ChangePart.WHOLE
        }
        return whole | {one.unit.unit_code: one.key for one in self.divided}

    @cached_property
    def names(self) -> dict[str, str]:
        """Name by key: of the units of the day, and of what is left of divided ones."""
        now = {one.code: one.name for one in self.units}
        return now | {one.key: one.name for one in self.divided}

    @cached_property
    def plan_units(self) -> dict[str, Unit]:
        """The units of the plan by their codes."""
        return {unit.unit_code: unit for unit in self.plan}

    @property
    def rests(self) -> dict[str, Text]:
        """How what is left of divided units is called in each language, by key."""
        return {one.key: one.title for one in self.divided}

    @property
    def changed(self) -> tuple[LaterUnit, ...]:
        """The units of the day that are not just one unit of the plan as it was."""
        return tuple(one for one in self.units if not self._is_as_planned(one))

    def _is_as_planned(self, one: LaterUnit) -> bool:
        before = self.plan_units.get(one.code)
        if before is None or one.formed_of != ((one.code, ChangePart.WHOLE),):
            return False
        return (before.name, before.kind.value) == (one.name, one.kind)

    def plan_codes(self, key: str) -> frozenset[str]:
        """Return the units of the plan that what stands under a key is of, all of it.

        A later unit that also holds a part of a divided one is of no set of the plan's units: the
        part is among the codes, written as none of them is.

        Parameters
        ----------
        key
            Code of a unit of the day, key of a divided one's remainder, or the district's code,
            which stays what it is.
        """
        for one in self.units:
            if one.code == key:
                return frozenset(
                    code if part == ChangePart.WHOLE else f"{code}-{part.value}"
                    for code, part in one.formed_of
                )
        return frozenset({one.unit.unit_code for one in self.divided if one.key == key} or {key})

    # --- names ---------------------------------------------------------------------------------

    def named(self, of_plan: Iterable[Named]) -> tuple[Named, ...]:
        """Return everything that a name can mean on the day.

        The names of the day come first; a name of the plan's time means the unit that it is in
        now, unless another unit bears it now. A code means the unit of the day that has it, and
        one that none has any more means what became of its unit.

        Parameters
        ----------
        of_plan
            What a name could mean in the plan's time, the district among it.
        """
        others = [one for one in of_plan if one.code not in self.plan_units]
        return (*self._named_now, *others, *self._named_before)

    @cached_property
    def _named_now(self) -> tuple[Named, ...]:
        return (
            *(Named(one.code, one.kind, self._spellings(one)) for one in self.units),
            *(Named(one.key, one.unit.kind.value, one.spellings) for one in self.divided),
        )

    def _spellings(self, one: LaterUnit) -> tuple[str, ...]:
        """Return how a unit is spelled: also as a unit of its name was that it was formed of."""
        found = [one.name]
        for code, _ in one.formed_of:
            before = _spellings_of(self.plan_units[code])
            if fold(one.name) in map(fold, before):
                found += before
        return tuple(dict.fromkeys(found))

    @cached_property
    def _named_before(self) -> tuple[Named, ...]:
        taken = {(one.kind, fold(text)) for one in self._named_now for text in one.spellings}
        named = []
        for unit in self.plan:
            kind, key = unit.kind.value, self.keys[unit.unit_code]
            left = [text for text in _spellings_of(unit) if (kind, fold(text)) not in taken]
            named.append(Named(key, kind, (*left, unit.unit_code)))
        return tuple(named)

    def unit_before(self, text: str) -> Unit | None:
        """Return the unit of the plan that a text names, where no unit of the day is named so."""
        if text.strip() in self.names:
            return None
        fits = find_fits(text, (*self._named_now, *self._named_before)).things
        before = [
            unit for unit, one in zip(self.plan, self._named_before, strict=True) if one in fits
        ]
        return before[0] if len(before) == len(fits) == 1 else None


def _spellings_of(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *unit.aliases)


def form_units(
    units: Sequence[Unit], changes: Sequence[UnitChange], *, start: date, on: date
) -> Formation:
    """Say what the units of a day were formed of.

    Parameters
    ----------
    units
        All units of the district as they are on `start`.
    changes, start, on
        As in `trace`.

    Raises
    ------
    OptionError
        `on` is before `start`.
    """
    later = units_on(units, changes, start=start, on=on)
    traced = [(unit, trace(unit, changes, start=start, on=on)) for unit in units]
    divided = (
        Divided(f"{one.unit_code}-split", one, into) for one, into in traced if len(into) > 1
    )
    areas, people = (
        known_shares(units, changes, start=start, on=on, figure=figure)
        for figure in (lambda one: one.area_km2, lambda one: one.population)
    )
    return Formation(on, tuple(units), later, tuple(divided), areas, people)
