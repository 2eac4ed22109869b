"""What a statement is about: the closed list of subjects, with the cells and facts of each.

A statement's note begins with its facts, key=value; what stands after a semicolon is a remark.
"""

from dataclasses import dataclass
from enum import StrEnum

from ntm_geo.errors import Text
from ntm_geo.model.words import State, WorkMeasure


class Subject(StrEnum):
    """What a statement is about."""

    TARGETS_MAINTAIN = "targets_maintain"
    TARGETS_ACHIEVE = "targets_achieve"
    UNITS_MET = "units_met"
    UNITS_NOT_MET = "units_not_met"
    UNITS_MAINTAIN = "units_maintain"
    UNITS_TARGET = "units_target"
    UNITS_ANSWERED = "units_answered"
    UNITS_LISTED = "units_listed"
    UNIT_NAMED = "unit_named"
    PURPOSE_MAINTAIN = "purpose_maintain"
    CRITERIA = "criteria"
    CRITERION_NAMED = "criterion_named"
    VILLAGES = "villages"
    LEVEL_AIMED = "level_aimed"
    LEVEL = "level"
    LENGTH_KM = "length_km"
    HOUSES = "houses"
    HOUSEHOLDS = "households"
    WORKS = "works"
    RATE_PERCENT = "rate_percent"
    INCOME_MVND = "income_mvnd"
    CLASSES = "classes"
    LEARNERS = "learners"
    PRODUCTS = "products"
    MODELS = "models"
    TEAMS = "teams"
    AMOUNT_MVND = "amount_mvnd"
    DUE_DATE = "due_date"
    PERIOD = "period"
    FREQUENCY = "frequency"
    STAGE = "stage"
    DECISION_CITATION = "decision_citation"
    OFFICE_NAMED = "office_named"
    PRINCIPLE = "principle"


STATE_COUNTED = {
    Subject.TARGETS_MAINTAIN: State.MAINTAIN,
    Subject.TARGETS_ACHIEVE: State.ACHIEVE,
}
"""The state of the targets that a count of criteria is of."""


class Stage(StrEnum):
    """How far a document is to get, from the first stage to the last."""

    PREPARATION = "preparation"
    APPRAISAL = "appraisal"
    APPROVAL = "approval"
    PUBLICATION = "publication"


class Fact(StrEnum):
    """What a statement's note may say as key=value."""

    SYMBOL = "symbol"
    DATE = "date"
    ISSUER = "issuer"
    SOURCE = "source"
    CLASS = "class"
    KIND = "kind"
    ROW = "row"
    STAGE = "stage"
    OFFICE = "office"


@dataclass(frozen=True)
class Wants:
    """What a subject states, and what a row about it must hold.

    Parameters
    ----------
    states
        What it states.
    cells
        Columns that must be filled; "value|units" means one of the two.
    facts
        Facts that the note must give.
    may
        Facts that the note may give.
    measures
        What its figure may count; none where no rule looks at that.
    roles
        What `units_role` may be; none where every role will do.
    """

    states: Text
    cells: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    may: tuple[Fact, ...] = ()
    measures: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


_CRITERION = ("set", "number")
_UNITS = ("communes", "districts")
_PARTS = ("communes", "districts", "roads", "works", "schools", "houses", "villages")

WANTS: dict[Subject, Wants] = {
    Subject.TARGETS_MAINTAIN: Wants(
        Text("số tiêu chí duy trì, của một ô hay một tổng", "criteria to keep, of a cell or total"),
        ("set",),
        measures=("criteria",),
    ),
    Subject.TARGETS_ACHIEVE: Wants(
        Text("số tiêu chí phấn đấu, của một ô hay một tổng", "criteria to reach, likewise"),
        ("set",),
        measures=("criteria",),
    ),
    Subject.UNITS_MET: Wants(
        Text("đơn vị đã đạt một tiêu chí", "units that meet a criterion"),
        (*_CRITERION, "value|units"),
        measures=_UNITS,
    ),
    Subject.UNITS_NOT_MET: Wants(
        Text("đơn vị, hoặc phần, chưa đạt", "units, or parts, that do not meet it"),
        _CRITERION,
        measures=_PARTS,
    ),
    Subject.UNITS_MAINTAIN: Wants(
        Text("đơn vị phải duy trì", "units that are to keep it"),
        (*_CRITERION, "value|units"),
        measures=_UNITS,
    ),
    Subject.UNITS_TARGET: Wants(
        Text("đơn vị phấn đấu đạt tiêu chí hoặc cả bộ", "units to reach a criterion or a set"),
        ("set", "value|units"),
        measures=_UNITS,
    ),
    Subject.UNITS_ANSWERED: Wants(
        Text("đơn vị mà một cơ quan chịu trách nhiệm", "units that an office answers for"),
        (*_CRITERION, "units"),
        measures=_UNITS,
    ),
    Subject.UNITS_LISTED: Wants(
        Text("đơn vị được kể tên", "units that are listed"), ("units",), measures=_UNITS
    ),
    Subject.UNIT_NAMED: Wants(
        Text("tên đơn vị ở đầu một dòng của bảng", "the name of a unit at the head of a row")
    ),
    Subject.PURPOSE_MAINTAIN: Wants(
        Text("đơn vị mà việc làm là để duy trì", "units whose works are to keep a criterion"),
        (*_CRITERION, "units"),
    ),
    Subject.CRITERIA: Wants(
        Text("số tiêu chí của một bộ", "how many criteria a set has"),
        ("set", "value"),
        measures=("criteria",),
    ),
    Subject.CRITERION_NAMED: Wants(
        Text("tên đi với số của một tiêu chí", "the name that goes with a criterion's number"),
        _CRITERION,
    ),
    Subject.VILLAGES: Wants(
        Text("số làng đã đạt hoặc phấn đấu", "villages that meet a set, or are to"),
        ("set", "value", "units_role"),
        measures=("villages",),
        roles=("met", "target"),
    ),
    Subject.LEVEL_AIMED: Wants(
        Text("cấp xây dựng ở mục tiêu chung", "a level of the programme in the common goals")
    ),
    Subject.LEVEL: Wants(
        Text("mức độ phải đạt", "a grade to be reached"), ("value",), may=(Fact.ROW,)
    ),
    Subject.LENGTH_KM: Wants(
        Text("chiều dài đường, km", "length of road, km"),
        may=(Fact.CLASS, Fact.KIND, Fact.ROW),
        measures=("km",),
    ),
    Subject.HOUSES: Wants(
        Text("số nhà; 0 là «không còn»", "houses; 0 is none left"),
        may=(Fact.KIND, Fact.ROW),
        measures=("houses", "temporary_houses", "households"),
    ),
    Subject.HOUSEHOLDS: Wants(
        Text("số hộ", "households"), may=(Fact.KIND, Fact.ROW), measures=("households",)
    ),
    Subject.WORKS: Wants(
        Text("số công trình", "number of works"),
        ("measure",),
        may=(Fact.CLASS, Fact.KIND, Fact.ROW),
        measures=tuple(WorkMeasure),
    ),
    Subject.RATE_PERCENT: Wants(
        Text("tỷ lệ, %", "a rate, %"), ("measure",), may=(Fact.ROW,), measures=("percent",)
    ),
    Subject.INCOME_MVND: Wants(
        Text("thu nhập, triệu đồng", "income, million VND"),
        ("measure",),
        may=(Fact.ROW,),
        measures=("mvnd_per_head_year",),
    ),
    Subject.CLASSES: Wants(
        Text("số lớp", "classes"), ("measure",), may=(Fact.ROW,), measures=("classes",)
    ),
    Subject.LEARNERS: Wants(
        Text("số học viên", "learners"), ("measure",), may=(Fact.ROW,), measures=("learners",)
    ),
    Subject.PRODUCTS: Wants(
        Text("số sản phẩm", "products"), ("measure",), may=(Fact.ROW,), measures=("products",)
    ),
    Subject.MODELS: Wants(
        Text("số mô hình", "models"),
        ("measure",),
        may=(Fact.ROW,),
        measures=("models", "models_per_commune"),
    ),
    Subject.TEAMS: Wants(Text("số tổ, đội", "teams"), ("value",), may=(Fact.ROW,)),
    Subject.AMOUNT_MVND: Wants(
        Text(
            "số tiền, triệu đồng: của nguồn ghi ở source=, hoặc tổng (cùng mục với các nguồn, hay "
            "có chữ «tổng», «nhu cầu»)",
            "money, million VND: of the source that source= names, or the total (in the sources' "
            "clause, or called «tổng», «nhu cầu»)",
        ),
        ("value",),
        may=(Fact.SOURCE,),
        measures=("mvnd",),
    ),
    Subject.DUE_DATE: Wants(
        Text("năm phải xong", "the year by which it is due"), measures=("year",)
    ),
    Subject.PERIOD: Wants(
        Text("giai đoạn, năm đến năm", "a period, year to year"), ("value",), measures=("years",)
    ),
    Subject.FREQUENCY: Wants(Text("bao lâu một lần", "how often")),
    Subject.STAGE: Wants(
        Text("mức phải đạt của hồ sơ", "how far a document is to get"),
        _CRITERION,
        facts=(Fact.STAGE,),
    ),
    Subject.DECISION_CITATION: Wants(
        Text("văn bản được viện dẫn", "a document that is cited"),
        facts=(Fact.SYMBOL, Fact.DATE),
        may=(Fact.ISSUER,),
    ),
    Subject.OFFICE_NAMED: Wants(
        Text("tên cơ quan như in ra", "an office's name as printed"), facts=(Fact.OFFICE,)
    ),
    Subject.PRINCIPLE: Wants(Text("phương châm, khẩu hiệu", "a principle or slogan")),
}
"""Each subject, what it states and what its rows must hold."""
