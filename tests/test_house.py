"""The house rules, held against the code: floors, public names, what is documented."""

import ast
import csv
import re
import shlex
import socket
import tomllib
from pathlib import Path

import pytest
import pytest_socket

import ntm_geo

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ntm_geo"
TOP_LEVEL = {
    "gis", "layers", "ntm_geo", "maps", "notebooks", "tests", "docs", "benchmarks", ".ci",
    "pyproject.toml", "README.md", "Makefile", "CHANGELOG.md", "LICENSE", ".gitignore",
    ".gitattributes", "requirements.txt", "requirements-dev.txt",
}  # fmt: skip


def _floors() -> dict[str, tuple[int, int]]:
    """Floor and place of each module, as the package's docstring lists them."""
    floors = {}
    floor = re.compile(r"^(\d)\. [\w ]+: ([\w, ]+(?:\n {3}[\w, ]+)*)$", re.MULTILINE)
    for number, names in floor.findall(ntm_geo.__doc__):
        for place, name in enumerate(re.split(r",\s+", names)):
            floors[name] = (int(number), place)
    return floors


FLOORS = _floors()
MODULES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.name != "__main__.py" and path != PACKAGE / "__init__.py"
)


def _module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    """Modules of the package that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ntm_geo"):
            parts = (node.module or "").split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("ntm_geo.")}
    return found


def test_every_module_has_a_floor():
    assert {_module_of(path) for path in MODULES} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_only_go_down(path):
    here = _module_of(path)
    wrong = {name for name in _imports(path) - {here} if FLOORS[name] >= FLOORS[here]}
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_reading_and_thinking_know_nothing_of_each_other(path):
    reading, thinking = 2, 3
    floor = FLOORS[_module_of(path)][0]
    imported = {FLOORS[name][0] for name in _imports(path)}
    if floor in (thinking, 4):
        assert reading not in imported
    if floor == reading:
        assert thinking not in imported


def test_the_floors_test_sees_an_import_that_goes_up(tmp_path):
    path = tmp_path / "names.py"
    path.write_text("def f():\n    from ntm_geo.workspace import open_workspace\n")
    assert _imports(path) == {"workspace"}
    assert FLOORS["workspace"] > FLOORS["names"]


def test_folium_lives_only_in_maps():
    users = {
        _module_of(path)
        for path in MODULES
        if re.search(r"^\s*(import|from) (folium|branca)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert users == {"maps"}


def test_openpyxl_writes_in_the_workbook_reads_in_foreign_and_is_imported_late():
    users = {
        _module_of(path)
        for path in MODULES
        if re.search(r"^\s*(import|from) openpyxl", path.read_text("utf-8"), re.MULTILINE)
    }
    assert users == {"workbook", "foreign"}
    tree = ast.parse((PACKAGE / "workbook/sheet.py").read_text("utf-8"))
    early = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not [node for node in early if "openpyxl" in ast.unparse(node)]


with (ROOT / "gis/units.csv").open(encoding="utf-8", newline="") as _file:
    UNITS = list(csv.DictReader(_file))
NAMES = {unit["name"] for unit in UNITS} - {"Đông"}  # also a word: "east"
CODES = {unit["unit_code"] for unit in UNITS} | {"625"}
SHOWN = {"108.60", "14.14", "108.602", "14.144"}
"""Coordinates in messages, which show how a point is written."""


def _of_kbang(code: str) -> set[str]:
    """Names and codes of Kbang's units, and coordinates around it, that stand in some code."""
    figures = set(re.findall(r"(?<![\w.#])\d+(?:\.\d+)?(?![\w.])", code))
    exact = {figure for figure in figures if re.search(r"\.\d\d", figure)}
    lon, lat = ([float(unit[axis]) for unit in UNITS] for axis in ("lon", "lat"))
    return {
        *(name for name in NAMES if name in code),
        *(figures & CODES),
        *(f for f in exact for axis in (lon, lat) if min(axis) <= float(f) <= max(axis)),
    }


CODE = sorted(p for p in PACKAGE.rglob("*.*") if p.suffix in (".py", ".js", ".html", ".css"))


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_knows_kbang(path):
    assert _of_kbang(_without_docstrings(path)) <= SHOWN


@pytest.mark.parametrize("planted", ["'Lơ Ku'", "23656", "'625'", "108.5012", "(1, 14.1704)"])
def test_what_is_of_kbang_is_seen_outside_docstrings(tmp_path, planted):
    path = tmp_path / "module.py"
    path.write_text(f'def f():\n    """Such as {planted}."""\n', encoding="utf-8")
    assert not _of_kbang(_without_docstrings(path))
    path.write_text(f"x = {planted}\n", encoding="utf-8")
    assert len(_of_kbang(_without_docstrings(path))) == 1


def _without_docstrings(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                value.value = ""
    return ast.unparse(tree)


def test_modules_stay_small():
    long = {
        path.name: count
        for path in MODULES
        if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long


def test_the_top_level_is_as_agreed():
    ignored = {".git", ".venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis",
               "uv.lock", "dist", "build", "PKG-INFO"}  # fmt: skip
    there = {path.name for path in ROOT.iterdir()} - ignored
    assert there <= TOP_LEVEL


@pytest.mark.parametrize("name", ntm_geo.__all__)
def test_a_public_name_is_of_the_package_and_described(name):
    thing = getattr(ntm_geo, name)
    assert thing.__name__ == name
    assert thing.__module__.startswith("ntm_geo.")
    assert thing.__doc__
    assert not thing.__doc__.startswith(f"{name}(")  # what a dataclass writes by itself


def test_every_error_is_public():
    kinds = [ntm_geo.NtmGeoError]
    for kind in kinds:
        kinds += [sub for sub in kind.__subclasses__() if sub.__module__.startswith("ntm_geo.")]
    assert {kind.__name__ for kind in kinds} <= set(ntm_geo.__all__)


def test_the_documents_call_public_names_only():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    called = set(re.findall(r"\bntm_geo\.(\w+)\(", text))
    assert "open_workspace" in called
    assert called <= set(ntm_geo.__all__)


def _anchors(page: Path) -> set[str]:
    """Return the headings of a page as links name them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_between_the_documents_lead_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    for file, _, anchor in (link.partition("#") for link in links if "://" not in link):
        target = page.parent / file if file else page
        assert target.exists(), file
        assert not anchor or anchor in _anchors(target), anchor


def _commands():
    from typer.main import get_command

    from ntm_geo.cli import app

    root = get_command(app)
    for name, command in root.commands.items():
        if hasattr(command, "commands"):
            if command.invoke_without_command:
                yield f"ntm-geo {name}", command
            for sub in command.commands:
                yield f"ntm-geo {name} {sub}", command.commands[sub]
        else:
            yield f"ntm-geo {name}", command


COMMANDS = dict(_commands())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_and_gives_an_example(command):
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(command in page.read_text("utf-8") for page in pages)
    assert "Example: " + command in COMMANDS[command].help


def test_the_lock_files_name_no_addresses_and_pin_all_dependencies():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        for need in project["dependencies"]:
            package = re.match(r"[\w-]+", need)[0].lower()
            assert re.search(rf"^{package}==\S+", text, re.MULTILINE), package
        lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all("==" in line for line in lines)
        assert text.count("--hash=sha256:") >= len(lines)


def test_notebooks_are_stored_without_output():
    import json

    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_the_reference_of_the_tables_is_up_to_date(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import make_tables

    page = (ROOT / "docs/tables.md").read_text("utf-8")
    assert page == make_tables.page(), "refresh it with: python docs/make_tables.py"
    rules = (ROOT / "docs/rules.md").read_text("utf-8")
    assert rules == make_tables.rules_page(), "refresh it with: python docs/make_tables.py"
    area = next(line for line in page.splitlines() if line.startswith("| `area_km2` |"))
    assert "more than 0" in area


def test_the_tests_reach_no_other_host():
    with (
        pytest.warns(UserWarning, match=r"192\.0\.2\.1"),
        pytest.raises(pytest_socket.SocketConnectBlockedError),
    ):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_the_readmes_console_session_is_true(run_main):
    readme = (ROOT / "README.md").read_text("utf-8")
    session = re.search(r"```console\n(.*?)```", readme, re.DOTALL)[1]
    asked = re.split(r"^\$ \.venv/bin/ntm-geo (.*)\n", session, flags=re.MULTILINE)[1:]
    assert len(asked) >= 4
    for command, answer in zip(asked[::2], asked[1::2], strict=True):
        assert run_main(shlex.split(command), ROOT).stdout == answer
