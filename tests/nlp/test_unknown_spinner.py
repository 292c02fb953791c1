"""A text spun by a spinner that is not known is reported; an honest one is not."""

from pathlib import Path

import pytest

from unionkg.nlp.ngrams import register_lines
from unionkg.nlp.restore import restore
from unionkg.nlp.script import to_simplified
from unionkg.nlp.spin import lexicon
from unionkg.nlp.unknown_spinner import suspicion

HONEST = (
    "白石县总工会召开七届四次全委会议，总结去年的工会工作，部署今年的任务。会议指出，一年来，全县各级工会组织围绕中心、服务大局，"
    "深化产业工人队伍建设改革，组织职工技能竞赛四十二场，三千多名职工参加，涌现出一批技术能手。县总工会维护新就业形态劳动者权益，"
    "为货车司机和外卖送餐员建起服务站点，开展集体协商，签订集体合同，女职工专项保护也写了进去。会议强调，要加强职工思想引领，"
    "弘扬劳模精神、劳动精神、工匠精神，引导职工听党话、跟党走；要健全职工代表大会制度，推动企业民主管理，发挥职工代表作用；"
    "要关心困难职工的生活，做好送温暖和金秋助学，把职工疗休养落到实处；要提高工会干部的能力，让基层工会真正活跃起来。"
    "副主席祁望川代表常委会作报告，经费审查委员会的报告以书面形式提交。会上还选举产生了出席市总工会代表大会的代表。"
)
TABLE = {
    "竞赛": "赛会",
    "代表大会": "替身大会",
    "队伍": "行列",
    "合同": "契约",
    "干部": "吏员",
    "协商": "合计",
    "专项": "独门",
}
TABLE |= {
    "劳动者": "做活者",
    "劳动": "做活",
    "发展": "进境",
    "生产": "出产",
    "组织": "编组",
    "权益": "好处",
    "引领": "带路",
    "建设": "营造",
}
TABLE |= {
    "工作": "活计",
    "大局": "全盘",
    "能手": "里手",
    "弘扬": "光大",
    "经费": "盘缠",
    "疗休养": "疗歇",
    "选举产生": "挑出",
    "指出": "点到",
}
TABLE |= {
    "民主管理": "群议照管",
    "围绕中心": "环着当中",
    "思想": "念头",
    "困难": "艰窘",
    "落到实处": "办到底",
    "健全": "补齐",
    "强调": "着重说",
}
TABLE |= {
    "会议": "聚谈",
    "总结": "盘算",
    "任务": "差使",
    "深化": "吃深",
    "技术": "手法",
    "维护": "看护",
    "站点": "落脚处",
    "精神": "魂魄",
}
TABLE |= {
    "制度": "章法",
    "推动": "推搡",
    "作用": "用场",
    "生活": "日脚",
    "关心": "挂念",
    "能力": "本钱",
    "活跃": "欢腾",
    "报告": "禀帖",
}
TABLE |= {
    "服务": "侍候",
    "保护": "遮护",
    "权益": "好处",
    "开展": "铺开",
    "签订": "画押",
    "涌现": "冒出",
    "参加": "掺入",
    "真正": "果真",
    "工人": "匠人",
    "职业": "行业",
}


def strange(text: str) -> str:
    """Return the text with the words of a table that no known spinner has."""
    for word, other in TABLE.items():
        text = text.replace(word, other)
    return text


def test_broken_set_phrases_are_reported_and_left_as_they_are() -> None:
    text = strange(HONEST)
    restored = restore(text)
    assert restored.text == text
    assert not restored.is_spun
    assert restored.suspect is not None
    assert "set phrases broken" in restored.suspect


def test_the_same_text_unspoilt_is_not() -> None:
    assert suspicion(HONEST) is None


@pytest.mark.parametrize(
    "text", ["", "工会", "工会" * 2000, "1234工会。", "列车从山里开出来，窗外的雪一直下到天亮。" * 30]
)
def test_odd_and_foreign_texts_are_not_suspected(text: str) -> None:
    assert suspicion(text) is None


def test_a_text_of_a_known_family_is_not_suspected_but_restored() -> None:
    words = {pair.original: spun for spun, pairs in lexicon("b").pairs.items() for pair in pairs if pair.kind in "UR"}
    text = "\n".join(register_lines()[:40])
    for word, spun in words.items():
        text = text.replace(word, spun)
    restored = restore(text)
    assert (restored.family, restored.suspect) == ("b", None)


def test_no_clean_document_is_suspected(shared: Path) -> None:
    paths = [*(shared / "seeds").glob("00[123]*.txt"), *(shared / "dev/docs").glob("*.txt")]
    paths += [*(shared / "restore").glob("*.txt"), *(shared / "dev/restored").glob("*.txt")]
    for path in paths:
        assert restore(path.read_bytes().decode()).suspect is None, path.name


def test_spun_documents_are_suspected_where_their_family_is_not_known(shared: Path) -> None:
    for name in ("seeds/000*", "seeds/004*", "dev/docs/a11*"):
        (path,) = shared.glob(name)
        assert suspicion(to_simplified(path.read_bytes().decode())) is not None, name
