"""DXF drawings: how they say that their text is written, and how far their blocks unfold."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ntm_geo.errors import RecordError, Text
from ntm_geo.foreign.brought import DeclaredEncoding, EncodingOrigin, refusal
from ntm_geo.foreign.staging import Parcel

MAX_TAGS = 20_000_000
"""Most pairs of code and value when every block is put where it is inserted: 0.5 GB in GDAL."""

_DEEPEST = 32
_INSERTING = ("INSERT", "DIMENSION")
_CURVES = ("ARC", "CIRCLE", "ELLIPSE", "SPLINE")
_TAGS_OF_CURVE = 100
"""What a curve weighs beside its own tags: GDAL draws it with some ninety points."""

_ENTITY, _NAME, _VARIABLE, _COLUMNS, _ROWS = 0, 2, 9, 70, 71
"""Group codes (AutoCAD DXF reference)."""

_FIRST_UNICODE = "AC1021"
"""Since AutoCAD 2007 drawings are UTF-8, whatever code page they name."""


@dataclass
class _Content:
    """What a block, or the drawing itself, holds."""

    tags: int = 0
    inserts: Counter[str] = field(default_factory=Counter)


@dataclass
class _Insert:
    """A block put somewhere, once or as a grid."""

    is_grid: bool
    block: str = ""
    columns: int = 1
    rows: int = 1


class _Scan:
    """One pass over the pairs of a drawing."""

    def __init__(self) -> None:
        self.blocks: dict[str, _Content] = {}
        self.drawing = _Content()
        self.variables: dict[str, str] = {}
        self._here = self.drawing
        self._insert: _Insert | None = None
        self._entity = ""
        self._variable = ""

    def take(self, code: int, value: str) -> None:
        """Take one pair."""
        self._here.tags += 1
        if code == _ENTITY:
            self._start(value)
        elif code == _NAME and self._entity == "BLOCK":
            self._here = self.blocks.setdefault(value, _Content())
            self._entity = ""  # the name comes once
        elif self._insert is not None:
            _fill(self._insert, code, value)
        elif code == _VARIABLE:
            self._variable = value
        elif self._variable:
            self.variables[self._variable] = value
            self._variable = ""

    def _start(self, entity: str) -> None:
        insert = self._insert
        if insert is not None:
            times = max(insert.columns, 1) * max(insert.rows, 1)
            self._here.inserts[insert.block] += times
        self._insert = _Insert(entity == "INSERT") if entity in _INSERTING else None
        self._here.tags += _TAGS_OF_CURVE if entity in _CURVES else 0
        self._here = self.drawing if entity == "ENDBLK" else self._here
        self._entity = entity


def check_drawing(parcel: Parcel) -> DeclaredEncoding:
    """Read through a drawing once, and return how it says that its text is written.

    Raises
    ------
    RecordError
        The blocks unfold to more than MAX_TAGS, or a block holds itself; a line that should be
        a group code is none.
    """
    scan = _Scan()
    for code, value in _tags(parcel):
        scan.take(code, value)
    total = _unfolded(scan.drawing, scan.blocks, {}, parcel.file, 0)
    if total > MAX_TAGS:
        raise _unfolds(parcel.file, f"{total:,}")
    if scan.variables.get("$ACADVER", "") >= _FIRST_UNICODE:
        return DeclaredEncoding("UTF-8", EncodingOrigin.STANDARD, is_raw=False)
    code_page = scan.variables.get("$DWGCODEPAGE")
    origin = EncodingOrigin.DXF if code_page else EncodingOrigin.NONE
    return DeclaredEncoding(code_page or None, origin, is_raw=True)


def _tags(parcel: Parcel) -> Iterator[tuple[int, str]]:
    """Yield pairs of group code and value."""
    with parcel.path.open(encoding="latin-1") as lines:
        for number, line in enumerate(lines):
            try:
                yield int(line), next(lines, "").strip()
            except ValueError:
                if not line.strip("\x00\x1a \r\n"):
                    continue  # blank lines at the end
                raise refusal(
                    parcel.file,
                    Text("bản vẽ DXF bị hỏng", "the DXF drawing is damaged"),
                    found=f"{2 * number + 1}: {line.strip()[:60]}",
                    allowed=Text("mã nhóm là số nguyên", "group codes that are whole numbers"),
                    todo=Text("lưu lại DXF từ AutoCAD", "save the DXF in AutoCAD again"),
                ) from None


def _fill(insert: _Insert, code: int, value: str) -> None:
    if code == _NAME:
        insert.block = value
    elif code in (_COLUMNS, _ROWS) and insert.is_grid and value.isdigit():
        setattr(insert, "columns" if code == _COLUMNS else "rows", int(value[:9]))


def _unfolded(
    content: _Content, blocks: dict[str, _Content], known: dict[str, int], file: str, depth: int
) -> int:
    if depth > _DEEPEST:
        raise _unfolds(file, f"> {_DEEPEST} x INSERT")
    total = content.tags
    for name, times in content.inserts.items():
        if name in blocks and name not in known:
            known[name] = _unfolded(blocks[name], blocks, known, file, depth + 1)
        total += times * known.get(name, 0)
    return total


def _unfolds(file: str, found: str) -> RecordError:
    return refusal(
        file,
        Text("các block của bản vẽ lồng nhau quá mức", "the drawing's blocks unfold too far"),
        found=found,
        allowed=Text(f"nhiều nhất {MAX_TAGS:,} cặp mã", f"{MAX_TAGS:,} pairs of codes at most"),
        todo=Text(
            "trong AutoCAD chỉ giữ lớp cần nhập (EXPLODE, PURGE), lưu lại DXF",
            "keep only what is needed in AutoCAD (EXPLODE, PURGE) and save the DXF again",
        ),
    )
