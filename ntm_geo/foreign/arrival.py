"""How a file comes in: copied or unpacked, recognised, and renamed to what it is."""

from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ntm_geo.errors import Problem, Text
from ntm_geo.foreign import zips
from ntm_geo.foreign.brought import Format, Recognition
from ntm_geo.foreign.formats import ENDINGS, recognise
from ntm_geo.foreign.geopackage import check_not_open
from ntm_geo.foreign.staging import MAX_BYTES, Parcel, check_file, copy_bounded, copy_parts


class Arrival(NamedTuple):
    """A data set ready to be read."""

    parcel: Parcel
    layer: str | None
    """The layer that is still to be chosen in it."""
    notices: list[Problem]


def take_in(path: Path, folder: Path, layer: str | None) -> Arrival:
    """Copy or unpack what people bring.

    Parameters
    ----------
    path
        The file.
    folder
        An empty folder for the copies.
    layer
        The layer that was asked for.

    Returns
    -------
    arrival
        The data set under a name with the ending of its true format.

    Raises
    ------
    RecordError
        The file cannot be read, is unsafe, or of no format that is opened.
    """
    check_file(path)
    raw = folder / "raw"
    copy_bounded(path, raw, MAX_BYTES)
    recognition = recognise(raw, path.name)
    if recognition is None:
        return _from_zip(raw, path.name, folder, layer)
    if recognition.format is Format.GEOPACKAGE:
        check_not_open(path, path.name)
    main = _renamed(raw, recognition)
    copy_parts(path, main)
    parcel = Parcel(path.name, path.stem, main, recognition)
    return Arrival(parcel, layer, _told_ending(parcel))


def _from_zip(raw: Path, file: str, folder: Path, layer: str | None) -> Arrival:
    found, notices = zips.unpack(raw, file, folder)
    inside, copy, left = zips.pick(found, layer, file)
    name = f"{file}/{inside}"
    recognition = recognise(copy, name)
    if recognition is None or recognition.format in (Format.KMZ, Format.EXCEL):
        raise zips.nested(file, inside)
    parcel = Parcel(name, PurePosixPath(inside).stem, _renamed(copy, recognition), recognition)
    return Arrival(parcel, left, [*notices, *_told_ending(parcel)])


def _renamed(copy: Path, recognition: Recognition) -> Path:
    """Name a copy as the drivers of its format expect it."""
    return copy.rename(copy.parent / f"data{ENDINGS[recognition.format][0]}")


def _told_ending(parcel: Parcel) -> list[Problem]:
    wrong = parcel.recognition.wrong_ending
    if not wrong:
        return []
    format = parcel.recognition.format
    endings = ", ".join(ENDINGS[format])
    what = Text(
        f"đuôi tệp không đúng: nội dung là {format}", f"a wrong ending: the content is {format}"
    )
    return [Problem(file=parcel.file, what=what, found=wrong, allowed=Text(endings, endings))]
