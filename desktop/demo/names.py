"""Invented people and units: names, numbers with right check digits, telephones; the same for the same seed, for ever.

Each human being of the district is a number `g`. Number, birth and check digits follow from `g` alone, so that no two people
share an ID number and somebody who works in one community and lives in another is the same human being in both ledgers.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

PREFIX = "441502"

SURNAMES = (
    "陈" * 14 + "林" * 11 + "黄" * 9 + "李" * 8 + "吴" * 7 + "郑" * 6 + "蔡" * 5 + "刘" * 5 + "张" * 5 + "庄" * 4 + "王" * 4
    + "许" * 3 + "彭" * 3 + "杨" * 3 + "余" * 3 + "卓" * 2 + "施" * 2 + "叶" * 2 + "曾" * 2 + "罗" * 2 + "徐" * 2 + "谢" * 2 + "郭" * 2
    + "钟高马温范章魏卢苏邱柯潘翁仇单洪方何梁朱江沈孙周赵"
)  # fmt: skip
OLDER_MEN = (
    "建国", "建华", "国强", "志明", "伟民", "海生", "福来", "水生", "文彬", "振兴", "耀辉", "汉城", "泽民", "俊雄", "金水", "木顺",
    "锦泉", "少平", "树德", "炳坤",
)  # fmt: skip
OLDER_WOMEN = (
    "秀兰", "玉珍", "桂英", "丽华", "淑芬", "美玲", "惠珍", "凤英", "素云", "月娥", "彩霞", "瑞莲", "金枝", "碧云", "少芬", "雪梅",
    "巧云", "赛花",
)  # fmt: skip
YOUNGER_MEN = (
    "俊杰", "嘉豪", "文远", "思远", "明哲", "启明", "敬之", "立新", "浩然", "子轩", "伟杰", "泽宇", "志鹏", "晓东", "家乐", "一鸣",
    "博文", "海涛", "楚雄", "钦锐", "佳炜", "振宇",
)  # fmt: skip
YOUNGER_WOMEN = (
    "嘉禾", "若溪", "雨桐", "静怡", "知秋", "晓晴", "令仪", "若岚", "海澜", "欣怡", "婉婷", "思琪", "佳敏", "雅雯", "诗涵", "梓晴",
    "燕玲", "晓燕", "丹丹", "淑娴", "洁莹",
)  # fmt: skip
RARE = ("𬭊𪻐", "䶮", "喆", "玥彤", "燚", "彧", "𫖯", "㛃", "囍", "亖")  # names that a GBK program cannot keep
FAR = ("买买提·吐尔逊", "阿依古丽·热合曼")  # an interpunct inside

# A prime number of birthdays, so that stepping through them by another prime meets each once before any comes again.
_FIRST_BIRTHDAY, _BIRTHDAYS, _STEP = date(1950, 1, 1), 18_503, 7_919
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
MOBILES = ("134", "135", "136", "137", "138", "139", "150", "158", "159", "178", "182", "187", "188", "133", "189")


@dataclass(frozen=True)
class Human:
    """One invented human being."""

    g: int
    name: str
    sex: str  # GB/T 2261.1: 1 man, 2 woman
    born: str
    id_number: str
    phone: str


def human(seed: int, g: int) -> Human:
    """The human being with this number."""
    chance = Random(f"{seed}/human/{g}")
    man = chance.random() < 0.53
    born, number = id_of(g, man=man)
    return Human(g, name_of(chance, man=man, year=int(born[:4])), "1" if man else "2", born, number, phone(chance))


def id_of(g: int, *, man: bool) -> tuple[str, str]:
    """(birthday, number) of the human being `g`; no other has either this number or its first seventeen characters."""
    day = g * _STEP % _BIRTHDAYS
    born = (_FIRST_BIRTHDAY + timedelta(days=day)).isoformat()
    turn = (g // _BIRTHDAYS + day * 37) % 436  # neighbours do not end in the same digits, two of one birthday never do
    return born, id_number(born, 102 + 2 * (turn + turn // 49) + man)  # past 200, 300 …: a tail of 000 looks like a lost one


def name_of(chance: Random, *, man: bool, year: int) -> str:
    """A name that fits the years in which its bearer was born; one in a hundred cannot be written in GBK."""
    luck = chance.random()
    if luck < 0.0004:
        return chance.choice(FAR)
    surname = chance.choice(SURNAMES)
    if luck < 0.01:
        return surname + chance.choice(RARE)
    given = {(True, True): OLDER_MEN, (True, False): YOUNGER_MEN, (False, True): OLDER_WOMEN, (False, False): YOUNGER_WOMEN}
    some = given[man, year < 1975]
    one = chance.choice(some)
    if luck < 0.62:
        return surname + one
    other = chance.choice(some)
    return surname + (one[0] + other[1] if luck < 0.88 else one[1])


def id_number(born: str, order: int) -> str:
    """公民身份号码 of this birthday and order number, with the check character of GB 11643."""
    head = f"{PREFIX}{born.replace('-', '')}{order:03d}"
    return head + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(head, _ID_WEIGHTS, strict=True)) % 11]


def id_with_tail(tail: str, year: int) -> tuple[str, str]:
    """(number, birthday) in this year or soon after whose last four characters are these."""
    day = date(year, 2, 3)
    while True:
        number = id_number(day.isoformat(), int(tail[:3]))
        if number.endswith(tail):
            return number, day.isoformat()
        day += timedelta(days=13)


def phone(chance: Random) -> str:
    """A mobile number that nobody should call."""
    return f"{chance.choice(MOBILES)}{chance.randrange(10**8):08d}"


@cache
def credit_code(unit: str, kind: str = "") -> str:
    """统一社会信用代码 of a unit, by its name: the same wherever the unit appears (GB 32100 with GB 11714 inside)."""
    chance = Random(f"unit/{unit}")
    lead = {"机关": "11", "事业单位": "12", "学校": "12", "医院": "12", "群团": "13", "社会组织": "51"}.get(kind, "91")
    organisation = f"MA{chance.randrange(10**6):06d}" if lead == "91" else f"{chance.randrange(10**8):08d}"
    total = sum(int(sign, 36) * weight for sign, weight in zip(organisation, _ORGANISATION_WEIGHTS, strict=True))
    head = lead + PREFIX + organisation + "0123456789X0"[11 - total % 11]
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(head))
    return head + _CREDIT_SIGNS[-total % 31]
