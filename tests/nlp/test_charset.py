"""The encodings that Chinese documents come in are told apart, short files included."""

import codecs
from collections import Counter
from importlib.resources import files

import opencc
import pytest

from unionkg.errors import UndecodableFile
from unionkg.nlp.charset import common_share, decode

NEWS = (
    "清溪市总工会昨日举行春季招聘会，七十家企业带来一千二百个岗位，吸引三千多名求职者进场。\r\n"
    "会场里，工会干部为货车司机讲解保险知识，律师解答劳动合同方面的疑问。一位求职者告诉记者，她当场同两家纺织厂谈妥了面试时间。"
    "市总工会副主席表示，今年还要办六场专场招聘，把岗位送到乡镇、社区和工业园区，让想就业的人少跑路。活动现场设有法律咨询台和体检点，"
    "医生为职工量血压、测视力，志愿者发放防暑用品与宣传手册。据统计，当天达成就业意向四百八十人，签约一百零六人，其中困难职工子女二十三人。"
    "下一步，各县区工会将建立求职台账，跟踪服务三个月，帮助新入职的工人尽快适应岗位，稳定就业，安心生活。"
)
ENCODINGS = ("utf-8", "gb18030", "big5")


def encoded(length: int, encoding: str) -> bytes:
    text = (NEWS * 12)[:length]
    return (opencc.OpenCC("s2tw").convert(text) if encoding == "big5" else text).encode(encoding)


@pytest.mark.parametrize("length", [40, 100, 300, 3000])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_is_found(length: int, encoding: str) -> None:
    data = encoded(length, encoding)
    assert decode(data, "news.txt") == (data.decode(encoding), encoding)


def test_a_stretch_from_anywhere_in_a_file_is_told_apart() -> None:
    for encoding in ("gb18030", "big5"):
        text = encoded(3000, encoding).decode(encoding)
        for start in range(0, 2700, 90):
            data = text[start : start + 300].encode(encoding)
            assert decode(data, "news.txt")[1] == encoding


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + NEWS.encode(encoding), "news.txt") == (NEWS, encoding)


def test_newlines_are_never_translated() -> None:
    assert decode("一\r\n二\r三\n".encode(), "lines.txt")[0] == "一\r\n二\r三\n"


def test_the_wrong_decoding_gives_rare_characters() -> None:
    assert common_share(NEWS) > 0.9
    assert common_share(encoded(300, "big5").decode("gb18030", "ignore")) < 0.45


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8,
        bytes(range(256)) * 8,
        b"head\0\1\2\3tail",
        b"\xff\xfeabc",
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UndecodableFile, match=r"^odd\.txt: "):
        decode(data, "odd.txt")


def test_a_stray_control_character_is_let_pass() -> None:
    text = NEWS + "\0" + NEWS
    assert decode(text.encode(), "news.txt") == (text, "utf-8")


def test_the_common_characters_are_those_of_the_dictionary() -> None:
    counts: Counter[str] = Counter()
    with (files("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, _ = line.split(" ", 2)
            for character in word:
                if "\u4e00" <= character <= "\u9fff":
                    counts[character] += int(count)
    simplified = opencc.OpenCC("t2s")
    ordered = sorted(counts, key=lambda character: (-counts[character], character))
    common = [character for character in ordered if simplified.convert(character) == character][:3000]
    shipped = (files("unionkg.nlp") / "data" / "frequent_han.txt").read_text("utf-8").splitlines()
    assert "".join(line for line in shipped if not line.startswith("#")) == "".join(common)
