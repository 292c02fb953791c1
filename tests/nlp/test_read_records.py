"""Files of records: each record is a text, and a broken one does not take others with it."""

import json
import time

import pytest

from unionkg.errors import InvalidOption, UndecodableFile, UnknownFormat
from unionkg.nlp.read_records import Fields, chosen_fields, read_csv, read_jsonl, read_tsv
from unionkg.nlp.record import Broken, Record

TEXT = "清溪市总工会昨天慰问环卫工人。"


def objects(*values: object) -> bytes:
    return "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode()


def texts(parts: list[Record | Broken]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Record)]


def broken(parts: list[Record | Broken]) -> list[str]:
    return [str(part) for part in parts if isinstance(part, Broken)]


def test_the_title_opens_the_text_once() -> None:
    parts = read_jsonl(objects({"title": "慰问", "text": TEXT}, {"标题": "清溪市总 工会", "正文": TEXT}), "a.jsonl")
    assert texts(parts) == [f"慰问\n{TEXT}", TEXT]


def test_fields_go_by_english_and_chinese_names() -> None:
    row = {"Title": "慰问", "内容": TEXT, "发布时间": "2023-05-06", "来源": "清溪日报", "链接": "https://example.org/1"}
    [record] = read_jsonl(objects({**row, "作者": ["李晓云", "赵岩"]}), "a.jsonl")
    assert isinstance(record, Record)
    assert record.hints == {
        "title": "慰问",
        "date": "2023-05-06",
        "source": "清溪日报",
        "url": "https://example.org/1",
        "author": "李晓云、赵岩",
    }
    assert (record.is_body, record.number, record.encoding) == (True, 1, "utf-8")


def test_names_of_fields_can_be_chosen() -> None:
    [record] = read_jsonl(objects({"text": "摘要", "c2": TEXT}), "a.jsonl", Fields(text=("c2",)))
    assert isinstance(record, Record)
    assert record.text == TEXT


def test_chosen_names_stand_in_the_place_of_the_usual_ones() -> None:
    names = chosen_fields(["text=c2", " text = c3 ", "title=a=b"])
    assert (names.text, names.title, names.date) == (("c2", "c3"), ("a=b",), Fields().date)
    assert str(names) == "title=a=b, text=c2, text=c3"
    assert (chosen_fields([]), str(chosen_fields([]))) == (Fields(), "")
    [found, other] = read_jsonl(objects({"c3": TEXT, "a=b": "慰问"}, {"text": TEXT}), "a.jsonl", names)
    assert isinstance(found, Record)
    assert found.text == f"慰问\n{TEXT}"
    assert str(other) == "line 2: no text; its fields: text; accepted for the text: c2, c3"


@pytest.mark.parametrize("choice", ["", "text", "text=", "=c2", "Text=c2", "body=c2"])
def test_a_choice_that_is_none_says_what_is_accepted(choice: str) -> None:
    with pytest.raises(InvalidOption, match=f"--field {choice}: .*; accepted: title=NAME, text=NAME, date=NAME, "):
        chosen_fields([choice])


def test_a_name_is_the_same_however_it_is_joined() -> None:
    data = f"News_Title,PublishTime, full-text \n慰问,2023-05-06,{TEXT}".encode()
    [record] = read_csv(data, "a.csv")
    assert isinstance(record, Record)
    assert (record.text, record.hints) == (f"慰问\n{TEXT}", {"title": "慰问", "date": "2023-05-06"})


def test_of_columns_with_one_name_the_first_that_is_filled_counts() -> None:
    [record] = read_csv(f"text,Text,TEXT\n,{TEXT},另".encode(), "a.csv")
    assert isinstance(record, Record)
    assert record.text == TEXT


def test_each_broken_line_is_named_with_its_reason_and_the_others_are_read() -> None:
    lines = [
        objects({"text": TEXT}),
        b"",
        b'{"text": "' + TEXT.encode(),
        objects([1]),
        objects({"id": 7, "summary": "x"}),
        b"[" * 100_000,
        b'{"text": "\xe5\xb7"}',
        objects({"text": TEXT + "完"}),
    ]
    parts = read_jsonl(b"\r\n".join(lines), "a.jsonl")
    assert texts(parts) == [TEXT, TEXT + "完"]
    places = [reason.partition(": ")[0] for reason in broken(parts)]
    assert places == ["line 3", "line 4", "line 5", "line 6", "line 7"]
    for part, words in zip(broken(parts), ("not JSON", "list", "id, summary", "deeply", "not UTF-8"), strict=True):
        assert words in part
    assert [part.number for part in parts if isinstance(part, Record)] == [1, 7]


def test_half_a_character_in_a_value_is_written_as_unknown() -> None:
    [record] = read_jsonl(rb'{"text": "\u5de5\ud800\u4f1a"}', "a.jsonl")
    assert isinstance(record, Record)
    assert record.text == "工\ufffd会"


def test_markup_in_a_value_is_taken_off_with_what_it_hides() -> None:
    text = "<p>清溪市<b>总工会</b></p><p style='display:none'>发票</p><table><tr><td><p>甲</p><td>乙</table><p>开会"
    [record] = read_jsonl(objects({"text": text}), "a.jsonl")
    assert isinstance(record, Record)
    assert record.text == "清溪市总工会\n甲\t乙\n开会"


def test_markup_too_deep_for_a_tree_is_taken_off_all_the_same() -> None:
    [record] = read_jsonl(objects({"text": "<div>" * 1_000 + "<p>开会</p>"}), "a.jsonl")
    assert isinstance(record, Record)
    assert record.text == "开会"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_parts_its_cells(delimiter: str, encoding: str) -> None:
    rows = [("标题", "正文", "日期"), ("慰问", f'"{TEXT}{delimiter}\n“好”""天"""', "2023-05-06"), ("二", TEXT, "")]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    parts = read_csv(data, "a.csv")
    assert texts(parts) == [f'慰问\n{TEXT}{delimiter}\n“好”"天"', f"二\n{TEXT}"]
    if delimiter == "\t":
        assert read_tsv(data, "a.tsv") == parts


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_what_follows() -> None:
    rows = [f"第{number}次,{TEXT}{number}" for number in range(1, 1001)]
    rows[499] = f'第500次,"{TEXT}'
    parts = read_csv("\n".join(["标题,正文", *rows]).encode(), "a.csv")
    assert len(texts(parts)) == 999
    [reason] = broken(parts)
    assert reason.startswith("line 501: ")


def test_a_row_of_the_wrong_width_is_broken() -> None:
    parts = read_csv(f"title,text\n一,{TEXT}\n二,a,b\n三\n四,{TEXT}".encode(), "a.csv")
    assert [part.number for part in parts if isinstance(part, Record)] == [1, 4]
    assert broken(parts) == ["line 3: 3 cells, where the header has 2", "line 4: 1 cells, where the header has 2"]


def test_a_row_whose_bytes_are_broken_is_named() -> None:
    parts = read_csv(f"title,text\n一,{TEXT}\n二,".encode() + b"\xe5\xb7\n" + f"三,{TEXT}".encode(), "a.csv")
    assert broken(parts) == ["line 3: not UTF-8, as the rest of the file is"]


def test_a_cell_may_be_as_long_as_a_law() -> None:
    [record] = read_csv(f"text\n{TEXT * 20_000}".encode(), "a.csv")
    assert isinstance(record, Record)
    assert record.text == TEXT * 20_000


def test_a_table_without_a_column_of_text_says_what_it_has() -> None:
    with pytest.raises(UnknownFormat, match=r"a\.csv: no column holds the text; the header has: id, name; accepted: "):
        read_csv(b"id,name\n1,x\n", "a.csv")


def test_a_table_of_open_quotes_takes_linear_time() -> None:
    start = time.monotonic()
    read_csv(("title,text\n" + '"\n' * 200_000).encode(), "a.csv")
    assert time.monotonic() - start < 10  # it takes 1 s


def test_bytes_that_are_no_text_are_refused() -> None:
    for reader in (read_jsonl, read_csv, read_tsv):
        with pytest.raises(UndecodableFile):
            reader(bytes(range(256)) * 9, "a")
