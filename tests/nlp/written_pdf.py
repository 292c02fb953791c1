"""PDFs as small as they come, written by hand: one font that every viewer has, one line of text after another."""

from __future__ import annotations

from collections.abc import Sequence

Placed = tuple[float, float, str]
"""How far a line begins from the left and from the bottom, in points, and its text."""

SIZE = 12


def write_pdf(pages: Sequence[Sequence[Placed]], *, title: str = "", trailer: str = "") -> bytes:
    """Return a PDF with these lines on its pages, in the order given."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    title = ("\ufeff" + title).encode("utf-16-be").hex() if title else ""
    objects = [
        "<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Count {len(pages)} /Kids [{kids}]>>",
        (
            "<</Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts"
            " [<</Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
            " /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 4>>>>]>>"
        ),
    ]
    for number, lines in enumerate(pages):
        content = "".join(_show(*line) for line in lines)
        objects += [
            (
                "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
                f" /Resources <</Font <</F1 3 0 R>>>> /Contents {5 + 2 * number} 0 R>>"
            ),
            f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        ]
    objects.append(f"<</Title <{title}>>>" if title else "<<>>")
    out = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer <</Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("ascii")


def _show(left: float, bottom: float, text: str) -> str:
    return f"BT /F1 {SIZE} Tf 1 0 0 1 {left} {bottom} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
