"""Questions about the district: filters, distances, names."""

import itertools
import json

import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from ntm_geo import NameAmbiguousError, NameUnknownError, OptionError, open_workspace

GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def workspace(kbang):
    return open_workspace(kbang)


def test_unfinished_roads_are_the_works_on_roads(workspace):
    found = workspace.works.unfinished(layer="roads").frame
    assert set(found["layer"]) == {"roads"}
    hardened = found[found["kind"] == "harden"]
    assert len(hardened) == 13
    assert hardened["length_m"].to_numpy() == pytest.approx(
        hardened["quantity"].to_numpy() * 1000, abs=1
    )


def test_filters_combine_with_and(workspace):
    works = workspace.works
    both = works.where(layer="roads", unit="Nghĩa An", criterion="commune:2").frame
    separate = works.where(layer="roads").where(unit="23662").where(criterion="commune:2").frame
    assert list(both["work_id"]) == list(separate["work_id"])
    assert list(both["work_id"]) == ["road-village-nghia-an-harden", "road-field-nghia-an-harden"]


@pytest.mark.parametrize(
    "spelling",
    ["Kông Bơ La", "kong bo la", "Kông Bờ La", "KôngPla", "B'La", "xã Kông Pla", "23671"],
)
def test_a_unit_is_found_by_any_spelling(workspace, spelling):
    assert set(workspace.works.where(unit=spelling).frame["unit_code"]) == {"23671"}


def test_the_districts_name_alone_is_ambiguous(workspace):
    with pytest.raises(NameAmbiguousError, match=r"23638.*625"):
        workspace.works.where(unit="Kbang")


@pytest.mark.parametrize("name", ["huyện Kbang", "625"])
def test_the_district_itself_can_be_asked_for(workspace, name):
    assert set(workspace.works.where(unit=name).frame["unit_code"]) == {"625"}


def test_an_unknown_name_lists_the_nearest(workspace):
    with pytest.raises(NameUnknownError, match="Tơ Tung"):
        workspace.works.where(unit="Tơ Tunng")


@pytest.mark.parametrize(
    "filters", [{"status": "done"}, {"layer": "road"}], ids=lambda filters: next(iter(filters))
)
def test_words_outside_the_lists_are_refused(workspace, filters):
    with pytest.raises(OptionError, match=r"not in the list"):
        workspace.works.where(**filters)


def test_an_unknown_criterion_is_refused(workspace):
    with pytest.raises(NameUnknownError, match="commune:20"):
        workspace.works.where(criterion="commune:20")


def test_an_office_is_found_by_id_and_by_name(workspace):
    by_id = workspace.works.where(office="education").frame
    by_name = workspace.works.where(office="phòng giáo dục và đào tạo").frame
    assert len(by_id) == 6
    assert list(by_id["work_id"]) == list(by_name["work_id"])


def test_near_gives_true_metres(workspace):
    lon, lat = 108.60, 14.14
    found = workspace.assets.near(lon, lat, within_m=6000).frame
    points = found[found.geom_type == "Point"]
    assert len(points) > 3
    _, _, true = GEOD.inv(
        np.full(len(points), lon), np.full(len(points), lat), points.geometry.x, points.geometry.y
    )
    assert points["distance_m"].to_numpy() == pytest.approx(true, abs=0.1)
    assert found["distance_m"].is_monotonic_increasing


def test_near_is_a_subset_of_a_wider_near(workspace):
    ids = [
        set(workspace.works.near(108.60, 14.14, within_m=metres).frame["work_id"])
        for metres in (0, 500, 2000, 5000, 20000, 100_000)
    ]
    assert all(left <= right for left, right in itertools.pairwise(ids))
    assert ids[0] != ids[-1]


def test_within_finds_what_every_pair_says(workspace):
    found = workspace.works.within(9000, of="health_stations").frame
    assets = workspace.assets.frame
    stations = assets[assets["layer"] == "health_stations"]
    works = workspace.works.frame
    points = works[(works.geom_type == "Point") & (works["unit_code"] != "625")]
    expected = {}
    for work in points.itertuples():
        others = stations[stations["asset_id"] != work.asset_id]
        _, _, metres = GEOD.inv(
            np.full(len(others), work.geometry.x), np.full(len(others), work.geometry.y),
            others.geometry.x, others.geometry.y,
        )  # fmt: skip
        if metres.min() <= 9000:
            expected[work.work_id] = (others["asset_id"].iloc[metres.argmin()], metres.min())
    got = found[found.geom_type == "Point"].set_index("work_id")
    assert set(got.index) == set(expected)
    for work_id, (station, metres) in expected.items():
        assert got.loc[work_id, "nearest_id"] == station
        assert got.loc[work_id, "distance_m"] == pytest.approx(metres, abs=0.1)


def test_an_asset_is_not_its_own_neighbour(workspace):
    found = workspace.assets.where(layer="schools").within(100_000, of="schools").frame
    assert len(found) == 3
    assert (found["asset_id"] != found["nearest_id"]).all()


def test_distances_between_sketches_say_so(workspace):
    selection = workspace.works.within(5000, of="schools")
    assert set(selection.frame["distance_position"]) == {"sketch"}
    assert any("sketch" in note.en for note in selection.notes)


def test_what_belongs_to_the_whole_district_has_no_distance(workspace):
    selection = workspace.works.near(108.6, 14.1, within_m=1_000_000)
    assert "625" not in set(selection.frame["unit_code"])
    whole = (workspace.works.frame["unit_code"] == "625").sum()
    assert any(note.en.startswith(f"{whole} rows") for note in selection.notes)


def test_inside_a_unit_takes_a_sketch_by_its_record(workspace):
    found = workspace.works.inside("Lơ Ku").frame
    assert set(found["unit_code"]) == {"23656"}
    assert len(found) == len(workspace.works.where(unit="Lơ Ku").frame)


def test_inside_the_district_is_everything(workspace):
    assert len(workspace.works.inside("625")) == len(workspace.works)


@pytest.mark.parametrize("metres", [-1, float("nan"), float("inf")])
def test_no_distance_is_refused(workspace, metres):
    with pytest.raises(OptionError):
        workspace.works.near(108.6, 14.1, within_m=metres)


@pytest.mark.parametrize(("lon", "lat"), [(14.1, 108.6), (float("nan"), 14.1)])
def test_no_point_is_refused(workspace, lon, lat):
    with pytest.raises(OptionError):
        workspace.works.near(lon, lat, within_m=1000)


def test_tables_without_places_refuse_spatial_questions(workspace):
    with pytest.raises(OptionError, match="no places"):
        workspace.criteria.near(108.6, 14.1, within_m=1000)


def test_filters_change_no_input(workspace):
    before = workspace.works.frame.copy()
    workspace.works.unfinished(layer="roads").within(5000, of="schools").inside("Lơ Ku")
    assert_geodataframe_equal(before, workspace.works.frame)


# --- kinds and searches ------------------------------------------------------------------------


def test_kinds_of_works_are_kept(workspace):
    found = workspace.works.where(kind=["harden", "lighting"]).frame
    assert set(found["kind"]) == {"harden", "lighting"}
    assert len(workspace.works.where(kind="harden")) == 13


def test_a_kind_outside_the_list_is_refused_with_the_list(workspace):
    with pytest.raises(OptionError, match=r"option --kind.*«hardn».*harden.*line_canals"):
        workspace.works.where(kind="hardn")


@pytest.mark.parametrize("rows", ["assets", "units", "criteria"])
def test_only_works_have_a_kind_of_work(workspace, rows):
    with pytest.raises(OptionError, match=r"no such filter.*Allowed: works\."):
        getattr(workspace, rows).where(kind="harden")


@pytest.mark.parametrize("rows", ["units", "criteria"])
def test_only_works_and_assets_are_searched(workspace, rows):
    with pytest.raises(OptionError, match=r"no such filter.*Allowed: works, assets\."):
        getattr(workspace, rows).where(search="x")


@pytest.mark.parametrize(
    "text",
    ["nội đồng Lơ Ku", "NOI DONG LO KU", "lo-ku, noi dong", "dong lo   noi KU", "ội Đồn ơ Ku"],
)
def test_a_search_needs_all_its_words_in_any_order_and_spelling(workspace, text):
    found = workspace.works.where(search=text).frame
    assert list(found["work_id"]) == ["road-field-lo-ku-harden"]


@pytest.mark.parametrize("text", ["", "   ", "-–!", "\u0300"])
def test_a_search_for_nothing_keeps_everything(workspace, text):
    assert len(workspace.works.where(search=text)) == len(workspace.works)


@pytest.mark.parametrize(
    ("rows", "text", "key"),
    [
        ("works", "cung hoa duong", "road-a-harden"),  # the work's name
        ("works", "lưới điện toàn", "grid-upgrade"),  # its asset's name
        ("works", "son ha", "school-b-build"),  # its unit
        ("works", "ii 3", "village-a-refurbish"),  # its clause
        ("assets", "truong b", "school-b"),
        ("assets", "thi tran to 1", "house-town"),
        ("assets", "dak mo lang a duong", "road-a"),
        ("assets", "II.5", "grid"),
    ],
)
def test_a_search_looks_into_names_unit_and_clause(tiny, rows, text, key):
    selection = getattr(tiny.open(), rows)
    assert list(selection.where(search=text).frame.iloc[:, 0]) == [key]


def test_a_search_looks_into_an_assets_own_clause_only(tiny):
    tiny.edit("gis/plan/works.csv", 2, "clause", "VII.7")
    workspace = tiny.open()
    assert len(workspace.works.where(search="VII.7")) == 1
    assert len(workspace.assets.where(search="VII.7")) == 0


def test_a_word_does_not_reach_across_two_cells(workspace):
    assert len(workspace.works.where(search="loku")) == 0


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["đường", "xã", "Lơ", "trạm y tế", "2", ""]), st.text(max_size=4))
def test_more_words_never_find_more(workspace, text, more):
    works = workspace.works
    assert set(works.where(search=f"{text} {more}").frame.index) <= set(
        works.where(search=text).frame.index
    )


def test_a_search_combines_with_the_other_filters(workspace):
    found = workspace.works.unfinished(search="duong", unit="Lơ Ku", kind="harden").frame
    assert list(found["work_id"]) == ["road-field-lo-ku-harden"]


# --- near an asset -----------------------------------------------------------------------------

ROAD = "road-field-lo-ku"


def test_near_a_point_asset_is_near_its_point(workspace):
    key = "health-station-to-tung"
    place = workspace.assets.frame.set_index("asset_id").geometry[key]
    by_asset = workspace.assets.near_asset(key, within_m=8000).frame
    by_point = workspace.assets.near(place.x, place.y, within_m=8000).frame
    assert len(by_asset) > 3
    assert_geodataframe_equal(by_asset, by_point[by_point["asset_id"] != key])


def test_near_a_road_is_measured_from_its_nearest_point(workspace):
    assets = workspace.assets.frame.set_index("asset_id")
    line = assets.geometry[ROAD]
    found = workspace.assets.near_asset(ROAD, within_m=9000).frame
    points = found[found.geom_type == "Point"]
    along = shapely.get_coordinates(shapely.segmentize(line, 1e-5))
    assert len(points) > 3
    for row in points.itertuples():
        _, _, metres = GEOD.inv(
            np.full(len(along), row.geometry.x), np.full(len(along), row.geometry.y),
            along[:, 0], along[:, 1],
        )  # fmt: skip
        assert row.distance_m == pytest.approx(metres.min(), abs=0.6)
    assert found["distance_m"].is_monotonic_increasing


def test_the_asset_itself_is_left_out_and_its_works_are_kept(workspace):
    assert ROAD not in set(workspace.assets.near_asset(ROAD, within_m=9000).frame["asset_id"])
    works = workspace.works.near_asset(ROAD, within_m=9000).frame
    own = works[works["asset_id"] == ROAD]
    assert list(own["distance_m"]) == [0.0]
    assert works["work_id"].iloc[0] == f"{ROAD}-harden"


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([ROAD, "health-station-to-tung", "road-network-nghia-an"]),
    st.tuples(st.floats(0, 60_000), st.floats(0, 60_000)).map(sorted),
    st.sampled_from(["works", "assets"]),
)
def test_near_an_asset_is_a_subset_of_a_wider_near(workspace, key, metres, rows):
    selection = getattr(workspace, rows)
    less, more = (selection.near_asset(key, within_m=m).frame for m in metres)
    assert set(less.index) <= set(more.index)
    assert (less["distance_m"] <= metres[0] + 0.05).all()


@pytest.mark.parametrize(
    ("asset", "row", "certainty"),
    [
        ("surveyed", "surveyed", "surveyed"),
        ("digitised", "surveyed", "digitised"),
        ("surveyed", "digitised", "digitised"),
        ("surveyed", "sketch", "sketch"),
    ],
)
def test_a_distance_is_as_certain_as_the_less_certain_end(tiny, asset, row, certainty):
    places = {"school-b": (asset, [108.52, 13.52]), "village-a": (row, [108.47, 13.52])}
    features = [
        {
            "type": "Feature",
            "properties": {"asset_id": key, "position": position, "source": "GPS"},
            "geometry": {"type": "Point", "coordinates": place},
        }
        for key, (position, place) in places.items()
        if position != "sketch"
    ]
    collection = {"type": "FeatureCollection", "features": features}
    tiny.write("gis/geometry/assets.geojson", json.dumps(collection))
    selection = tiny.open().assets.where(layer="villages").near_asset("school-b", within_m=50_000)
    assert list(selection.frame["distance_position"]) == [certainty]
    assert any("sketch" in note.en for note in selection.notes) == (certainty == "sketch")


def test_an_asset_is_found_by_its_name_too(workspace):
    by_id = workspace.assets.near_asset(ROAD, within_m=5000).frame
    by_name = workspace.assets.near_asset("duong truc chinh noi dong xa lo ku", within_m=5000).frame
    assert_geodataframe_equal(by_id, by_name)


def test_an_unknown_asset_lists_the_nearest(workspace):
    with pytest.raises(NameUnknownError, match=r"option --near.*road-field-lo-ku\)"):
        workspace.assets.near_asset("road-field-lo-kuu", within_m=5000)


def test_an_asset_without_a_place_is_refused_by_name(workspace):
    with pytest.raises(OptionError, match=r"no known place.*planning-region"):
        workspace.assets.near_asset("planning-region", within_m=5000)


@pytest.mark.parametrize("metres", [-1, float("nan"), float("inf")])
def test_no_distance_from_an_asset_is_refused(workspace, metres):
    with pytest.raises(OptionError, match="not a distance"):
        workspace.works.near_asset(ROAD, within_m=metres)


@pytest.mark.parametrize("rows", ["units", "criteria"])
def test_tables_without_assets_are_not_near_one(workspace, rows):
    with pytest.raises(OptionError, match="option --near"):
        getattr(workspace, rows).near_asset(ROAD, within_m=5000)


def test_units_are_near_nothing(workspace):
    with pytest.raises(OptionError, match="no such filter"):
        workspace.units.near(108.6, 14.1, within_m=1000)
