"""The district joined: geometry, statuses, counts."""

import json
from datetime import date
from itertools import combinations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from ntm_geo import CrsError, open_workspace
from ntm_geo.join import join_district, merge_status
from ntm_geo.model import Status


@pytest.fixture(scope="module")
def workspace(kbang):
    return open_workspace(kbang)


@pytest.fixture(scope="module")
def district(workspace):
    return workspace.district


def test_frames_keep_the_records_order(workspace, district):
    record = workspace.record
    assert list(district.units["unit_code"]) == [unit.unit_code for unit in record.units]
    assert list(district.assets["asset_id"]) == [asset.asset_id for asset in record.assets]
    assert list(district.works["work_id"]) == [work.work_id for work in record.works]


def test_every_frame_is_in_longitude_and_latitude(district):
    assert {frame.crs.to_epsg() for frame in (district.units, district.assets, district.works)} == {
        4326
    }


def test_without_a_survey_everything_is_a_sketch(district):
    assert set(district.units["position"]) == {"sketch"}
    assert set(district.assets["position"]) == {"sketch"}


def test_sketched_units_are_a_coverage_of_the_official_areas(workspace, district):
    shapes = district.units.geometry
    assert shapes.is_valid.all()
    assert shapely.coverage_is_valid(shapes.to_numpy())
    whole = shapely.union_all(shapes.to_numpy())
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    areas = district.units.to_crs(workspace.record.project.working_crs).area / 1e6
    assert areas.to_numpy() == pytest.approx(district.units["area_km2"].to_numpy(), rel=0.05)
    assert shapely.contains_xy(
        shapes.to_numpy(), district.units["lon"], district.units["lat"]
    ).all()


def test_sketched_units_touch_those_that_they_touch(workspace, district):
    least_km = 0.5
    shapes = district.units.set_index("unit_code").to_crs(workspace.record.project.working_crs)
    drawn = {
        frozenset((a, b))
        for (a, one), (b, other) in combinations(shapes.geometry.items(), 2)
        if shapely.intersection(one, other).length / 1000 > least_km
    }
    known = {
        frozenset((row.unit_code, row.neighbour_code))
        for row in workspace.record.neighbours
        if row.border_km > least_km
    }
    assert len(drawn & known) / len(drawn) >= 0.8
    assert len(drawn & known) / len(known) >= 0.8


def test_sketched_assets_lie_in_their_units_apart_from_each_other(district):
    units = district.units.set_index("unit_code").geometry
    own = district.assets[district.assets["unit_code"].isin(units.index)]
    assert len(own) > 90
    assert shapely.within(own.geometry.to_numpy(), units.loc[own["unit_code"]].to_numpy()).all()
    assert len(set(own.geometry.to_wkb())) == len(own)
    touching = shapely.STRtree(own.geometry.to_numpy()).query(
        own.geometry.to_numpy(), predicate="intersects"
    )
    assert (touching[0] == touching[1]).all()


def test_criteria_met_are_counted_from_the_targets(district):
    counted = district.units.set_index("unit_code")["criteria_met"]
    assert counted.loc["23656"] == 10
    assert counted.isna().sum() == 1  # the town
    assert counted.sum() == 136


def test_surveyed_geometry_wins_and_the_sketch_gives_way(workspace, district):
    code = "23656"
    mine = district.units.set_index("unit_code").geometry[code].buffer(0.01)
    real = gpd.GeoDataFrame(
        {"position": ["surveyed"], "source": ["a survey"]},
        geometry=[mine], index=gpd.pd.Index([code], name="unit_code"), crs="EPSG:4326",
    )  # fmt: skip
    joined = join_district(workspace.record, as_of=date(2023, 3, 1), unit_geometry=real)
    units = joined.units.set_index("unit_code")
    assert units.loc[code, "position"] == "surveyed"
    assert units.geometry[code].equals(mine)
    others = units.drop(code)
    assert set(others["position"]) == {"sketch"}
    assert shapely.area(shapely.intersection(others.geometry.to_numpy(), mine)).max() < 1e-12


def test_a_surveyed_asset_keeps_its_place(workspace):
    place = shapely.LineString([(108.50, 14.17), (108.51, 14.18)])
    real = gpd.GeoDataFrame(
        {"position": ["surveyed"], "source": ["GPS"]},
        geometry=[place],
        index=gpd.pd.Index(["road-field-lo-ku"], name="asset_id"),
        crs="EPSG:4326",
    )
    joined = join_district(workspace.record, as_of=date(2023, 3, 1), asset_geometry=real)
    row = joined.assets.set_index("asset_id").loc["road-field-lo-ku"]
    assert row["position"] == "surveyed"
    assert row.geometry.equals(place)
    work = joined.works.set_index("asset_id").loc["road-field-lo-ku"]
    assert work["length_m"] == pytest.approx(1546, abs=5)


def test_geometry_in_another_crs_is_refused_naming_both(workspace, district):
    real = gpd.GeoDataFrame(
        {"position": ["surveyed"], "source": ["a survey"]},
        geometry=district.units.geometry[:1].to_numpy(),
        index=gpd.pd.Index(district.units["unit_code"][:1], name="unit_code"),
        crs="EPSG:9218",
    )
    with pytest.raises(CrsError, match=r"EPSG:4326.*EPSG:9218"):
        join_district(workspace.record, as_of=date(2023, 3, 1), unit_geometry=real)


def test_the_same_record_gives_the_same_sketch(kbang, district):
    again = open_workspace(kbang).district
    assert list(again.units.geometry.to_wkb()) == list(district.units.geometry.to_wkb())
    assert list(again.assets.geometry.to_wkb()) == list(district.assets.geometry.to_wkb())


def test_an_asset_tells_what_its_works_say_together(district):
    assets = district.assets.set_index("asset_id")
    network = assets.loc["road-network-nghia-an"]
    assert network["works"] == 2
    assert network["status"] == "not_started"
    assert np.isnan(network["quantity"])
    field = assets.loc["road-field-kong-long-khong"]
    assert (field["quantity"], field["measure"], field["criterion"]) == (4.7, "km", "commune:2")
    station = assets.loc["health-station-krong"]
    assert station["works"] == 0
    assert station[["status", "criterion"]].isna().all()
    assert station["clause"] == "III.7.2 Y tế"
    village = assets.loc["village-so-tor-to-tung"]
    assert (village["target"], village["criterion"]) == ("achieve", "village")


@pytest.mark.parametrize(
    ("statuses", "merged"),
    [
        (["completed", "completed"], "completed"),
        (["completed", "cancelled"], "completed"),
        (["cancelled"], "cancelled"),
        (["completed", "not_started"], "in_progress"),
        (["in_progress", "not_started"], "in_progress"),
        (["preparation", "not_started"], "preparation"),
        (["not_started", "cancelled"], "not_started"),
    ],
)
def test_statuses_merge(statuses, merged):
    assert merge_status(Status(status) for status in statuses) == merged


PLAN = ("targets", "assets", "works", "measures", "budget", "offices", "assignments", "statements")


def test_a_district_without_a_plan_yet_builds(tiny):
    tiny.delete("gis/progress/2023-03/90002.csv")
    for name in PLAN:
        file = f"gis/plan/{name}.csv"
        tiny.write(file, tiny.read(file).partition("\n")[0] + "\n")
    workspace = tiny.open()
    built = workspace.build()
    assert [page.stat().st_size > 100_000 for page in built.maps] == [True]
    assert built.layers.read_bytes().startswith(b"SQLite format 3")
    assert len(workspace.works.unfinished()) == len(workspace.criteria) == 0
    assert workspace.units.frame["criteria_met"].isna().all()


def test_figures_of_different_works_are_not_added_up(tiny):
    cells = {"asset_id": "road-a", "name": "Chiếu sáng", "unit_code": "90001", "clause": "II.1"}
    tiny.append(
        "gis/plan/works.csv", work_id="road-a-light", kind="lighting", quantity="1.5",
        measure="km", **cells,
    )  # fmt: skip
    road = tiny.open().district.assets.set_index("asset_id").loc["road-a"]
    assert road["works"] == 2
    assert np.isnan(road["quantity"])
    assert road["criterion"] == "commune:2"


def test_a_criterion_whose_works_are_done_is_counted_apart_from_those_met(tiny):
    before = tiny.open().units.frame.set_index("unit_code").loc["90002"]
    tiny.write("gis/progress/2023-04/90002.csv", "work_id,status\nschool-b-build,completed\n")
    after = tiny.open().units.frame.set_index("unit_code").loc["90002"]
    assert (after["criteria_met"], after["criteria_achieved"]) == (before["criteria_met"], 1)


def test_a_survey_is_not_judged_by_a_sketched_boundary(tiny):
    units = tiny.open().units.frame.set_index("unit_code").geometry
    place = units["90001"].representative_point()  # the sketch of another unit
    tiny.write(
        "gis/geometry/schools.geojson",
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {
                            "asset_id": "school-b", "position": "surveyed", "source": "GPS",
                        },
                        "geometry": shapely.geometry.mapping(place),
                    }
                ],
            }
        ),
    )  # fmt: skip
    inside = tiny.open().assets.inside("90002")
    assert "school-b" in set(inside.frame["asset_id"])
    assert any("record" in note.en for note in inside.notes)


# --- the plan's other tables -------------------------------------------------------------------


def test_measures_keep_every_column_of_the_record(tiny):
    measures = tiny.open().district.measures
    assert list(measures.columns) == [
        "measure_id", "name", "unit_code", "unit_name", "comparator", "quantity", "quantity_max",
        "measure", "set", "number", "criterion", "office", "funding", "due", "note", "clause",
    ]  # fmt: skip
    poverty, pupils = measures.to_dict("records")
    assert (poverty["unit_name"], poverty["comparator"]) == ("Huyện Ea Tơ", ">=")
    assert gpd.pd.isna([poverty["criterion"], poverty["number"], poverty["due"]]).all()
    assert (pupils["criterion"], pupils["number"], pupils["quantity"]) == ("commune:3", 3, 98.5)
    assert (pupils["due"], pupils["office"], pupils["funding"]) == (
        "2023-09-30", "school-office", "local",
    )  # fmt: skip


def test_a_source_without_a_figure_is_kept_without_one(tiny):
    tiny.append(
        "gis/plan/budget.csv", source_id="aid", name="Viện trợ", name_en="Aid", parent="central",
        clause="V",
    )  # fmt: skip
    budget = tiny.open().district.budget
    assert list(budget["source_id"]) == ["central", "local", "aid"]
    assert list(budget["amount_mvnd"][:2]) == [1000.0, 250.5]
    aid = budget.iloc[2]
    assert np.isnan(aid["amount_mvnd"])
    assert tuple(aid[["name_vi", "name_en", "parent", "clause"]]) == (
        "Viện trợ", "Aid", "central", "V",
    )  # fmt: skip
    assert gpd.pd.isna(budget["parent"][0])


def test_offices_stand_with_their_names_and_clauses(tiny):
    district = tiny.open().district
    assert list(district.offices.columns) == ["office_id", "name_vi", "name_en", "clause"]
    assert [tuple(named) for named in district.office_names] == [
        ("works-office", "office", ("Phòng Công trình", "Works office")),
        ("school-office", "office", ("Phòng Trường học", "Schools office")),
    ]


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2023, 3, 30), []),
        (date(2023, 4, 29), [("2023-03", "90002", 0)]),
        (
            date(2023, 4, 30),
            [
                ("2023-03", "90002", 0),
                ("2023-04", "90001", 0),
                ("2023-04", "90002", 0),
                ("2023-04", "90002", 2),
            ],
        ),
    ],
)
def test_only_months_that_have_ended_are_counted_in_order(tiny, day, months):
    for name in ("90002-2", "90002"):
        tiny.write(f"gis/progress/2023-04/{name}.csv", "work_id,status\nschool-b-build,completed\n")
    tiny.write("gis/progress/2023-04/90001.csv", "work_id,status\nroad-a-harden,in_progress\n")
    district = join_district(tiny.record(), as_of=day)
    assert list(district.months.columns) == ["month", "unit_code", "correction", "whole"]
    told = district.months[district.months["whole"]].drop(columns="whole")
    assert list(told.itertuples(index=False, name=None)) == months
    assert district.reported_units == {unit_code for _, unit_code, _ in months}


def test_a_work_carries_the_name_of_its_asset(workspace, district):
    names = {asset.asset_id: asset.name for asset in workspace.record.assets}
    assert list(district.works["asset_name"]) == [names[a] for a in district.works["asset_id"]]


def test_empty_tables_keep_their_columns_and_types(tiny):
    full = tiny.open().district
    tiny.delete("gis/progress/2023-03/90002.csv")
    for name in PLAN:
        file = f"gis/plan/{name}.csv"
        tiny.write(file, tiny.read(file).partition("\n")[0] + "\n")
    empty = tiny.open().district
    for name in ("measures", "budget", "offices", "months"):
        frame = getattr(empty, name)
        assert len(frame) == 0
        assert list(frame.columns) == list(getattr(full, name).columns)
    assert empty.measures["quantity"].dtype == empty.budget["amount_mvnd"].dtype == float
    assert empty.office_names == ()
    assert empty.reported_units == frozenset()
