"""The length ledger on tiny districts whose lengths are known, and on the plan of Kbang."""

import dataclasses
import json
from datetime import date
from decimal import Decimal

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from pyproj import Geod
from shapely import LineString, MultiLineString, Point, box, to_geojson

from ntm_geo import NameUnknownError, OptionError, open_workspace
from ntm_geo.figures import key_figures
from ntm_geo.ledger import FLAGS, LINES, ROAD_CLASSES, Flag, Line, length_ledger
from ntm_geo.lengths import geodesic_lengths_m

WORKS, ASSETS, STATEMENTS = (f"gis/plan/{name}.csv" for name in ("works", "assets", "statements"))
GEOD = Geod(ellps="WGS84")
WEST, EAST, SOUTH, NORTH = 108.4538, 108.5462, 13.4548, 13.5452
MIDDLE_LON, MIDDLE_LAT = 108.5, 13.5
CORNERS = {
    "90001": (WEST, MIDDLE_LAT, MIDDLE_LON, NORTH),
    "90002": (MIDDLE_LON, MIDDLE_LAT, EAST, NORTH),
    "90003": (WEST, SOUTH, MIDDLE_LON, MIDDLE_LAT),
    "90010": (MIDDLE_LON, SOUTH, EAST, MIDDLE_LAT),
}
"""West, south, east and north of each unit: four squares around the seat."""


def line_of(length_km, start=(108.46, 13.52), azimuth=0):
    """Return a line of one segment that is so long on the ellipsoid."""
    lon, lat, _ = GEOD.fwd(*start, azimuth, length_km * 1000)
    return LineString([start, (lon, lat)])


def draw(tiny, file="roads", position="surveyed", **shapes):
    """Put real geometry under gis/geometry; `_` in a name stands for -."""
    draw_all(tiny, file, {key.replace("_", "-"): shape for key, shape in shapes.items()}, position)


def draw_all(tiny, file, shapes, position="surveyed", column="asset_id"):
    features = [
        {
            "type": "Feature",
            "properties": {column: key, "position": position, "source": "GPS"},
            "geometry": json.loads(to_geojson(shape)),
        }
        for key, shape in shapes.items()
    ]
    collection = {"type": "FeatureCollection", "features": features}
    tiny.write(f"gis/geometry/{file}.geojson", json.dumps(collection))


def bound(tiny, *codes):
    """Give units their real boundaries."""
    shapes = {code: box(*CORNERS[code]) for code in codes or CORNERS}
    draw_all(tiny, "units", shapes, "digitised", "unit_code")


def road(tiny, road_id, km="2.2", road_class="field_road", unit="90003", **work):
    asset = {"layer": "roads", "class": road_class, "name": f"Đường {road_id}", "clause": "II.8"}
    tiny.append(ASSETS, asset_id=road_id, unit_code=unit, **asset)
    if km is not None:
        harden(tiny, f"{road_id}-harden", road_id, km, unit, **work)


def harden(tiny, work_id, road_id, km, unit, **work):
    cells = {"kind": "harden", "quantity": km, "measure": "km", "clause": "II.9", "set": "commune"}
    keys = {"work_id": work_id, "asset_id": road_id, "unit_code": unit, "number": "2"}
    tiny.append(WORKS, **{**keys, "name": "Cứng hóa", **cells, **work})


def state(tiny, statement_id, value, unit="900", **cells):
    same = {"subject": "length_km", "set": "commune", "number": "2", "measure": "km"}
    same |= {"comparator": "=", "text": f"{value} km", "clause": "II.0", "unit_code": unit}
    tiny.append(STATEMENTS, **{**same, "statement_id": statement_id, "value": value, **cells})


def report(tiny, *lines):
    tiny.write("gis/progress/2023-04/900.csv", "\n".join(["work_id,status,done", *lines]))


def ledger_of(tiny, **asked):
    return tiny.open().lengths(**asked)


def work(ledger, work_id="road-a-harden"):
    return ledger.works.set_index("work_id").loc[work_id]


def total(ledger):
    return ledger.totals.iloc[-1]


# --- Kbang -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kbang_workspace(kbang):
    return open_workspace(kbang)


def test_kbang_promises_15_13_and_states_15_1_each_with_its_clauses(kbang_workspace):
    ledger = kbang_workspace.lengths()
    everything = total(ledger)
    assert (everything["promised_km"], everything["stated_km"]) == (15.13, "15.1")
    assert everything["clause"] == "III.5.2 Giao thông fn 1|III.5.2 Giao thông fn 2"
    assert everything["stated_clause"] == "III.5.2 Giao thông"
    classes = ledger.totals.set_index("class")
    assert classes.loc["village_road", ["promised_km", "stated_km"]].tolist() == [3.13, "3.1"]
    assert classes.loc["field_road", ["promised_km", "stated_km"]].tolist() == [12.0, "12"]
    assert (len(ledger.works), len(ledger.units), len(ledger.statements)) == (13, 13, 3)
    assert ledger.left_out == 0


def test_the_ledger_promises_and_reports_what_the_key_figures_do(kbang_workspace):
    figures, everything = key_figures(kbang_workspace.district), total(kbang_workspace.lengths())
    assert everything["promised_km"] == figures.promised_km
    assert everything["cancelled_km"] == figures.cancelled_km
    assert everything["accepted_km"] == figures.hardened_km


def test_one_unit_of_kbang_has_no_part_of_the_districts_total(kbang_workspace):
    ledger = kbang_workspace.lengths(unit="Kông Lơng Khơng")
    assert ledger.units["class"].tolist() == ["village_road", "field_road"]
    assert total(ledger)["promised_km"] == 5.5
    assert pd.isna(total(ledger)["stated_km"])
    assert ledger.statements.empty


# --- lines -------------------------------------------------------------------------------------


def test_a_sketch_has_no_length_and_is_a_promise_without_a_line(tiny):
    ledger = ledger_of(tiny)
    row = work(ledger)
    assert (row["line"], row["boundary"], row["flags"]) == ("sketch", "sketch", "no_line")
    assert row[["mapped_km", "difference_share", "outside_share"]].isna().all()
    assert np.isnan(total(ledger)["mapped_km"])
    assert (total(ledger)["roads_mapped"], total(ledger)["roads_sketched"]) == (0, 1)


def test_a_line_that_people_call_a_sketch_has_no_length_either(tiny):
    draw(tiny, position="sketch", road_a=line_of(1.5))
    assert work(ledger_of(tiny))["flags"] == "no_line"


@pytest.mark.parametrize("position", ["surveyed", "digitised"])
def test_a_real_line_has_its_geodesic_length_to_the_metre(tiny, position):
    draw(tiny, position=position, road_a=line_of(1.4964))
    row = work(ledger_of(tiny))
    assert (row["mapped_km"], row["line"], row["flags"]) == (1.496, position, "")
    assert row["difference_share"] == pytest.approx(-0.002667)


@pytest.mark.parametrize(
    ("share", "is_off"),
    [(0.049, False), (0.05, False), (0.051, True), (-0.049, False), (-0.05, False), (-0.051, True)],
)
def test_a_length_is_off_beyond_five_per_cent(tiny, share, is_off):
    tiny.edit(WORKS, 2, "quantity", "2")
    draw(tiny, road_a=line_of(2 * (1 + share)))
    row = work(ledger_of(tiny))
    assert row["difference_share"] == pytest.approx(share, abs=1e-9)
    assert row["flags"] == ("length_off" if is_off else "")


def test_the_parts_of_a_line_are_added(tiny):
    parts = MultiLineString([line_of(1.0), line_of(0.5, (108.47, 13.52))])
    draw(tiny, road_a=parts)
    assert work(ledger_of(tiny))["mapped_km"] == 1.5


def test_a_stretch_that_was_copied_counts_once(tiny):
    line = line_of(1.5)
    half = LineString([line.interpolate(0.5, normalized=True), line.coords[-1]])
    draw(tiny, road_a=MultiLineString([line, line]))
    assert work(ledger_of(tiny))["mapped_km"] == 1.5
    draw(tiny, road_a=MultiLineString([[*line.coords[:1], *half.coords], half.coords]))
    assert work(ledger_of(tiny))["mapped_km"] == pytest.approx(1.5, abs=0.001)


def test_a_point_is_a_known_place_but_no_line(tiny):
    draw(tiny, road_a=Point(108.47, 13.52))
    row = work(ledger_of(tiny))
    assert (row["line"], row["flags"]) == ("none", "no_line")


def test_two_works_on_one_road_share_its_line(tiny):
    harden(tiny, "road-a-more", "road-a", "0.5", "90001")
    draw(tiny, road_a=line_of(2.0))
    ledger = ledger_of(tiny)
    first, second = work(ledger), work(ledger, "road-a-more")
    assert (first["mapped_km"], first["difference_share"], first["flags"]) == (2.0, 0.0, "")
    assert (second["line"], second["flags"]) == ("shared", "")
    assert np.isnan(second["mapped_km"])
    sums = total(ledger)
    assert sums[["works", "roads", "roads_mapped"]].tolist() == [2, 1, 1]
    assert (sums["promised_km"], sums["mapped_km"]) == (2.0, 2.0)


def test_a_real_line_without_a_promise_is_a_row_of_its_own(tiny):
    road(tiny, "road-x", None, "commune_road")
    road(tiny, "road-y", "3", "commune_road", kind="upkeep")
    road(tiny, "road-z", None, "commune_road")
    draw(tiny, road_x=line_of(0.7, (108.46, 13.47)), road_y=line_of(0.6, (108.47, 13.47)))
    ledger = ledger_of(tiny)
    bare = ledger.works[ledger.works["work_id"].isna()].set_index("asset_id")
    assert bare["mapped_km"].to_dict() == {"road-x": 0.7, "road-y": 0.6}
    assert bare["flags"].unique().tolist() == ["no_promise"]
    assert bare["clause"].tolist() == ["II.8", "II.8"]
    assert bare["promised_km"].isna().all()
    commune = ledger.totals.set_index("class").loc["commune_road"]
    assert (commune["promised_km"], commune["mapped_km"], commune["unpromised_km"]) == (0, 1.3, 1.3)
    assert commune["no_promise"] == 2
    assert pd.isna(commune["clause"])
    assert ledger.left_out == 1


# --- inside and outside ------------------------------------------------------------------------


def crossing(inside_km, outside_km):
    """Return a line that leaves the unit 90001 to the east after so many km."""
    lon, lat = MIDDLE_LON, 13.52
    ends = [GEOD.fwd(lon, lat, azimuth, km * 1000)[:2] for azimuth, km in
            ((270, inside_km), (90, outside_km))]  # fmt: skip
    return LineString([ends[0], (lon, lat), ends[1]])


def test_the_share_outside_is_told_where_both_are_real(tiny):
    bound(tiny)
    draw(tiny, road_a=crossing(1.2, 0.3))
    row = work(ledger_of(tiny))
    assert (row["mapped_km"], row["outside_share"], row["flags"]) == (1.5, 0.2, "outside_unit")
    assert row["boundary"] == "digitised"


def test_a_line_inside_its_unit_or_along_its_border_is_not_outside(tiny):
    bound(tiny)
    road(tiny, "road-b", "1.5", unit="90001")
    along = LineString([(WEST, 13.52), line_of(1.5, (WEST, 13.52)).coords[1]])
    draw(tiny, road_a=line_of(1.5, (108.48, 13.51)), road_b=along)
    ledger = ledger_of(tiny)
    assert ledger.works["outside_share"].tolist() == [0.0, 0.0]
    assert ledger.works["flags"].tolist() == ["", ""]


def test_a_line_wholly_outside_is_so(tiny):
    bound(tiny)
    draw(tiny, road_a=line_of(1.5, (108.52, 13.47)))
    assert work(ledger_of(tiny))["outside_share"] == 1.0


def test_outside_a_sketched_boundary_cannot_be_told(tiny):
    bound(tiny, "90002")
    draw(tiny, road_a=crossing(1.2, 0.3))
    row = work(ledger_of(tiny))
    assert (row["boundary"], row["flags"]) == ("sketch", "")
    assert np.isnan(row["outside_share"])


def test_a_road_of_the_whole_district_is_held_against_all_units(tiny):
    road(tiny, "road-all", "1.5", "district_road", unit="900")
    draw(tiny, road_all=crossing(1.2, 0.3))
    bound(tiny, "90001", "90002", "90003")
    assert np.isnan(work(ledger_of(tiny), "road-all-harden")["outside_share"])
    bound(tiny)
    ledger = ledger_of(tiny)
    assert work(ledger, "road-all-harden")["outside_share"] == 0.0
    assert ledger.units["unit_code"].tolist() == ["90001", "900"]
    assert ledger.units["unit_name"].iloc[-1] == "Huyện Ea Tơ"


# --- reports -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "accepted_km"),
    [
        ("road-a-harden,in_progress,0.7", 0.7),
        ("road-a-harden,completed,1.2", 1.2),
        ("road-a-harden,completed,", 1.5),
        ("road-a-harden,in_progress,", None),
    ],
)
def test_accepted_is_what_the_reports_say(tiny, line, accepted_km):
    report(tiny, line)
    ledger = ledger_of(tiny)
    found = work(ledger)["accepted_km"]
    assert found == accepted_km if accepted_km else np.isnan(found)
    assert total(ledger)["accepted_km"] == (accepted_km or 0)


def test_a_cancelled_work_stays_promised_is_told_apart_and_needs_no_line(tiny):
    road(tiny, "road-c")
    report(tiny, "road-a-harden,cancelled,")
    ledger = ledger_of(tiny)
    assert work(ledger)["flags"] == ""
    assert work(ledger, "road-c-harden")["flags"] == "no_line"
    assert total(ledger)[["promised_km", "cancelled_km"]].tolist() == [3.7, 1.5]


def test_the_line_of_a_road_stays_with_the_work_that_is_not_cancelled(tiny):
    harden(tiny, "road-a-more", "road-a", "0.5", "90001")
    report(tiny, "road-a-harden,cancelled,")
    draw(tiny, road_a=line_of(0.5))
    ledger = ledger_of(tiny)
    assert work(ledger)["line"] == "shared"
    row = work(ledger, "road-a-more")
    assert (row["mapped_km"], row["difference_share"], row["flags"]) == (0.5, 0.0, "")


def test_reports_after_the_day_do_not_count(tiny):
    report(tiny, "road-a-harden,completed,1.2")
    workspace = open_workspace(tiny.root, as_of=date(2023, 4, 29))
    assert total(workspace.lengths())["accepted_km"] == 0


# --- what the plan states ----------------------------------------------------------------------


def test_a_stated_length_stands_with_the_sum_that_it_is_stated_for(tiny):
    road(tiny, "road-b", "0.3", "village_road", unit="90002")
    road(tiny, "road-c", "2.2", unit="90003")
    state(tiny, "all", "4")
    state(tiny, "villages", "1.9", note="class=village_road; một phần")
    state(tiny, "one", "2", unit="90003", note="class=field_road")
    ledger = ledger_of(tiny)
    assert ledger.totals["stated_km"].fillna("").tolist() == ["1.9", "2", "4"]
    assert ledger.totals["promised_km"].tolist() == [1.8, 2.2, 4.0]
    assert ledger.units["stated_km"].fillna("").tolist() == ["", "", "2"]
    assert ledger.units["statement_ids"].fillna("").tolist() == ["", "", "one"]


def test_two_figures_for_one_sum_are_both_shown(tiny):
    state(tiny, "here", "1.5", clause="II.0")
    state(tiny, "there", "1.6", clause="III")
    row = total(ledger_of(tiny))
    assert (row["stated_km"], row["stated_clause"]) == ("1.5|1.6", "II.0|III")


@pytest.mark.parametrize(
    ("cells", "figure"),
    [
        ({"comparator": ">="}, ">=2"),
        ({"comparator": ">"}, ">2"),
        ({"comparator": "range", "value_max": "3.5"}, "2-3.5"),
        ({"comparator": ""}, "2"),
    ],
)
def test_a_stated_figure_keeps_what_binds_it(tiny, cells, figure):
    state(tiny, "s", "2", **cells)
    assert total(ledger_of(tiny))["stated_km"] == figure


@pytest.mark.parametrize(
    "cells",
    [
        {"note": "class=canal; kênh"},
        {"note": "kind=upkeep; duy tu"},
        {"number": "3"},
        {"subject": "works"},
        {"units": "90001", "units_role": "met"},
    ],
    ids=str,
)
def test_what_is_stated_of_other_things_is_left_out(tiny, cells):
    state(tiny, "s", "1.5", **cells)
    assert ledger_of(tiny).statements.empty


def test_a_length_without_a_figure_is_left_out(tiny):
    state(tiny, "s", "")
    assert ledger_of(tiny).statements.empty


def test_a_length_of_several_units_is_the_total_only_where_it_names_all_that_have_rows(tiny):
    road(tiny, "road-b", "0.3", "village_road", unit="90002")
    road(tiny, "road-c", "2.2", "village_road", unit="90003")
    state(tiny, "all", "4", units="90003|90001|90002", units_role="listed")
    state(tiny, "two", "1.8", units="90001|90002", units_role="listed")
    ledger = ledger_of(tiny)
    assert total(ledger)["statement_ids"] == "all"
    assert ledger.statements["statement_id"].tolist() == ["all", "two"]
    assert total(ledger_of(tiny, unit=["90001", "90002"]))["statement_ids"] == "two"


def test_a_class_that_is_stated_but_promised_nowhere_is_shown(tiny):
    state(tiny, "s", "5", note="class=commune_road")
    classes = ledger_of(tiny).totals.set_index("class")
    assert classes.loc["commune_road", ["promised_km", "stated_km"]].tolist() == [0.0, "5"]


# --- what is asked for -------------------------------------------------------------------------


def test_a_class_without_works_has_an_empty_ledger(tiny):
    ledger = ledger_of(tiny, road_class="district_road")
    assert ledger.works.empty
    assert ledger.units.empty
    assert ledger.totals["promised_km"].tolist() == [0.0]
    assert list(ledger.units.columns) == list(ledger.totals.columns)


def test_units_are_known_by_any_spelling_and_the_district_is_all_of_them(tiny):
    road(tiny, "road-c")
    everything = ledger_of(tiny)
    assert ledger_of(tiny, unit="dak mo").works["work_id"].tolist() == ["road-a-harden"]
    assert_frame_equal(ledger_of(tiny, unit="huyện Ea Tơ").works, everything.works)


def test_what_there_is_not_is_refused(tiny):
    with pytest.raises(NameUnknownError):
        ledger_of(tiny, unit="Atlantis")
    with pytest.raises(OptionError, match="village_road"):
        ledger_of(tiny, road_class="school")


def test_a_plan_without_roads_has_an_empty_ledger(tiny):
    lines = tiny.read(WORKS).splitlines()
    tiny.write(WORKS, "\n".join(line for line in lines if not line.startswith("road-")))
    ledger = ledger_of(tiny)
    assert ledger.works.empty
    assert ledger.totals["level"].tolist() == ["total"]


def test_the_ledger_changes_no_input(kbang_workspace):
    before = kbang_workspace.district.works.copy()
    kbang_workspace.lengths()
    assert_geodataframe_equal(before, kbang_workspace.district.works)


def test_every_word_is_worded_in_both_languages():
    assert set(FLAGS) == set(Flag)
    assert set(LINES) == set(Line)
    assert all(text.vi and text.en and text.vi != text.en for text in FLAGS.values())


# --- sums --------------------------------------------------------------------------------------

CODES = ["23656", "23659", "23662", "625"]
SUMMED = ["promised_km", "cancelled_km", "accepted_km"]
made_work = st.fixed_dictionaries(
    {
        "unit_code": st.sampled_from(CODES),
        "class": st.sampled_from(ROAD_CLASSES),
        "quantity": st.integers(0, 9999).map(lambda n: n / 1000),
        "done": st.none() | st.integers(0, 999).map(lambda n: n / 100),
        "status": st.sampled_from(["not_started", "completed", "cancelled"]),
        "position": st.sampled_from(["surveyed", "sketch"]),
        "length_km": st.floats(0.01, 5),
        "reported": st.sampled_from([None, "2023-03-31"]),
    }
)


@pytest.fixture(scope="module")
def bounded(kbang_workspace):
    """Give a district whose boundaries pass for real ones, to be filled with works and roads."""
    units = kbang_workspace.district.units.assign(position="digitised")
    return dataclasses.replace(kbang_workspace.district, units=units)


def filled(district, cells):
    """Return the district with a road and a work for each of the cells."""
    table = pd.DataFrame(cells, index=range(len(cells)))
    keys = [f"r-{n}" for n in range(len(cells))]
    shapes = [line_of(km, (108.5012, 14.1704)) for km in table["length_km"]]
    same = {"layer": "roads", "clause": "II", "name": "Đường", "unit_name": "Xã"}
    frame = gpd.GeoDataFrame(table.assign(**same), geometry=shapes, crs="EPSG:4326")
    frame = frame.assign(asset_id=keys, work_id=keys, asset_clause="II", criterion="commune:2")
    frame = frame.assign(length_m=geodesic_lengths_m(frame.geometry), kind="harden", measure="km")
    frame = frame.astype({"done": float, "quantity": float})
    return dataclasses.replace(district, works=frame, assets=frame)


def exact(figures):
    return sum((Decimal(str(figure)) for figure in figures.dropna()), Decimal(0))


@settings(deadline=None, max_examples=40)  # building frames takes its time
@given(
    cells=st.lists(made_work, min_size=1, max_size=12),
    units=st.lists(st.sampled_from(CODES), max_size=3),
    classes=st.lists(st.sampled_from(ROAD_CLASSES), max_size=3),
)
def test_totals_are_the_sum_of_their_rows_whatever_is_asked_for(bounded, cells, units, classes):
    ledger = length_ledger(filled(bounded, cells), (), unit=units, road_class=classes)
    *by_class, everything = (row for _, row in ledger.totals.iterrows())
    for column in [*SUMMED, "mapped_km"]:
        mapped = everything[column] if not pd.isna(everything[column]) else 0.0
        whole = Decimal(str(mapped))
        assert exact(ledger.works[column]) == whole
        assert exact(ledger.units[column]) == whole
        assert exact(ledger.totals[column][:-1]) == whole
        for row in by_class:
            part = ledger.units[ledger.units["class"] == row["class"]]
            assert exact(part[column]) == exact(pd.Series([row[column]]))
    for flag in Flag:
        counted = sum(flag in flags.split("|") for flags in ledger.works["flags"])
        assert counted == everything[flag] == ledger.units[flag].sum()
    told = ledger.works["reported"].notna().sum()
    assert told == everything["works_reported"] == ledger.units["works_reported"].sum()
    if "625" not in units:
        assert set(ledger.works["unit_code"]) <= set(units or CODES)
    assert set(ledger.works["class"]) <= set(classes or ROAD_CLASSES)


def test_sums_carry_no_noise_of_binary_fractions(tiny):
    for number, km in enumerate(["0.1", "0.2", "0.0003"]):
        road(tiny, f"road-{number}", km)
    assert total(ledger_of(tiny))["promised_km"] == 1.8003
