"""What a word processor's document prints, without its headers and footers."""

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml.parser import parse_xml

from tests.nlp.packed_zip import packed
from unionkg.errors import OversizedFile, UnreadableFile
from unionkg.nlp.read_docx import UNPACKED_LIMIT_BYTES, XML_LIMIT_BYTES, read_docx
from unionkg.nlp.record import Record

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def read(data: bytes) -> Record:
    [record] = read_docx(data, "a.docx")
    return record


def saved(source: Document) -> bytes:
    file = io.BytesIO()
    source.save(file)
    return file.getvalue()


def with_body(xml: str) -> bytes:
    """A document whose body is this WordprocessingML."""
    source = docx.Document()
    body = source.element.find(f"{{{W}}}body")
    assert body is not None
    for element in reversed(parse_xml(f'<w:body xmlns:w="{W}">{xml}</w:body>')):
        body.insert(0, element)
    return saved(source)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_paragraphs_and_tables_come_in_order() -> None:
    source = docx.Document()
    source.add_paragraph("清溪市").add_run("总工会").bold = True
    table = source.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "职务"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "（空缺）"
    source.add_paragraph("特此通知")
    source.sections[0].header.paragraphs[0].text = "内部资料"
    source.sections[0].footer.paragraphs[0].text = "第1页"
    record = read(saved(source))
    assert record.text == "清溪市总工会\n姓名\t职务\n（空缺）\n特此通知"
    assert record.is_body


def test_a_title_that_the_document_does_not_print_is_its_template_s() -> None:
    source = docx.Document()
    source.add_paragraph("关于职务任免的通知")
    source.core_properties.title = "关于职务任免的通知"
    assert read(saved(source)).hints == {"title": "关于职务任免的通知"}
    source.core_properties.title = "会议纪要（模板）"
    assert read(saved(source)).hints == {}


def test_a_name_split_into_runs_controls_and_insertions_is_whole() -> None:
    inserted = f"<w:ins>{run('总')}</w:ins><w:del><w:r><w:delText>总公司</w:delText></w:r></w:del>"
    control = f"<w:sdt><w:sdtContent>{run('工会')}</w:sdtContent></w:sdt>"
    xml = f"<w:p>{run('清溪市')}{inserted}{control}{run('（秘）', '<w:vanish/>')}</w:p>"
    block = f"<w:sdt><w:sdtContent><w:p>{run('特此通知')}</w:p></w:sdtContent></w:sdt>"
    assert read(with_body(xml + block)).text == "清溪市总工会\n特此通知"


def test_pinyin_over_characters_is_left_out() -> None:
    ruby = f"<w:ruby><w:rt>{run('lǐng')}</w:rt><w:rubyBase>{run('领')}</w:rubyBase></w:ruby>"
    assert read(with_body(f"<w:p><w:r>{ruby}</w:r>{run('导')}</w:p>")).text == "领导"


def test_a_text_box_stands_behind_its_paragraph_once() -> None:
    box = f"<w:txbxContent><w:p>{run('主编：钱多')}</w:p></w:txbxContent>"
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    assert read(with_body(f"<w:p>{run('简报')}<w:r>{choice}</w:r></w:p>")).text == "简报\n主编：钱多"


def test_a_table_in_a_cell_belongs_to_its_row() -> None:
    source = docx.Document()
    table = source.add_table(1, 2)
    table.cell(0, 0).text = "街道"
    table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "河东"
    assert read(saved(source)).text == "街道\t河东"


def with_numbering(data: bytes) -> bytes:
    """The document with one list, 一、."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    members["word/numbering.xml"] = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'.encode()
    return packed(members)


def test_the_numbers_of_lists_stand_before_their_paragraphs() -> None:
    listed = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    numbered = f"<w:p>{listed}{run('　总体要求')}</w:p>"
    plain = f"<w:p>{run('全市各级工会：')}</w:p>"
    table = f"<w:tbl><w:tr><w:tc><w:p>{listed}</w:p></w:tc><w:tc><w:p>{run('白杨林')}</w:p></w:tc></w:tr></w:tbl>"
    data = with_numbering(with_body(plain + numbered + table + numbered))
    assert read(data).text == "全市各级工会：\n一、总体要求\n二、\t白杨林\n三、总体要求"


def test_footnotes_follow_at_the_end() -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    source = docx.Document()
    source.add_paragraph("正文")
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator"><w:p>{run("—")}</w:p></w:footnote>'
    notes += f"<w:footnote><w:p>{run('数字截至五月底。')}</w:p></w:footnote></w:footnotes>"
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), media, notes.encode(), source.part.package)
    source.part.relate_to(part, NOTES)
    assert read(saved(source)).text == "正文\n数字截至五月底。"


def test_an_archive_of_something_else_says_so() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.docx: not a DOCX but an archive of something else, of 照片/1\.jpg"):
        read_docx(packed({"照片/1.jpg": b"x"}), "a.docx")
    with pytest.raises(UnreadableFile, match="not a DOCX"):
        read_docx(packed({"[Content_Types].xml": b"<Types/>"}), "a.docx")


def test_an_older_or_protected_file_says_so() -> None:
    with pytest.raises(UnreadableFile, match="protected by a password"):
        read_docx(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "a.docx")


def test_a_bomb_is_refused_unopened() -> None:
    bomb = packed({"word/document.xml": b"<a/>", "word/media/1.png": bytes(UNPACKED_LIMIT_BYTES)})
    with pytest.raises(OversizedFile, match=r"a\.docx: unpacks to 200,000,004 bytes"):
        read_docx(bomb, "a.docx")
    with pytest.raises(OversizedFile, match=r"word/document\.xml unpacks to 40,000,001 bytes"):
        read_docx(packed({"word/document.xml": b" " * (XML_LIMIT_BYTES + 1)}), "a.docx")


def test_entities_are_not_multiplied() -> None:
    laughs = "".join(f'<!ENTITY l{level + 1} "{f"&l{level};" * 10}">' for level in range(9))
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = (
        f'<!DOCTYPE a [{laughs}<!ENTITY l0 "哈">]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    ).encode()
    with pytest.raises(UnreadableFile, match="not a DOCX that can be opened"):
        read_docx(packed(members), "a.docx")
