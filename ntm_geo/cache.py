"""Files that were had from the net, kept beside their checksum, so that they are asked for once.

They lie in the user's own cache folder, outside every record, and can be deleted at any time.
"""

import hashlib
import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ntm_geo.files import replacing

FOLDER_VARIABLE = "NTM_GEO_CACHE"
"""Names another folder than the usual one of the system."""

_PIECE = 2**20
_KEY_LETTERS = 12


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a kept file comes from.

    Parameters
    ----------
    address
        What was asked.
    day
        When, as 2025-12-31.
    sha256
        Checksum of what came.
    """

    address: str
    day: str
    sha256: str


@dataclass(frozen=True)
class Kept:
    """A kept file; `is_whole` tells whether it still is what came."""

    path: Path
    origin: Origin
    is_whole: bool


def cache_folder() -> Path:
    """Return the folder of kept files: that of NTM_GEO_CACHE, else the system's for a user."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named).absolute()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "ntm-geo" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ntm-geo"
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "ntm-geo"


def find_kept(folder: Path, name: str, address: str) -> Kept | None:
    """Return the file that was kept of an address.

    Parameters
    ----------
    folder
        The folder of kept files.
    name
        Begins the file's name and gives its ending, such as `gadm.zip`.
    address
        What was asked.

    Returns
    -------
    kept
        None where nothing was kept, or nobody knows any more what it should be.
    """
    path = _path(folder, name, address)
    if not (path.is_file() and _beside(path).is_file()):  # a pipe would be read for ever
        return None
    try:
        origin = Origin(**json.loads(_beside(path).read_text(encoding="utf-8")))
        date.fromisoformat(origin.day)
        is_whole = origin.address == address and checksum(path) == origin.sha256
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return Kept(path, origin, is_whole)


def keep(folder: Path, name: str, received: Path, origin: Origin) -> Path:
    """Keep a file that was received and found to be good.

    Raises
    ------
    OutputError
        The folder cannot be written to.
    """
    path = _path(folder, name, origin.address)
    with replacing(path) as draft:
        shutil.copyfile(received, draft)
    with replacing(_beside(path)) as draft:
        draft.write_text(json.dumps(asdict(origin), indent=1) + "\n", encoding="utf-8")
    return path


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _path(folder: Path, name: str, address: str) -> Path:
    key = hashlib.sha256(address.encode()).hexdigest()[:_KEY_LETTERS]
    return folder / f"{Path(name).stem}-{key}{Path(name).suffix}"


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.origin.json")
