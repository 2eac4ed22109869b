"""Views: how the pages for meetings open."""

from collections.abc import Callable, Iterator, Sequence

from ntm_geo.checks.plan import unknown_number, unknown_set
from ntm_geo.checks.references import unknown_reference
from ntm_geo.errors import Problem, Text
from ntm_geo.model import View
from ntm_geo.schemas import Record, problem_at

_RESERVED = "all"
"""Stands for every view on the command line."""


def check_views(record: Record) -> Iterator[Problem]:
    """Find views that stand in one place, lists that repeat themselves, codes of nothing."""
    first: dict[int, str] = {}
    for view in record.views:
        file = f"gis/views/{view.id}.toml"
        problem = problem_at(file)
        yield from _check_place(view, problem, first.setdefault(view.order, file))
        yield from _check_repeats(problem, "layers", view.layers)
        yield from _check_repeats(problem, "filter.status", view.filter.status)
        yield from _check_codes(view, problem, record)
        yield from _check_criterion(view, problem, record)


def _check_place(view: View, problem: Callable[..., Problem], first: str) -> Iterator[Problem]:
    if view.id == _RESERVED:
        yield problem(
            "id",
            Text("tên này dành để gọi mọi trang", "this name stands for every view"),
            found=view.id,
            allowed=Text(f"mã khác «{_RESERVED}»", f"an id other than '{_RESERVED}'"),
            todo=Text("đổi mã và tên tệp", "change the id and the file's name"),
        )
    if first != f"gis/views/{view.id}.toml":
        yield problem(
            "order",
            Text(f"thứ tự này đã có ở {first}", f"the same order as {first}"),
            found=str(view.order),
            allowed=Text("mỗi trang một số thứ tự", "each view its own order"),
            todo=Text("đổi một trong hai số", "change one of the two"),
        )


def _check_repeats(
    problem: Callable[..., Problem], column: str, words: Sequence[str]
) -> Iterator[Problem]:
    for number, word in enumerate(words, start=1):
        if word in words[: number - 1]:
            yield problem(
                f"{column}[{number}]",
                Text("từ lặp lại trong danh sách", "a word that stands twice in the list"),
                found=word,
                allowed=Text("mỗi từ một lần", "each word once"),
                todo=Text("bỏ một trong hai", "take one of the two out"),
            )


def _check_codes(view: View, problem: Callable[..., Problem], record: Record) -> Iterator[Problem]:
    places = record.units.keys | {record.project.district.code}
    unit, office = view.filter.unit, view.filter.office
    if unit is not None and record.units.is_read and unit not in places:
        yield unknown_reference(problem, "filter.unit", unit, "units", places)
    if office is not None and record.offices.is_read and office not in record.offices.keys:
        yield unknown_reference(problem, "filter.office", office, "offices", record.offices.keys)


def _check_criterion(
    view: View, problem: Callable[..., Problem], record: Record
) -> Iterator[Problem]:
    criterion, sets = view.filter.criterion, record.criteria_sets
    if criterion is None:
        return
    set_id, _, number = criterion.partition(":")
    if set_id not in sets:
        yield unknown_set(problem, "filter.criterion", criterion, sets)
    elif int(number) not in sets[set_id].numbers:
        yield unknown_number(problem, "filter.criterion", criterion, sets[set_id])
