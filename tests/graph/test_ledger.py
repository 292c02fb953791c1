"""A ledger is read as people write it down, and what is none is refused with its line."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.errors import InvalidLedger
from unionkg.graph.ledger import FIELDS, Judgement, Ledger, Thing, parse_ledger, read_ledger, sealed, thing, to_lines

DOC = "doc-0123456789abcdef"
SAME = Judgement(
    judgement="same", subject=f"岑望舒@{DOC}", object=f"岑望舒@{DOC}-2", who="甲", when="2024-03-05", why="同届"
)
FACT = Judgement(
    judgement="add_fact",
    subject="PERSON:岑望舒",
    object="ORG/union:云溪县总工会",
    value="holds_post",
    role="主席",
    status="elected",
    date="2024-02",
    why="县志，第三卷",
)
TAKEN_DOWN = Judgement(judgement="forget", subject=DOC, who="-乙", why="=撤")


def judgements(ledger: Ledger) -> list[Judgement]:
    return [line.judgement for line in ledger.lines]


def sheet(rows: list[Judgement], delimiter: str = ",", guard: bool = False) -> str:
    """The judgements as a spreadsheet program saves them."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(FIELDS)
    for row in rows:
        cells = [getattr(row, name) for name in FIELDS]
        writer.writerow([f"'{cell}" if guard and cell[:1] in {"=", "-"} else cell for cell in cells])
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_as_spreadsheets_save_it(encoding: str, delimiter: str) -> None:
    data = sheet([SAME, FACT, TAKEN_DOWN], delimiter, guard=True).encode(encoding)
    assert judgements(parse_ledger(data)) == [SAME, FACT, TAKEN_DOWN]


def test_json_lines_are_read_with_mark_blank_lines_and_other_line_ends() -> None:
    data = b"\xef\xbb\xbf" + to_lines([SAME, FACT]).replace(b"\n", b"\r\n\r\n")
    assert [line.number for line in parse_ledger(data).lines] == [1, 3]
    assert judgements(parse_ledger(data)) == [SAME, FACT]


def test_an_empty_file_is_an_empty_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_bytes(b"\xef\xbb\xbf \n")
    assert read_ledger(tmp_path / "ledger.jsonl") == Ledger()


def test_what_is_not_judged_and_what_opens_with_a_stroke_is_passed_over() -> None:
    text = f"judgement,_question,subject,\n,该人？,per-1,\nforget,真的？,{DOC},\n,,,\n"
    assert judgements(parse_ledger(text.encode())) == [Judgement(judgement="forget", subject=DOC)]


def test_the_line_of_a_cell_with_line_ends_is_that_where_it_ends() -> None:
    text = f'judgement,subject,why\nforget,{DOC},"一\n二"\nforget,{DOC}-2,\n'
    assert [line.number for line in parse_ledger(text.encode()).lines] == [3, 4]


def test_days_of_spreadsheets_become_iso() -> None:
    text = f"judgement,subject,when\nforget,{DOC},2024/3/5\nforget,{DOC},2024-12\nforget,{DOC},2024\n"
    assert [one.when for one in judgements(parse_ledger(text.encode()))] == ["2024-03-05", "2024-12", "2024"]


HEAD = "judgement,subject,object,value,date,status,why\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("judge,subject\n", ("line 1", "judge", "judgement, subject")),
        ("judgement,subject,colour\nforget,x,red\n", ("line 1", "colour", "role")),
        (HEAD + f"forgive,{DOC}\n", ("line 2", "'forgive'", "not_same", "forget")),
        (HEAD + "forget,\nforget,\n", ("line 2", "subject")),
        (HEAD + "same,per-1\n", ("line 2", "object")),
        (HEAD + "rename,per-1\n", ("line 2", "value")),
        (HEAD + "retype,per-1,,ORG/club\n", ("line 2", "ORG/club", "ORG/union")),
        (HEAD + "add_fact,per-1,org-1,leads,,,因\n", ("line 2", "leads", "holds_post")),
        (HEAD + "add_fact,per-1,org-1,holds_post\n", ("line 2", "why")),
        (HEAD + "add_fact,per-1,org-1,holds_post,,acting,因\n", ("line 2", "acting", "elected")),
        (HEAD + "add_fact,PERSON/x:甲,org-1,holds_post,,,因\n", ("line 2", "PERSON/x", "PERSON")),
        (HEAD + "add_fact,per-1,org-1,holds_post,2024-13,,因\n", ("line 2", "2024-13", "2024-03-05")),
        (HEAD + "add_fact,per-1,org-1,holds_post,去年,,因\n", ("line 2", "去年")),
        (HEAD + "link,org-1,,exact\n", ("line 2", "object")),
        (HEAD + "link,org-1,https://things.example/7\n", ("line 2", "value")),
        (HEAD + "link,org-1,https://things.example/7,same\n", ("line 2", "same", "exact, close")),
        (HEAD + "link,org-1,Q7,exact\n", ("line 2", "'Q7'", "http")),
        (HEAD + "link,org-1,https://things.example/<7>,exact\n", ("line 2", "no IRI")),
        (HEAD + "forget,x,,,,,,更多\n", ("line 2", "cell")),
        (HEAD + 'forget,"x\n', ("not CSV",)),
        ('{"judgement":"forget"}', ("line 1", "subject")),
        ('{"judgement":"forget","subject":"x"}\n{"judgement":', ("line 2",)),
        ('{"judgement":"forget","subject":"x","colour":"red"}', ("line 1", "colour", "accepted: judgement")),
        ('{"judgement":7,"subject":"x"}', ("line 1", "judgement")),
    ],
)
def test_what_is_no_judgement_is_refused_with_its_line_and_what_is_accepted(text: str, told: tuple[str, ...]) -> None:
    with pytest.raises(InvalidLedger) as caught:
        parse_ledger(text.encode(), "册")
    assert str(caught.value).startswith("册")
    assert all(each in str(caught.value) for each in told)


def test_what_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidLedger, match="accepted: UTF-8 or GB18030"):
        parse_ledger(b"\xff\xff\xff")
    with pytest.raises(InvalidLedger, match="cannot be read"):
        read_ledger(tmp_path / "none.csv")


def test_the_digest_is_that_of_the_judgements_not_of_their_form() -> None:
    assert parse_ledger(sheet([SAME]).encode()).sha256 == parse_ledger(to_lines([SAME])).sha256


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("org-3f2a91c0d4e5f601", Thing(id="org-3f2a91c0d4e5f601")),
        (f"岑望舒@{DOC}-12", Thing(name="岑望舒", document=f"{DOC}-12")),
        (f"a@b@{DOC}", Thing(name="a@b", document=DOC)),
        ("ORG/union:云溪县总工会", Thing(name="云溪县总工会", type="ORG", subtype="union")),
        (f"PERSON:岑望舒@{DOC}", Thing(name="岑望舒", type="PERSON", document=DOC)),
        ("岑望舒", Thing(id="岑望舒")),
    ],
)
def test_things_are_named_by_id_by_document_and_by_type(text: str, said: Thing) -> None:
    assert thing(text) == said


def test_a_name_that_is_taken_down_is_sealed_where_it_names_and_hidden_where_it_tells() -> None:
    told = Judgement(judgement="forget", subject=f"岑望舒@{DOC}", who="岑望舒", why="岑望舒来信")
    kept = told.without(lambda text: text.replace("岑望舒", "●●●"))
    assert kept == Judgement(judgement="forget", subject=f"{sealed('岑望舒')}@{DOC}", who="●●●", why="●●●来信")
    assert kept.without(lambda text: text.replace("岑望舒", "●●●")) == kept


def test_a_link_whose_iri_tells_a_name_that_is_taken_down_is_kept_without_it() -> None:
    told = Judgement(
        judgement="link", subject="org-1", object="https://things.example/%E5%B2%91%E6%9C%9B", value="exact"
    )
    kept = told.without(lambda text: text.replace("岑望", "●●"))
    assert kept.object == "https://things.example/●●"
    assert kept.things == ("org-1",)


@given(st.lists(st.builds(Judgement, judgement=st.just("forget"), subject=st.text(min_size=1), why=st.text())))
def test_json_lines_come_back_as_they_were(rows: list[Judgement]) -> None:
    assert judgements(parse_ledger(to_lines(rows))) == rows
