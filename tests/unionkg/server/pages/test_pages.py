"""The pages of a served graph: what they show, in which language, and how they answer what makes no sense."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml.html import HtmlElement
from starlette.testclient import TestClient

from tests.exports.world import (
    CHAIR,
    CITY_UNION,
    CONGRESS_HELD,
    COURIERS,
    GOVERNS,
    HELD,
    HOLDS,
    HOSTILE_NAMES,
    OLD_CHAIR,
    PARTNERS,
    PROGRAMME,
    PROVINCE,
    REPORT,
    UNION,
    world,
)
from tests.unionkg.server.pages.world import ADDRESS, BASE, asking, put, tree, words
from unionkg.exports.iri import document_name
from unionkg.exports.questions import examples, questions
from unionkg.server.pages.template import style_name
from unionkg.server.replies import CUT

DOCUMENT = document_name(REPORT)
PLACES = (
    "/",
    "/search",
    "/search?q=工会",
    "/browse",
    "/browse?type=ORG&subtype=union&province=36",
    "/documents",
    f"/entity/{UNION}",
    f"/entity/{CHAIR}",
    f"/entity/{UNION}/facts?relation=organises",
    f"/entity/{PROGRAMME}",
    f"/entity/{PROGRAMME}/within",
    f"/entity/{UNION}/figures",
    f"/entity/{UNION}/documents",
    f"/document/{DOCUMENT}",
    "/questions",
    "/questions/posts-of",
    "/questions/posts-of?name=林知远",
    "/questions/types?ask=1",
    "/about",
    "/api",
    f"/id/{HOLDS}",
    "/id/role-none",
    "/nowhere",
)


def shown(client: TestClient, path: str, status: int = 200) -> HtmlElement:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    return tree(answer.text)


@pytest.mark.parametrize(
    "text",
    ["江海省总工会", "江海省總工會", "省总工会", "jianghaisheng", "jhszgh", "海省总", "zong gong", UNION],
    ids=["name", "traditional", "alias", "pinyin", "initials", "part", "part of the pinyin", "id"],
)
def test_an_entity_is_found_by_all_that_it_is_called(client: TestClient, text: str) -> None:
    page = shown(client, f"/search?q={quote(text)}")
    assert f"/entity/{UNION}" in page.xpath("//ol[@class='things']//a/@href")
    assert page.xpath("//input[@id='q']/@value") == [text]


def test_a_division_code_finds_the_entities_that_have_it(client: TestClient) -> None:
    found = shown(client, "/search?q=990000").xpath("//ol[@class='things']//a/@href")
    assert found == [f"/entity/{UNION}", f"/entity/{PROVINCE}"]
    assert not shown(client, "/search?q=99").xpath("//ol[@class='things']")


def test_what_is_called_so_stands_first(client: TestClient) -> None:
    found = shown(client, "/search?q=江海省总工会").xpath("//ol[@class='things']//a/@href")
    assert found[:2] == [f"/entity/{UNION}", "/entity/evt-00000000000000e1"]
    titles = shown(client, "/search?q=走进").xpath("//ul[@class='things']//a/@href")
    assert titles == [f"/document/{DOCUMENT}"]


def test_an_entity_is_told_with_names_posts_figures_and_sentences(client: TestClient) -> None:
    page = shown(client, f"/entity/{UNION}")
    told = words(page.xpath("//main")[0])
    for text in (
        "江海总工会",
        "曾用名",
        "江海省總工會",
        "主席",
        "2023-05",
        "暖蜂行动",
        "计划中",
        "慰问快递员",
        "≈120,000–150,000",
    ):
        assert text in told
    posts = page.xpath("//ul[contains(@class, 'timed')]/li/a/@href")
    assert posts == [f"/entity/{CHAIR}", f"/entity/{OLD_CHAIR}"]  # the latest first
    assert page.xpath("//a[@href='https://things.example/entity/Q99']/@rel") == ["external nofollow noreferrer"]
    quotes = [words(one) for one in page.xpath("//blockquote")]
    assert "江海省总工会主席林知远出席会议。" in quotes
    assert "江海省总工会" in page.xpath("//blockquote//mark/text()")
    assert f"/entity/{CHAIR}" in page.xpath("//blockquote//a/@href")
    assert "江海省总工會代表大会在海州召開。" in "".join(page.xpath("//p[@class='reading']//text()"))


def test_the_picture_leads_to_the_neighbours(client: TestClient) -> None:
    links = set(shown(client, f"/entity/{UNION}").xpath("//svg[@class='neighbours']//a/@href"))
    assert links >= {f"/entity/{CHAIR}", f"/entity/{CITY_UNION}", f"/entity/{PROGRAMME}"}


def test_all_facts_of_a_relation_are_listed_with_all_their_sentences(client: TestClient) -> None:
    page = shown(client, f"/entity/{UNION}/facts?relation=organises&direction=out")
    assert len(page.xpath("//ul[@class='facts']/li")) == 2
    assert len(page.xpath("//blockquote")) == 3
    inward = shown(client, f"/entity/{UNION}/facts?relation=subordinate_to&direction=in")
    assert f"/entity/{CITY_UNION}" in inward.xpath("//ul[@class='facts']/li//a/@href")


def test_the_facts_that_carry_a_programme_stand_on_its_page(client: TestClient) -> None:
    page = shown(client, f"/entity/{PROGRAMME}?lang=en")
    assert page.xpath("//ul[@class='facts within']/li/@id") == [PARTNERS]
    assert "Facts within this programme" in words(page)
    assert [one["id"] for one in client.get(f"/api/entity/{PROGRAMME}").json()["within"]] == [PARTNERS]
    assert shown(client, f"/entity/{PROGRAMME}/within").xpath("//ul[@class='facts']/li/@id") == [PARTNERS]
    assert not shown(client, f"/entity/{UNION}").xpath("//ul[@class='facts within']")


def test_all_documents_that_name_an_entity_are_listed_page_by_page(tmp_path: Path) -> None:
    graph = world()
    more = [sha256(b"%d" % number).hexdigest() for number in range(60)]
    graph.graph["documents"] += [
        {
            "id": one,
            "name": f"{number}.txt",
            "cluster": one,
            "date": f"2022-01-{number % 28 + 1:02}",
            "authors": [],
            "editors": [],
        }
        for number, one in enumerate(more)
    ]
    graph.graph["documents"].sort(key=lambda document: document["id"])
    graph.nodes[COURIERS]["documents"] = sorted([*more, REPORT])
    with asking(put(graph, tmp_path / "KG")) as client:
        link = f"/entity/{COURIERS}/documents"
        assert link in shown(client, f"/entity/{COURIERS}").xpath("//a/@href")
        first, second = (shown(client, f"{link}?page={number}") for number in (1, 2))
        listed = [*first.xpath("//ol[@class='things']//a/@href"), *second.xpath("//ol[@class='things']//a/@href")]
        assert (len(listed), len(set(listed)), listed[0]) == (61, 61, f"/document/{DOCUMENT}")
        assert first.xpath("//a[@rel='next']/@href") == [f"{link}?page=2"]
        assert client.get(f"/api{link}?page=2").json()["total"] == 61


def test_a_document_is_told_with_its_text_its_restored_text_and_four_citations(client: TestClient) -> None:
    page = shown(client, f"/document/{DOCUMENT}")
    assert "一份<b>通知</b>。" in page.xpath("//div[@class='text']")[0].text_content()
    assert page.xpath("//span[@class='saying']/@id")[0] == f"ev-{DOCUMENT[4:]}-10-26"
    assert [words(one) for one in page.xpath("//details[@class='cite']/h2")] == [
        "GB/T 7714—2015", "BibTeX", "RIS", "CSL-JSON",
    ]  # fmt: skip
    notice = shown(client, "/documents").xpath("//ol[@class='things']//a/@href")[1]
    texts = [one.text_content() for one in shown(client, notice).xpath("//div[@class='text']")]
    assert texts == [f"{CONGRESS_HELD['quote']}会后快递员参观。", "江海省总工會代表大会在海州召開。会后快递员参观。"]


def test_a_graph_without_texts_says_so(tmp_path: Path) -> None:
    with asking(put(world(), tmp_path / "KG", texts=())) as client:
        page = shown(client, f"/document/{DOCUMENT}")
        assert "这里没有此文献的正文" in words(page)
        assert page.xpath("//blockquote")


def test_entities_are_browsed_by_type_and_province(client: TestClient) -> None:
    page = shown(client, "/browse?type=ORG")
    assert set(page.xpath("//ol[@class='things']//a/@href")) == {f"/entity/{UNION}", f"/entity/{CITY_UNION}"}
    assert "/browse?type=ORG&subtype=union" in page.xpath("//nav[@class='choices']//a/@href")
    assert not shown(client, "/browse?type=ORG&province=36").xpath("//ol[@class='things']")


def test_files_are_told_below_their_folder_with_what_is_wrong(client: TestClient) -> None:
    files = [words(one) for one in shown(client, "/about").xpath("//ul[@class='files']/li")]
    assert files == ["b.pdf 无法使用no <b>PDF</b>", "a.txt 已读"]


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_each_saved_question_has_a_form_and_an_answer(client: TestClient, question: object) -> None:
    saved = next(one for one in questions() if one is question)
    form = shown(client, f"/questions/{saved.name}").xpath("//form[@class='asking']")[0]
    assert set(saved.parameters) <= set(form.xpath(".//input/@name"))
    values = examples(saved) | {name: "江海省总工会" for name, one in saved.parameters.items() if one.kind == "name"}
    answer = client.get(f"/questions/{saved.name}", params={**values, "ask": "1"}, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    assert "SPARQL" in answer.text


def test_things_in_an_answer_lead_to_their_pages_and_the_answer_is_taken_away(client: TestClient) -> None:
    page = shown(client, "/questions/posts-of?name=林知远&lang=en")
    assert f"/entity/{CHAIR}?lang=en" in page.xpath("//td//a/@href")
    links = page.xpath("//main//p[@class='quiet']//a/@href")
    taken = {link.partition("?")[0].rpartition("/")[2]: client.get(link) for link in links}
    assert {answer.status_code for answer in taken.values()} == {200}
    assert taken["posts-of.csv"].text.splitlines()[0].startswith("person,organisation")
    assert taken["posts-of.csv"].headers["content-disposition"] == 'attachment; filename="posts-of.csv"'
    cited = client.get("/questions/posts-of/references", params={"name": "林知远", "style": "gbt7714"})
    assert "暖蜂行动走进江海" in cited.text


def test_a_name_in_an_answer_leads_to_its_page_and_one_of_several_to_a_search(
    client: TestClient, tmp_path: Path
) -> None:
    path = "/questions/former-officials?name=江海省总工会"
    page = shown(client, path)
    assert page.xpath(f"//td/a[@href='/entity/{OLD_CHAIR}']/bdi/text()") == ["苏未央"]
    assert not page.xpath("//td/a[starts-with(., '主席')] | //td/a[starts-with(., '20')]")
    graph = world()
    graph.add_node("per-00000000000000c9", **graph.nodes[OLD_CHAIR])
    with asking(put(graph, tmp_path / "KG")) as other:
        links = shown(other, path).xpath("//td/a[bdi='苏未央']/@href")
        assert links == [f"/search?q={quote('苏未央')}"]


def test_a_question_and_its_answer_are_told_in_the_language_of_the_reader(client: TestClient) -> None:
    path = f"/questions/timeline?name={quote('林知远')}"
    page = shown(client, path)
    assert "与某实体有关" in words(page.xpath("//p[@class='note']")[0])
    assert [words(head) for head in page.xpath("//th")][1:4] == ["首日 day", "末日 last", "主体 subject"]
    assert page.xpath("//td/span[@title='ukg:holdsPost']/text()")[0] == "任职"
    page = shown(client, f"{path}&lang=en")
    assert "What is told of an entity with a date" in words(page.xpath("//p[@class='note']")[0])
    assert [words(head) for head in page.xpath("//th")][1:4] == ["day", "last", "subject"]
    assert page.xpath("//td/span[@title='ukg:holdsPost']/text()")[0] == "holds post"
    for path, zh, en in (
        ("posts-of?name=林知远", "现任", "current"),
        ("programmes-of?name=江海省总工会", "是", "true"),
    ):
        assert zh in [words(told) for told in shown(client, f"/questions/{path}").xpath("//td")]
        assert en in [words(told) for told in shown(client, f"/questions/{path}&lang=en").xpath("//td")]


def test_why_two_were_not_joined_is_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    graph = world()
    reason = "one name; no shared body or meeting"
    graph.graph["possible"] = [{"id": "may-0000000000000001", "nodes": sorted([CHAIR, OLD_CHAIR]), "reason": reason}]
    with asking(put(graph, tmp_path / "KG")) as client:
        assert "同名；没有共同的单位或会议" in words(shown(client, f"/entity/{CHAIR}"))
        assert reason in words(shown(client, f"/entity/{CHAIR}?lang=en"))


def test_nothing_is_cut_silently(pages_folder: Path) -> None:
    paths = (
        "/questions/types.csv",
        "/questions/types/references?style=bibtex",
        f"/entity/{UNION}.nt",
        "/id/rule-verb.nt",
    )
    with asking(pages_folder, max_rows=1) as few, asking(pages_folder) as many:
        for path in paths:
            part, whole = few.get(path), many.get(path)
            assert (part.status_code, part.headers.get(CUT), whole.headers.get(CUT)) == (200, "1", None), path
        assert len(few.get(paths[0]).text.splitlines()) == 2
        assert "以此为限" in words(shown(few, "/questions/types?ask=1"))
        assert "以此为限" in words(shown(few, "/id/rule-verb"))
        assert "以此为限" not in words(shown(many, "/questions/types?ask=1"))


@pytest.mark.parametrize(
    ("path", "status", "zh", "en"),
    [
        ("/nowhere", 404, "这个地址下没有内容", "Nothing stands at this address"),
        ("/browse?page=x", 400, "不能用的参数", "parameter that cannot be used"),
    ],
)
def test_why_there_is_no_page_is_told_in_the_language_of_the_reader(
    client: TestClient, path: str, status: int, zh: str, en: str
) -> None:
    with_lang = f"{path}{'&' if '?' in path else '?'}lang=en"
    for address, told, other in ((path, zh, en), (with_lang, en, zh)):
        text = words(shown(client, address, status))
        assert told in text
        assert other not in text


def test_a_question_about_nobody_says_so_in_its_form(client: TestClient) -> None:
    page = shown(client, "/questions/posts-of?name=无此人", 400)
    assert "无此人" in words(page.xpath("//p[@role='alert']")[0])
    assert page.xpath("//input[@id='p-name']/@value") == ["无此人"]


def test_the_language_is_that_of_the_address_else_of_the_browser_and_links_keep_it(client: TestClient) -> None:
    page = shown(client, f"/entity/{UNION}")
    assert page.get("lang") == "zh-Hans"
    assert not any("lang=" in link for link in page.xpath("//a[not(@hreflang)][starts-with(@href, '/')]/@href"))
    english = client.get(f"/entity/{UNION}", headers={"Accept-Language": "fr, en;q=0.8, zh;q=0.2"})
    assert tree(english.text).get("lang") == "en"
    chosen = shown(client, f"/entity/{UNION}?lang=en")
    assert chosen.get("lang") == "en"
    own = chosen.xpath("//a[not(@hreflang)][starts-with(@href, '/')][not(@href='/openapi.json')]/@href")
    assert all("lang=en" in link for link in own)
    assert chosen.xpath("//a[@hreflang]/@href") == [f"/entity/{UNION}?lang=zh"]
    assert chosen.xpath("//form//input[@name='lang']/@value") == ["en"]


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_whole_without_a_script_and_under_its_policy(
    client: TestClient, path: str, language: str
) -> None:
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    page = tree(answer.text)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["vary"] == "Accept, Accept-Language"
    assert answer.headers["content-language"] == language
    assert not page.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]")
    assert page.xpath("//link[@rel='stylesheet']/@href") == [f"/assets/{style_name()}"]
    assert len(page.xpath("//h1")) == 1
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_the_style_sheet_is_kept_for_a_year_under_an_address_of_its_own(client: TestClient) -> None:
    answer = client.get(f"/assets/{style_name()}")
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/assets/pages-0.css").status_code == 404


def test_report_and_view_come_under_the_policies_that_they_need(client: TestClient) -> None:
    for path in ("/report", "/graph.html", f"/entity/{UNION}/graph"):
        answer = client.get(path)
        assert answer.status_code == 200
        policy = answer.headers["content-security-policy"]
        assert "script-src 'sha256-" in policy
        assert policy.endswith("frame-ancestors 'none'")


@pytest.mark.parametrize("path", ["/report", "/graph.html", f"/entity/{UNION}/graph"])
def test_report_and_view_are_told_their_language_and_lead_home(client: TestClient, path: str) -> None:
    for query, language, home in (("", "zh", "/"), ("?lang=en", "en", "/?lang=en")):
        answer = client.get(path + query)
        assert answer.headers["content-language"] == language
        page = tree(answer.text)
        assert page.xpath("/html/@data-asked") == [language]
        assert page.xpath("//header//a[@class='tool']/@href") == [home]
    assert client.get(path).headers["etag"] != client.get(f"{path}?lang=en").headers["etag"]


@pytest.mark.parametrize("path", ["/", f"/entity/{UNION}", "/api/summary", f"/entity/{UNION}.ttl", "/report"])
def test_a_page_that_the_client_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["last-modified"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    again = client.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = client.get(path, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_each_language_and_form_has_a_tag_of_its_own(client: TestClient) -> None:
    path = f"/entity/{UNION}"
    tags = [
        client.get(path, headers={"Accept": accept, "Accept-Language": language}).headers["etag"]
        for accept, language in (
            ("text/html", "zh"),
            ("text/html", "en"),
            ("text/turtle", "zh"),
            ("application/json", "zh"),
        )
    ]
    assert len(set(tags)) == len(tags)


def test_head_tells_the_same_without_the_body(client: TestClient) -> None:
    got, head = client.get(f"/entity/{UNION}"), client.head(f"/entity/{UNION}")
    assert head.status_code == 200
    assert {name: head.headers[name] for name in ("etag", "content-length", "content-type")} == {
        name: got.headers[name] for name in ("etag", "content-length", "content-type")
    }


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/entity/org-0000000000000000", 404),
        ("/document/doc-0", 404),
        ("/id/nothing", 404),
        ("/things/nothing", 404),
        ("/things/", 404),
        ("/things/a/b", 404),
        ("/questions/no-such-question", 404),
        ("/questions/posts-of/references?name=林知远&style=apa", 400),
        ("/search?q=" + "a" * 10_000, 400),
        ("/search?q=工会&page=0", 404),
        ("/search?q=工会&page=99999", 404),
        ("/search?q=工会&page=-1", 400),
        ("/search?q=工会&page=" + "9" * 500, 400),
        ("/browse?type=<script>", 400),
        ("/browse?type=ORG&subtype=province", 400),
        ("/browse?province=99", 400),
        (f"/entity/{UNION}/facts", 400),
        (f"/entity/{UNION}/documents?page=2", 404),
        ("/entity/none/documents", 404),
        (f"/entity/{UNION}/facts?relation=organises&direction=up", 400),
        ("/nowhere/%E2%80%AE", 404),
        (f"{ADDRESS}//evil.example/", 404),
    ],
)
def test_what_makes_no_sense_gets_a_clear_answer_in_the_form_that_is_wanted(
    client: TestClient, path: str, status: int
) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == status
    assert tree(page.text).xpath("//p[@class='problem']")[0].text_content().strip()
    assert not any(link.startswith(("//", "/\\")) for link in tree(page.text).xpath("//@href | //@action"))
    problem = client.get(path, headers={"Accept": "application/json"})
    assert (problem.status_code, problem.json()["status"]) == (status, status)
    assert problem.headers["content-type"] == "application/problem+json"
    for accept in ("image/png", "*/*"):
        plain = client.get(path, headers={"Accept": accept})
        assert plain.headers["content-type"].startswith("text/plain")
        assert plain.status_code in (status, 406)
    assert len(page.content) < 20_000


@pytest.mark.parametrize(
    "path",
    [
        "/entity/..%2F..%2Fetc%2Fpasswd",
        "/entity/%00",
        f"/entity/{UNION}%0d%0aSet-Cookie:x=1",
        "/questions/posts-of%0d%0aSet-Cookie:x=1.csv",
        "/%5Cevil.example",
        "/id/%5Cevil.example",
    ],
)
def test_what_is_no_name_of_anything_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code in (400, 404)
    assert not {"set-cookie", "location"} & set(answer.headers)
    assert "root:" not in answer.text


@pytest.mark.parametrize("number", range(len(HOSTILE_NAMES)))
def test_hostile_names_stand_on_pages_as_text(hostile_client: TestClient, number: int) -> None:
    name = HOSTILE_NAMES[number]
    node = f"org-{number:016x}"
    for path in (f"/entity/{node}", f"/entity/{CHAIR}", f"/search?q={quote(name)}", f"/document/{DOCUMENT}"):
        page = shown(hostile_client, path)
        assert not page.xpath("//script | //img | //iframe | //*[local-name()='alert']")
        assert not any(link.lower().startswith("javascript:") for link in page.xpath("//@href"))
    heading = shown(hostile_client, f"/entity/{node}").xpath("//h1")[0].text_content()
    assert heading == "".join(name).replace("\r\n", "\n")


SCRIPT = "\"'><script>alert(1)</script>"


@pytest.mark.parametrize(
    "path",
    [
        "/search?q={}",
        "/search?page={}",
        "/browse?type={}",
        "/browse?province={}",
        "/questions/{}",
        "/questions/posts-of?name={}",
        "/questions/posts-of?{}=1",
        "/questions/posts-of/references?name=林知远&style={}",
        "/entity/{}",
        "/document/{}",
        "/id/{}",
        "/{}",
        "/?lang={}",
        "/?{}={}",
    ],
)
def test_a_script_in_a_request_runs_nowhere(client: TestClient, path: str) -> None:
    for accept in ("text/html", "application/json", "text/plain"):
        answer = client.get(path.replace("{}", quote(SCRIPT, safe="")), headers={"Accept": accept})
        if answer.headers["content-type"].startswith("text/html"):
            assert "<script" not in answer.text
            assert not tree(answer.text).xpath("//script")
        else:
            assert answer.headers["content-type"].split(";")[0] in (
                "application/problem+json",
                "text/plain",
                "application/json",
            )


def test_an_iri_under_another_base_resolves_at_its_path_too(tmp_path: Path) -> None:
    base = "https://names.example/of/unions/"
    with asking(put(world(), tmp_path / "KG", base=base)) as client:
        assert shown(client, f"/of/unions/{UNION}").xpath("//link[@rel='canonical']/@href") == [f"/entity/{UNION}"]
        assert client.get(f"/id/{UNION}", headers={"Accept": "text/turtle"}).text.count(base) == 1
    assert BASE not in base


def test_the_picture_tells_which_way_facts_go_and_which_are_planned(client: TestClient) -> None:
    picture = shown(client, f"/entity/{UNION}").xpath("//svg[@class='neighbours']")[0]
    sides = {
        link.get("href").removeprefix("/entity/"): link.xpath("./text/@text-anchor")[0]
        for link in picture.xpath(".//a")
    }
    assert sides[CHAIR] == sides[CITY_UNION] == "end"
    assert sides[PROGRAMME] == "start"
    assert len(picture.xpath(".//path[@stroke-dasharray]")) == 1
    assert not shown(client, f"/entity/{COURIERS}").xpath("//svg")


def test_both_ends_of_the_days_are_told_and_posts_go_by_the_last_one(tmp_path: Path) -> None:
    graph = world()
    held = graph.edges[OLD_CHAIR, UNION, HELD]
    del held["date"], graph.edges[CHAIR, UNION, HOLDS]["date"]
    held.update(first_stated="2021-01-02", last_stated="2024-05-06")
    graph.edges[CHAIR, UNION, HOLDS].update(first_stated="2023-01-02", last_stated="2023-01-02")
    graph.edges[UNION, PROVINCE, GOVERNS].update(first_stated="2020-02-03", last_stated="2022-04-05")
    del graph.graph["outcomes"][0]["period"]
    graph.graph["outcomes"][0].update(first_stated="2019-03", last_stated="2019-11")
    with asking(put(graph, tmp_path / "KG")) as client:
        page = shown(client, f"/entity/{UNION}")
        posts = page.xpath("//ul[contains(@class, 'timed')]/li/a/@href")
        assert posts == [f"/entity/{OLD_CHAIR}", f"/entity/{CHAIR}"]
        told = words(page)
        for days in ("2021-01-02 – 2024-05-06", "见于 2023-01-02 ", "2020-02-03 – 2022-04-05", "2019-03 – 2019-11"):
            assert days in told
        assert "2023-01-02 –" not in told
        assert "as of 2021-01-02 – 2024-05-06" in words(shown(client, f"/entity/{UNION}?lang=en"))
        held["date"] = "2019/2022"
    with asking(put(graph, tmp_path / "other")) as client:  # the end of a span counts, here before the other's day
        posts = shown(client, f"/entity/{UNION}").xpath("//ul[contains(@class, 'timed')]/li/a/@href")
        assert posts == [f"/entity/{CHAIR}", f"/entity/{OLD_CHAIR}"]


def test_the_view_of_an_entity_has_all_its_figures_and_the_facts_within_programmes(tmp_path: Path) -> None:
    with asking(put(world(), tmp_path / "KG")) as client:
        page = client.get(f"/entity/{PROGRAMME}/graph").text  # couriers are no neighbours of it
        assert "out-0000000000000001" in page
        assert "快递员" in page
        assert PARTNERS in client.get(f"/entity/{CITY_UNION}/graph").text


def test_the_one_day_of_a_former_post_is_its_end(tmp_path: Path) -> None:
    graph = world()
    with asking(put(graph, tmp_path / "KG")) as client:
        assert "until 2021" in words(shown(client, f"/entity/{OLD_CHAIR}?lang=en"))
        assert "至 2021" in words(shown(client, f"/entity/{OLD_CHAIR}"))
        assert "until" not in words(shown(client, f"/entity/{CHAIR}?lang=en"))  # a post that is held
    graph.edges[OLD_CHAIR, UNION, HELD]["date"] = "2019/2021"
    with asking(put(graph, tmp_path / "other")) as client:
        told = words(shown(client, f"/entity/{OLD_CHAIR}?lang=en"))
        assert "2019/2021" in told
        assert "until" not in told


def test_dates_in_answers_stay_in_one_line(client: TestClient) -> None:
    page = shown(client, "/questions/former-officials?name=江海省总工会")
    assert page.xpath("//td/span[@class='date']/text()") == ["2021-12-31", "2023-05-08"]
    css = client.get(f"/assets/{style_name()}").text
    assert ".date { white-space: nowrap; }" in css


def test_the_map_leads_to_what_belongs_to_a_province(tmp_path: Path) -> None:
    graph = world()
    graph.nodes[UNION]["code"] = "360000"
    with asking(put(graph, tmp_path / "KG")) as client:
        assert shown(client, "/").xpath("//svg[@class='map']/a/@href") == ["/browse?province=36"]
        listed = shown(client, "/browse?province=36&type=ORG").xpath("//ol[@class='things']//a/@href")
        assert f"/entity/{UNION}" in listed
        told = words(shown(client, f"/entity/{UNION}").xpath("//dl[@class='known']")[0])
        assert "江西省 360000" in told
        assert "Wikidata Q57052" in told
