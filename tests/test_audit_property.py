"""A made-up plan of any size agrees with itself, and each planted fault is found by its rule."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ntm_geo.audit import RULES, Finding, audit
from ntm_geo.model import (
    Asset,
    Assignment,
    BudgetSource,
    CriteriaSet,
    Measure,
    Office,
    Project,
    Statement,
    Target,
    Unit,
    Work,
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
NUMBERS = range(1, 7)


def _set(name, level, criteria=(), count=None):
    named = [{"number": n, "vi": vi, "en": f"No. {n}"} for n, vi in enumerate(criteria, 1)]
    return CriteriaSet(id=name, level=level, vi=f"Bộ {name}", en=name, valid_from="2021-01-01",
                       source="bịa", criterion=named, count=count)  # fmt: skip


SETS = {
    "commune": _set("commune", "commune", [f"Tiêu chí {n}" for n in NUMBERS]),
    # Its first criterion is called as the commune's is, its second is not.
    "better": _set("better", "commune", ["Tiêu chí 1", "Riêng hai"]),
    "district": _set("district", "district", ["Cấp huyện một", "Cấp huyện hai"]),
    "village": _set("village", "village", count=3),
}


@dataclass(frozen=True)
class MadeUp:
    """The tables of a plan, as rows that a fault can be planted in."""

    units: list
    targets: list
    assets: list
    works: list
    measures: list
    budget: list
    offices: list
    assignments: list
    statements: list

    @property
    def codes(self) -> list[str]:
        return [unit.unit_code for unit in self.units]

    def record(self) -> Record:
        tables = {table.name: Sheet(table) for table in TABLES}
        for name, rows in vars(self).items():
            tables[name] = replace(tables[name], rows=list(rows))
        return Record(project=Project(**PROJECT), criteria_sets=SETS, **tables)

    def of(self, subject: str) -> list:
        return [s for s in self.statements if s.subject == subject]

    def findings(self) -> tuple[Finding, ...]:
        return audit(self.record())

    def found(self) -> dict[str, tuple[str, ...]]:
        """Units that each rule's findings name."""
        found: dict[str, tuple[str, ...]] = {}
        for finding in self.findings():
            found[finding.rule] = (*found.get(finding.rule, ()), *finding.unit_codes)
        return found

    def with_row(self, table: str, old, **changes) -> "MadeUp":
        rows = [
            row.model_copy(update=changes) if row is old else row for row in getattr(self, table)
        ]
        return replace(self, **{table: rows})

    def without(self, table: str, *old) -> "MadeUp":
        kept = [row for row in getattr(self, table) if all(row is not other for other in old)]
        return replace(self, **{table: kept})


# --- a plan that agrees with itself ------------------------------------------------------------


def _said(subject, n, **cells):
    known = {"unit_code": "900", "text": "kế hoạch nói", "clause": f"I.{subject}.{n}"}
    name = f"s-{subject}-{n}".replace("_", "-")
    return Statement(statement_id=name, subject=subject, **{**known, **cells})


def _counts(states, codes):
    """State the counts of each unit's cells, and the totals."""
    for state, subject in (("maintain", "targets_maintain"), ("achieve", "targets_achieve")):
        for code in codes:
            value = sum(states[code, n] == state for n in NUMBERS)
            yield _said(subject, code, set="commune", unit_code=code, value=value)
        total = sum(s == state for s in states.values())
        yield _said(subject, "all", set="commune", value=total, units=tuple(codes))


def _shares(states, codes, of_all):
    """State how many units keep, target and lack each criterion, and for which offices answer.

    Those that are to reach it are counted alone, or with those that meet it already.
    """
    for n in NUMBERS:
        named = {"set": "commune", "number": n}
        to_have = ("maintain", "achieve") if n in of_all else ("achieve",)
        for wanted, subject in ((("maintain",), "units_met"), (to_have, "units_target")):
            units = tuple(code for code in codes if states[code, n] in wanted)
            yield _said(subject, n, **named, measure="communes", units=units, value=len(units),
                        out_of=len(codes), units_role="met")  # fmt: skip
        kept = [code for code in codes if states[code, n] == "maintain"]
        others = tuple(code for code in codes if code not in kept)
        yield _said("units_met", f"rest-{n}", **named, measure="communes", units=others,
                    value=len(kept), out_of=len(codes), units_role="except")  # fmt: skip
        yield _said("units_not_met", f"rest-{n}", **named, measure="communes", value=len(others))
        aims = tuple(code for code in codes if states[code, n] == "achieve")
        if aims:
            yield _said("units_answered", n, **named, units=aims, text=f"số {n}", clause="V.0")
            yield _said("units_not_met", n, **named, units=aims, units_role="not_met")


def _words(codes):
    """State what stands in words only: names, documents, dates, stages, levels, purposes."""
    one, two, first = codes[0], codes[1], {"set": "commune", "number": 1}
    for code in codes:
        yield _said("unit_named", code, unit_code=code, text=f"Xã {code}")
    yield _said("units_listed", 1, text=", ".join(f"Xã {code}" for code in codes))
    for n in (1, 2):
        yield _said("decision_citation", n, note="symbol=7/QĐ-UBND date=2022-05-07 issuer=UBND xã")
        yield _said("period", n, **first, value=2021, value_max=2025)
        yield _said("stage", n, **first, note="stage=approval; theo mục")
        yield _said("due_date", n, set="commune", number=2, value=2023)
    yield _said("decision_citation", 3, note="symbol=9/QĐ-UBND date=2022-05-09 issuer=UBND xã")
    yield _said("office_named", 1, text="phòng 0 huyện", note="office=office-0")
    yield _said("criterion_named", 1, set="district", number=1, text="số 1 – Cấp huyện một")
    yield _said("level_aimed", 1, set="better", text="nâng cao")
    yield _said("units_target", "better", set="better", units=(one, two), value=2,
                measure="communes")  # fmt: skip
    yield _said("units_answered", "better", set="better", number=2, units=(two,), text="Riêng hai",
                clause="V.0")  # fmt: skip
    yield _said("purpose_maintain", 1, **first, units=(one, two))
    yield _said("houses", 1, **first, value=0)
    yield _said("criteria", 1, set="village", value=3)
    yield _said("villages", 1, set="village", value=1, units=(two,), units_role="target")
    yield _said("rate_percent", 1, **first, measure="percent", value=70, note="row=rate")
    yield _said("rate_percent", 2, **first, measure="percent", value=95, comparator=">=")
    yield _said("products", 1, **first, measure="products", value=6, value_max=8)
    for n in (1, 2):
        yield _said("learners", n, **first, measure="learners", value=30)


def _targets(states, codes):
    for (code, n), state in states.items():
        if state:
            yield Target(set="commune", number=n, unit_code=code, state=state, clause=f"I.{code}")
    others = (
        ("better", 1, codes[0], None, "maintain"), ("better", 2, codes[1], None, "achieve"),
        ("district", 1, "900", None, "achieve"), ("district", 2, "900", None, "maintain"),
        ("village", None, codes[0], "village-0", "maintain"),
        ("village", None, codes[1], "village-1", "achieve"),
    )  # fmt: skip
    for set_id, number, code, asset, state in others:
        yield Target(set=set_id, number=number, unit_code=code, asset_id=asset, state=state,
                     clause=f"I.{set_id}")  # fmt: skip


def _assets(codes):
    for code in codes:
        for kind in ("village_road", "field_road"):
            yield Asset(asset_id=f"{kind[0]}-{code}", layer="roads", name=f"Đường {code}",
                        unit_code=code, clause="III", **{"class": kind})  # fmt: skip
    for n in (0, 1):
        yield Asset(asset_id=f"village-{n}", layer="villages", name=f"Làng {n}",
                    unit_code=codes[n], clause="I.village", **{"class": "village"})  # fmt: skip


def _works(km, kept_up):
    common = {"name": "Đường", "measure": "km", "set": "commune", "number": 1,
              "office": ("office-0",), "funding": ("b-0",)}  # fmt: skip
    for (code, kind), length in km.items():
        yield Work(work_id=f"{kind[0]}-{code}-harden", asset_id=f"{kind[0]}-{code}",
                   unit_code=code, kind="harden", quantity=length, clause=f"III.{kind}",
                   **common)  # fmt: skip
    for code, length in kept_up.items():
        yield Work(work_id=f"v-{code}-keep", asset_id=f"v-{code}", unit_code=code, kind="upkeep",
                   quantity=length, clause="III.upkeep", **common)  # fmt: skip


def _measures(aims, saved):
    for t in aims:
        yield Measure(measure_id=f"m-{t.set}-{t.unit_code}-{t.number or 0}", name="việc", set=t.set,
                      number=t.number, unit_code=t.unit_code,
                      clause=f"III.{t.number}.{t.unit_code}")  # fmt: skip
    common = {"set": "commune", "number": 1, "office": ("office-0",)}
    for code, households in saved.items():
        yield Measure(measure_id=f"h-{code}", name="hộ", unit_code=code, quantity=households,
                      measure="households", clause="III.hộ", **common)  # fmt: skip
    for name, quantity in (("rate", 70), ("another-rate", 95)):
        yield Measure(measure_id=name, name=name, unit_code="900", quantity=quantity,
                      measure="percent", clause=f"III.{name}", **common)  # fmt: skip
    yield Measure(measure_id="products", name="sản phẩm", unit_code="900", quantity=6,
                  quantity_max=8, measure="products", clause="III.sản phẩm",
                  **common)  # fmt: skip


def _assignments(aims):
    for t in aims:
        name = f"a-{t.set}-{t.unit_code}-{t.number or 0}"
        yield Assignment(assignment_id=name, office="office-0", role="answers", set=t.set,
                         number=t.number, unit_code=t.unit_code, clause="V.0",
                         topic=None if t.set == "commune" else "tên")  # fmt: skip
    for n in (0, 1):
        yield Assignment(assignment_id=f"g-{n}", office=f"office-{n}", role="guides",
                         set="commune", number=2, unit_code="900", topic=f"lĩnh vực {n}",
                         clause=f"V.{n}")  # fmt: skip


def _budget(amounts):
    for n, amount in enumerate(amounts):
        yield BudgetSource(source_id=f"b-{n}", name=f"nguồn {n}", name_en=f"source {n}",
                           amount_mvnd=amount, clause="IV")  # fmt: skip
    half = round(amounts[0] / 2, 2)
    for n, amount in enumerate((half, round(amounts[0] - half, 2))):
        yield BudgetSource(source_id=f"b-0-{n}", name=f"phần {n}", name_en=f"part {n}",
                           parent="b-0", amount_mvnd=amount, clause="IV")  # fmt: skip
    yield BudgetSource(source_id="loan", name="vay", name_en="loan", clause="IV.vay")


def _sums(km, kept_up, saved, amounts, bound):
    """State what the rows of lengths, households and money add up to, or what they are within."""
    first = {"set": "commune", "number": 1}
    for of in ("village_road", "field_road"):
        value = round(sum(length for (_, kind), length in km.items() if kind == of), 2)
        yield _said("length_km", of, **first, value=value,
                    note=f"class={of} kind=harden; một phần")  # fmt: skip
    hardened = round(sum(km.values()), 2)
    yield _said("length_km", "all", **first, value=hardened, note="kind=harden")
    kept = round(sum(kept_up.values()), 2)
    yield _said("length_km", "upkeep", **first, value=kept)
    yield _said("length_km", "bound", **first, **bound(round(hardened + kept, 2)))
    yield _said("households", 1, **first, measure="households",
                value=round(sum(saved.values()), 2))  # fmt: skip
    yield _said("amount_mvnd", 1, value=round(sum(amounts), 2), text="tổng")
    yield _said("amount_mvnd", 2, value=amounts[0], note="source=b-0")


BOUNDS = st.sampled_from([
    lambda figure: {"value": figure, "comparator": ">="},
    lambda figure: {"value": round(figure - 0.01, 2), "comparator": ">"},
    lambda figure: {"value": figure, "value_max": round(figure + 1, 2), "comparator": "range"},
    lambda figure: {"value": 0.01, "value_max": figure, "comparator": "range"},
])  # fmt: skip
"""Ways to state a figure without saying it: at least, more than, from, up to."""


@st.composite
def plans(draw) -> MadeUp:
    codes = [f"9{n:04}" for n in range(1, draw(st.integers(3, 9)) + 1)]
    states = {(code, n): draw(STATES) for code in codes for n in NUMBERS}
    states |= {(code, 1): "maintain" for code in codes}
    states |= {(codes[0], 2): "achieve", (codes[1], 2): "maintain"}
    km = {(code, kind): draw(KM) for code in codes for kind in ("village_road", "field_road")}
    kept_up = {code: draw(KM) for code in codes[:2]}
    saved = {code: draw(KM) for code in codes}
    of_all = draw(st.sets(st.sampled_from(NUMBERS)))
    amounts = draw(st.lists(KM, min_size=1, max_size=5))
    targets = list(_targets(states, codes))
    aims = [t for t in targets if t.state == "achieve"]
    return MadeUp(
        units=[Unit(unit_code=code, name=f"Xã {code}", kind="commune", aliases=(f"Xóm {code}",),
                    area_km2=9, lon=108.5, lat=13.5, source="bịa") for code in codes],
        targets=targets,
        assets=list(_assets(codes)),
        works=list(_works(km, kept_up)),
        measures=list(_measures(aims, saved)),
        budget=list(_budget(amounts)),
        offices=[Office(office_id=f"office-{n}", name=f"Phòng {n}", name_en=f"Office {n}",
                        clause=f"V.{n}") for n in (0, 1)],
        assignments=list(_assignments(aims)),
        statements=[*_counts(states, codes), *_shares(states, codes, of_all), *_words(codes),
                    *_sums(km, kept_up, saved, amounts, draw(BOUNDS))],
    )  # fmt: skip


@given(plans())
@settings(max_examples=20, deadline=None)
def test_a_district_without_a_plan_gives_no_finding(plan):
    empty = {table: [] for table in vars(plan) if table != "units"}
    assert replace(plan, **empty).found() == {}


@given(plans())
@settings(max_examples=60, deadline=None)
def test_a_plan_that_agrees_gives_no_finding(plan):
    assert plan.found() == {}


# --- a fault for each rule ---------------------------------------------------------------------

Planted = tuple[MadeUp, str]
"""A plan with one fault, and the unit or the clause that the finding must name."""
Draw = Callable[[list], object]
"""Pick one of several rows."""


def _place(row) -> str:
    is_of_all = isinstance(row, Statement) and row.unit_code == "900"
    return row.clause if is_of_all else row.unit_code


def change(table, *, pick=lambda _: True, place=_place, **changes):
    """Change cells of a row: a figure, a name, a set. A function makes the new cell of the old."""

    def plant(plan: MadeUp, draw: Draw) -> Planted:
        rows = [row for row in getattr(plan, table) if pick(row)]
        assume(rows)
        row = draw(rows)
        new = {c: v(getattr(row, c)) if callable(v) else v for c, v in changes.items()}
        return plan.with_row(table, row, **new), place(row)

    return plant


def restate(subject, *, pick=lambda _: True, **cells):
    """Change cells of a statement."""
    return change("statements", pick=lambda s: s.subject == subject and pick(s), **cells)


def drop(table, *, pick=lambda _: True):
    """Drop a row."""

    def plant(plan: MadeUp, draw: Draw) -> Planted:
        row = draw([row for row in getattr(plan, table) if pick(row)])
        return plan.without(table, row), _place(row)

    return plant


def give_to_no_office(plan: MadeUp, draw: Draw) -> Planted:
    """Take a unit out of an assignment, in the words and in the rows."""
    row = draw([a for a in plan.assignments if a.role == "answers" and _is_aim(a)])
    for s in plan.of("units_answered"):
        if (s.set, s.number) == (row.set, row.number):
            rest = tuple(unit for unit in s.units if unit != row.unit_code)
            plan = plan.with_row("statements", s, units=rest)
    return plan.without("assignments", row), row.unit_code


def drop_unit_from_tables(plan: MadeUp, draw: Draw) -> Planted:
    code = draw(plan.codes[2:])
    rows = [t for t in plan.targets if t.unit_code == code]
    return plan.without("targets", *rows), code


def drop_from_list(plan: MadeUp, draw: Draw) -> Planted:
    assume(len(plan.codes) >= 5)
    row = draw([m for m in plan.measures if m.measure == "households"])
    return plan.without("measures", row), row.unit_code


def name_units_wrongly(subject, number):
    """Let a statement speak of the first commune, which lacks one thing and has the other."""

    def plant(plan: MadeUp, draw: Draw) -> Planted:
        s = draw([s for s in plan.of(subject) if s.set == "commune"])
        one = plan.codes[0]
        return plan.with_row("statements", s, number=number, units=(one,)), one

    return plant


def do_for_all_what_others_have(plan: MadeUp, draw: Draw) -> Planted:
    """Make what feeds one of several targets of a criterion something for the whole district."""
    numbers = [m.number for m in plan.measures if m.set == "commune" and _is_aim(m)]
    rows = [m for m in plan.measures if _is_aim(m) and numbers.count(m.number) > 1]
    assume(rows)
    row = draw(rows)
    return plan.with_row("measures", row, unit_code="900"), row.unit_code


def run_two_units_together(plan: MadeUp, draw: Draw) -> Planted:
    (s,) = plan.of("units_listed")
    code = draw(plan.codes[1:])
    return plan.with_row("statements", s, text=s.text.replace(f", Xã {code}", f" Xã {code}")), code


def swap_labels(plan: MadeUp, draw: Draw) -> Planted:
    s = draw(plan.of("unit_named"))
    other = next(code for code in plan.codes if code != s.unit_code)
    return plan.with_row("statements", s, text=f"Xã {other}"), s.unit_code


def rename_unit(plan: MadeUp, draw: Draw) -> Planted:
    s = draw(plan.of("unit_named"))
    return plan.with_row("statements", s, text=f"Xóm {s.unit_code}"), s.unit_code


def keep_what_is_targeted(plan: MadeUp, draw: Draw) -> Planted:
    row = draw([t for t in plan.targets if t.state == "achieve"])
    twice = row.model_copy(update={"state": "maintain"})
    return replace(plan, targets=[*plan.targets, twice]), row.unit_code


def write_a_row_twice(plan: MadeUp, draw: Draw) -> Planted:
    row = draw(plan.works)
    twice = row.model_copy(update={"work_id": f"{row.work_id}-again"})
    return replace(plan, works=[*plan.works, twice]), row.unit_code


def drop_one_of_several_answers(plan: MadeUp, draw: Draw) -> Planted:
    answers = [a for a in plan.assignments if a.role == "answers" and a.set == "commune"]
    numbers = [a.number for a in answers]
    rows = [a for a in answers if numbers.count(a.number) > 1]
    assume(rows)
    row = draw(rows)
    return plan.without("assignments", row), row.unit_code


def count_a_level_again(plan: MadeUp, draw: Draw) -> Planted:
    s = draw([s for s in plan.of("units_target") if s.number is None and s.value])
    other = s.model_copy(
        update={"statement_id": "again", "clause": "VI", "value": s.value + 1, "units": ()}
    )
    return replace(plan, statements=[*plan.statements, other]), other.clause


def more(value):
    return value + 1


def _later(note):
    return note.replace("-05-", "-06-")


def _is_total(s):
    return len(s.units) > 1


def _is_aim(row):
    return row.set == "commune" and row.number in NUMBERS[1:]


FAULTS: dict[str, Callable[[MadeUp, Draw], Planted]] = {
    # change a figure
    "cell-count": restate("targets_maintain", pick=lambda s: not s.units, value=more),
    "target-total": restate("targets_achieve", pick=_is_total, value=more),
    "village-total": restate("villages", value=more),
    "set-size": restate("criteria", value=more),
    "quantity-total": restate("length_km", pick=lambda s: s.note, value=more),
    "single-figure": restate("rate_percent", value=more),
    "money-total": restate("amount_mvnd", pick=lambda s: not s.note, value=more),
    "money-part": change("budget", pick=lambda b: b.parent, place=lambda b: b.clause,
                         amount_mvnd=more),
    "money-row": restate("amount_mvnd", pick=lambda s: s.note, value=more),
    "share-list": restate("units_met", pick=lambda s: s.units, value=more),
    "share-base": restate("units_met", out_of=more),
    "figure-words": restate("learners", value=more),
    "share-rest": restate("units_not_met", pick=lambda s: s.value is not None, value=more),
    "due-past": restate("due_date", value=2022),
    "due-date": restate("due_date", value=more),
    "period": restate("period", value_max=more),
    "citation-day": restate("decision_citation", pick=lambda s: "=7/" in s.note, note=_later),
    "citation-order": restate("decision_citation", pick=lambda s: "=9/" in s.note,
                              note=lambda note: note.replace("-09", "-01")),
    "number-unprinted": restate("units_answered", text="tại các xã"),
    # drop a row
    "share-met": drop("targets", pick=lambda t: t.set == "commune" and t.state == "maintain"),
    "share-target": drop("targets", pick=lambda t: t.set == "commune" and t.state == "achieve"),
    "target-unanswered": drop("assignments", pick=lambda a: a.role == "answers"),
    "aim-unanswered": give_to_no_office,
    "target-unfed": drop("measures", pick=lambda m: m.measure is None),
    "unit-untargeted": drop_unit_from_tables,
    "list-incomplete": drop_from_list,
    # rename
    "unit-spelling": rename_unit,
    "row-label": swap_labels,
    "list-unseparated": run_two_units_together,
    "village-alike": change("assets", pick=lambda a: a.asset_id == "village-1", name="làng 0"),
    "office-alike": change("offices", pick=lambda o: o.office_id == "office-1", name="phòng 0",
                           place=lambda o: o.clause),
    "office-spelling": restate("office_named", text="Phòng không"),
    "criterion-name": restate("criterion_named", text="số 1 – Cấp huyện hai"),
    "citation": restate("decision_citation", note=lambda note: note.replace("-UBND", "-TTg")),
    "field-shared": change("assignments", pick=lambda a: a.topic == "lĩnh vực 1",
                           topic="Lĩnh vực 0", place=lambda a: a.clause),
    "stage": restate("stage", note="stage=appraisal"),
    # swap sets, numbers, units, roles
    "target-twice": keep_what_is_targeted,
    "row-twice": write_a_row_twice,
    "answer-named": restate("units_answered", pick=lambda s: s.set == "better",
                            text="số 2 – Tiêu chí 3", place=lambda s: s.clause),
    "answer-words": drop_one_of_several_answers,
    "quantity-unlisted": restate("households", number=2),
    "set-unprinted": restate("units_answered", pick=lambda s: s.set == "better", set="commune",
                             place=lambda s: s.units[0]),
    "target-bypassed": do_for_all_what_others_have,
    "work-untargeted": change("works", pick=lambda w: w.unit_code >= "90003", set="better"),
    "answer-untargeted": change("assignments", pick=lambda a: _is_aim(a) and a.role == "answers",
                                number=1),
    "answer-shared": change("assignments", pick=lambda a: a.assignment_id == "g-1",
                            role="answers", place=lambda a: a.clause),
    "level-untargeted": restate("level_aimed", set=None),
    "level-counted": count_a_level_again,
    "level-skipped": change("targets", pick=lambda t: (t.unit_code, t.number, t.set)
                            == ("90001", 1, "commune"), state="achieve"),
    "nothing-left": restate("houses", number=2),
    "purpose-unkept": name_units_wrongly("purpose_maintain", 2),
    "share-unmet": name_units_wrongly("units_not_met", 1),
    # leave out who does it and who pays
    "row-unassigned": change("works", office=()),
    "work-unfunded": change("works", funding=(), place=lambda w: w.clause),
    "funding-unbudgeted": change("works", funding=("loan",), place=lambda _: "IV.vay"),
}  # fmt: skip


@pytest.mark.parametrize("rule", [rule.rule_id for rule in RULES])
@given(plan=plans(), data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_planted_fault_is_found_by_its_rule_with_its_place(rule, plan, data):
    planted, place = FAULTS[rule](plan, lambda rows: data.draw(st.sampled_from(rows)))
    findings = [f for f in planted.findings() if f.rule == rule]
    assert any(place in (*f.unit_codes, *f.clauses) for f in findings)


def test_there_is_no_fault_for_a_rule_that_is_gone():
    assert set(FAULTS) == {rule.rule_id for rule in RULES}


# --- what else a fault sets off ----------------------------------------------------------------


@given(plans(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_changed_count_is_found_in_its_cell_or_total_and_nowhere_else(plan, data):
    s = data.draw(st.sampled_from(plan.of("targets_maintain")))
    found = plan.with_row("statements", s, value=s.value + 1).found()
    assert set(found) == {"target-total" if s.units else "cell-count"}
    assert s.units or found["cell-count"] == (s.unit_code,)


@given(plans(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_dropped_row_is_found_in_its_unit_its_total_and_its_share(plan, data):
    rows = [t for t in plan.targets if t.set == "commune" and t.number != 1]
    target = data.draw(st.sampled_from(rows))
    found = plan.without("targets", target).found()
    assert found["cell-count"] == (target.unit_code,)
    assert "target-total" in found
    share = "share-met" if target.state == "maintain" else "share-target"
    assert found[share] == (target.unit_code,)


@given(plans(), st.data())
@settings(max_examples=30, deadline=None)
def test_targets_that_swap_their_sets_are_found_in_both_units(plan, data):
    own = data.draw(
        st.sampled_from([t for t in plan.targets if t.set == "commune" and t.number != 2])
    )
    other = next(t for t in plan.targets if (t.set, t.number) == ("better", 2))
    assume(own.unit_code != other.unit_code)
    swapped = plan.with_row("targets", own, set="better").with_row("targets", other, set="commune")
    assert set(swapped.found()["cell-count"]) >= {own.unit_code}
    assert other.unit_code in swapped.found()["answer-untargeted"]


@given(plans(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_dropped_assignment_or_measure_leaves_its_target_alone(plan, data):
    answers = [a for a in plan.assignments if a.role == "answers" and _is_aim(a)]
    place = data.draw(st.integers(0, len(answers) - 1))
    answer, measure = answers[place], [m for m in plan.measures if _is_aim(m)][place]
    found = plan.without("assignments", answer).found()
    rules = ["target-unanswered", "answer-words"]
    assert found == dict.fromkeys(rules, (answer.unit_code,))
    found = plan.without("measures", measure).found()
    assert found == {"target-unfed": (measure.unit_code,)}


@given(plans(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_share_that_counts_or_names_wrongly_is_found(plan, data):
    s = data.draw(
        st.sampled_from([s for s in plan.of("units_met") if s.units_role == "met" and s.units])
    )
    fewer = plan.with_row("statements", s, value=s.value - 1, units=s.units[1:]).found()
    assert fewer["share-met"] == ((s.units[0],) if len(s.units) > 1 else ())


@given(plans(), st.integers(1, 1000), st.sampled_from(["length_km", "households", "amount_mvnd"]))
@settings(max_examples=30, deadline=None)
def test_a_changed_sum_is_found_and_nothing_else(plan, added, subject):
    s = plan.of(subject)[0]
    rule = "money-total" if subject == "amount_mvnd" else "quantity-total"
    assert set(plan.with_row("statements", s, value=s.value + added).found()) == {rule}


@given(plans(), st.data())
@settings(max_examples=30, deadline=None)
def test_an_assignment_moved_to_what_nobody_targets_leaves_its_target_alone(plan, data):
    answers = [a for a in plan.assignments if a.role == "answers" and _is_aim(a)]
    answer = data.draw(st.sampled_from(answers))
    found = plan.with_row("assignments", answer, number=1).found()
    assert found["answer-untargeted"] == (answer.unit_code,)
    assert found["target-unanswered"] == (answer.unit_code,)


# --- names of findings -------------------------------------------------------------------------


@st.composite
def faulty_plans(draw) -> MadeUp:
    """Plans with several faults at once, and statements that are made a second time."""
    plan = draw(plans())
    for rule in draw(st.lists(st.sampled_from(sorted(FAULTS)), min_size=1, max_size=6)):
        plan, _ = FAULTS[rule](plan, lambda rows: assume(rows) and draw(st.sampled_from(rows)))
    again = draw(st.lists(st.sampled_from(plan.statements), max_size=12))
    copies = [
        s.model_copy(update={"statement_id": f"again-{n}", "clause": f"VI.{n}"})
        for n, s in enumerate(again)
    ]
    return replace(plan, statements=[*plan.statements, *copies])


@given(faulty_plans())
@settings(max_examples=150, deadline=None)
def test_no_two_findings_share_a_name(plan):
    names = [f.finding_id for f in plan.findings()]
    assert len(set(names)) == len(names)


@given(faulty_plans(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_names_do_not_depend_on_the_order_of_rows_nor_on_ids_of_statements(plan, random):
    tables = {name: random.sample(rows, len(rows)) for name, rows in vars(plan).items()}
    tables["statements"] = [
        s.model_copy(update={"statement_id": f"x-{n}", "clause": f"{s.clause}."})
        for n, s in enumerate(tables["statements"])
    ]
    # An assignment in words is known by its clause.
    tables["assignments"] = [
        a.model_copy(update={"clause": f"{a.clause}."}) for a in tables["assignments"]
    ]
    assert {f.finding_id for f in MadeUp(**tables).findings()} == {
        f.finding_id for f in plan.findings()
    }
