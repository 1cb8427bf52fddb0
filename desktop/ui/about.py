"""关于: which version of what, under which licence, and the package for whoever has to find a fault."""

import platform
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QFileDialog

from desktop import __version__
from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.ui.diagnosis import write_package
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.facts import Fact, Facts
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LongEdit
from desktop.ui.look import RESOURCES
from desktop.ui.officepage import OfficePage

LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "python-calamine", "XlsxWriter", "cryptography", "pyrage")
PATTERNS = ("OFL-*.txt", "LICEN[CS]E*.txt")
QT_NOTE = (
    "Qt 6 and PySide6 are used under the GNU Lesser General Public License, version 3. They are separate files beside this program and "
    "may be replaced by other builds of the same version. Sources: the Qt Project (download.qt.io, code.qt.io/pyside)."
)


def licences() -> dict[str, str]:
    """Every licence that travels with the program: its name and its text."""
    files = sorted({path for pattern in PATTERNS for path in RESOURCES.rglob(pattern)})
    return {"Qt, PySide6 (LGPL-3)": QT_NOTE} | {_name(path): path.read_text(encoding="utf-8") for path in files}


def _name(path: Path) -> str:
    return f"{path.parent.name} / {path.stem}"


def versions(desk: Desk) -> list[tuple[str, str]]:
    """What an engineer asks first."""
    with desk.books.read() as connection:
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        sqlite = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    own = [("连心", __version__), (_("账本版本"), str(schema)), ("Python", platform.python_version()), ("Qt", qVersion())]
    own.append(("SQLite", str(sqlite)))
    return own + [(name, _version(name)) for name in LIBRARIES]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return _("随程序打包")


class AboutCard(Card):
    """Versions and the diagnosis package."""

    def __init__(self, page: OfficePage) -> None:
        super().__init__(_("连心"), "info-circle", _("社区的人、事、诺，一本账"))
        self.page = page
        facts = Facts()
        facts.show_facts([Fact(name, words) for name, words in versions(page.desk)])
        self.add(facts)
        self.package = Button(_("导出诊断包…"), "package")
        self.package.clicked.connect(self._ask_file)
        self.body.addWidget(self.package, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("导出诊断包"), _("连心诊断.zip"), "*.zip")
        if path:
            text = "\n".join(f"{name} {words}" for name, words in versions(self.page.desk))
            then = _("诊断包已存到 {path}，里面没有姓名和号码").format(path=path)
            self.page.do(_("导出诊断包"), lambda: write_package(Path(path), text), lambda _none: self.page.say("ok", then))


class LicenceCard(Card):
    """One licence at a time, whole."""

    def __init__(self) -> None:
        super().__init__(_("许可"), "file-text")
        self._texts = licences()
        self.which = LabelledField(_("部件"), Choice([(name, name) for name in self._texts], empty=None))
        self.text = LongEdit(lines=14)
        self.text.set_still(True)
        self.text.setAccessibleName(_("许可全文"))
        self.add(self.which)
        self.add(self.text)
        self.which.changed.connect(self._show)
        self.which.set_value(next(iter(self._texts)))
        self._show()

    def _show(self) -> None:
        self.text.set_value(self._texts[str(self.which.value())])
