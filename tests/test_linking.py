"""Which feature is which unit or asset: every word of the closed lists, and never a wrong code."""

import unicodedata
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_geo.errors import CrsError
from ntm_geo.linking import (
    Alias,
    By,
    Columns,
    NameIndex,
    Sure,
    find_asset_name_column,
    find_code_column,
    find_columns,
    find_id_column,
    find_kind_column,
    find_name_column,
    find_unit_column,
    learn,
    link_assets,
    link_units,
    recognise_units,
    unit_sets,
    units_without_feature,
)
from ntm_geo.model import Unit, UnitChange
from ntm_geo.names import Named, bare_key, find_fits

CRS = "EPSG:9218"
SIDE_M = 5000.0
EAST, NORTH = 495_000.0, 1_490_000.0
TO_DEGREES = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
START = date(2023, 1, 31)
MERGER = date(2025, 7, 1)


def cell(column, row, columns=1, rows=1):
    """Return a rectangle of the district's grid of squares."""
    west, south = EAST + column * SIDE_M, NORTH + row * SIDE_M
    return shapely.box(west, south, west + columns * SIDE_M, south + rows * SIDE_M)


PLACES = {
    "90001": ("Đăk Mơ", "commune", ("ĐăkMơ", "Đak Mơ"), cell(0, 0)),
    "90002": ("Sơn Hạ", "commune", (), cell(1, 0)),
    "90003": ("Sơn Hà", "commune", (), cell(2, 0)),
    "90004": ("Đông", "commune", (), cell(0, 1)),
    "90005": ("Krông Bơ", "commune", (), cell(1, 1)),
    "90010": ("Ea Tơ", "town", ("TT Ea Tơ",), cell(2, 1)),
}


def unit(code):
    name, kind, aliases, shape = PLACES[code]
    lon, lat = TO_DEGREES.transform(*shape.centroid.coords[0])
    return Unit(
        unit_code=code, name=name, kind=kind, aliases="|".join(aliases), area_km2="25",
        lon=lon, lat=lat, source="bịa",
    )  # fmt: skip


def change(day, code, into_code, into_name, area_km2=""):
    return UnitChange(
        date=day, unit_code=code, name=PLACES[code][0], into_code=into_code, into_name=into_name,
        into_kind="commune", part="part" if area_km2 else "whole", area_km2=area_km2, source="bịa",
    )  # fmt: skip


UNITS = [unit(code) for code in PLACES]
CHANGES = [
    change("2024-11-01", "90003", "90002", "Sơn Hạ", "10"),
    change("2024-11-01", "90003", "90010", "Ea Tơ", "15"),
    # The code of one unit and the name of another, as mergers hand them out.
    change("2025-07-01", "90001", "90003", "Đăk Mơ"),
    change("2025-07-01", "90004", "90003", "Đăk Mơ"),
    change("2025-07-01", "90002", "90010", "Ea Tơ"),
    change("2025-07-01", "90010", "90010", "Ea Tơ"),
]
SETS = unit_sets(UNITS, CHANGES, start=START)
PLAN, PARTED, MERGED = SETS
LATER = {
    "90003": ("Đăk Mơ", cell(0, 0, rows=2)),
    "90005": ("Krông Bơ", cell(1, 1)),
    "90010": ("Ea Tơ", shapely.union_all([cell(1, 0), cell(2, 0), cell(2, 1)])),
}


def features(*rows, crs=CRS, **columns):
    """Return a frame of (name, shape) rows."""
    names, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"NAME": list(names), **columns}, geometry=list(shapes), crs=crs)


def whole():
    return features(*((name, shape) for name, _, _, shape in PLACES.values()))


def nowhere(*names):
    return features(*((name, None) for name in names))


NAME = Columns(name="NAME")
BOTH = Columns(name="NAME", code="CODE")


def link(frame, columns=NAME, units=PLAN, others=()):
    return link_units(frame, units, others=others, columns=columns)


# --- units: every word ---------------------------------------------------------------------------


def test_names_sizes_and_places_that_agree_are_certain():
    links = link_units(whole(), PLAN, others=SETS[1:])
    assert [one.code for one in links] == list(PLACES)
    assert [one.feature for one in links] == list(range(6))
    assert {one.by for one in links} == {By.NAME}
    # Sơn Hạ and Sơn Hà differ by a tone only: the place decides, and it stays likely.
    sure = [one.sure for one in links]
    assert sure == [Sure.CERTAIN, Sure.LIKELY, Sure.LIKELY, *[Sure.CERTAIN] * 3]
    assert units_without_feature(links, PLAN) == ()


@pytest.mark.parametrize(
    ("name", "code", "sure"),
    [
        ("Đăk Mơ", "90001", Sure.CERTAIN),
        ("xã ĐĂK-MƠ", "90001", Sure.CERTAIN),
        ("Dak Mo", "90001", Sure.LIKELY),
        ("Sơn Hà", None, Sure.AMBIGUOUS),
        ("son ha", None, Sure.AMBIGUOUS),
        ("Krông Bờ", "90005", Sure.LIKELY),
        ("Krông Bơơ", None, Sure.AMBIGUOUS),
        ("Đăk Mơ, giáp xã Đông", None, Sure.NONE),
        ("phía Đông", None, Sure.NONE),
        ("Thị trấn Ea Tơ", "90010", Sure.CERTAIN),
        ("Xã Ea Tơ", None, Sure.AMBIGUOUS),
        ("Huyện Ea Tơ", None, Sure.AMBIGUOUS),
        ("Biển Hồ", None, Sure.NONE),
        (None, None, Sure.NONE),
    ],
)
def test_a_name_alone(name, code, sure):
    (one,) = link(nowhere(name))
    assert (one.code, one.sure) == (code, sure)
    assert one.found == (name or "")
    assert one.by == (None if sure == Sure.NONE else By.NAME)
    assert all(one.why)


def test_what_differs_by_a_tone_only_is_asked_about_with_both():
    (one,) = link(nowhere("Sơn Hà"))
    assert one.candidates == ("90003", "90002")
    assert one.why.en.endswith("which one is it?")
    assert one.why.vi.endswith("là đơn vị nào?")


def test_the_column_of_kinds_tells_a_town_from_a_commune():
    frame = features(("EaTơ", None), ("Đông", None), KIND=["Thịtrấn", "Xã"])
    assert find_kind_column(frame).name == "KIND"
    columns = Columns(name="NAME", kind="KIND")
    assert [one.code for one in link(frame, columns)] == ["90010", "90004"]
    wrong = frame.assign(KIND=["Xã", "Xã"])
    assert link(wrong, columns)[0].sure == Sure.AMBIGUOUS


def test_a_name_in_another_place_is_asked_about():
    (one,) = link(features(("Đăk Mơ", cell(1, 1))))
    assert (one.code, one.sure, one.by) == (None, Sure.AMBIGUOUS, By.NAME)
    assert one.candidates == ("90001", "90005")
    assert "(25.005 km²)" in one.why.en
    assert "(25,005 km²)" in one.why.vi
    (large,) = link(features(("Đăk Mơ", cell(0, 0, 2, 2))))
    assert large.candidates == ("90001",)
    assert large.why.en.endswith("is it this unit?")


def test_a_district_that_is_called_as_its_town_is_not_taken_for_it():
    (one,) = link(features(("Ea Tơ", cell(0, 0, 3, 2))))
    assert (one.code, one.sure) == (None, Sure.AMBIGUOUS)


@pytest.mark.parametrize(
    ("code", "name", "shape", "expected", "sure"),
    [
        ("90001", "Đăk Mơ", cell(0, 0), "90001", Sure.CERTAIN),
        ("90001", "Đăk Mơ", None, "90001", Sure.CERTAIN),
        (90001.0, "", cell(0, 0), "90001", Sure.CERTAIN),
        ("090001", "", None, "90001", Sure.LIKELY),
        ("90001", "Biển Hồ", None, "90001", Sure.LIKELY),
        ("90002", "son ha", None, "90002", Sure.CERTAIN),
        ("90001", "Đông", None, None, Sure.AMBIGUOUS),
        ("90001", "Đăk Mơ", cell(0, 0, 1, 2), None, Sure.AMBIGUOUS),
        ("77777", "Đăk Mơ", None, "90001", Sure.CERTAIN),
        ("77777", "", None, None, Sure.NONE),
    ],
)
def test_a_code_and_a_name(code, name, shape, expected, sure):
    (one,) = link(features((name, shape), CODE=[code]), BOTH)
    assert (one.code, one.sure) == (expected, sure)


def test_a_code_that_the_name_contradicts_shows_both():
    (one,) = link(features(("Đông", None), CODE=["90001"]), BOTH)
    assert (one.by, one.candidates) == (By.CODE, ("90001", "90004"))
    assert "which of them is right?" in one.why.en


@pytest.mark.parametrize(
    ("name", "shape", "code", "sure", "by"),
    [
        (None, cell(1, 1), "90005", Sure.LIKELY, By.PLACE),
        ("Krông Bơơ", cell(1, 1), "90005", Sure.LIKELY, By.PLACE),
        ("Biển Hồ", cell(1, 1), None, Sure.AMBIGUOUS, By.PLACE),
        ("Đăk Mơơ", cell(1, 1), None, Sure.AMBIGUOUS, By.NAME),
        (None, cell(1, 1).centroid, None, Sure.AMBIGUOUS, By.PLACE),
        (None, cell(0, 0, 2, 1), None, Sure.NONE, None),
        (None, cell(40, 40), None, Sure.NONE, None),
        (None, shapely.Polygon(), None, Sure.NONE, None),
    ],
)
def test_a_place(name, shape, code, sure, by):
    (one,) = link(features((name, shape)))
    assert (one.code, one.sure, one.by) == (code, sure, by)


def test_two_features_of_one_unit_are_a_conflict_and_both_are_shown():
    frame = features(("Đăk Mơ", None), ("Đông", None), ("dak mo", None)).set_axis([7, 8, 9])
    first, other, second = link(frame)
    assert other.code == "90004"
    assert (first.code, second.code) == (None, None)
    assert (first.sure, second.sure) == (Sure.AMBIGUOUS, Sure.AMBIGUOUS)
    assert (first.rivals, second.rivals) == ((9,), (7,))
    assert first.candidates == ("90001",)
    assert "(7, 9)" in first.why.vi
    assert units_without_feature([other], PLAN) == ("90001", "90002", "90003", "90005", "90010")


def test_points_are_linked_by_name_where_they_lie():
    seats = whole().assign(geometry=lambda frame: frame.representative_point())
    assert [one.code for one in link(seats)][3:] == ["90004", "90005", "90010"]
    far = features(("Đông", cell(20, 20).centroid))
    assert link(far)[0].sure == Sure.AMBIGUOUS


def test_features_state_their_crs():
    with pytest.raises(CrsError):
        link(features(("Đông", None), crs=None))


def test_any_crs_will_do():
    there = whole().to_crs("EPSG:4326")
    assert [one.code for one in link(there)] == list(PLACES)


# --- units: identity is code and day -------------------------------------------------------------


def later(columns=("NAME", "CODE")):
    frame = features(*LATER.values(), CODE=list(LATER))
    return frame[[*columns, "geometry"]]


def test_sets_know_what_units_become():
    assert [one.since for one in SETS] == [None, date(2024, 11, 1), MERGER]
    parted = {one.code: one for one in PARTED.units}
    assert parted["90002"].area_km2 == pytest.approx(35)
    assert len(parted["90002"].centres) == 1
    merged = {one.code: one for one in MERGED.units}
    assert merged["90003"].spellings == ("Đăk Mơ", "ĐăkMơ", "Đak Mơ")
    assert merged["90003"].area_km2 == pytest.approx(50)
    assert merged["90010"].kind == "commune"
    assert merged["90005"].area_km2 == pytest.approx(25)
    assert MERGED.say().en == "the units since 1 July 2025"
    assert MERGED.say().vi == "các đơn vị từ ngày 01/07/2025"
    unknown = [row.model_copy(update={"area_km2": None}) for row in CHANGES]
    areas = {one.code: one.area_km2 for one in unit_sets(UNITS, unknown, start=START)[1].units}
    assert areas["90002"] is None


@pytest.mark.parametrize("columns", [("NAME", "CODE"), ("NAME",), ("CODE",), ()])
def test_units_of_a_later_day_are_never_taken_for_those_of_the_plan(columns):
    links = link_units(later(columns), PLAN, others=SETS[1:])
    assert {(one.code, one.sure) for one in links} == {(None, Sure.NONE)}
    assert {one.why.en.split(":")[0] for one in links} == {"these are the units since 1 July 2025"}
    assert {one.why.vi.split(":")[0] for one in links} == {"đây là các đơn vị từ ngày 01/07/2025"}


def test_units_of_a_later_day_are_linked_under_their_own_validity():
    links = link_units(later(), MERGED, others=(PLAN, PARTED))
    assert [one.code for one in links] == list(LATER)
    assert {one.sure for one in links} == {Sure.CERTAIN}
    plan = link_units(whole(), MERGED, others=(PLAN, PARTED))
    assert {one.why.en.split(":")[0] for one in plan} == {"these are the units of the plan"}


def test_recognition_counts_what_fits_each_day():
    found = recognise_units(later(), SETS, BOTH)
    assert (found.units, found.fits) == (MERGED, (1, 1, 3))
    assert recognise_units(whole(), SETS, NAME).units is PLAN


def test_names_that_two_days_share_are_asked_about():
    links = link_units(nowhere("Đăk Mơ", "Krông Bơ", "Ea Tơ"), PLAN, others=SETS[1:])
    assert {(one.code, one.sure) for one in links} == {(None, Sure.AMBIGUOUS)}
    assert links[0].why.en.endswith("of which day is this file?")
    # With one unit only nothing speaks for another day.
    assert link_units(nowhere("Krông Bơ"), PLAN, others=SETS[1:])[0].code == "90005"


def test_what_somebody_says_of_a_boundary_counts_first():
    frame = features(("Sơn Hà", None), ("Đông", None), ("đông", None))
    links = link_units(frame, PLAN, columns=NAME, told={0: "90003", 2: None})
    assert [one.code for one in links] == ["90003", "90004", None]
    assert [one.by for one in links] == [By.TOLD, By.NAME, By.TOLD]


def test_a_unit_of_the_same_name_elsewhere_is_no_question_where_the_own_one_is_there():
    there = [("Đông", cell(0, 1)), ("Đăk Mơ", cell(0, 0)), ("Krông Bơ", cell(1, 1))]
    *own, other = link(features(*there, ("Đông", cell(0, 7))))
    assert [one.code for one in own] == ["90004", "90001", "90005"]
    assert (other.code, other.sure) == (None, Sure.NONE)
    assert other.why.en.endswith("the district's is feature 0")
    # A small piece may be a part of the unit, and is asked about.
    piece = shapely.box(EAST - 900, NORTH, EAST - 100, NORTH + 1000)
    assert link(features(*there, ("Đông", piece)))[3].sure == Sure.AMBIGUOUS


def test_a_name_nearly_spelled_so_is_no_question_where_the_place_is_another():
    (one,) = link(features(("Đăk Mơơ", cell(9, 9))))
    assert (one.code, one.sure, one.candidates) == (None, Sure.CLOSE, ("90001",))


# --- columns -------------------------------------------------------------------------------------

NAMED = PLAN.named


def test_the_columns_are_found_by_what_stands_in_them():
    table = pd.DataFrame(
        {
            "GID": ["VNM.1_1", "VNM.2_1", "VNM.3_1"],
            "NAME_2": ["EaTơ"] * 3,
            "BARE": ["DakMo", "Dong", "EaTo"],
            "NAME_3": ["ĐăkMơ", "Đông", None],
            "NAME_4": ["ĐăkMơ", "Đông", "EaTơ"],
            "TYPE": ["Xã", "Xã", "Thịtrấn"],
            "CC": [90001.0, 90004.0, 90010.0],
        }
    )
    name, code = find_name_column(table, NAMED), find_code_column(table, NAMED)
    assert (name.name, name.share, name.exact, name.others) == ("NAME_4", 1, 1, ("BARE", "NAME_3"))
    assert name.why.en == "column 'NAME_4': 3 of 3 names found, 3 with their tones"
    assert name.why.vi == "cột «NAME_4»: 3/3 tên tìm thấy, 3 viết đúng dấu"
    assert (code.name, code.share) == ("CC", 1)
    assert find_columns(table, NAMED) == Columns(name="NAME_4", code="CC", kind="TYPE")


@pytest.mark.parametrize(
    ("district", "name", "more"),
    [
        ("NAME_2", "NAME_3", {}),
        ("HUYEN", "XA", {}),
        ("A", "B", {"TYPE_2": ["Huyện"], "TYPE_3": ["Xã"]}),
    ],
)
def test_one_commune_is_not_taken_for_the_district_that_is_called_like_the_town(
    district, name, more
):
    one = features(("", cell(0, 0)), **{district: ["Ea Tơ"], name: ["ĐakMơ"]}, **more)
    columns = find_columns(one.drop(columns="NAME"), NAMED)
    assert (columns.name, columns.kind) == (name, "TYPE_3" if more else None)


def test_a_question_names_the_column_with_the_unit_at_this_place():
    one = features(("Ea Tơ", cell(0, 0)), B=["ĐakMơ"])
    assert link(one)[0].why.en.endswith(
        "is it xã Đăk Mơ (90001)? Column 'B' has xã Đăk Mơ (90001): if names stand there, --match B"
    )


def test_a_file_may_have_none_of_the_columns():
    table = pd.DataFrame({"a": [1, 2], "box": [np.zeros(4), [1]], "none": [None, pd.NA]})
    assert find_columns(table, NAMED) == Columns()
    assert find_columns(pd.DataFrame(), NAMED) == Columns()
    frame = features(("Đông", cell(0, 1)))
    assert find_columns(frame, NAMED) == Columns(name="NAME")


def test_a_file_of_a_whole_province_has_names_of_a_quarter_of_the_units_at_least():
    others = [f"Xã {letter}{number}" for letter in "XYZ" for number in range(30)]
    table = pd.DataFrame({"ten": [*("Đông", "Ea Tơ"), *others], "note": ["Đăk Mơ", *[""] * 91]})
    assert find_name_column(table, NAMED).name == "ten"
    assert find_name_column(table[["note"]], NAMED) is None


def test_the_columns_of_assets():
    table = pd.DataFrame(
        {
            "Xã": ["Đông", "dong", "Sơn Hạ", None],
            "ID": ["x", "road-a", "", ""],
            "Ghi chú": ["Làng Bơ", "", "", ""],
            "Tên làng": ["Groi", "Lợt", "mới", ""],
        }
    )
    index = NameIndex(list(zip(ASSETS["asset_id"], ASSETS["name"], strict=True)))
    unit = find_unit_column(table, NAMED)
    assert (unit.name, unit.share, unit.exact) == ("Xã", 0.75, 0.5)
    assert find_id_column(table, ["road-a"]).name == "ID"
    assert find_asset_name_column(table, index).name == "Tên làng"
    unknown = table[["Ghi chú", "Tên làng"]].iloc[2:]
    headed = find_asset_name_column(unknown, index)
    assert (headed.name, headed.share) == ("Tên làng", 0)
    assert find_asset_name_column(table, index, besides=["Tên làng"]).name == "Ghi chú"
    assert find_asset_name_column(table[["ID"]].iloc[:1], index) is None
    assert find_unit_column(table[["Ghi chú"]], NAMED) is None


def test_a_heading_may_hold_anything():
    table = pd.DataFrame({"{total} {0} {": ["Đông"]})
    assert find_name_column(table, NAMED).why.en.startswith("column '{total} {0} {': 1 of 1")


# --- properties ----------------------------------------------------------------------------------


def without_some_marks(text, drop):
    """Take some diacritics off, and the bar of Đ."""
    kept = []
    for i, letter in enumerate(unicodedata.normalize("NFD", text)):
        if drop[i % len(drop)]:
            if unicodedata.combining(letter):
                continue
            kept.append({"Đ": "D", "đ": "d"}.get(letter, letter))
        else:
            kept.append(letter)
    return "".join(kept)


WAYS = {
    "as it is": str,
    "upper": str.upper,
    "lower": str.lower,
    "no blanks": lambda text: text.replace(" ", ""),
    "blanks": lambda text: f"  {text.replace(' ', '   ')} ",
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "eth": lambda text: text.replace("Đ", "\u00d0"),
    "african": lambda text: text.replace("Đ", "\u0189"),
    "hyphens": lambda text: text.replace(" ", "-"),
}
ways = st.lists(st.sampled_from(sorted(WAYS)), max_size=3)
marks = st.lists(st.booleans(), min_size=1, max_size=7)


@st.composite
def spelled(draw):
    """Draw the units in any order, each spelled in some way."""
    found = []
    for code in draw(st.permutations(list(PLACES))):
        name = without_some_marks(PLACES[code][0], draw(marks))
        for way in draw(ways):
            name = WAYS[way](name)
        found.append((code, name))
    return found


@given(rows=spelled())
@settings(max_examples=150, deadline=None)
def test_no_order_and_no_spelling_leads_to_a_wrong_unit(rows):
    links = link(nowhere(*(name for _, name in rows)))
    for (code, _), one in zip(rows, links, strict=True):
        assert one.code in (code, None)
        assert one.code or (one.sure == Sure.AMBIGUOUS and code in one.candidates)
        if code not in ("90002", "90003"):
            assert one.code == code


@given(rows=spelled())
@settings(max_examples=60, deadline=None)
def test_with_shapes_every_spelling_finds_its_unit(rows):
    frame = features(*((name, PLACES[code][3]) for code, name in rows))
    links = link_units(frame, PLAN, others=SETS[1:])
    assert [one.code for one in links] == [code for code, _ in rows]


# --- assets --------------------------------------------------------------------------------------


def point(column, row, east=2500.0, north=2500.0):
    return shapely.Point(EAST + column * SIDE_M + east, NORTH + row * SIDE_M + north)


def line(column, row, length=1000.0, north=1000.0):
    start = point(column, row, 500, north)
    return shapely.LineString([start, (start.x + length, start.y)])


ASSETS = gpd.GeoDataFrame(
    [
        ("lot-a", "Làng Lợt", "villages", "90001", point(0, 0)),
        ("lot-b", "Làng Lợt", "villages", "90002", point(1, 0)),
        ("bo", "Làng Bơ", "villages", "90004", point(0, 1)),
        ("bo-2", "Làng Bờ", "villages", "90004", point(0, 1, 500, 500)),
        ("groi", "Làng Groi (Thôn 3)", "villages", "90005", point(1, 1)),
        ("road-a", "Đường làng A", "roads", "90001", line(0, 0)),
        ("road-e", "Đường nội đồng", "roads", "90005", line(1, 1)),
        ("grid", "Lưới điện toàn huyện", "electricity", "900", None),
    ],
    columns=["asset_id", "name", "layer", "unit_code", "geometry"],
    geometry="geometry",
    crs=CRS,
).assign(spellings=lambda frame: [(name,) for name in frame["name"]])
AREAS = gpd.GeoDataFrame(
    {"unit_code": list(PLACES), "position": "digitised"},
    geometry=[shape for *_, shape in PLACES.values()],
    crs=CRS,
)
SKETCHED = AREAS.assign(position="sketch")
ID = Columns(code="ID", name="NAME", unit="XA")


def assets_of(*rows, areas=AREAS, **options):
    """Link rows of (id, name, shape), or (id, name, shape, unit)."""
    ids, names, shapes, units = zip(*((*row, "")[:4] for row in rows), strict=True)
    frame = gpd.GeoDataFrame(
        {"ID": ids, "NAME": names, "XA": units}, geometry=list(shapes), crs=CRS
    )
    return link_assets(frame, ASSETS, areas, columns=ID, named=PLAN.named, **options)


@pytest.mark.parametrize(
    ("id_", "name", "shape", "code", "sure", "by"),
    [
        ("lot-a", "Làng Lợt", point(0, 0), "lot-a", Sure.CERTAIN, By.CODE),
        ("lot-a", "khác", point(0, 0), "lot-a", Sure.CERTAIN, By.CODE),
        ("lot-a", "", point(1, 0, 900), "lot-a", Sure.LIKELY, By.CODE),
        ("lot-a", "", point(1, 0, 1100), None, Sure.AMBIGUOUS, By.CODE),
        ("road-a", "", cell(0, 0), None, Sure.AMBIGUOUS, By.CODE),
        ("", "Làng Lợt", point(0, 0, 10, 10), "lot-a", Sure.CERTAIN, By.NAME),
        ("", "Làng Lợt", point(1, 0, 10, 10), "lot-b", Sure.CERTAIN, By.NAME),
        ("", "lang lot", point(1, 0, 10, 10), "lot-b", Sure.LIKELY, By.NAME),
        ("", "Lợt", point(1, 0, 10, 10), "lot-b", Sure.LIKELY, By.NAME),
        ("", "Groi", point(1, 1, 10, 10), "groi", Sure.LIKELY, By.NAME),
        ("", "Làng Lợt", point(2, 1), None, Sure.AMBIGUOUS, By.NAME),
        ("", "Làng Lợt", point(30, 30), None, Sure.AMBIGUOUS, By.NAME),
        ("", "Làng Bơ", point(0, 1), None, Sure.AMBIGUOUS, By.NAME),
        ("", "Lưới điện toàn huyện", line(2, 1), "grid", Sure.CERTAIN, By.NAME),
        ("", "Đường làng A", line(0, 0), "road-a", Sure.CERTAIN, By.NAME),
        ("", "Đường làng A", cell(0, 0), None, Sure.CLOSE, By.PLACE),
        ("", "", line(0, 0, north=1300), "road-a", Sure.LIKELY, By.PLACE),
        ("", "Đường DH 5", line(0, 0, north=1300), None, Sure.CLOSE, By.PLACE),
        ("", "Đường lang AB", line(0, 0, north=1300), None, Sure.CLOSE, By.NAME),
        ("", "", line(0, 0, north=4900), None, Sure.NONE, None),
        ("", "", shapely.MultiPoint([point(0, 0)]), None, Sure.NONE, None),
        ("", "", None, None, Sure.NONE, None),
    ],
)
def test_an_asset(id_, name, shape, code, sure, by):  # noqa: PLR0913, PLR0917 (a row of the table)
    (one,) = assets_of((id_, name, shape))
    assert (one.code, one.sure, one.by) == (code, sure, by)
    assert all(one.why)


def test_nothing_is_dropped_and_the_order_is_kept():
    links = assets_of(("", "?", point(9, 9)), ("grid", "", line(0, 0)), ("", "", None))
    assert [one.feature for one in links] == [0, 1, 2]
    assert [one.code for one in links] == [None, "grid", None]


def test_candidates_that_differ_by_a_tone_are_both_shown():
    (one,) = assets_of(("", "Làng Bờ", point(0, 1)))
    assert set(one.candidates) == {"bo", "bo-2"}
    assert "which one is it?" in one.why.en


def test_two_features_of_one_asset_are_a_conflict():
    first, second = assets_of(("lot-a", "", point(0, 0)), ("", "Lợt", point(0, 0, 9, 9)))
    assert (first.code, second.code) == (None, None)
    assert (first.rivals, second.rivals) == ((1,), (0,))


def test_several_lines_may_be_one_road():
    first, second = assets_of(
        ("road-a", "", line(0, 0)), ("", "Đường làng A", line(0, 0, 500, 900))
    )
    assert (first.code, second.code) == ("road-a", "road-a")


def test_features_that_are_just_the_same_are_one_thing():
    first, second = assets_of(("lot-a", "", point(0, 0)), ("lot-a", "", point(0, 0)))
    assert (first.code, second.code) == ("lot-a", "lot-a")


def test_a_line_and_a_point_of_one_road_are_asked_about():
    links = assets_of(("road-a", "", line(0, 0)), ("road-a", "", point(0, 0)))
    assert {(one.code, one.sure) for one in links} == {(None, Sure.AMBIGUOUS)}
    assert "of different kinds (LineString, Point)" in links[0].why.en


@pytest.mark.parametrize(
    ("name", "shape", "unit", "areas", "code", "sure"),
    [
        # Of two villages of one name the column says which, also where a sketch is off.
        ("Làng Lợt", point(0, 1), "Sơn Hạ", SKETCHED, "lot-b", Sure.CERTAIN),
        # No sketch is off by so much: it is made of official centres and areas.
        ("Làng Lợt", point(5, 5), "Sơn Hạ", SKETCHED, None, Sure.AMBIGUOUS),
        ("Groi", point(5, 5), "", SKETCHED, None, Sure.AMBIGUOUS),
        ("Làng Lợt", point(0, 0), "90002", SKETCHED, "lot-b", Sure.CERTAIN),
        ("Làng Lợt", point(0, 0), "", SKETCHED, None, Sure.AMBIGUOUS),
        # A column that the boundaries speak against decides nothing between the two.
        ("Làng Lợt", point(0, 0), "Sơn Hạ", AREAS, None, Sure.AMBIGUOUS),
        ("Làng Lợt", point(2, 0, 900), "Sơn Hạ", AREAS, "lot-b", Sure.LIKELY),
        # So far off the unit that the CRS may be wrong.
        ("Làng Lợt", point(2, 0, 1100), "Sơn Hạ", AREAS, None, Sure.AMBIGUOUS),
        ("Làng Lợt", point(1, 0), "Sơn Hạ", AREAS, "lot-b", Sure.CERTAIN),
        # A unit that the district does not have, or that can be two.
        ("Làng Lợt", point(0, 0), "Biển Hồ", AREAS, None, Sure.AMBIGUOUS),
        ("Làng Lợt", point(0, 0), "son ha", SKETCHED, "lot-b", Sure.CERTAIN),
        ("Làng Bơ", point(0, 1), "Đông", AREAS, None, Sure.AMBIGUOUS),
        # The unit may stand in the name, too.
        ("Làng Lợt xã Sơn Hạ", point(0, 0), "", SKETCHED, "lot-b", Sure.LIKELY),
        ("Lợt, xã Sơn Hạ", point(0, 0, 4500), "", AREAS, "lot-b", Sure.LIKELY),
        ("Làng Lợt xã Sơn Hạ", point(1, 0), "Đăk Mơ", AREAS, None, Sure.AMBIGUOUS),
        ("Làng Lợt xã lạ", point(1, 0), "", AREAS, "lot-b", Sure.LIKELY),
        # Where boundaries are a sketch, a name that stands once is enough.
        ("Groi", point(0, 0), "", SKETCHED, "groi", Sure.LIKELY),
        ("Làng Groi (Thôn 3)", point(0, 0), "", SKETCHED, "groi", Sure.CERTAIN),
    ],
)
def test_the_column_of_units_narrows_names(name, shape, unit, areas, code, sure):  # noqa: PLR0913, PLR0917 (a row of the table)
    (one,) = assets_of(("", name, shape, unit), areas=areas)
    assert (one.code, one.sure) == (code, sure)


def test_beside_known_boundaries_only_sketched_units_are_left():
    some = AREAS.assign(position=["digitised", *["sketch"] * 5])
    inside, beside = (
        assets_of(("", "Làng Lợt", point(column, 0)), areas=some)[0] for column in (0, 2)
    )
    assert (inside.code, beside.code) == ("lot-a", "lot-b")


def test_what_somebody_says_of_a_feature_counts_first():
    rows = [("lot-a", "", point(0, 0)), ("", "Làng Bơ", point(0, 1)), ("", "", line(0, 0))]
    links = assets_of(*rows, told={0: None, 1: "bo-2", 2: None})
    assert [(one.code, one.by) for one in links] == [
        (None, By.TOLD), ("bo-2", By.TOLD), (None, By.TOLD),
    ]  # fmt: skip


def test_what_is_claimed_by_name_is_not_given_away_by_nearness():
    named, near = assets_of(
        ("", "Đường làng A", line(0, 0, north=4000)), ("", "", line(0, 0, north=1100))
    )
    assert named.code == "road-a"
    assert (near.sure, near.candidates) == (Sure.NONE, ())


def test_a_line_is_in_the_unit_that_most_of_it_lies_in():
    across = shapely.LineString([point(0, 0, 4000, 100), point(1, 0, 3000, 100)])
    (one,) = assets_of(("", "Làng Lợt", across))
    assert one.code == "lot-b"


def test_the_frames_are_in_one_crs_in_metres():
    frame = gpd.GeoDataFrame({"ID": [""], "NAME": [""]}, geometry=[point(0, 0)], crs=CRS)
    with pytest.raises(CrsError):
        link_assets(frame.to_crs("EPSG:4326"), ASSETS, AREAS, columns=ID)
    degrees = [one.to_crs("EPSG:4326") for one in (frame, ASSETS, AREAS)]
    with pytest.raises(CrsError):
        link_assets(*degrees, columns=ID)


@given(rows=st.permutations(["lot-a", "lot-b", "bo", "bo-2", "groi"]), drop=marks, way=ways)
@settings(max_examples=80, deadline=None)
def test_no_order_and_no_spelling_leads_to_a_wrong_asset(rows, drop, way):
    known = ASSETS.set_index("asset_id")
    spellings = []
    for asset_id in rows:
        name = without_some_marks(known.loc[asset_id, "name"], drop)
        for one in way:
            name = WAYS[one](name)
        spellings.append(("", name, known.geometry[asset_id]))
    for asset_id, link_ in zip(rows, assets_of(*spellings), strict=True):
        assert link_.code in (asset_id, None)
        assert asset_id in link_.candidates


# --- aliases -------------------------------------------------------------------------------------


def told(frame, **answers):
    answers = {int(number[1:]): code for number, code in answers.items()}
    return link_units(frame, PLAN, columns=NAME, told=answers)


def test_only_what_is_linked_teaches_a_spelling_that_is_new():
    names = nowhere("Krông Bơơ", "Đông", "xã  Đ\u0103k M\u01a1", "Biển Hồ")
    assert learn(link(names), NAMED) == ((), ())
    links = told(names, _0="90005", _3="90010")
    assert learn(links, NAMED).aliases == (
        Alias("90005", "Krông Bơơ"), Alias("90010", "Biển Hồ"),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["Sơn Hà", "Son Ha", "sonha", "Sơn Há"])
def test_a_spelling_that_would_mean_two_things_is_not_learned(name):
    learned = learn(told(nowhere(name), _0="90002"), NAMED)
    assert learned.aliases == ()
    assert "Sơn Hà (90003)" in learned.refused[0].say("en")


def test_one_new_spelling_of_two_units_is_learned_for_none_but_the_first():
    learned = learn(told(nowhere("Hồ", "hồ"), _0="90001", _1="90004"), NAMED)
    assert learned.aliases == (Alias("90001", "Hồ"),)
    assert [problem.found for problem in learned.refused] == ["hồ"]


@pytest.mark.parametrize("name", ["a|b", "12"])
def test_what_no_cell_of_spellings_can_hold_is_not_learned(name):
    learned = learn(told(nowhere(name), _0="90001"), NAMED)
    assert (learned.aliases, len(learned.refused)) == ((), 1)


def test_a_spelling_of_an_asset_that_another_one_is_found_by_is_not_learned():
    named = [Named(i, "villages", (name,)) for i, name in zip(
        ASSETS["asset_id"], ASSETS["name"], strict=True)]  # fmt: skip
    index = NameIndex([(thing.code, thing.spellings[0]) for thing in named])
    (one,) = assets_of(("lot-a", "Lợt", point(0, 0)))
    assert learn([one], named, meant_by=lambda text: index.find(text).ids).aliases == ()
    (one,) = assets_of(("groi", "Groi 3", point(1, 1)))
    learned = learn([one], named, meant_by=lambda text: index.find(text).ids)
    assert learned.aliases == (Alias("groi", "Groi 3"),)


def test_an_alias_that_was_learned_is_known_afterwards():
    (alias,) = learn(told(nowhere("Bơ Làng"), _0="90005"), NAMED).aliases
    known = tuple(n._replace(spellings=(*n.spellings, alias.spelling)) if n.code == alias.code
                  else n for n in NAMED)  # fmt: skip
    assert find_fits("bơ làng", known).things[0].code == "90005"
    assert isinstance(known[0], Named)
    assert bare_key(alias.spelling) == "bolang"


@pytest.mark.parametrize(("text", "ids"), [
    ("Kênh trục nội đồng xã Mơ", ()), ("Trạm y tế xã Mơ", ()), ("Xã Mơ", ()),
    ("Nhà rông Tờ", ()), ("Trường Tờ", ()), ("Thôn Tờ", ("village",)), ("Tờ", ("village",)),
    ("trục nội đồng xã Mơ", ("road",)), ("Công trình trục nội đồng", ("road",)),
    ("Nhà văn hóa xã Mơ", ()), ("Trung tâm văn hóa xã Mơ", ("centre",)),
])  # fmt: skip
def test_two_kinds_of_things_are_never_one_by_what_is_left_of_their_names(text, ids):
    names = [
        ("centre", "Trung tâm văn hóa xã Mơ"), ("road", "Đường trục nội đồng xã Mơ"),
        ("village", "Làng Tờ"),
    ]  # fmt: skip
    assert NameIndex(names).find(text).ids == ids
