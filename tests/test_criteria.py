"""The state of every criterion: kept, targeted, fed by works, or left alone."""

from datetime import date

import pandas as pd
import pytest

from ntm_geo.criteria import criteria_frame
from ntm_geo.model import CriterionStatus
from ntm_geo.progress import status_as_of
from ntm_geo.record import read_record

WORKS, TARGETS = "gis/plan/works.csv", "gis/plan/targets.csv"
APRIL = "gis/progress/2023-04/900.csv"


def frame_of(record, as_of=date(2023, 12, 31)):
    default_due = record.project.default_due
    progress = status_as_of(record.works, record.reports, as_of=as_of, default_due=default_due)
    return criteria_frame(record, progress)


def row_of(workspace, criterion, unit_code="90001", **day):
    frame = frame_of(workspace.record(), **day)
    (row,) = frame[(frame.criterion == criterion) & (frame.unit_code == unit_code)].itertuples()
    return row


def report(workspace, **statuses):
    lines = [f"{work.replace('_', '-')},{status}" for work, status in statuses.items()]
    workspace.write(APRIL, "\n".join(["work_id,status", *lines]))


def second_work(workspace, **cells):
    known = {"work_id": "road-a-again", "asset_id": "road-a", "name": "Việc nữa", "kind": "upkeep",
             "unit_code": "90001", "set": "commune", "number": "2", "clause": "I"}  # fmt: skip
    workspace.append(WORKS, **{**known, **cells})


def shared_work(workspace):
    cells = {"asset_id": "grid", "unit_code": "900", "work_id": "roads-everywhere"}
    second_work(workspace, **cells)


# --- the five statuses -------------------------------------------------------------------------


def test_what_is_kept_is_maintained(tiny):
    row = row_of(tiny, "commune:1")
    assert (row.state, row.status) == ("maintain", "maintained")


def test_what_is_kept_stays_maintained_while_works_go_on(tiny):
    tiny.edit(WORKS, 2, "number", "1")
    row = row_of(tiny, "commune:1")
    assert (row.status, row.works, row.works_completed) == ("maintained", 1, 0)


def test_a_target_whose_works_go_on_is_in_hand(tiny):
    row = row_of(tiny, "commune:2")
    assert (row.state, row.status, row.works) == ("achieve", "in_hand", 1)


def test_a_target_whose_works_are_all_completed_is_achieved(tiny):
    report(tiny, road_a_harden="completed")
    row = row_of(tiny, "commune:2")
    assert (row.status, row.works, row.works_completed) == ("achieved", 1, 1)


def test_a_target_is_not_achieved_before_the_last_work(tiny):
    second_work(tiny)
    report(tiny, road_a_harden="completed")
    row = row_of(tiny, "commune:2")
    assert (row.status, row.works, row.works_completed) == ("in_hand", 2, 1)


def test_a_target_without_any_work_is_unfed(tiny):
    row = row_of(tiny, "commune:2", "90002")
    assert (row.status, row.works, row.works_shared) == ("unfed", 0, 0)


def test_what_is_neither_kept_nor_targeted_is_untargeted_whatever_is_built(tiny):
    second_work(tiny, number="3")
    row = row_of(tiny, "commune:3")
    assert (row.status, row.works) == ("untargeted", 1)
    assert pd.isna(row.state)
    assert pd.isna(row.clause)


def test_all_five_statuses_are_reached_by_these_tests():
    of_later_units = [CriterionStatus.MIXED]
    assert [s.value for s in CriterionStatus if s not in of_later_units] == [
        "maintained", "achieved", "in_hand", "unfed", "untargeted",
    ]  # fmt: skip


# --- what feeds --------------------------------------------------------------------------------


def test_a_cancelled_work_feeds_nothing(tiny):
    report(tiny, road_a_harden="cancelled")
    row = row_of(tiny, "commune:2")
    assert (row.status, row.works) == ("unfed", 0)


def test_a_cancelled_work_does_not_keep_a_target_from_being_achieved(tiny):
    second_work(tiny)
    report(tiny, road_a_harden="completed", road_a_again="cancelled")
    row = row_of(tiny, "commune:2")
    assert (row.status, row.works) == ("achieved", 1)


def test_a_work_feeds_no_other_unit_and_no_other_set(tiny):
    frame = frame_of(tiny.record())
    fed = frame[frame.works > 0]
    assert list(zip(fed.criterion, fed.unit_code, strict=True)) == [
        ("commune:2", "90001"),
        ("commune:3", "90002"),
        ("village", "90001"),
    ]


@pytest.mark.parametrize("unit_code", ["90001", "90002"])
def test_a_work_of_the_whole_district_feeds_the_criterion_in_every_commune(tiny, unit_code):
    shared_work(tiny)
    row = row_of(tiny, "commune:2", unit_code)
    assert (row.status, row.works_shared) == ("in_hand", 1)


def test_a_shared_work_achieves_where_nothing_else_is_open(tiny):
    shared_work(tiny)
    report(tiny, roads_everywhere="completed")
    assert row_of(tiny, "commune:2", "90002").status == "achieved"
    row = row_of(tiny, "commune:2", "90001")
    assert (row.status, row.works, row.works_shared, row.works_completed) == ("in_hand", 1, 1, 1)


def test_a_cancelled_shared_work_feeds_nobody(tiny):
    shared_work(tiny)
    report(tiny, roads_everywhere="cancelled")
    assert row_of(tiny, "commune:2", "90002").status == "unfed"


@pytest.mark.parametrize(("day", "status"), [(29, "in_hand"), (30, "achieved")])
def test_the_day_decides_what_is_completed(tiny, day, status):
    report(tiny, road_a_harden="completed")
    assert row_of(tiny, "commune:2", as_of=date(2023, 4, day)).status == status


def test_what_feeds_is_named_the_units_own_first(tiny):
    shared_work(tiny)
    second_work(tiny)
    row = row_of(tiny, "commune:2")
    assert row.work_ids == "road-a-harden|road-a-again|roads-everywhere"
    assert row_of(tiny, "commune:2", "90002").work_ids == "roads-everywhere"
    assert row_of(tiny, "commune:1").work_ids == ""


def test_a_cancelled_work_is_not_named(tiny):
    second_work(tiny)
    report(tiny, road_a_harden="cancelled")
    assert row_of(tiny, "commune:2").work_ids == "road-a-again"


def test_measures_that_feed_are_named(tiny):
    tiny.append(
        "gis/plan/measures.csv", measure_id="pupils-all", name="Học sinh", unit_code="900",
        set="commune", number="3", clause="III",
    )  # fmt: skip
    assert row_of(tiny, "commune:3", "90002").measure_ids == "pupils|pupils-all"
    assert row_of(tiny, "commune:3", "90001").measure_ids == "pupils-all"
    assert row_of(tiny, "commune:2").measure_ids == ""


def test_as_many_are_named_as_are_counted(kbang):
    frame = frame_of(read_record(kbang).record)
    named = frame[["work_ids", "measure_ids"]].apply(
        lambda cells: cells.map(lambda cell: len([part for part in cell.split("|") if part]))
    )
    assert (named["work_ids"] == frame["works"] + frame["works_shared"]).all()
    assert (named["measure_ids"] == frame["measures"]).all()
    assert named["work_ids"].sum() > 0
    assert named["measure_ids"].sum() > 0


# --- villages and the district -----------------------------------------------------------------


def test_a_village_is_held_against_its_set_as_a_whole(tiny):
    row = row_of(tiny, "village")
    assert (row.asset_id, row.asset_name, row.status) == ("village-a", "Làng A", "in_hand")
    assert row.name_vi == "Làng nông thôn mới"


def test_only_works_on_the_village_itself_feed_it(tiny):
    cells = {"layer": "villages", "class": "village", "unit_code": "90001", "clause": "II.3"}
    tiny.append("gis/plan/assets.csv", asset_id="village-b", name="Làng B", **cells)
    tiny.edit(WORKS, 4, "asset_id", "village-b")
    assert row_of(tiny, "village").status == "unfed"


def test_a_village_with_numbers_has_a_row_for_each(tiny):
    tiny.edit(TARGETS, 8, "number", "2")
    frame = frame_of(tiny.record())
    village = frame[frame.set == "village"]
    assert village.number.tolist() == [1, 2]
    assert village.status.tolist() == ["untargeted", "unfed"]


def test_a_districts_own_set_counts_the_districts_works_as_its_own(tiny):
    text = tiny.read("gis/criteria/commune.toml").replace('"commune"', '"district"')
    tiny.write("gis/criteria/district.toml", text)
    cells = {"number": "2", "unit_code": "900", "state": "achieve", "clause": "I"}
    tiny.append(TARGETS, set="district", **cells)
    second_work(tiny, asset_id="grid", unit_code="900", set="district")
    row = row_of(tiny, "district:2", "900")
    assert (row.status, row.works, row.works_shared) == ("in_hand", 1, 0)
    assert row.unit_name == "Huyện Ea Tơ"
    assert row_of(tiny, "commune:2").works == 1


# --- the frame ---------------------------------------------------------------------------------


def test_every_number_of_the_set_has_a_row_for_each_subject(tiny):
    frame = frame_of(tiny.record())
    counts = frame.groupby(["set", "unit_code"]).size()
    assert counts.to_dict() == {
        ("commune", "90001"): 3,
        ("commune", "90002"): 3,
        ("commune", "90003"): 3,
        ("village", "90001"): 1,
    }


def test_who_answers_and_what_is_measured_stand_beside(tiny):
    row = row_of(tiny, "commune:3", "90002")
    assert (row.office, row.measures) == ("school-office", 1)
    assert (row.name_vi, row.name_en, row.clause) == ("Trường học", "Schools", "I.2")


def test_a_plan_without_targets_has_an_empty_frame_with_all_columns(tiny):
    before = frame_of(tiny.record())
    tiny.write(TARGETS, tiny.read(TARGETS).partition("\n")[0] + "\n")
    frame = frame_of(tiny.record())
    assert len(frame) == 0
    assert frame.columns.tolist() == before.columns.tolist()


def test_nothing_is_changed_and_nothing_depends_on_the_run(tiny):
    record = tiny.record()
    assert frame_of(record).equals(frame_of(record))


def test_the_repositorys_targets_all_have_a_status(kbang):
    record = read_record(kbang).record
    frame = frame_of(record)
    assert set(frame.status) <= {status.value for status in CriterionStatus}
    assert frame.state.notna().sum() == len(record.targets)
