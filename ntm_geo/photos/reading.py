"""One photograph, read whole and held against what could do harm."""

import hashlib
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.photos.tags import EXIF, GPS, direction_of, position_of, time_of

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 64 * 2**20
"""Most that a photograph may weigh [byte]; phones make some 5 MB, at most 40."""

MAX_PIXELS = 100_000_000
"""Most pixels that are unpacked: a camera of 100 megapixels."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_DRAFT = (256, 256)
"""A JPEG is unpacked at an eighth of its size: enough to see that all of it is there."""

_PHONES = (b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1", b"avif")
_READ = Text("ảnh JPEG, PNG hoặc WebP nguyên vẹn", "a whole JPEG, PNG or WebP picture")


@dataclass(frozen=True, kw_only=True)
class Photograph:
    """What a photograph says of itself.

    Parameters
    ----------
    file
        What it is called.
    sha256
        Checksum of the whole file.
    place
        Longitude and latitude where it was taken, WGS 84 [degree]; None where the camera knew none.
    direction
        Where the camera looked, clockwise from true north [degree].
    taken_at
        When, as the camera's clock said; with an offset where the camera gave one.
    """

    file: str
    sha256: str
    place: tuple[float, float] | None
    direction: float | None
    taken_at: datetime | None


def read_photo(path: Path, file: str) -> Photograph:
    """Read where and when a photograph was taken.

    Parameters
    ----------
    path
        The file; whatever it holds.
    file
        What it is called, for the messages and the record.

    Raises
    ------
    RecordError
        It cannot be read, is no picture, too large, cut off, or says a place that cannot be.
    """
    data = _bytes(path, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what matters of them is told here
            tags, gps = _tags(data, file)
    except RecordError:
        raise
    except Exception as error:  # a broken file leads Pillow to errors of every kind
        raise _damaged(file, error) from error
    return Photograph(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        place=position_of(gps, file),
        direction=direction_of(gps),
        taken_at=time_of(tags, gps),
    )


def _bytes(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(
            file,
            Text("không mở được ảnh", "the photograph cannot be opened"),
            found=error.strerror or str(error),
            todo=Text(
                "đóng chương trình đang mở ảnh, kiểm tra quyền đọc",
                "close the program that has it open, check that it may be read",
            ),
        ) from error
    if not data:
        raise _refused(
            file,
            Text("tệp rỗng", "the file is empty"),
            found="0 byte",
            todo=Text("chép lại từ máy ảnh", "copy it from the camera again"),
        )
    if len(data) > MAX_BYTES:
        raise _refused(
            file,
            Text("tệp quá lớn", "the file is too large"),
            found=f"> {MAX_BYTES >> 20} MB",
            todo=Text("chép lại ảnh gốc, không phải phim", "take the photograph, not a film"),
        )
    if data[4:8] == b"ftyp" and data[8:12] in _PHONES:
        raise _refused(
            file,
            Text("ảnh HEIC không đọc được ở đây", "HEIC pictures are not read here"),
            found=data[8:12].decode(),
            todo=Text(
                "lưu lại dạng JPEG trên điện thoại (iPhone: Cài đặt, Camera, Định dạng, Tương "
                "thích nhất), giữ nguyên vị trí",
                "save it as JPEG on the phone (iPhone: Settings, Camera, Formats, Most "
                "Compatible) with its place",
            ),
        )
    return data


def _tags(data: bytes, file: str) -> tuple[Mapping[int, Any], Mapping[int, Any]]:
    """Return the tags of Exif and of GPS, of a picture that is there to its end."""
    from PIL import Image, UnidentifiedImageError

    try:
        picture: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError as error:
        raise _refused(
            file,
            Text("đây không phải ảnh", "this is no picture"),
            found=f"0x{data[:8].hex()}",
            todo=Text("chép lại ảnh gốc", "copy the photograph itself"),
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(file, str(error)) from error
    with picture:
        _unpack(picture, file)
        exif = picture.getexif()
        return dict(exif.get_ifd(EXIF)), dict(exif.get_ifd(GPS))


def _unpack(picture: "Image", file: str) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels(file, f"{width} x {height}")
    picture.draft("RGB", _DRAFT)
    picture.load()


def _too_many_pixels(file: str, found: str) -> RecordError:
    most = MAX_PIXELS // 1_000_000
    return _refused(
        file,
        Text("ảnh có quá nhiều điểm ảnh", "the picture has too many pixels"),
        found=found,
        todo=Text(
            f"lưu lại nhỏ hơn {most} megapixel, giữ nguyên vị trí",
            f"save it with less than {most} megapixels and with its place",
        ),
    )


def _damaged(file: str, error: Exception) -> RecordError:
    return _refused(
        file,
        Text("ảnh bị hỏng hoặc bị cắt cụt", "the picture is damaged or cut off"),
        found=str(error) or type(error).__name__,
        todo=Text("chép lại từ máy ảnh", "copy it from the camera again"),
    )


def _refused(file: str, what: Text, *, found: str, todo: Text) -> RecordError:
    return RecordError(Problem(file=file, what=what, found=found, allowed=_READ, todo=todo))
