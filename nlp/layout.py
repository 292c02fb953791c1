"""The lines and sentences of a working text, and which lines are a page's furniture and not its text.

Offsets count code points of the working text, half open. A sentence ends at 。！？!? with the closing marks behind it,
or at the end of its line; the definition is that of the annotation guidelines (docs/annotation.md, Evidence).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

FOLD = str.maketrans(
    "，：；（）！？．［］【】｛｝％＋－０１２３４５６７８９「」『』﹝﹞〔〕　\xa0",
    ",:;()!?.[][]{}%+-0123456789“”‘’()()  ",
)
"""Punctuation and digits brought to one width, character by character, so that a pattern need know one form only."""

_SENTENCE = re.compile(r"[^。!?\n]*(?:[。!?]+[”’」』)]*|$)", re.MULTILINE)

_NAVIGATION = re.compile(
    r"^(?:"
    r"(?:您(?:现在)?的)?(?:当前)?位置[:是].*|首页.*[>›»/|].*|.{0,12}[>›»]{1,2}.{0,12}[>›»]{1,2}.*|.{1,8}\s+首页"
    r"|(?:上|下)一?[篇条页][:].*|(?:相关|延伸|推荐|热门|精彩)(?:阅读|推荐|新闻|链接|文章|资讯)[:]?.*|返回(?:顶部|首页|列表|上页).*"
    r"|(?:猜您|猜你)喜欢[:]?.*|快捷搜索[:].*|热门搜索[:].*|站内搜索.*|友情链接.*|网站地图.*|联系我们.*|关于我们.*"
    r"|[\[【]?(?:打印(?:本页)?|关闭(?:窗口|本页)?|收藏|纠错)[\]】]?(?:\s*[\[【]?(?:打印(?:本页)?|关闭(?:窗口|本页)?|收藏|纠错)[\]】]?)*"
    r"|分享(?:到|至)[:].*|扫一扫.*|字号[:].*|(?:浏览|点击|阅读|访问)(?:次数|量|数)[:]\s*\d+.*|版权所有.*|.{0,10}ICP备.*|.*公网安备.*"
    r"|主办[:].*(?:技术支持|承办)[:].*|登录\s*[|/]?\s*注册.*|客户端下载.*|无障碍.*|(?:English|繁體|繁体)(?:版)?"
    r")$"
)
_NAVIGATION_PIECES = re.compile(
    r"\s*(?:字号[:]\s*大\s*中\s*小|(?:浏览|点击|阅读)(?:次数|量|数)[:]\s*\d+|字体[:]\s*大\s*中\s*小)"
)
_ADVERT = re.compile(
    r"^.*(?:关注(?:本报|我们|本网)?.{0,8}(?:公众号|视频号|微博)|扫描?(?:下方)?二维码|下载.{0,12}客户端|点击(?:立即)?下载|加微信|微信号?[:]|代写|"
    r"会员(?:专享|阅读全文)|付费阅读|开通会员|点击(?:查看|阅读)(?:全文|更多)|领红包).*$"
)
_ELLIPSIS = re.compile(r"^[\s.…·—-]*[…]{1,}[\s.…·—-]*$|^\.{3,}$|^……?略……?$")


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of a page that is not its text; `kind` is one of the schema's noise kinds."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Layout:
    """A text as lines, sentences and furniture. `folded` is as long as the text."""

    folded: str
    lines: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    furniture: tuple[Furniture, ...]

    @cached_property
    def _furniture_characters(self) -> frozenset[int]:
        return frozenset(place for piece in self.furniture for place in range(piece.start, piece.end))

    def is_furniture(self, start: int, end: int) -> bool:
        """True if any character of the span is furniture."""
        return any(place in self._furniture_characters for place in range(start, end))


def lay_out(text: str) -> Layout:
    """Return the layout of a working text."""
    folded = text.translate(FOLD)
    lines = tuple((match.start(), match.end()) for match in re.finditer(r"[^\n\r]+", folded))
    furniture: list[Furniture] = []
    sentences: list[tuple[int, int]] = []
    for start, end in lines:
        start, end = _strip(folded, start, end)
        if start == end:
            continue
        line = folded[start:end]
        if kind := _furniture_kind(line):
            furniture.append(Furniture(start, end, kind))
            continue
        for piece in _NAVIGATION_PIECES.finditer(line):
            low, high = _strip(folded, start + piece.start(), start + piece.end())
            furniture.append(Furniture(low, high, "navigation"))
        for match in _SENTENCE.finditer(line):
            low, high = _strip(folded, start + match.start(), start + match.end())
            if low < high:
                sentences.append((low, high))
    return Layout(folded, lines, tuple(sentences), tuple(_join(furniture, folded)))


def _furniture_kind(line: str) -> str:
    if len(line) <= 80:
        if _NAVIGATION.match(line):
            return "navigation"
        if _ADVERT.match(line):
            return "advert"
        if _ELLIPSIS.match(line):
            return "ellipsis"
    return ""


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _join(furniture: list[Furniture], text: str) -> list[Furniture]:
    """Make one piece of neighbouring pieces of one kind with only white space between them."""
    joined: list[Furniture] = []
    for piece in furniture:
        last = joined[-1] if joined else None
        if last and last.kind == piece.kind and not text[last.end : piece.start].strip():
            joined[-1] = Furniture(last.start, piece.end, piece.kind)
        else:
            joined.append(piece)
    return joined
