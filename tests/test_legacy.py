"""Old Vietnamese fonts: the tables letter by letter, and what tells one encoding from another."""

import string
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_geo.encodings import clean
from ntm_geo.legacy import (
    decode_as,
    decode_tcvn3,
    decode_vni,
    decode_windows_1258,
    detect,
    encode_tcvn3,
    encode_vni,
    restore_utf8,
)

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
LETTERS = SMALL + SMALL.upper()
FORMS = ["NFC", "NFD"]
WORDS = """
    xã huyện thị trấn đường thôn làng trường tiểu học mẫu giáo trạm y tế nhà văn hóa hoà chợ
    kênh mương thủy lợi đập suối cầu cống bê tông nhựa hộ nghèo nước sạch điện lưới khuyến nông
    quốc phòng nghĩa giếng khoan ruộng vườn rừng sản xuất phát triển kinh tế chuyển đổi giống
    Đăk Hlơ Kông Lơng Khơng Tơ Tung Sơn Lang Krông Pơ Yă Đê Bút Gút Lợt Bờ Hợp Đồng Tân Lập
""".split()  # noqa: SIM905 (a text is read more easily than a list)
BEYOND_BYTES = [word for word in WORDS if any(letter > "\u00ff" for letter in word)]

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30)
cased = st.sampled_from([str, str.upper, str.title])


def encode_windows_1258(text):
    """Windows-1258 as ISO-8859-1 shows it: the tone is a mark behind its letter."""
    found = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            found += letter.encode("cp1258")
        except UnicodeEncodeError:
            first, *marks = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            rest = "".join(mark for mark in marks if mark != tone)
            found += (unicodedata.normalize("NFC", first + rest) + tone).encode("cp1258")
    return found.decode("latin-1")


def mojibake(text):
    return text.encode().decode("latin-1")


ENCODERS = {
    "tcvn3": encode_tcvn3,
    "vni": encode_vni,
    "windows-1258": encode_windows_1258,
    "utf-8 as latin-1": mojibake,
}

# --- the tables ---


@pytest.mark.parametrize("form", FORMS)
def test_every_letter_of_full_tcvn_5712_and_of_vni_comes_back(form):
    text = unicodedata.normalize(form, LETTERS)
    encoded = encode_tcvn3(text, own_capitals=True)
    assert decode_tcvn3(encoded, own_capitals=True) == LETTERS
    assert len(set(encoded)) == len(encoded.encode("latin-1")) == len(LETTERS)
    assert decode_vni(encode_vni(text)) == LETTERS
    assert encode_vni(text).encode("latin-1")


@pytest.mark.parametrize("form", FORMS)
def test_abc_fonts_keep_every_letter_but_lose_the_capital_of_one_with_a_tone(form):
    assert decode_tcvn3(encode_tcvn3(unicodedata.normalize(form, SMALL))) == SMALL
    for capital in SMALL.upper():
        kept = capital.isascii() or capital in "ĂÂÊÔƠƯĐ"
        expected = capital if kept else capital.lower()
        assert decode_tcvn3(encode_tcvn3(unicodedata.normalize(form, capital))) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("LÀNG", "LÀNG"),
        ("HUYỆN ĐĂK MƠ", "HUYỆN ĐĂK MƠ"),
        ("XÃ LÀNG", "Xã LÀNG"),  # one letter does not tell whether the rest was meant large
        ("Ấp Bắc", "ấp Bắc"),
        ("Ý", "ý"),
    ],
)
def test_capitals_come_back_where_the_rest_of_the_word_tells(text, shown):
    assert decode_tcvn3(encode_tcvn3(text)) == shown


def iconv(letters):
    done = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=letters, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_the_tables_agree_with_iconv_and_differ_where_abc_fonts_differ():
    codes = [code for code in range(0x100) if code not in (0x0A, 0x0D)]
    # A line for each byte: iconv composes a letter with a mark that follows it.
    theirs = iconv(b"".join(bytes([code]) + b"\n" for code in codes)).split("\n")[:-1]
    ours = [decode_tcvn3(chr(code), own_capitals=True) for code in codes]
    assert dict(zip(codes, ours, strict=True)) == dict(zip(codes, theirs, strict=True))
    # iconv reads the standard's table VN1. ABC fonts are VN3, where
    # what VN1 adds is not a letter and stays as it is.
    differing = [
        chr(code)
        for code, letter in zip(codes, theirs, strict=True)
        if decode_tcvn3(chr(code)) != letter
    ]
    added = {encode_tcvn3(capital, own_capitals=True) for capital in SMALL.upper()}
    kept = {encode_tcvn3(capital) for capital in "ĂÂÊÔƠƯĐ" + string.ascii_uppercase}
    assert set(differing) == (added - kept) | set("\xb0\xb1\xb2\xb3\xb4")
    assert decode_tcvn3("10 km²") == "10 km²"


def test_whole_words_agree_with_iconv():
    text = " ".join(WORDS)
    assert iconv(encode_tcvn3(text).encode("latin-1")) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Aùo", "Áo"), ("Ñoâng", "Đông"), ("ÑOÂNG", "ĐÔNG"), ("yï", "ỵ"), ("î", "ỵ"), ("ù", "ù")],
)
def test_vni_takes_the_case_of_the_letter_and_leaves_a_mark_alone(typed, meant):
    assert decode_vni(typed) == meant


@given(st.text(st.sampled_from(LETTERS + " -'/0123456789")), st.sampled_from(FORMS))
def test_any_string_of_letters_comes_back(text, form):
    given_text = unicodedata.normalize(form, text)
    assert decode_vni(encode_vni(given_text)) == text
    assert decode_tcvn3(encode_tcvn3(given_text, own_capitals=True), own_capitals=True) == text
    assert decode_tcvn3(encode_tcvn3(given_text)).lower() == text.lower()
    assert decode_windows_1258(encode_windows_1258(given_text)) == text
    assert restore_utf8(mojibake(text)) == text


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_stays_ascii_in_every_encoding(text):
    printed = "".join(letter for letter in text if letter >= " ")
    assert decode_vni(text) == decode_tcvn3(text) == restore_utf8(text) == text
    assert encode_vni(text) == encode_tcvn3(text) == text
    assert decode_tcvn3(printed, own_capitals=True) == printed
    assert detect([text]).encoding == "ascii"


@given(words)
def test_no_decoder_changes_text_that_no_byte_can_stand_for(texts):
    text = " ".join(c for word in texts for c in word if not c.isascii() and c > "\u00ff")
    assert decode_vni(text) == decode_tcvn3(text) == text
    assert decode_windows_1258(text + "ạ") is restore_utf8(text + "ạ") is None


# --- detection ---


@given(words, cased, st.sampled_from(FORMS))
def test_unicode_is_never_taken_for_an_old_encoding(texts, case, form):
    evidence = detect([unicodedata.normalize(form, case(word)) for word in texts])
    assert evidence.encoding in ("unicode", "ascii", None)
    assert "unicode" in evidence.candidates or evidence.encoding == "ascii"


@given(st.lists(st.sampled_from(BEYOND_BYTES), min_size=1), words, cased)
def test_unicode_is_known_by_letters_that_no_byte_can_stand_for(sure, texts, case):
    evidence = detect([case(word) for word in [*sure, *texts]])
    unsure = [word for word in {*texts} if word not in BEYOND_BYTES and not word.isascii()]
    if len({*sure}) > len(unsure):
        assert evidence.encoding == "unicode"
    assert evidence.encoding in ("unicode", None)


@pytest.mark.parametrize("encoding", ENCODERS)
@given(texts=words, case=cased)
def test_an_old_encoding_is_known_or_left_open_and_never_mistaken(encoding, texts, case):
    encoded = [ENCODERS[encoding](case(word)) for word in texts]
    evidence = detect(encoded)
    if evidence.encoding is None:
        assert encoding in evidence.candidates
        assert len(evidence.candidates) > 1
    elif evidence.encoding != "ascii":
        # Đ of Windows-1258 is Ð of ISO-8859-1, which the house takes for Đ anyway.
        decoded = [clean(decode_as(word, evidence.encoding)) for word in encoded]
        assert decoded == [decode_as(word, encoding) for word in encoded]


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("case", [str, str.upper, str.title])
def test_a_page_of_words_decides_and_what_it_becomes_is_unicode(encoding, case):
    text = [case(word) for word in WORDS]
    encoded = [ENCODERS[encoding](word) for word in text]
    evidence = detect(encoded)
    assert (evidence.encoding, evidence.candidates) == (encoding, (encoding,))
    assert evidence.confidence > 0.9
    decoded = [decode_as(word, encoding) for word in encoded]
    assert [word.lower() for word in decoded] == [word.lower() for word in text]
    assert detect(decoded).encoding == "unicode"
    again = [decode_as(word, detect(decoded).encoding) for word in decoded]
    assert again == decoded
    assert all(decode_as(before, encoding) == after for before, after in evidence.samples)


def test_tcvn_5712_with_capitals_of_its_own_is_told_from_abc_fonts():
    encoded = [encode_tcvn3(word.upper(), own_capitals=True) for word in WORDS]
    evidence = detect(encoded)
    assert evidence.encoding == "tcvn5712"
    assert decode_as(encoded[0], "tcvn5712") == "XÃ"


@pytest.mark.parametrize("encoding", ENCODERS)
def test_dashes_and_abbreviations_say_nothing(encoding):
    texts = [*WORDS, "QĐ", "HĐND", "BCĐ", "10 – 20", "“ ” …", "°"]
    evidence = detect([ENCODERS[encoding](text) for text in texts])
    assert (evidence.encoding, evidence.confidence) == (encoding, 1)
    assert detect(["10 – 20", "“Kbang”", "…"]).encoding == "unicode"


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_few_foreign_words_do_not_hide_an_encoding(encoding):
    encoded = [ENCODERS[encoding](word) for word in WORDS]
    assert detect([*encoded, "Müller", "Ångström", "\ufffd"]).encoding == encoding


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_mixed_file_is_left_to_people(encoding):
    half = len(WORDS) // 2
    mixed = [*WORDS[:half], *(ENCODERS[encoding](word) for word in WORDS[half:])]
    evidence = detect(mixed)
    assert evidence.encoding is None
    assert {"unicode", encoding} <= set(evidence.candidates)
    assert evidence.confidence == 0


@pytest.mark.parametrize(
    ("texts", "candidates"),
    [
        (["Tú"], {"unicode", "tcvn3"}),  # Tú, or Tỳ in TCVN3
        (["Lông", "Không"], {"unicode", "vni"}),  # or Lơng, Khơng in VNI
        (["Lý"], {"unicode", "windows-1258"}),  # or Lư in Windows-1258
    ],
)
def test_what_can_be_read_in_two_ways_is_not_decided(texts, candidates):
    evidence = detect(texts)
    assert evidence.encoding is None
    assert candidates <= set(evidence.candidates)
    assert all("Unicode" in evidence.why.say(lang) for lang in ("vi", "en"))


@pytest.mark.parametrize(
    "texts", [["10 km²", "45°", "«Kbang»"], ["Café", "Straße"], ["Čư", "中文"]]
)
def test_signs_and_foreign_words_stay_as_they_are(texts):
    assert detect(texts).encoding == "unicode"


def test_no_reading_of_broken_text_is_made_up():
    evidence = detect(["\ufffd\ufffdng", "x\ufffd\ufffd"])
    assert evidence.encoding in ("unicode", None)
    assert not evidence.samples


@pytest.mark.parametrize("reader", ["latin-1", "cp1252"])
def test_utf8_comes_back_whichever_of_the_two_misread_it(reader):
    text = "Xã Đak: 5 – 10 làng, “mẫu giáo” thôn Bút, kênh mương"
    misread = "".join(
        # Browsers and GDAL leave the five bytes that Windows-1252 has no letter for.
        bytes([byte]).decode(reader) if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte)
        for byte in text.encode()
    )
    assert restore_utf8(misread) == text
    assert detect([misread]).encoding == "utf-8 as latin-1"


def test_a_letter_cut_off_by_a_narrow_field_stays_visible():
    assert restore_utf8("Xã Đăk Hlơ".encode()[:-1].decode("latin-1")) == "Xã Đăk Hl\ufffd"


@pytest.mark.parametrize("encoding", ENCODERS)
def test_the_reason_names_the_encoding_in_both_languages(encoding):
    why = detect([ENCODERS[encoding](word) for word in WORDS]).why
    name = {"tcvn3": "TCVN3", "vni": "VNI", "windows-1258": "1258", "utf-8 as latin-1": "UTF-8"}
    assert all(name[encoding] in why.say(lang) for lang in ("vi", "en"))
    assert why.vi != why.en


@pytest.mark.parametrize(
    ("texts", "encoding"),
    [(["Làng 1"], "unicode"), (["Laøng Sôn Haï"], "vni"), (["Lµng S¬n"], "tcvn3")],
)
def test_few_words_of_a_unicode_file_are_no_code_page(texts, encoding):
    assert detect(["Làng 1"]).encoding is None
    assert detect(texts, is_unicode=True).encoding == encoding


@pytest.mark.parametrize("words", [["Xã"], ["Kbang", "Xã", "KBANG"], ["PHƯỜNG"]])
def test_the_kind_of_a_unit_alone_is_read_as_it_stands_in_a_unicode_file(words):
    assert detect(words, is_unicode=True).encoding == "unicode"
