"""What is said where nothing comes from the net, or something else than was asked for."""

import ssl
from email.message import Message
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

from ntm_geo.errors import DownloadError, OptionError, Problem, Text

_OFFLINE = Text(
    "không có mạng thì mở địa chỉ này bằng trình duyệt trên máy có mạng, chép tệp về, rồi chạy lại "
    "với --from TỆP: {address}",
    "without a network open this address in a browser on another machine, bring the file here and "
    "run the command again with --from FILE: {address}",
)
_LATER = Text("chờ ít phút rồi chạy lại", "wait some minutes and run it again")
_MIRROR = Text(
    "hỏi bộ phận mạng, hoặc chỉ máy chủ khác bằng --from",
    "ask whoever runs the network, or name another server with --from",
)
_AGAIN = Text("chạy lại lệnh; nếu vẫn vậy thì chờ", "run it again; if it stays so, wait")
_WHOLE = Text("tệp nguyên vẹn", "the whole file")
_OK = Text("trả lời 200", "answer 200")
_START = 200
_STATUS: dict[int, tuple[Text, Text]] = {
    400: (
        Text("máy chủ không hiểu câu hỏi", "the server does not understand the question"),
        _MIRROR,
    ),
    401: (Text("máy chủ đòi đăng nhập", "the server asks for a login"), _MIRROR),
    403: (Text("máy chủ từ chối", "the server refuses"), _MIRROR),
    404: (
        Text("địa chỉ này không còn tệp", "there is no such file at this address"),
        _MIRROR,
    ),
    407: (
        Text("máy chủ proxy đòi đăng nhập", "the proxy asks for a login"),
        Text("ghi tên và mật khẩu proxy vào HTTPS_PROXY", "set HTTPS_PROXY with name and password"),
    ),
    410: (Text("tệp đã bị gỡ", "the file was taken away"), _MIRROR),
    429: (Text("đã hỏi quá nhiều lần", "too many questions were asked"), _LATER),
    502: (Text("máy chủ đang bận", "the server is busy"), _LATER),
    503: (Text("máy chủ đang bận", "the server is busy"), _LATER),
    504: (Text("máy chủ đang bận", "the server is busy"), _LATER),
}


def _trouble(address: str, what: Text, *, found: str, allowed: Text, todo: Text) -> DownloadError:
    host = urlsplit(address).hostname or ""
    return DownloadError(Problem(file=host, what=what, found=found, allowed=allowed, todo=todo))


def no_address(address: str) -> OptionError:
    """Say that an address is none that is asked."""
    return OptionError(
        Problem(
            column="--from",
            what=Text("không hỏi địa chỉ này", "this address is not asked"),
            found=address,
            allowed=Text(
                "địa chỉ https:// (không kèm mật khẩu), hoặc một tệp có thật",
                "an https:// address (without a password), or a file that is there",
            ),
            todo=Text("sửa địa chỉ", "mend the address"),
        )
    )


def of_error(error: Exception, address: str, stall_s: float) -> DownloadError:
    """Say what kept a connection from coming about, or broke it off."""
    reason = error.reason if isinstance(error, URLError) else error
    said = str(reason) or type(reason).__name__
    if isinstance(reason, ssl.SSLError):
        return _trouble(
            address,
            Text("không có kết nối an toàn với máy chủ", "no safe connection to the server"),
            found=said,
            allowed=Text(
                "https với chứng chỉ tin được", "https with a certificate that is trusted"
            ),
            todo=Text(
                "kiểm tra ngày giờ của máy; nếu cơ quan soi https thì nhờ bộ phận mạng cài chứng "
                "chỉ vào máy",
                "check the machine's clock; where https is inspected, have the certificate "
                "installed by whoever runs the network",
            ),
        )
    if isinstance(reason, TimeoutError):
        return _trouble(
            address,
            Text("máy chủ im lặng", "the server is silent"),
            found=f"{stall_s:g} s",
            allowed=_WHOLE,
            todo=_AGAIN,
        )
    if isinstance(error, URLError):
        return _trouble(
            address,
            Text("không nối được tới máy chủ", "the server cannot be reached"),
            found=said,
            allowed=Text("máy có mạng", "a network"),
            todo=_OFFLINE.format(address=address),
        )
    return cut_off(address, said)


def of_status(status: int, headers: Message, address: str) -> DownloadError:
    """Say what a server answers in place of the file."""
    other = Text("máy chủ không đưa tệp", "the server does not give the file")
    what, todo = _STATUS.get(status, (other, _MIRROR))
    wait = headers.get("Retry-After")
    found = f"{status}, Retry-After: {wait}" if wait else str(status)
    return _trouble(address, what, found=found, allowed=_OK, todo=todo)


def cut_off(address: str, found: str) -> DownloadError:
    """Say that less came than the server said."""
    what = Text("tệp bị cắt cụt giữa chừng", "the file was cut off on its way")
    return _trouble(address, what, found=found, allowed=_WHOLE, todo=_AGAIN)


def too_slow(address: str, total_s: float) -> DownloadError:
    """Say that it took too long altogether."""
    return _trouble(
        address,
        Text("tải quá lâu", "the download took too long"),
        found=f"{total_s:g} s",
        allowed=_WHOLE,
        todo=_OFFLINE.format(address=address),
    )


def too_large(address: str, size: int, limit: int) -> DownloadError:
    """Say that more comes, or is said to come, than there can be [byte]."""
    return _trouble(
        address,
        Text("tệp lớn hơn mức có thể", "the file is larger than it can be"),
        found=f"{size} byte",
        allowed=Text(f"nhiều nhất {limit} byte", f"{limit} bytes at most"),
        todo=_MIRROR,
    )


def packed(address: str, packing: str) -> DownloadError:
    """Say that the server packs what was asked for unpacked."""
    return _trouble(
        address,
        Text("máy chủ gửi dữ liệu nén dù không được hỏi", "the server sends packed data unasked"),
        found=f"Content-Encoding: {packing}",
        allowed=Text("dữ liệu không nén", "data that are not packed"),
        todo=_MIRROR,
    )


def elsewhere(address: str, found: str) -> DownloadError:
    """Say that a server sends us to another one."""
    return _trouble(
        address,
        Text("máy chủ chuyển sang nơi khác", "the server sends us elsewhere"),
        found=found,
        allowed=Text("tệp ở chính máy chủ này", "the file on this very server"),
        todo=Text(
            "nếu tin địa chỉ mới, ghi nó vào --from",
            "if the new address can be trusted, give it to --from",
        ),
    )


def endless(address: str, most: int) -> DownloadError:
    """Say that a server sends us round and round."""
    return _trouble(
        address,
        Text("máy chủ chuyển hướng vòng quanh", "the server sends us round in circles"),
        found=f"> {most}",
        allowed=Text(f"nhiều nhất {most} lần chuyển", f"{most} redirects at most"),
        todo=_MIRROR,
    )


def no_room(path: Path, error: OSError) -> DownloadError:
    """Say that what comes cannot be written down."""
    return DownloadError(
        Problem(
            file=str(path.parent),
            what=Text("không ghi được tệp đang tải", "what comes cannot be written"),
            found=error.strerror or str(error),
            allowed=Text("chỗ trống trên đĩa, quyền ghi", "free space, and leave to write"),
            todo=Text("dọn bớt đĩa rồi chạy lại", "make room and run it again"),
        )
    )


def check_no_page(path: Path) -> None:
    """Refuse a web page that came in place of data: a login, an apology.

    Raises
    ------
    DownloadError
        The file begins as a page does.
    """
    with path.open("rb") as file:
        start = file.read(_START).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        raise not_the_content(
            path.name,
            Text("máy chủ gửi một trang web, không phải dữ liệu", "a web page came, no data"),
            found=start,
            allowed=Text("tệp dữ liệu", "a file of data"),
        )


def not_the_content(file: str, what: Text, *, found: str, allowed: Text) -> DownloadError:
    """Say that what came is not what was asked for."""
    todo = Text(
        "mở địa chỉ bằng trình duyệt để xem máy chủ nói gì, hoặc chỉ nguồn khác bằng --from",
        "open the address in a browser to see what the server says, or name another one with "
        "--from",
    )
    return DownloadError(Problem(file=file, what=what, found=found, allowed=allowed, todo=todo))
