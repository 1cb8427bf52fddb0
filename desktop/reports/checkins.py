"""双报到: the forms by which units and members check in, their slips, and the roster."""

from functools import partial

from desktop.model.language import _
from desktop.office.facts import Align, Column, ListFacts, OfficeFacts
from desktop.office.facts.checkins import MemberFacts, RegistrationFacts, RosterFacts, SlipFacts, SlipsFacts, UnitCheckInFacts, UnitFacts
from desktop.reports.boxes import Choices, Opinion, Words, label
from desktop.reports.fonts import FontBook, Style, shipped
from desktop.reports.form import Form, form, row
from desktop.reports.pen import A4, MM, Draw, Pen, Size
from desktop.reports.plain import plain_list
from desktop.reports.sheet import Paper, Run, bind, mark_line, page_foot

PROMISE = "本人自愿到居住地社区报到，服从社区党组织安排，按时参加社区组织的服务活动，所填内容真实。"
PRIVACY = (
    "告知：{community}为组织双报到双服务收集以上信息，仅用于联系、安排服务和向所在单位党组织反馈，"
    "保存至注销报到后的规定年限；本人可以查阅、更正。联系：{contact}。"
)
COPIES = "说明：本表一式三份，社区党组织、本人所在党支部、单位党组织各存一份。"


def registration_form(facts: RegistrationFacts, book: FontBook | None = None) -> Paper:
    """在职党员社区报到登记表, one sheet a member."""
    book = book or shipped()
    runs = [form(_registration(facts, member), book) for member in facts.members]
    return bind(book, "在职党员社区报到登记表", facts.office, runs)


def _registration(facts: RegistrationFacts, member: MemberFacts) -> Form:
    office, value = facts.office, Words
    personal = "个人情况"
    wishes = frozenset(member.wishes)
    extra = tuple(wish for wish in member.wishes if wish not in facts.choices)
    rows = (
        row(
            label("姓　　名"),
            value(member.name),
            label("性　　别"),
            value(member.sex),
            label("民　　族"),
            value(member.nation),
            side=personal,
        ),
        row(
            label("出生年月"),
            value(member.born),
            label("学　　历"),
            value(member.education),
            label("入党时间"),
            value(member.joined_party_on),
            side=personal,
        ),
        row(label("公民身份号码"), (value(member.id_number), 3), label("联系电话"), value(member.phone), side=personal),
        row(label("工作单位"), (value(member.unit), 3), label("职　　务"), value(member.post), side=personal),
        row(label("所在党支部"), (value(member.branch), 5), side=personal),
        row(label("现居住地址"), (value(member.home), 3), label("所属网格"), value(member.grid), side=personal),
        row(label("职业特长"), (value(member.strengths), 5), side="服务意向", least=11 * MM),
        row(label("意向岗位"), (Choices((*facts.choices, *extra), wishes), 5), side="服务意向", least=18 * MM),
        row(label("可服务时间"), (value(member.free_time), 5), side="服务意向", least=11 * MM),
        row((Opinion(f"　　{PROMISE}", ("本人签名：",), seal=False), 6), side="本人承诺", least=27 * MM),
        row((Opinion("", ("单位党组织（盖章）",)), 6), side="单位党组织意见", least=36 * MM, grow=1),
        row((Opinion("", ("社区党组织（盖章）",)), 6), side="社区接收意见", least=36 * MM, grow=1),
        row((value(member.remark), 6), side="备注", least=14 * MM),
    )
    return Form(
        "在职党员社区报到登记表",
        (9, 28, 33, 22, 26, 22, 36),
        rows,
        left=f"编号：{member.serial}",
        right=f"报到日期：{member.checked_in_on}",
        notes=(COPIES, PRIVACY.format(community=office.party_org, contact=office.phone or office.community)),
        foot=page_foot(facts.mark),
    )


def unit_check_in(facts: UnitCheckInFacts, book: FontBook | None = None) -> Paper:
    """机关党组织到社区报到单, one sheet a unit."""
    book = book or shipped()
    runs = [form(_unit_sheet(facts, unit), book) for unit in facts.units]
    return bind(book, "机关党组织到社区报到单", facts.office, runs)


def _unit_sheet(facts: UnitCheckInFacts, unit: UnitFacts) -> Form:
    value = Words
    rows = (
        row(label("单位名称"), (value(unit.name), 3)),
        row(label("统一社会信用代码"), value(unit.credit_code), label("单位类别"), value(unit.kind)),
        row(label("党组织名称"), value(unit.party_org), label("党员人数"), value(unit.members)),
        row(label("党组织负责人"), value(unit.head), label("联络员"), value(unit.contact)),
        row(label("单位地址"), value(unit.address), label("联系电话"), value(unit.phone)),
        row(label("可提供的资源\n和认领项目"), (Words(unit.offers, on_top=True), 3), least=40 * MM, grow=1),
        row(label("单位党组织意见"), (Opinion("", ("负责人签名：", "（盖章）")), 3), least=45 * MM, grow=1),
        row(label("社区党组织\n接收意见"), (Opinion("", ("负责人签名：", "（盖章）")), 3), least=45 * MM, grow=1),
    )
    return Form(
        "机关党组织到社区报到单",
        (34, 60, 30, 50),
        rows,
        left=f"编号：{unit.serial}",
        right=f"报到日期：{unit.checked_in_on}",
        notes=("说明：本单一式两份，社区党组织、报到单位各存一份。",),
        foot=page_foot(facts.mark),
    )


HALF = Size(A4.width, A4.height / 2)  # A5 lying: two on a sheet, cut in the middle
SHARES = ("第一联　社区留存", "第二联　交所在单位党组织")
INSET = 14 * MM
WORDS_ROOM = HALF.width - 2 * INSET - 20 * MM


def check_in_slips(facts: SlipsFacts, book: FontBook | None = None) -> Paper:
    """报到回执, two to a sheet. What never changes is in the file once, so that 1,506 slips are one quick file."""
    book = book or shipped()
    halves = [(slip, copy) for slip in facts.slips for copy in range(facts.copies)]
    sheets = [halves[at : at + 2] for at in range(0, len(halves), 2)]
    pages: list[Draw] = [partial(_slip_sheet, facts, sheet) for sheet in sheets]
    return bind(book, "在职党员报到回执", facts.office, [Run(pages)])


def _slip_sheet(facts: SlipsFacts, halves: list[tuple[SlipFacts, int]], pen: Pen) -> None:
    pen.stamp(f"slip{len(halves)}", A4, partial(_slip_ground, facts.office, len(halves)))
    for at, (slip, copy) in enumerate(halves):
        _slip_words(facts, slip, copy, at * HALF.height, pen)
    mark_line(pen, A4, facts.mark, A4.height - 5.5 * MM)


def _slip_ground(office: OfficeFacts, halves: int, pen: Pen) -> None:
    """Frame, title, fixed words and the cut line."""
    for top in (at * HALF.height for at in range(halves)):
        pen.frame(INSET, top + INSET, HALF.width - 2 * INSET, HALF.height - 2 * INSET, 1.6)
        pen.frame(INSET + 1.2 * MM, top + INSET + 1.2 * MM, HALF.width - 2 * INSET - 2.4 * MM, HALF.height - 2 * INSET - 2.4 * MM, 0.5)
        pen.text(HALF.width / 2, top + 32 * MM, "在职党员社区报到回执", Style.TITLE, 20, Align.CENTRE)
        issuer = f"{office.party_org}（盖章）"
        pen.fit(HALF.width - INSET - 10 * MM, top + 104 * MM, issuer, Style.SONG, 12, Align.RIGHT, room=WORDS_ROOM - 30 * MM)
    pen.cut_line(HALF.height, A4.width)


def _slip_words(facts: SlipsFacts, slip: SlipFacts, copy: int, top: float, pen: Pen) -> None:
    left, right = INSET + 10 * MM, HALF.width - INSET - 10 * MM
    pen.fit(right, top + 41 * MM, f"编号：{slip.serial}", Style.SONG, 10.5, Align.RIGHT, room=WORDS_ROOM)
    _fitted(pen, slip.serial, f"{slip.to}：", left, top + 51 * MM, 1, 13)
    told = f"　　你单位党员{slip.name}同志已于{slip.checked_in_on}到我社区报到。"
    if slip.claimed:
        told += f"认领岗位：{slip.claimed}。"
    below = _fitted(pen, slip.serial, told, left, top + 61 * MM, 3, 13)
    pen.text(left, below, "　　特此回执。", Style.SONG, 13)
    pen.fit(right, top + 113 * MM, slip.made_on, Style.SONG, 12, Align.RIGHT, room=WORDS_ROOM / 2)
    pen.qr(left, top + 98 * MM, 22 * MM, slip.code, quick=True)
    pen.text(left, top + 126 * MM, "扫码核对", Style.SONG, 8, grey=0.35)
    if facts.copies == len(SHARES):
        pen.text(HALF.width - INSET, top + INSET - 2 * MM, SHARES[copy], Style.SONG, 9, Align.RIGHT)


def _fitted(pen: Pen, serial: str, text: str, x: float, y: float, lines: int, size: float) -> float:
    """Words in a fixed place: smaller type first, then cut with … and told, never over the frame. Where the next line begins."""
    step = size * 1.75
    for used in (size, size - 1.5, size - 3, 8.0):
        broken = pen.book.wrap(text, Style.SONG, used, WORDS_ROOM)
        most = int(lines * step / (used * 1.45)) if used < size else lines
        if len(broken) <= most:
            break
    else:
        pen.remarks.add(_("回执 {serial} 内容太长，已用省略号截短").format(serial=serial))
        broken = [*broken[: most - 1], f"{broken[most - 1][:-1]}…"]
    gap = step if used == size else used * 1.45
    for at, line in enumerate(broken):
        pen.text(x, y + at * gap, line, Style.SONG, used)
    return y + (len(broken) - 1) * gap + step


ROSTER = (
    Column("姓名", 20, Align.CENTRE),
    Column("性别", 10, Align.CENTRE, tight=True),
    Column("出生年月", 18, Align.CENTRE, tight=True),
    Column("身份证号", 42, Align.CENTRE, tight=True),
    Column("所在单位", 44),
    Column("职务", 26),
    Column("联系电话", 27, Align.CENTRE, tight=True),
    Column("报到日期", 22, Align.CENTRE, tight=True),
    Column("备注", 18),
)


def roster_rows(facts: RosterFacts) -> ListFacts:
    """报到花名册 line by line, ready to be signed page by page."""
    rows = tuple((m.name, m.sex, m.born, m.id_number, m.unit, m.post, m.phone, m.checked_in_on, m.remark) for m in facts.members)
    as_of = f"截至{facts.as_of}　" if facts.as_of else ""
    return ListFacts(
        "在职党员到社区报到花名册",
        ROSTER,
        rows,
        facts.office,
        facts.mark,
        left=f"单位：{facts.office.place}党组织",
        right=f"{as_of}制表时间：{facts.made_on}",
        signs_on_every_page=True,
    )


def roster(facts: RosterFacts, book: FontBook | None = None) -> Paper:
    """报到花名册: everybody who checked in."""
    return plain_list(roster_rows(facts), book)
