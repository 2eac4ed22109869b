"""The prepared GeoPackage that QGIS opens, styled: one layer a kind of thing, and tables."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import fiona
import fiona.errors
import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors
import shapely

from ntm_geo.errors import OutputError, Problem, Text
from ntm_geo.files import replacing
from ntm_geo.join import District
from ntm_geo.labels import words_of
from ntm_geo.model import Layer
from ntm_geo.recast import with_later_units
from ntm_geo.schemas import Record

_GEOMETRY_COLUMN = "geom"
_KINDS = {0: "points", 1: "lines", 2: "lines", 3: "areas", 4: "points", 5: "lines", 6: "areas"}
"""Kind of geometry by shapely's type id."""
_MAIN_KIND = {Layer.ROADS: "lines"}
_BROKEN = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    fiona.errors.FionaError,
    sqlite3.Error,
)
"""What the libraries raise where the disk is full or the file is broken."""
_SIDE_FILES = ("-wal", "-shm", "-journal")
_WORD_COLUMNS = ("status", "class", "layer", "position")


def layer_frames(district: District) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers by name, in the working CRS, each of one kind of geometry.

    A layer's main kind (lines for roads, points for the others) has the layer's own name; another
    kind gets it as a suffix, such as `roads_points` for roads whose length the plan does not give.
    What belongs to the whole district and has no known place is in its layer without geometry.

    Parameters
    ----------
    district
        The joined district.
    """
    crs = district.project.working_crs
    frames = {"units": _readable(district.units.to_crs(crs))}
    assets = _readable(district.assets.to_crs(crs))
    assets = assets.set_geometry(assets.geometry.where(assets["placed"], None))
    kinds = pd.Series(shapely.get_type_id(assets.geometry.to_numpy()), assets.index).map(_KINDS)
    kinds = kinds.fillna(assets["layer"].map(lambda layer: _MAIN_KIND.get(layer, "points")))
    groups = dict(iter(assets.groupby([assets["layer"], kinds], sort=False)))
    for layer in Layer:
        main = _MAIN_KIND.get(layer, "points")
        frames[layer.value] = groups.get((layer.value, main), assets.iloc[:0])
        for kind in sorted({"points", "lines", "areas"} - {main}):
            if (layer.value, kind) in groups:
                frames[f"{layer.value}_{kind}"] = groups[layer.value, kind]
    return frames


def table_frames(district: District, record: Record) -> dict[str, pd.DataFrame]:
    """Return the attribute tables by name, without those that have no rows."""
    works = pd.DataFrame(district.works.drop(columns="geometry"))
    plain = {
        sheet.table.name: pd.DataFrame([_cells(row.model_dump(mode="json")) for row in sheet])
        for sheet in (record.measures, record.budget, record.offices, record.assignments)
    }
    if district.formation is not None:
        plain = {
            name: with_later_units(table, district.formation) if "unit_code" in table else table
            for name, table in plain.items()
        }
    tables = {"works": _readable(works), "criteria": _readable(district.criteria), **plain}
    return {name: table for name, table in tables.items() if len(table)}


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: "|".join(map(str, v)) if isinstance(v, list) else v for k, v in row.items()}


def _readable(frame: Any) -> Any:  # noqa: ANN401 (a frame, with or without geometry)
    """Add the Vietnamese word beside each column of a closed list."""
    for column in _WORD_COLUMNS:
        if column in frame:
            words = words_of(column, "vi")
            place = frame.columns.get_loc(column) + 1
            frame = frame.copy()
            frame.insert(place, f"{column}_vi", frame[column].map(words))
    return frame


def write_layers(district: District, path: Path, *, record: Record) -> Path:
    """Write the GeoPackage, in place of the old one as a whole.

    Layers are in the working CRS. Styles go into the table `layer_styles`, where QGIS looks for
    them. The new file is opened by a second library and counted before it takes the old one's
    place.

    Parameters
    ----------
    district
        The joined district.
    path
        The file to write.
    record
        The record that the district was joined from: its plain tables and styles.

    Returns
    -------
    path
        The file.

    Raises
    ------
    OutputError
        It cannot be written, is in use, or did not come out whole.
    """
    _refuse_in_use(path)
    layers = layer_frames(district)
    tables = table_frames(district, record)
    styles = _styles_frame(layers, record.styles, day=district.as_of)
    day = f"{district.as_of.isoformat()}T00:00:00.000Z"
    options = {"OGR_CURRENT_DATE": day, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    with replacing(path) as draft:
        pyogrio.set_gdal_config_options(options)
        try:
            for name, frame in layers.items():
                _write_layer(frame, draft, name)
            for name, table in (*tables.items(), ("layer_styles", styles)):
                if len(table):
                    pyogrio.write_dataframe(table, draft, layer=name, driver="GPKG")
            _check_written(draft, path, {**layers, **tables})
        except _BROKEN as error:
            raise _not_whole(path, str(error)) from error
        finally:
            pyogrio.set_gdal_config_options(dict.fromkeys(options))
    return path


def _kind_of(name: str, frame: gpd.GeoDataFrame) -> str:
    """Return the kind of geometry of a layer: its main kind where nothing in it has a place."""
    drawn = frame.geometry.dropna()
    if drawn.empty:
        return _MAIN_KIND.get(Layer(name), "points")
    return _KINDS[int(shapely.get_type_id(drawn.iloc[0]))]


def _write_layer(frame: gpd.GeoDataFrame, draft: Path, name: str) -> None:
    kinds = {"points": "Point", "lines": "MultiLineString", "areas": "MultiPolygon"}
    kind = _kind_of(name, frame)
    pyogrio.write_dataframe(
        frame,
        draft,
        layer=name,
        driver="GPKG",
        geometry_type=kinds[kind],
        promote_to_multi=kind != "points",
        layer_options={"GEOMETRY_NAME": _GEOMETRY_COLUMN},
    )


def _styles_frame(
    layers: Mapping[str, gpd.GeoDataFrame], styles: Mapping[str, str], *, day: date
) -> pd.DataFrame:
    rows = pd.DataFrame(list(_style_rows(layers, styles)))
    # QGIS sorts by this column and takes no style at all where it is missing.
    return rows.assign(update_time=pd.Timestamp(day, tz="UTC")) if len(rows) else rows


def _style_rows(
    layers: Mapping[str, gpd.GeoDataFrame], styles: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    for name, frame in layers.items():
        style = styles.get(name) or styles.get(_kind_of(name, frame))
        if style is not None:
            yield {
                "f_table_catalog": "",
                "f_table_schema": "",
                "f_table_name": name,
                "f_geometry_column": _GEOMETRY_COLUMN,
                "styleName": name,
                "styleQML": style,
                "styleSLD": "",
                "useAsDefault": True,
                "description": "",
                "owner": "ntm-geo",
                "ui": "",
            }


def _refuse_in_use(path: Path) -> None:
    there = [path.name + s for s in _SIDE_FILES if path.with_name(path.name + s).exists()]
    if there:
        raise OutputError(
            Problem(
                file=str(path),
                what=Text(
                    "tệp đang được chương trình khác sửa; tệp cũ còn nguyên",
                    "another program is editing the file; the old file stays",
                ),
                found=", ".join(there),
                allowed=Text("tệp đã đóng", "a closed file"),
                todo=Text(
                    "đóng QGIS; nếu QGIS không mở, mở tệp một lần trong QGIS rồi đóng lại",
                    "close QGIS; if it is not open, open the file in QGIS once and close it",
                ),
            )
        )


def _check_written(draft: Path, path: Path, expected: Mapping[str, pd.DataFrame]) -> None:
    """List the new file's layers with the other library, check its pages, count its rows."""
    wrong = sorted(set(expected) - set(fiona.listlayers(draft)))
    connection = sqlite3.connect(f"{draft.absolute().as_uri()}?mode=ro", uri=True)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            wrong.append("integrity_check")
        for name in expected.keys() - set(wrong):
            quoted = name.replace('"', '""')
            count = connection.execute(f'SELECT count(*) FROM "{quoted}"')  # noqa: S608 (quoted)
            if count.fetchone() != (len(expected[name]),):
                wrong.append(name)
    finally:
        connection.close()
    if wrong:
        raise _not_whole(path, ", ".join(wrong))


def _not_whole(path: Path, found: str) -> OutputError:
    return OutputError(
        Problem(
            file=str(path),
            what=Text(
                "tệp mới ghi ra không trọn vẹn; tệp cũ còn nguyên",
                "the new file did not come out whole; the old file stays",
            ),
            found=found,
            todo=Text("kiểm tra chỗ trống trên đĩa rồi làm lại", "check space, try again"),
        )
    )
