"""The national code tables that a person's record is coded with, and the statistics bureau's list of communities.

A record stores the numeric code as text; the word is looked up when it is shown, so that two systems agree on "01" even
where they spell the word differently. The letter codes of GB/T 3304 differ between copies and are not kept. Lists that the
office makes itself are no code tables: their Chinese word is stored as it is.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.typed import compact, says_nothing

TABLES = Path(__file__).resolve().parents[2] / "resources" / "tables"

DISTRICT = "441502000000"
DISTRICT_NAME = "城区"


def table_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables that ship with the program."""
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True)
class CodeTable:
    """代码表: one national table. `former` holds old names, official variants and what people write for the word."""

    name: str
    standard: str
    codes: Mapping[str, str]
    former: Mapping[str, str] = field(default_factory=dict)
    suffix: str = ""  # the ending that people leave off: 汉 for 汉族

    def word(self, code: str | None) -> str:
        """The word that is shown; a code of no table is shown as it is, so that nothing disappears from paper."""
        return self.codes.get(code, code) if code else ""

    def find(self, typed: str) -> str | None:
        """The code for a code or a word, None for an empty cell; a word that the table does not know is refused."""
        code = self._codes_by_word.get(compact(typed).removesuffix(".0"))
        if code is None and not says_nothing(typed):
            raise Refusal(_("{table}里没有“{typed}”").format(table=_(self.name), typed=typed.strip()), todo=_("从列表中选一项"))
        return code

    @cached_property
    def _codes_by_word(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for code, word in self.codes.items():
            known |= {code: code, code.lstrip("0") or "0": code, word: code}
            if self.suffix:
                known[word.removesuffix(self.suffix)] = code
        return known | dict(self.former)


SEX = CodeTable(
    "性别",
    "GB/T 2261.1-2003",
    {"0": "未知", "1": "男", "2": "女", "9": "未说明"},
    {"男性": "1", "女性": "2", "未知的性别": "0", "未说明的性别": "9"},
)

MARRIAGE = CodeTable(
    "婚姻状况",
    "GB/T 2261.2-2003",
    {"10": "未婚", "20": "已婚", "21": "初婚", "22": "再婚", "23": "复婚", "30": "丧偶", "40": "离婚", "90": "未说明"},
    {"离异": "40", "未说明的婚姻状况": "90"},
)

_GROUPS = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)

NATION = CodeTable(
    "民族",
    "GB/T 3304-1991",
    {f"{number:02}": f"{group}族" for number, group in enumerate(_GROUPS.split(), start=1)} | {"97": "其他", "98": "外国血统中国籍"},
    {"毛难": "36", "毛难族": "36", "崩龙": "46", "崩龙族": "46", "外国血统": "98", "外国血统中国籍人士": "98"},
    suffix="族",
)

# 中专, 职高 and 技校 have no code for the level alone: offices write the graduate's code, so the short word finds that one.
EDUCATION = CodeTable(
    "学历",
    "GB/T 4658-2006",
    {
        "10": "研究生教育", "11": "博士研究生毕业", "12": "博士研究生结业", "13": "博士研究生肄业", "14": "硕士研究生毕业",
        "15": "硕士研究生结业", "16": "硕士研究生肄业", "17": "研究生班毕业", "18": "研究生班结业", "19": "研究生班肄业",
        "20": "大学本科教育", "21": "大学本科毕业", "22": "大学本科结业", "23": "大学本科肄业", "28": "大学普通班毕业",
        "30": "大学专科教育", "31": "大学专科毕业", "32": "大学专科结业", "33": "大学专科肄业",
        "40": "中等职业教育", "41": "中等专科毕业", "42": "中等专科结业", "43": "中等专科肄业", "44": "职业高中毕业",
        "45": "职业高中结业", "46": "职业高中肄业", "47": "技工学校毕业", "48": "技工学校结业", "49": "技工学校肄业",
        "60": "普通高级中学教育", "61": "普通高中毕业", "62": "普通高中结业", "63": "普通高中肄业",
        "70": "初级中学教育", "71": "初中毕业", "73": "初中肄业", "80": "小学教育", "81": "小学毕业", "83": "小学肄业",
        "90": "其他",
    },
    {
        "研究生": "10", "博士": "11", "博士研究生": "11", "博士毕业": "11", "硕士": "14", "硕士研究生": "14", "硕士毕业": "14",
        "本科": "20", "大学": "20", "大学本科": "20", "本科毕业": "21", "大专": "30", "专科": "30", "大学专科": "30",
        "大专毕业": "31", "专科毕业": "31", "中专": "41", "中等专科": "41", "中专毕业": "41", "职高": "44", "职业高中": "44",
        "职高毕业": "44", "技校": "47", "技工学校": "47", "技校毕业": "47", "高中": "60", "普通高中": "60", "高中毕业": "61",
        "初中": "70", "小学": "80",
    },
)  # fmt: skip

POLITICAL = CodeTable(
    "政治面貌",
    "GB 4762-84",
    {
        "01": "中共党员", "02": "中共预备党员", "03": "共青团员", "04": "民革", "05": "民盟", "06": "民建", "07": "民进",
        "08": "农工党", "09": "致公党", "10": "九三学社", "11": "台盟", "12": "无党派民主人士", "13": "群众",
    },
    {
        "党员": "01", "正式党员": "01", "中共正式党员": "01", "预备党员": "02", "团员": "03",
        "民革会员": "04", "民革党员": "04", "民盟盟员": "05", "民建会员": "06", "民进会员": "07", "农工党党员": "08",
        "致公党党员": "09", "九三学社社员": "10", "台盟盟员": "11", "无党派人士": "12", "无党派": "12",
    },
)  # fmt: skip

NATIONAL_TABLES = (SEX, NATION, EDUCATION, POLITICAL, MARRIAGE)


@dataclass(frozen=True)
class Community:
    """社区(村) of 城区 with its twelve-digit statistics code; `in_scenario` marks the 99 of the seven streets and towns."""

    code: str
    short_name: str
    official_name: str
    kind: str
    town_code: str
    town: str
    in_scenario: bool


@cache
def communities() -> tuple[Community, ...]:
    """All 127 communities and villages of the district, by code (统计用区划, list of 2023-06-30)."""
    return tuple(
        Community(
            code=row["code"],
            short_name=row["short_name"],
            official_name=row["official_name"],
            kind=row["kind"],
            town_code=row["town_code"],
            town=row["town"],
            in_scenario=row["in_scenario"] == "1",
        )
        for row in table_rows("communities-441502.csv")
    )


def office_name(code: str) -> tuple[str, str]:
    """(name, the office above it) of a twelve-digit code: (滨海社区, 凤山街道); of an unknown one (the code, nothing)."""
    return offices().get(code, (code, ""))


@cache
def offices() -> dict[str, tuple[str, str]]:
    """Code → (name, the office above it) of the district, its streets and towns, and all communities; no two have the same name."""
    towns = {one.town_code: (one.town, DISTRICT_NAME) for one in communities()}
    return {DISTRICT: (DISTRICT_NAME, ""), **towns, **{one.code: (one.short_name, one.town) for one in communities()}}
