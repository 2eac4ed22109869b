"""A file from the net, received whole or not at all: bounded in time, size and where it leads."""

import hashlib
import http.client
import queue
import ssl
import string
import threading
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.error import HTTPError
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ntm_geo.errors import DownloadError, OptionError
from ntm_geo.fetching import troubles

MAX_REDIRECTS = 5
_LOCAL = ("localhost", "127.0.0.1", "::1")
"""Hosts that may be asked without encryption: the data never leave the machine."""

_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 2**16
_WAITING = 16
"""Pieces that are received ahead of the writing."""

_LOOK_UP_S = 0.2
_USER_AGENT = "ntm-geo (boundaries of one district)"

OnBytes = Callable[[int, int | None], None]
"""Is told the bytes received so far, and all that are expected where the server says so."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long and how large a download may be.

    Parameters
    ----------
    max_bytes
        Most that may come [byte].
    stall_s
        Longest time in which nothing comes [s].
    total_s
        Longest time altogether, looking up the host included [s].
    """

    max_bytes: int
    stall_s: float = 180.0
    total_s: float = 3600.0


@dataclass(frozen=True)
class Received:
    """What was received: its checksum and its size [byte]."""

    sha256: str
    size: int


@dataclass(frozen=True)
class _Head:
    length: int | None
    packing: str


def download(
    address: str, target: Path, *, limits: Limits, on_bytes: OnBytes | None = None
) -> Received:
    """Receive a file.

    Parameters
    ----------
    address
        https; http only of this very machine.
    target
        The file to write: what it holds after an error is of no use.
    limits
        Bounds of time and size.
    on_bytes
        Is told how far it is.

    Raises
    ------
    DownloadError
        No network, no such file, a server that is busy, leads elsewhere, stalls, sends more than
        it may or less than it said.
    OptionError
        The address is none that may be asked.
    """
    check_address(address)
    try:
        with closing(_pieces(address, limits)) as pieces, target.open("wb") as file:
            return _written(pieces, file, address, limits.max_bytes, on_bytes)
    except DownloadError:
        raise
    except OSError as error:  # of the file: what the connection raises is told already
        raise troubles.no_room(target, error) from error


def _written(
    pieces: Iterator[_Head | bytes],
    file: BinaryIO,
    address: str,
    most: int,
    on_bytes: OnBytes | None,
) -> Received:
    digest, size, expected = hashlib.sha256(), 0, None
    for piece in pieces:
        if isinstance(piece, _Head):
            expected = _checked_head(piece, address, most)
            continue
        size += len(piece)
        if size > most:
            raise troubles.too_large(address, size, most)
        file.write(piece)
        digest.update(piece)
        if on_bytes is not None:
            on_bytes(size, expected)
    if expected is not None and size < expected:
        raise troubles.cut_off(address, f"{size} / {expected} byte")
    return Received(digest.hexdigest(), size)


def _checked_head(head: _Head, address: str, most: int) -> int | None:
    """Return the length that a server announces, where it is one that may come."""
    if head.length is not None and head.length > most:
        raise troubles.too_large(address, head.length, most)
    if head.packing not in ("", "identity"):
        raise troubles.packed(address, head.packing)
    return head.length


def check_address(address: str) -> SplitResult:
    """Return an address taken apart.

    Raises
    ------
    OptionError
        It is neither https nor of this machine, or no address at all.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise troubles.no_address(address) from error
    is_plain = address.isascii() and address.isprintable() and " " not in address
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL)
    if not (is_plain and is_safe and host) or "@" in parts.netloc:
        raise troubles.no_address(address)
    return parts


class _StoppedError(Exception):
    """Nobody waits for the rest."""


class _Receiver:
    """Receives in a thread of its own, a few pieces ahead.

    Looking up a host and reading a head that trickles in know no limit of their own; whoever waits
    for the pieces does.
    """

    def __init__(self, address: str, limits: Limits) -> None:
        self._address, self._limits = address, limits
        self._pieces: queue.Queue[_Head | bytes | Exception | None] = queue.Queue(_WAITING)
        self._stop = threading.Event()
        threading.Thread(target=self._run, name="download", daemon=True).start()

    def take(self, until: float) -> _Head | bytes | Exception | None:
        """Return the next piece, the error that ended it all, or None at the end.

        It looks up now and then: on Windows nobody can break off a wait that is a single one.

        Raises
        ------
        TimeoutError
            Nothing came until then, by the monotonic clock.
        """
        while (left := until - time.monotonic()) > 0:
            with suppress(queue.Empty):
                return self._pieces.get(timeout=min(left, _LOOK_UP_S))
        raise TimeoutError

    def stop(self) -> None:
        """Let the thread end as soon as it can."""
        self._stop.set()

    def _run(self) -> None:
        with suppress(_StoppedError):
            try:
                _receive(self._address, self._limits, self._put)
            except _StoppedError:
                raise
            except Exception as error:  # noqa: BLE001 (told by the thread that waits)
                self._put(error)
            else:
                self._put(None)

    def _put(self, piece: _Head | bytes | Exception | None) -> None:
        while not self._stop.is_set():
            with suppress(queue.Full):
                return self._pieces.put(piece, timeout=_LOOK_UP_S)
        raise _StoppedError


def _pieces(address: str, limits: Limits) -> Generator[_Head | bytes, None, None]:
    """Give what comes, piece by piece, and never wait longer than the limits."""
    ends = time.monotonic() + limits.total_s
    receiver = _Receiver(address, limits)
    try:
        while (piece := receiver.take(ends)) is not None:
            if isinstance(piece, DownloadError):
                raise piece
            if isinstance(piece, Exception):
                raise troubles.of_error(piece, address, limits.stall_s) from piece
            yield piece
    except TimeoutError:
        raise troubles.too_slow(address, limits.total_s) from None
    finally:
        receiver.stop()


def _receive(address: str, limits: Limits, put: Callable[[_Head | bytes], None]) -> None:
    opener, asked = _opener(), address
    for _ in range(MAX_REDIRECTS + 1):
        request = urllib.request.Request(  # noqa: S310 (check_address lets https pass only)
            asked, headers={"User-Agent": _USER_AGENT, "Accept-Encoding": "identity"}
        )
        try:
            answer = opener.open(request, timeout=limits.stall_s)
        except HTTPError as error:
            with error:
                asked = _next_address(error, asked)
            continue
        with answer:
            if answer.status != http.client.OK:
                raise troubles.of_status(answer.status, answer.headers, asked)
            put(_Head(answer.length, answer.headers.get("Content-Encoding", "").strip().lower()))
            while piece := answer.read1(_PIECE):
                put(piece)
        return
    raise troubles.endless(address, MAX_REDIRECTS)


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener for http and https alone, with the proxies that the environment names.

    urllib's own also opens files and FTP, and follows wherever a server sends it.
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _next_address(error: HTTPError, asked: str) -> str:
    """Return where a redirect leads, if it stays on the same server."""
    leads = error.headers.get("Location")
    if error.code not in _REDIRECTS or not leads:
        raise troubles.of_status(error.code, error.headers, asked)
    try:
        # Blanks and letters beyond ASCII, which servers send although they must not.
        found = quote(urljoin(asked, leads), encoding="iso-8859-1", safe=string.punctuation)
        there = check_address(found)
    except (ValueError, OptionError) as wrong:
        raise troubles.elsewhere(asked, leads) from wrong
    here = urlsplit(asked)
    if (here.scheme, here.netloc.lower()) != (there.scheme, there.netloc.lower()):
        raise troubles.elsewhere(asked, found)
    return found
