"""Work on a file done in a process of its own, which can be ended: a library in C cannot.

A damaged file may keep a driver busy for ever or bring the process down; neither may happen to the
program, and nobody waits longer than is said.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ntm_geo.errors import RecordError, Text
from ntm_geo.foreign.brought import refusal

MOST_SECONDS = 120.0
"""No file within the limits of size takes a quarter of it."""

_CODE = "from ntm_geo.foreign.apart import answer; answer()"

T = TypeVar("T")


def run_apart(
    work: Callable[..., T], *values: object, file: str, folder: Path, seconds: float
) -> T:
    """Call a function in a process of its own.

    Parameters
    ----------
    work
        A function of a module; it, its values and what it returns go through `pickle`.
    values
        What it is called with.
    file
        How people call the file, for messages.
    folder
        A folder that nobody else writes into.
    seconds
        The time that it has [s].

    Returns
    -------
    result
        What the function returns.

    Raises
    ------
    RecordError
        What the function raises, or that it did not end in time, or brought its process down.
    """
    request = folder / "request.pickle"
    request.write_bytes(pickle.dumps((work, values)))
    # The same modules as here, and none of the folder that the program was started in (-P).
    paths = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100 (may be no folder)
    try:
        done = subprocess.run(  # noqa: S603 (this very Python, and a path that the program chose)
            [sys.executable, "-P", "-c", _CODE, str(request)],
            env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _broken(
            file,
            Text(
                f"đọc tệp quá {seconds:.0f} giây chưa xong",
                f"the file was not read within {seconds:.0f} seconds",
            ),
            None,
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        what = Text("tệp làm hỏng chương trình đọc nó", "the file broke the program that reads it")
        raise _broken(file, what, said[-1] if said else f"{done.returncode}")
    result = pickle.loads(_answer_of(request).read_bytes())  # noqa: S301 (our own process wrote it)
    if isinstance(result, RecordError):
        raise result
    returned: T = result
    return returned


def answer() -> None:
    """Do the work that a request asks for, in the process that was started for it."""
    request = Path(sys.argv[1])
    work, values = pickle.loads(request.read_bytes())  # noqa: S301 (the program wrote it)
    try:
        result = work(*values)
    except RecordError as error:
        result = error
    _answer_of(request).write_bytes(pickle.dumps(result))


def _answer_of(request: Path) -> Path:
    return request.with_name("answer.pickle")


def _broken(file: str, what: Text, found: str | None) -> RecordError:
    return refusal(
        file,
        what,
        found=found,
        allowed=Text("một tệp nguyên vẹn", "a whole file"),
        todo=Text(
            "mở thử trong QGIS; nếu mở được, xuất sang GeoPackage rồi nhập lại",
            "try it in QGIS; if it opens there, export it as GeoPackage and import that",
        ),
    )
