"""A small world: two unions, three people, a programme, a meeting and what two short documents say of them."""

from __future__ import annotations

import random
from hashlib import sha256

import networkx as nx

from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph

REPORT = sha256(b"report").hexdigest()
NOTICE = sha256(b"notice").hexdigest() + "#2"

UNION = "org-00000000000000a1"
CITY_UNION = "org-00000000000000a2"
PROVINCE = "plc-00000000000000b1"
CHAIR = "per-00000000000000c1"
OLD_CHAIR = "per-00000000000000c2"
PROGRAMME = "prg-00000000000000d1"
CONGRESS = "evt-00000000000000e1"
COURIERS = "grp-00000000000000f1"

HOLDS = "fact-0000000000000001"
HELD = "fact-0000000000000002"
PLANNED = "fact-0000000000000003"
DONE = "fact-0000000000000004"
UNDER = "fact-0000000000000005"
GOVERNS = "fact-0000000000000006"
PARTNERS = "fact-0000000000000007"
ATTENDS = "fact-0000000000000008"

HOSTILE_NAMES = (
    '他说"好"\\的工会',
    "第一行\n第二行\r\n第三行",
    "<script>alert(1)</script>工会",
    "</style><!-- ]]> & 工会",
    '=cmd|"/c calc"!A1',
    "＝1＋1",
    "-2+3",
    "@SUM(A1)",
    "\t制表",
    "全角\u3000空格",
    "工会🔧",
    "\u202e倒写\u200f工会",
    "𠮷野家工会",
    "甲|乙",
    "e\u0301与é",
    "' . } <a:b> <a:c> <a:d> . #",
)


def evidence(
    document: str, start: int, quote: str, parts: list[list[int]] | None = None, restored: bool = False
) -> EvidenceAttributes:
    """Return the evidence that `quote`, at `start` of the document, gives."""
    return {
        "document": document,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "parts": parts or [],
        "restored": restored,
    }


POST = evidence(REPORT, 10, "江海省总工会主席林知远出席会议。")
CONGRESS_HELD = evidence(NOTICE, 0, "江海省總工會代表大會【廣告】在海州召開。", [[0, 9], [13, 19]], True)


def world() -> KnowledgeGraph:
    """Return the graph of this world."""
    graph: KnowledgeGraph = nx.MultiDiGraph()

    def entity(node: str, kind: str, name: str, pinyin: str, **more: object) -> None:
        attributes = {"aliases": [], "documents": [REPORT], "mentions": 1, **more}
        graph.add_node(node, type=kind, name=name, pinyin=pinyin, rule="name", matched=[name], **attributes)

    def fact(key: str, subject: str, kind: str, end: str, **more: object) -> None:
        attributes = {"confidence": 0.9, "rules": ["verb"], "sources": 1, "evidence": [POST], **more}
        graph.add_edge(subject, end, key=key, type=kind, **attributes)

    entity(
        UNION,
        "ORG",
        "江海省总工会",
        "jiang hai sheng zong gong hui",
        subtype="union",
        code="990000",
        aliases=["江海总工会", "省总工会"],
        former_names=["江海总工会"],
        traditional=["江海省總工會"],
        exact_matches=["https://names.example/%E6%B1%9F%E6%B5%B7", "https://things.example/entity/Q99"],
        close_matches=["http://authority.example/union?id=7&lang=zh"],
        documents=[REPORT, NOTICE],
        mentions=5,
    )
    entity(CITY_UNION, "ORG", "海州市总工会", "hai zhou shi zong gong hui", subtype="union")
    entity(PROVINCE, "PLACE", "江海省", "jiang hai sheng", subtype="province", code="990000")
    entity(CHAIR, "PERSON", "林知远", "lin zhi yuan")
    entity(OLD_CHAIR, "PERSON", "苏未央", "su wei yang")
    entity(PROGRAMME, "PROGRAMME", "暖蜂行动", "nuan feng xing dong", subtype="campaign")
    entity(CONGRESS, "EVENT", "江海省总工会代表大会", "jiang hai sheng zong gong hui dai biao da hui")
    entity(COURIERS, "GROUP", "快递员", "kuai di yuan")

    fact(HOLDS, CHAIR, "holds_post", UNION, role="主席", status="current", date="2023-05")
    fact(HELD, OLD_CHAIR, "holds_post", UNION, role="主席", status="former", date="2021")
    fact(PLANNED, UNION, "organises", PROGRAMME, modality="planned", confidence=0.75, rules=["plan", "verb"])
    fact(DONE, UNION, "organises", CONGRESS, evidence=[POST, CONGRESS_HELD], sources=2)
    fact(UNDER, CITY_UNION, "subordinate_to", UNION, confidence=1.0, rules=["name"])
    fact(GOVERNS, UNION, "governs", PROVINCE)
    fact(PARTNERS, CITY_UNION, "partners_with", UNION, programme=PROGRAMME)
    fact(ATTENDS, CHAIR, "attends", CONGRESS, role="致辞", date="2023-05-06")

    graph.graph["documents"] = [
        {
            "id": REPORT,
            "name": "report.txt",
            "cluster": REPORT,
            "encoding": "utf-8",
            "title": "暖蜂行动走进江海",
            "original_title": "江海启动暖蜂行动",
            "number": "江工发〔2023〕8号",
            "url": "https://jianghai.example/2023/8.html",
            "correspondents": ["乙作者"],
            "date": "2023-05-08",
            "source": "江海工人报",
            "authors": ["甲作者", "乙作者"],
            "editors": ["丙编辑"],
        },
        {"id": NOTICE, "name": "notices.jsonl", "cluster": REPORT, "date": "2023", "authors": [], "editors": []},
    ]
    graph.graph["documents"].sort(key=lambda document: document["id"])
    graph.graph.update(editions=[], possible=[], conflicts=[])
    graph.graph["outcomes"] = [
        {
            "id": "out-0000000000000001",
            "subject": UNION,
            "programme": PROGRAMME,
            "value": 120000.0,
            "value_max": 150000.0,
            "bound": "about",
            "beneficiary": COURIERS,
            "unit": "人",
            "what": "慰问快递员",
            "kind": "target",
            "period": "2021/2023",
            "confidence": 0.8,
            "rules": ["figure"],
            "sources": 1,
            "evidence": [evidence(REPORT, 40, "今后三年将慰问约12万至15万名快递员。")],
        },
        {
            "id": "out-0000000000000002",
            "value": 0.35,
            "unit": "%",
            "what": "增长",
            "kind": "result",
            "confidence": 0.5,
            "rules": ["figure"],
            "sources": 1,
            "evidence": [POST],
        },
    ]
    return graph


def hostile_world() -> KnowledgeGraph:
    """Return the world with a union for each hostile name, which also stands as alias, role and quote."""
    graph = world()
    for number, name in enumerate(HOSTILE_NAMES):
        graph.add_node(
            f"org-{number:016x}",
            type="ORG",
            name=name,
            aliases=[f"{name}甲", f"{name}|乙"],
            pinyin="gong hui",
            documents=[REPORT],
            rule="name",
            matched=[name],
            mentions=1,
        )
        graph.add_edge(
            CHAIR,
            f"org-{number:016x}",
            key=f"fact-{0xF000 + number:016x}",
            type="holds_post",
            role=name,
            confidence=0.5,
            rules=["verb"],
            sources=1,
            evidence=[evidence(REPORT, 1000 * (number + 1), name)],
        )
    return graph


def shuffled(graph: KnowledgeGraph, seed: int) -> KnowledgeGraph:
    """Return an equal graph whose nodes, edges and attributes were put together in another order."""
    order = random.Random(seed)
    other: KnowledgeGraph = nx.MultiDiGraph()
    nodes = sorted(graph)
    edges = sorted(graph.edges(keys=True))
    order.shuffle(nodes)
    order.shuffle(edges)
    for node in nodes:
        other.add_node(node, **dict(reversed(graph.nodes[node].items())))
    for start, end, key in edges:
        other.add_edge(start, end, key=key, **dict(reversed(graph.edges[start, end, key].items())))
    other.graph.update(reversed(graph.graph.items()))
    return other
