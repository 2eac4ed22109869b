"""Units through time: wholes, parts, and parts that come together again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_geo.changes import trace, units_on
from ntm_geo.model import ChangePart, Unit, UnitChange
from ntm_geo.record import read_record

START = date(2023, 2, 28)
FIRST, SECOND = date(2024, 11, 1), date(2025, 7, 1)


def unit(code, name):
    return Unit(unit_code=code, name=name, kind="commune", area_km2=10, lon=108.6, lat=14.1,
                source="x")  # fmt: skip


def change(day, code, into, part="whole", name=None):
    return UnitChange(
        date=day, unit_code=code, name=f"cũ {code}", into_code=into,
        into_name=name or f"mới {into}",
        into_kind="commune", part=part, source="x",
    )  # fmt: skip


A, B, C = unit("01", "A"), unit("02", "B"), unit("03", "C")


def codes(*answer):
    return [(one.code, one.part.value) for one in answer]


def test_without_a_row_a_unit_stays_what_it_is():
    assert codes(*trace(A, [change(FIRST, "02", "03")], start=START, on=SECOND)) == [
        ("01", "whole")
    ]


def test_only_changes_after_the_day_of_the_units_and_up_to_the_day_asked_for_count():
    rows = [change(START, "01", "07"), change(FIRST, "01", "08"), change(SECOND, "08", "09")]
    assert codes(*trace(A, rows, start=START, on=date(2024, 10, 31))) == [("01", "whole")]
    assert codes(*trace(A, rows, start=START, on=FIRST)) == [("08", "whole")]
    assert codes(*trace(A, rows, start=START, on=SECOND)) == [("09", "whole")]


def test_a_divided_unit_has_every_part_and_none_is_chosen():
    rows = [change(FIRST, "01", "02", "part"), change(FIRST, "01", "03", "part")]
    assert codes(*trace(A, rows, start=START, on=FIRST)) == [("02", "part"), ("03", "part")]


def test_parts_that_come_together_again_are_whole():
    rows = [
        change(FIRST, "01", "02", "part"), change(FIRST, "01", "03", "part"),
        change(SECOND, "02", "01", name="D"), change(SECOND, "03", "01", name="D"),
    ]  # fmt: skip
    (one,) = trace(A, rows, start=START, on=SECOND)
    assert (one.code, one.name, one.part) == ("01", "D", ChangePart.WHOLE)


def test_later_units_say_what_they_are_formed_of():
    rows = [
        change(FIRST, "01", "02", "part", "B"), change(FIRST, "01", "03", "part", "C"),
        change(SECOND, "02", "03", name="E"),
    ]  # fmt: skip
    later = units_on([A, B, C], rows, start=START, on=FIRST)
    assert [(one.code, one.formed_of) for one in later] == [
        ("02", (("01", ChangePart.PART), ("02", ChangePart.WHOLE))),
        ("03", (("01", ChangePart.PART), ("03", ChangePart.WHOLE))),
    ]
    (last,) = units_on([A, B, C], rows, start=START, on=SECOND)
    assert last.formed_of == tuple((one, ChangePart.WHOLE) for one in ("01", "02", "03"))


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([FIRST, SECOND]), *[st.sampled_from(["01", "02", "03", "04"])] * 2
        ),
        max_size=8,
    )
)
def test_no_unit_is_lost_and_none_is_made_of_nothing(rows):
    changes = [change(day, old, new, "part") for day, old, new in rows]
    units = [A, B, C]
    later = units_on(units, changes, start=START, on=SECOND)
    assert {code for one in later for code, _ in one.formed_of} == {"01", "02", "03"}
    assert all(one.formed_of for one in later)
    for one in units:
        successors = trace(one, changes, start=START, on=SECOND)
        assert {s.code for s in successors} == {
            after.code for after in later if one.unit_code in dict(after.formed_of)
        }


# --- the district of the repository --------------------------------------------------------------


@pytest.fixture(scope="module")
def record(kbang):
    return read_record(kbang).record


def later(record, on):
    return {
        one.name: {code for code, _ in one.formed_of}
        for one in units_on(record.units.rows, record.changes.rows, start=START, on=on)
    }


def test_the_units_of_the_plan_are_those_of_2023(record):
    assert set(later(record, date(2024, 10, 31))) == {one.name for one in record.units}


def test_a_commune_is_abolished_in_november_2024(record):
    units = later(record, FIRST)
    assert len(units) == 13
    assert "Đăk Hlơ" not in units
    assert [name for name, codes in units.items() if "23674" in codes] == ["Nghĩa An", "Kông Bơ La"]


def test_six_communes_are_left_in_july_2025(record):
    assert later(record, SECOND) == {
        "Kbang": {"23638", "23656", "23660"},
        "Đak Rong": {"23641", "23644"},
        "Sơn Lang": {"23647", "23653"},
        "Krong": {"23650"},
        "Kông Bơ La": {"23659", "23662", "23671", "23674"},
        "Tơ Tung": {"23665", "23668"},
    }


def test_one_code_is_two_units(record):
    units = {one.unit_code: one for one in record.units}
    first = trace(units["23674"], record.changes.rows, start=START, on=SECOND)
    assert [(one.code, one.name, one.part.value) for one in first] == [
        ("23674", "Kông Bơ La", "whole")
    ]
    assert units["23674"].name == "Đăk Hlơ"


# --- what may stand in gis/changes.csv -----------------------------------------------------------

HEADER = "date,unit_code,name,into_code,into_name,into_kind,part,area_km2,population,source\n"


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        (["2024-11-01,90099,X,90002,Sơn Hạ,commune,whole,,,NQ"], 2, "unit_code"),
        (["2024-11-01,90001,X,90098,Y,commune,whole,,,NQ",
          "2024-11-01,90098,Y,90002,Sơn Hạ,commune,whole,,,NQ"], 3, "unit_code"),
        (["2024-11-01,90001,X,90002,Sơn Hạ,commune,whole,,,NQ",
          "2024-11-01,90001,X,90003,Sơn Hà,commune,part,,,NQ"], 3, "part"),
        (["2024-11-01,90001,X,90097,Y,commune,whole,,,NQ",
          "2024-11-01,90003,X,90097,Z,commune,whole,,,NQ"], 3, "into_name"),
        (["2024-11-01,90001,X,90002,Sơn Hạ,commune,part,1,,NQ",
          "2024-11-01,90001,X,90003,Sơn Hà,commune,part,99999,,NQ"], 3, "area_km2"),
        (["2024-11-01,90001,X,90002,Y,commune,half,,,NQ"], 2, "part"),
        (["2024-13-01,90001,X,90002,Y,commune,whole,,,NQ"], 2, "date"),
        (["2024-11-01,90001,X,90002,Sơn Hạ,commune,part,1,,NQ"], 2, "part"),
        (["2024-11-01,90001,X,900,Y,commune,whole,,,NQ"], 2, "into_code"),
        (["2024-11-01,90001,X,90003,Sơn Hạ,commune,whole,,,NQ"], 2, "into_name"),
        (["2024-11-01,90001,X,90098,Y,commune,whole,,,NQ",
          "2025-07-01,90002,Sơn Hạ,90098,Z,commune,whole,,,NQ"], 3, "into_name"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_named(tiny, rows, row, column):
    tiny.write("gis/changes.csv", HEADER + "\n".join(rows) + "\n")
    (problem,) = tiny.reading().problems
    assert (problem.file, problem.row, problem.column) == ("gis/changes.csv", row, column)
    assert problem.allowed


def test_a_code_that_was_free_may_come_back_under_another_name(tiny):
    tiny.write(
        "gis/changes.csv",
        HEADER + "2024-11-01,90001,X,90002,Sơn Hạ,commune,whole,,,NQ\n"
        "2025-07-01,90003,Sơn Hà,90001,Z,commune,whole,,,NQ\n",
    )
    assert tiny.reading().problems == []


def test_a_unit_of_a_later_day_may_change_again(tiny):
    tiny.write(
        "gis/changes.csv",
        HEADER + "2024-11-01,90001,X,90098,Y,commune,whole,,,NQ\n"
        "2025-07-01,90098,Y,90002,sơn hạ,commune,whole,,,NQ\n",
    )
    assert tiny.reading().problems == []
