"""Geometry on its way into the record: what gives way, what stays out, what is kept."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box, coverage_is_valid

from ntm_geo.errors import OutputError
from ntm_geo.intake import Incoming, plan_intake, storable, write_intake
from ntm_geo.model import Position
from ntm_geo.sources import Expected, read_geometry, read_standing
from ntm_geo.steps import digests

DAY = date(2023, 5, 4)
EXPECTED = Expected(
    unit_codes={"23641", "23644"},
    asset_layers={"road-a": "roads", "school-a": "schools"},
    seat=(108.6, 14.1),
    later_units={date(2025, 7, 1): {"23641"}},
)
SQUARE = box(108.5, 14.1, 108.6, 14.2)
OTHER = box(108.5, 14.1, 108.6, 14.3)


def unit(geometry=SQUARE, *, key="23641", position=Position.DIGITISED, source="Sở TNMT 2022"):
    return Incoming(
        column="unit_code", key=key, layer="", geometry=geometry, position=position, source=source
    )


def asset(geometry, *, key="road-a", layer="roads", position=Position.SURVEYED, source="GPS"):
    return Incoming(
        column="asset_id", key=key, layer=layer, geometry=geometry, position=position, source=source
    )


def take(root: Path, *incoming, on=DAY, **options):
    (root / "gis").mkdir(exist_ok=True)
    seen = digests(root)
    intake = plan_intake(read_standing(root), incoming, on=on, **options)
    write_intake(root, intake, seen=seen, about="ban-do.shp")
    return intake


def features(root, file):
    return json.loads((root / file).read_text("utf-8"))["features"]


def require_readable(root):
    geometry, problems = read_geometry(root, EXPECTED)
    assert problems == []
    return geometry


def test_what_is_taken_in_is_read_back(tmp_path):
    line = LineString([(108.55, 14.15), (108.56, 14.16)])
    intake = take(tmp_path, unit(), asset(line), asset(Point(108.55, 14.12), key="school-a",
                                                       layer="schools"))  # fmt: skip
    assert sorted(intake.contents) == [
        "gis/geometry/roads.geojson", "gis/geometry/schools.geojson", "gis/geometry/units.geojson",
    ]  # fmt: skip
    geometry = require_readable(tmp_path)
    assert geometry.units.geometry["23641"].equals(SQUARE)
    assert geometry.assets.geometry["road-a"].equals(line)
    assert geometry.assets.loc["school-a", ["position", "source"]].tolist() == ["surveyed", "GPS"]
    assert not (tmp_path / "gis/geometry/history").exists()


def test_what_is_replaced_is_kept_with_the_day_and_its_successor(tmp_path):
    take(tmp_path, unit(), unit(key="23644", geometry=box(108.6, 14.1, 108.7, 14.2)))
    intake = take(tmp_path, unit(OTHER, source="Đo 2023"))
    assert [one.key for one in intake.replaced] == ["23641"]
    geometry = require_readable(tmp_path)
    assert geometry.units.geometry["23641"].equals(OTHER)
    assert sorted(geometry.units.index) == ["23641", "23644"]
    (old,) = features(tmp_path, "gis/geometry/history/2023-05-04.geojson")
    assert old["properties"] == {
        "unit_code": "23641", "position": "digitised", "source": "Sở TNMT 2022",
        "replaced_on": "2023-05-04", "replaced_by": "Đo 2023",
        "was_in": "gis/geometry/units.geojson",
    }  # fmt: skip
    assert Polygon(old["geometry"]["coordinates"][0]).equals(SQUARE)


def test_a_day_with_two_intakes_keeps_both(tmp_path):
    for source in ("một", "hai", "ba"):
        take(tmp_path, unit(source=source))
    kept = features(tmp_path, "gis/geometry/history/2023-05-04.geojson")
    assert [one["properties"]["source"] for one in kept] == ["một", "hai"]


def test_a_survey_is_not_given_up_for_a_drawing_unless_told(tmp_path):
    take(tmp_path, unit(position=Position.SURVEYED))
    intake = take(tmp_path, unit(OTHER))
    assert [one.key for one in intake.kept_out] == ["23641"]
    assert (intake.taken, intake.contents) == ((), {})
    assert require_readable(tmp_path).units.geometry["23641"].equals(SQUARE)
    take(tmp_path, unit(OTHER), replace_better=True)
    assert require_readable(tmp_path).units.geometry["23641"].equals(OTHER)


def test_the_same_again_changes_nothing(tmp_path):
    take(tmp_path, unit())
    before = (tmp_path / "gis/geometry/units.geojson").read_bytes()
    intake = take(tmp_path, unit())
    assert (intake.taken, intake.replaced, intake.contents) == ((), (), {})
    assert (tmp_path / "gis/geometry/units.geojson").read_bytes() == before


def test_a_feature_in_a_file_of_another_name_gives_way_there(tmp_path):
    folder = tmp_path / "gis/geometry/from-qgis"
    folder.mkdir(parents=True)
    take(tmp_path, unit(), unit(key="23644", geometry=box(108.6, 14.1, 108.7, 14.2)))
    (tmp_path / "gis/geometry/units.geojson").rename(folder / "mine.geojson")
    take(tmp_path, unit(OTHER, source="Đo 2023"))
    assert [f["properties"]["unit_code"] for f in features(
        tmp_path, "gis/geometry/from-qgis/mine.geojson")] == ["23644"]  # fmt: skip
    assert require_readable(tmp_path).units.geometry["23641"].equals(OTHER)


def test_properties_that_people_added_stay_with_what_stays(tmp_path):
    take(tmp_path, unit(), unit(key="23644", geometry=box(108.6, 14.1, 108.7, 14.2)))
    path = tmp_path / "gis/geometry/units.geojson"
    content = json.loads(path.read_text("utf-8"))
    content["features"][1]["properties"]["ghi chú"] = "đã kiểm tra"
    path.write_text(json.dumps(content), encoding="utf-8")
    take(tmp_path, unit(OTHER, source="Đo 2023"))
    (kept,) = [f for f in features(tmp_path, "gis/geometry/units.geojson")
               if f["properties"]["unit_code"] == "23644"]  # fmt: skip
    assert kept["properties"]["ghi chú"] == "đã kiểm tra"


def test_nothing_is_replaced_where_one_file_cannot_be_written(tmp_path):
    take(tmp_path, unit())
    before = (tmp_path / "gis/geometry/units.geojson").read_bytes()
    standing = read_standing(tmp_path)
    (tmp_path / "gis/geometry/history").write_text("in the way", encoding="utf-8")
    intake = plan_intake(standing, [unit(OTHER)], on=DAY)
    with pytest.raises(OutputError):
        write_intake(tmp_path, intake, seen=digests(tmp_path), about="ban-do.shp")
    assert (tmp_path / "gis/geometry/units.geojson").read_bytes() == before


def test_a_later_unit_leaves_the_plans_unit_of_the_same_code_alone(tmp_path):
    july = date(2025, 7, 1)
    later = replace(unit(OTHER, source="sau sắp xếp"), valid_from=july)
    take(tmp_path, unit())
    intake = take(tmp_path, later)
    assert (intake.replaced, list(intake.contents)) == (
        (), ["gis/geometry/units-2025-07-01.geojson"],
    )  # fmt: skip
    geometry = require_readable(tmp_path)
    assert geometry.units.geometry["23641"].equals(SQUARE)
    assert geometry.later[july].geometry["23641"].equals(OTHER)
    assert take(tmp_path, later).taken == ()
    assert [one.valid_from for one in take(tmp_path, replace(later, source="lần 2")).replaced] == [
        "2025-07-01",
    ]  # fmt: skip
    assert require_readable(tmp_path).units.loc["23641", "source"] == "Sở TNMT 2022"


@given(
    rounds=st.lists(
        st.lists(st.sampled_from(["23641", "23644"]), unique=True, min_size=1), max_size=4
    )
)
def test_no_feature_is_ever_lost(tmp_path_factory, rounds):
    root = tmp_path_factory.mktemp("intake")
    for number, keys in enumerate(rounds):
        take(root, *(unit(key=key, source=f"lần {number}") for key in keys))
    standing = read_standing(root) if rounds else ()
    sources = sorted((one.key, one.feature["properties"]["source"]) for one in standing)
    assert sources == sorted(
        (key, f"lần {number}") for number, keys in enumerate(rounds) for key in keys
    )
    assert len({one.key for one in standing if not one.is_history}) == len(
        {key for keys in rounds for key in keys}
    )


degrees = st.floats(0.0, 0.1)


@given(st.lists(st.tuples(degrees, degrees), min_size=2, max_size=8))
def test_a_line_comes_back_within_a_centimetre_or_not_at_all(pairs):
    line = LineString([(108.5 + east, 14.0 + north) for east, north in pairs])
    kept = storable(line)
    if kept is None:
        assert line.length < 1e-6
    else:
        assert kept.is_valid
        assert kept.hausdorff_distance(line) < 1.5e-7


@given(st.lists(degrees, min_size=1, max_size=12))
def test_neighbours_share_their_border_when_they_are_rounded(bends):
    step = 0.1 / (len(bends) + 1)
    border = [(108.5 + east, 14.0 + step * (n + 1)) for n, east in enumerate(bends)]
    west = Polygon([(108.45, 14.0), (108.5, 14.0), *border, (108.5, 14.1), (108.45, 14.1)])
    east = Polygon([(108.65, 14.0), (108.5, 14.0), *border, (108.5, 14.1), (108.65, 14.1)])
    kept = [storable(west), storable(east)]
    assert coverage_is_valid(kept)
