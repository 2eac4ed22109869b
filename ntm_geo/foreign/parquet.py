"""GeoParquet, where pyarrow is installed."""

import importlib
import importlib.util
import json
from typing import TYPE_CHECKING, Any

from ntm_geo.errors import RecordError, Text
from ntm_geo.foreign.brought import (
    Brought,
    Column,
    CrsOrigin,
    DeclaredCrs,
    DeclaredEncoding,
    EncodingOrigin,
    Layer,
    refusal,
)
from ntm_geo.foreign.columns import attribute_frame, told_values
from ntm_geo.foreign.geometry import sort_shapes
from ntm_geo.foreign.layers import choose
from ntm_geo.foreign.staging import MAX_BYTES, MAX_FEATURES, Parcel, too_large, too_many

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def read_parquet(parcel: Parcel, layer: str | None) -> Brought:
    """Read a GeoParquet file whole.

    Raises
    ------
    RecordError
        pyarrow is not installed; the file is damaged, too large when unpacked, or plain Parquet.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise refusal(
            parcel.file,
            Text("muốn đọc GeoParquet phải cài thêm pyarrow", "GeoParquet needs pyarrow"),
            found="pyarrow: -",
            allowed=Text("một định dạng khác, ví dụ GeoPackage", "GeoPackage, for example"),
            todo=Text(
                "chạy: pip install pyarrow; hoặc xuất sang GeoPackage từ QGIS",
                "run: pip install pyarrow; or export it as GeoPackage from QGIS",
            ),
        )
    try:
        count = _check(parcel)
        frame = _read(parcel)
    except RecordError:
        raise
    except (OSError, ValueError, LookupError, TypeError, NotImplementedError) as error:
        raise _damaged(parcel.file, str(error)) from error
    chosen = Layer(parcel.stem, count, "Unknown")
    choose((chosen,), layer, parcel.file)
    return _brought(parcel, frame, chosen)


def _check(parcel: Parcel) -> int:
    """Hold what the footer claims against the limits, and return how many rows there are."""
    # By name: the types of a package that is not there cannot be checked.
    parquet = importlib.import_module("pyarrow.parquet")
    with parquet.ParquetFile(parcel.path) as source:
        metadata = source.metadata
        groups = range(metadata.num_row_groups)
        size = sum(metadata.row_group(group).total_byte_size for group in groups)
        keys = metadata.metadata or {}
        rows = int(metadata.num_rows)
    if size > MAX_BYTES:
        raise too_large(parcel.file, size, MAX_BYTES)
    if rows > MAX_FEATURES:
        raise too_many(parcel.file, rows)
    if b"geo" not in keys:
        raise _damaged(parcel.file, "geo: -")
    return rows


def _read(parcel: Parcel) -> "GeoDataFrame":
    import geopandas as gpd

    return gpd.read_parquet(parcel.path)


def _brought(parcel: Parcel, frame: "GeoDataFrame", chosen: Layer) -> Brought:
    crs = frame.crs
    wkt = crs.to_wkt() if crs is not None else None
    shapes = sort_shapes(list(frame.geometry), file=parcel.file, crs=wkt)
    table = frame.drop(columns=frame.geometry.name)
    names = [str(name) for name in table.columns]
    cells = [[_plain(value) for value in table[name].tolist()] for name in table.columns]
    code = crs.to_authority(min_confidence=100) if crs is not None else None
    return Brought(
        file=parcel.file,
        recognition=parcel.recognition,
        driver="pyarrow",
        layer=chosen.name,
        layers=(chosen,),
        crs=DeclaredCrs(
            wkt,
            ":".join(code) if code else None,
            CrsOrigin.HEADER if wkt is not None else CrsOrigin.NONE,
        ),
        encoding=DeclaredEncoding("UTF-8", EncodingOrigin.STANDARD, is_raw=False),
        columns=tuple(Column(name, str(table[name].dtype)) for name in names),
        attributes=attribute_frame(names, cells, len(frame), parcel.file),
        features=shapes.frame,
        kinds=shapes.kinds,
        odd=shapes.odd,
        notices=(*shapes.notices, *told_values(names, cells, parcel.file)),
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 (a cell of any type)
    if value is None or value != value:  # noqa: PLR0124 (NaN and NaT stand for an empty cell)
        return None
    if isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _damaged(file: str, found: str) -> RecordError:
    return refusal(
        file,
        Text("không phải GeoParquet, hoặc tệp bị hỏng", "no GeoParquet, or damaged"),
        found=found,
        allowed=Text("một tệp GeoParquet nguyên vẹn", "a whole GeoParquet file"),
        todo=Text("xuất lại từ QGIS", "export it from QGIS again"),
    )
