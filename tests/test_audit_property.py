"""A made-up plan of any size agrees with itself, and each planted fault is found by its rule."""

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_geo.audit import audit
from ntm_geo.model import (
    Assignment,
    BudgetSource,
    CriteriaSet,
    Measure,
    Office,
    Project,
    Statement,
    Target,
    Unit,
)
from ntm_geo.schemas import TABLES, Record, Sheet

PROJECT = {
    "id": "made-up", "title_vi": "Huyện bịa", "title_en": "Made-up district", "plan_year": 2023,
    "plan_document": "bịa", "plan_date": "2023-01-31", "default_due": "2023-12-31",
    "working_crs": "EPSG:9218", "main_set": "commune",
    "district": {"code": "900", "name": "Ea Tơ", "province": "Tỉnh Thử", "seat_lon": 108.5,
                 "seat_lat": 13.5},
}  # fmt: skip
STATES = st.sampled_from(["maintain", "achieve", None])
KM = st.integers(1, 999).map(lambda n: n / 100)


@dataclass(frozen=True)
class MadeUp:
    """The tables of a plan, as rows that a fault can be planted in."""

    units: list
    targets: list
    assignments: list
    measures: list
    budget: list
    statements: list

    def record(self) -> Record:
        criteria = [{"number": n, "vi": f"Tiêu chí {n}", "en": f"No. {n}"} for n in range(1, 7)]
        commune = CriteriaSet(
            id="commune", level="commune", vi="Xã", en="Commune", valid_from="2021-01-01",
            source="bịa", criterion=criteria,
        )  # fmt: skip
        offices = [Office(office_id="office", name="Phòng", name_en="Office", clause="V")]
        tables = {table.name: Sheet(table) for table in TABLES}
        for name, rows in {**vars(self), "offices": offices}.items():
            tables[name] = replace(tables[name], rows=list(rows))
        return Record(project=Project(**PROJECT), criteria_sets={"commune": commune}, **tables)

    def of(self, subject: str) -> list:
        return [s for s in self.statements if s.subject == subject]

    def found(self) -> dict[str, tuple[str, ...]]:
        """Units that each rule's findings name."""
        found: dict[str, tuple[str, ...]] = {}
        for finding in audit(self.record()):
            found[finding.rule] = (*found.get(finding.rule, ()), *finding.unit_codes)
        return found

    def with_row(self, table: str, old, **changes) -> "MadeUp":
        rows = [
            row.model_copy(update=changes) if row is old else row for row in getattr(self, table)
        ]
        return replace(self, **{table: rows})

    def without(self, table: str, old) -> "MadeUp":
        return replace(self, **{table: [row for row in getattr(self, table) if row is not old]})


def _said(subject, n, **cells):
    known = {"unit_code": "900", "text": "kế hoạch nói", "clause": f"I.{n}"}
    name = f"s-{subject.replace('_', '-')}-{n}"
    return Statement(statement_id=name, subject=subject, **{**known, **cells})


def _counts(states, codes):
    """State the counts of each unit's cells, and the totals."""
    for state, subject in (("maintain", "targets_maintain"), ("achieve", "targets_achieve")):
        for code in codes:
            value = sum(states[code, n] == state for n in range(1, 7))
            yield _said(subject, code, set="commune", unit_code=code, value=value)
        total = sum(s == state for s in states.values())
        yield _said(subject, "all", set="commune", value=total, units=tuple(codes))


def _shares(states, codes):
    """State how many units keep, and how many target, each criterion."""
    for n in range(1, 7):
        for state, subject in (("maintain", "units_met"), ("achieve", "units_target")):
            units = tuple(code for code in codes if states[code, n] == state)
            yield _said(subject, n, set="commune", number=n, measure="communes", units=units,
                        value=len(units), out_of=len(codes), units_role="met")  # fmt: skip


@st.composite
def plans(draw) -> MadeUp:
    codes = [f"9{n:04}" for n in range(1, draw(st.integers(3, 9)) + 1)]
    states = {(code, n): draw(STATES) for code in codes for n in range(1, 7)}
    states |= {(code, 1): "maintain" for code in codes}
    states |= {(codes[0], 2): "achieve"}
    km = {code: draw(KM) for code in codes}
    amounts = draw(st.lists(KM, min_size=1, max_size=5))
    units = [Unit(unit_code=code, name=f"Xã {code}", kind="commune", area_km2=9, lon=108.5,
                  lat=13.5, source="bịa") for code in codes]  # fmt: skip
    targets = [Target(set="commune", number=n, unit_code=code, state=state, clause=f"I.{code}")
               for (code, n), state in states.items() if state]  # fmt: skip
    aims = [t for t in targets if t.state == "achieve"]
    assignments = [Assignment(assignment_id=f"a-{t.unit_code}-{t.number}", office="office",
                              role="answers", set="commune", number=t.number,
                              unit_code=t.unit_code, clause="V") for t in aims]  # fmt: skip
    fed = [Measure(measure_id=f"m-{t.unit_code}-{t.number}", name="việc", set="commune",
                   number=t.number, unit_code=t.unit_code, clause=f"III.{t.number}.{t.unit_code}")
           for t in aims]  # fmt: skip
    saved = [Measure(measure_id=f"h-{code}", name="hộ", set="commune", number=1, unit_code=code,
                     quantity=km[code], measure="households", clause="IV")
             for code in codes]  # fmt: skip
    budget = [BudgetSource(source_id=f"b-{n}", name=f"nguồn {n}", name_en=f"source {n}",
                           amount_mvnd=amount, clause="IV")
              for n, amount in enumerate(amounts)]  # fmt: skip
    statements = [
        *_counts(states, codes), *_shares(states, codes),
        _said("households", 1, set="commune", number=1, measure="households",
              value=round(sum(km.values()), 2)),
        _said("amount_mvnd", 1, value=round(sum(amounts), 2)),
    ]  # fmt: skip
    return MadeUp(units, targets, assignments, [*fed, *saved], budget, statements)


@given(plans())
@settings(max_examples=20, deadline=None)
def test_a_district_without_a_plan_gives_no_finding(plan):
    assert MadeUp(plan.units, [], [], [], [], []).found() == {}


@given(plans())
@settings(max_examples=60, deadline=None)
def test_a_plan_that_agrees_gives_no_finding(plan):
    assert plan.found() == {}


@given(plans(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_count_is_found_in_its_cell_or_total(plan, data):
    s = data.draw(st.sampled_from(plan.of("targets_maintain")))
    found = plan.with_row("statements", s, value=s.value + 1).found()
    assert set(found) == {"target-total" if s.units else "cell-count"}
    assert s.units or found["cell-count"] == (s.unit_code,)


@given(plans(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_dropped_row_is_found_in_its_unit_and_its_share(plan, data):
    target = data.draw(st.sampled_from([t for t in plan.targets if t.number != 1]))
    found = plan.without("targets", target).found()
    assert found["cell-count"] == (target.unit_code,)
    assert "target-total" in found
    share = "share-met" if target.state == "maintain" else "share-target"
    assert found[share] == (target.unit_code,)


@given(plans(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_dropped_assignment_or_measure_leaves_its_target_alone(plan, data):
    place = data.draw(st.integers(0, len(plan.assignments) - 1))
    answer, measure = plan.assignments[place], plan.measures[place]
    found = plan.without("assignments", answer).found()
    assert found == dict.fromkeys(("target-unanswered", "aim-unanswered"), (answer.unit_code,))
    found = plan.without("measures", measure).found()
    assert found == {"target-unfed": (measure.unit_code,)}


@given(plans(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_share_that_counts_or_names_wrongly_is_found(plan, data):
    s = data.draw(st.sampled_from([s for s in plan.of("units_met") if s.units]))
    assert "share-list" in plan.with_row("statements", s, value=s.value + 1).found()
    fewer = plan.with_row("statements", s, value=s.value - 1, units=s.units[1:]).found()
    assert fewer["share-met"] == ((s.units[0],) if len(s.units) > 1 else ())
    assert "share-base" in plan.with_row("statements", s, out_of=s.out_of + 1).found()


@given(plans(), st.integers(1, 1000))
@settings(max_examples=60, deadline=None)
def test_a_changed_figure_is_found_in_its_sum(plan, more):
    for subject, rule in (("households", "quantity-total"), ("amount_mvnd", "money-total")):
        (s,) = plan.of(subject)
        assert set(plan.with_row("statements", s, value=s.value + more).found()) == {rule}


@given(plans(), st.data())
@settings(max_examples=60, deadline=None)
def test_an_assignment_moved_to_what_nobody_targets_is_found(plan, data):
    answer = data.draw(st.sampled_from(plan.assignments))
    found = plan.with_row("assignments", answer, number=1).found()
    assert found["answer-untargeted"] == (answer.unit_code,)
    assert found["target-unanswered"] == (answer.unit_code,)
