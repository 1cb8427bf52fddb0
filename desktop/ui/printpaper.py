"""The middle of the print page: the paper, with what must be said about it, or the words why there is none."""

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.reports.pen import Gap
from desktop.ui.icons import IconMark
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.text import Label
from desktop.ui.pdfpages import Pdf
from desktop.ui.preview import Preview
from desktop.ui.printorder import MASKING, Made


class PaperPane(QStackedWidget):
    """A paper, or one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview, self._words = Preview(), Label("", ink="text2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty = QFrame()
        column = QVBoxLayout(empty)
        column.addStretch(1)
        column.addWidget(IconMark("printer", "brand_text", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._words)
        column.addStretch(1)
        self.addWidget(self.preview)
        self.addWidget(empty)
        self.setFocusProxy(self.preview)

    @property
    def why_none(self) -> str:
        """What stands there instead of a paper."""
        return self._words.text()

    def show_paper(self, made: Made, *, is_order: bool, narrow: bool) -> None:
        """This paper; one that another page made has no masks to tell of."""
        if self.currentIndex():
            self.setCurrentIndex(0)
        self.preview.show_pdf(Pdf(made.paper.pdf))
        self.show_marks(made, is_order=is_order, narrow=narrow)

    def show_nothing(self, words: str) -> None:
        """No paper, and why."""
        self.preview.show_pdf(None)
        self._words.setText(words)
        self.setCurrentIndex(1)

    def show_marks(self, made: Made, *, is_order: bool, narrow: bool) -> None:
        """Whether every character is printed, whether numbers are masked."""
        marks: list[QWidget] = []
        if gaps := gaps_of(made):
            marks.append(Badge(_("缺 {n} 个字").format(n=len(gaps)), "warn", "alert-triangle"))
        elif not narrow:
            marks.append(Badge(_("字都印得出"), "ok", "circle-check"))
        if is_order and made.order.key in MASKING:
            masked = made.order.wish.masked
            marks.append(Badge(_("已遮蔽"), "wait", "eye-off") if masked else Badge(_("全号，已留痕"), "warn", "eye"))
        self.preview.show_marks(marks)

    def sheet_words(self) -> str:
        """The sheet on which the paper is printed: A4 横向."""
        pdf = self.preview.view.pdf
        if pdf is None or not pdf.pages:
            return ""
        width, height = pdf.sizes[0]
        size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        return f"{size.key()} {_('横向') if width > height else _('纵向')}"


def gaps_of(made: Made) -> dict[str, Gap]:
    """The characters that no font has, each once."""
    return {gap.char: gap for gap in made.paper.missing}
