"""`ntm-geo build`."""

from pathlib import Path

from ntm_geo.cli.options import AsOfOption, LangOption, ProjectOption, UnitsDayOption, open_from
from ntm_geo.cli.written import tell_written


def build(
    project: ProjectOption = Path(),
    as_of: AsOfOption = None,
    units_day: UnitsDayOption = None,
    lang: LangOption = None,
) -> None:
    """Write layers/ (for QGIS) and a page for each view to maps/ (for meetings) from the record.

    Example: ntm-geo build --as-of 2023-09-30
    """
    workspace = open_from(project, as_of, units_day=units_day)
    built = workspace.build(lang=lang.value if lang else None)
    tell_written(built.maps, built.layers)
