"""Declarative files of the record: the project, criteria sets, views."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.model import CriteriaSet, Definition, View
from ntm_geo.record.files import CRITERIA_FOLDER, VIEWS_FOLDER, read_text
from ntm_geo.schemas import parse_model

_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")

D = TypeVar("D", bound=Definition)


def read_definition(root: Path, file: str, model: type[D]) -> tuple[D | None, list[Problem]]:
    """Read one TOML file as the definition that it must hold; None where it cannot be taken."""
    try:
        text = read_text(root, file).text
    except RecordError as error:
        return None, list(error.problems)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        last = text.count("\n") + 1 if "end of document" in str(error) else None
        return None, [
            Problem(
                file=file,
                row=int(place[1]) if place else last,
                column=place[2] if place else "",
                what=Text("tệp TOML viết sai cú pháp", "the file is not valid TOML"),
                found=str(error),
                allowed=Text('tên = "giá trị"', 'name = "value"'),
                todo=Text("sửa dòng được nêu", "mend the line that is named"),
            )
        ]
    return parse_model(model, content, file=file)


def read_criteria_sets(root: Path) -> tuple[dict[str, CriteriaSet], list[Problem]]:
    """Read the criteria sets, by their ids; there must be one at least."""
    sets: dict[str, CriteriaSet] = {}
    problems: list[Problem] = []
    for path in sorted((root / CRITERIA_FOLDER).glob("*.toml")):
        file = path.relative_to(root).as_posix()
        definition, wrong = read_definition(root, file, CriteriaSet)
        problems += wrong
        if definition is None:
            continue
        problems += _check_set(definition, path.stem, file)
        sets[definition.id] = definition
    if not sets and not problems:
        problems.append(
            Problem(
                file=CRITERIA_FOLDER,
                what=Text("không có bộ tiêu chí nào", "there is no criteria set"),
                allowed=Text("ít nhất một tệp .toml", "at least one .toml file"),
                todo=Text("thêm tệp của bộ tiêu chí", "add the file of a criteria set"),
            )
        )
    return sets, problems


def _check_set(definition: CriteriaSet, stem: str, file: str) -> Iterator[Problem]:
    yield from _check_id(definition.id, stem, file)
    numbers = [criterion.number for criterion in definition.criterion]
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        yield Problem(
            file=file,
            column="number",
            what=Text("số tiêu chí không liên tục từ 1", "numbers do not run from 1 upwards"),
            found=", ".join(map(str, numbers)),
            allowed=Text("1, 2, 3, …, mỗi số một lần", "1, 2, 3, ..., each once"),
            todo=Text("sửa lại các số", "mend the numbers"),
        )
    if not definition.numbers:
        yield Problem(
            file=file,
            column="count",
            what=Text("bộ tiêu chí không có tiêu chí nào", "the set has no criterion"),
            allowed=Text("count, hoặc các mục [[criterion]]", "count, or tables [[criterion]]"),
            todo=Text("ghi số tiêu chí vào count", "give the number of criteria as count"),
        )
    if definition.count not in (None, len(numbers)) and numbers:
        yield Problem(
            file=file,
            column="count",
            what=Text("count khác số tiêu chí được liệt kê", "count is not what is listed"),
            found=str(definition.count),
            allowed=Text(str(len(numbers)), str(len(numbers))),
            todo=Text("bỏ count hoặc thêm tiêu chí", "take count out, or add criteria"),
        )


def _check_id(found: str, stem: str, file: str) -> Iterator[Problem]:
    if found != stem:
        yield Problem(
            file=file,
            column="id",
            what=Text("mã khác tên tệp", "the id is not the file's name"),
            found=found,
            allowed=Text(stem, stem),
            todo=Text("sửa mã hoặc đổi tên tệp", "mend the id, or rename the file"),
        )


def read_views(root: Path) -> tuple[tuple[View, ...], list[Problem]]:
    """Read the views, by their order; a workspace need not have any."""
    views: list[View] = []
    problems: list[Problem] = []
    for path in sorted((root / VIEWS_FOLDER).glob("*.toml")):
        file = path.relative_to(root).as_posix()
        view, wrong = read_definition(root, file, View)
        problems += wrong
        if view is None:
            continue
        problems += _check_id(view.id, path.stem, file)
        # What else is wrong with it is told by its file.
        views.append(view.model_copy(update={"id": path.stem}))
    return tuple(sorted(views, key=lambda view: view.order)), problems
