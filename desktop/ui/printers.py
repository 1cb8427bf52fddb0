"""The way from a finished paper to a printer: the file itself through CUPS where that is, its pages as pictures elsewhere.

Nothing is laid out again on the way: no scaling, no margins of the driver. A paper never touches the disk in clear; CUPS reads it
from a pipe.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.model.errors import Trouble
from desktop.model.language import _
from desktop.ui.pdfpages import Pdf

DPI = 300
PATIENCE = 60  # seconds that the print service has for taking a paper
ANSWER = 5  # seconds that it has for telling its printers
Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Job:
    """How a paper is to come out."""

    printer: str
    title: str
    copies: int = 1
    both_sides: bool = False


def printers() -> list[str]:
    """The printers of this machine, the usual one first; none is an answer, too."""
    names, usual = QPrinterInfo.availablePrinterNames(), QPrinterInfo.defaultPrinterName()
    if not names and sys.platform == "linux" and shutil.which("lpstat"):
        names = _asked("lpstat", "-e").split()
        usual = _asked("lpstat", "-d").rpartition(":")[2].strip()
    return sorted(names, key=lambda name: (name != usual, name))


def prints_both_sides(name: str) -> bool:
    """The printer turns the sheet itself; one that does not tell is believed to."""
    info = QPrinterInfo.printerInfo(name)
    modes = info.supportedDuplexModes() if not info.isNull() else []
    return not modes or any(mode != QPrinter.DuplexMode.DuplexNone for mode in modes)


def send(raw: bytes, job: Job, report: Report) -> None:
    """The paper is with the print service. Raises Trouble when it does not take it; `report` may end it between two pages."""
    if sys.platform == "linux" and shutil.which("lp"):
        report(_("正在交给打印机"), 0, 1)
        through_cups(raw, job)
        return
    printer = QPrinter(QPrinterInfo.printerInfo(job.printer), QPrinter.PrinterMode.HighResolution)
    printer.setCopyCount(job.copies)
    printer.setDocName(job.title)
    printer.setDuplex(QPrinter.DuplexMode.DuplexAuto if job.both_sides else QPrinter.DuplexMode.DuplexNone)
    as_pictures(raw, printer, report)


def through_cups(raw: bytes, job: Job) -> None:
    """The very bytes in the hands of CUPS."""
    pdf = Pdf(raw)
    width, height = pdf.sizes[0]
    pdf.close()
    name = QPageSize(QSizeF(*sorted((width, height))), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch).key()
    sides = "one-sided"
    if job.both_sides:
        sides = "two-sided-long-edge" if width < height else "two-sided-short-edge"
    options = [word for option in (f"media={name}", f"sides={sides}", "print-scaling=none") for word in ("-o", option)]
    command = ["lp", "-d", job.printer, "-n", str(job.copies), "-t", job.title, *options]
    todo = _("看打印机是否开着、有没有纸，再打印一次；或者先存为 PDF")
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Trouble(_("打印服务没有回应"), record=job.printer, todo=todo) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Trouble(_("打印机没有收下：{why}").format(why=said[-1] if said else done.returncode), record=job.printer, todo=todo)


def as_pictures(raw: bytes, printer: QPrinter, report: Report) -> None:
    """Each page as a grey picture at 300 dpi over the whole sheet: our papers know no colour."""
    pdf, painter = Pdf(raw), QPainter()
    printer.setResolution(DPI)
    printer.setFullPage(True)
    try:
        for nth, (width, height) in enumerate(pdf.sizes):
            report(_("正在打印第 {n} 页，共 {all} 页").format(n=nth + 1, all=pdf.pages), nth, pdf.pages)
            lies = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
            size = QPageSize(QSizeF(*sorted((width, height))), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
            printer.setPageLayout(QPageLayout(size, lies, QMarginsF(0, 0, 0, 0)))
            began = printer.newPage() if nth else painter.begin(printer)
            if not began:
                raise Trouble(_("打印机没有回应"), record=printer.printerName(), todo=_("看打印机是否开着，再打印一次"))
            sheet = printer.pageLayout().fullRectPixels(DPI)
            painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), pdf.image(nth, sheet.width(), grey=True))
        painter.end()
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
        pdf.close()


def _asked(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, timeout=ANSWER, check=False, text=True).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
