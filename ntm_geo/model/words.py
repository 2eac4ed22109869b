"""The closed lists of words that the record is written in."""

from enum import StrEnum


class UnitKind(StrEnum):
    """Kinds of administrative units below the district."""

    COMMUNE = "commune"
    WARD = "ward"
    TOWN = "town"


class ChangePart(StrEnum):
    """How much of a unit went into another one."""

    WHOLE = "whole"
    PART = "part"


class State(StrEnum):
    """What the plan wants of a criterion this year."""

    MAINTAIN = "maintain"
    ACHIEVE = "achieve"


class Status(StrEnum):
    """How far a work has come; one to one with the OC4IDS project status list."""

    NOT_STARTED = "not_started"
    PREPARATION = "preparation"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


FINISHED = (Status.COMPLETED, Status.CANCELLED)
"""A work in one of these is no longer unfinished."""


class Position(StrEnum):
    """How the place of a thing is known."""

    SURVEYED = "surveyed"
    DIGITISED = "digitised"
    SKETCH = "sketch"


class Pieces(StrEnum):
    """What to do with a part of a road that is drawn already."""

    ADD = "add"
    REPLACE = "replace"


class Alongside(StrEnum):
    """What lines of one road are that run beside each other."""

    ONCE = "once"
    EACH = "each"


class CriterionStatus(StrEnum):
    """What can be said of one criterion in one unit."""

    MAINTAINED = "maintained"
    ACHIEVED = "achieved"
    IN_HAND = "in_hand"
    UNFED = "unfed"
    UNTARGETED = "untargeted"
    MIXED = "mixed"
    """Of a unit that was formed of several: not the same in each of them."""


class Layer(StrEnum):
    """Layers of assets."""

    ROADS = "roads"
    IRRIGATION = "irrigation"
    SCHOOLS = "schools"
    HEALTH_STATIONS = "health_stations"
    VILLAGES = "villages"
    CULTURE = "culture"
    MARKETS = "markets"
    COMMUNICATIONS = "communications"
    ELECTRICITY = "electricity"
    WATER_SUPPLY = "water_supply"
    HOUSING = "housing"
    ENVIRONMENT = "environment"
    PLANNING = "planning"


class AssetClass(StrEnum):
    """Classes of assets, finer than the layers."""

    VILLAGE_ROAD = "village_road"
    FIELD_ROAD = "field_road"
    COMMUNE_ROAD = "commune_road"
    DISTRICT_ROAD = "district_road"
    IRRIGATION_WORK = "irrigation_work"
    CANAL = "canal"
    SCHOOL = "school"
    HEALTH_STATION = "health_station"
    VILLAGE = "village"
    TOURISM_VILLAGE = "tourism_village"
    STADIUM = "stadium"
    CULTURE_CENTRE = "culture_centre"
    CULTURE_HOUSE = "culture_house"
    PUBLIC_PLACE = "public_place"
    HERITAGE = "heritage"
    SPORTS_HALL = "sports_hall"
    SWIMMING_POOL = "swimming_pool"
    MARKET = "market"
    POST_POINT = "post_point"
    LOUDSPEAKERS = "loudspeakers"
    GRID = "grid"
    WATER_WORK = "water_work"
    TEMPORARY_HOUSE = "temporary_house"
    COLLECTION_POINT = "collection_point"
    REGION_PLAN = "region_plan"
    COMMUNE_PLAN = "commune_plan"
    OTHER = "other"


CLASSES: dict[Layer, tuple[AssetClass, ...]] = {
    Layer.ROADS: (
        AssetClass.VILLAGE_ROAD,
        AssetClass.FIELD_ROAD,
        AssetClass.COMMUNE_ROAD,
        AssetClass.DISTRICT_ROAD,
    ),
    Layer.IRRIGATION: (AssetClass.IRRIGATION_WORK, AssetClass.CANAL),
    Layer.SCHOOLS: (AssetClass.SCHOOL,),
    Layer.HEALTH_STATIONS: (AssetClass.HEALTH_STATION,),
    Layer.VILLAGES: (AssetClass.VILLAGE, AssetClass.TOURISM_VILLAGE),
    Layer.CULTURE: (
        AssetClass.STADIUM,
        AssetClass.CULTURE_CENTRE,
        AssetClass.CULTURE_HOUSE,
        AssetClass.PUBLIC_PLACE,
        AssetClass.HERITAGE,
        AssetClass.SPORTS_HALL,
        AssetClass.SWIMMING_POOL,
    ),
    Layer.MARKETS: (AssetClass.MARKET,),
    Layer.COMMUNICATIONS: (AssetClass.POST_POINT, AssetClass.LOUDSPEAKERS),
    Layer.ELECTRICITY: (AssetClass.GRID,),
    Layer.WATER_SUPPLY: (AssetClass.WATER_WORK,),
    Layer.HOUSING: (AssetClass.TEMPORARY_HOUSE,),
    Layer.ENVIRONMENT: (AssetClass.COLLECTION_POINT,),
    Layer.PLANNING: (AssetClass.REGION_PLAN, AssetClass.COMMUNE_PLAN),
}
"""Classes of each layer; `other` fits every layer."""


class WorkKind(StrEnum):
    """What is done to an asset."""

    HARDEN = "harden"
    UPKEEP = "upkeep"
    LIGHTING = "lighting"
    REVIEW = "review"
    UPGRADE = "upgrade"
    MAINTAIN = "maintain"
    LINE_CANALS = "line_canals"
    BUILD = "build"
    EXPAND = "expand"
    RENOVATE = "renovate"
    REFURBISH = "refurbish"
    REPAIR = "repair"
    REPLACE = "replace"
    EQUIP = "equip"
    RECOGNISE = "recognise"
    PLAN = "plan"
    MODEL = "model"


class WorkMeasure(StrEnum):
    """What the quantity of a work counts."""

    KM = "km"
    WORKS = "works"
    SCHOOLS = "schools"
    STATIONS = "stations"
    HOUSES = "houses"
    DOCUMENTS = "documents"
    MODELS = "models"


class PhotoLink(StrEnum):
    """What says that a photograph shows a work."""

    NAME = "name"
    PLACE = "place"
    PERSON = "person"


class Comparator(StrEnum):
    """How a stated figure binds."""

    EQUAL = "="
    AT_LEAST = ">="
    MORE_THAN = ">"
    RANGE = "range"
