"""Names of places in their many spellings."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_geo.errors import NameAmbiguousError, NameUnknownError
from ntm_geo.names import Named, bare_key, fold, resolve, search_key, split_kind
from ntm_geo.record import read_record

SPELLINGS = {
    "23638": ["thị trấn Kbang", "TT Kbang", "TT.Kbang", "tt. KBang", "Thi tran Kbang"],
    "23641": ["Kon Pne", "Kon pne", "xã KonPne"],
    "23644": ["ĐăkRong", "Đak Rong", "Đăk Rong", "Đăk Roong", "\u00d0ăk Rong", "dak rong"],
    "23656": ["Lơ Ku", "lơ ku", "LƠ KU", "Lo Ku", "LơKu", "  Lơ   Ku "],
    "23660": ["ĐăkSmar", "Đak SMar", "\u00d0ăkSmar", "\u0189ăk Smar"],
    "23659": ["xã Đông", "Đông", "X. Đông", "x.Đông", "\u00d0ông", "xa Dong", "ĐÔNG"],
    "23668": ["KôngLơngKhơng", "Kông Lơng Khơng", "kong long khong"],
    "23671": ["Kông Bờ La", "Kông Bơ La", "Kông Pla", "B'La", "B\u2019La", "KongBoLa"],
    "23674": ["ĐăkHlơ", "Đăk Hlơ", "\u00d0ăkHlơ", "dak-hlo"],
    "625": ["huyện Kbang", "H. Kbang", "h.kbang", "Huyen Kbang"],
}


@pytest.fixture(scope="module")
def named(kbang):
    record = read_record(kbang).record
    return record.place_names()


@pytest.mark.parametrize(
    ("code", "text"), [(c, text) for c, many in SPELLINGS.items() for text in many]
)
def test_every_known_spelling_finds_its_unit(named, code, text):
    assert resolve(text, named) == code


@pytest.mark.parametrize("text", [text for many in SPELLINGS.values() for text in many])
def test_decomposed_spellings_find_the_same_unit(named, text):
    assert resolve(unicodedata.normalize("NFD", text), named) == resolve(text, named)


def test_every_unit_of_the_record_is_found_by_its_code_and_its_names(named):
    for thing in named[:-1]:
        assert resolve(f" {thing.code} ", named) == thing.code
        assert {resolve(f"{_word(thing.kind)} {s}", named) for s in thing.spellings} == {thing.code}


def _word(kind):
    return {"commune": "xã", "town": "thị trấn"}[kind]


@pytest.mark.parametrize("text", ["Kbang", "KBANG", "K Bang", "kbang"])
def test_a_name_of_the_town_and_the_district_is_not_guessed(named, text):
    with pytest.raises(NameAmbiguousError) as raised:
        resolve(text, named, column="unit")
    (problem,) = raised.value.problems
    assert (problem.column, problem.found) == ("unit", text)
    assert problem.allowed.vi == "thị trấn Kbang (23638), huyện Kbang (625)"


TWO = [Named("1", "commune", ("Sơn Hạ",)), Named("2", "commune", ("Sơn Hà",))]


@pytest.mark.parametrize(("text", "code"), [("Sơn Hạ", "1"), ("sơn hà", "2"), ("SƠNHẠ", "1")])
def test_tones_tell_two_names_apart(text, code):
    assert resolve(text, TWO) == code


@pytest.mark.parametrize("text", ["Son Ha", "Sơn Ha", "sonha", "xã Son Ha"])
def test_names_that_only_tones_tell_apart_are_not_guessed_without_them(text):
    with pytest.raises(NameAmbiguousError) as raised:
        resolve(text, TWO)
    assert "xã Sơn Hạ (1), xã Sơn Hà (2)" in raised.value.say("vi")


@pytest.mark.parametrize("text", ["", "   ", "-", "xã", "Nơi Không Có", "99999", "2363", "\u0300"])
def test_what_names_nothing_is_unknown(named, text):
    with pytest.raises(NameUnknownError) as raised:
        resolve(text, named, column="unit")
    (problem,) = raised.value.problems
    assert problem.found == text
    assert problem.column == "unit"


def test_the_nearest_names_are_suggested(named):
    with pytest.raises(NameUnknownError) as raised:
        resolve("xã Tơ Tunng", named)
    assert "Tơ Tung (23668)" not in raised.value.problems[0].allowed.vi
    assert "Tơ Tung (23665)" in raised.value.problems[0].allowed.vi


def test_all_names_are_listed_where_none_is_near():
    with pytest.raises(NameUnknownError) as raised:
        resolve("qqqqqqq", TWO)
    assert raised.value.problems[0].allowed.en == "xã Sơn Hạ (1), xã Sơn Hà (2)"


@pytest.mark.parametrize("text", ["xã Kbang", "phường Kbang"])
def test_a_name_of_another_kind_is_no_fit(named, text):
    with pytest.raises(NameUnknownError):
        resolve(text, named)


def test_the_word_for_a_kind_may_be_part_of_a_name():
    offices = [Named("youth", "office", ("Huyện đoàn",)), Named("party", "office", ("Huyện ủy",))]
    assert resolve("Huyện đoàn", offices) == "youth"
    assert resolve("huyen uy", offices) == "party"


def test_a_code_comes_before_a_name():
    things = [Named("1", "commune", ("2",)), Named("2", "commune", ("Sơn",))]
    assert resolve("2", things) == "2"


def test_old_and_new_places_of_the_tone_mark_are_one_name():
    assert resolve("Hoà Bình", [Named("1", "commune", ("Hòa Bình",))]) == "1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xã Đông", ("commune", "Đông")),
        ("XÃ ĐÔNG", ("commune", "ĐÔNG")),
        ("Thị  trấn  Kbang", ("town", "Kbang")),
        ("TT.Kbang", ("town", "Kbang")),
        ("huyện Kbang", ("district", "Kbang")),
        ("p. 1", ("ward", "1")),
        ("Tơ Tung", (None, "Tơ Tung")),
        ("Xãm", (None, "Xãm")),
        ("Ttung", (None, "Ttung")),
        ("xã", (None, "xã")),
    ],
)
def test_the_kind_is_told_from_the_name(text, expected):
    assert split_kind(text) == expected


def test_tones_are_kept_in_one_key_and_dropped_in_the_other():
    assert fold("Sơn Hạ") != fold("Sơn Hà")
    assert bare_key("Sơn Hạ") == bare_key("Sơn Hà") == "sonha"


@given(st.text())
def test_keys_of_keys_are_the_keys(text):
    assert bare_key(fold(text)) == bare_key(text)
    assert not any(c.isspace() for c in fold(text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  Đường trục xã Đăk-Hlơ, 2  ", "duong truc xa dak hlo 2"),
        ("\u00d0ĂK Rong", "dak rong"),
        ("III.5.2 Giao thông fn\u00a02", "iii 5 2 giao thong fn 2"),
        ("ＬÀＮＧ①", "lang1"),
        ("B'La (Kông)", "b la kong"),
        ("...", ""),
    ],
)
def test_a_search_key_is_words_of_bare_letters(text, key):
    assert search_key(text) == key


@given(st.text())
def test_a_search_key_of_a_key_is_the_key(text):
    key = search_key(text)
    assert search_key(key) == key == " ".join(key.split())
    assert all(c.isalnum() or c == " " for c in key)


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_composition_never_changes_a_search_key(text, form):
    assert search_key(unicodedata.normalize(form, text)) == search_key(text)


def test_a_long_list_of_names_is_cut():
    many = [Named(str(n), "office", (f"Phòng {n}",)) for n in range(100)]
    with pytest.raises(NameUnknownError) as raised:
        resolve("qqqqqqq", many)
    allowed = raised.value.problems[0].allowed.en
    assert allowed.endswith("Phòng 39 (39), …")
    assert "Phòng 40" not in allowed


UNIQUE = [
    Named("1", "commune", ("Đăk Mơ", "Đak Mơ")),
    Named("2", "commune", ("Kông Thử",)),
    Named("3", "town", ("Ea Tơ",)),
    Named("4", "commune", ("B'Lơ",)),
]


@given(
    st.sampled_from([(thing.code, name) for thing in UNIQUE for name in thing.spellings]),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.sampled_from(["", "\u00d0", "\u0189"]),
    st.randoms(use_true_random=False),
)
def test_case_blanks_and_composition_never_change_what_a_name_means(one, form, lookalike, chance):
    code, name = one
    text = name.replace("Đ", lookalike or "Đ")
    text = "".join(c.upper() if chance.random() < 0.5 else c.lower() for c in text)
    text = "".join(_blank(chance) if c == " " else c for c in text)
    assert resolve(unicodedata.normalize(form, text), UNIQUE) == code


def _blank(chance: random.Random) -> str:
    return chance.choice(["", " ", "  ", "\t", "\u00a0", "-", "_"])
