"""A district by the units of a later day: nothing lost, nothing counted twice, nothing guessed."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely import Point, box, union_all

from ntm_geo import CrsError, OptionError, open_workspace
from ntm_geo.changes import form_units, known_shares
from ntm_geo.figures import key_figures
from ntm_geo.focus import focus_on_unit
from ntm_geo.frames import plain_records
from ntm_geo.layers import layer_frames, table_frames
from ntm_geo.ledger import length_ledger
from ntm_geo.maps import page_data, render_page
from ntm_geo.model import ChangePart, UnitChange, overview_of
from ntm_geo.names import resolve
from ntm_geo.recast import recast_district

FIRST, SECOND = date(2024, 11, 1), date(2025, 7, 1)
PLANNED = ("90001", "90002", "90003", "90010")
FRAMES = ("units", "assets", "works", "criteria", "measures", "months")
ADDED = {
    "units": {"criteria_mixed", "formed_of", "parts_of", "formed_of_names", "parts_of_names"},
    "criteria": {"parts", "unheld"},
}


def change(day, old, new, part="whole", **figures):
    return UnitChange(
        date=day, unit_code=old, name=f"cũ {old}", into_code=new, into_name=f"Mới {new}",
        into_kind="commune", part=part, source="NQ", **figures,
    )  # fmt: skip


SPLIT = [
    change(FIRST, "90001", "90002", "part"),
    change(FIRST, "90001", "90003", "part"),
]
"""Đăk Mơ went to its neighbours, and nothing says how much of it to which."""


def recast(workspace, rows, on=SECOND, **options):
    """Return a workspace's district by the units of a day, with these changes in its record."""
    changes = replace(workspace.record.changes, rows=list(rows))
    record = replace(workspace.record, changes=changes)
    return recast_district(workspace.district, record, on=on, **options)


@pytest.fixture
def workspace(tiny):
    work = {"work_id": "grid-lighting", "asset_id": "grid", "unit_code": "900", "name": "Đèn"}
    aim = {"kind": "lighting", "set": "commune", "number": "2", "clause": "II.6"}
    tiny.append("gis/plan/works.csv", **work, **aim)
    tiny.write("gis/progress/2023-04/90001.csv", "work_id,status\nroad-a-harden,completed\n")
    return tiny.open()


def unit_row(district, code):
    found = district.units[district.units["unit_code"] == code]
    (row,), (shape,) = plain_records(found), found.geometry
    return {**row, "geometry": shape}


def criterion_row(district, code, criterion):
    rows = district.criteria
    (row,) = plain_records(rows[(rows["unit_code"] == code) & (rows["criterion"] == criterion)])
    return row


# --- without changes -----------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [[], [change(SECOND, "90001", "90002")]], ids=["none", "later"])
def test_a_day_without_changes_keeps_every_row_as_it_is(workspace, rows):
    plan, again = workspace.district, recast(workspace, rows, on=FIRST)
    for name in FRAMES:
        before, after = getattr(plan, name), getattr(again, name)
        if name == "units":
            assert_geodataframe_equal(after[before.columns], before, check_dtype=False)
        else:
            assert_frame_equal(after[before.columns], before, check_dtype=False)
        marks = {"units_day", "plan_unit_code", "plan_unit_name", *ADDED.get(name, ())}
        assert set(after.columns) - set(before.columns) <= marks
        assert set(after["units_day"]) <= {"2024-11-01"}
    assert key_figures(again) == key_figures(plan)
    assert not again.formation.changed


def test_the_plans_district_is_not_changed(workspace):
    before = {name: getattr(workspace.district, name).copy() for name in FRAMES}
    recast(workspace, [*SPLIT, change(SECOND, "90002", "90003")])
    for name, frame in before.items():
        assert_frame_equal(getattr(workspace.district, name), frame)


def test_a_day_before_the_plan_is_refused(tiny):
    with pytest.raises(OptionError, match="--units"):
        open_workspace(tiny.root, units_day=date(2023, 1, 30))


# --- units that went into one --------------------------------------------------------------------

MERGED = [change(FIRST, "90001", "90002"), change(FIRST, "90002", "90002")]


def test_figures_of_wholes_add_up_and_missing_people_are_not_passed_over(workspace):
    row = unit_row(recast(workspace, MERGED), "90002")
    assert (row["name"], row["area_km2"], row["works"]) == ("Mới 90002", 50.0, 3)
    assert row["population"] is None  # Sơn Hạ has none
    both = [change(FIRST, "90001", "90003"), change(FIRST, "90003", "90003")]
    assert unit_row(recast(workspace, both), "90003")["population"] == 2000
    assert (row["formed_of"], row["parts_of"]) == ("90001|90002", None)


def test_land_is_that_of_the_units_together_and_no_more_certain(workspace):
    plan = workspace.district.units.set_index("unit_code")
    row = unit_row(recast(workspace, MERGED), "90002")
    assert row["geometry"].equals(union_all(plan.geometry[["90001", "90002"]].to_numpy()))
    assert row["geometry"].contains(Point(row["lon"], row["lat"]))
    surveyed = plan.assign(position=["surveyed", "digitised", "sketch", "sketch"]).reset_index()
    mixed = replace(workspace.district, units=surveyed)
    record = replace(workspace.record, changes=replace(workspace.record.changes, rows=MERGED))
    assert unit_row(recast_district(mixed, record, on=FIRST), "90002")["position"] == "digitised"


def test_a_criterion_is_met_where_all_former_units_that_are_held_against_it_meet_it(workspace):
    three = [change(FIRST, code, "90002") for code in ("90001", "90002", "90010")]
    district = recast(workspace, three)
    met = criterion_row(district, "90002", "commune:1")
    assert (met["status"], met["state"]) == ("maintained", "maintain")
    assert met["parts"] == "90001=maintained|90002=maintained"
    assert met["unheld"] == "90010"  # the town is held against nothing, and that is told
    mixed = criterion_row(district, "90002", "commune:3")
    assert (mixed["status"], mixed["state"]) == ("mixed", None)
    assert mixed["parts"] == "90001=untargeted|90002=in_hand"
    row = unit_row(district, "90002")
    assert (row["criteria_total"], row["criteria_met"], row["criteria_mixed"]) == (3, 1, 1)


def test_what_feeds_several_former_units_counts_once(workspace):
    row = criterion_row(recast(workspace, MERGED), "90002", "commune:2")
    assert row["work_ids"] == "road-a-harden|grid-lighting"
    assert (row["works"], row["works_shared"], row["works_completed"]) == (1, 1, 1)
    assert (row["status"], row["office"]) == ("in_hand", "works-office")


def test_a_criterion_of_a_village_stays_its_own(workspace):
    row = criterion_row(recast(workspace, MERGED), "90002", "village")
    assert (row["asset_id"], row["status"], row["unheld"]) == ("village-a", "in_hand", None)


def test_a_part_that_has_reported_is_not_the_whole(workspace):
    district = recast(workspace, MERGED)
    months = district.months[["month", "unit_code", "plan_unit_code", "whole"]]
    assert months.to_numpy().tolist() == [
        ["2023-03", "90002", "90002", False], ["2023-04", "90002", "90001", False],
    ]  # fmt: skip
    assert district.reported_units == frozenset()
    assert key_figures(district).reported_units == 0
    with_town = [change(FIRST, "90010", "90001"), change(FIRST, "90001", "90001")]
    assert "90001" not in recast(workspace, with_town).reported_units  # the town has works


# --- units that were divided ---------------------------------------------------------------------


def test_what_nothing_says_the_part_of_stays_apart_and_is_named(workspace):
    district = recast(workspace, SPLIT, on=FIRST)
    assert list(district.units["unit_code"]) == ["90002", "90003", "90010", "90001-split"]
    row = unit_row(district, "90001-split")
    assert row["name"] == "Đăk Mơ (chia tách, chưa rõ phần)"
    assert (row["area_km2"], row["population"], row["works"]) == (25.0, 1200, 2)
    assert (row["formed_of"], row["parts_of"]) == (None, "90001")
    assert row["geometry"].equals(workspace.district.units.geometry[0])
    for name in ("works", "assets", "measures", "months", "criteria"):
        frame = getattr(district, name)
        mine = frame["unit_code"] == "90001-split"
        plan = getattr(workspace.district, name)
        assert mine.sum() == (plan["unit_code"] == "90001").sum()
    # The units that hold its land have only what was theirs.
    assert (unit_row(district, "90002")["area_km2"], unit_row(district, "90002")["works"]) == (
        25,
        1,
    )


def test_stated_shares_go_to_the_parts(workspace):
    rows = [
        change(FIRST, "90001", "90002", "part", area_km2=10.5, population=700),
        change(FIRST, "90001", "90003", "part", area_km2=14.4, population=500),
    ]
    district = recast(workspace, rows, on=FIRST)
    areas = dict(zip(district.units["unit_code"], district.units["area_km2"], strict=True))
    assert areas == {"90002": 35.5, "90003": 39.4, "90010": 25.0, "90001-split": 0.1}
    assert unit_row(district, "90003")["population"] == 1300
    assert unit_row(district, "90001-split")["population"] == 0
    assert unit_row(district, "90001-split")["works"] == 2  # whose works they are nobody says


@pytest.mark.parametrize("areas", [(10.0, 15.1), (10.0, None)], ids=["too much", "one missing"])
def test_shares_that_cannot_be_right_are_not_taken(workspace, areas):
    first, second = ({"area_km2": area} if area else {} for area in areas)
    rows = [
        change(FIRST, "90001", "90002", "part", **first),
        change(FIRST, "90001", "90003", "part", **second),
    ]
    district = recast(workspace, rows, on=FIRST)
    assert unit_row(district, "90001-split")["area_km2"] == 25.0
    assert unit_row(district, "90002")["area_km2"] == 25.0


def test_a_share_of_a_unit_that_held_others_land_is_nobodys(workspace):
    rows = [
        change(FIRST, "90001", "90002"),
        change(SECOND, "90002", "90003", "part", area_km2=1),
        change(SECOND, "90002", "90010", "part", area_km2=2),
    ]
    units = workspace.record.units.rows
    shares = known_shares(
        units, rows, start=date(2023, 1, 31), on=SECOND, figure=lambda one: one.area_km2
    )
    assert shares["90001"] == {"90003": None, "90010": None}
    assert unit_row(recast(workspace, rows), "90002-split")["area_km2"] == 25.0


def test_a_unit_of_parts_alone_has_no_land_and_no_area_that_anybody_knows(workspace):
    rows = [change(FIRST, "90001", code, "part") for code in ("90021", "90022")]
    district = recast(workspace, rows, on=FIRST)
    row = unit_row(district, "90021")
    assert (row["geometry"], row["area_km2"]) == (None, None)
    data = page_data(district, view=overview_of(district.project), file="x")
    assert [unit.unit_code for unit in data.units] == ["90002", "90003", "90010", "90001-split"]
    assert "90021" in data.later.formed
    render_page(page_data(focus_on_unit(district, "90021"), view=overview_of(district.project),
                          file="x"))  # fmt: skip


def test_the_choice_of_a_part_needs_a_known_place_within_one_known_boundary(workspace):
    surveyed = workspace.district.assets.copy()
    here = surveyed["asset_id"].isin(["village-a", "road-a"])
    surveyed.loc[here, "position"] = "surveyed"
    places = {"village-a": Point(108.4, 13.5), "road-a": Point(108.6, 13.5)}
    for asset, place in places.items():
        surveyed.loc[surveyed["asset_id"] == asset, "geometry"] = gpd.GeoSeries([place]).to_numpy()
    plan = replace(workspace.district, assets=surveyed)
    record = replace(workspace.record, changes=replace(workspace.record.changes, rows=SPLIT))
    west = gpd.GeoDataFrame(
        {"position": ["surveyed"], "source": ["đo"]},
        geometry=[box(108.3, 13.4, 108.5, 13.6)],
        index=["90002"],
        crs=4326,
    )
    district = recast_district(plan, record, on=FIRST, boundaries=west)
    where = dict(zip(district.assets["asset_id"], district.assets["unit_code"], strict=True))
    assert (where["village-a"], where["road-a"]) == ("90002", "90001-split")
    works = dict(zip(district.works["work_id"], district.works["unit_code"], strict=True))
    assert (works["village-a-refurbish"], works["road-a-harden"]) == ("90002", "90001-split")
    # The village's own criterion goes with it; those of the commune stay open.
    assert criterion_row(district, "90002", "village")["asset_id"] == "village-a"
    assert criterion_row(district, "90001-split", "commune:1")["parts"] == "90001=maintained"
    row = unit_row(district, "90002")
    assert (row["position"], row["source"]) == ("surveyed", "đo")
    assert row["geometry"].equals(west.geometry.iloc[0])
    left = unit_row(district, "90003")["geometry"]
    assert left.intersection(west.geometry.iloc[0]).area < 1e-12
    sketch = recast(workspace, SPLIT, on=FIRST, boundaries=west)
    assert "90001-split" in set(sketch.assets["unit_code"])
    assert set(sketch.assets["plan_unit_code"][sketch.assets["unit_code"] == "90002"]) == {"90002"}


def test_a_sketch_does_not_lie_outside_of_the_known_boundary_of_its_unit(workspace):
    far = gpd.GeoDataFrame(
        {"position": ["digitised"], "source": ["đo"]},
        geometry=[box(108.6, 13.4, 108.7, 13.5)],
        index=["90001"],
        crs=4326,
    )
    plan, rows = workspace.district, [change(FIRST, "90002", "90001")]
    rows.append(change(FIRST, "90001", "90001"))
    before = plan.assets.set_index("asset_id")
    assets = recast(workspace, rows, on=FIRST, boundaries=far).assets.set_index("asset_id")
    mine = assets[(assets["unit_code"] == "90001") & assets["placed"]]
    assert len(mine) > 1
    assert mine.geometry.within(far.geometry.iloc[0]).any()
    assert mine.geometry.intersects(far.geometry.iloc[0]).all()
    others = assets.index.difference(mine.index)
    assert assets.geometry[others].geom_equals(before.geometry[others]).all()
    assert mine["length_m"].equals(before["length_m"][mine.index])
    works = recast(workspace, rows, on=FIRST, boundaries=far).works
    assert (works.geometry.to_numpy() == assets.geometry[works["asset_id"]].to_numpy()).all()


def test_what_was_surveyed_stays_outside_of_the_known_boundary(workspace):
    surveyed = workspace.district.assets.assign(position="surveyed")
    record = replace(workspace.record, changes=replace(workspace.record.changes, rows=()))
    far = gpd.GeoDataFrame(
        {"position": ["digitised"], "source": ["đo"]},
        geometry=[box(108.6, 13.4, 108.7, 13.5)],
        index=["90001"],
        crs=4326,
    )
    plan = replace(workspace.district, assets=surveyed)
    assets = recast_district(plan, record, on=FIRST, boundaries=far).assets
    assert assets.geometry.geom_equals(surveyed.geometry).all()


def test_a_place_within_two_boundaries_decides_nothing(workspace):
    surveyed = workspace.district.assets.assign(position="surveyed")
    plan = replace(workspace.district, assets=surveyed)
    record = replace(workspace.record, changes=replace(workspace.record.changes, rows=SPLIT))
    both = gpd.GeoDataFrame(
        {"position": ["surveyed"] * 2, "source": ["đo"] * 2},
        geometry=[box(108, 13, 109, 14)] * 2,
        index=["90002", "90003"],
        crs=4326,
    )
    district = recast_district(plan, record, on=FIRST, boundaries=both)
    mine = district.assets["plan_unit_code"] == "90001"
    assert set(district.assets["unit_code"][mine]) == {"90001-split"}
    # All of its land is that of others now: what is left of it lies on no map, and is listed.
    assert unit_row(district, "90001-split")["geometry"] is None
    data = page_data(district, view=overview_of(district.project), file="x")
    assert [unit.unit_code for unit in data.later.undrawn] == ["90001-split"]


def test_boundaries_of_another_crs_are_refused(workspace):
    wrong = gpd.GeoDataFrame(
        {"position": ["surveyed"], "source": ["đo"]},
        geometry=[box(0, 0, 1, 1)],
        index=["90002"],
        crs=9218,
    )
    with pytest.raises(CrsError):
        recast(workspace, SPLIT, boundaries=wrong)


# --- names ---------------------------------------------------------------------------------------


def named(workspace, rows):
    return recast(workspace, rows, on=FIRST)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Mới 90002", "90002"), ("Đăk Mơ", "90002"), ("ĐăkMơ", "90002"), ("90001", "90002"),
     ("90002", "90002"), ("xã Sơn Hạ", "90002"), ("Sơn Hà", "90003"), ("thị trấn Ea Tơ", "90010")],
)  # fmt: skip
def test_a_name_of_either_time_finds_the_unit_of_the_day(workspace, text, code):
    assert resolve(text, named(workspace, MERGED).unit_names) == code


@pytest.mark.parametrize(
    ("text", "before"),
    [("Mới 90002", None), ("Đăk Mơ", "90001"), ("90001", "90001"), ("90002", None),
     ("Sơn Hà", None), ("không có", None)],
)  # fmt: skip
def test_a_name_of_the_plans_time_is_told_as_such(workspace, text, before):
    unit = named(workspace, MERGED).formation.unit_before(text)
    assert (unit and unit.unit_code) == before


def test_a_name_that_another_unit_bears_now_is_that_units(workspace):
    renamed = [
        change(FIRST, "90001", "90003").model_copy(update={"into_name": "Sơn Hạ"}),
        change(FIRST, "90003", "90003").model_copy(update={"into_name": "Sơn Hạ"}),
        change(FIRST, "90002", "90010"),
        change(FIRST, "90010", "90010"),
    ]
    assert resolve("Sơn Hạ", named(workspace, renamed).unit_names) == "90003"


def test_a_divided_unit_is_found_by_its_old_name_and_code(workspace):
    names = recast(workspace, SPLIT, on=FIRST).unit_names
    for text in ("Đăk Mơ", "90001", "90001-split", "Đăk Mơ (chia tách, chưa rõ phần)"):
        assert resolve(text, names) == "90001-split"


# --- what is made of it --------------------------------------------------------------------------


def test_a_statement_stands_only_with_the_units_that_it_is_of(tiny):
    for number, codes in enumerate(("90001", "90001|90002")):
        tiny.append("gis/plan/statements.csv", statement_id=f"l-{number}", subject="length_km",
                    unit_code="900", value="9", units=codes, units_role="listed", text="9 km",
                    note="class=village_road", clause="II")  # fmt: skip
    workspace = tiny.open()
    into_own_code = [change(FIRST, "90001", "90001"), change(FIRST, "90003", "90001")]
    for rows, stated in ((MERGED, "l-1"), (into_own_code, None), (SPLIT, "l-0")):
        district = recast(workspace, rows, on=FIRST)
        ledger = length_ledger(district, workspace.record.statements)
        (row,) = plain_records(ledger.units)
        assert row["statement_ids"] == stated
        assert row["promised_km"] == 1.5
        assert "unit_codes" not in ledger.statements  # nobody takes the plan's codes for new ones


def test_layers_and_tables_say_the_day_in_every_row_that_names_a_unit(workspace):
    district = recast(workspace, SPLIT, on=FIRST)
    tables = {**layer_frames(district), **table_frames(district, workspace.record)}
    for name, frame in tables.items():
        if "unit_code" in frame:
            assert set(frame["units_day"]) <= {"2024-11-01"}, name
            assert "90001" not in set(frame["unit_code"]), name


def test_a_page_of_one_unit_has_the_rows_of_all_that_it_was_formed_of(workspace):
    district = focus_on_unit(recast(workspace, MERGED, on=FIRST), "Đăk Mơ")
    assert district.focus == "90002"
    assert set(district.works["plan_unit_code"]) == {"90001", "90002", "900"}
    assert key_figures(district).works_all == 3


def test_a_view_of_a_unit_of_the_plan_opens_with_the_unit_that_it_is_in(workspace):
    view = overview_of(workspace.record.project)
    view = view.model_copy(update={"filter": view.filter.model_copy(update={"unit": "90001"})})
    for rows, code in ((MERGED, "90002"), (SPLIT, "90001-split")):
        data = page_data(recast(workspace, rows, on=FIRST), view=view, file="x")
        assert data.opening.unit == code
        assert code in [choice.value for choice in data.choices["unit"]]


# --- any changes ---------------------------------------------------------------------------------

CODES = (*PLANNED, "90020", "90021")
NAMES = {"90001": "Đăk Mơ", "90002": "Sơn Hạ", "90003": "Sơn Hà", "90010": "Ea Tơ"}


@st.composite
def histories(draw, parts=True):
    """Changes that a record may hold: of units there are, to one whole or to several parts."""
    there, rows = set(PLANNED), []
    for day in (FIRST, SECOND):
        after = set()
        for code in sorted(there):
            into = draw(st.lists(st.sampled_from(CODES), max_size=3 if parts else 1, unique=True))
            after |= set(into or [code])
            part = "whole" if len(into) == 1 else "part"
            areas = draw(st.lists(st.one_of(st.none(), st.floats(0.5, 20)), min_size=3, max_size=3))
            rows += [
                change(day, code, new, part, area_km2=area).model_copy(
                    update={"into_name": NAMES.get(new, new)}
                )
                for new, area in zip(into, areas, strict=False)
            ]
        there = after
    return rows


EASY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@EASY
@given(rows=histories())
def test_nothing_is_lost_or_counted_twice(workspace, rows):
    plan, district = workspace.district, recast(workspace, rows)
    known = {*district.units["unit_code"], "900"}
    for name, key in (("works", "work_id"), ("assets", "asset_id"), ("measures", "measure_id")):
        before, after = getattr(plan, name), getattr(district, name)
        assert list(after[key]) == list(before[key])
        assert list(after["plan_unit_code"]) == list(before["unit_code"])
        assert set(after["unit_code"]) <= known
    own = district.works["unit_code"] != "900"
    assert district.units["works"].sum() == own.sum()
    for column in ("works_unfinished", "works_overdue"):
        assert district.units[column].sum() == plan.units[column].sum()
    assert district.units["area_km2"].sum() == pytest.approx(plan.units["area_km2"].sum())
    assert (district.units["area_km2"].dropna() >= 0).all()
    parts = [
        (row["criterion"], *part.split("="))
        for row in plain_records(district.criteria)
        for part in row["parts"].split("|")
    ]
    cells = plan.criteria[["criterion", "unit_code", "status"]].itertuples(index=False, name=None)
    assert sorted(parts) == sorted(cells)
    same = ("hardened_km", "promised_km", "promised_km_by_class", "works_all", "budget_mvnd")
    figures, planned = key_figures(district), key_figures(plan)
    assert [getattr(figures, name) for name in same] == [getattr(planned, name) for name in same]
    assert figures.criteria_met <= planned.criteria_met
    ledger, of_plan = (length_ledger(one, workspace.record.statements) for one in (district, plan))
    total = ["works", "roads", "promised_km", "accepted_km"]
    assert ledger.totals.iloc[-1][total].to_dict() == of_plan.totals.iloc[-1][total].to_dict()


@EASY
@given(rows=histories())
def test_a_divided_unit_gives_nothing_away_without_a_boundary(workspace, rows):
    district = recast(workspace, rows)
    divided = {one.unit.unit_code: one.key for one in district.formation.divided}
    for frame in (district.works, district.assets, district.measures):
        mine = frame[frame["plan_unit_code"].isin(divided)]
        assert (mine["unit_code"] == mine["plan_unit_code"].map(divided)).all()
    for one in district.formation.units:
        wholes = [code for code, part in one.formed_of if part == ChangePart.WHOLE]
        rows_there = district.works["unit_code"] == one.code
        assert set(district.works["plan_unit_code"][rows_there]) <= set(wholes)


@EASY
@given(rows=histories())
def test_a_page_of_any_history_can_be_made(workspace, rows):
    district = recast(workspace, rows)
    data = page_data(district, view=overview_of(district.project), file="x")
    shown = {unit.unit_code for unit in (*data.units, *data.later.undrawn)}
    assert {row.unit_code for row in (*data.works, *data.assets)} <= {*shown, "900"}


@EASY
@given(rows=histories(parts=False))
def test_changes_one_after_the_other_are_the_later_day_at_once(workspace, rows):
    after = {code: code for code in PLANNED}
    for day in (FIRST, SECOND):
        moved = {row.unit_code: row.into_code for row in rows if row.date == day}
        after = {code: moved.get(new, new) for code, new in after.items()}
    at_once = [
        change(SECOND, code, new).model_copy(update={"into_name": NAMES.get(new, new)})
        for code, new in after.items()
    ]
    twice, once = recast(workspace, rows), recast(workspace, at_once)
    assert {one.code for one in twice.formation.units} == {*after.values()}
    for name in ("works", "assets", "measures", "criteria", "months"):
        assert_frame_equal(getattr(twice, name), getattr(once, name))
    same = [column for column in twice.units.columns if column != "kind"]
    assert_geodataframe_equal(twice.units[same], once.units[same])


# --- the district of the repository --------------------------------------------------------------


def test_kbang_is_the_same_in_2025_with_and_without_its_change_of_2024(kbang):
    workspace = open_workspace(kbang)
    rows = workspace.record.changes.rows
    plain = [row for row in rows if row.date == SECOND]
    joined = change(SECOND, "23674", "23674").model_copy(update={"into_name": "Kông Bơ La"})
    through, at_once = recast(workspace, rows), recast(workspace, [*plain, joined])
    for name in FRAMES:
        if name != "units":
            assert_frame_equal(getattr(through, name), getattr(at_once, name))
    assert_geodataframe_equal(through.units, at_once.units)
    assert list(through.units["area_km2"]) == [289.66, 515.5693, 451.012, 311.58, 133.42, 141.1]


def test_kbang_of_2024_has_the_figures_of_the_resolution(kbang):
    workspace = open_workspace(kbang, units_day=FIRST)
    units = workspace.district.units.set_index("unit_code")
    assert units.loc["23662", ["area_km2", "population"]].tolist() == [41.617, 4571]
    assert units.loc["23671", ["area_km2", "population"]].tolist() == [54.2, 5889]
    assert units.loc["23674-split", ["area_km2", "population", "works"]].tolist() == [0.003, 0, 6]
    assert (
        form_units(
            workspace.record.units.rows,
            workspace.record.changes.rows,
            start=workspace.record.project.plan_date,
            on=FIRST,
        )
        == workspace.formation
    )
