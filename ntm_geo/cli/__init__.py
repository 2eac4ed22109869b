"""The command `ntm-geo`: parses, calls the workspace once, prints.

Data goes to stdout, messages to stderr. Exit 0: fine; 1: a problem in the data; 2: wrong usage;
3: a fault of the program.
"""

import os
import sys
import traceback

import typer

from ntm_geo.cli.audit import audit
from ntm_geo.cli.build import build
from ntm_geo.cli.check import check
from ntm_geo.cli.fetch import fetch
from ntm_geo.cli.importing import import_file
from ntm_geo.cli.lengths import lengths
from ntm_geo.cli.map import map_pages
from ntm_geo.cli.options import chosen_language
from ntm_geo.cli.photos import photos
from ntm_geo.cli.query import query
from ntm_geo.cli.undo import undo
from ntm_geo.cli.units import units
from ntm_geo.errors import (
    NameAmbiguousError,
    NameUnknownError,
    NtmGeoError,
    OptionError,
    Text,
)

_UNEXPECTED = Text(
    "Lỗi của chương trình, không phải của dữ liệu; không có tệp nào bị ghi dở. "
    "Đặt biến môi trường NTM_GEO_DEBUG=1 rồi chạy lại để xem chi tiết.",
    "A fault of the program, not of the data; no file was left half written. "
    "Set the environment variable NTM_GEO_DEBUG=1 and run it again to see the details.",
)

app = typer.Typer(
    name="ntm-geo",
    help="Road plan and new-rural works of a district: checked, asked and mapped.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(check)
app.command()(build)
app.command("map")(map_pages)
app.command("import")(import_file)
app.command()(photos)
app.command()(undo)
app.command()(lengths)
app.command()(units)
app.add_typer(query, name="query")
app.add_typer(audit, name="audit")
app.add_typer(fetch, name="fetch")


def main() -> None:
    """Run the command and turn the package's errors into messages and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # CSV brings its own line ends; a console of Windows would double them.
            stream.reconfigure(encoding="utf-8", errors="replace", newline="")
    try:
        app()
    except NtmGeoError as error:
        typer.echo(error.say(chosen_language()), err=True)
        sys.exit(2 if _is_wrong_usage(error) else 1)
    except Exception as error:  # noqa: BLE001 (the last resort: no traceback in a meeting)
        if os.environ.get("NTM_GEO_DEBUG"):
            traceback.print_exc()
        message = f"{_UNEXPECTED.say(chosen_language())} [{type(error).__name__}: {error}]"
        typer.echo(message, err=True)
        sys.exit(3)


def _is_wrong_usage(error: NtmGeoError) -> bool:
    """Whether what was typed is wrong; a name that a file holds is wrong in the data."""
    is_name = isinstance(error, NameUnknownError | NameAmbiguousError)
    return isinstance(error, OptionError) or (is_name and not any(p.file for p in error.problems))
