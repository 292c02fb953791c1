"""The paragraphs of a PDF, put together from its lines."""

import time
from math import inf, isfinite, nan

import pytest
from pypdfium2 import PdfTextPage

from tests.nlp.written_pdf import SIZE, Placed, write_pdf
from unionkg.errors import EmptyFile, OversizedFile, UnreadableFile
from unionkg.nlp import pdf_lines
from unionkg.nlp.read_pdf import read_pdf
from unionkg.nlp.record import Broken, Record

LEFT, PITCH, TOP = 90.0, 20.0, 760.0
CHARACTERS = 35  # on a line of the column, which then ends as far from the edge as it begins

FIRST = (
    "清溪市总工会昨天在河东街道慰问环卫工人，市总工会副主席白杨林送去毛巾和茶叶，并同大家一起清扫街道，问起各家的难处。"
)
SECOND = (
    "他说，各级工会要把服务做细，让大家在夏天有水喝、有地方歇脚。街道工会今年添了两台冰箱，工人们说这比什么都实在。"
)


def typeset(paragraph: str, top: float, left: float = LEFT, characters: int = CHARACTERS) -> list[Placed]:
    """The lines of a paragraph whose first line is indented by two characters."""
    lines: list[Placed] = []
    start = 0
    while start < len(paragraph):
        indent = 0 if start else 2
        piece = paragraph[start : start + characters - indent]
        lines.append((left + indent * SIZE, top - PITCH * len(lines), piece))
        start += len(piece)
    return lines


def text_of(data: bytes) -> str:
    [record] = read_pdf(data, "a.pdf")
    assert isinstance(record, Record)
    assert record.is_body
    return record.text


def test_lines_are_joined_and_paragraphs_kept() -> None:
    assert text_of(write_pdf([[*typeset(FIRST, TOP), *typeset(SECOND, TOP - 2 * PITCH)]])) == f"{FIRST}\n{SECOND}"


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    lines = typeset(FIRST + SECOND, TOP, characters=17)
    columns = [*lines[:2], *((left + 220, bottom + 2 * PITCH, text) for left, bottom, text in lines[2:4])]
    rest = [(left, bottom + 4 * PITCH, text) for left, bottom, text in lines[4:]]
    assert text_of(write_pdf([columns, rest])) == FIRST + SECOND


def test_columns_written_row_by_row_are_read_one_after_the_other() -> None:
    left, right = typeset(FIRST * 2, TOP, characters=17), typeset(SECOND * 2, TOP, LEFT + 18.5 * SIZE, 17)
    rows = [line for row in zip(left, right, strict=False) for line in row]
    data = write_pdf([[(220.0, TOP + 40, "关于慰问职工的通知"), *rows, *left[len(right) :]]])
    assert text_of(data) == f"关于慰问职工的通知\n{FIRST * 2}\n{SECOND * 2}"


def test_boxes_written_from_the_bottom_up_are_read_from_the_top() -> None:
    boxes = [typeset(text, TOP - number * 6 * PITCH) for number, text in enumerate((FIRST, SECOND, FIRST))]
    assert text_of(write_pdf([[line for box in boxes[::-1] for line in box]])) == f"{FIRST}\n{SECOND}\n{FIRST}"


def test_words_of_other_scripts_keep_their_spaces_and_lose_their_hyphens() -> None:
    lines = [
        (LEFT, TOP, "The delegates of the trade unions spoke about the inter-"),
        (LEFT, TOP - PITCH, "national programmes that were agreed upon during the last"),
        (LEFT, TOP - 2 * PITCH, "meeting of the council."),
    ]
    assert text_of(
        write_pdf([[(left, bottom, text.ljust(70)[:70].rstrip()) for left, bottom, text in lines]])
    ).startswith("The delegates of the trade unions spoke about the international programmes")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            (250.0, 805.0, "清溪市工会年鉴" if number % 2 else "第二章 组织建设"),
            *typeset(FIRST if number < 3 else SECOND, TOP),
            (290.0, 30.0, f"— {number} —" if number % 2 else f"第 {number} 页 共 4 页"),
        ]
        for number in range(1, 5)
    ]
    assert text_of(write_pdf(pages)) == f"{FIRST}\n{FIRST}\n{SECOND}\n{SECOND}"


def test_headings_lists_and_signatures_stay_lines() -> None:
    lines = [(220.0, TOP, "关于慰问职工的通知"), *typeset(FIRST, TOP - 40)]
    lines += [(350.0, TOP - 110, "清溪市总工会"), (350.0, TOP - 130, "2023年5月6日")]
    assert text_of(write_pdf([lines])) == f"关于慰问职工的通知\n{FIRST}\n清溪市总工会\n2023年5月6日"


def test_cells_far_apart_are_parted_by_a_tab() -> None:
    assert text_of(write_pdf([[(90.0, TOP, "河东街道"), (300.0, TOP, "四十人"), (90.0, TOP - 20, "完")]])) == (
        "河东街道\t四十人\n完"
    )


def test_signs_of_radicals_are_the_characters_they_show() -> None:
    assert text_of(write_pdf([[(LEFT, TOP, "⼯会⻓⻋")]])) == "工会长车"


def test_characters_placed_nowhere_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    right = PdfTextPage.get_charbox

    def nowhere(page: PdfTextPage, index: int) -> pdf_lines.Box:
        box: pdf_lines.Box = right(page, index)
        return (nan, nan, inf, -inf) if index == 1 else box

    monkeypatch.setattr(PdfTextPage, "get_charbox", nowhere)
    [sheet] = pdf_lines.printed_here(write_pdf([[(LEFT, TOP, "目录页")]])).sheets
    [line] = sheet.lines
    assert line.text == "目录页"
    assert all(map(isfinite, (line.left, line.right, line.bottom, line.top)))


def test_a_title_that_the_pages_show_is_a_hint() -> None:
    [record] = read_pdf(write_pdf([[(LEFT, TOP, "慰问职工")]], title="慰问职工"), "a.pdf")
    assert isinstance(record, Record)
    assert record.hints == {"title": "慰问职工"}
    [record] = read_pdf(write_pdf([[(LEFT, TOP, "慰问职工")]], title="无标题文档"), "a.pdf")
    assert isinstance(record, Record)
    assert record.hints == {}


def test_a_scan_says_that_it_has_pages_but_no_text() -> None:
    with pytest.raises(EmptyFile, match=r"a\.pdf: 2 pages but no text in them: a scan"):
        read_pdf(write_pdf([[], []]), "a.pdf")


def test_a_text_with_mostly_scanned_pages_says_so() -> None:
    record, broken = read_pdf(write_pdf([[(LEFT, TOP, "目录")], [], []]), "a.pdf")
    assert isinstance(record, Record)
    assert broken == Broken("2 of 3 pages, the first 2", "no text: scans, or pictures")


def test_a_page_that_cannot_be_opened_is_named() -> None:
    data = write_pdf([[(LEFT, TOP, "目录")], [(LEFT, TOP, "正文")]]).replace(b"[4 0 R 6 0 R]", b"[4 0 R 9 0 R]")
    record, broken = read_pdf(data, "a.pdf")
    assert isinstance(record, Record)
    assert (record.text, broken) == ("目录", Broken("page 2", "it cannot be opened"))


def test_a_password_is_named() -> None:
    encrypt = (
        "/ID [<00><00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -1 /O <" + "00" * 32 + "> /U <" + "00" * 32 + ">>>"
    )
    with pytest.raises(UnreadableFile, match=r"a\.pdf: protected by a password"):
        read_pdf(write_pdf([[(LEFT, TOP, "慰问")]], trailer=encrypt), "a.pdf")


def test_bytes_that_are_no_pdf_say_so() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.pdf: not a PDF that can be opened"):
        read_pdf(b"%PDF-1.4 nothing", "a.pdf")


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(OversizedFile, match="5,001 pages, more than the limit of 5,000"):
        read_pdf(write_pdf([[]] * 5001), "a.pdf")


def test_a_page_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_lines, "SECONDS_LIMIT", 2)
    start = time.monotonic()
    with pytest.raises(OversizedFile, match=r"a\.pdf: to read it takes longer than the limit of 2 s"):
        read_pdf(pictures_of_pictures(20), "a.pdf")
    assert time.monotonic() - start < 10


def test_a_crash_of_the_library_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(UnreadableFile, match="ended with exit code 1"):
        read_pdf(write_pdf([[(LEFT, TOP, "慰问")]]), "a.pdf")


def pictures_of_pictures(depth: int) -> bytes:
    """A page that shows a picture made of ten pictures, each made of ten, and so on: 10 ** depth in all."""
    content = " ".join(["/X Do"] * 10)
    objects = [
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Count 1 /Kids [3 0 R]>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <</XObject <</X 4 0 R>>>> /Contents 4 0 R>>",
    ]
    objects += [
        f"<</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X {number} 0 R>>>>"
        f" /Length {len(content)}>>\nstream\n{content}\nendstream"
        for number in range(5, 5 + depth)
    ]
    objects.append("<</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 13>>\nstream\n0 0 m 1 1 l S\nendstream")
    listed = "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in enumerate(objects, 1))
    return f"%PDF-1.4\n{listed}trailer <</Root 1 0 R>>\n%%EOF\n".encode()
