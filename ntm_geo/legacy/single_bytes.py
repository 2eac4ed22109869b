"""Text whose letters are really bytes: read as ISO-8859-1 or Windows-1252, meant as other."""

import codecs
import unicodedata

_OF_WINDOWS = {
    bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # Windows-1252 leaves these five empty
}
"""What Windows-1252 shows in the place of the control characters of ISO-8859-1."""


def byte_of(letter: str) -> int | None:
    """Return the byte that was read as this letter; None where no byte can have been.

    Examples
    --------
    >>> hex(byte_of("§")), hex(byte_of("€")), byte_of("ạ")
    ('0xa7', '0x80', None)
    """
    return ord(letter) if letter <= "ÿ" else _OF_WINDOWS.get(letter)


def bytes_of(text: str) -> bytes | None:
    """Return the bytes that were read as this text; None where it cannot come from bytes."""
    found = [byte_of(letter) for letter in text]
    return None if None in found else bytes(byte for byte in found if byte is not None)


def decode_windows_1258(text: str) -> str | None:
    """Return text of Windows-1258 that was read as ISO-8859-1 or Windows-1252.

    Parameters
    ----------
    text
        A letter for each byte.

    Returns
    -------
    text
        Composed (NFC): Windows-1258 writes tones as marks of their own. None where the text
        cannot come from Windows-1258.

    Examples
    --------
    >>> decode_windows_1258("xaÞ Ðông"), decode_windows_1258("Vĩnh")
    ('xã Đông', None)
    """
    data = bytes_of(text)
    if data is None:
        return None
    try:
        return unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None


def restore_utf8(text: str) -> str | None:
    """Return text of UTF-8 that was read as ISO-8859-1 or Windows-1252 (mojibake).

    Parameters
    ----------
    text
        A letter for each byte.

    Returns
    -------
    text
        Where a narrow field cut the last letter, U+FFFD stands for what is left of it. None where
        the text cannot come from UTF-8.

    Examples
    --------
    >>> restore_utf8("HlÆ¡"), restore_utf8("HlÆ"), restore_utf8("HlÆng")
    ('Hlơ', 'Hl\ufffd', None)
    """
    data = bytes_of(text)
    if data is None:
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        whole = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    return whole + ("\ufffd" if decoder.getstate()[0] else "")
