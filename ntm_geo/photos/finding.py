"""The files that are photographs, among what people name: files and folders."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ntm_geo.encodings import clean
from ntm_geo.errors import OptionError, Problem, Text

MOST_PHOTOS = 5000
"""Most that are looked through at once; a district takes some hundred a month."""

_ENDINGS = (".jpg", ".jpeg", ".jpe", ".png", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff")


class Found(NamedTuple):
    """A photograph: its path, and how it is called from the folder that was named."""

    path: Path
    name: str


def find_photos(places: Iterable[Path]) -> list[Found]:
    """Return the photographs among files and folders, in the order of their names.

    Parameters
    ----------
    places
        Files, whatever their ending, and folders, of which files that end as pictures do are taken,
        also from the folders inside; links to folders are not followed.

    Raises
    ------
    OptionError
        A place is not there, there are no photographs, or too many.
    """
    found: dict[Path, str] = {}
    for place in places:
        if place.is_dir():
            for path in _below(place):
                found.setdefault(path.resolve(), path.relative_to(place).as_posix())
                if len(found) > MOST_PHOTOS:
                    raise _too_many()
        elif place.is_file():
            found.setdefault(place.resolve(), place.name)
        else:
            raise _not_there(place)
    if not found:
        raise _none()
    return sorted((Found(path, _shown(name)) for path, name in found.items()), key=lambda f: f.name)


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(here) / name
            is_picture = name.lower().endswith(_ENDINGS) and not name.startswith(".")
            if is_picture and path.is_file():  # a pipe would be read for ever
                yield path


def _shown(name: str) -> str:
    """Return a name as the record takes it: composed letters, none that hides."""
    return "".join(letter for letter in clean(name) if letter.isprintable())


def _not_there(place: Path) -> OptionError:
    return OptionError(
        Problem(
            column="FILES",
            what=Text("không có tệp hay thư mục này", "there is no such file or folder"),
            found=str(place),
            allowed=Text("ảnh, hoặc thư mục có ảnh", "photographs, or a folder that holds some"),
            todo=Text("kiểm tra lại đường dẫn", "check the path"),
        )
    )


def _none() -> OptionError:
    endings = ", ".join(_ENDINGS)
    return OptionError(
        Problem(
            column="FILES",
            what=Text("không có ảnh nào", "there are no photographs"),
            found="0",
            allowed=Text(f"tệp có đuôi {endings}", f"files that end in {endings}"),
            todo=Text("chỉ ra thư mục có ảnh", "name the folder that holds them"),
        )
    )


def _too_many() -> OptionError:
    return OptionError(
        Problem(
            column="FILES",
            what=Text("quá nhiều ảnh một lần", "too many photographs at once"),
            found=f"> {MOST_PHOTOS}",
            allowed=Text(f"nhiều nhất {MOST_PHOTOS} ảnh", f"{MOST_PHOTOS} at most"),
            todo=Text("chia thành nhiều lần", "take them in several goes"),
        )
    )
