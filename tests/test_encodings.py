"""Bytes that officials bring: Excel, Notepad, old Vietnamese fonts."""

import unicodedata

import pytest

from ntm_geo.encodings import LOOKALIKES, clean, decode, find_unclean
from ntm_geo.errors import RecordError

TEXT = "mã,tên\n1,Đăk Mơ\n"
TCVN3 = b"m\xb7,t\xaan\n1,\xa7\xa8k M\xac\n"
"""The same text as a .VnTime document stores it."""


def test_plain_utf8_leaves_no_trace():
    assert decode(TEXT.encode(), file="a.csv") == (TEXT, False, False)


def test_a_byte_order_mark_is_taken_off_and_told():
    assert decode(TEXT.encode("utf-8-sig"), file="a.csv") == (TEXT, True, False)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_plain_and_are_told(end):
    assert decode(TEXT.replace("\n", end).encode(), file="a.csv") == (TEXT, False, True)


def test_an_empty_file_is_empty_text():
    assert decode(b"", file="a.csv").text == ""


@pytest.mark.parametrize(
    ("data", "row", "found"),
    [
        (TCVN3, 1, "0xb7"),
        ("x\n1,Đăk Mơ\n".encode("cp1258", errors="replace"), 2, "0xd0"),
        (b"a\nb\n\xc3(\n", 3, "0xc3"),
        (b"a\n\xed\xa0\x80\n", 2, "0xed"),
        (TEXT.encode("utf-16"), 1, "0xfffe"),
        (TEXT.encode("utf-16-le"), 1, "0x6d00"),
        (TEXT.encode("utf-16-be"), 1, "0x006d"),
        (b"PK\x03\x04\x00\x00 an .xlsx renamed to .csv", 1, "0x504b0304"),
    ],
    ids=["TCVN3", "cp1258", "broken", "surrogate", "utf-16", "utf-16-le", "utf-16-be", "xlsx"],
)
def test_other_bytes_are_refused_with_their_place(data, row, found):
    with pytest.raises(RecordError) as raised:
        decode(data, file="gis/units.csv")
    (problem,) = raised.value.problems
    assert (problem.file, problem.row) == ("gis/units.csv", row)
    assert problem.found.startswith(found)
    assert "UTF-8" in problem.allowed.vi
    assert "Excel" in problem.todo.vi


@pytest.mark.parametrize("wrong", LOOKALIKES)
def test_letters_that_look_like_d_with_stroke_become_it(wrong):
    assert clean(f"{wrong}ông") in ("Đông", "đông")


def test_clean_text_is_composed():
    assert clean(unicodedata.normalize("NFD", "Kông Bờ La")) == "Kông Bờ La"


@pytest.mark.parametrize(
    "text", ["", "Đăk Mơ", "B'La", "10.4 km²", "nhiều\ndòng", "a\tb", "≥ 3 – 5"]
)
def test_clean_cells_are_left_alone(text):
    assert find_unclean(text) is None


@pytest.mark.parametrize("wrong", LOOKALIKES)
def test_a_lookalike_is_found_and_the_right_spelling_shown(wrong):
    problem = find_unclean(f"{wrong}ăk Mơ")
    assert problem.found == f"{wrong}ăk Mơ"
    assert clean(f"{wrong}ăk Mơ") in problem.allowed.vi


def test_decomposed_text_is_found_and_its_marks_made_visible():
    problem = find_unclean(unicodedata.normalize("NFD", "Sơn Hạ"))
    assert "\\u0323" in problem.found
    assert "Sơn Hạ" in problem.allowed.vi


@pytest.mark.parametrize("hidden", ["\u200b", "\ufeff", "\u00ad", "\u202e", "\ufffd", "\x07"])
def test_hidden_and_broken_characters_are_found(hidden):
    problem = find_unclean(f"Sơn{hidden} Hạ")
    assert problem.allowed.vi == "«Sơn Hạ»"
