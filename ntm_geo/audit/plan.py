"""The record as the rules ask it: who keeps and who targets what, who answers for it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ntm_geo.audit.words import capital, fill, join, places, unique
from ntm_geo.audit.years import is_of_another_year
from ntm_geo.encodings import clean
from ntm_geo.errors import Text
from ntm_geo.model import (
    AssetClass,
    Assignment,
    Fact,
    Measure,
    State,
    Statement,
    Subject,
    Target,
    UnitKind,
    Work,
)
from ntm_geo.model.facts import facts_of
from ntm_geo.names import fold
from ntm_geo.schemas import Record

Key = tuple[str, int | None]
"""A criterion: its set and its number; no number means the set as a whole."""
WorkOrMeasure = Work | Measure
"""What the plan wants done."""
_Row = TypeVar("_Row", Work, Measure, WorkOrMeasure)
_FEW = 6
_REST = re.compile(r"còn lại|chưa đạt", re.IGNORECASE)
_PART = re.compile(r"\btrong (?:số|các|đó|\d)|\bđối với (?:các|\d)", re.IGNORECASE)
"""Words for those that are left, and for a part of all."""


def row_id(row: WorkOrMeasure) -> str:
    """Return the id of a work or a measure."""
    return row.work_id if isinstance(row, Work) else row.measure_id


def named_rows(statement: Statement, rows: Iterable[_Row]) -> list[_Row]:
    """Return the rows that a statement's fact `row=` names; without it all of them."""
    named = facts_of(statement).get(Fact.ROW)
    return [row for row in rows if named is None or row_id(row) in named.split("|")]


def unique_keys(rows: Iterable[Target]) -> tuple[Key, ...]:
    """Return the criteria of rows, each once."""
    return tuple(dict.fromkeys((row.set, row.number) for row in rows))


@dataclass(frozen=True)
class Plan:
    """Look-ups over a checked record; all answers keep the order of the record."""

    record: Record

    @property
    def district(self) -> str:
        """Code of the district as a whole."""
        return self.record.project.district.code

    @cached_property
    def communes(self) -> tuple[str, ...]:
        """Codes of all units that the programme counts: communes, not towns and wards."""
        return tuple(u.unit_code for u in self.record.units if u.kind == UnitKind.COMMUNE)

    @cached_property
    def targets(self) -> dict[tuple[Key, str], Target]:
        """Targets by criterion and unit; villages, which stand for themselves, are left out."""
        found: dict[tuple[Key, str], Target] = {}
        for t in self.record.targets:
            place = ((t.set, t.number), t.unit_code)
            # What is both kept and targeted is not met: that is a finding of its own.
            if not t.asset_id and (place not in found or t.state == State.ACHIEVE):
                found[place] = t
        return found

    def state(self, key: Key, unit_code: str) -> State | None:
        """Return what the table wants of a criterion in a unit, None where it is silent."""
        target = self.targets.get((key, unit_code))
        return target.state if target else None

    def with_state(self, key: Key, state: State) -> tuple[str, ...]:
        """Return the units in which the table keeps, or targets, a criterion."""
        return self.ordered(
            t.unit_code
            for t in self.record.targets
            if (t.set, t.number) == key and t.state == state
        )

    def units_of_set(self, set_id: str) -> tuple[str, ...]:
        """Return the units that the set's tables list."""
        return self.ordered(t.unit_code for t in self.record.targets if t.set == set_id)

    def clauses(self, key: Key, unit_codes: Iterable[str]) -> tuple[str, ...]:
        """Return where the tables speak of a criterion in these units, or would have to.

        Where a row is silent on the criterion, it is the row that lists the unit.
        """
        found = [
            target.clause if target else self._rows_of_units.get((key[0], code))
            for code in self.ordered(unit_codes)
            for target in [self.targets.get((key, code))]
        ]
        return unique(clause for clause in found if clause)

    @cached_property
    def _rows_of_units(self) -> dict[tuple[str, str], str]:
        """Where a set's tables list each unit first."""
        rows = reversed(list(self.record.targets))
        return {(t.set, t.unit_code): t.clause for t in rows}

    @cached_property
    def aims(self) -> dict[Key, tuple[str, ...]]:
        """The units in which the tables target each criterion."""
        keys = unique_keys(t for t in self.record.targets if t.state == State.ACHIEVE)
        return {key: self.with_state(key, State.ACHIEVE) for key in keys}

    def aim_clauses(self, key: Key, units: Iterable[str]) -> tuple[str, ...]:
        """Return where the tables target a criterion in these units."""
        units = set(units)
        return unique(
            t.clause
            for t in self.record.targets
            if (t.set, t.number) == key and t.unit_code in units and t.state == State.ACHIEVE
        )

    def aim(self, key: Key, units: Iterable[str]) -> Text:
        """Say in which units the tables target a criterion, of how many."""
        units = tuple(units)
        return fill(
            "{clauses} phấn đấu đạt ở {units} (trong {n} nơi).",
            "{clauses} targets it in {units} (of {n} in all).",
            clauses=places(self.aim_clauses(key, units)),
            units=self.few(units),
            n=len(self.with_state(key, State.ACHIEVE)),
        )

    def said(self, *subjects: Subject) -> Iterator[Statement]:
        """Yield the statements on these subjects; what is said of another year is held to nothing.

        See Also
        --------
        ntm_geo.audit.years.is_of_another_year
        """
        year = self.record.project.plan_year
        said = (s for s in self.record.statements if s.subject in subjects)
        return (s for s in said if not is_of_another_year(s, year))

    @cached_property
    def _tables(self) -> dict[str, list[tuple[str, ...]]]:
        """The units of each table of a set; its rows' clauses differ in their last word."""
        found: dict[tuple[str, str], set[str]] = {}
        for t in self.record.targets:
            head = t.clause.rpartition(" ")[0]
            found.setdefault((t.set, head), set()).add(t.unit_code)
        sets = {set_id for set_id, _ in found}
        return {s: [self.ordered(of) for (o, _), of in found.items() if o == s] for s in sets}

    def base_of(self, statement: Statement) -> tuple[str, ...]:
        """Return the units that a share is out of: the set's, or a part that its words mean.

        "1/2 of the others" are of those that do not have the criterion yet; "of these, 2/3" of the
        one table that lists three, as are units that all stand in it.
        """
        set_id = statement.set or self.record.project.main_set
        every, text = self.units_of_set(set_id), clean(statement.text)
        out_of, named = statement.out_of, set(statement.units)
        if out_of is None or out_of == len(every) or (statement.value or 0) > out_of:
            return every
        kept = self.with_state((set_id, statement.number), State.MAINTAIN)
        rest = tuple(unit for unit in every if unit not in kept)
        parts = [rest] if _REST.search(text) else []
        if named or _PART.search(text):
            parts += self._tables.get(set_id, [])
        fitting = [of for of in parts if len(of) == out_of and named <= set(of)]
        return fitting[0] if len(fitting) == 1 else every

    def named_units(self, statement: Statement) -> tuple[str, ...]:
        """Return the units that a statement speaks of; "all but these" is turned around.

        "13/13 communes" without names are all of them, "0/13" none.
        """
        base = self.base_of(statement)
        if statement.units_role == "except":
            return tuple(code for code in base if code not in statement.units)
        if not statement.units and statement.value and statement.value == len(base):
            return base
        return self.ordered(statement.units)

    def reach(self, key: Key, unit_code: str) -> tuple[str, ...]:
        """Return the codes under which rows reach a unit: its own and, for communes, all's."""
        level = self.record.criteria_sets[key[0]].level
        return (unit_code, self.district) if level == "commune" else (unit_code,)

    def assigned(self, key: Key, unit_code: str) -> list[Assignment]:
        """Return the assignments that give a criterion in a unit to an office, in any role."""
        reach = self.reach(key, unit_code)
        return [
            a for a in self.record.assignments if (a.set, a.number) == key and a.unit_code in reach
        ]

    def answers(self, key: Key, unit_code: str) -> list[Assignment]:
        """Return the assignments by which an office answers for a criterion in a unit."""
        return [a for a in self.assigned(key, unit_code) if a.role == "answers"]

    def answered_in_words(self, key: Key, unit_code: str) -> list[Statement]:
        """Return the sentences that make an office answer for a criterion in a unit."""
        return [
            s
            for s in self.said(Subject.UNITS_ANSWERED)
            if (s.set, s.number) == key and unit_code in self.named_units(s)
        ]

    def namesakes(self, key: Key) -> list[Key]:
        """Return the criteria of other sets of the same level that have the same name."""
        own = self.record.criteria_sets[key[0]]
        named = own.name_of(key[1]) if key[1] else None
        return [
            (other.id, criterion.number)
            for other in self.record.criteria_sets.values()
            for criterion in other.criterion
            if named
            and other.id != own.id
            and other.level == own.level
            and fold(criterion.vi) == fold(named.vi)
        ]

    def works(self, key: Key) -> list[Work]:
        """Return the works that name a criterion."""
        return [w for w in self.record.works if (w.set, w.number) == key]

    def measures(self, key: Key) -> list[Measure]:
        """Return the measures that name a criterion."""
        return [m for m in self.record.measures if (m.set, m.number) == key]

    @cached_property
    def _classes(self) -> dict[str, AssetClass]:
        return {asset.asset_id: asset.class_ for asset in self.record.assets}

    def class_of(self, row: WorkOrMeasure) -> AssetClass | None:
        """Return the class of the asset that a work is done to; a measure has none."""
        return self._classes[row.asset_id] if isinstance(row, Work) else None

    @cached_property
    def families(self) -> list[list[WorkOrMeasure]]:
        """Gather works and measures that one sentence of the plan wants done in several places."""
        found: dict[tuple[object, ...], list[WorkOrMeasure]] = {}
        for row in (*self.record.works, *self.record.measures):
            what = row.kind if isinstance(row, Work) else row.measure
            family = (self.class_of(row), what, row.set, row.number, row.clause)
            found.setdefault(family, []).append(row)
        return list(found.values())

    @cached_property
    def _reached(self) -> dict[tuple[type[WorkOrMeasure], str], set[str]]:
        """The units that each row's sentence wants the same done in."""
        return {
            (type(row), row_id(row)): {other.unit_code for other in family}
            for family in self.families
            for row in family
        }

    def is_for_all(self, row: WorkOrMeasure) -> bool:
        """Whether it is meant for all communes: of the district, or standing in each of them."""
        return row.unit_code == self.district or self._reaches(row, self.communes)

    def is_for_set(self, row: WorkOrMeasure) -> bool:
        """Whether it is meant for all units that its set's tables list, or for all communes."""
        return self.is_for_all(row) or self._reaches(row, self.units_of_set(row.set or ""))

    def _reaches(self, row: WorkOrMeasure, units: tuple[str, ...]) -> bool:
        return len(units) > 1 and set(units) <= self._reached[type(row), row_id(row)]

    # --- order and words -----------------------------------------------------------------------

    @cached_property
    def _places(self) -> dict[str, int]:
        codes = [self.district, *(unit.unit_code for unit in self.record.units)]
        return {code: place for place, code in enumerate(codes)}

    def ordered(self, unit_codes: Iterable[str]) -> tuple[str, ...]:
        """Return each unit once, in the order of the record."""
        return tuple(sorted(set(unit_codes), key=lambda code: (self._places.get(code, 0), code)))

    @cached_property
    def _clause_places(self) -> dict[str, int]:
        """Statements are recorded in the order of the plan, so theirs is the clauses' order."""
        clauses = dict.fromkeys(s.clause for s in self.record.statements)
        return {clause: place for place, clause in enumerate(clauses)}

    def place_of(self, clause: str) -> tuple[int, str]:
        """Return a clause's place in the plan; an unknown one stands by its nearest parent."""
        ranks = self._clause_places
        known = [
            rank for name, rank in ranks.items() if clause.startswith((f"{name}.", f"{name} "))
        ]
        return (ranks.get(clause, max(known, default=len(ranks))), clause)

    @cached_property
    def _names(self) -> dict[str, str]:
        return self.record.unit_names()

    def name(self, unit_code: str) -> str:
        """Return the name that a unit is shown with."""
        return self._names[unit_code]

    def names(self, unit_codes: Iterable[str]) -> Text:
        """List units by name; all communes together are said in one word."""
        codes = self.ordered(unit_codes)
        if len(codes) > 1 and codes == self.ordered(self.communes):
            return fill("cả {n} xã", "all {n} communes", n=len(codes))
        return join(self.name(code) for code in codes) if codes else Text("không có", "none")

    def few(self, unit_codes: Iterable[str]) -> Text:
        """List units by name where they are few, else say how many."""
        codes = self.ordered(unit_codes)
        if len(codes) <= _FEW or codes == self.ordered(self.communes):
            return self.names(codes)
        return fill("{n} đơn vị", "{n} units", n=len(codes))

    def heading(self, key: Key) -> Text:
        """Name a criterion at the beginning of a line."""
        return capital(self.criterion(key))

    def criterion(self, key: Key) -> Text:
        """Name a criterion; its set is told apart from the district's main one."""
        definition = self.record.criteria_sets[key[0]]
        set_name = Text(definition.vi, definition.en)
        found = definition.name_of(key[1]) if key[1] else None
        if key[1] is None:
            return set_name
        number = str(key[1])
        name = Text(f" {found.vi}", f" {found.en}") if found else Text("", "")
        text = fill("tiêu chí {n}{name}", "criterion {n}{name}", n=number, name=name)
        if key[0] == self.record.project.main_set:
            return text
        return fill("{text} ({set})", "{text} ({set})", text=text, set=set_name)

    def office(self, office_id: str) -> Text:
        """Return an office's name."""
        found = next((o for o in self.record.offices if o.office_id == office_id), None)
        return Text(found.name, found.name_en) if found else Text(office_id, office_id)
