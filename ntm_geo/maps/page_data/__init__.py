"""What a page knows: one typed object, described field by field.

`filling/` makes it from a district, `packing.py` writes it into the page, `static/data.js` unpacks
it there. The page's scripts read nothing else.

Pairs of `Text` hold Vietnamese and English. Text that people typed is plain `str`, in the language
in which it was typed. Lengths end in `_m` [metre], areas in `_km2`, days are ISO ("2023-09-30"),
months too ("2023-09").
"""

from ntm_geo.maps.page_data.later import FormerData, LaterData, OriginData
from ntm_geo.maps.page_data.page import (
    ChoiceData,
    FigureData,
    FigureLine,
    FilterData,
    PageData,
    Places,
    Reported,
    StepData,
)
from ntm_geo.maps.page_data.tables import (
    AssetData,
    CriterionData,
    FindingData,
    Geometry,
    LayerData,
    MeasureData,
    MonthData,
    OfficeData,
    Place,
    SetData,
    SourceData,
    StaleData,
    UnitData,
    WorkData,
)

__all__ = [
    "AssetData",
    "ChoiceData",
    "CriterionData",
    "FigureData",
    "FigureLine",
    "FilterData",
    "FindingData",
    "FormerData",
    "Geometry",
    "LaterData",
    "LayerData",
    "MeasureData",
    "MonthData",
    "OfficeData",
    "OriginData",
    "PageData",
    "Place",
    "Places",
    "Reported",
    "SetData",
    "SourceData",
    "StaleData",
    "StepData",
    "UnitData",
    "WorkData",
]
