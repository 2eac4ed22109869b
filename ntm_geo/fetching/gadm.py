"""The communes of one district out of GADM's file of a whole country."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_geo.errors import NameAmbiguousError, NameUnknownError, Problem, RecordError, Text
from ntm_geo.fetching.published import Place, Published, PublishedUnit, holds_a_centre
from ntm_geo.fetching.troubles import check_no_page, not_the_content
from ntm_geo.foreign import open_foreign
from ntm_geo.names import Named, find_fits, listed, resolve

if TYPE_CHECKING:
    from pandas import DataFrame
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.foreign import Brought

_COUNTRY = "VNM"
_COLUMNS = ("GID_0", "GID_1", "NAME_1", "GID_2", "NAME_2", "GID_3", "NAME_3", "TYPE_3")
_LEVEL_WORDS = re.compile(r"^(tỉnh|thành phố|tp\.?|huyện|thị xã|quận)\s+", re.IGNORECASE)
_NOTHING = ("", "NA")
"""How GADM writes a value that is not there."""

_PROJECT, _DISTRICT = "gis/project.toml", "district.name"


def read_district(path: Path, place: Place) -> Published:
    """Read the communes of a district.

    Parameters
    ----------
    path
        GADM's GeoJSON of level 3, zipped or not.
    place
        The district.

    Returns
    -------
    published
        Its communes with GADM's own attributes, in the order of the file.

    Raises
    ------
    DownloadError
        The file is damaged, no file of GADM, or of another country.
    NameUnknownError, NameAmbiguousError
        It has no such province or district, or two that fit.
    """
    brought = _opened(path)
    rows, features = _rows(brought), brought.features
    province = _resolved(place.province, _named(rows, "1"), "district.province")
    rows = rows[rows["GID_1"] == province]
    shapes = (
        {} if features is None else dict(zip(features["feature"], features.geometry, strict=True))
    )
    named = _named(rows, "2")
    of_district = {
        district.code: _units(rows[rows["GID_2"] == district.code], shapes)
        for district in _fitting(place.district, named)
    }
    code = _chosen(of_district, named, place)
    reasons = {odd.feature: odd.found for odd in brought.odd}
    without = [
        (str(name), Text(f"không vẽ được: {reason}", f"cannot be drawn: {reason}"))
        for feature, name in rows[rows["GID_2"] == code]["NAME_3"].items()
        if feature not in shapes
        for reason in [reasons.get(int(str(feature)), "–")]
    ]
    return Published(of_district[code], tuple(without))


def _opened(path: Path) -> "Brought":
    check_no_page(path)
    try:
        return open_foreign(path)
    except RecordError as error:
        wrong = [problem.what for problem in error.problems]
        raise not_the_content(
            path.name,
            Text("; ".join(what.vi for what in wrong), "; ".join(what.en for what in wrong)),
            found="; ".join(problem.found or "–" for problem in error.problems),
            allowed=Text("tệp GADM dạng GeoJSON nén zip", "a zipped GeoJSON file of GADM"),
        ) from error


def _rows(brought: "Brought") -> "DataFrame":
    """Return the attributes of a file that is GADM's, and of the right country."""
    rows = brought.attributes
    if rows is None or not set(_COLUMNS) <= set(rows.columns):
        names = "" if rows is None else ", ".join(map(str, rows.columns))
        raise not_the_content(
            brought.file,
            Text("đây không phải tệp GADM cấp 3", "this is no file of GADM, level 3"),
            found=names or brought.recognition.format.value,
            allowed=Text(", ".join(_COLUMNS), ", ".join(_COLUMNS)),
        )
    countries = sorted({str(value) for value in rows["GID_0"]})
    if _COUNTRY not in countries:
        raise not_the_content(
            brought.file,
            Text("tệp của nước khác", "a file of another country"),
            found=", ".join(countries),
            allowed=Text(_COUNTRY, _COUNTRY),
        )
    return rows


def _resolved(text: str, named: Sequence[Named], column: str) -> str:
    """Return the code of what the record's project file names."""
    try:
        return resolve(_bare(text, named), named, column=column)
    except (NameUnknownError, NameAmbiguousError) as error:
        raise type(error)(*(one.at(file=_PROJECT) for one in error.problems)) from error


def _named(rows: "DataFrame", level: str) -> list[Named]:
    pairs = rows[[f"GID_{level}", f"NAME_{level}"]].drop_duplicates()
    return [Named(str(code), "", (str(name),)) for code, name in pairs.itertuples(index=False)]


def _bare(name: str, named: Sequence[Named]) -> str:
    """Return a name without the word for its level, where only that is known."""
    return name if find_fits(name, named).things else _LEVEL_WORDS.sub("", name)


def _fitting(district: str, named: Sequence[Named]) -> tuple[Named, ...]:
    fits = find_fits(_bare(district, named), named).things
    if not fits:
        _resolved(district, named, _DISTRICT)  # says which there are
    return fits


def _units(rows: "DataFrame", shapes: Mapping[object, "BaseGeometry"]) -> tuple[PublishedUnit, ...]:
    return tuple(
        PublishedUnit(
            str(row["NAME_3"]),
            {
                str(name): value
                for name, value in row.items()
                if value is not None and value not in _NOTHING
            },
            shapes[feature],
        )
        for feature, row in rows.iterrows()
        if feature in shapes
    )


def _chosen(
    of_district: Mapping[str, Sequence[PublishedUnit]], named: Sequence[Named], place: Place
) -> str:
    """Return the district in which the record's units lie: names repeat, also in a province."""
    there = [
        code
        for code, units in of_district.items()
        if any(holds_a_centre(unit.shape, place.centres) for unit in units)
    ]
    if len(there) == 1:
        return there[0]
    if there:
        names = listed(one for one in named if one.code in there)
        raise NameAmbiguousError(
            Problem(
                file=_PROJECT,
                column=_DISTRICT,
                what=Text("tên này ứng với hai huyện", "this name fits two districts"),
                found=place.district,
                allowed=Text(names, names),
                todo=Text("ghi tên đủ dấu", "give the name with its tones"),
            )
        )
    lon, lat = place.centres[0] if place.centres else (0.0, 0.0)
    raise not_the_content(
        "GADM",
        Text(
            "huyện mang tên này nằm ở chỗ khác với các đơn vị của hồ sơ",
            "the district of this name lies elsewhere than the record's units",
        ),
        found=place.district,
        allowed=Text(f"huyện ở gần {lon:g}, {lat:g}", f"a district around {lon:g}, {lat:g}"),
    )
