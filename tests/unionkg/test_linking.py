"""Tables of every kind are read row by row, linked, and written with what was found, or refused as a whole."""

from __future__ import annotations

import csv
import json
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.unionkg.matching_world import graph, node
from unionkg.errors import InvalidOption, UnusableTable
from unionkg.exports.iri import BASE
from unionkg.graph.ledger import Judgement
from unionkg.linking.accepted import (
    AGAIN,
    BY_HAND,
    KNOWN,
    NO_ID,
    NO_IRI,
    NOT_OURS,
    Links,
    accepted,
    links_said,
    new_ones,
    shared,
)
from unionkg.linking.columns import added_headings, added_places, chosen
from unionkg.linking.link import entities, in_graph, link
from unionkg.linking.run import Output, link_table
from unionkg.linking.sssom import MappingRow, writing_sssom
from unionkg.linking.tables import SUFFIXES, Row, Table, encoding_of, open_table, text_of, writing_to
from unionkg.matching.index import Index

HEAD = "名称,省份,备注\n"
ROWS = "白云区总工会,贵州省,甲\n杭州市总,,=1+1\n总工会,,\n"


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(graph())


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def table(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def widths_of(path: Path) -> tuple[list[int], str | None]:
    """How many headings and cells a table has, row by row, and why it was refused, if it was."""
    widths: list[int] = []
    try:
        found = open_table(path)
        widths.append(len(found.headings))
        widths.extend(len(row.cells) for row in found.rows())
    except UnusableTable as error:
        return widths, str(error)
    return widths, None


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


class TestReading:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_encoding_and_delimiter_are_found(self, tmp_path: Path, encoding: str, delimiter: str) -> None:
        text = (HEAD + "台北市工會,本市,甲乙\n").replace(",", delimiter).replace("备注", "地方").replace("称", "字")
        text = text if encoding != "big5" else text.replace("省份", "地方")
        found = open_table(table(tmp_path / "t.csv", text, encoding))
        assert found.headings[0] == "名字"
        assert [row.cells[0] for row in found.rows()] == ["台北市工會"]

    def test_rows_are_padded_and_empty_ones_left_out_and_rows_keep_their_lines(self, tmp_path: Path) -> None:
        found = open_table(table(tmp_path / "t.csv", '\n名称,"两\n行",\n\n甲\n,,,\n乙,1,,\n'))
        assert found.headings == ("名称", "两\n行")
        assert list(found.rows()) == [Row(5, ("甲", "")), Row(7, ("乙", "1"))]
        assert list(found.rows()) == list(found.rows())

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"", "empty"),
            (b"\n ,\n", "empty"),
            ((HEAD + "甲,乙,丙,丁\n").encode(), "line 2: cell 4 '丁' has no heading"),
            ((HEAD + '甲,"乙\n').encode(), "no row of a table"),
            (HEAD.encode() + "甲,乙,丙\n".encode() * 9 + "丁,戊,己\n".encode("gb18030"), "line 11: not utf-8"),
            (bytes(range(128, 256)) * 40, "nor any other of: UTF-8"),
        ],
    )
    def test_what_is_no_table_is_refused_with_the_place(self, tmp_path: Path, data: bytes, told: str) -> None:
        path = tmp_path / "t.csv"
        path.write_bytes(data)
        with pytest.raises(UnusableTable, match=told):
            list(open_table(path).rows())

    def test_the_encoding_is_told_by_what_is_beyond_ascii_however_late_it_comes(self, tmp_path: Path) -> None:
        path = table(
            tmp_path / "t.csv", "name,b\n" + "a,b\n" * 400_000 + "杭州市总工会,浙江省总工会的下级组织\n", "gb18030"
        )
        assert encoding_of(path) == "gb18030"
        assert sum(1 for _ in open_table(path).rows()) == 400_001

    def test_a_workbook_is_read_with_numbers_days_and_without_empty_rows(self, tmp_path: Path) -> None:
        rows: list[list[Any]] = [
            ["名称", "代码", "日期"],
            ["甲", 330100, date(2024, 5, 6)],
            [None, None, None],
            ["乙", 1.5, True],
        ]
        found = open_table(workbook(tmp_path / "t.xlsx", rows))
        assert [tuple(map(text_of, row.cells)) for row in found.rows()] == [
            ("甲", "330100", "2024-05-06"),
            ("乙", "1.5", "true"),
        ]

    def test_a_workbook_that_is_none_is_refused(self, tmp_path: Path) -> None:
        path = table(tmp_path / "t.xlsx", HEAD)
        with pytest.raises(UnusableTable, match="no Excel workbook"):
            open_table(path)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x", "y")
        with pytest.raises(UnusableTable, match="no Excel workbook"):
            open_table(path)
        data = workbook(tmp_path / "whole.xlsx", [["名称"], *[["甲" * 50]] * 99]).read_bytes()
        path.write_bytes(data.replace(b"<row", b"<rod") if b"<row" in data else data[: len(data) // 2])
        with pytest.raises(UnusableTable, match="workbook"):
            list(open_table(path).rows())

    def test_json_lines_have_the_keys_of_all_as_headings(self, tmp_path: Path) -> None:
        found = open_table(table(tmp_path / "t.jsonl", '{"name":"甲","n":1}\n\n{"name":"乙","也":["丙","丁"]}\n'))
        assert found.headings == ("name", "n", "也")
        assert [row.cells for row in found.rows()] == [("甲", 1, None), ("乙", None, ["丙", "丁"])]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "empty"),
            ('{"a":1}\n[]\n', "line 2: no JSON object"),
            ('{"a":1}\n{"a":\n', "line 2: not JSON"),
            ("7\n", "line 1"),
        ],
    )
    def test_json_lines_that_are_none_are_refused(self, tmp_path: Path, text: str, told: str) -> None:
        with pytest.raises(UnusableTable, match=told):
            list(open_table(table(tmp_path / "t.jsonl", text)).rows())

    def test_other_suffixes_and_what_is_not_there_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnusableTable, match=r"accepted: \.csv"):
            open_table(tmp_path / "t.docx")
        with pytest.raises(UnusableTable, match="cannot be read"):
            open_table(tmp_path / "none.csv")

    @settings(deadline=None)
    @given(
        st.binary(max_size=60)
        | st.lists(st.sampled_from([b"a", b",", b"\n", b'"', b"\xd6\xd0", "中".encode(), b"\0", b"{}"])).map(b"".join),
        st.sampled_from(sorted(SUFFIXES)),
    )
    def test_any_bytes_are_a_table_or_are_refused(self, data: bytes, suffix: str) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"t{suffix}"
            path.write_bytes(data)
            widths, refusal = widths_of(path)
            assert len(set(widths)) <= 1
            assert refusal is None or refusal.startswith(str(path))


class TestColumns:
    @pytest.mark.parametrize(
        ("headings", "found"),
        [
            (["机构名称", "省份", "所在地", "上级工会", "区划代码"], {"name": 0, "province": 1, "place": 2, "parent": 3, "code": 4}),
            (["ID", "Name", "Type", "City", "Employer", "Position"], {"id": 0, "name": 1, "type": 2, "place": 3, "parent": 4, "role": 5}),
            (["姓名", "职务", "工作单位", "年份"], {"name": 0, "role": 1, "parent": 2, "year": 3}),
            (["名稱", "省份"], {"name": 0, "province": 1}),
        ],
    )  # fmt: skip
    def test_headings_in_both_languages_tell(self, headings: list[str], found: dict[str, int]) -> None:
        assert chosen(headings, {}) == found

    def test_a_choice_goes_before_and_a_heading_tells_one_thing(self) -> None:
        assert chosen(["name", "收信单位"], {"name": "收信单位"}) == {"name": 1}
        assert chosen(["单位"], {"parent": "单位", "name": "单位"}) == {"parent": 0, "name": 0}

    def test_no_column_of_names_lists_the_columns_and_the_option(self) -> None:
        with pytest.raises(InvalidOption, match="'甲', '乙'; choose one: --name COLUMN"):
            chosen(["甲", "乙"], {})
        with pytest.raises(InvalidOption, match="--place '丙' is no column; the columns are '甲', '乙'"):
            chosen(["甲", "乙"], {"name": "甲", "place": "丙"})

    def test_columns_that_linking_added_are_not_guessed_and_get_further_names(self) -> None:
        once = ["单位", *added_headings(["单位"])]
        twice = [*once, *added_headings(once)]
        assert added_headings(twice)[0] == "link2_decision"
        assert chosen(twice, {"name": "单位"}) == {"name": 0}
        assert [group["iri"] for group in added_places(twice)] == [2, 8]


def linked(index: Index, path: Path, out: Path, **named: str) -> dict[str, int]:
    return link_table(path, in_graph(index, BASE), Output(out), named).decisions


class TestLinking:
    def test_a_row_keeps_its_cells_and_gets_what_it_means(self, index: Index, tmp_path: Path) -> None:
        out = tmp_path / "out.csv"
        assert linked(index, table(tmp_path / "t.csv", HEAD + ROWS), out) == {"match": 2, "review": 0, "none": 1}
        header, first, second, third = read(out)
        assert header == ["名称", "省份", "备注", "decision", "iri", "name", "score", "reason", "others"]
        assert first[:7] == [
            *("白云区总工会", "贵州省", "甲", "match"),
            *(BASE + node("贵阳市白云区总工会"), "贵阳市白云区总工会", "96"),
        ]
        assert second[:4] == ["杭州市总", "", "'=1+1", "match"]
        assert third[3:] == ["none", "", "", "", "nothing fits", ""]

    def test_what_is_to_be_looked_at_lists_the_others(self, index: Index, tmp_path: Path) -> None:
        linked(index, table(tmp_path / "t.csv", "名称\n白云区总工会\n"), tmp_path / "out.csv")
        _, row = read(tmp_path / "out.csv")
        names = {row[3], row[6].partition(" <")[0]}
        assert row[1] == "review"
        assert names == {"贵阳市白云区总工会", "广州市白云区总工会"}
        assert row[6].endswith("> 70")

    @pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".jsonl"])
    def test_every_format_becomes_every_other_and_twice_the_same_bytes(
        self, index: Index, tmp_path: Path, suffix: str
    ) -> None:
        source = table(tmp_path / "t.csv", HEAD + ROWS)
        linked(index, source, tmp_path / f"one{suffix}")
        linked(index, tmp_path / f"one{suffix}", tmp_path / "two.csv", name="名称")
        rows = read(tmp_path / "two.csv")
        assert rows[0][3:5] == ["decision", "iri"]
        assert rows[0][9] == "link_decision"
        assert [row[3] for row in rows[1:]] == [row[9] for row in rows[1:]] == ["match", "match", "none"]
        before = (tmp_path / f"one{suffix}").read_bytes()
        linked(index, source, tmp_path / f"one{suffix}")
        assert (tmp_path / f"one{suffix}").read_bytes() == before

    def test_no_formula_runs_in_a_workbook(self, index: Index, tmp_path: Path) -> None:
        linked(index, table(tmp_path / "t.csv", HEAD + ROWS), tmp_path / "out.xlsx")
        sheet = load_workbook(tmp_path / "out.xlsx").worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
        assert sheet["C3"].value == "=1+1"

    def test_headings_that_come_twice_and_are_ours_lose_nothing(self, index: Index, tmp_path: Path) -> None:
        source = table(tmp_path / "t.csv", "name,备注,备注,score\n杭州市总工会,甲,乙,9\n")
        linked(index, source, tmp_path / "out.jsonl")
        found = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
        assert (found["name"], found["备注"], found["备注 2"], found["score"]) == ("杭州市总工会", "甲", "乙", "9")
        assert (found["link_decision"], found["link_score"]) == ("match", 100)

    def test_a_row_that_fails_leaves_what_was_there(self, index: Index, tmp_path: Path) -> None:
        out = table(tmp_path / "out.csv", "before")
        with pytest.raises(UnusableTable):
            linked(index, table(tmp_path / "t.csv", HEAD + ROWS + "甲,乙,丙,丁\n"), out)
        assert out.read_text("utf-8") == "before"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "t.csv"]

    def test_a_large_table_takes_no_more_memory_than_a_small_one(self, tmp_path: Path) -> None:
        peaks = []
        for count in (2_000, 40_000):
            source = table(tmp_path / "t.csv", "名称,省份\n" + "某某总工会,浙江省\n" * count)
            tracemalloc.start()
            link_table(source, lambda queries: [[] for _ in queries], Output(tmp_path / "out.csv"))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert peaks[1] < peaks[0] + 2_000_000

    def test_the_entities_of_the_graph_are_a_table_too(self, index: Index) -> None:
        found = entities(graph(), BASE, "工会")
        names = [row.cells[3] for row in found.rows()]
        assert "浙江省总工会" in names
        assert "工人晨报" not in names
        assert [one.decision for one in link(found, chosen(found.headings, {}), in_graph(index, BASE))] == [
            "match"
        ] * len(names)
        with pytest.raises(InvalidOption, match="accepted: ORG"):
            entities(graph(), BASE, "船")

    @settings(deadline=None)
    @given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=5))
    def test_any_text_is_written_as_a_row(self, rows: list[list[str]]) -> None:
        for form in ("csv", "tsv", "jsonl"):
            stream = BytesIO()
            with writing_to(stream, form, ["a", "b"]) as write:
                for row in rows:
                    write(row)
            text = stream.getvalue().decode("utf-8-sig")
            if form == "jsonl":
                assert [list(json.loads(line).values()) for line in text.split("\n")[:-1]] == rows
            else:
                delimiter = "," if form == "csv" else "\t"
                found = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
                assert [len(row) for row in found] == [2] * (len(rows) + 1)


def said(*values: str) -> Links:
    """What a ledger says of one link, one value after the other."""
    thing = "https://things.example/7"
    return links_said(Judgement(judgement="link", subject="org-1", object=thing, value=value) for value in values)


class TestAccepting:
    def source(self, rows: Sequence[Sequence[str]]) -> Table:
        headings = ("编号", "单位", "decision", "iri", "name", "score", "reason", "others")

        def told() -> Iterator[Row]:
            return (Row(number, (*row, "")[: len(headings)]) for number, row in enumerate(rows, 2))

        return Table(Path("t.csv"), "csv", headings, told)

    def test_match_is_exact_close_is_close_and_either_side_may_be_ours(self) -> None:
        ours, union = BASE + "org-1", "https://things.example/"
        found = accepted(
            self.source(
                [
                    [union + "7", "甲", "match", ours, "甲总工会", "100", "同名"],
                    ["8", "乙", "Close", ours, "甲总工会", "70", ""],
                    [ours, "甲总工会", "match", union + "9", "甲", "90", ""],
                    ["", "丙", "match", ours, "", "", ""],
                    ["10", "丁", "match", union + "11", "", "", ""],
                    [union + "12", "戊", "review", ours, "", "", ""],
                    [union + "13", "己", "none", ours, "", "", ""],
                    [ours, "庚", "match", ours, "", "", ""],
                ]
            ),
            {"id": 0, "name": 1},
            {"org-1": "甲总工会"},
            prefix=union + "entity/",
            who="罗",
            when="2024-05-06",
        )
        assert [(one.subject, one.object, one.value) for one in found.judgements] == [
            ("org-1", union + "7", "exact"),
            ("org-1", union + "entity/8", "close"),
            ("org-1", union + "9", "exact"),
            ("org-1", union + "13", "none"),
        ]
        assert (found.judgements[0].who, found.judgements[0].when, found.judgements[0].why) == (
            "罗",
            "2024-05-06",
            "同名",
        )
        assert found.labels[0] == ("甲总工会", "甲")
        assert found.labels[2] == ("甲总工会", "甲")
        assert found.left == {NO_IRI: 2, NOT_OURS: 1}

    def test_another_graph_may_call_a_thing_as_this_one_does(self) -> None:
        theirs = "https://theirs.example/id/org-1"
        rows = [[BASE + "org-1", "甲总工会", "match", theirs, "甲总工会", "100", "同名"]]
        found = accepted(self.source(rows), {"id": 0, "name": 1}, {"org-1": "甲总工会"})
        assert [(one.subject, one.object) for one in found.judgements] == [("org-1", theirs)]

    def test_another_word_is_refused_with_its_row(self) -> None:
        rows = [["https://things.example/7", "甲", "可能", BASE + "org-1", "", "", ""]]
        with pytest.raises(UnusableTable, match="row 2: unknown decision '可能'; accepted: match, close"):
            accepted(self.source(rows), {"id": 0}, {"org-1": "甲总工会"})

    def test_a_table_that_linking_did_not_write_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidOption, match="unionkg link"):
            accepted(open_table(table(tmp_path / "t.csv", "id,decision\n1,match\n")), {"id": 0}, {})
        with pytest.raises(InvalidOption, match="--id COLUMN"):
            accepted(self.source([]), {"name": 1}, {})

    @pytest.mark.parametrize("prefix", ["foo", "wd:", "urn:isbn:", "https://a b.example/", "//things.example/"])
    def test_a_prefix_that_is_no_iri_is_refused(self, prefix: str) -> None:
        with pytest.raises(InvalidOption, match=f"the prefix {prefix!r} is no IRI; accepted"):
            accepted(self.source([]), {"id": 0}, {}, prefix=prefix)

    def test_a_prefix_stands_before_plain_ids_alone(self) -> None:
        ids = ["Q7", "wd:Q6", "Q 7", "http://exa mple.org/x", "urn:isbn:7", "甲7", ""]
        rows = [[one, "甲", "match", BASE + "org-1", "甲总工会", "90", ""] for one in ids]
        found = accepted(self.source(rows), {"id": 0}, {"org-1": "甲总工会"}, prefix="https://things.example/")
        assert [one.object for one in found.judgements] == [
            "https://things.example/Q7",
            "https://things.example/%E7%94%B27",
        ]
        assert found.left == {NO_ID: 4, NO_IRI: 1}

    def test_another_candidate_that_a_person_chose_has_its_own_name_and_their_reason(self) -> None:
        other = "https://things.example/"
        rows = [
            [other + "7", "甲", "match", BASE + "org-2", "甲总工会", "100", "同名", ""],
            [other + "8", "马", "match", BASE + "per-2", "马望川", "70", "同名", f"马望川 <{BASE}per-2> 70"],
            [BASE + "org-1", "甲总工会", "match", other + "9", "甲（旧）", "60", "服务评分60", f"乙 <{other}5> 55 | 甲 <{other}9> 51"],
            [BASE + "org-1", "甲总工会", "close", other + "4", "丁", "60", "服务评分60", f"乙 <{other}5> 55"],
            [other + "6", "乙", "match", BASE + "org-1", "", "", "nothing fits", ""],
        ]  # fmt: skip
        known = {"org-1": "甲总工会", "org-2": "乙总工会", "per-2": "马望川"}
        found = accepted(self.source(rows), {"id": 0, "name": 1}, known)
        assert found.labels == [
            ("乙总工会", "甲"),
            ("马望川", "马"),
            ("甲总工会", "甲"),
            ("甲总工会", "丁"),
            ("甲总工会", "乙"),
        ]
        assert [one.why for one in found.judgements] == [*[BY_HAND] * 3, "服务评分60", BY_HAND]

    def test_what_the_ledger_says_is_not_said_again_unless_it_says_another_thing_now(self) -> None:
        rows = [["https://things.example/7", "甲", "match", BASE + "org-1", "", "", ""]] * 2
        found = accepted(self.source(rows), {"id": 0}, {"org-1": "甲总工会"})
        assert [one.value for one in new_ones(found, {}, {}).judgements] == ["exact"]
        assert new_ones(found, said("exact"), {}).left == {KNOWN: 1, AGAIN: 1}
        assert [one.value for one in new_ones(found, said("exact", "close"), {}).judgements] == ["exact"]

    @pytest.mark.parametrize(
        ("ledger", "built", "is_taken_back"),
        [
            (["exact"], [], True),
            (["close"], [], True),
            ([], ["exact"], True),  # the ledger calls the entity otherwise than by its id
            (["exact", "none"], ["exact"], False),
            ([], [], False),
        ],
    )
    @pytest.mark.parametrize("decision", ["none", "No"])
    def test_none_takes_back_a_link_that_there_is(
        self, decision: str, ledger: list[str], built: list[str], is_taken_back: bool
    ) -> None:
        rows = [
            ["https://things.example/7", "甲", decision, BASE + "org-1", "甲总工会", "", "同名"],
            ["8", "乙", "no", "", ""],
        ]
        found = accepted(self.source([(*row, "", "", "")[:7] for row in rows]), {"id": 0}, {"org-1": "甲总工会"})
        new = new_ones(found, said(*ledger), said(*built))
        assert [one.value for one in new.judgements] == ["none"] * is_taken_back
        assert not new.left

    def test_of_two_rows_on_one_pair_the_later_counts(self) -> None:
        rows = [
            ["https://things.example/7", "甲", decision, BASE + "org-1", "甲总工会", "", "同名"]
            for decision in ("match", "none")
        ]
        found = accepted(self.source(rows), {"id": 0, "name": 1}, {"org-1": "甲总工会"})
        assert [(one.value, one.why) for one in found.judgements] == [("none", BY_HAND)]
        assert found.left == {AGAIN: 1}

    def test_an_iri_of_which_several_entities_are_exact_matches_is_told(self) -> None:
        seven, eight = "https://things.example/7", "https://things.example/8"
        rows = [
            [seven, "甲", "match", BASE + "org-1", "甲", "", ""],
            [eight, "乙", "close", BASE + "org-2", "乙", "", ""],
        ]
        known = {"org-1": "甲", "org-2": "乙", "org-3": "丙"}
        found = accepted(self.source(rows), {"id": 0}, known)
        built = {("org-3", seven): "exact", ("org-1", eight): "exact"}
        assert shared(found, {}, built, known) == {seven: ["org-1", "org-3"], "org-1": [seven, eight]}
        assert shared(found, {("org-3", seven): "none", ("org-1", eight): "close"}, built, known) == {}
        assert shared(found, {("org-2", seven): "exact", ("org-9", seven): "exact"}, {}, known) == {
            seven: ["org-1", "org-2"]
        }


def head_of(text: str) -> dict[str, Any]:
    """The head of an SSSOM file, as far as it has maps of texts."""
    head: dict[str, Any] = {}
    for line in (line[1:] for line in text.splitlines() if line.startswith("#")):
        name, _, value = line.partition(":")
        if not value:
            head[name] = {}
        elif name.startswith("  "):
            head["curie_map"][name.strip()] = json.loads(value)
        else:
            head[name] = json.loads(value)
    return head


class TestSssom:
    SET = "https://sets.example/links"

    def test_a_mapping_is_a_row_of_curies_below_a_head_of_yaml(self, tmp_path: Path) -> None:
        path = tmp_path / "m.tsv"
        licence = "https://creativecommons.org/publicdomain/zero/1.0/"
        with path.open("wb") as stream, writing_sssom(stream, self.SET, BASE, licence) as write:
            write(MappingRow(f"{self.SET}#row-2", "甲\t总\n工会", f"{BASE}org-1", '“甲”"总工会"', confidence=0.96))
            write(MappingRow("http://www.wikidata.org/entity/Q7", "", "https://things.example/a/b#7", "", author="罗"))
        text = path.read_text("utf-8")
        head = head_of(text)
        assert head["mapping_set_id"] == self.SET
        assert head["license"].endswith("zero/1.0/")
        assert set(head) <= {"curie_map", "license", "mapping_set_id", "mapping_tool", "mapping_tool_version"}
        rows = list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))
        assert rows[0] == {
            "subject_id": "row:row-2",
            "subject_label": "甲 总 工会",
            "predicate_id": "skos:exactMatch",
            "object_id": "kg:org-1",
            "object_label": '“甲”"总工会"',
            "mapping_justification": "semapv:CompositeMatching",
            "author_label": "",
            "mapping_date": "",
            "confidence": "0.96",
            "comment": "",
        }
        assert (rows[1]["subject_id"], rows[1]["object_id"]) == ("wd:Q7", "ns1:7")
        for row in rows:
            for name in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
                assert row[name].partition(":")[0] in head["curie_map"]

    def test_a_licence_that_is_none_is_refused_and_nothing_is_written(self, index: Index, tmp_path: Path) -> None:
        source = table(tmp_path / "t.csv", "名称\n杭州市总\n")
        output = Output(tmp_path / "o.csv", sssom=tmp_path / "m.tsv", licence="free")
        with pytest.raises(InvalidOption, match="licence 'free'"):
            link_table(source, in_graph(index, BASE), output)
        assert list(tmp_path.iterdir()) == [source]

    def test_matches_alone_are_mappings(self, index: Index, tmp_path: Path) -> None:
        source = table(tmp_path / "t.csv", "id,名称\nhttps://things.example/7,杭州市总\n,浙江省总\n,白云区总工会\n")
        link_table(source, in_graph(index, BASE), Output(tmp_path / "o.csv", sssom=tmp_path / "m.tsv"))
        lines = [line.split("\t") for line in (tmp_path / "m.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
        assert [line[0] for line in lines] == ["subject_id", "ns1:7", "row:row-3"]
        assert "owl:sameAs" not in (tmp_path / "m.tsv").read_text("utf-8")


def test_a_workbook_holds_no_more_rows_than_excel_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unionkg.linking.tables.MOST_ROWS", 3)
    source = table(tmp_path / "t.csv", "名称\n甲\n乙\n丙\n")
    with pytest.raises(UnusableTable, match=r"FILE\.csv"):
        link_table(source, lambda queries: [[] for _ in queries], Output(tmp_path / "o.xlsx"))
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
