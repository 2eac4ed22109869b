"""Cells, rows and definitions: what a line of the record may hold."""

from datetime import date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from ntm_geo import labels
from ntm_geo.model import (
    AssetClass,
    CriteriaSet,
    CriterionStatus,
    Layer,
    Position,
    Project,
    Report,
    State,
    Status,
    Target,
    Unit,
    UnitKind,
    WorkKind,
    WorkMeasure,
)
from ntm_geo.model.cells import Amount, Count, Day, Longitude, Number, Ordinal, Slugs, UnitCode

EVERY = [
    AssetClass, CriterionStatus, Layer, Position, State, Status, UnitKind, WorkKind, WorkMeasure,
]  # fmt: skip


def take(kind, value, decimal="."):
    return TypeAdapter(kind).validate_python(value, context={"decimal": decimal})


def refuse(kind, value, decimal="."):
    with pytest.raises(ValidationError) as raised:
        take(kind, value, decimal)
    return raised.value.errors()[0]["type"]


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize(
    ("text", "figure"),
    [("0,3", 0.3), ("0.3", 0.3), ("-3", -3), ("+3", 3), ("0", 0), ("007", 7), ("152863", 152863),
     ("0,125", 0.125), ("0.125", 0.125), ("1234,5", 1234.5), ("1234.5", 1234.5), ("12,34", 12.34)],
)  # fmt: skip
def test_a_plain_figure_is_read_whichever_its_decimal_sign(text, figure, decimal):
    assert take(Number, text, decimal) == figure


@pytest.mark.parametrize(
    ("text", "decimal", "figure"), [("1.234", ".", 1.234), ("1,234", ",", 1.234)]
)
def test_three_decimals_are_read_in_the_files_own_decimal_sign(text, decimal, figure):
    assert take(Number, text, decimal) == figure


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("1.234", ","), ("1,234", "."), ("12,345", "."), ("-1,234", "."), ("1.234,5", "."),
     ("1.234,5", ","), ("1,234.5", "."), ("1,234.5", ","), ("1.234.567", "."), ("1.234.567", ",")],
)  # fmt: skip
def test_a_figure_that_can_be_read_in_two_ways_is_refused(text, decimal):
    assert refuse(Number, text, decimal) == "grouped_number"


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize(
    "text",
    ["NaN", "nan", "inf", "-inf", "Infinity", "1e5", "1E5", "0x10", "1_000", "1 234", "1\u00a0234",
     "12%", "12 km", ".5", "5.", "--3", "1,2,3", "\u22123", "ba", "#REF!", "#DIV/0!", "=1+1",
     "9" * 400],
)  # fmt: skip
def test_what_is_no_plain_figure_is_refused(text, decimal):
    assert refuse(Number, text, decimal) == "no_number"


@pytest.mark.parametrize(
    ("text", "error"), [("-3", "greater_than_equal"), ("9" * 20, "less_than_equal")]
)
def test_an_amount_is_neither_negative_nor_beyond_all_measure(text, error):
    assert refuse(Amount, text) == error


@pytest.mark.parametrize(("text", "count"), [("16", 16), ("16.0", 16), ("16,0", 16)])
def test_a_spreadsheets_whole_number_is_whole(text, count):
    number = take(Count, text)
    assert (number, type(number)) == (count, int)


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [(Count, "1.5", "no_whole_number"), (Count, "-1", "greater_than_equal"),
     (Count, "9" * 300, "less_than_equal"), (Ordinal, "0", "greater_than_equal"),
     (Ordinal, "hai", "no_number")],
)  # fmt: skip
def test_what_is_no_count_is_refused(kind, text, error):
    assert refuse(kind, text) == error


@pytest.mark.parametrize("text", ["2023-09-05", "5/9/2023", "05/09/2023", "05-09-2023", "5.9.2023"])
def test_a_day_is_read_as_people_here_write_it(text):
    assert take(Day, text) == date(2023, 9, 5)


@pytest.mark.parametrize(
    "value",
    ["31/02/2023", "2023-13-01", "13/13/2023", "09/30/2023", "2023-9-5", "5/9/23", "30/09", "45199",
     "tháng 9", "2023", "0000-01-01", "20230905", "2023-W36", "2023-09-05T00:00", 45199, 0, 1.5,
     True],
)  # fmt: skip
def test_what_is_no_day_is_refused(value):
    assert refuse(Day, value) == "no_day"


def test_a_day_of_a_toml_file_is_taken_as_it_is():
    assert take(Day, date(2023, 9, 5)) == date(2023, 9, 5)


def test_a_moment_is_no_day():
    with pytest.raises(ValidationError):
        take(Day, datetime(2023, 9, 5, 12, 30))  # noqa: DTZ001 (as TOML gives it)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("a|b", ("a", "b")), (" a | b ", ("a", "b")), ("a||b|", ("a", "b")), ("|", ())],
)
def test_a_list_stands_between_bars(text, parts):
    assert take(Slugs, text) == parts


@pytest.mark.parametrize("text", ["a,b", "a;b", "A", "đường", "a b", "-a", "a\nb"])
def test_a_part_of_a_list_is_a_code(text):
    assert refuse(Slugs, text) == "string_pattern_mismatch"


@pytest.mark.parametrize(
    "text", ["23638.0", "2", "236 38", "Kbang", "٢٣٦٣٨", "23638\n", "123456789"]
)
def test_a_units_code_is_two_to_eight_digits(text):
    assert refuse(UnitCode, text) == "string_pattern_mismatch"


@pytest.mark.parametrize("value", [181, -180.5, float("nan"), float("inf"), "108,602,1", "108°30'"])
def test_a_longitude_lies_on_the_globe(value):
    with pytest.raises(ValidationError):
        take(Longitude, value)


UNIT = {"unit_code": "90001", "name": "Đăk Mơ", "kind": "commune", "area_km2": "25", "lon": "108",
        "lat": "13", "source": "bịa"}  # fmt: skip


def test_an_empty_cell_is_a_value_that_is_not_there():
    unit = Unit.model_validate({**UNIT, "aliases": "", "population": "", "valid_from": ""})
    assert (unit.aliases, unit.population, unit.valid_from) == ((), None, None)


@pytest.mark.parametrize("column", UNIT)
def test_a_required_cell_may_not_be_empty(column):
    with pytest.raises(ValidationError) as raised:
        Unit.model_validate({**UNIT, column: ""})
    assert [(e["type"], e["loc"]) for e in raised.value.errors()] == [("missing", (column,))]


@pytest.mark.parametrize("area", ["0", "-25", "1e3", "25,5,5"])
def test_a_unit_has_an_area(area):
    with pytest.raises(ValidationError):
        Unit.model_validate({**UNIT, "area_km2": area})


def test_a_row_never_changes():
    row = Report(work_id="a", status=Status.COMPLETED)
    with pytest.raises(ValidationError):
        row.status = Status.CANCELLED
    assert row.status == Status.COMPLETED


def test_a_target_may_speak_of_a_whole_set():
    target = Target.model_validate(
        {"set": "village", "number": "", "unit_code": "90001", "state": "achieve", "clause": "I"}
    )
    assert target.number is None


SET = {"id": "commune", "level": "commune", "vi": "Xã", "en": "Commune", "valid_from": "2021-01-01",
       "source": "x"}  # fmt: skip


@pytest.mark.parametrize(
    ("extra", "numbers"),
    [
        ({}, []),
        ({"count": 3}, [1, 2, 3]),
        ({"criterion": [{"number": 1, "vi": "a", "en": "b"}]}, [1]),
    ],
)
def test_a_set_has_numbers_also_where_it_has_no_names(extra, numbers):
    assert list(CriteriaSet.model_validate({**SET, **extra}).numbers) == numbers


def test_a_criterion_is_looked_up_by_its_number():
    one = CriteriaSet.model_validate({**SET, "criterion": [{"number": 1, "vi": "a", "en": "b"}]})
    assert (one.name_of(1).vi, one.name_of(2)) == ("a", None)


@pytest.mark.parametrize(
    "extra", [{"count": 0}, {"count": 10**9}, {"level": "province"}, {"ghi": 1}]
)
def test_a_set_that_cannot_be_is_refused(extra):
    with pytest.raises(ValidationError):
        CriteriaSet.model_validate({**SET, **extra})


@pytest.mark.parametrize(
    "crs", ["9218", "epsg:9218", "EPSG:9218 ", "VN-2000", "EPSG:1", "+proj=utm"]
)
def test_the_working_crs_is_an_epsg_code(tiny, crs):
    known = tiny.record().project.model_dump(mode="json")
    with pytest.raises(ValidationError):
        Project.model_validate({**known, "working_crs": crs})


@pytest.mark.parametrize("words", EVERY)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_word_of_a_closed_list_has_a_label_of_its_own(words, lang):
    said = [labels.label(word, lang) for word in words]
    assert len(set(said)) == len(said)
    assert all(said)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(0.3, "0,3", "0.3"), (1234.5, "1.234,5", "1,234.5"), (10, "10", "10"), (0, "0", "0"),
     (1e6, "1.000.000", "1,000,000")],
)  # fmt: skip
def test_figures_are_written_as_the_language_does(value, vi, en):
    assert (labels.format_number(value, "vi"), labels.format_number(value, "en")) == (vi, en)
