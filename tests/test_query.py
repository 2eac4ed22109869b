"""Questions about the district: filters, distances, names."""

import itertools

import numpy as np
import pytest
from geopandas.testing import assert_geodataframe_equal
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
