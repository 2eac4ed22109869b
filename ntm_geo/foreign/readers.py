"""Who reads what: each format's checks first, then its reader."""

from dataclasses import replace
from pathlib import Path

from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.foreign import gdal
from ntm_geo.foreign.apart import run_apart
from ntm_geo.foreign.brought import (
    Brought,
    Column,
    CrsOrigin,
    DeclaredCrs,
    DeclaredEncoding,
    EncodingOrigin,
    Format,
)
from ntm_geo.foreign.columns import attribute_frame, decode_raw, not_utf_8, told_values
from ntm_geo.foreign.dxf import check_drawing
from ntm_geo.foreign.excel import read_excel
from ntm_geo.foreign.geojson import read_geojson
from ntm_geo.foreign.geopackage import read_layer_names
from ntm_geo.foreign.gpx import is_recorded
from ntm_geo.foreign.kml import read_kml, unpack_kmz
from ntm_geo.foreign.mapinfo import check_mapinfo, take_charset
from ntm_geo.foreign.parquet import read_parquet
from ntm_geo.foreign.shapefile import check_shapefile, is_utf_8, shapefile_encoding
from ntm_geo.foreign.staging import Parcel, check_text_size
from ntm_geo.foreign.tables import read_csv

_ORIGINS = {
    Format.SHAPEFILE: CrsOrigin.PRJ,
    Format.GEOPACKAGE: CrsOrigin.GEOPACKAGE,
    Format.TAB: CrsOrigin.MAPINFO,
    Format.MIF: CrsOrigin.MAPINFO,
    Format.GPX: CrsOrigin.GPX,
    Format.FLATGEOBUF: CrsOrigin.HEADER,
}


def read_parcel(
    parcel: Parcel,
    folder: Path,
    layer: str | None,
    encoding: str | None,
    seconds: float | None = None,
) -> Brought:
    """Read one layer of a data set.

    Parameters
    ----------
    parcel
        The data set in the temporary folder.
    folder
        That folder.
    layer, encoding, seconds
        As `open_foreign` takes them.

    Raises
    ------
    RecordError
        What is wrong with the file.
    """
    read_alone = {
        Format.GEOJSON: read_geojson,
        Format.EXCEL: read_excel,
        Format.GEOPARQUET: read_parquet,
    }
    match parcel.recognition.format:
        case Format.KML:
            return read_kml(parcel, parcel.path, layer)
        case Format.KMZ:
            document, notices = unpack_kmz(parcel, folder)
            brought = read_kml(parcel, document, layer)
            return replace(brought, notices=(*notices, *brought.notices))
        case Format.CSV:
            return read_csv(parcel, layer, encoding)
        case format if format in read_alone:
            return read_alone[format](parcel, layer)
    return _read_with_gdal(parcel, folder, layer, encoding, seconds)


def _read_with_gdal(
    parcel: Parcel, folder: Path, layer: str | None, encoding: str | None, seconds: float | None
) -> Brought:
    declared, names = _check(parcel)
    found = (
        gdal.survey(parcel, names, layer)
        if seconds is None
        else run_apart(
            gdal.survey, parcel, names, layer, file=parcel.file, folder=folder, seconds=seconds
        )
    )
    content = found.content
    shapes = gdal.shapes_of(parcel.file, content)
    columns, cells, declared, notices = _text(parcel.file, content, declared, encoding)
    types = [column.type for column in found.columns]
    crs, unknown = _crs(parcel, content.crs)
    is_gpx = parcel.recognition.format is Format.GPX
    return Brought(
        file=parcel.file,
        recognition=parcel.recognition,
        driver=gdal.DRIVERS[parcel.recognition.format],
        layer=found.layer.name,
        layers=found.layers,
        crs=crs,
        encoding=declared,
        columns=tuple(Column(*pair) for pair in zip(columns, types, strict=True)),
        attributes=attribute_frame(columns, cells, content.size, parcel.file),
        features=shapes.frame,
        kinds=shapes.kinds,
        odd=shapes.odd,
        notices=(
            *unknown,
            *notices,
            *found.remarks,
            *content.notices,
            *shapes.notices,
            *told_values(columns, cells, parcel.file),
        ),
        is_recorded=is_gpx and is_recorded(parcel, found.layer.name),
    )


def _check(parcel: Parcel) -> tuple[DeclaredEncoding, list[str] | None]:
    """Hold a data set against its headers; return what it says of its text, and its layers."""
    unicode = DeclaredEncoding("UTF-8", EncodingOrigin.STANDARD, is_raw=False)
    match parcel.recognition.format:
        case Format.SHAPEFILE:
            check_shapefile(parcel)
            return shapefile_encoding(parcel), None
        case Format.TAB | Format.MIF:
            check_mapinfo(parcel)
            return take_charset(parcel), None
        case Format.DXF:
            check_text_size(parcel)
            return check_drawing(parcel), None
        case Format.GEOPACKAGE:
            return unicode, read_layer_names(parcel)
        case _:
            return unicode, None


def _text(
    file: str, content: gdal.Content, declared: DeclaredEncoding, asked: str | None
) -> tuple[list[str], list[list[object]], DeclaredEncoding, list[Problem]]:
    """Decode what is UTF-8 by the file's own word or by order, and leave the rest raw."""
    names, cells = content.names, content.cells
    if not content.is_raw:
        return names, cells, declared, []
    is_ordered = asked is not None
    if is_ordered:
        declared = DeclaredEncoding(asked, EncodingOrigin.ASKED, is_raw=not is_utf_8(asked or ""))
    if declared.is_raw:
        return names, cells, declared, []
    try:
        return *decode_raw(names, cells), declared, []
    except UnicodeError as error:
        wrong = not_utf_8(file, declared=not is_ordered)
        if isinstance(wrong, RecordError):
            raise wrong from error
        return names, cells, replace(declared, is_raw=True), [wrong]


def _crs(parcel: Parcel, stated: str | None) -> tuple[DeclaredCrs, list[Problem]]:
    wkt = gdal.stated_crs(stated)
    if wkt is None:
        prj = parcel.part(".prj")
        is_unknown = parcel.recognition.format is Format.SHAPEFILE and prj.is_file()
        what = Text("không hiểu hệ tọa độ ghi trong .prj", "the CRS in the .prj is not known")
        found = prj.read_bytes()[:120].decode("latin-1") if is_unknown else ""
        notices = [Problem(file=parcel.file, what=what, found=found)] if is_unknown else []
        return DeclaredCrs(None, None, CrsOrigin.NONE), notices
    is_code = stated is not None and stated.startswith(("EPSG:", "OGC:", "ESRI:"))
    origin = _ORIGINS[parcel.recognition.format]
    return DeclaredCrs(wkt, stated if is_code else None, origin), []
