from __future__ import annotations

import pytest
import rdflib
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from tests.exports.world import NOTICE, REPORT, evidence
from unionkg.errors import InvalidOption
from unionkg.exports.iri import BASE, checked_base, document_name, evidence_name, name_of, role_name
from unionkg.graph.web_address import web_address

NAMES = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("base", [BASE, "http://example.org/kg#", "urn:example:union:"])
def test_a_base_is_an_absolute_iri(base: str) -> None:
    assert checked_base(base) == base


@pytest.mark.parametrize(
    "base",
    [
        "",
        "id/",
        "https://例子.cn/",
        "https://a b/",
        "https://a/<",
        "https://example.org/kg",
        "http://[a/",
        "https://a/#b#",
        "http://a/%zz/",
        "http://a:b/",
    ],
)
def test_any_other_base_is_refused_with_its_value(base: str) -> None:
    with pytest.raises(InvalidOption, match="accepted: an absolute IRI") as caught:
        checked_base(base)
    assert repr(base) in str(caught.value)


@given(NAMES)
def test_every_name_is_ascii_and_makes_an_iri(text: str) -> None:
    for name in (name_of(text), document_name(text), role_name(text)):
        assert name.isascii()
        assert NamedNode(BASE + name).value == BASE + name


@given(NAMES, NAMES)
def test_two_ids_never_share_a_name(one: str, other: str) -> None:
    assert (name_of(one) == name_of(other)) == (one == other)


def test_a_document_is_named_by_its_sha256_and_the_record_by_its_number() -> None:
    assert document_name(REPORT) == f"doc-{REPORT[:16]}"
    assert document_name(NOTICE) == f"doc-{NOTICE[:16]}-2"


def test_evidence_is_one_node_where_it_is_the_same_sentence() -> None:
    sentence = evidence(REPORT, 5, "会议召开。")
    assert evidence_name(sentence) == f"ev-{REPORT[:16]}-5-10" == evidence_name({**sentence})
    others = [
        evidence(NOTICE, 5, "会议召开。"),
        evidence(REPORT, 6, "会议召开。"),
        evidence(REPORT, 5, "会议召开。", parts=[[5, 7]]),
        evidence(REPORT, 5, "会议召开。", restored=True),
    ]
    assert len({evidence_name(each) for each in (sentence, *others)}) == 5


# what is not printable is never in an address, and of any printable text most is none
PIECES = st.sampled_from(["a", "工会", "%E5", "/", "?", "=", "&", ".", ":", "~", "'", "(", ";"])
PIECES |= st.characters(exclude_categories=["C", "Z"])


@given(st.lists(PIECES, max_size=6).map("".join))
def test_an_address_of_a_document_is_an_iri_that_others_take(path: str) -> None:
    found = web_address(f"https://example.org/{path}")
    assume(found)
    line = f"<{found}> <{found}> <{found}> .\n".encode()
    assert [quad.predicate.value for quad in parse(line, RdfFormat.N_TRIPLES)] == [found]
    assert len(rdflib.Graph().parse(data=line, format="nt")) == 1
