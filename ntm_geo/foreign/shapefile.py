"""Headers of a shapefile held against the files that are there, before GDAL believes them."""

import struct
from pathlib import Path

from ntm_geo.errors import RecordError, Text
from ntm_geo.foreign.brought import DeclaredEncoding, EncodingOrigin, refusal
from ntm_geo.foreign.staging import MAX_FEATURES, Parcel, too_many

_SHP_HEADER = 100
_DBF_HEADER = 32
_SHX_RECORD = 8
_MOST_CPG = 64
_UTF_8 = ("utf-8", "utf8", "65001")
_CODE_PAGES = {
    0x01: "437", 0x02: "850", 0x03: "1252", 0x13: "932", 0x4D: "936", 0x4E: "949", 0x4F: "950",
    0x50: "874", 0x57: "ANSI", 0xC8: "1250", 0xC9: "1251",
}  # fmt: skip
"""Language driver ids of dBASE that are met in practice (ESRI, dbf.html)."""


def check_shapefile(parcel: Parcel) -> None:
    """Refuse a shapefile without its parts, or whose headers claim what is not there.

    Raises
    ------
    RecordError
        .shx or .dbf is missing, a file is shorter than its header says, the numbers of shapes
        and rows differ, or there are more than MAX_FEATURES.
    """
    shp, shx, dbf = parcel.path, parcel.part(".shx"), parcel.part(".dbf")
    missing = [path.suffix for path in (shx, dbf) if not path.is_file()]
    if missing:
        raise missing_parts(parcel.file, missing, "*.shp, *.shx, *.dbf, *.prj")
    for path in (shp, shx):
        _check_claim(parcel.file, path, _shp_claim(path))
    rows, claim = _dbf_claim(dbf)
    _check_claim(parcel.file, dbf, claim)
    shapes = (shx.stat().st_size - _SHP_HEADER) // _SHX_RECORD
    if shapes != rows:
        raise refusal(
            parcel.file,
            Text("số hình và số dòng thuộc tính khác nhau", "shapes and rows differ in number"),
            found=f".shx {shapes}, .dbf {rows}",
            allowed=Text("mỗi hình một dòng", "one row for each shape"),
            todo=Text("xuất lại shapefile từ QGIS", "export the shapefile from QGIS again"),
        )
    if shapes > MAX_FEATURES:
        raise too_many(parcel.file, shapes)
    _check_offsets(parcel.file, shp, shx)


def _shp_claim(path: Path) -> int | None:
    """Return how long a .shp or .shx says it is [byte]; None where it has no header."""
    head = _head(path, _SHP_HEADER)
    if len(head) < _SHP_HEADER or head[:4] != b"\x00\x00\x27\x0a":
        return None
    (words,) = struct.unpack(">i", head[24:28])
    return max(2 * int(words), _SHP_HEADER) if words > 0 else None


def _dbf_claim(path: Path) -> tuple[int, int | None]:
    """Return how many rows a .dbf says it has, and how long it must be for that [byte]."""
    head = _head(path, _DBF_HEADER)
    if len(head) < _DBF_HEADER:
        return 0, None
    rows, header, row = struct.unpack("<IHH", head[4:12])
    return rows, (header + rows * row if header > _DBF_HEADER and row else None)


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(size)


def _check_claim(file: str, path: Path, claim: int | None) -> None:
    size = path.stat().st_size
    if claim is None or claim > size:
        raise refusal(
            file,
            Text(
                f"phần {path.suffix} bị cắt cụt hoặc có phần đầu sai",
                f"its {path.suffix} is cut off or has a false header",
            ),
            found=f"{size} byte" if claim is None else f"{size} / {claim} byte",
            allowed=Text(
                "độ dài đúng như phần đầu tệp ghi", "as long as the header says, or longer"
            ),
            todo=Text(
                "sao chép lại trọn bộ shapefile từ nguồn",
                "copy the whole shapefile from its source again",
            ),
        )


def _check_offsets(file: str, shp: Path, shx: Path) -> None:
    """Hold where .shx says that each shape lies against the length of .shp."""
    import numpy as np

    table = np.fromfile(shx, dtype=">u4", offset=_SHP_HEADER).astype("int64")
    ends = 2 * (table[0:-1:2] + table[1::2]) if len(table) % 2 == 0 else 2 * table
    beyond = np.flatnonzero(ends > shp.stat().st_size)
    if len(beyond):
        raise refusal(
            file,
            Text(
                f"hình số {beyond[0] + 1} nằm ngoài tệp .shp",
                f"shape {beyond[0] + 1} lies beyond the end of the .shp",
            ),
            found=f"{ends[beyond[0]]} byte",
            allowed=Text("mọi hình nằm trong tệp", "all shapes inside the file"),
            todo=Text("sao chép lại trọn bộ shapefile", "copy the whole shapefile again"),
        )


def shapefile_encoding(parcel: Parcel) -> DeclaredEncoding:
    """Return what .cpg, or else the header of .dbf, says about the text."""
    cpg = parcel.part(".cpg")
    if cpg.is_file():
        name = _head(cpg, _MOST_CPG).decode("latin-1").strip("\ufeff\u00ef\u00bb\u00bf \r\n\t\x00")
        if name:
            return DeclaredEncoding(name, EncodingOrigin.CPG, is_raw=not is_utf_8(name))
    language = _head(parcel.part(".dbf"), _DBF_HEADER)[29]
    if language:
        name = _CODE_PAGES.get(language, f"LDID {language}")
        return DeclaredEncoding(name, EncodingOrigin.DBF, is_raw=True)
    return DeclaredEncoding(None, EncodingOrigin.NONE, is_raw=True)


def is_utf_8(name: str) -> bool:
    """Tell whether a name of an encoding means UTF-8.

    Examples
    --------
    >>> is_utf_8("UTF8"), is_utf_8("1258")
    (True, False)
    """
    return name.strip().lower().replace("_", "-") in _UTF_8


def missing_parts(file: str, missing: list[str], whole: str) -> RecordError:
    """Return the error of a data set of which parts are missing."""
    return refusal(
        file,
        Text("bộ dữ liệu thiếu phần", "parts of the data set are missing"),
        found=", ".join(missing),
        allowed=Text(f"đủ các tệp cùng tên: {whole}", f"all files of one name: {whole}"),
        todo=Text(
            "sao chép đủ các tệp vào cùng thư mục, hoặc gửi cả bộ trong một tệp zip",
            "put all of them into one folder, or send the set as one zip",
        ),
    )
