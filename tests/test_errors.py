"""What the program says, in both languages."""

import dataclasses

import pytest

import ntm_geo
from ntm_geo import errors
from ntm_geo.errors import NtmGeoError, Problem, RecordError, Text, raise_all

WHAT = Text("sai", "wrong")
FULL = Problem(
    what=WHAT,
    found="x",
    allowed=Text("một số", "a figure"),
    todo=Text("sửa", "mend it"),
    file="gis/units.csv",
    row=3,
    column="area_km2",
)


def test_a_full_message_says_where_what_allowed_and_what_to_do():
    assert FULL.say("en") == (
        "gis/units.csv, row 3, column area_km2: wrong. Found: «x». Allowed: a figure. "
        "To do: mend it."
    )


def test_the_vietnamese_message_holds_the_same_facts():
    assert FULL.say("vi") == (
        "gis/units.csv, dòng 3, cột area_km2: sai. Gặp: «x». Cho phép: một số. Cách sửa: sửa."
    )


@pytest.mark.parametrize(
    ("left_out", "gone"),
    [("found", "Found"), ("allowed", "Allowed"), ("todo", "To do"), ("row", "row 3")],
)
def test_a_part_that_is_not_known_is_left_out(left_out, gone):
    assert gone not in dataclasses.replace(FULL, **{left_out: None}).say("en")


def test_a_problem_without_a_place_is_a_sentence():
    assert Problem(what=WHAT).say("en") == "wrong."


@pytest.mark.parametrize(
    ("where", "vi", "en"),
    [
        ({"column": "--crs"}, "tùy chọn --crs: sai.", "option --crs: wrong."),
        ({"column": "STEP"}, "tham số STEP: sai.", "argument STEP: wrong."),
        (
            {"column": "TEN_XA", "row": 3},
            "dòng 3, cột TEN_XA: sai.",
            "row 3, column TEN_XA: wrong.",
        ),
    ],
)
def test_what_is_typed_behind_a_command_is_no_column(where, vi, en):
    problem = Problem(what=Text("sai", "wrong"), **where)
    assert (problem.say("vi"), problem.say("en")) == (vi, en)


def test_an_empty_cell_is_shown_as_one():
    assert "Found: «»." in Problem(what=WHAT, found="").say("en")


def test_a_place_is_filled_in_only_where_it_was_open():
    placed = Problem(what=WHAT, row=0).at(file="a.csv", row=7, column="name")
    assert (placed.file, placed.row, placed.column) == ("a.csv", 0, "name")


@pytest.mark.parametrize("end", ["?", "!", ".", "…"])
def test_a_sentence_that_ends_in_a_stop_gets_no_other(end):
    text = Text(f"xã nào{end}", f"which one{end}")
    said = Problem(what=text, allowed=text, todo=text).say("en")
    assert said == f"which one{end} Allowed: which one{end} To do: which one{end}"


@pytest.mark.parametrize("braces", ["{file}", "{", "}", "{0}", "{allowed}", "{todo}", "%s"])
def test_braces_that_people_typed_are_shown_as_they_are(braces):
    text = Text(braces, braces)
    problem = Problem(what=text, found=braces, allowed=text, todo=text, file=braces, column=braces)
    assert problem.say("vi").count(braces) == 6


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[31m", "\u202e", "\u200b", "\x00"])
@pytest.mark.parametrize("part", ["found", "file", "column"])
def test_no_sign_that_people_typed_moves_the_cursor_or_hides(part, sign):
    said = dataclasses.replace(FULL, **{part: f"a{sign}b"}).say("vi")
    assert said.isprintable()
    assert f"a\\u{ord(sign[0]):04x}" in said


def test_a_very_long_value_is_cut():
    said = Problem(what=WHAT, found="x" * 10_000).say("en")
    assert len(said) < 200
    assert said.endswith("x…».")


def test_vietnamese_letters_are_shown_as_letters():
    assert "«Kông Bờ La»" in Problem(what=WHAT, found="Kông Bờ La").say("vi")


def test_an_error_tells_all_its_problems_a_line_each():
    error = RecordError(FULL, Problem(what=WHAT))
    assert error.say("vi").splitlines() == [FULL.say("vi"), "sai."]
    assert str(error) == error.say("en")


def test_nothing_is_raised_where_nothing_is_wrong():
    assert raise_all(RecordError, []) is None


def test_everything_that_is_wrong_is_raised_at_once():
    with pytest.raises(RecordError) as raised:
        raise_all(RecordError, iter([FULL, FULL]))
    assert raised.value.problems == (FULL, FULL)


@pytest.mark.parametrize(
    "kind", [e for e in vars(errors).values() if isinstance(e, type) and e.__name__.endswith("or")]
)
def test_each_error_is_the_packages_own_and_public(kind):
    assert issubclass(kind, NtmGeoError)
    assert kind.__name__ in ntm_geo.__all__
    builtins = {base for base in kind.__mro__ if base.__module__ == "builtins"}
    assert kind is NtmGeoError or builtins - {Exception, BaseException, object}


def test_a_text_says_itself_in_either_language():
    assert (WHAT.say("vi"), WHAT.say("en")) == ("sai", "wrong")
