"""`unionkg link`: from a table to links in the graph, looked through by a person in between."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

import unionkg
from tests.unionkg.test_cli import on_a_terminal, run
from tests.unionkg.test_service import answer, serving
from unionkg.errors import InvalidOption
from unionkg.folder import locked
from unionkg.graph.ledger import read_ledger
from unionkg.kg import KG
from unionkg.nlp.extract import Options

TEXTS = {
    "甲.txt": "2024年4月9日，浙江省总工会在杭州市召开会议。杭州市总工会主席钟离望出席。\n",
    "乙.txt": "2024年5月9日，贵阳市白云区总工会举办培训班。\n",
}
TABLE = "标识,机构,省份,备注\nQ101,杭州市总,,=1+1\nQ102,白云区总工会,,甲\nQ103,宁波市总工会,浙江省,\n"
PREFIX = "https://things.example/entity/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("link")
    (folder / "documents").mkdir()
    for name, text in TEXTS.items():
        (folder / "documents" / name).write_text(text, "utf-8")
    unionkg.build([folder / "documents"], folder / "KG", options=Options(ner="rules"), workers=0)
    return folder


@pytest.fixture
def folder(built: Path) -> Path:
    return built / "KG"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, "utf-8")
    return path


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_table_goes_to_a_file_or_to_standard_output(folder: Path, table: Path, tmp_path: Path) -> None:
    shown = run("link", folder, "--table", table, "--reasons", "zh")
    done = run("link", folder, "--table", table, "--out", tmp_path / "o.csv", "--reasons", "zh")
    assert (shown.code, done.code, done.out) == (0, 0, b"")
    assert (tmp_path / "o.csv").read_bytes() == shown.out
    assert done.said == [
        "unionkg: columns: name=机构, province=省份, id=标识",
        "unionkg: 3 rows: 1 match, 1 review, 1 none",
    ]
    first, second, third = rows(shown.out)
    assert (first["decision"], first["name"], first["reason"]) == (
        "match",
        "杭州市总工会",
        "名称相同；辖区相同：杭州市",
    )
    assert (second["decision"], third["decision"]) == ("review", "none")
    assert "2个" in second["reason"]


def test_json_has_the_counts(folder: Path, table: Path, tmp_path: Path) -> None:
    done = run("link", folder, "--table", table, "--out", tmp_path / "o.xlsx", "--json", "--as", "工会")
    assert json.loads(done.out) == {"rows": 3, "match": 1, "review": 1, "none": 1}


def test_a_terminal_is_not_steered(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("名称\n杭州市总\x9b31m\u202e\n", "utf-8")
    shown = on_a_terminal("link", str(folder), "--table", str(path))
    assert "杭州市总" in shown
    assert not {"\x9b", "\u202e"} & set(shown)


def test_columns_can_be_chosen(folder: Path, table: Path) -> None:
    done = run("link", folder, "--table", table, "--name", "备注", "--province", "省份")
    assert [row["decision"] for row in rows(done.out)] == ["none"] * 3


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "nothing to link; accepted: --table FILE"),
        (["--table", "TABLE", "--name", "单位"], 2, "'单位' is no column; the columns are '标识', '机构'"),
        (["--table", "NONE.csv"], 1, "the table cannot be read"),
        (["--table", "RAGGED"], 1, "line 3: cell 3 '丙' has no heading"),
        (["--table", "NONE.docx"], 1, "the suffix tells no format"),
        (["--table", "TABLE", "--json"], 2, "--out FILE"),
        (["--table", "TABLE", "--accepted", "TABLE"], 2, "--accepted takes no --table"),
        (["--accepted", "TABLE"], 2, "unionkg link"),
        (["--service", "ftp://x.example"], 2, "is no address"),
        (["--service", "https://x.example", "--as", "船"], 2, "'船' is no type; accepted: ORG"),
        (["--table", "TABLE", "--as", "船"], 2, "'船' is no type; accepted: ORG"),
        (["--table", "TABLE", "--sssom", "S", "--licence", "free"], 2, "licence 'free'"),
    ],
)
def test_a_mistake_gets_a_line_and_writes_nothing(
    folder: Path, table: Path, tmp_path: Path, arguments: list[str], code: int, told: str
) -> None:
    (ragged := tmp_path / "ragged.csv").write_text("名称,省份\n杭州市总,\n甲,乙,丙\n", "utf-8")
    places = {"TABLE": str(table), "S": str(tmp_path / "s.tsv"), "RAGGED": str(ragged)}
    done = run("link", folder, *(places.get(one, one) for one in arguments))
    assert done.code == code
    assert told in done.said[-1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ragged.csv", "t.csv"]
    assert done.out == b""


def test_what_is_accepted_is_in_the_graph_after_the_next_build(built: Path, table: Path, tmp_path: Path) -> None:
    folder, linked = tmp_path / "KG", tmp_path / "linked.csv"
    unionkg.build([built / "documents"], folder, options=Options(ner="rules"), workers=0)
    run("link", folder, "--table", table, "--out", linked)
    text = linked.read_text("utf-8-sig").replace("Q102,白云区总工会,,甲,review", "Q102,白云区总工会,,甲,close")
    linked.write_text(text, "utf-8-sig")
    arguments = ("link", folder, "--accepted", linked, "--who", "罗", "--prefix", PREFIX)
    with locked(folder.resolve()):
        assert run(*arguments).code == 1
    done = run(*arguments, "--sssom", tmp_path / "accepted.tsv", "--json")
    assert json.loads(done.out) == {"accepted": 2, "taken_back": 0, "left": {}, "several": {}}
    assert done.said[0] == "unionkg: 2 links written; the next `unionkg build` applies them"
    assert run(*arguments).said[1] == "unionkg: 2 rows left out: the ledger says so already"
    exact, close = (line.judgement for line in read_ledger(folder / "ledger.jsonl").lines)
    assert (exact.judgement, exact.object, exact.value, exact.who) == ("link", PREFIX + "Q101", "exact", "罗")
    assert (close.object, close.value) == (PREFIX + "Q102", "close")
    mappings = (tmp_path / "accepted.tsv").read_text("utf-8")
    assert mappings.count("semapv:ManualMappingCuration") == 2
    assert "skos:closeMatch" in mappings
    kg = unionkg.build([built / "documents"], folder, options=Options(ner="rules"), workers=0)
    assert kg.manifest.ledger is not None
    assert [one.state for one in kg.manifest.ledger.judgements] == ["applied", "applied"]
    assert kg.sparql(f"ASK {{ ?union skos:prefLabel '杭州市总工会'@zh-hans ; skos:exactMatch <{PREFIX}Q101> }}")
    assert kg.sparql(f"ASK {{ ?union skos:prefLabel '贵阳市白云区总工会'@zh-hans ; skos:closeMatch <{PREFIX}Q102> }}")
    assert not kg.sparql("ASK { ?one owl:sameAs ?other }")
    assert kg.validate().conforms
    linked.write_text(text.replace(",match,", ",none,"), "utf-8-sig")
    done = run(*arguments, "--json")
    assert json.loads(done.out) == {
        "accepted": 0,
        "taken_back": 1,
        "left": {"the ledger says so already": 1},
        "several": {},
    }
    assert done.said[1] == "unionkg: 1 links taken back"
    kg = unionkg.build([built / "documents"], folder, options=Options(ner="rules"), workers=0)
    assert kg.manifest.ledger is not None
    assert [one.state for one in kg.manifest.ledger.judgements] == ["orphaned", "applied", "applied"]
    assert not kg.sparql(f"ASK {{ ?union skos:exactMatch <{PREFIX}Q101> }}")
    assert kg.sparql(f"ASK {{ ?union skos:closeMatch <{PREFIX}Q102> }}")


def test_two_entities_of_one_iri_are_accepted_and_told(folder: Path, tmp_path: Path) -> None:
    (table := tmp_path / "t.csv").write_text("id,name\nQ7,杭州市总工会\nQ7,浙江省总工会\n", "utf-8")
    run("link", folder, "--table", table, "--out", tmp_path / "linked.csv")
    done = run(
        *("link", folder, "--accepted", tmp_path / "linked.csv", "--prefix", PREFIX),
        *("--ledger", tmp_path / "l.jsonl", "--json"),
    )
    found = json.loads(done.out)
    assert (done.code, found["accepted"], list(found["several"])) == (0, 2, [PREFIX + "Q7"])
    ids = found["several"][PREFIX + "Q7"]
    assert {unionkg.load(folder).graph.nodes[one]["name"] for one in ids} == {"杭州市总工会", "浙江省总工会"}
    assert done.said[1] == f"unionkg: {PREFIX}Q7 is an exact match of 2: {', '.join(ids)}; are they one?"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--table", "t.csv", "--out", "t.csv"], "table and out are one file"),
        (["--table", "t.csv", "--out", "LINK.csv"], "table and out are one file"),
        (["--table", "t.csv", "--out", "HARD.csv"], "table and out are one file"),
        (["--table", "t.csv", "--out", "o.csv", "--sssom", "sub/../o.csv"], "out and sssom are one file"),
        (["--table", "t.csv", "--sssom", "./t.csv"], "table and sssom are one file"),
        (["--table", "t.csv", "--sssom", "-"], "sssom is -, which stands for standard output; accepted: a file"),
        (["--table", "t.csv", "--out", "o.csv", "--service", "http://x.example", "--cache", "o.csv"], "out and cache"),
        (["--service", "http://x.example", "--cache", "m.tsv", "--sssom", "m.tsv"], "sssom and cache are one file"),
        (["--accepted", "linked.csv", "--sssom", "linked.csv"], "accepted and sssom are one file"),
        (["--accepted", "linked.csv", "--ledger", "linked.csv"], "accepted and ledger are one file"),
        (["--accepted", "linked.csv", "--sssom", "l.jsonl", "--ledger", "./l.jsonl"], "sssom and ledger are one file"),
        (["--accepted", "linked.csv", "--sssom", "KG/ledger.jsonl"], "sssom and ledger are one file"),
        (["--accepted", "linked.csv", "--ledger", "my.csv"], "accepted: a name that ends in .jsonl"),
        (["--accepted", "linked.csv", "--prefix", "foo"], "the prefix 'foo' is no IRI"),
        (["--table", "t.csv", "--prefix", "foo"], "go with --accepted"),
    ],
)
def test_two_files_of_one_path_and_what_is_no_place_are_refused(
    folder: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run("link", folder, "--table", "t.csv", "--out", "linked.csv")
    (tmp_path / "KG").symlink_to(folder)
    (tmp_path / "sub").mkdir()
    (tmp_path / "LINK.csv").symlink_to(table)
    (tmp_path / "HARD.csv").hardlink_to(table)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    done = run("link", "KG", *arguments)
    assert (done.code, done.out) == (2, b"")
    assert told in done.said[-1]
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert not (folder / "ledger.jsonl").exists()


def test_a_device_may_take_two(folder: Path, table: Path) -> None:
    assert run("link", folder, "--table", table, "--out", "/dev/null", "--sssom", "/dev/null").code == 0


@pytest.mark.parametrize("out", ["o.csv", "o.xlsx", "-"])
def test_no_table_is_written_without_its_mappings(folder: Path, table: Path, tmp_path: Path, out: str) -> None:
    place = out if out == "-" else str(tmp_path / out)
    done = run("link", folder, "--table", table, "--out", place, "--sssom", tmp_path / "none" / "m.tsv")
    assert (done.code, done.out) == (1, b"")
    assert str(tmp_path / "none" / "m.tsv") in done.said[-1]
    assert list(tmp_path.iterdir()) == [table]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_no_mappings_are_written_without_the_table(
    folder: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def full(self: object, cells: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "m.tsv").write_text("before", "utf-8")
    monkeypatch.setattr("unionkg.linking.link.Linked.added", full)
    done = run("link", folder, "--table", table, "--out", tmp_path / f"o.{form}", "--sssom", tmp_path / "m.tsv")
    assert done.code == 1
    assert (tmp_path / "m.tsv").read_text("utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.tsv", "t.csv"]


def test_a_cache_that_cannot_be_written_is_named(folder: Path, table: Path, tmp_path: Path) -> None:
    with serving(answer) as asked:
        done = run(
            *("link", folder, "--table", table, "--out", tmp_path / "o.csv"),
            *("--service", asked.url, "--cache", tmp_path / "none" / "c"),
        )
    assert done.code == 1
    assert str(tmp_path / "none" / "c") in done.said[-1]
    assert list(tmp_path.iterdir()) == [table]


def test_of_ledger_and_mappings_both_are_written_or_neither(folder: Path, table: Path, tmp_path: Path) -> None:
    run("link", folder, "--table", table, "--out", tmp_path / "linked.csv")
    (ledger := tmp_path / "l.jsonl").write_bytes(b"")
    mappings, nowhere = tmp_path / "m.tsv", tmp_path / "none" / "x.jsonl"
    arguments = ("link", folder, "--accepted", tmp_path / "linked.csv", "--prefix", PREFIX)
    with locked(folder.resolve()):
        assert run(*arguments, "--sssom", mappings, "--ledger", ledger).code == 1
    for files in (("--sssom", mappings, "--ledger", nowhere), ("--sssom", nowhere, "--ledger", ledger)):
        done = run(*arguments, *files)
        assert done.code == 1
        assert str(nowhere) in done.said[-1]
    assert ledger.read_bytes() == b""
    assert not mappings.exists()
    assert run(*arguments, "--sssom", mappings, "--ledger", ledger).code == 0
    assert ledger.read_bytes().count(b"\n") == 1
    assert mappings.is_file()


def test_a_service_is_asked_for_the_rows_and_its_answers_are_kept_beside(
    folder: Path, table: Path, tmp_path: Path
) -> None:
    with serving(answer) as asked:
        arguments = ("link", folder, "--service", asked.url, "--table", table, "--out", tmp_path / "o.csv")
        done, again = run(*arguments), run(*arguments)
    assert (done.code, again.code) == (0, 0)
    assert done.said[1:3] == [
        "unionkg: service: 名录",
        "unionkg: 2 requests; 0 rows answered from " + str(tmp_path / "o.csv.cache.jsonl"),
    ]
    assert again.said[2].startswith("unionkg: 1 requests; 3 rows answered")
    assert [row["iri"] for row in rows((tmp_path / "o.csv").read_bytes())] == [PREFIX + "Q1", PREFIX + "Q2", ""]


def test_a_service_is_asked_for_the_entities_and_accepted_links_lead_outside(folder: Path, tmp_path: Path) -> None:
    with serving(answer) as asked:
        run(
            "link",
            folder,
            "--service",
            asked.url,
            "--as",
            "工会",
            "--out",
            tmp_path / "o.csv",
            "--cache",
            tmp_path / "c",
        )
    assert (tmp_path / "c").is_file()
    ledger = tmp_path / "links.jsonl"
    text = (tmp_path / "o.csv").read_text("utf-8-sig").replace(",review,", ",match,")
    (tmp_path / "o.csv").write_text(text, "utf-8")
    done = run("link", folder, "--accepted", tmp_path / "o.csv", "--ledger", ledger, "--who", "罗")
    assert done.said == ["unionkg: 1 links written; the next `unionkg build` applies them"]
    (line,) = read_ledger(ledger).lines
    kg = unionkg.load(folder)
    assert line.judgement.object == "https://other.example/Q4"
    assert kg.graph.nodes[line.judgement.subject]["name"] == "浙江省总工会"


def test_from_python(folder: Path, table: Path, tmp_path: Path) -> None:
    kg: KG = unionkg.load(folder)
    (found,) = kg.match("白云区总工会", province="贵州省")
    assert (found.name, found.match, found.told("en")) == (
        "贵阳市白云区总工会",
        True,
        "the name is the same; the province 贵州省 agrees",
    )
    summary = kg.link(table, tmp_path / "o.jsonl", columns={"name": "机构"}, sssom=tmp_path / "m.tsv")
    assert summary.decisions == {"match": 1, "review": 1, "none": 1}
    assert (tmp_path / "m.tsv").is_file()
    with pytest.raises(InvalidOption, match="accepted: en, zh"):
        kg.link(table, tmp_path / "o.csv", language="fr")


def test_from_python_what_is_no_type_and_no_column_is_refused(folder: Path, table: Path, tmp_path: Path) -> None:
    kg: KG = unionkg.load(folder)
    with pytest.raises(InvalidOption, match="'船' is no type; accepted: ORG"):
        kg.match("杭州市总", type="船")
    with pytest.raises(InvalidOption, match="known by town; accepted: type, province"):
        kg.match("杭州市总", town="杭州市")
    with pytest.raises(InvalidOption, match="'船' is no type"):
        kg.link(table, tmp_path / "o.csv", type="船")
    with pytest.raises(InvalidOption, match="no column tells 'nix'; accepted: name, type, province"):
        kg.link(table, tmp_path / "o.csv", columns={"nix": "机构"})
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize(("name", "told"), [("白云区总工会", "贵阳市白云区总工会"), ("雪原驿站联盟", "[]")])
def test_the_example_of_the_documentation_runs_also_where_nothing_fits(
    folder: Path, root: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    section = (root / "docs" / "python.md").read_text("utf-8").split("## A name, and what it means\n", 1)[1]
    example = "".join(line[4:] for line in section.lstrip("\n").split("\n\n")[0].splitlines(keepends=True))
    assert "白云区总工会" in example
    exec(example.replace("白云区总工会", name), {"kg": unionkg.load(folder)})  # noqa: S102  (it is our own text)
    assert told in capsys.readouterr().out


def test_a_cell_of_an_unknown_type_tells_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("名称,类型\n杭州市总工会,船\n", "utf-8")
    done = run("link", folder, "--table", tmp_path / "t.csv", "--as", "工会")
    assert [row["decision"] for row in rows(done.out)] == ["match"]
