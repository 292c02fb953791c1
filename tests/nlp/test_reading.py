"""Files become documents, or a reason why not."""

import hashlib
import zipfile
from pathlib import Path

import docx
import pytest

from unionkg.errors import (
    DocumentError,
    EmptyFile,
    MissingFile,
    OversizedFile,
    UndecodableFile,
    UnknownFormat,
    UnreadableFile,
)
from unionkg.nlp.reading import find_sources, read_documents

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>清溪市总工会慰问环卫工人</title>
<meta property="article:published_time" content="2023-05-06T08:00:00+08:00"><script>steal()</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/news">新闻</a></div><h1>清溪市总工会慰问环卫工人</h1>
<div class="article"><p>清溪市总工会昨天慰问环卫工人，市总工会<b>副主席</b><span>白</span><span>杨林</span>送去毛巾和茶叶。</p>
<p>他说，&ldquo;各级工会&rdquo;要把服务做细。<!-- 内部备注 --></p>
<table><tr><td>街道</td><td>人数</td></tr><tr><td>河东</td><td>四十</td></tr></table></div>
<div class="footer">版权所有 清溪新闻网</div></body></html>"""


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_folders_are_expanded_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/.git/x.txt", "a.txt", ".hidden", "b/1.xyz", "b/~$1.docx"):
        write(tmp_path, name, b"x")
    found = find_sources([tmp_path, tmp_path / "a.txt", tmp_path / "none.txt"])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a.txt", "b/1.xyz", "b/2.txt"]
    [(path, error)] = found.failures
    assert path == tmp_path / "none.txt"
    assert isinstance(error, MissingFile)


def test_the_order_of_the_paths_does_not_matter(tmp_path: Path) -> None:
    first, second = write(tmp_path, "1.txt", b"x"), write(tmp_path, "2.txt", b"y")
    assert find_sources([second, first]) == find_sources([first, second])


def test_a_text_keeps_its_newlines_and_its_identity(tmp_path: Path) -> None:
    data = "\ufeff清溪市总工会\r\n开会\n".encode()
    [document] = read_documents(write(tmp_path, "a.TXT", data))
    assert document.text == "清溪市总工会\r\n开会\n"
    assert document.id == hashlib.sha256(data).hexdigest()
    assert (document.encoding, document.format, document.body) == ("utf-8", "txt", False)
    assert document.path == (tmp_path / "a.TXT").as_posix()


def test_a_page_gives_its_article(tmp_path: Path) -> None:
    [document] = read_documents(write(tmp_path, "a.htm", PAGE.encode()))
    assert "市总工会副主席白杨林送去毛巾和茶叶。\n他说，“各级工会”要把服务做细。" in document.text
    assert "河东\t四十" in document.text
    assert not any(word in document.text for word in ("首页", "版权", "steal", "备注"))
    assert document.hints == {"title": "清溪市总工会慰问环卫工人", "date": "2023-05-06"}
    assert (document.format, document.body) == ("html", True)


def test_a_page_in_gb18030_is_decoded(tmp_path: Path) -> None:
    data = PAGE.replace("utf-8", "gb2312").encode("gb18030")
    [document] = read_documents(write(tmp_path, "a.html", data))
    assert document.encoding == "gb18030"
    assert "白杨林" in document.text


def test_a_word_document_gives_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    source = docx.Document()
    source.core_properties.title = "任免通知"
    source.add_paragraph("清溪市").add_run("总工会").bold = True
    table = source.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "职务"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "（空缺）"
    source.add_paragraph("特此通知")
    source.sections[0].header.paragraphs[0].text = "内部资料"
    source.save(str(tmp_path / "a.docx"))
    [document] = read_documents(tmp_path / "a.docx")
    assert document.text == "清溪市总工会\n姓名\t职务\n（空缺）\n特此通知"
    assert (document.body, document.hints) == (True, {"title": "任免通知"})


def test_a_zip_bomb_named_docx_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 210_000_000)
    with pytest.raises(OversizedFile, match="unpacks to 210,000,000 bytes"):
        read_documents(path)


@pytest.mark.parametrize(
    ("name", "data", "error", "message"),
    [
        ("a.txt", b"", EmptyFile, "0 bytes"),
        ("a.txt", b" \r\n\t", EmptyFile, "no text"),
        ("a.txt", b"GIF89a" + bytes(64), UndecodableFile, "control characters"),
        ("a.docx", b"PK\3\4 broken", UndecodableFile, "not a DOCX"),
        ("a.xyz", b"x", UnknownFormat, r"\.xyz.*\.docx, .*\.txt"),
        ("noname", b"x", UnknownFormat, "without suffix"),
        ("a.txt", b"x" * 101, OversizedFile, "101 bytes, more than the limit of 100"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, name: str, data: bytes, error: type[DocumentError], message: str
) -> None:
    with pytest.raises(error, match=message) as raised:
        read_documents(write(tmp_path, name, data), limit_bytes=100)
    assert name in str(raised.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read_documents(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_documents(tmp_path)
