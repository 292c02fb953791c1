"""A document as GB/T 7714—2015, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from unionkg.graph.attributes import DocumentAttributes
from unionkg.graph.citations import bibtex, citation_key, csl, gbt7714, ris

DIGEST = "0123456789abcdef" * 4
KEY = "doc-0123456789abcdef"


def document(**told: Any) -> DocumentAttributes:
    """Return a document that tells this of itself."""
    return {"id": DIGEST, "name": "a.txt", "cluster": DIGEST, "authors": [], "editors": [], **told}  # type: ignore[typeddict-item]


NEWS = document(
    title="临溪县总工会为环卫工人送清凉",
    source="临溪日报",
    date="2024-07-03",
    authors=["杜若", "闻笛"],
    correspondents=["闻笛"],
    editors=["桑榆"],
    url="https://u.example/a_b.html?c=1&d=%20#e",
)
PAGE = document(title="职工夜校开班", source="岭东工会网", date="2023-11", url="https://union.example/工会")
OFFICIAL = document(title="关于开展职工技能比武的通知", number="岭工发〔2024〕9号", date="2024-02-29")
REPORT = document(title="在岭东省工会第九次代表大会上关于五年工作的报告", source="岭东省总工会", date="2022")
BARE = document(name="notes 7.txt")


@pytest.mark.parametrize(
    ("cited", "entry"),
    [
        (
            NEWS,
            "杜若, 闻笛. 临溪县总工会为环卫工人送清凉[N/OL]. 临溪日报, 2024-07-03. https://u.example/a_b.html?c=1&d=%20#e.",
        ),
        (PAGE, "职工夜校开班[EB/OL]. 岭东工会网, 2023(2023-11). https://union.example/%E5%B7%A5%E4%BC%9A."),
        (OFFICIAL, "关于开展职工技能比武的通知: 岭工发〔2024〕9号[A]. (2024-02-29)."),
        (REPORT, "在岭东省工会第九次代表大会上关于五年工作的报告[R]. 岭东省总工会, 2022."),
        (BARE, "notes 7.txt[Z]."),
        (document(title="工会简讯", source="临溪晚报"), "工会简讯[N]. 临溪晚报."),
        (document(title="工会简讯", source="《临溪晚报》"), "工会简讯[N]. 临溪晚报."),
        (document(title="工会简讯", source="岭东学报"), "工会简讯[Z]. 岭东学报."),
        (document(title="工会简讯", date="2021"), "工会简讯[Z]. 2021."),
        (document(title="工会简讯", url="http://u.example"), "工会简讯[EB/OL]. http://u.example."),
        (document(title="县总听取工会工作报告"), "县总听取工会工作报告[Z]."),
        (document(title="主席作工作报告"), "主席作工作报告[Z]."),
        (document(title="2023年度工会工作报告"), "2023年度工会工作报告[R]."),
        (document(title="\n ", name=" "), f"{KEY}[Z]."),
        (document(title="题", source="https://u.example/"), "题[EB/OL]. https://u.example/."),
        (
            document(title="题", source="https://u.example/", date="2024-07"),
            "题[EB/OL]. (2024-07). https://u.example/.",
        ),
        (
            document(title="题", source="https://u.example/", url="https://v.example/7"),
            "题[EB/OL]. https://v.example/7.",
        ),
        (
            document(title="题", url="https://u.example/%zz?a=100%&b=%e5"),
            "题[EB/OL]. https://u.example/%25zz?a=100%25&b=%e5.",
        ),
        (document(title="送清凉。", source="临溪县总工会。"), "送清凉[Z]. 临溪县总工会."),
        (document(title="。", name="a.txt"), "a.txt[Z]."),
        (document(title="题", source="《临溪日报》海外版"), "题[N]. 临溪日报海外版."),
        (document(title="题", source="《临溪日报"), "题[N]. 临溪日报."),
        (document(title="题", source="《临溪日报》《岭东晚报》"), "题[N]. 《临溪日报》《岭东晚报》."),
    ],
)
def test_what_is_told_of_a_document_makes_its_entry_of_gbt_7714(cited: DocumentAttributes, entry: str) -> None:
    assert gbt7714(cited) == entry


@pytest.mark.parametrize(
    "source",
    [
        "临溪日报",
        "工人报",
        "岭东周报",
        "中国科学报",
        "文学报",
        "大公报",
        "文汇报",
        "临溪青年报",
        "少年报",
        "老年报",
        "现代快报",
        "都市快报",
    ],
)
def test_a_newspaper_ends_in_bao(source: str) -> None:
    assert gbt7714(document(title="题", source=source)) == f"题[N]. {source}."


@pytest.mark.parametrize("kind", [*"学公简通快专要情汇预速播月年季旬海画战喜捷墙壁财研", "半年", "黑板", "手抄"])
def test_not_all_that_ends_in_bao_is_a_newspaper(kind: str) -> None:
    assert gbt7714(document(title="题", source=f"工会{kind}报")) == f"题[Z]. 工会{kind}报."


@pytest.mark.parametrize(
    ("authors", "listed"),
    [(["甲"], "甲"), (["甲", "乙", "丙"], "甲, 乙, 丙"), (["甲", "乙", "丙", "丁"], "甲, 乙, 丙, 等")],
)
def test_of_more_than_three_authors_gbt_7714_lists_three(authors: list[str], listed: str) -> None:
    assert gbt7714(document(title="题", authors=authors)) == f"{listed}. 题[Z]."


def test_an_article_of_a_newspaper_in_bibtex() -> None:
    assert bibtex(NEWS) == (
        "@article{doc-0123456789abcdef,\n"
        "  author = {{杜若} and {闻笛}},\n"
        "  title = {{临溪县总工会为环卫工人送清凉}},\n"
        "  journal = {临溪日报},\n"
        "  date = {2024-07-03},\n"
        "  year = {2024},\n"
        "  url = {https://u.example/a_b.html?c=1&d=%20#e},\n"
        "  langid = {chinese},\n"
        "  month = jul,\n"
        "}\n"
    )


def test_an_official_document_in_bibtex_has_its_number_in_a_note() -> None:
    assert bibtex(OFFICIAL) == (
        "@misc{doc-0123456789abcdef,\n"
        "  title = {{关于开展职工技能比武的通知}},\n"
        "  note = {岭工发〔2024〕9号},\n"
        "  date = {2024-02-29},\n"
        "  year = {2024},\n"
        "  langid = {chinese},\n"
        "  month = feb,\n"
        "}\n"
    )


def test_a_report_and_a_page_in_bibtex() -> None:
    assert bibtex(REPORT) == (
        "@techreport{doc-0123456789abcdef,\n"
        "  title = {{在岭东省工会第九次代表大会上关于五年工作的报告}},\n"
        "  institution = {岭东省总工会},\n"
        "  date = {2022},\n"
        "  year = {2022},\n"
        "  langid = {chinese},\n"
        "}\n"
    )
    assert "  howpublished = {岭东工会网},\n  date = {2023-11},\n  year = {2023},\n" in bibtex(PAGE)


def test_signs_of_latex_are_escaped_and_braces_stay_balanced() -> None:
    assert r"title = {{A\&B 100\% \#1 a\_b \$5 \textasciitilde{} \textasciicircum{}}}," in bibtex(
        document(title="A&B 100% #1 a_b $5 ~ ^")
    )
    assert r"title = {{\textbraceright{} @book\textbraceleft{}x, \textbackslash{}input}}," in bibtex(
        document(title="} @book{x,\n\\input")
    )


def test_an_article_of_a_newspaper_in_ris() -> None:
    assert ris(NEWS) == (
        "TY  - NEWS\r\n"
        "ID  - doc-0123456789abcdef\r\n"
        "AU  - 杜若\r\n"
        "AU  - 闻笛\r\n"
        "TI  - 临溪县总工会为环卫工人送清凉\r\n"
        "T2  - 临溪日报\r\n"
        "PY  - 2024\r\n"
        "DA  - 2024/07/03\r\n"
        "LA  - zh\r\n"
        "UR  - https://u.example/a_b.html?c=1&d=%20#e\r\n"
        "ER  - \r\n"
    )


def test_other_kinds_in_ris() -> None:
    assert ris(OFFICIAL).startswith("TY  - GEN\r\n")
    assert "M1  - 岭工发〔2024〕9号\r\nPY  - 2024\r\nDA  - 2024/02/29\r\n" in ris(OFFICIAL)
    assert ris(PAGE).startswith("TY  - ELEC\r\n")
    assert "T2  - 岭东工会网\r\nPY  - 2023\r\nDA  - 2023/11\r\n" in ris(PAGE)
    assert ris(REPORT).startswith("TY  - RPRT\r\n")
    assert "PB  - 岭东省总工会\r\nPY  - 2022\r\nLA  - zh\r\n" in ris(REPORT)


def test_a_comma_parts_no_name_in_ris() -> None:
    assert "AU  - 甲，乙\r\n" in ris(document(authors=["甲,乙"]))


def test_items_of_csl_json() -> None:
    assert csl(NEWS) == {
        "id": KEY,
        "type": "article-newspaper",
        "title": "临溪县总工会为环卫工人送清凉",
        "author": [{"literal": "杜若"}, {"literal": "闻笛"}],
        "container-title": "临溪日报",
        "issued": {"date-parts": [[2024, 7, 3]]},
        "URL": "https://u.example/a_b.html?c=1&d=%20#e",
        "language": "zh",
    }
    assert csl(OFFICIAL) == {
        "id": KEY,
        "type": "document",
        "title": "关于开展职工技能比武的通知",
        "number": "岭工发〔2024〕9号",
        "issued": {"date-parts": [[2024, 2, 29]]},
        "language": "zh",
    }
    assert csl(PAGE)["type"] == "webpage"
    assert csl(PAGE)["issued"] == {"date-parts": [[2023, 11]]}
    assert (csl(REPORT)["type"], csl(REPORT)["publisher"]) == ("report", "岭东省总工会")
    assert csl(BARE) == {"id": KEY, "type": "document", "title": "notes 7.txt", "language": "zh"}


@pytest.mark.parametrize("date", ["2024-13", "2024-02-32", "２０２４", "去年", "24"])
def test_what_is_no_iso_date_is_not_cited(date: str) -> None:
    assert "issued" not in csl(document(date=date))
    assert gbt7714(document(title="题", date=date)) == "题[Z]."


def test_a_record_of_a_file_has_a_key_of_its_own() -> None:
    assert citation_key(document(id=f"{DIGEST}#12")) == f"{KEY}-12"


TEXTS = st.text(max_size=30) | st.text(st.sampled_from('\\{}%#&_$~^"@,=\r\n\t -\x1b\u2028\ud800ERTY题 '), max_size=30)
ANY = st.builds(
    document,
    title=TEXTS,
    source=TEXTS | st.just("临溪日报"),
    number=TEXTS | st.just(""),
    url=TEXTS | st.just("https://u.example/?a=%41&b#c"),
    date=TEXTS | st.dates().map(str),
    authors=st.lists(TEXTS, max_size=4),
    name=TEXTS,
)


MACROS = {r"\textbackslash": "\\", r"\textbraceleft": "{", r"\textbraceright": "}", r"\textasciitilde": "~"}
MACROS |= {r"\textasciicircum": "^"}


def typeset(latex: str) -> str:
    """Return what LaTeX prints for a text of ours."""
    return re.sub(r"(\\[a-z]+)\{\}|\\(.)", lambda found: MACROS[found[1]] if found[1] else found[2], latex)


@given(ANY)
def test_any_text_is_read_back_from_bibtex(cited: DocumentAttributes) -> None:
    library = parse_string(bibtex(cited))
    assert not library.failed_blocks
    (entry,) = library.entries
    read = {name: str(field.value) for name, field in entry.fields_dict.items()}
    item: Any = csl(cited)
    assert entry.key == item["id"]
    assert typeset(read["title"]) == f"{{{item['title']}}}"
    assert typeset(read.get("author", "")) == " and ".join(f"{{{each['literal']}}}" for each in item.get("author", []))
    assert typeset(read.get("note", "")) == item.get("number", "")
    assert read.get("url", "") == item.get("URL", "")


@given(ANY)
def test_any_text_is_read_back_from_ris(cited: DocumentAttributes) -> None:
    (read,) = rispy.loads(ris(cited))
    item: Any = csl(cited)
    assert (read["id"], read["title"]) == (item["id"], item["title"])
    assert read.get("urls", [""]) == [item.get("URL", "")]
    names = [author["literal"].replace(",", "，").replace("*", "＊") for author in item.get("author", [])]
    assert read.get("authors", []) == names


@given(ANY)
def test_any_text_is_one_line_of_utf_8_everywhere(cited: DocumentAttributes) -> None:
    entry = gbt7714(cited)
    assert entry.encode().decode().splitlines() == [entry]
    assert json.loads(json.dumps(csl(cited))) == csl(cited)
    json.dumps(csl(cited), ensure_ascii=False).encode()
    assert all(line[2:6] == "  - " for line in ris(cited).split("\r\n") if line)
