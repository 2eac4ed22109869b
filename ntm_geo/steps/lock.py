"""The lock file that lets one command at a time write into the record."""

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ntm_geo.errors import NtmGeoError, OutputError, Problem, Text
from ntm_geo.files import refused

LOCK_FILE = "gis/.writing"
"""Stands while a command writes: made only where it is not there, which also holds on a share."""

LONGEST_WAIT_S = 10.0
"""A command writes for a second at most; this long another one waits for it."""

LONGEST_RELEASE_S = 5.0
"""A virus scanner or an indexer holds a file for a moment; this long its end is waited for."""

_PAUSE_S = 0.1


@contextmanager
def only_one_writes(root: Path) -> Iterator[None]:
    """Keep other commands from writing, on any machine that shares the folder.

    Raises
    ------
    OutputError
        Another one is writing and does not come to an end, or nothing can be written here. Or all
        is done, but the lock file cannot be removed; an error from within tells that as well.
    """
    lock = root / LOCK_FILE
    _acquire(lock)
    try:
        yield
    except BaseException as error:
        problem = _release(lock)
        if problem is not None and isinstance(error, NtmGeoError):
            raise type(error)(*error.problems, problem) from error
        raise
    problem = _release(lock)
    if problem is not None:
        raise OutputError(_done(), problem)


def left_lock(root: Path) -> Problem | None:
    """Say that the lock file stands for longer than a command writes, if so.

    Parameters
    ----------
    root
        The folder that holds gis/.
    """
    lock = root / LOCK_FILE
    since = _since(lock)
    if since is None or time.time() - since <= LONGEST_WAIT_S:
        return None
    return _stands(
        lock,
        Text(
            "có tệp khóa còn lại; khi còn tệp này, không lệnh nào ghi được vào hồ sơ",
            "a lock file is left; while it stands no command can write into the record",
        ),
    )


def _acquire(lock: Path) -> None:
    ends = time.monotonic() + LONGEST_WAIT_S
    while True:
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            problem = OutputError(_busy(lock))
        except PermissionError as error:
            # Windows says so of a file that is just being removed, so that this may pass.
            problem = refused(lock, error)
        except OSError as error:
            raise refused(lock, error) from error
        if time.monotonic() >= ends:
            raise problem
        time.sleep(_PAUSE_S)
    # The lock holds without a word in it, as on a full disk.
    with suppress(OSError), os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{platform.node()}, {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}\n")


def _release(lock: Path) -> Problem | None:
    """Remove the lock file; return what to say where another program does not let go of it."""
    ends = time.monotonic() + LONGEST_RELEASE_S
    while True:
        try:
            lock.unlink(missing_ok=True)
        except OSError as error:
            if time.monotonic() >= ends:
                return _left(error)
        else:
            return None
        time.sleep(_PAUSE_S)


def _done() -> Problem:
    return Problem(
        what=Text(
            "lệnh đã ghi xong, không cần chạy lại",
            "the command has written all it had to; it need not be run again",
        )
    )


def _left(error: OSError) -> Problem:
    return Problem(
        file=LOCK_FILE,
        what=Text(
            "không xóa được tệp khóa; khi còn tệp này, không lệnh nào ghi được vào hồ sơ",
            "the lock file cannot be removed; while it stands no command can write into the record",
        ),
        found=error.strerror or str(error),
        todo=Text(
            f"đóng chương trình đang mở tệp, kiểm tra quyền ghi, rồi xóa tệp {LOCK_FILE}",
            "close the program that holds it, check the permission, then delete the file "
            f"{LOCK_FILE}",
        ),
    )


def _since(lock: Path) -> float | None:
    """Return when a lock file was made [s since 1970]; None where it is gone."""
    try:
        return lock.stat().st_mtime
    except OSError:
        return None


def _busy(lock: Path) -> Problem:
    return _stands(
        lock,
        Text(
            "một lệnh khác đang ghi vào hồ sơ (có tệp khóa); chưa ghi gì",
            "another command is writing into the record (the lock file stands); nothing was "
            "written",
        ),
    )


def _stands(lock: Path, what: Text) -> Problem:
    """Say who holds the lock file and since when: it is empty where its command was killed."""
    who = ""
    with suppress(OSError):
        who = lock.read_text(encoding="utf-8", errors="replace").strip()
    since = _since(lock)
    if since is not None:
        at = f"{datetime.fromtimestamp(since).astimezone():%Y-%m-%d %H:%M:%S}"
        what = Text(f"{what.vi}; tệp khóa có từ {at}", f"{what.en}; it stands since {at}")
    return Problem(
        file=LOCK_FILE,
        what=what,
        found=who or None,
        allowed=Text("mỗi lúc một lệnh ghi", "one command that writes at a time"),
        todo=Text(
            "chờ lệnh kia xong rồi chạy lại; nếu không ai đang chạy ntm-geo (máy vừa mất điện), "
            f"xóa tệp khóa {LOCK_FILE}",
            "wait for it and run this again; if nobody is running ntm-geo (after a power cut), "
            f"delete the lock file {LOCK_FILE}",
        ),
    )
