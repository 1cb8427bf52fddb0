"""Units: offices, enterprises and societies whose party organisations and members come to the community."""

from sqlalchemy.orm import Mapped

from desktop.model.field import Upward, field
from desktop.model.kinds.choices import Choice
from desktop.model.kinds.identity import CreditCode, Phone
from desktop.model.kinds.words import Address, LongText, Name, Text, Title
from desktop.model.record import Record

UNIT_KINDS = "机关 事业单位 国有企业 非公企业 社会组织 群团 学校 医院 其他"
PARTY_KINDS = "党委 党总支 党支部 联合党支部 党组 无"


class Organisation(Record):
    """单位: one legal body with its party organisation (domain 1.1; GB 32100-2015).

    A party organisation has no credit code of its own, so the unit's code and the party organisation's name stand apart.
    """

    label, icon, unit = "单位", "building-community", "家"
    keeps = ("unit_kind",)

    name: Mapped[str] = field("单位名称", Title(80), required=True, unique=True, listed=True, searched=True, was=("单位",))
    unit_kind: Mapped[str | None] = field("单位类别", Choice(UNIT_KINDS), listed=True)
    credit_code: Mapped[str | None] = field("统一社会信用代码", CreditCode(), unique=True, searched=True)
    address: Mapped[str | None] = field("地址", Address(100, 12), listed=True, searched=True)
    party_name: Mapped[str | None] = field("党组织名称", Title(80), listed=True, searched=True, group="党组织与联系人")
    party_kind: Mapped[str | None] = field("党组织类别", Choice(PARTY_KINDS), listed=True, group="党组织与联系人")
    secretary: Mapped[str | None] = field("书记", Name(), searched=True, group="党组织与联系人")
    contact: Mapped[str | None] = field("联系人", Name(), listed=True, searched=True, group="党组织与联系人")
    phone: Mapped[str | None] = field("联系电话", Phone(), listed=True, searched=True, group="党组织与联系人")
    offers: Mapped[str | None] = field("认领服务项目", Text(200), group="党组织与联系人")
    note: Mapped[str | None] = field("备注", LongText(500), group="党组织与联系人", upward=Upward.NEVER)
