"""Who holds which office where."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import Found, extracted, names, relations


def posts(text: str) -> list[Found]:
    return relations(extracted(text), "holds_post", "role", "status")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安徽省总工会主席岑望舒出席会议。", [("岑望舒", "安徽省总工会", "主席", "current")]),
        (
            "青海省总工会党组书记、常务副主席岑望舒出席会议。",
            [("岑望舒", "青海省总工会", "党组书记", "current"), ("岑望舒", "青海省总工会", "常务副主席", "current")],
        ),
        (
            "浙江省湖州市人大常委会副主任、市总工会主席岑望舒调研。",
            [
                ("岑望舒", "浙江省湖州市人大常委会", "副主任", "current"),
                ("岑望舒", "湖州市总工会", "主席", "current"),
            ],
        ),
        (
            "西藏自治区总工会副主席岑望舒、卓玛·央金出席会议。",
            [
                ("岑望舒", "西藏自治区总工会", "副主席", "current"),
                ("卓玛·央金", "西藏自治区总工会", "副主席", "current"),
            ],
        ),
        ("山西省总工会权益保障部部长岑望舒说。", [("岑望舒", "山西省总工会权益保障部", "部长", "current")]),
        ("江铃集团有限公司工会主席岑望舒出席会议。", [("岑望舒", "江铃集团有限公司工会", "主席", "current")]),
        ("原湖北省总工会主席岑望舒出席会议。", [("岑望舒", "湖北省总工会", "主席", "former")]),
        ("陝西省總工會主席岑望舒出席會議。", [("岑望舒", "陕西省总工会", "主席", "current")]),
    ],
)
def test_posts_before_a_name(text: str, expected: list[Found]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岑望舒当选为海南省总工会主席。", [("岑望舒", "海南省总工会", "主席", "elected")]),
        (
            "会议选举岑望舒为青海省总工会主席，韦知秋、覃小满为副主席。",
            [
                ("岑望舒", "青海省总工会", "主席", "elected"),
                ("韦知秋", "青海省总工会", "副主席", "elected"),
                ("覃小满", "青海省总工会", "副主席", "elected"),
            ],
        ),
        (
            "任命岑望舒为陕西省总工会组织部部长；免去韦知秋的陕西省总工会组织部部长职务。",
            [
                ("岑望舒", "陕西省总工会组织部", "部长", "current"),
                ("韦知秋", "陕西省总工会组织部", "部长", "former"),
            ],
        ),
        ("韦知秋不再担任黑龙江省总工会副主席。", [("韦知秋", "黑龙江省总工会", "副主席", "former")]),
        ("岑望舒，现任吉林省总工会主席。", [("岑望舒", "吉林省总工会", "主席", "current")]),
        ("岑望舒任河南省总工会办公室主任（试用期一年）。", [("岑望舒", "河南省总工会办公室", "主任", "current")]),
    ],
)
def test_posts_behind_a_name(text: str, expected: list[Found]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "拟任岑望舒为湖南省总工会副主席。",
        "提名岑望舒为山西省总工会主席候选人。",
        "岑望舒来到云南省总工会。",
        "云南省总工会主席会议召开，岑望舒出席会议。",
        "岑望舒尚未担任贵州省总工会主席。",
    ],
)
def test_a_candidate_or_a_guest_holds_no_post(text: str) -> None:
    assert posts(text) == []


def test_an_office_in_a_department_is_held_there_and_not_at_the_body() -> None:
    assert {found[1] for found in posts("甘肃省总工会办公室主任岑望舒出席会议。")} == {"甘肃省总工会办公室"}


def test_who_was_elected_and_is_in_office_has_one_relation() -> None:
    text = "岑望舒当选为海南省总工会主席。海南省总工会主席岑望舒作了讲话。"
    assert posts(text) == [("岑望舒", "海南省总工会", "主席", "elected")]


def test_an_order_dates_what_it_appoints_and_removes() -> None:
    text = "经2024年3月1日研究决定：\n任命岑望舒为青海省总工会办公室主任；\n免去韦知秋的青海省总工会办公室主任职务。"
    assert relations(extracted(text), "holds_post", "status", "date") == [
        ("岑望舒", "青海省总工会办公室", "current", "2024-03-01"),
        ("韦知秋", "青海省总工会办公室", "former", "2024-03-01"),
    ]


def test_an_election_is_dated_by_its_sentence() -> None:
    text = "岑望舒任职情况\n发布时间：2023-05-09\n5月8日，岑望舒当选为海南省总工会主席。"
    assert relations(extracted(text), "holds_post", "date") == [("岑望舒", "海南省总工会", "2023-05-08")]


def test_no_date_is_invented() -> None:
    assert relations(extracted("5月8日，岑望舒当选为海南省总工会主席。"), "holds_post", "date") == [
        ("岑望舒", "海南省总工会", None)
    ]


def test_the_lines_of_a_curriculum_are_posts_with_their_months() -> None:
    text = (
        "岑望舒简历\n岑望舒，女，汉族，现任甘肃省总工会副主席。\n2012.03—2016.11 甘肃省总工会办公室科员\n"
        "2016.11—2021.05 甘肃省定西市总工会主席\n2021.05— 甘肃省总工会副主席"
    )
    found = relations(extracted(text), "holds_post", "role", "status", "date")
    assert ("岑望舒", "甘肃省总工会办公室", "科员", "former", "2012-03/2016-11") in found
    assert ("岑望舒", "甘肃省定西市总工会", "主席", "former", "2016-11/2021-05") in found


def test_evidence_of_a_post_is_the_sentence_that_says_it() -> None:
    text = "会议在合肥召开。“大家辛苦了。”安徽省总工会主席岑望舒说。\n安徽省总工会主席岑望舒又说。"
    [post] = [one for one in extracted(text).relations if one.type == "holds_post"]
    assert post.quote == "安徽省总工会主席岑望舒说。"
    start = text.index("安徽省")
    assert post.evidence == (start, start + len(post.quote))
    assert (post.evidence_parts, post.restored) == ((), False)


def test_a_former_post_before_the_name() -> None:
    assert posts("曾任宜昌市总工会主席的岑望舒也来了。") == [("岑望舒", "宜昌市总工会", "主席", "former")]


def test_who_is_named_with_a_post_is_a_person() -> None:
    text = "宁夏回族自治区总工会副主席马知秋、内蒙古自治区总工会主席乌兰·其其格出席会议。"
    assert names(extracted(text), "PERSON") == ["马知秋", "乌兰·其其格"]
