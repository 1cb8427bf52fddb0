"""What keeps the ledger itself: its users, its settings, the papers that hang on a record."""

from dataclasses import dataclass

from sqlalchemy.orm import Mapped

from desktop.model.field import Upward, field
from desktop.model.kinds import Kind
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice, Flag
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import DiskPath, LongText, Name, Text
from desktop.model.record import Record
from desktop.model.roles import ADMINS, Role


class User(Record):
    """用户: who may open the ledger, and what that person may do there; never shared, never deleted."""

    label, icon, unit = "用户", "users", "人"
    travels = False
    written_by = ADMINS
    stays = True  # a user who left is 停用: what he did keeps its name, and the last 管理 cannot be thrown away

    name: Mapped[str] = field("姓名", Name(), required=True, listed=True)
    login: Mapped[str] = field("登录名", Text(40), required=True, unique=True, listed=True, written=False)
    role: Mapped[str] = field("权限", Choice([role.value for role in Role]), required=True, listed=True, written=False)
    post: Mapped[str | None] = field("岗位", Text(40), listed=True)
    active: Mapped[int | None] = field("在用", Flag(), listed=True, written=False)
    last_seen_on: Mapped[str | None] = field("上次登录", Day(), listed=True, written=False)


class Setting(Record):
    """设置: one value that this office chose; what it did not choose stands in SETTINGS."""

    label, icon = "设置", "settings"
    named_by = ("key",)
    travels = False
    written_by = ADMINS

    key: Mapped[str] = field("项目", Text(60), required=True, unique=True, listed=True)
    value: Mapped[str | None] = field("内容", LongText(4000), listed=True)


class Attachment(Record):
    """附件: a scan or photo kept in the ledger by the hash of its content; never asked for (减负), never opened by us."""

    label, icon, unit = "附件", "paperclip", "份"
    written_by = ADMINS | {Role.CLERK, Role.REVIEWER}

    name: Mapped[str] = field("文件名", Text(120), required=True, listed=True, upward=Upward.NEVER)
    of_kind: Mapped[str] = field("所属类型", Text(40), required=True, written=False)
    of_record: Mapped[str] = field("所属记录", Text(40), required=True, written=False)
    sha256: Mapped[str] = field("内容摘要", Text(64), required=True, written=False)
    size: Mapped[int] = field("大小", Number("字节", most=20 * 1024 * 1024), required=True, listed=True, written=False)
    added_on: Mapped[str | None] = field("加入日期", Day(), listed=True, written=False)
    said: Mapped[str | None] = field("说明", Text(100), listed=True, upward=Upward.NEVER)


@dataclass(frozen=True)
class SettingLine:
    """One thing an office may choose: where it stands on the page, what kind of value, and what holds unless chosen."""

    key: str
    group: str
    label: str
    kind: Kind
    standard: str
    help: str = ""
    deed: str = "setting.choose"  # the right that choosing it needs


SETTINGS: tuple[SettingLine, ...] = (
    SettingLine("office.party_name", "本社区", "党组织名称", Text(60), "", "印在表头和回执上，如“滨海社区党委”"),
    SettingLine("office.phone", "本社区", "联系电话", Text(30), "", "印在登记表和整改通知书上"),
    SettingLine("office.address", "本社区", "地址", Text(80), "", "印在整改通知书上"),
    SettingLine("checkin.report_days", "期限", "应报到期限（天）", Number("天", 1, 365), "30"),
    SettingLine("opinion.study_days", "期限", "意见研判期限（天）", Number("天", 1, 365), "15", "参照信访工作条例第二十二条"),
    SettingLine("opinion.close_days", "期限", "意见办结期限（天）", Number("天", 1, 365), "60", "参照信访工作条例第三十四条"),
    SettingLine("opinion.extend_days", "期限", "意见最多延期（天）", Number("天", 1, 365), "30"),
    SettingLine("opinion.reply_days", "期限", "办结后回访期限（天）", Number("天", 1, 365), "7"),
    SettingLine("danger.notice_days", "期限", "隐患登记后处理期限（天）", Number("天", 1, 365), "3"),
    SettingLine("danger.fix_days", "期限", "隐患整改期限（天）", Number("天", 1, 365), "15"),
    SettingLine("inspection.finish_days", "期限", "检查应在几天内查完", Number("天", 1, 365), "1"),
    SettingLine("report.closing_day", "上报", "次月上报日", Number("日", 1, 28), "3", "次月这一天以前交到区里算按时"),
    SettingLine("paper.fangsong", "字体", "仿宋字体文件", DiskPath(200), "", "本机有仿宋时填它的位置，公文正文就用仿宋"),
    SettingLine("screen.points", "界面", "字号", Choice("10.5 12 14 18"), "10.5", deed="setting.look"),
    SettingLine("screen.theme", "界面", "配色", Choice("浅色 深色 高对比"), "浅色", deed="setting.look"),
    SettingLine("screen.language", "界面", "语言", Choice("中文 English"), "中文", deed="setting.look"),
    SettingLine("screen.lock_minutes", "界面", "无操作锁屏（分钟）", Number("分钟", 1, 240), "15"),
    SettingLine("login.names", "界面", "登录前显示姓名", Choice("上次登录的人 所有人 不显示"), "上次登录的人"),
    SettingLine("backup.folder", "备份", "备份放在", DiskPath(200), "", "最好在另一块盘"),
    SettingLine("backup.keep", "备份", "保留最近几份", Number("份", 2, 999), "20"),
)


def setting_line(key: str) -> SettingLine:
    """The definition of a setting; KeyError when there is none of that name."""
    for line in SETTINGS:
        if line.key == key:
            return line
    raise KeyError(key)
