"""What is said of a cell or key that is not as its schema wants it."""

from typing import TYPE_CHECKING

from ntm_geo.errors import Problem, Text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_NUMBER_TODO = Text(
    "ghi số không có dấu phân cách hàng nghìn, ví dụ 1234,5 hoặc 1234.5",
    "write the figure without signs for thousands, such as 1234.5",
)
_CHECK_FIGURE = Text("kiểm tra lại con số", "check the figure")
_EXPECTED: dict[str, tuple[Text, Text | None, Text | None]] = {
    # pydantic's word for the error: what is wrong, what is allowed, what to do
    "missing": (
        Text("ô bắt buộc để trống", "a required cell is empty"),
        Text("một giá trị", "a value"),
        Text("điền giá trị vào ô", "fill in the cell"),
    ),
    "extra_forbidden": (
        Text("mục này không có trong mẫu", "this key is not in the schema"),
        Text("các mục của mẫu", "the keys of the schema"),
        Text("sửa lại tên mục, hoặc bỏ mục", "mend the key's name, or take it out"),
    ),
    "no_number": (
        Text("không phải là số", "not a figure"),
        Text("một con số", "a figure"),
        _NUMBER_TODO,
    ),
    "grouped_number": (
        Text(
            "số có dấu phân cách hàng nghìn, có thể hiểu theo hai cách",
            "a figure with signs for thousands, which can be read in two ways",
        ),
        Text("số không có dấu phân cách hàng nghìn", "a figure without signs for thousands"),
        _NUMBER_TODO,
    ),
    "no_whole_number": (
        Text("không phải số nguyên", "not a whole number"),
        Text("một số nguyên", "a whole number"),
        _CHECK_FIGURE,
    ),
    "no_day": (
        Text("không phải là một ngày có thật", "not a day of the calendar"),
        Text("ngày dạng 2023-12-31 hoặc 31/12/2023", "a day such as 2023-12-31 or 31/12/2023"),
        Text("ghi lại ngày", "write the day again"),
    ),
    "no_moment": (
        Text("không phải ngày và giờ có thật", "not a day with a time"),
        Text(
            "ngày và giờ dạng 2023-12-31T09:30:00 hoặc 31/12/2023 09:30",
            "a day and time such as 2023-12-31T09:30:00 or 31/12/2023 09:30",
        ),
        Text("ghi lại ngày và giờ", "write the day and the time again"),
    ),
    "json_invalid": (
        Text("tệp hỏng hoặc bị cắt (không phải JSON)", "the file is damaged or cut (not JSON)"),
        Text("JSON", "JSON"),
        Text("lấy lại tệp từ bản sao", "get the file back from a copy"),
    ),
    "string_too_long": (
        Text("chữ quá dài", "the text is too long"),
        Text("tối đa {max_length} ký tự", "at most {max_length} characters"),
        Text("rút ngắn lại", "shorten it"),
    ),
    "string_pattern_mismatch": (
        Text("không đúng dạng mã", "not of the form of a code"),
        Text("theo mẫu {pattern}", "after the pattern {pattern}"),
        Text("sửa lại mã", "mend the code"),
    ),
    "greater_than_equal": (
        Text("số nhỏ hơn mức cho phép", "the figure is too small"),
        Text("từ {ge} trở lên", "{ge} or more"),
        _CHECK_FIGURE,
    ),
    "less_than": (
        Text("số lớn hơn mức cho phép", "the figure is too large"),
        Text("nhỏ hơn {lt}", "less than {lt}"),
        _CHECK_FIGURE,
    ),
    "greater_than": (
        Text("số nhỏ hơn mức cho phép", "the figure is too small"),
        Text("lớn hơn {gt}", "more than {gt}"),
        _CHECK_FIGURE,
    ),
    "less_than_equal": (
        Text("số lớn hơn mức cho phép", "the figure is too large"),
        Text("không quá {le}", "{le} or less"),
        _CHECK_FIGURE,
    ),
    "string_type": (
        Text("không phải là chữ", "not a text"),
        Text('chữ trong ngoặc kép, ví dụ "abc"', 'a text in quotes, such as "abc"'),
        Text("đặt giá trị trong ngoặc kép", "put the value in quotes"),
    ),
    "tuple_type": (
        Text("không phải là danh sách", "not a list"),
        Text('danh sách, ví dụ ["abc"]', 'a list, such as ["abc"]'),
        Text("đặt các giá trị trong ngoặc vuông", "put the values in square brackets"),
    ),
    "bool_type": (
        Text("không phải là đúng hoặc sai", "neither true nor false"),
        Text("true, false", "true, false"),
        Text("ghi true hoặc false", "write true or false"),
    ),
    "model_type": (
        Text("không phải là một bảng các mục", "not a table of keys"),
        Text("bảng, ví dụ [filter]", "a table, such as [filter]"),
        Text("viết thành bảng có các mục", "write it as a table of keys"),
    ),
    "enum": (
        Text("từ này không có trong danh sách", "this word is not in the list"),
        Text("{expected}", "{expected}"),
        Text("chọn một từ trong danh sách", "choose a word of the list"),
    ),
}
_EXPECTED["int_type"] = _EXPECTED["int_parsing"] = _EXPECTED["no_whole_number"]
_EXPECTED["int_from_float"] = _EXPECTED["no_whole_number"]
_EXPECTED["literal_error"] = _EXPECTED["enum"]
_EXPECTED["bool_parsing"] = _EXPECTED["bool_type"]
_EXPECTED["string_too_short"] = _EXPECTED["missing"]


def problem_of(error: "ErrorDetails") -> Problem:
    """Return what pydantic found wrong as a problem whose column is the place in the row."""
    known = _EXPECTED.get(error["type"])
    if known is None:
        what = Text("giá trị không hợp lệ", "invalid value")
        todo: Text | None = Text("sửa lại giá trị", "mend the value")
        allowed: Text | None = Text(error["msg"], error["msg"])
    else:
        what, allowed, todo = known
    if known is not None and allowed is not None:
        allowed = allowed.format(**error.get("ctx", {}))
    is_whole = error["type"] in ("missing", "json_invalid")  # the input is all there is
    found = None if is_whole else str(error["input"])
    place = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    column = "".join(place).removeprefix(".")
    return Problem(what=what, found=found, allowed=allowed, todo=todo, column=column)
