"""The responsibility matrix: one reading of the assignments, shared with the rules."""

import pytest

from ntm_geo.audit import COVERS, Cover, Severity, audit, responsibility_matrix
from ntm_geo.record import read_record

ASSIGNMENTS = "gis/plan/assignments.csv"


def rows_of(record, criterion):
    rows = [row for row in responsibility_matrix(record).rows if row.criterion == criterion]
    return {row.asset_id or row.unit_code: row for row in rows}


@pytest.fixture(scope="module")
def record(kbang):
    return read_record(kbang).record


# --- rows and columns --------------------------------------------------------------------------


def test_every_target_has_one_row_and_every_office_with_an_assignment_a_column(record):
    matrix = responsibility_matrix(record)
    targets = {(t.set, t.number, t.unit_code, t.asset_id) for t in record.targets}
    rows = [(*row.key, row.unit_code, row.asset_id) for row in matrix.rows if row.clause]
    assert len(rows) == len(record.targets)
    assert set(rows) == targets
    assert {o.office_id for o in matrix.offices} == {a.office for a in record.assignments}


def test_a_district_criterion_and_villages_have_rows_of_their_own(tiny):
    tiny.append("gis/plan/targets.csv", set="village", unit_code="90001", asset_id="road-a",
                state="achieve", clause="I.3")  # fmt: skip
    rows = rows_of(tiny.reading().partial, "village")
    assert list(rows) == ["village-a", "road-a"]
    assert rows["village-a"].asset_name == "Làng A"


def test_what_is_to_be_reached_stands_first(record):
    kept = [row.cover == Cover.KEPT for row in responsibility_matrix(record).rows]
    assert kept == sorted(kept)
    assert 0 < sum(kept) < len(kept)


# --- who answers -------------------------------------------------------------------------------


def test_one_office_answers_and_others_guide(tiny):
    tiny.append(ASSIGNMENTS, assignment_id="a-3", office="school-office", role="guides",
                set="commune", number="2", unit_code="900", clause="V.2")  # fmt: skip
    row = rows_of(tiny.record(), "commune:2")["90001"]
    assert (row.cover, row.answering) == (Cover.ONE, ("works-office",))
    assert row.part("works-office").vi == "chịu trách nhiệm (V.1)"
    assert row.part("school-office").en == "guides (V.2)"
    assert row.part("no-office") == ("", "")


def test_guiding_and_carrying_out_is_no_answering(tiny):
    tiny.replace(ASSIGNMENTS, "a-1,works-office,answers", "a-1,works-office,guides")
    tiny.append(ASSIGNMENTS, assignment_id="a-3", office="works-office", role="carries_out",
                set="commune", number="2", unit_code="90001", clause="V.1")  # fmt: skip
    row = rows_of(tiny.record(), "commune:2")["90001"]
    assert (row.cover, row.answering) == (Cover.NOBODY, ())
    assert row.part("works-office").en == "guides, carries out (V.1)"


@pytest.mark.parametrize(
    ("clause", "cover", "severity"),
    [("V.1", Cover.JOINT, Severity.NOTE), ("V.2", Cover.CONFLICT, Severity.CONTRADICTION)],
)
def test_offices_named_in_one_place_are_joint_and_in_two_a_conflict(tiny, clause, cover, severity):
    tiny.append(ASSIGNMENTS, assignment_id="a-3", office="school-office", role="answers",
                set="commune", number="2", unit_code="90002", clause=clause)  # fmt: skip
    record = tiny.record()
    covers = {unit: row.cover for unit, row in rows_of(record, "commune:2").items()}
    assert covers == {"90001": Cover.ONE, "90002": cover}
    (finding,) = [f for f in audit(record) if f.rule == "answer-shared"]
    assert (finding.severity, finding.unit_codes) == (severity, ("90002",))


@pytest.mark.parametrize(("unit", "clause"), [("90001", "I.1"), ("90010", None)])
def test_what_is_answered_for_without_a_target_has_a_row(tiny, unit, clause):
    tiny.append(ASSIGNMENTS, assignment_id="a-3", office="works-office", role="answers",
                set="commune", number="1", unit_code=unit, clause="V.1")  # fmt: skip
    row = rows_of(tiny.record(), "commune:1")[unit]
    assert (row.cover, row.clause) == (Cover.UNTARGETED, clause)
    assert row.answering == ("works-office",)


def test_an_office_for_the_whole_district_does_not_untarget_what_is_kept(tiny):
    tiny.replace("gis/plan/targets.csv", "commune,2,90001,,achieve", "commune,2,90001,,maintain")
    covers = {unit: row.cover for unit, row in rows_of(tiny.record(), "commune:2").items()}
    assert covers == {"90001": Cover.KEPT, "90002": Cover.ONE}


# --- the matrix and the findings ---------------------------------------------------------------

RULES = {
    "target-unanswered": {Cover.NOBODY, Cover.UNCLEAR},
    "answer-shared": {Cover.JOINT, Cover.CONFLICT},
    "answer-untargeted": {Cover.UNTARGETED},
}


def _planted(tiny):
    """Plant one of each: shared jointly and apart, answered without a target, by nobody."""
    answers = {"role": "answers", "set": "commune"}
    for number, (office, criterion, unit, clause) in enumerate(
        [
            ("school-office", "2", "90001", "V.1"), ("school-office", "2", "90002", "V.2"),
            ("works-office", "1", "90001", "V.1"), ("works-office", "3", "90003", "V.1"),
            ("works-office", "1", "90010", "V.1"),
        ],
        start=3,
    ):  # fmt: skip
        tiny.append(ASSIGNMENTS, assignment_id=f"a-{number}", office=office, number=criterion,
                    unit_code=unit, clause=clause, **answers)  # fmt: skip
    return tiny.record()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("which", ["kbang", "tiny", "planted"])
def test_the_matrix_says_what_the_rules_find(record, tiny, which, rule):
    held = {"kbang": lambda: record, "tiny": tiny.record, "planted": lambda: _planted(tiny)}
    one = held[which]()
    found = {(f.criterion, u) for f in audit(one) if f.rule == rule for u in f.unit_codes}
    rows = responsibility_matrix(one).rows
    assert {(r.criterion, r.unit_code) for r in rows if r.cover in RULES[rule]} == found
    assert found or which != "planted"


def test_what_the_findings_call_unclear_the_matrix_does(record):
    found = [f for f in audit(record) if f.rule == "target-unanswered"]
    notes = {(f.criterion, u) for f in found if f.severity == "note" for u in f.unit_codes}
    rows = responsibility_matrix(record).rows
    assert {(r.criterion, r.unit_code) for r in rows if r.cover == Cover.UNCLEAR} == notes
    assert notes == {("advanced:8", "23662"), ("advanced:12", "23662")}


def test_words_without_a_row_leave_it_unclear_who_answers(tiny):
    tiny.edit(ASSIGNMENTS, 2, "unit_code", "90001")
    tiny.append("gis/plan/statements.csv", statement_id="s-9", subject="units_answered",
                set="commune", number="2", unit_code="900", units="90002", clause="V.1",
                text="số 2 tại xã Sơn Hạ")  # fmt: skip
    covers = {unit: row.cover for unit, row in rows_of(tiny.record(), "commune:2").items()}
    assert covers == {"90001": Cover.ONE, "90002": Cover.UNCLEAR}


def test_every_cover_has_words():
    assert set(COVERS) == set(Cover)
    assert all(text.vi and text.en and text.vi != text.en for text in COVERS.values())
