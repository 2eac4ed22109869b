"""The house rules, held against the code: floors, public names, what is documented."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import ntm_geo

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ntm_geo"
TOP_LEVEL = {
    "gis", "layers", "ntm_geo", "maps", "notebooks", "tests", "docs", "benchmarks", ".ci",
    "pyproject.toml", "README.md", "Makefile", "CHANGELOG.md", "LICENSE", ".gitignore",
    "requirements.txt", "requirements-dev.txt",
}  # fmt: skip


def _floors() -> dict[str, tuple[int, int]]:
    """Floor and place of each module, as the package's docstring lists them."""
    floors = {}
    for number, names in re.findall(r"^(\d)\. [\w ]+: ([\w, ]+)$", ntm_geo.__doc__, re.MULTILINE):
        for place, name in enumerate(names.split(", ")):
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


def test_no_module_names_a_commune_of_kbang():
    units = (ROOT / "gis/units.csv").read_text("utf-8").splitlines()[1:]
    names = {line.split(",")[1] for line in units} - {"Đông"}  # also a word: "east"
    allowed_in_examples = {"Lơ Ku", "Kông Bơ La", "Đăk Hlơ", "Tơ Tung", "Kbang"}
    for path in PACKAGE.rglob("*.*"):
        if path.suffix in (".py", ".js", ".html", ".css"):
            code = _without_docstrings(path)
            assert not [name for name in names if name in code], path
    assert allowed_in_examples <= names


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
               "uv.lock", "dist", "build"}  # fmt: skip
    there = {path.name for path in ROOT.iterdir()} - ignored
    assert there <= TOP_LEVEL


def test_public_names_are_there():
    assert all(hasattr(ntm_geo, name) for name in ntm_geo.__all__)


def _commands():
    from typer.main import get_command

    from ntm_geo.cli import app

    root = get_command(app)
    for name, command in root.commands.items():
        if hasattr(command, "commands"):
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
