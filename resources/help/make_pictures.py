"""Draws the pictures of papers for the help pages again, by hand and only when a paper has changed its looks.

    PYTHONPATH=. QT_QPA_PLATFORM=offscreen .venv/bin/python resources/help/make_pictures.py

Each is the first page of the paper that the tests print from one invented office, small and in sixteen greys: enough to know it by.
"""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, qRgb

from desktop.reports import PAPERS
from desktop.ui.pdfpages import Pdf
from tests.reports.paper_samples import SAMPLES

HERE = Path(__file__).resolve().parent
WIDTH = 380
GREYS = [qRgb(17 * nth, 17 * nth, 17 * nth) for nth in range(16)]


def wanted() -> set[str]:
    """The papers that some help page shows."""
    return {paper for page in HERE.glob("*.md") for paper in re.findall(r"\(paper-([\w-]+)\.png\)", page.read_text(encoding="utf-8"))}


def draw(raw: bytes) -> QImage:
    """The upper two thirds of an upright page, the whole of one that lies."""
    pdf = Pdf(raw)
    width, height = pdf.sizes[0]
    picture = pdf.smooth(0, WIDTH if height > width else WIDTH * 4 // 3)
    kept = picture.copy(0, 0, picture.width(), min(picture.height(), picture.width() * 9 // 8))
    grey = kept.convertToFormat(QImage.Format.Format_Grayscale8)
    return grey.convertToFormat(QImage.Format.Format_Indexed8, GREYS, Qt.ImageConversionFlag.ThresholdDither)


if __name__ == "__main__":
    for paper in PAPERS:
        if paper.key in wanted():
            draw(paper.render(SAMPLES[paper.key]).pdf).save(str(HERE / f"paper-{paper.key}.png"))
