"""People: everybody the office keeps a line about, once, whatever roles they have."""

from typing import ClassVar

from sqlalchemy.orm import Mapped

from desktop.model.codes import EDUCATION, NATION, SEX
from desktop.model.field import Upward, field
from desktop.model.kinds.choices import Code
from desktop.model.kinds.identity import IdNumber, Phone
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Periods
from desktop.model.kinds.times import Birthday, PartialDay
from desktop.model.kinds.words import LongText, Name, Text, Title
from desktop.model.record import Record

ROLES = "机关党员 镇街干部 两委干部 基层干部 社区党员 流动党员 兼职委员 党建指导员 志愿者 居民"
FRONT_LINE_ROLES = ("机关党员", "镇街干部", "两委干部", "基层干部")


class Person(Record):
    """人员: one human being. The four kinds of cadre may overlap in one person, so roles are a set with periods.

    Fields in the order of 在职党员到社区报到登记表 (domain 1.1, 3.8). An ID number never travels: a keyed hash of it does,
    so that the district can count distinct people (docs/exchange.md).
    """

    label, icon, unit = "人员", "users", "人"
    keeps = ("roles", "estate", "grid", "employer")
    notes: ClassVar[dict[str, str]] = {"基本信息": "照居民身份证填"}

    name: Mapped[str] = field("姓名", Name(), required=True, listed=True, searched=True)
    id_number: Mapped[str | None] = field(
        "证件号码", IdNumber(), unique=True, listed=True, searched=True, was=("身份证号", "公民身份号码", "身份证号码", "身份证")
    )
    sex: Mapped[str | None] = field("性别", Code(SEX, 2), listed=True)
    born: Mapped[str | None] = field("出生日期", Birthday(), was=("出生年月",))
    nation: Mapped[str | None] = field("民族", Code(NATION))
    phone: Mapped[str | None] = field("手机号码", Phone(), listed=True, searched=True, was=("联系电话", "手机", "电话", "联系方式"))
    roles: Mapped[str | None] = field("人员类别", Periods(ROLES, 8), required=True, listed=True, was=("类别",))
    employer: Mapped[str | None] = field("所在单位", Link("organisation"), listed=True, group="党组织与单位", was=("工作单位", "单位"))
    post: Mapped[str | None] = field("职务", Text(60), group="党组织与单位", was=("单位职务", "职务或职业"))
    branch: Mapped[str | None] = field("所在党支部", Title(80), searched=True, group="党组织与单位", was=("党支部", "支部"))
    joined_on: Mapped[str | None] = field("入党日期", PartialDay(), group="党组织与单位", was=("入党时间",), help="可只填到年或月")
    education: Mapped[str | None] = field("学历", Code(EDUCATION), group="党组织与单位", was=("文化程度",))
    estate: Mapped[str | None] = field("小区", Link("place"), listed=True, group="住址与网格", was=("所在小区",))
    room: Mapped[str | None] = field("楼栋房号", Text(40), group="住址与网格", upward=Upward.NEVER, was=("住址", "现居地址"))
    grid: Mapped[str | None] = field("网格", Link("place"), group="住址与网格", was=("所在网格",))
    strengths: Mapped[str | None] = field("特长", Text(100), group="住址与网格", was=("专业特长",))
    wishes: Mapped[str | None] = field("意向岗位", Text(100), group="住址与网格", was=("感兴趣的志愿服务岗位",))
    note: Mapped[str | None] = field("备注", LongText(500), group="住址与网格", upward=Upward.NEVER)
