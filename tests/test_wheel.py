"""The wheel, installed elsewhere, builds a copy of the record."""

import shutil
import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel(kbang, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=kbang, check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("ntm_geo-*.whl"))


def test_the_wheel_carries_templates_scripts_and_styles(wheel, kbang):
    names = zipfile.ZipFile(wheel).namelist()
    maps = kbang / "ntm_geo/maps"
    assets = [*(maps / "static").glob("*"), *(maps / "templates").glob("*")]
    needed = {"ntm_geo/py.typed", *(path.relative_to(kbang).as_posix() for path in assets)}
    assert {path.suffix for path in assets} == {".js", ".css", ".html"}
    assert needed <= set(names)
    assert not [name for name in names if name.startswith(("gis/", "tests/"))]


def test_a_wheel_installed_elsewhere_builds_a_copy_of_the_record(wheel, kbang, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    shutil.copytree(kbang / "gis", tmp_path / "work" / "gis")
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); import ntm_geo; print(ntm_geo.__file__);"
        "from ntm_geo.cli import main; sys.argv = ['ntm-geo', 'build']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "work", capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(site))
    pages = sorted((tmp_path / "work/maps").glob("*.html"))
    names = ["kbang-overview.html", "kbang-roads.html", "kbang-schools-health.html"]
    assert [page.name for page in pages] == names
    assert all(page.stat().st_size > 100_000 for page in pages)
    assert (tmp_path / "work/layers/kbang.gpkg").stat().st_size > 100_000
