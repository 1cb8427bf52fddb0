"""Places: the tree of a community, from its estates and grids down to the premises that are inspected."""

from sqlalchemy.orm import Mapped

from desktop.model.field import Upward, field
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice
from desktop.model.kinds.identity import Phone
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Periods
from desktop.model.kinds.words import Address, LongText, Name, Text, Title
from desktop.model.record import Record

PLACE_KINDS = "社区 小区 网格 楼栋 场所 阵地"
AREA_KINDS = "城市功能核心区 物业小区聚集区 老旧小区聚集区 城乡融合发展区"
PREMISES_KINDS = "住宅 出租屋 九小场所 小作坊 物业小区 工地 学校 医院 仓库 其他"


class Place(Record):
    """小区、网格、场所、阵地: where things happen; each lies in another (domain 1.9, 1.10, 1.16).

    The four area kinds are the district's classification; an estate may differ from its community, and the history stays.
    """

    label, icon, unit = "小区与网格", "building-community", "处"
    keeps = ("kind", "within")

    name: Mapped[str] = field("名称", Title(60), required=True, listed=True, searched=True)
    kind: Mapped[str] = field("类型", Choice(PLACE_KINDS), required=True, listed=True)
    within: Mapped[str | None] = field("属于", Link("place"), listed=True, help="小区属于社区，楼栋和场所属于小区或网格")
    area_kinds: Mapped[str | None] = field("区域类型", Periods(AREA_KINDS, exclusive=True), listed=True, was=("四类区域",))
    premises: Mapped[str | None] = field("场所类型", Choice(PREMISES_KINDS), listed=True, group="场所与负责人")
    address: Mapped[str | None] = field("地址", Address(100, 12), listed=True, searched=True, group="场所与负责人")
    keeper: Mapped[str | None] = field("负责人", Name(), listed=True, searched=True, group="场所与负责人")
    phone: Mapped[str | None] = field("联系电话", Phone(), searched=True, group="场所与负责人")
    households: Mapped[int | None] = field("户数", Number("户", most=100_000), group="场所与负责人")
    property_firm: Mapped[str | None] = field("物业企业", Text(60), group="场所与负责人")
    route_no: Mapped[int | None] = field("检查顺序", Number(most=9999), group="场所与负责人", upward=Upward.NEVER, help="检查路线上的先后")
    note: Mapped[str | None] = field("备注", LongText(500), group="场所与负责人", upward=Upward.NEVER)
