"""A small named world: a province's federation, its chair, its programmes, and documents that say so.

It keeps the contract of `unionkg.graph.attributes`. `hostile` is the same world with every text that a document could
bring replaced by one that tries to break out of the page.
"""

from __future__ import annotations

import hashlib

import networkx as nx

from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph
from unionkg.graph.segments import Edit
from unionkg.graph.texts import DocumentText, Foreign, Named

FEDERATION = "org-00000000000000a1"
CITY = "org-00000000000000a2"
CHAIR = "per-00000000000000b1"
PROVINCE = "plc-00000000000000c1"
STATION = "prg-00000000000000d1"
CONTEST = "prg-00000000000000d2"
DRIVERS = "grp-00000000000000e1"
LONER = "con-00000000000000f1"

REPORT = hashlib.sha256(b"report").hexdigest()
NOTICE = hashlib.sha256(b"notice").hexdigest()

PAYLOADS = (
    "<img src=x onerror=\"window.broken='img'\">",
    "</script><script>window.broken='script'</script>",
    '<a href="javascript:window.broken=1">href</a>',
    "<!--<script>",
    "line\u2028separator\u2029here",
    "\"';window.broken=1;//",
    "{{ 7 * 7 }}",
    "javascript:window.broken=1",
    "&lt;b&gt; &amp; 𠮷\ud800",
)


def evidence(document: str, start: int, quote: str, *, restored: bool = False) -> EvidenceAttributes:
    return {
        "document": document,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "parts": [],
        "restored": restored,
    }


def _fact(number: int) -> str:
    return f"fact-{number:016x}"


def small_world() -> KnowledgeGraph:
    graph: KnowledgeGraph = nx.MultiDiGraph()

    def entity(node: str, kind: str, name: str, pinyin: str, *aliases: str, subtype: str = "") -> None:
        graph.add_node(
            node,
            type=kind,
            name=name,
            aliases=list(aliases),
            pinyin=pinyin,
            rule="name",
            matched=[name],
            documents=[REPORT],
            mentions=2,
        )
        if subtype:
            graph.nodes[node]["subtype"] = subtype

    entity(FEDERATION, "ORG", "云海省总工会", "yun hai sheng zong gong hui", "省总", subtype="union")
    entity(CITY, "ORG", "青湾市总工会", "qing wan shi zong gong hui", subtype="union")
    entity(CHAIR, "PERSON", "林若溪", "lin ruo xi")
    entity(PROVINCE, "PLACE", "云海省", "yun hai sheng", subtype="province")
    entity(STATION, "PROGRAMME", "暖心驿站", "nuan xin yi zhan", subtype="service")
    entity(CONTEST, "PROGRAMME", "匠心杯", "jiang xin bei", subtype="competition")
    entity(DRIVERS, "GROUP", "货车司机", "huo che si ji")
    entity(LONER, "CONCEPT", "实干精神", "shi gan jing shen")

    said = "林若溪当选云海省总工会主席。"
    kept = "云海省总工会建成暖心驿站。"
    plan = "云海省总工会将举办匠心杯。"

    def fact(number: int, start: str, end: str, kind: str, *proofs: EvidenceAttributes, **qualifiers: str) -> None:
        graph.add_edge(
            start,
            end,
            _fact(number),
            type=kind,
            **qualifiers,
            confidence=0.9,
            rules=["verb"],
            sources=len({proof["document"] for proof in proofs}),
            evidence=list(proofs),
        )

    elected = evidence(REPORT, 12, said)
    fact(
        1,
        CHAIR,
        FEDERATION,
        "holds_post",
        elected,
        evidence(NOTICE, 3, said, restored=True),
        role="主席",
        status="elected",
    )
    fact(2, CHAIR, FEDERATION, "holds_post", elected, role="副主席", status="former", date="2021")
    fact(3, FEDERATION, PROVINCE, "governs", elected)
    fact(4, CITY, FEDERATION, "subordinate_to", elected)
    fact(5, FEDERATION, STATION, "organises", evidence(REPORT, 40, kept))
    fact(6, FEDERATION, CONTEST, "organises", evidence(REPORT, 60, plan), modality="planned")
    fact(7, STATION, DRIVERS, "targets", evidence(REPORT, 40, kept))
    fact(8, FEDERATION, CITY, "partners_with", evidence(NOTICE, 30, kept), programme=STATION)
    graph.graph["documents"] = sorted(
        [
            {
                "id": REPORT,
                "name": "report.txt",
                "title": "年度工作报告",
                "date": "2022-01-05",
                "authors": ["何一鸣"],
                "editors": [],
            },
            {"id": NOTICE, "name": "notice.html", "source": "https://example.org/notice", "authors": [], "editors": []},
        ],
        key=lambda paper: str(paper["id"]),
    )
    graph.graph.update(editions=[], possible=[], conflicts=[])
    graph.graph["outcomes"] = [
        {
            "id": "out-0000000000000001",
            "subject": FEDERATION,
            "programme": STATION,
            "value": 120.0,
            "unit": "个",
            "what": "建成的驿站",
            "kind": "result",
            "period": "2020/2021",
            "confidence": 0.8,
            "rules": ["figure"],
            "sources": 1,
            "evidence": [evidence(REPORT, 40, kept)],
        },
    ]
    return graph


def small_texts() -> list[DocumentText]:
    """Return the texts of the small world: at the places of its evidence stand its sentences."""

    def laid_out(*pieces: tuple[int, str]) -> str:
        text = ""
        for start, piece in pieces:
            text += "。" * (start - len(text)) + piece
        return text + "\n完\n"

    said = "林若溪当选云海省总工会主席。"
    report = laid_out(
        (0, "年度工作报告\n"), (12, said), (40, "云海省总工会建成暖心驿站。"), (60, "云海省总工会将举办匠心杯。")
    )
    notice = laid_out((3, said), (18, "乱入广告"), (30, "云海省总工会建成暖心驿站。"))
    return sorted(
        [
            DocumentText(
                document=REPORT,
                text=report,
                mentions=(
                    Named(12, 15, CHAIR),
                    Named(17, 20, PROVINCE),
                    Named(17, 23, FEDERATION),
                    Named(40, 46, FEDERATION),
                ),
            ),
            DocumentText(
                document=NOTICE,
                text=notice,
                mentions=(Named(3, 6, CHAIR), Named(8, 14, FEDERATION)),
                foreign=(Foreign(18, 22, "spam"),),
                edits=(Edit(6, 8, "被选为", "spin"), Edit(18, 22, "", "spam"), Edit(30, 31, "雲", "script")),
            ),
        ],
        key=lambda text: text.document,
    )


def hostile_world() -> KnowledgeGraph:
    graph = small_world()
    for number, entity in enumerate(graph.nodes[node] for node in sorted(graph)):
        entity["name"] = PAYLOADS[number % len(PAYLOADS)]
        entity["aliases"] = list(PAYLOADS)
    for _, _, edge in graph.edges(data=True):
        edge["role"] = edge["title"] = edge["date"] = PAYLOADS[0]
        edge["rules"] = [PAYLOADS[1]]
        edge["evidence"] = [piece | {"quote": " ".join(PAYLOADS)} for piece in edge["evidence"]]
    for figure in graph.graph["outcomes"]:
        figure["what"] = figure["unit"] = figure["period"] = PAYLOADS[1]
    for paper in graph.graph["documents"]:
        paper["title"], paper["source"], paper["name"] = "javascript:window.broken=1", PAYLOADS[2], PAYLOADS[1]
        paper["authors"] = [
            "data:text/html,<script>window.broken=1</script>",
            'https://example.org/"><script>window.broken=1</script>',
        ]
    return graph


def hostile_texts() -> list[DocumentText]:
    """Return texts of the same documents that try to break out of the page, in the text and in what edits put in."""
    text = "\n".join(PAYLOADS)
    return [
        DocumentText(
            document=document,
            text=text,
            mentions=(Named(0, 9, FEDERATION),),
            foreign=(Foreign(12, 20, PAYLOADS[1]),),
            edits=(Edit(30, 33, PAYLOADS[0], PAYLOADS[1]), Edit(40, 40, PAYLOADS[2], "spin")),
        )
        for document in sorted((REPORT, NOTICE))
    ]


def large_world(size: int, links: int = 3) -> KnowledgeGraph:
    """Return a graph of `size` nodes and about `links` facts a node, made from arithmetic, not chance."""
    graph: KnowledgeGraph = nx.MultiDiGraph()
    kinds = (("ORG", "org"), ("PERSON", "per"), ("PROGRAMME", "prg"), ("PLACE", "plc"))
    ids = [f"{kinds[number % 4][1]}-{number:016x}" for number in range(size)]
    for number, node in enumerate(ids):
        name = f"第{number}号机构"
        graph.add_node(
            node,
            type=kinds[number % 4][0],
            name=name,
            aliases=[],
            pinyin=f"di {number} hao ji gou",
            documents=[REPORT],
            rule="name",
            matched=[],
            mentions=1,
        )
    for number in range(1, size):
        province = number - number % 60
        for turn in range(links):
            other = (province, (number * 7 + turn * 13) % size, province + (number * turn) % 60)[turn % 3]
            if other != number and other < size:
                proof = evidence(REPORT, number, f"第{number}号机构与第{other}号机构合作。")
                graph.add_edge(
                    ids[number], ids[other], _fact(number * links + turn), type="partners_with", confidence=0.7, rules=["verb"],
                    sources=1, evidence=[proof],
                )  # fmt: skip
    graph.graph["documents"] = [{"id": REPORT, "name": "report.txt", "authors": [], "editors": []}]
    graph.graph.update(editions=[], possible=[], conflicts=[])
    graph.graph["outcomes"] = []
    return graph
