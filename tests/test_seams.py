"""Gaps and overlaps between the boundaries of the record, as `ntm-geo check` tells them."""

import json

import pytest
from shapely import Polygon, box, remove_repeated_points
from shapely.affinity import translate
from shapely.geometry import mapping

from ntm_geo.workspace import seams

CODES = ("90003", "90010", "90001", "90002")
"""South-west, south-east, north-west, north-east."""

NAMES = {"90001": "Đăk Mơ", "90002": "Sơn Hạ", "90003": "Sơn Hà", "90010": "Ea Tơ"}
M = 1 / 108_000
"""About a metre, in degrees."""


def squares():
    return {
        code: box(x, y, x + 0.046, y + 0.045)
        for code, (x, y) in zip(
            CODES, ((x, y) for y in (13.455, 13.5) for x in (108.454, 108.5)), strict=True
        )
    }


def put(tiny, shapes, *, sketch=(), file="units", **facts):
    features = [
        {
            "type": "Feature",
            "properties": {
                "unit_code": code,
                "position": "sketch" if code in sketch else "digitised",
                "source": "Sở 2022",
                **facts,
            },
            "geometry": mapping(remove_repeated_points(shape)),
        }
        for code, shape in shapes.items()
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    tiny.write(f"gis/geometry/{file}.geojson", text)


def told(tiny):
    return [notice.say("en") for notice in seams.tell_seams(tiny.open())]


def test_boundaries_that_fit_are_passed_over(tiny):
    assert told(tiny) == []
    put(tiny, squares())
    assert told(tiny) == []


def test_a_unit_that_was_moved_is_told_with_what_it_leaves_and_covers(tiny, run_main):
    shapes = squares()
    shapes["90001"] = translate(shapes["90001"], 100 * M)
    put(tiny, shapes)
    out = run_main(["check", "--lang", "en"], tiny.root)
    assert (out.code, out.stdout[:19]) == (0, "The record is clean")
    overlap, *_ = out.stderr.splitlines()
    assert overlap.startswith("Sơn Hạ, Đăk Mơ overlap by 0.50 km² (about 98 m wide) at 108.500")
    assert overlap.endswith("units that come in one file (ntm-geo import) are mended together.")


@pytest.mark.parametrize("sketch", [(), ("90010",)])
def test_a_gap_as_wide_as_a_unit_is_told_only_where_all_units_are_known(tiny, sketch):
    """A unit in the middle of the others that nobody has drawn yet is no gap between them."""
    shapes = squares()
    middle = box(108.49, 13.49, 108.51, 13.51)
    shapes = {code: shape.difference(middle) for code, shape in shapes.items()}
    if sketch:
        shapes["90003"] = shapes["90003"].union(shapes["90010"])
        shapes["90010"] = middle
    put(tiny, shapes, sketch=sketch)
    found = told(tiny)
    if sketch:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith("a gap of 4.79 km²")


def test_a_hole_in_one_unit_is_no_gap_between_two(tiny):
    shapes = squares()
    lake = box(108.47, 13.47, 108.48, 13.48)
    shapes["90003"] = Polygon(shapes["90003"].exterior, [lake.exterior])
    put(tiny, shapes)
    assert told(tiny) == []


def test_the_largest_are_listed_and_the_others_counted(tiny, monkeypatch):
    monkeypatch.setattr(seams, "MOST_LISTED", 2)
    shapes = squares()
    for number in range(4):
        notch = box(
            108.5, 13.51 + 0.005 * number, 108.5 + (20 + number) * M, 13.512 + 0.005 * number
        )
        shapes["90002"] = shapes["90002"].difference(notch)
    put(tiny, shapes)
    first, second, rest = told(tiny)
    assert first.startswith("a gap of 5,100 m² (about 21 m wide) between Sơn Hạ, Đăk Mơ")
    assert second.startswith("a gap of 4,878 m² (about 20 m wide)")
    assert rest.startswith("and 2 smaller gaps and overlaps, 0.009 km² in all.")


def test_units_of_a_later_day_are_held_against_each_other_alone(tiny):
    tiny.write(
        "gis/changes.csv",
        "date,unit_code,name,into_code,into_name,into_kind,part,area_km2,population,source\n"
        + "".join(
            f"2025-07-01,{code},{NAMES[code]},{into},{NAMES[into]},commune,whole,,,NQ\n"
            for code, into in zip(CODES, ("90001", "90002", "90001", "90002"), strict=True)
        ),
    )
    put(tiny, squares())
    west = box(108.454, 13.455, 108.5 + 30 * M, 13.545)
    later = {"90001": west, "90002": box(108.5, 13.455, 108.546, 13.545)}
    put(tiny, later, file="units-2025-07-01", valid_from="2025-07-01")
    (found,) = told(tiny)
    assert found.startswith("units since 1 July 2025: Sơn Hạ, Đăk Mơ overlap by 0.30 km²")
