"""Formats told apart by what files hold; how a name ends is only held against it."""

import re
from pathlib import Path, PurePosixPath

from ntm_geo.errors import RecordError, Text
from ntm_geo.foreign import markup, zips
from ntm_geo.foreign.brought import Format, Recognition, refusal
from ntm_geo.foreign.staging import locked

ENDINGS = {
    Format.GEOJSON: (".geojson", ".json"),
    Format.GEOPACKAGE: (".gpkg",),
    Format.SHAPEFILE: (".shp",),
    Format.TAB: (".tab",),
    Format.MIF: (".mif",),
    Format.DXF: (".dxf",),
    Format.KML: (".kml",),
    Format.KMZ: (".kmz",),
    Format.GPX: (".gpx",),
    Format.FLATGEOBUF: (".fgb",),
    Format.GEOPARQUET: (".parquet", ".geoparquet"),
    Format.CSV: (".csv", ".txt", ".tsv"),
    Format.EXCEL: (".xlsx", ".xlsm"),
}
"""How names of each format end; the first is the one that drivers expect."""

ZIP = ".zip"
_HEAD = 4096
_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")
_STARTS = (
    (Format.TAB, re.compile(r"!table\s", re.IGNORECASE), "!table"),
    (
        Format.MIF,
        re.compile(r"version\s+\d+\s(.*\n)+?\s*columns\s", re.IGNORECASE),
        "Version, Columns",
    ),
    (Format.DXF, re.compile(r"(999\s*\n.*\n\s*)*0\s*\n\s*SECTION\s"), "SECTION"),
    (Format.GEOJSON, re.compile(r"\{"), "{"),
)
"""How formats in plain text begin."""

_XML_ROOTS = {"kml": Format.KML, "gpx": Format.GPX}
_SIDE_ENDINGS = {
    ".shx": ".shp", ".dbf": ".shp", ".prj": ".shp", ".cpg": ".shp",
    ".dat": ".tab", ".map": ".tab", ".id": ".tab", ".ind": ".tab",
    ".mid": ".mif",
}  # fmt: skip
"""Parts of a data set that people name instead of its main part."""

_KNOWN = Text(", ".join(Format), ", ".join(Format))
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "Excel 97-2003 (.xls)", Text("lưu lại dạng .xlsx", "save it as .xlsx")),
    (
        b"AC10",
        "AutoCAD DWG",
        Text("lưu lại dạng DXF trong AutoCAD", "save it as DXF in AutoCAD"),
    ),
    (
        b"AutoCAD Binary DXF",
        "DXF (binary)",
        Text("lưu lại dạng DXF ASCII", "save it as an ASCII DXF"),
    ),
    (b"%PDF", "PDF", Text("xin tệp gốc của bản đồ", "ask for the map's own file")),
    (b"7z\xbc\xaf", "7-Zip", Text("giải nén trước", "unpack it first")),
    (b"Rar!", "RAR", Text("giải nén trước", "unpack it first")),
    (b"\x1f\x8b", "gzip", Text("giải nén trước", "unpack it first")),
)


def recognise(path: Path, file: str) -> Recognition | None:
    """Tell the format of a file from its content.

    Parameters
    ----------
    path
        The file.
    file
        How people call it, for messages and for the ending of its name.

    Returns
    -------
    recognition
        None for a zip that is neither KMZ nor Excel: what is inside is yet to be told apart.

    Raises
    ------
    RecordError
        A format that is not opened; says what to do instead.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise locked(file, error) from error
    ending = PurePosixPath(file).suffix.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _recognise_zip(path, file, ending)
    known = _recognise_binary(head) or _recognise_text(head, path, file, ending)
    if known is None or ending == ".shx":  # it begins as a .shp does
        raise _unknown(file, head, ending)
    return _told(*known, ending)


def _told(format: Format, evidence: str, ending: str) -> Recognition:
    fits = ending in ENDINGS[format]
    return Recognition(format, evidence, "" if fits else ending or "-")


def _recognise_zip(path: Path, file: str, ending: str) -> Recognition | None:
    with zips.opened(path, file) as archive:
        names = [info.filename.lower() for info in archive.infolist()]
    if "xl/workbook.xml" in names:
        return _told(Format.EXCEL, "PK, xl/workbook.xml", ending)
    if "doc.kml" in names or ending == ".kmz":
        return _told(Format.KMZ, "PK, .kml", ending)
    return None


def _recognise_binary(head: bytes) -> tuple[Format, str] | None:
    if head.startswith(b"SQLite format 3\x00") and head[68:72] in _GPKG_IDS:
        return Format.GEOPACKAGE, f"SQLite format 3, {head[68:72].decode()}"
    if head.startswith(b"\x00\x00\x27\x0a"):
        return Format.SHAPEFILE, "0000270a"
    if head.startswith(b"fgb") and head[4:7] == b"fgb":
        return Format.FLATGEOBUF, "fgb"
    if head.startswith(b"PAR1"):
        return Format.GEOPARQUET, "PAR1"
    return None


def _recognise_text(head: bytes, path: Path, file: str, ending: str) -> tuple[Format, str] | None:
    text = _as_text(head)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _recognise_xml(path, file)
    for format, pattern, evidence in _STARTS:
        if pattern.match(start):
            return format, evidence
    is_table = text and ending in ENDINGS[Format.CSV]
    return (Format.CSV, ending) if is_table else None


def _as_text(head: bytes) -> str:
    """Return text in any 8-bit encoding, or UTF-16 with its mark; empty where it is binary."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1].decode("utf-16", "replace")
    text = head.decode("latin-1")
    return "" if re.search(r"[\x00-\x06\x0e-\x19]", text) else text


def _recognise_xml(path: Path, file: str) -> tuple[Format, str]:
    root = ""

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal root
        root = root or name

    with path.open("rb") as stream:
        markup.parse(stream, file, start=start)
    if root in _XML_ROOTS:
        return _XML_ROOTS[root], f"<{root}>"
    raise refusal(
        file,
        Text("tệp XML thuộc loại không nhập được", "XML of a kind that is not imported"),
        found=f"<{root}>",
        allowed=Text("<kml> hoặc <gpx>", "<kml> or <gpx>"),
        todo=Text("mở trong QGIS rồi xuất sang GeoPackage", "export it as GeoPackage from QGIS"),
    )


def _unknown(file: str, head: bytes, ending: str) -> RecordError:
    for magic, name, todo in _FOREIGN:
        if head.startswith(magic):
            what = Text("định dạng không nhập được", "a format that is not imported")
            return refusal(file, what, found=name, allowed=_KNOWN, todo=todo)
    main = _SIDE_ENDINGS.get(ending)
    if main is not None:
        return refusal(
            file,
            Text("đây chỉ là một phần của bộ dữ liệu", "only a part of a data set"),
            found=ending,
            allowed=Text(f"tệp {main} của bộ đó", f"the {main} file of the set"),
            todo=Text(f"chọn tệp {main} nằm cạnh nó", f"choose the {main} file beside it"),
        )
    return refusal(
        file,
        Text("không nhận ra định dạng của tệp", "the file's format is not recognised"),
        found=f"0x{head[:8].hex()} ({ending or '-'})",
        allowed=_KNOWN,
        todo=Text(
            "mở trong chương trình đã tạo ra nó rồi xuất sang GeoPackage",
            "open it in the program that made it and export it as GeoPackage",
        ),
    )
