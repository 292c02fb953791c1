"""What an extraction says of a text that is a copy, repeats itself, or may not be as its author wrote it."""

from tests.nlp.extracted import extracted
from tests.nlp.test_unknown_spinner import HONEST, strange
from unionkg.graph.duplicates import clusters
from unionkg.nlp.script import to_simplified

SPUN = (
    "清溪市总工会深刻展开“五年夜举动”，加大力度平易近主治理，扶植财产工人步队。新失业形状休息者餐与加入工会。\n"
    "中工网记者 罗德平易近\n“我在工会学了技巧。”罗德平易近说。"
)
TRADITIONAL = (
    "浙江省總工會召開會議，選舉陳明為主席。會議聽取了工作報告，通過了關於經費審查工作的決議，並向離任的委員致敬。"
)


def test_the_printed_form_of_a_restored_name_is_an_alias() -> None:
    persons = [entity for entity in extracted(SPUN).entities if entity.type == "PERSON"]
    assert [(entity.name, entity.aliases) for entity in persons] == [("罗德民", ("罗德平易近",))]


def test_a_name_in_another_script_has_no_other_form() -> None:
    [person] = [entity for entity in extracted(TRADITIONAL).entities if entity.type == "PERSON"]
    assert (person.name, person.aliases) == ("陈明", ())


def test_a_text_and_its_conversion_are_one_cluster() -> None:
    converted = to_simplified(TRADITIONAL)
    signatures = {"a": extracted(TRADITIONAL).signature, "b": extracted(converted).signature}
    assert signatures["a"] == signatures["b"]
    assert set(clusters(signatures).values()) == {"a"}


def test_a_line_that_says_again_what_another_says_is_marked_at_its_place() -> None:
    text = f"清溪市总工会召开会议选举主席\n{TRADITIONAL}\n清溪市总工会召开会议选举主席（1）\n{TRADITIONAL[:40]}"
    found = [(text[one.start : one.end], text[one.of_start : one.of_end]) for one in extracted(text).repeats]
    assert found == [
        ("清溪市总工会召开会议选举主席", "清溪市总工会召开会议选举主席（1）"),
        (TRADITIONAL[:40], TRADITIONAL),
    ]


def test_a_text_of_an_unknown_spinner_comes_with_a_warning() -> None:
    assert extracted(HONEST, ner="rules").warnings == ()
    [warning] = extracted(strange(HONEST), ner="rules").warnings
    assert "unknown spinner" in warning
