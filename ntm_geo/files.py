"""Files written whole or not at all."""

import glob
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ntm_geo.errors import OptionError, OutputError, Problem, Text

_LEFTOVER_AGE_S = 3600.0


def is_record(path: Path) -> bool:
    """Tell whether a path lies in the record of any workspace, where nothing that is made goes."""
    return any(
        folder.name == "gis" and (folder / "project.toml").is_file()
        for folder in path.resolve().parents
    )


def refuse_record(path: Path) -> None:
    """Refuse a path that somebody chose for a file to be made, where it lies in a record.

    Raises
    ------
    OptionError
        The path lies in the record of a workspace.
    """
    if is_record(path):
        raise OptionError(
            Problem(
                column="--output",
                what=Text(
                    "không ghi tệp làm ra vào hồ sơ", "nothing that is made goes into the record"
                ),
                found=str(path),
                allowed=Text("một tệp ngoài thư mục gis/", "a file outside the folder gis/"),
                todo=Text("chọn chỗ khác", "choose another place"),
            )
        )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a new file beside `path` to write to, and put it in the place of `path` at the end.

    A kill at any moment leaves the old file or the new one. An error leaves the old one.

    Parameters
    ----------
    path
        The file to replace; its folder is made where it is missing.

    Yields
    ------
    draft
        Path with the same suffix, in the same folder.

    Raises
    ------
    OutputError
        The file cannot be written or replaced.
    """
    path = path.resolve()  # a link stays a link, what it points to is replaced
    if path.exists() and not path.is_file():
        raise refused(path, IsADirectoryError("not a regular file"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem}-", suffix=f".draft{path.suffix}", dir=path.parent
        )
        os.close(handle)
        draft = Path(name)
        draft.unlink()
    except OSError as error:
        raise refused(path, error) from error
    try:
        yield draft
        _sync(draft)
        draft.replace(path)
        _sync(path.parent)
    except OutputError:
        raise  # it says already what is wrong
    except OSError as error:
        raise refused(path, error) from error
    finally:
        with suppress(OSError):  # held open: it is swept later, and hides no error of the writing
            draft.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Remove drafts that a killed run has left, with their side files (`-journal`, `-wal`)."""
    stem, suffix = glob.escape(path.stem), glob.escape(path.suffix)
    for left in path.parent.glob(f".{stem}-*.draft{suffix}*"):
        with suppress(OSError):  # another run has swept it, or a program holds it open
            if time.time() - left.stat().st_mtime > _LEFTOVER_AGE_S:
                left.unlink()


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows does not open folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refused(path: Path, error: OSError) -> OutputError:
    """Return what to raise where a file cannot be written."""
    return OutputError(
        Problem(
            file=str(path),
            what=Text("không ghi được tệp; tệp cũ còn nguyên", "not written; the old file stays"),
            found=error.strerror or str(error),
            allowed=Text("một chỗ ghi được", "a place that can be written to"),
            todo=Text(
                "đóng chương trình đang mở tệp (QGIS, Excel), kiểm tra quyền ghi và chỗ trống",
                "close the program that has it open (QGIS, Excel), check permission and space",
            ),
        )
    )
