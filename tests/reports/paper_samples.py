"""One invented office's facts for every paper, and what the tests read back from a PDF."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop.office.facts import Column, ListFacts, OfficeFacts, PrintMark
from desktop.office.facts.activities import ServiceCardFacts, ServiceLine
from desktop.office.facts.checkins import MemberFacts, RegistrationFacts, RosterFacts, SlipFacts, SlipsFacts, UnitCheckInFacts, UnitFacts
from desktop.office.facts.decisions import DecisionFacts, DecisionLine
from desktop.office.facts.handover import BatchFacts
from desktop.office.facts.inspections import DangerFacts, InspectionFacts, ItemLine, NoticeFacts, NoticesFacts
from desktop.office.facts.monthly import FigureLine, MonthFacts
from desktop.office.facts.opinions import HandlingFacts, HandOverFacts, OpinionFacts, OpinionLedgerFacts, ReplyFacts

OFFICE = OfficeFacts("滨海社区", "凤山街道", "中共凤山街道滨海社区委员会", "441502003007", "0660-3300000", "滨海路1号")
MARK = PrintMark("LX-7K3Q-0086", "2021-11-24 09:41", "周敏")
MEMBER = MemberFacts(
    name="𬭊𪻐",
    sex="女",
    nation="汉族",
    born="1990年3月",
    id_number="441502********0009",
    education="大学本科",
    joined_party_on="2012年7月1日",
    phone="138****6650",
    unit="区自然资源局",
    post="科员",
    branch="机关第二党支部",
    home="盐工小区3栋601室",
    grid="第二网格",
    strengths="土地测绘",
    wishes=("社区治理",),
    free_time="周末",
    checked_in_on="2021年11月24日",
    serial="BD-211124-0086",
)
UNIT = UnitFacts("区自然资源局", "11441502MB2D0000X1", "机关党委", "机关", "46", "林若溪", "陈嘉禾", "0660-3360000", "二马路", "测绘")
SLIP = SlipFacts("HZ-211124-0086", "机关第二党支部", "𬭊𪻐", "2021年11月24日", "2021年11月24日", "LX1 HZ-211124-0086", "夜间巡逻")
OPINION = OpinionFacts(
    serial="YJ-2021-017",
    heard_on="2021-10-04",
    text="盐工小区3栋门口下水道堵塞，雨天污水外溢。",
    channel="入户走访",
    source="双报到",
    kind="市政设施",
    place="盐工小区",
    said_by="李*芳",
    proposal="更换管径",
    unit="区住建局",
    handler="王若岚",
    due_on="2021-12-03",
    state="办结",
    closed_on="2021-11-12",
    result="已更换管道46米。",
    replied_on="2021-11-15",
    reply_way="上门",
    replied_by="周敏",
    satisfaction="满意",
    handlings=(HandlingFacts("2021-10-08", "周敏", "到现场查看"), HandlingFacts("2021-11-10", "区住建局", "施工完成")),
)
DANGER = DangerFacts("XC-211118-0007-1", "二楼通道", "堆放货箱约8米", "疏散通道", "一般", "限期整改", "2021年12月3日")
ITEMS = (ItemLine("A01", "疏散通道", "畅通无堆物", "不合格", "二楼堆放货箱"), ItemLine("A02", "灭火器", "压力在绿区", "合格"))
AREAS = (("城市功能核心区", "12"), ("物业小区聚集区", "16"), ("老旧小区聚集区", "36"), ("城乡融合发展区", "0"))
FIGURE = FigureLine("5", "意见建议收集数", "64", "条", "当月登记的意见建议。", AREAS, (("双报到", "32"), ("一亲三心", "32")))
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
COLUMNS = (Column("姓名", 20), Column("电话", 26, tight=True), Column("住址", shrinks=True))


def a_list(count: int, **changes: Any) -> ListFacts:
    """A list of so many people, numbered from 1."""
    rows = tuple((f"居民{at:04d}", "138****6650", f"盐工小区{at}栋") for at in range(1, count + 1))
    return replace(ListFacts("居民名单", COLUMNS, rows, OFFICE, MARK, "单位：滨海社区", "制表时间：2021年11月24日"), **changes)


SAMPLES: dict[str, Any] = {
    "registration": RegistrationFacts(OFFICE, (MEMBER,), ("组织建设", "社区治理", "其他"), MARK),
    "unit-check-in": UnitCheckInFacts(OFFICE, (UNIT,), MARK),
    "slip": SlipsFacts(OFFICE, (SLIP,), 2, MARK),
    "roster": RosterFacts(OFFICE, (MEMBER,), "2021年11月24日", MARK),
    "service-card": ServiceCardFacts(
        OFFICE, MEMBER, "2021年第四季度", (ServiceLine("2021-10-05", "宣传", "盐工", "2.0", "是", "满意", "周敏"),), "1", "2.0", "2.0"
    ),
    "opinion-ledger": OpinionLedgerFacts(OFFICE, (OPINION,), "2021年10月", "2021年11月24日", MARK),
    "hand-over": HandOverFacts(OFFICE, "JB-211008-0017", OPINION, "2021年10月8日", "三日内到现场。", MARK),
    "reply": ReplyFacts(OFFICE, "FK-211115-0017", OPINION, "2021年11月15日", MARK),
    "inspection": InspectionFacts(
        OFFICE, "XC-211118-0007", "消防安全", "LX1 XC-211118-0007", ITEMS, (DANGER,), False, "2021-11-18", "周敏、林若溪", "五金店"
    ),
    "inspection-blank": InspectionFacts(OFFICE, "XC-211118-0008", "消防安全", "LX1 XC-211118-0008", ITEMS, blank=True, premises="五金店"),
    "notice": NoticesFacts(OFFICE, (NoticeFacts(
        OFFICE, "滨海社区居民委员会", "XG-211118-0007", "五金店", "2021年11月18日", "周敏", (DANGER,), "2021年12月3日", "2021年11月18日"
    ),)),
    "month": MonthFacts(OFFICE, "2021年11月", "2021年11月30日", "已冻结", (FIGURE,), ("10月由62更正为63。",), MARK),
    "batch": BatchFacts(
        OFFICE, "YJ-211119-0046", "凤山街道", "46", "2021年11月", "第046批.lxb", "1,834,112 字节", SHA256, '{"kind":"up","number":46}',
        (("人员", "86"), ("意见建议", "64")), "150", "2021-11-19 16:20", "周敏",
    ),
    "decision": DecisionFacts(
        OFFICE, "陈嘉禾", "人员", (DecisionLine("职务", "耕地保护股副股长", "耕地保护股股长", "耕地保护股股长", "用对方的"),
                              DecisionLine("居住小区", "盐工小区", "滨海花园", "滨海花园二期", "另填")),
        "单位季度反馈表", "周敏", "2021年11月24日 09:41", "86", MARK,
    ),
    "list": a_list(3),
}  # fmt: skip

PRINTED_AS_MADE = {"sha256"}  # a hash is hexadecimal or it is no hash


def with_every_word(facts: Any, word: str) -> Any:
    """The same facts with `word` in the place of every text."""
    if isinstance(facts, str) and type(facts) is str:
        return word
    if isinstance(facts, tuple):
        return tuple(with_every_word(one, word) for one in facts)
    if is_dataclass(facts) and not isinstance(facts, type):
        changes = {one.name: with_every_word(getattr(facts, one.name), word) for one in fields(facts) if one.name not in PRINTED_AS_MADE}
        return replace(facts, **changes)
    return facts


def with_one_flooded(facts: Any, word: str) -> Iterator[Any]:
    """The same facts again and again, each time with `word` in the place of one text."""
    if isinstance(facts, str) and type(facts) is str:
        yield word
    elif isinstance(facts, tuple):
        for at, one in enumerate(facts):
            yield from ((*facts[:at], changed, *facts[at + 1 :]) for changed in with_one_flooded(one, word))
    elif is_dataclass(facts) and not isinstance(facts, type):
        for one in fields(facts):
            if one.name not in PRINTED_AS_MADE:
                yield from (replace(facts, **{one.name: changed}) for changed in with_one_flooded(getattr(facts, one.name), word))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, as pdfium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            words = page.get_textpage()
            texts.append(words.get_text_range())
            words.close()
            page.close()
        return texts
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Without spaces and line ends: where a line was broken is the paper's business."""
    return "".join(text.split())


def words_of(pdf: bytes) -> str:
    return squeezed("".join(pages_of(pdf)))


def tool(name: str, *arguments: str | Path) -> str:
    """What a program of the operating system says; the test is skipped where it is not installed."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    return subprocess.run([name, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def outside_the_sheet(pdf: bytes, *, most_pages: int = 12) -> list[str]:
    """Characters that stand nearer to an edge than 4 mm, where no printer prints, on the first and last pages."""
    edge = 4 * 72 / 25.4
    document = pypdfium2.PdfDocument(pdf)
    try:
        numbers = sorted({*range(min(len(document), most_pages)), *range(max(0, len(document) - 2), len(document))})
        lost = []
        for number in numbers:
            page = document[number]
            width, height = page.get_size()
            words = page.get_textpage()
            for at in range(words.count_chars()):
                left, bottom, right, top = words.get_charbox(at)
                if right > left and (left < edge or bottom < edge or right > width - edge or top > height - edge):
                    lost.append(f"page {number + 1}: {words.get_text_range(at, 1)}")
            words.close()
            page.close()
        return lost
    finally:
        document.close()
