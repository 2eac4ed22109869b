"""Coordinates in every writing that people bring, and the ones that nobody can read for sure."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_geo.coordinates import Ambiguous, Pair, find_coordinate_columns, parse_pair
from ntm_geo.errors import Problem

LON, LAT = 108.602185, 14.143931
EAST, NORTH = 510836.713, 1564229.898


@pytest.mark.parametrize(
    "text",
    [
        "14.143931, 108.602185",
        "108.602185 14.143931",
        "(108.602185; 14.143931)",
        "14,143931 108,602185",
        "108,602185,14,143931",
        "14,143931 ; 108,602185",
        "14.143931/108.602185",
        "14.143931° - 108.602185°",
        "POINT (108.602185 14.143931)",
        "Vĩ độ: 14,143931 Kinh độ: 108,602185",
        "Kinh độ Đông 108.602185; vĩ độ Bắc 14.143931",
        "lat=14.143931&lon=108.602185",
        "14.143931N108.602185E",
        "N14.143931 E108.602185",
        "14.143931 B, 108.602185 Đ",
        "X: 108.602185 Y: 14.143931",
        "+14.143931 +108.602185",
        "１４.143931, 108.602185",
        "14.143931\t108.602185\n",
        "14.143931\u00a0108.602185",
    ],
)
def test_decimal_degrees_in_one_cell(text):
    pair = parse_pair(text)
    assert isinstance(pair, Pair), pair
    assert (pair.kind, pair.x, pair.y) == ("geographic", LON, LAT)
    assert pair.precision_m == pytest.approx(0.111, abs=0.001)
    assert pair.order == ("xy" if text.index("108") < text.index("143931") else "yx")


@pytest.mark.parametrize(
    "text",
    [
        "14°08'38.1\"N, 108°36'07.9\"E",
        "14°08'38.1\"N 108°36'07.9\"E",
        "14°08'38.1\"N108°36'07.9\"E",
        "14° 8' 38,1\" 108° 36' 7,9\"",
        "14° 8' 38,1\", 108° 36' 7,9\"",
        "14°08′38.1″B; 108°36′07.9″Đ",
        "14º08’38.1”N - 108º36’07.9”E",
        "14°08'38.1'' 108°36'07.9''",
        "14 08 38.1 108 36 07.9",
        "108 36 07.9 E 14 08 38.1 N",
        "14:08:38.1 108:36:07.9",
        "14-08-38.1, 108-36-07.9",
        "14.08.38,1 108.36.07,9",
        "14d08'38.1\"N, 108d36'07.9\"E",
        "14 deg 8' 38.1\" N, 108 deg 36' 7.9\" E",
        "14 độ 08 phút 38,1 giây Bắc, 108 độ 36 phút 07,9 giây Đông",
        "Vĩ độ: 14°08'38.1\" - Kinh độ: 108°36'07.9\"",
        "kinh do 108°36'07.9 vi do 14°08'38.1",
        "E: 108°36'07,9\" N: 14°08'38,1\"",
        "108°36'07.9\"D 14°08'38.1\"B",
    ],
)
def test_degrees_minutes_and_seconds_in_one_cell(text):
    pair = parse_pair(text)
    assert isinstance(pair, Pair), pair
    assert pair.kind == "geographic"
    assert pair.x == pytest.approx(108 + 36 / 60 + 7.9 / 3600, abs=1e-9)
    assert pair.y == pytest.approx(14 + 8 / 60 + 38.1 / 3600, abs=1e-9)
    assert pair.precision_m == pytest.approx(3.09, abs=0.01)


def test_degrees_and_minutes():
    pair = parse_pair("14°08.635'N 108°36.131'E")
    assert (pair.x, pair.y) == (pytest.approx(108 + 36.131 / 60), pytest.approx(14 + 8.635 / 60))
    assert pair.precision_m == pytest.approx(1.86, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "510836.713 1564229.898",
        "510836,713 1564229,898",
        "510836,713; 1564229,898",
        "510.836,713 1.564.229,898",
        "510,836.713, 1,564,229.898",
        "510 836,713 1 564 229,898",
        "510836.713,1564229.898",
        "X: 1564229.898; Y: 510836.713",
        "X=1564229.898 Y=510836.713",
        "x = 510836.713 m, y = 1564229.898 m",
        "E 510836.713 N 1564229.898",
        "N: 1564229,898 E: 510836,713",
        "510836.713E 1564229.898N",
        "Tọa độ X 1564229.898, tọa độ Y 510836.713",
    ],
)
def test_metres_of_vn_2000_in_one_cell(text):
    pair = parse_pair(text)
    assert isinstance(pair, Pair), pair
    assert (pair.kind, pair.x, pair.y) == ("plane", EAST, NORTH)
    assert pair.precision_m == 0.001


@pytest.mark.parametrize(
    ("first", "second", "names", "expected"),
    [
        (LON, LAT, ("", ""), ("geographic", LON, LAT, "xy")),
        ("14,143931", "108,602185", ("Vĩ độ", "Kinh độ"), ("geographic", LON, LAT, "yx")),
        ("14.143931 N", "108.602185 E", ("", ""), ("geographic", LON, LAT, "yx")),
        (LAT, LON, ("X", "Y"), ("geographic", LON, LAT, "yx")),
        (NORTH, EAST, ("X (m)", "Y (m)"), ("plane", EAST, NORTH, "yx")),
        (EAST, NORTH, ("X", "Y"), ("plane", EAST, NORTH, "xy")),
        ("510.836,713", "1.564.229,898", ("E", "N"), ("plane", EAST, NORTH, "xy")),
        (510836, 1564229, ("", ""), ("plane", 510836, 1564229, "xy")),
        ("510.836", "1.564.229", ("", ""), ("plane", 510836, 1564229, "xy")),
        (" 108 30 ", "14 15", ("", ""), ("geographic", 108.5, 14.25, "xy")),
    ],
)
def test_two_cells(first, second, names, expected):
    pair = parse_pair(first, second, names=names)
    assert isinstance(pair, Pair), pair
    assert (pair.kind, pair.x, pair.y, pair.order) == expected


def test_a_number_of_a_spreadsheet_has_no_thousands_separators_and_no_binary_noise():
    assert isinstance(parse_pair(510.836, 1564229.0), Problem)
    pair = parse_pair(0.1 + 0.2 + 108, 14.25)
    assert (pair.x, pair.y) == (108.3, 14.25)


@pytest.mark.parametrize(
    ("text", "names"), [("1564229.898 510836.713", ("X", "Y")), ("X 1564229.898 Y 510836.713", "")]
)
def test_the_convention_of_surveyors_is_told(text, names):
    pair = parse_pair(*text.split(), names=names) if names else parse_pair(text)
    assert "trắc địa" in pair.why.vi
    assert "surveyors" in pair.why.en


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("108,12,9", {(108.0, 12.9), (108.12, 9.0)}),
        ("750000 800000", {(750000.0, 800000.0), (800000.0, 750000.0)}),
        ("X: 750000 Y: 800000", {(750000.0, 800000.0), (800000.0, 750000.0)}),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_can_be_read_in_two_ways_comes_back_in_both(text, readings, lang):
    found = parse_pair(text)
    assert isinstance(found, Ambiguous)
    assert {(pair.x, pair.y) for pair in found.readings} == readings
    said = found.problem.say(lang)
    assert text in said
    assert all(f"x = {x:.10g}, y = {y:.10g}" in said for x, y in readings)


def test_labels_decide_between_two_readings():
    assert (parse_pair("E 750000 N 800000").x, parse_pair("N 750000 E 800000").x) == (
        750000,
        800000,
    )


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("", None, "no coordinates"),
        (None, None, "no coordinates"),
        ("chưa đo", None, "cannot be read"),
        ("108.6", None, "cannot be read"),
        (math.nan, math.nan, "cannot be read"),
        (math.inf, 14.0, "cannot be read"),
        (True, 14.0, "cannot be read"),
        ("14°61'00\" 108°36'00\"", None, "cannot be read"),
        ("105 10 20", None, "cannot be read"),
        ("14°08'38\"S 108°36'07\"E", None, "cannot be read"),
        ("14.1 " * 60, None, "cannot be read"),
        ("48.85, 2.35", None, "not in Vietnam"),
        ("-14.1 108.6", None, "not in Vietnam"),
        ("14.1 -108.6", None, "not in Vietnam"),
        ("0 0", None, "not in Vietnam"),
        ("18510836 1564229", None, "not in Vietnam"),
        ("14.1 E, 108.6 N", None, "contradict"),
        ("Kinh độ 510836, vĩ độ 1564229", None, "contradict"),
    ],
)
def test_what_is_no_pair_of_vietnam_is_a_problem_in_both_languages(first, second, word):
    problem = parse_pair(first, second)
    assert isinstance(problem, Problem)
    assert word in problem.say("en")
    assert problem.say("vi") != problem.say("en")
    assert problem.allowed
    assert problem.todo


def test_headers_that_contradict_the_numbers_are_not_overruled():
    problem = parse_pair(LAT, LON, names=("Kinh độ", "Vĩ độ"))
    assert "swap" in problem.say("en")
    assert "đổi" in problem.say("vi")


# --- format, then parse ---


def dms(value, decimals, writing):
    """Degrees, minutes and seconds as a person would write them, and what they exactly are."""
    units = int((value * 3600 * 10**decimals).to_integral_value())
    seconds, rest = divmod(units, 10**decimals)
    fraction = f".{rest:0{decimals}d}" if decimals else ""
    text = writing.format(d=seconds // 3600, m=seconds // 60 % 60, s=seconds % 60, f=fraction)
    return text, float(Decimal(units) / 10**decimals / 3600)


DMS = [
    "{d}°{m:02d}'{s:02d}{f}\"", "{d}° {m}' {s}{f}\"", "{d} {m:02d} {s:02d}{f}", "{d}:{m}:{s}{f}",
    "{d}-{m}-{s}{f}", "{d}º{m}’{s}{f}”", "{d} độ {m} phút {s}{f} giây ", "{d}.{m:02d}.{s:02d}{f}",
    "{d}° {m}' {s}{f}''",
]  # fmt: skip
LABELS = [
    "{x} {y}", "{x}; {y}", "{x}E {y}N", "{x}Đ, {y}B", "E {x} N {y}", "kinh độ {x} vĩ độ {y}",
    "Đông: {x} Bắc: {y}", "{x} | {y}", "{x} / {y}", "lon={x}, lat={y}",
]  # fmt: skip
SWAPPED = [
    "{y} {x}", "{y}; {x}", "{y}N {x}E", "{y}B, {x}Đ", "N: {y} E: {x}", "Vĩ độ: {y} Kinh độ: {x}",
    "({y}; {x})", "{y}\n{x}",
]  # fmt: skip

points = st.tuples(st.decimals(103, 117, places=7), st.decimals(7, 23, places=7))
layouts = st.sampled_from(LABELS + SWAPPED)


@given(points, st.integers(0, 4), st.sampled_from(DMS), layouts)
def test_degrees_written_in_any_way_come_back(point, decimals, writing, layout):
    (x, lon), (y, lat) = (dms(value, decimals, writing) for value in point)
    pair = parse_pair(layout.format(x=x, y=y))
    assert isinstance(pair, Pair), pair
    assert (pair.kind, pair.order) == ("geographic", "xy" if layout in LABELS else "yx")
    assert (pair.x, pair.y) == (pytest.approx(lon, abs=1e-9), pytest.approx(lat, abs=1e-9))
    assert pair.precision_m == pytest.approx(111_320 / 3600 / 10**decimals)
    again = parse_pair(x, y.replace(".", ",") if "." not in writing else y)
    assert again[:3] == pair[:3]


@given(points, st.integers(3, 7), layouts, st.sampled_from([".", ","]))
def test_decimal_degrees_written_in_any_way_come_back(point, decimals, layout, mark):
    x, y = (f"{value:.{decimals}f}" for value in point)
    pair = parse_pair(layout.format(x=x.replace(".", mark), y=y.replace(".", mark)))
    assert isinstance(pair, Pair), pair
    assert (pair.kind, pair.x, pair.y) == ("geographic", float(x), float(y))
    assert pair.precision_m == pytest.approx(111_320 / 10**decimals)
    assert parse_pair(x.replace(".", mark), y.replace(".", mark))[:3] == pair[:3]


PLANE = [layout for layout in LABELS + SWAPPED if "độ" not in layout and "lon" not in layout]
PLANE += ["X: {y} Y: {x}", "X={x} Y={y}", "E={x} m, N={y} m"]


@given(
    st.decimals(300_000, 700_000, places=4),
    st.decimals(950_000, 2_600_000, places=4),
    st.integers(0, 3),
    st.sampled_from(PLANE),
    st.sampled_from([("", "."), ("", ","), (",", "."), (".", ","), (" ", ","), ("'", ".")]),
)
def test_metres_written_in_any_way_come_back(east, north, decimals, layout, marks):
    group, mark = marks

    def write(value):
        text = f"{value:,.{decimals}f}"
        return text.replace(",", "\0").replace(".", mark).replace("\0", group)

    pair = parse_pair(layout.format(x=write(east), y=write(north)))
    assert isinstance(pair, Pair), pair
    assert (pair.kind, pair.x, pair.y) == (
        "plane", float(f"{east:.{decimals}f}"), float(f"{north:.{decimals}f}"),
    )  # fmt: skip
    assert pair.precision_m == pytest.approx(10**-decimals)


@given(st.text(max_size=60) | st.text(st.sampled_from("0123456789 .,;°'\"NEBĐxy-"), max_size=40))
def test_no_text_breaks_it_and_whatever_it_reads_is_in_vietnam(text):
    found = parse_pair(text)
    pairs = {Pair: lambda: [found], Ambiguous: lambda: found.readings, Problem: list}[type(found)]()
    for pair in pairs:
        east, north = (
            ((102, 118), (6, 24)) if pair.kind == "geographic" else ((1e5, 9e5), (6e5, 3e6))
        )
        assert east[0] <= pair.x <= east[1]
        assert north[0] <= pair.y <= north[1]
    assert type(found) is not Ambiguous or len(pairs) > 1


# --- columns ---


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["STT", "Kinh độ", "Vĩ độ"], [("Kinh độ", "Vĩ độ", "geographic", "")]),
        (["VI DO", "KINH DO"], [("VI DO", "KINH DO", "geographic", "")]),
        (["Latitude", "Longitude"], [("Latitude", "Longitude", "geographic", "")]),
        (["lat", "lng"], [("lat", "lng", "geographic", "")]),
        (["Vĩ độ Bắc (N)", "Kinh độ Đông (E)"],
         [("Vĩ độ Bắc (N)", "Kinh độ Đông (E)", "geographic", "")]),
        (["X", "Y"], [("X", "Y", None, "")]),
        (["toado_x", "toado_y"], [("toado_x", "toado_y", None, "")]),
        (["Tọa độ X (m)", "Tọa độ Y (m)"], [("Tọa độ X (m)", "Tọa độ Y (m)", None, "")]),
        (["X_VN2000", "Y_VN2000", "Lat", "Lon"],
         [("Lat", "Lon", "geographic", ""), ("X_VN2000", "Y_VN2000", None, "")]),
        (["E", "N"], [("E", "N", None, "")]),
        (["Easting", "Northing"], [("Easting", "Northing", "plane", "")]),
        (["x1", "y1", "x2", "y2"], [("x1", "y1", None, "1"), ("x2", "y2", None, "2")]),
        (["Kinh độ đầu", "Vĩ độ đầu", "Kinh độ cuối", "Vĩ độ cuối"],
         [("Kinh độ đầu", "Vĩ độ đầu", "geographic", "dau"),
          ("Kinh độ cuối", "Vĩ độ cuối", "geographic", "cuoi")]),
        (["Tọa độ"], [("Tọa độ", None, None, "")]),
        (["GPS", "Tên"], [("GPS", None, None, "")]),
        (["Xã", "Y tế", "Kinh tế", "Năm", "X", "Ghi chú", "Đông"], []),
        (["Lat", "Northing"], []),
        (["Lat", "Easting"], []),
    ],
)  # fmt: skip
def test_columns_of_coordinates_are_known_by_their_headers(names, expected):
    found = find_coordinate_columns(names)
    assert [columns[:4] for columns in found] == expected
    assert all(columns.first in columns.why.say(lang) for columns in found for lang in ("vi", "en"))
