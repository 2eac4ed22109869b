"""A tiny made-up district for the tests, and ways to run the program on it."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from ntm_geo import cli
from ntm_geo.cli import options
from ntm_geo.record import Reading, read_record
from ntm_geo.schemas import Record
from ntm_geo.workspace import Workspace, open_workspace

# The tests bring pyarrow for GeoParquet; the program is installed without it, and then pandas keeps
# text by itself. Commands that are run as programs of their own meet the other way.
pd.set_option("mode.string_storage", "python")

# No test is timed: a machine that is busy with something else is no fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parents[1]

TINY = {
    "gis/project.toml": """\
id = "tiny"
title_vi = "Nông thôn mới huyện Ea Tơ năm 2023"
title_en = "New rural programme of Ea Tơ, 2023"
plan_year = 2023
plan_document = "Kế hoạch bịa để thử"
plan_date = 2023-01-31
default_due = 2023-12-31
working_crs = "EPSG:9218"
main_set = "commune"

[district]
code = "900"
name = "Ea Tơ"
province = "Tỉnh Thử"
seat_lon = 108.5
seat_lat = 13.5
""",
    "gis/criteria/commune.toml": """\
id = "commune"
level = "commune"
vi = "Xã nông thôn mới"
en = "New rural commune"
valid_from = 2021-01-01
valid_to = 2025-12-31
source = "bịa để thử"

[[criterion]]
number = 1
vi = "Quy hoạch"
en = "Planning"

[[criterion]]
number = 2
vi = "Giao thông"
en = "Transport"

[[criterion]]
number = 3
vi = "Trường học"
en = "Schools"
""",
    "gis/criteria/village.toml": """\
id = "village"
level = "village"
vi = "Làng nông thôn mới"
en = "New rural village"
valid_from = 2021-01-01
source = "bịa để thử"
count = 2
""",
    "gis/units.csv": """\
unit_code,name,kind,aliases,area_km2,lon,lat,population,valid_from,valid_to,source
90001,Đăk Mơ,commune,ĐăkMơ|Đak Mơ,25,108.4769,13.5226,1200,,,bịa
90002,Sơn Hạ,commune,,25,108.5231,13.5226,,2020-01-01,,bịa
90003,Sơn Hà,commune,SonHaf,25,108.4769,13.4774,800,,31/12/2029,bịa
90010,Ea Tơ,town,TT Ea Tơ,25,108.5231,13.4774,5000,,,bịa
""",
    "gis/neighbours.csv": """\
unit_code,neighbour_code,border_km,source
90001,90002,5,bịa
90001,90003,5,bịa
90002,90010,5,bịa
90003,90010,5,bịa
""",
    "gis/plan/targets.csv": """\
set,number,unit_code,asset_id,state,clause
commune,1,90001,,maintain,I.1
commune,2,90001,,achieve,I.2
commune,1,90002,,maintain,I.1
commune,2,90002,,achieve,I.2
commune,3,90002,,achieve,I.2
commune,1,90003,,maintain,I.1
village,,90001,village-a,achieve,I.3
""",
    "gis/plan/assets.csv": """\
asset_id,layer,class,name,unit_code,count,note,clause
road-a,roads,village_road,Đường làng A,90001,1,,II.1
school-b,schools,school,Trường B,90002,1,,II.2
village-a,villages,village,Làng A,90001,1,,II.3
house-town,culture,culture_house,"Nhà văn hóa thị trấn, tổ 1",90010,2,,II.4
grid,electricity,grid,Lưới điện toàn huyện,900,,chung,II.5
""",
    "gis/plan/works.csv": """\
work_id,asset_id,name,unit_code,kind,quantity,measure,set,number,office,office_clause,funding,due,note,clause
road-a-harden,road-a,Cứng hóa đường làng A,90001,harden,1.5,km,commune,2,works-office,V.1,central|local,,,II.1
school-b-build,school-b,Xây trường B,90002,build,1,schools,commune,3,school-office,,local,30/06/2023,,II.2
village-a-refurbish,village-a,Chỉnh trang làng A,90001,refurbish,,,village,,works-office|school-office,,,,,II.3
house-town-repair,house-town,"Sửa nhà văn hóa, tổ 1",90010,repair,2,works,,,works-office,,,,,II.4
grid-upgrade,grid,Nâng cấp lưới điện,900,upgrade,,,,,works-office,,central,,,II.5
""",  # noqa: E501 (lines of a CSV file)
    "gis/plan/measures.csv": """\
measure_id,name,unit_code,comparator,quantity,quantity_max,measure,set,number,office,funding,due,note,clause
poverty,Giảm nghèo,900,>=,10,,households,,,works-office,,,,III.1
pupils,Học sinh ra lớp,90002,,98.5,,percent,commune,3,school-office,local,2023-09-30,,III.2
""",
    "gis/plan/budget.csv": """\
source_id,name,name_en,parent,amount_mvnd,note,clause
central,Ngân sách trung ương,Central budget,,1000,,IV
local,Ngân sách huyện,District budget,,250.5,,IV
""",
    "gis/plan/offices.csv": """\
office_id,name,name_en,clause
works-office,Phòng Công trình,Works office,V.1
school-office,Phòng Trường học,Schools office,V.2
""",
    "gis/plan/assignments.csv": """\
assignment_id,office,role,set,number,unit_code,topic,note,clause
a-1,works-office,answers,commune,2,900,giao thông,,V.1
a-2,school-office,answers,commune,3,900,trường học,,V.2
""",
    "gis/plan/statements.csv": """\
statement_id,subject,set,number,unit_code,comparator,value,value_max,out_of,measure,units,units_role,text,note,clause
s-1,principle,commune,,90001,=,2,,3,criteria,,,"2/3 tiêu chí",,I.2
s-2,units_listed,,,900,,,,,communes,90001|90002,listed,"1,5 km đường",,II.1
""",
    "gis/progress/2023-03/90002.csv": """\
work_id,status,done,note
school-b-build,in_progress,0.4,đang xây
""",
}
"""A whole record of a district that does not exist: three communes and a town."""


@dataclass(frozen=True)
class Tiny:
    """A workspace in a folder of its own, and ways to plant faults in it."""

    root: Path

    def path(self, file: str) -> Path:
        return self.root / file

    def read(self, file: str) -> str:
        return self.path(file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> Path:
        """Write a file as it is given: no line end is translated."""
        path = self.path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def edit(self, file: str, row: int, column: str, value: str) -> None:
        """Change one cell; rows are counted as a spreadsheet does, the header is 1."""
        rows = list(csv.reader(io.StringIO(self.read(file))))
        rows[row - 1][rows[0].index(column)] = value
        self._save(file, rows)

    def append(self, file: str, **cells: str) -> int:
        """Add a line with the cells given, the others empty; return its row."""
        rows = list(csv.reader(io.StringIO(self.read(file))))
        rows.append([cells.get(column, "") for column in rows[0]])
        self._save(file, rows)
        return len(rows)

    def replace(self, file: str, old: str, new: str) -> None:
        text = self.read(file)
        assert old in text
        self.write(file, text.replace(old, new))

    def delete(self, file: str) -> None:
        self.path(file).unlink()

    def _save(self, file: str, rows: list[list[str]]) -> None:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        self.write(file, out.getvalue())

    def reading(self) -> Reading:
        return read_record(self.root)

    def record(self) -> Record:
        """Return the record, which must be clean."""
        reading = self.reading()
        assert reading.record is not None, [problem.say("en") for problem in reading.problems]
        return reading.record

    def open(self) -> Workspace:
        return open_workspace(self.root)

    def made(self) -> dict[str, bytes]:
        """Return every file under layers/ and maps/: equal before and after means untouched."""
        files = [p for name in ("layers", "maps") for p in (self.root / name).rglob("*")]
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in files if p.is_file()}


@dataclass(frozen=True)
class Outcome:
    """What a command gave back."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture
def tiny(tmp_path) -> Tiny:
    """Make a tiny, complete and clean workspace."""
    workspace = Tiny(tmp_path / "tiny")
    for file, text in TINY.items():
        workspace.write(file, text)
    workspace.write("layers/tiny.gpkg", b"what an earlier build has made")
    workspace.write("maps/tiny-overview.html", b"what an earlier build has made")
    return workspace


@pytest.fixture(scope="session")
def kbang() -> Path:
    """Return the folder of the repository's own record; nothing may be written there."""
    return REPOSITORY


@pytest.fixture(scope="session")
def run_cli() -> Callable[..., Outcome]:
    """Run `python -m ntm_geo ARGS` as a process of its own, in a folder."""

    def run(args, cwd, **env) -> Outcome:
        # The package is found from any folder, also where nobody has installed it.
        paths = os.pathsep.join(filter(None, (str(REPOSITORY), os.environ.get("PYTHONPATH"))))
        clean = {k: v for k, v in os.environ.items() if not k.startswith("NTM_GEO_")}
        done = subprocess.run(
            [sys.executable, "-m", "ntm_geo", *map(str, args)],
            cwd=cwd,
            env={**clean, "PYTHONPATH": paths, **env},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def run_main(monkeypatch, capsys) -> Callable[..., Outcome]:
    """Run the command in this process: the same way in as `run_cli`, and quicker."""
    monkeypatch.delenv("NTM_GEO_LANG", raising=False)
    monkeypatch.delenv("NTM_GEO_DEBUG", raising=False)

    def run(args, cwd) -> Outcome:
        options._state.clear()  # noqa: SLF001 (as in a new process)
        monkeypatch.setattr(sys, "argv", ["ntm-geo", *map(str, args)])
        monkeypatch.chdir(cwd)
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsys.readouterr()
        return Outcome(int(stopped.value.code or 0), out, err)

    return run
