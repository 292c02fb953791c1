"""A ledger at work: builds apply it and say what they could not, review asks what it does not yet answer."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from pyshacl import validate
from typer.testing import CliRunner

import unionkg
from tests.unionkg.test_building import files
from unionkg.cli.app import app
from unionkg.cli.review import answered, lines_of
from unionkg.errors import BuildInProgress, InvalidLedger, InvalidOption
from unionkg.folder import locked
from unionkg.graph.attributes import edges, nodes
from unionkg.graph.doubts import KINDS
from unionkg.graph.ledger import Judgement, parse_ledger, read_ledger, sealed, to_lines
from unionkg.graph.spots import short_document
from unionkg.judging import add_judgements
from unionkg.kg import KG
from unionkg.nlp.extract import Options

RULES = Options(ner="rules")
TEXTS = {
    "海南.txt": "2024年4月9日，海南省总工会在海口市召开全委会议。桑晓岚当选海南省总工会主席，费玉堂当选海南省总工会副主席。\n",
    "海南二.txt": "工會動態\n2024-08-02 來源：海南工運網\n海南省總工會主席桑曉嵐到三亞市調研，看望貨車司機。\n",
    "海南三.txt": "工会动态\n2024-06-02 来源：海南工运网\n海南省总工会主席骆闻笙到文昌市调研。\n",
    "甘肃.txt": "2023年5月1日，甘肃省总工会主席桑晓岚到兰州市调研，今年以来全省新建职工驿站45个。\n",
    "湖南.txt": "2024年4月9日，“桑晓岚劳模工作室”在长沙市揭牌，湖南省总工会主席欧阳望津到会。\n",
}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def kg(documents: Path, tmp_path: Path) -> KG:
    return unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)


def rebuilt(kg: KG, *judgements: Judgement, name: str = "ledger.jsonl") -> KG:
    """The graph once more, with this ledger."""
    ledger = kg.folder.parent / name
    ledger.write_bytes(to_lines(judgements))
    return unionkg.build([kg.folder.parent / "documents"], kg.folder, options=RULES, workers=0, ledger=ledger)


def at(kg: KG, name: str, file: str) -> str:
    [document] = [one["id"] for one in kg.graph.graph["documents"] if one["name"] == file]
    return f"{name}@{short_document(document)}"


def judged(judgement: str, subject: str, object: str = "", value: str = "", **more: str) -> Judgement:
    return Judgement(judgement=judgement, subject=subject, object=object, value=value, **more)


def run(*arguments: str | Path) -> tuple[int, str, list[str]]:
    """Return the exit code, the data and the lines that were said."""
    done = CliRunner().invoke(app, [*map(str, arguments)], prog_name="unionkg")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr.splitlines()


def holders(kg: KG) -> set[str]:
    return {kg.graph.nodes[start]["name"] for start, *_, fact in edges(kg.graph) if fact["type"] == "holds_post"}


class TestBuilding:
    def test_a_ledger_is_applied_copied_and_applied_again_without_being_named(self, kg: KG) -> None:
        name = at(kg, "甘肃省总工会", "甘肃.txt")
        again = rebuilt(kg, judged("rename", name, value="甘肃省工会联合会"))
        assert again.entity("甘肃省工会联合会") == again.entity("甘肃省总工会") != []
        first = files(again.folder)
        assert "ledger.jsonl" in first
        (kg.folder / "cache.sqlite").unlink()
        once_more = unionkg.build([kg.folder.parent / "documents"], kg.folder, options=RULES, workers=0)
        assert files(once_more.folder) == first
        assert [one.state for one in once_more.manifest.ledger.judgements] == ["applied"]  # type: ignore[union-attr]

    def test_without_its_line_the_former_graph_comes_back_and_with_it_the_corrected_one(self, kg: KG) -> None:
        plain = files(kg.folder)
        line = judged("same", at(kg, "桑晓岚", "海南.txt"), at(kg, "桑晓岚", "甘肃.txt"))
        corrected = files(rebuilt(kg, line).folder)
        assert files(rebuilt(kg).folder) == plain
        assert files(rebuilt(kg, line).folder) == corrected != plain

    def test_a_ledger_that_is_none_leaves_the_folder_as_it_was(self, kg: KG, documents: Path, tmp_path: Path) -> None:
        before = {path.name: path.read_bytes() for path in kg.folder.iterdir() if path.is_file()}
        (tmp_path / "bad.csv").write_text("judgement,subject\nforgive,x\n", "utf-8")
        code, _, said = run("build", documents, "--out", kg.folder, "--ner", "rules", "--ledger", tmp_path / "bad.csv")
        assert code == 1
        [line] = said
        assert line.startswith(f"unionkg: {tmp_path / 'bad.csv'}, line 2: unknown judgement 'forgive'; accepted: same,")
        assert {path.name: path.read_bytes() for path in kg.folder.iterdir() if path.is_file()} == before

    def test_orphaned_judgements_are_said_one_a_line_and_the_exit_code_is_0(self, kg: KG, documents: Path) -> None:
        ledger = documents.parent / "册.csv"
        ledger.write_text("judgement,subject,object,value\nwrong_fact,fact-0,,\nrename,org-0,,甲\n", "utf-8-sig")
        code, _, said = run("build", documents, "--out", kg.folder, "--ner", "rules", "--ledger", ledger)
        assert code == 0
        assert said[-2:] == [
            "unionkg: ledger, line 2: wrong_fact is not applied: no fact or figure has the id 'fact-0'",
            "unionkg: ledger, line 3: rename is not applied: no document of this corpus has 'org-0'",
        ]
        stated = json.loads((kg.folder / "manifest.json").read_bytes())["ledger"]["judgements"]
        assert [one["state"] for one in stated] == ["orphaned"] * 2

    def test_a_judgement_on_a_deleted_document_is_orphaned(self, kg: KG, documents: Path) -> None:
        line = judged("rename", at(kg, "甘肃省总工会", "甘肃.txt"), value="甲")
        (documents / "甘肃.txt").unlink()
        applied = rebuilt(kg, line).manifest.ledger
        assert applied is not None
        assert applied.judgements[0].state == "orphaned"

    def test_judgements_that_were_added_to_the_folder_are_not_lost_to_another_ledger(self, kg: KG) -> None:
        line = judged("rename", at(kg, "甘肃省总工会", "甘肃.txt"), value="甲")
        add_judgements([line], kg.folder / "ledger.jsonl", kg.folder)
        with pytest.raises(InvalidLedger, match="1 judgements were added here after the build"):
            rebuilt(kg, name="other.jsonl")
        assert rebuilt(kg, line).entity("甲")
        assert not rebuilt(kg).entity("甲")

    def test_an_added_fact_is_in_every_file_and_the_shapes_hold(self, kg: KG) -> None:
        again = rebuilt(
            kg,
            judged(
                *("add_fact", "PERSON:宁仲平", at(kg, "海南省总工会", "海南.txt"), "holds_post"),
                role="主席",
                status="former",
                date="2019",
                why="=见《海南工运志》",
                who="甲",
                when="2024-05-06",
            ),
            judged("retype", at(kg, "海口市", "海南.txt"), value="ORG/other"),
        )
        assert "宁仲平" in holders(again)
        for name in ("graph.nt", "graph.ttl", "entities.csv", "relations.csv", "graph.json", "graph.html"):
            assert "宁仲平" in (again.folder / name).read_text("utf-8"), name
        assert "'=见《海南工运志》" in (again.folder / "relations.csv").read_text("utf-8")
        [row] = [one for one in rows_of(again.folder / "documents.csv") if one["name"] == "ledger"]
        assert (row["authors"], row["date"]) == ("甲", "2024-05-06")
        assert (
            again.sparql("ASK { ?f rdf:subject/skos:prefLabel '宁仲平'@zh-hans ; ukg:evidence/oa:hasSource ?d }")
            is True
        )
        conforms, _, report = validate(again.rdf(), shacl_graph=str(again.folder / "shapes.ttl"))
        assert conforms, report


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text("utf-8-sig"))))


class TestForgetting:
    def test_a_forgotten_person_is_in_no_file_but_the_cache(self, kg: KG, documents: Path) -> None:
        (documents / "桑晓岚简历.txt").write_text("桑晓岚，女，海南省总工会主席。\n", "utf-8")
        kg = unionkg.build([documents], kg.folder, options=RULES, workers=0)
        people = [node for node, entity in nodes(kg.graph) if entity["name"] == "桑晓岚"]
        assert len(people) > 1
        lines = [judged("forget", at(kg, "桑晓岚", "海南.txt"), who="桑晓岚", why="桑晓岚来信")]
        lines += [judged("forget", node) for node in people if node not in {kg_node(kg, "海南.txt")}]
        again = rebuilt(kg, *lines)
        for path in sorted(again.folder.rglob("*")):
            if path.is_file() and path.name != "cache.sqlite":
                data = path.read_bytes()
                for name in ("桑晓岚", "桑曉嵐", "sang xiao lan"):
                    assert name.encode() not in data, (path.name, name)
                    assert json.dumps(name)[1:-1].encode() not in data, (path.name, name)
        assert "费玉堂" in holders(again)
        [told] = [fact for *_, fact in edges(again.graph) if fact.get("role") == "副主席"]
        assert told["evidence"][0]["quote"] == "●●●当选海南省总工会主席，费玉堂当选海南省总工会副主席。"
        assert (
            (again.folder / "ledger.jsonl")
            .read_text("utf-8")
            .startswith('{"judgement":"forget","subject":"' + sealed("桑晓岚"))
        )
        before = files(again.folder)
        once_more = unionkg.build([documents], kg.folder, options=RULES, workers=0)
        now = files(once_more.folder)
        assert {name for name in now if now[name] != before[name]} <= {"manifest.json"}  # `inputs` knows the copy
        assert holders(once_more) == holders(again)

    def test_a_forgotten_document_is_neither_read_nor_kept(self, kg: KG) -> None:
        name = at(kg, "", "甘肃.txt").removeprefix("@")
        again = rebuilt(kg, judged("forget", name))
        [entry] = [one for one in again.manifest.sources if one.state == "forgotten"]
        assert entry.path.endswith("甘肃.txt")
        assert "forgotten" in str(entry.reason)
        assert not again.entity("甘肃省总工会")
        import sqlite3

        with sqlite3.connect(again.folder / "cache.sqlite") as database:
            keys = [key for (key,) in database.execute("SELECT key FROM extraction")]
        assert len(keys) == len(TEXTS) - 1
        assert not any(key.startswith(str(entry.sha256)) for key in keys)

    def test_a_forgotten_record_is_gone_and_the_others_of_its_file_stay(self, documents: Path, tmp_path: Path) -> None:
        records = [{"title": name, "text": text} for name, text in TEXTS.items()]
        (documents / "all.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
        kg = unionkg.build([documents / "all.jsonl"], tmp_path / "KG", options=RULES, workers=0)
        [(_, union)] = kg.entity("甘肃省总工会")
        [gone] = union["documents"]
        ledger = tmp_path / "l.jsonl"
        ledger.write_bytes(to_lines([judged("forget", short_document(gone))]))
        again = unionkg.build([documents / "all.jsonl"], kg.folder, options=RULES, workers=0, ledger=ledger)
        left = {one["id"] for one in again.graph.graph["documents"]}
        assert left == {one["id"] for one in kg.graph.graph["documents"]} - {gone}
        assert not again.entity("甘肃省总工会")


def kg_node(kg: KG, file: str) -> str:
    """The node of the person of that document."""
    [document] = [one["id"] for one in kg.graph.graph["documents"] if one["name"] == file]
    [node] = [
        node for node, entity in nodes(kg.graph) if entity["name"] == "桑晓岚" and document in entity["documents"]
    ]
    return node


class TestReview:
    def test_conflicts_and_possible_matches_are_listed_with_their_lines_and_sentences(self, kg: KG) -> None:
        code, out, said = run("review", kg.folder)
        assert (code, said) == (0, [])
        assert "doubts: orphaned 0, conflict 1, merge 0, possible 1" in out.splitlines()[0]
        conflict = next(one for one in kg.review().doubts if one.kind == "conflict")
        assert all(name in conflict.question for name in ("骆闻笙", "桑晓岚"))
        assert all(one.text in out for one in conflict.evidence)
        assert conflict.question.startswith("Is it right? 骆闻笙")  # two sentences speak for the other
        assert conflict.no[0].judgement == "wrong_fact"
        possible = next(one for one in kg.review().doubts if one.kind == "possible")
        assert {one.judgement for one in (*possible.yes, *possible.no)} == {"same", "not_same"}

    @pytest.mark.parametrize("side", ["yes", "no"])
    def test_every_line_that_is_proposed_can_be_applied_and_is_not_asked_again(self, kg: KG, side: str) -> None:
        doubts = kg.review(below=1.0).doubts
        assert {one.kind for one in doubts} == {"conflict", "possible", "confidence"}
        for doubt in doubts:
            lines = doubt.yes if side == "yes" else doubt.no
            again = rebuilt(kg, *lines)
            if lines:
                assert [one.state for one in again.manifest.ledger.judgements] == ["applied"] * len(lines)  # type: ignore[union-attr]
                left = {(one.kind, one.question) for one in again.review(below=1.0).doubts}
                assert (doubt.kind, doubt.question) not in left

    def test_what_was_judged_since_the_build_is_not_asked_again(self, kg: KG) -> None:
        for doubt in kg.review(below=1.0).doubts:
            for lines in filter(None, (doubt.yes, doubt.no)):
                asked = kg.review(below=1.0, ledger=parse_ledger(to_lines(lines))).doubts
                assert doubt not in asked
                assert len(asked) < len(kg.review(below=1.0).doubts)

    def test_orphaned_judgements_come_first(self, kg: KG) -> None:
        again = rebuilt(kg, judged("rename", "org-0", value="甲"))
        first = again.review().doubts[0]
        assert first.kind == "orphaned"
        assert "line 1" in first.question
        assert "rename org-0 甲" in first.question

    def test_kind_limit_and_threshold_choose(self, kg: KG) -> None:
        everything = kg.review(below=1.0)
        assert [one.kind for one in kg.review(kinds=["possible"]).doubts] == ["possible"]
        assert kg.review(below=1.0, limit=1).doubts == everything.doubts[:1]
        assert kg.review(below=1.0, limit=1).counts == everything.counts
        assert everything.counts["confidence"] > kg.review(below=0.5).counts["confidence"] == 0
        code, _, said = run("review", kg.folder, "--kind", "all")
        assert code == 2
        assert all(kind in said[0] for kind in KINDS)

    def test_json_has_counts_and_doubts(self, kg: KG) -> None:
        code, out, _ = run("review", kg.folder, "--json", "--limit", "1")
        content = json.loads(out)
        assert code == 0
        assert content["counts"]["conflict"] == 1
        assert len(content["doubts"]) == 1
        assert set(content["doubts"][0]) >= {"kind", "urgency", "question", "about", "evidence", "no"}

    def test_the_sheet_is_a_ledger_when_it_is_filled_in_and_before(self, kg: KG, tmp_path: Path) -> None:
        sheet = tmp_path / "sheet.csv"
        assert run("review", kg.folder, "--sheet", sheet, "--below", "1")[0] == 0
        assert read_ledger(sheet).lines == ()
        rows = rows_of(sheet)
        assert {"_accepted", "_question", "_quotes", "judgement"} <= set(rows[0])
        for row in rows:
            row["judgement"] = row["_accepted"].split(" / ")[-1]
        stream = StringIO()
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        assert len(parse_ledger(stream.getvalue().encode()).lines) == len(rows)
        assert run("review", kg.folder, "--sheet", "-")[1].startswith("\ufeffjudgement,")

    def test_what_documents_hold_does_not_steer_the_terminal(self, documents: Path, tmp_path: Path) -> None:
        (documents / "海南.txt").rename(documents / "三\x1b[31m\u202e.txt")
        kg = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
        lines = list(lines_of(kg.review(below=1.0)))
        assert any("\\x1b" in line for line in lines)
        assert all(line.isprintable() for line in lines)

    def test_one_form_at_a_time_and_questions_on_a_terminal_alone(self, kg: KG) -> None:
        assert run("review", kg.folder, "--json", "--sheet", "-")[0] == 2
        code, _, said = run("review", kg.folder, "--ask")
        assert code == 2
        assert "--sheet" in said[0]

    def test_no_sheet_takes_the_place_of_a_ledger(self, kg: KG, tmp_path: Path) -> None:
        (ledger := tmp_path / "mine.csv").write_text("judgement,subject\n", "utf-8")
        assert run("review", kg.folder, "--sheet", ledger, "--ledger", ledger)[0] == 2
        assert run("review", kg.folder, "--sheet", kg.folder / "ledger.jsonl")[0] == 2
        assert ledger.read_text("utf-8") == "judgement,subject\n"


class TestAsking:
    def ask(self, kg: KG, ledger: Path, *given: str) -> int:
        replies = iter(given)
        return answered(kg.review().doubts, lambda _: next(replies), kg, ledger, "甲", "2024-05-06")

    def test_answers_are_written_signed_as_they_come(self, kg: KG, capsys: pytest.CaptureFixture[str]) -> None:
        ledger = kg.folder / "ledger.jsonl"
        assert self.ask(kg, ledger, "n", "年鉴不同", "maybe", "y", "", "q") == 2
        conflict, possible = (line.judgement for line in read_ledger(ledger).lines)
        assert (conflict.judgement, conflict.who, conflict.when, conflict.why) == (
            *("wrong_fact", "甲"),
            *("2024-05-06", "年鉴不同"),
        )
        assert possible.judgement == "same"
        assert possible.why.startswith("Are they one? 桑晓岚")
        assert "2. possible: Are they one? 桑晓岚" in capsys.readouterr().err
        assert {"conflict", "possible"}.isdisjoint(one.kind for one in kg.review().doubts)

    def test_skipped_and_unasked_doubts_write_nothing(self, kg: KG) -> None:
        assert self.ask(kg, kg.folder / "ledger.jsonl", "s", "q") == 0
        assert not (kg.folder / "ledger.jsonl").exists()

    def test_nothing_is_written_while_a_build_runs_or_into_a_table(self, kg: KG, tmp_path: Path) -> None:
        line = judged("rename", "org-0", value="甲")
        with locked(kg.folder), pytest.raises(BuildInProgress):
            add_judgements([line], kg.folder / "ledger.jsonl", kg.folder)
        (tmp_path / "table.csv").write_text("judgement,subject\n", "utf-8")
        with pytest.raises(InvalidLedger, match="JSON Lines"):
            add_judgements([line], tmp_path / "table.csv", kg.folder)
        assert (tmp_path / "table.csv").read_text("utf-8") == "judgement,subject\n"

    @pytest.mark.parametrize("name", ["new.csv", "new", "new.tsv"])
    def test_a_new_ledger_has_the_suffix_of_json_lines(self, kg: KG, tmp_path: Path, name: str) -> None:
        line = judged("rename", "org-0", value="甲")
        with pytest.raises(InvalidOption, match=r"accepted: a name that ends in \.jsonl"):
            add_judgements([line], tmp_path / name, kg.folder)
        with pytest.raises(InvalidOption, match="new ledger"):
            self.ask(kg, tmp_path / name)  # before a question is asked
        assert not (tmp_path / name).exists()

    def test_a_ledger_that_cannot_be_written_is_named(self, kg: KG, tmp_path: Path) -> None:
        ledger = tmp_path / "none" / "l.jsonl"
        with pytest.raises(FileNotFoundError) as raised:
            add_judgements([judged("rename", "org-0", value="甲")], ledger, kg.folder)
        assert raised.value.filename == str(ledger)

    def test_judgements_are_added_behind_a_line_without_end(self, kg: KG, tmp_path: Path) -> None:
        ledger = tmp_path / "l.jsonl"
        line = judged("rename", "org-0", value="甲")
        ledger.write_bytes(to_lines([line]).rstrip(b"\n"))
        add_judgements([line], ledger, kg.folder)
        assert len(read_ledger(ledger).lines) == 2


class TestMerges:
    def test_what_was_joined_is_listed_with_rule_and_what_matched(self, kg: KG) -> None:
        code, out, _ = run("merges", kg.folder)
        assert code == 0
        [row] = [line for line in out.splitlines() if "海南省总工会" in line and "territory" in line]
        assert row.split()[:4] == ["3", "海南省总工会", "ORG", "territory"]
        content = json.loads(run("merges", kg.folder, "--json")[1])
        assert all(len(one["documents"]) > 1 or one["names"] for one in content)
        table = rows_of_text(run("merges", kg.folder, "--csv", "--limit", "1")[1])
        assert len(table) == 1

    def test_one_entity_is_told_document_by_document_with_names_for_a_ledger(self, kg: KG) -> None:
        _, out, _ = run("merges", kg.folder, kg_node(kg, "海南.txt"))
        names = [line.split()[0] for line in out.splitlines() if line.startswith("  ")]
        assert sorted(names) == sorted(at(kg, "桑晓岚", file) for file in ("海南.txt", "海南二.txt"))
        parted = rebuilt(kg, judged("not_same", names[0], names[1], why="两人"))
        assert len(parted.entity("桑晓岚")) == len(kg.entity("桑晓岚")) + 1
        assert run("merges", kg.folder, "没有的人")[0] == 2

    def test_the_judgement_that_joined_is_told(self, kg: KG) -> None:
        line = judged("same", at(kg, "桑晓岚", "海南.txt"), at(kg, "桑晓岚", "甘肃.txt"), who="甲", why="同一人")
        rebuilt(kg, line)
        _, out, _ = run("merges", kg.folder, "桑晓岚")
        assert f"same: {line.subject} {line.object} [甲, 同一人]" in out


def rows_of_text(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))
