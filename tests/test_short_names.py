"""Names that leave out "xã" or shorten what a thing is: linked where they say one thing only."""

import geopandas as gpd
import pytest
import shapely

from ntm_geo.linking import Columns, KnownUnit, NameIndex, Sure, link_assets
from ntm_geo.names import Named

CRS = "EPSG:9218"
EAST, NORTH, SIDE_M = 495_000.0, 1_490_000.0, 5000.0
UNITS = [
    Named("1", "commune", ("Đăk Mơ", "ĐăkMơ")), Named("2", "commune", ("Sơn Hạ",)),
    Named("3", "commune", ("Sơn Hà",)), Named("4", "commune", ("Đông",)),
    Named("5", "town", ("Ea Tơ",)), Named("9", "district", ("Ea Tơ",)),
]  # fmt: skip
LATER = [
    KnownUnit("5", "commune", ("Ea Mới",), None, (), frozenset({"1", "4"})),
    KnownUnit("6", "commune", ("Ea Lớn",), None, (), frozenset({"1", "4", "5"})),
    KnownUnit("7", "commune", ("Sơn Hạ",), None, (), frozenset({"2", "4"})),
]
ASSETS = {
    "market": ("Chợ xã Đăk Mơ", "1"), "centre": ("Trung tâm văn hóa xã Đăk Mơ", "1"),
    "stadium": ("Sân vận động xã Đăk Mơ", "1"), "road": ("Đường trục nội đồng xã Đăk Mơ", "1"),
    "lot": ("Làng Lợt", "1"),
    "health-1": ("Trạm y tế xã Đăk Mơ", "1"), "health-2": ("Trạm y tế xã Sơn Hạ", "2"),
    "health-3": ("Trạm y tế xã Sơn Hà", "3"), "health-4": ("Trạm y tế xã Đông", "4"),
    "both": ("Trường DTBT TH và THCS Đăk Mơ", "1"), "primary": ("Trường Tiểu học xã Sơn Hạ", "2"),
    "lower": ("Trường THCS Sơn Hạ", "2"), "nursery": ("Trường Mầm non Đông", "4"),
    "nursery-2": ("Trường Mầm non Hoa Mai", "4"), "committee": ("UBND xã Đông", "4"),
    "road-4": ("Đường xã Đông", "4"), "house": ("Nhà văn hóa xã Sơn Hạ", "2"),
    "district-stadium": ("Sân vận động huyện", "9"),
}  # fmt: skip
INDEX = NameIndex(
    [(i, name) for i, (name, _) in ASSETS.items()],
    {i: unit for i, (_, unit) in ASSETS.items()},
    UNITS,
)


@pytest.mark.parametrize(("text", "asset_id"), [
    ("Chợ Đăk Mơ", "market"), ("CHỢ ĐĂK MƠ", "market"), ("cho dak mo", "market"),
    ("Chợ ĐăkMơ", "market"), ("Chợ, Đăk Mơ", "market"), ("Chợ  X. Đăk Mơ", "market"),
    ("Trạm y tế Đăk Mơ", "health-1"), ("TYT xã Đăk Mơ", "health-1"), ("TYT Đông", "health-4"),
    ("Trạm y tế Sơn Hạ", "health-2"), ("TYT Sơn Hà", "health-3"),
    ("Trạm YT Đăk Mơ", "health-1"), ("trạm yt xã Đông", "health-4"), ("Trạm Y.T Đông", "health-4"),
    ("T.Y.T Đăk Mơ", "health-1"), ("T.Y.T. xã Đông", "health-4"), ("T.Y.T.Đông", "health-4"),
    ("Nhà VH Sơn Hạ", "house"), ("N.V.H xã Sơn Hạ", "house"), ("Trung tâm VH Đăk Mơ", "centre"),
    ("Sân vận động Đăk Mơ", "stadium"), ("SVĐ xã Đăk Mơ", "stadium"), ("TTVH Đăk Mơ", "centre"),
    ("Sân vận động huyện Ea Tơ", "district-stadium"),
    ("Đường trục nội đồng Đăk Mơ", "road"),
    ("Trường PTDTBT TH&THCS Đăk Mơ", "both"), ("PTDTBT Tiểu học - THCS xã Đăk Mơ", "both"),
    ("Trường TH Sơn Hạ", "primary"), ("Tiểu học Sơn Hạ", "primary"),
    ("Trường Trung học cơ sở xã Sơn Hạ", "lower"), ("THCS Sơn Hạ", "lower"),
    ("Ủy ban nhân dân Đông", "committee"), ("Uỷ ban nhân dân xã Đông", "committee"),
])  # fmt: skip
def test_a_kind_and_a_unit_are_the_one_thing_of_that_kind_there(text, asset_id):
    found = INDEX.find(text)
    assert (found.ids, found.is_exact, found.is_open) == ((asset_id,), False, False)


@pytest.mark.parametrize("text", [
    # Another kind, in the same unit.
    "Nhà văn hóa Đăk Mơ", "Nhà rông Đăk Mơ", "Chợ đêm Đăk Mơ", "Trung tâm y tế Đăk Mơ",
    "Trạm thú y Đăk Mơ", "Kênh trục nội đồng Đăk Mơ", "Kênh Đăk Mơ", "Đường Đăk Mơ",
    "Trụ sở Đông", "Trung tâm văn hóa thôn Đăk Mơ",
    "Nhà VH Đăk Mơ", "Nhà VH Đông", "Nhà VH thôn Sơn Hạ", "Trung tâm VH Sơn Hạ", "Chợ VH Đăk Mơ",
    "Trung tâm YT Đăk Mơ", "Nhà YT Đông", "Trạm VH Sơn Hạ", "YT Đông", "VH Sơn Hạ", "T.Y Đông",
    # A school of another level, or of none.
    "Trường TH Đăk Mơ", "Trường THCS Đăk Mơ", "Trường TH và THCS Đăk Mơ", "Trường MN Đăk Mơ",
    "Trường Đăk Mơ", "Trường Sơn Hạ", "Trường MN Sơn Hạ", "Trường THPT Sơn Hạ",
    "Trường PTDTBT TH Sơn Hạ", "Trường TH Đông", "Trường MG Đông", "Trường PTDTNT THCS Sơn Hạ",
    # Another unit, or more than a unit.
    "Chợ Sơn Hạ", "Chợ Đông", "Chợ Mơ", "Chợ Đăk Mơ 2", "Chợ Đăk Mơ cũ", "Chợ phía Đông",
    "Chợ làng Đăk Mơ", "Chợ thị trấn Đăk Mơ", "Trạm y tế thị trấn", "Trạm y tế xã",
    # Villages and roads have names of their own; a unit alone is no thing.
    "Làng Đăk Mơ", "Thôn Đông", "Đường Đông", "Tuyến đường Đông",
    "Làng xã Đăk Mơ", "Đăk Mơ", "xã Đăk Mơ", "Đông", "Chợ", "TYT", "",
])  # fmt: skip
def test_what_says_anything_else_is_not_linked(text):
    found = INDEX.find(text)
    # The unit is left out of what is found, so that nothing is linked by it alone.
    assert set(found.ids) == found.bare


def test_two_of_a_kind_in_the_unit_are_both_candidates():
    assert INDEX.find("Trường MN Đông").ids == ("nursery", "nursery-2")
    twice = NameIndex([("a", "Chợ xã Đông"), ("b", "Chợ Đông")], {"a": "4", "b": "4"}, UNITS)
    assert twice.find("cho xa dong").ids == ("a",)
    assert twice.find("Chợ X. Đông").ids == ("a", "b")


@pytest.mark.parametrize("text", ["TYT Son Ha", "Sân vận động Ea Tơ"])
def test_a_unit_that_can_be_two_leaves_it_open(text):
    assert INDEX.find(text).is_open


def test_a_thing_called_as_a_unit_that_is_not_its_own_is_not_the_units():
    elsewhere = NameIndex([("a", "Chợ xã Đông")], {"a": "1"}, UNITS)
    assert elsewhere.find("Chợ Đông").ids == ()


# --- with places ---------------------------------------------------------------------------------


def spot(column, row=0):
    return shapely.Point(EAST + (column + 0.5) * SIDE_M, NORTH + (row + 0.5) * SIDE_M)


CODES = ["1", "2", "3", "4"]
AREAS = gpd.GeoDataFrame(
    {"unit_code": CODES, "position": "digitised"},
    geometry=[spot(column).buffer(SIDE_M / 2, cap_style="square") for column in range(4)],
    crs=CRS,
)
SKETCHED = AREAS.assign(position="sketch")


def linked(name, place, areas=AREAS, unit=""):
    frame = gpd.GeoDataFrame({"NAME": [name], "XA": [unit]}, geometry=[place], crs=CRS)
    known = gpd.GeoDataFrame(
        {
            "asset_id": list(ASSETS),
            "layer": "health_stations",
            "unit_code": [unit for _, unit in ASSETS.values()],
            "spellings": [(name,) for name, _ in ASSETS.values()],
        },
        geometry=[None] * len(ASSETS),
        crs=CRS,
    )
    columns = Columns(name="NAME", unit="XA")
    (one,) = link_assets(frame, known, areas, columns=columns, named=UNITS, later=LATER)
    return one


def test_a_short_name_is_likely_and_says_why():
    one = linked("Chợ Đăk Mơ", spot(0))
    assert (one.code, one.sure) == ("market", Sure.LIKELY)
    assert one.why.en.endswith("and the only one of that unit; it lies in the unit")


@pytest.mark.parametrize(("name", "place", "unit", "candidates"), [
    ("TYT Son Ha", spot(3, 9), "", {"health-2", "health-3"}),  # of which unit?
    ("Sân vận động Ea Tơ", spot(0), "", {"district-stadium"}),  # of the town, or of the district?
    ("Trường MN Đông", spot(3), "", {"nursery", "nursery-2"}),
    ("Chợ Đăk Mơ", spot(2), "", {"market"}),  # far from there
    ("Chợ Đăk Mơ", spot(0), "Sơn Hạ", {"market"}),  # the column says another unit
    ("Trạm y tế", spot(3), "Đăk Mơ", {"health-1", "health-4"}),
])  # fmt: skip
def test_what_is_not_clear_is_a_question(name, place, unit, candidates):
    one = linked(name, place, unit=unit)
    assert (one.code, one.sure) == (None, Sure.AMBIGUOUS)
    assert set(one.candidates) == candidates


def test_where_a_boundary_says_so_one_of_two_units_is_meant():
    assert linked("TYT Son Ha", spot(1)).code == "health-2"


@pytest.mark.parametrize(("name", "claims"), [
    ("Chợ Đăk Mơ", "no other name fits"), ("Lợt", "no other name fits"),
    ("Làng Lợt", "no other is like it"),
])  # fmt: skip
def test_no_place_in_a_unit_is_claimed_where_its_boundary_is_a_sketch(name, claims):
    only_one = SKETCHED.iloc[:1]
    for areas in (SKETCHED, only_one):
        one = linked(name, spot(0), areas)
        assert one.code in ("market", "lot")
        assert one.why.en.endswith(claims)
        assert "trong" not in one.why.vi


def test_a_thing_of_the_district_is_not_said_to_lie_in_a_commune():
    one = linked("Sân vận động huyện", spot(0))
    assert (one.code, one.why.en) == ("district-stadium", "the name fits, and no other is like it")


def test_how_far_a_place_is_from_the_unit_is_told_where_its_name_is_clear():
    one = linked("Làng Lợt", spot(2))
    assert "lies 7.5 km from the boundary of Đăk Mơ (1): is the CRS wrong" in one.why.en
    assert one.far_from == {"1"}
    both = linked("Trạm y tế", spot(3), unit="Đăk Mơ")
    assert both.why.en.endswith("Or is it Trạm y tế xã Đông (health-4)?")
    assert both.far_from == {"1"}
    near = linked("Chợ Đăk Mơ", shapely.Point(EAST + SIDE_M + 100, NORTH + 100))
    assert "but it lies outside of Đăk Mơ (1): is it so?" in near.why.en
    assert near.far_from == frozenset()


@pytest.mark.parametrize(("name", "place", "areas", "unit", "candidates"), [
    ("Trạm y tế xã Ea Mới", spot(0), AREAS, "", {"health-1"}),
    ("Trạm y tế xã Ea Mới", spot(0), SKETCHED, "", {"health-1", "health-4"}),
    ("Trạm y tế", spot(9), AREAS, "xã Ea Mới", {"health-1", "health-4"}),
    ("Trạm y tế", spot(9), SKETCHED, "xã Ea Mới", {"health-1", "health-4"}),
])  # fmt: skip
def test_a_unit_of_a_later_day_is_looked_for_in_what_it_was_formed_of(
    name, place, areas, unit, candidates
):
    one = linked(name, place, areas, unit)
    assert (one.code, set(one.candidates)) == (None, candidates)


def test_in_a_part_of_a_later_unit_that_has_no_such_thing_no_crs_is_doubted():
    areas = gpd.GeoDataFrame(
        {"unit_code": ["1", "4", "5"], "position": "digitised"},
        geometry=[AREAS.geometry[0], AREAS.geometry[3], AREAS.geometry[2]],
        crs=CRS,
    )
    one = linked("Trạm y tế xã Ea Lớn", spot(2), areas)
    assert (one.code, one.sure, set(one.candidates)) == (None, Sure.CLOSE, {"health-1", "health-4"})
    assert one.why.en.startswith("it lies in thị trấn Ea Tơ (5), a part of the unit that the file")
    far = linked("Trạm y tế xã Ea Lớn", spot(9), areas)
    assert "is the CRS wrong" in far.why.en
    # The later unit may be called like the one that the record has the thing in.
    namesake = linked("Trạm y tế xã Sơn Hạ", spot(3))
    assert namesake.why.en.endswith(
        "but lies in xã Đông (4), which is a part of the unit that the file says, too: is it so?"
    )


@pytest.mark.parametrize("areas", [AREAS, SKETCHED])
def test_a_name_without_its_first_word_is_told_what_comes_closest(areas):
    one = linked("Y tế Đông", spot(3), areas)
    assert (one.code, one.sure, one.candidates) == (None, Sure.CLOSE, ("health-4",))


@pytest.mark.parametrize("areas", [AREAS, SKETCHED])
@pytest.mark.parametrize("unit", ["xã Lạ", "thị trấn Ea Tơ"])
def test_every_other_unit_s_station_is_no_candidate_for_one_that_has_none(areas, unit):
    one = linked(f"Trạm y tế {unit}", spot(9), areas)
    assert (one.code, one.sure in (Sure.CLOSE, Sure.NONE)) == (None, True)


def test_a_unit_that_nobody_knows_is_no_unit_by_its_place():
    one = linked("Trạm y tế xã Lạ", spot(0))
    assert (one.code, one.candidates) == (None, ("health-1",))
