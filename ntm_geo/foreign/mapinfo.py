"""MapInfo TAB and MIF: what they point to, and the character set that they name."""

import re

from ntm_geo.errors import Text
from ntm_geo.foreign.brought import DeclaredEncoding, EncodingOrigin, Format, refusal
from ntm_geo.foreign.shapefile import is_utf_8, missing_parts
from ntm_geo.foreign.staging import Parcel

_HEADER_BYTES = 2**20
_POINTERS = re.compile(
    r'^\s*(open\s+table|create\s+view|file\s+")|"\\IsSeamless"', re.IGNORECASE | re.MULTILINE
)
_TYPE = re.compile(r"^\s*Type\s+(\w+)", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(rb'(!charset\s+|charset\s+")([\w.-]+)', re.IGNORECASE)


def check_mapinfo(parcel: Parcel) -> None:
    """Refuse a table without its parts, or one that only points to other files.

    Raises
    ------
    RecordError
        A part is missing; a view, seamless, raster or linked table.
    """
    is_tab = parcel.recognition.format is Format.TAB
    needed = (".dat", ".map", ".id") if is_tab else (".mid",)
    if is_tab:
        _check_native(parcel)
    missing = [ending for ending in needed if not parcel.part(ending).is_file()]
    if missing:
        raise missing_parts(
            parcel.file, missing, "*.tab, *.dat, *.map, *.id" if is_tab else "*.mif, *.mid"
        )


def _check_native(parcel: Parcel) -> None:
    # A view, a seamless or a raster table names other files, wherever they lie.
    header = parcel.path.read_bytes()[:_HEADER_BYTES].decode("latin-1")
    kind = _TYPE.search(header)
    pointer = _POINTERS.search(header)
    if pointer is None and kind is not None and kind[1].upper() == "NATIVE":
        return
    found = pointer[0].strip() if pointer else f"Type {kind[1] if kind else '-'}"
    raise refusal(
        parcel.file,
        Text("bảng TAB không tự chứa dữ liệu", "a TAB that holds no data of its own"),
        found=found,
        allowed=Text("Type NATIVE", "Type NATIVE"),
        todo=Text(
            "trong MapInfo dùng Save Copy As để lưu thành bảng thường",
            "save it as a plain table in MapInfo (Save Copy As)",
        ),
    )


def take_charset(parcel: Parcel) -> DeclaredEncoding:
    """Return the character set that the header names, and make the copy's header neutral.

    GDAL recodes by this name, and loses the bytes that Windows-1252 has no letter for; of a
    neutral file it hands out the bytes as they are.
    """
    data = parcel.path.read_bytes()
    head = data[:_HEADER_BYTES]
    found = _CHARSET.search(head)
    if found is None:
        return DeclaredEncoding(None, EncodingOrigin.NONE, is_raw=True)
    name = found[2].decode("latin-1")
    count = 2 if parcel.recognition.format is Format.TAB else 1
    neutral = _CHARSET.sub(rb"\g<1>Neutral", head, count=count)
    parcel.path.write_bytes(neutral + data[_HEADER_BYTES:])
    return DeclaredEncoding(name, EncodingOrigin.MAPINFO, is_raw=not is_utf_8(name))
