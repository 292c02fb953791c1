"""The lines and sentences of a working text, and which lines are a page's furniture and not its text.

Offsets count code points of the working text, half open. A sentence ends at 。！？!? with the closing marks behind it,
or at the end of its line; the definition is that of the annotation guidelines (docs/annotation.md, Evidence).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

FOLD = str.maketrans(
    "，：；（）！？．［］【】｛｝％＋－０１２３４５６７８９「」『』﹝﹞〔〕　\xa0•‧∙・",
    ",:;()!?.[][]{}%+-0123456789“”‘’()()  ····",
)
"""Punctuation and digits brought to one width, character by character, so that a pattern need know one form only."""

_SENTENCE = re.compile(r"[^。!?\n]*(?:[。!?]+[”’」』)]*|$)", re.MULTILINE)

_KNOB = (
    r"[\[]?(?:(?:我要)?(?:打印|关闭|收藏|纠错|分享|返回|评论|投稿)(?:本页|窗口|此文|列表|首页|顶部|上页)?|上一[篇页条]|下一[篇页条]"
    r"|(?:已?阅读|点赞|赞|评论|在看|浏览|点击|人气|热度|收藏|转发|分享)(?:次数|量|数)?[:]?\s*[(]?\d+[)]?(?:次|℃)?|返回目录|收藏本文|打印本文|字[号体][:]?\s*(?:\[?(?:大|中|小|A-|A\+|A|默认|超大)\]?\s*)+)[\]]?"
)
_NAVIGATION = re.compile(
    r"(?:"
    r"(?:[您你](?:现在|当前)?的)?(?:当前|现在)?(?:所在)?位置[:是].*|(?:网站|公司|集团|本站|学院|学校|医院)?首页.*[>＞›»/|｜→].*|(?:网站|公司)?首页(?:\s+\S{2,6}){2,}|[^\s。:,“”]{2,10}\s*[>＞›»→]\s*[^\s。:,“”]{2,10}|"
    r"(?:本网站|本站|我们)使用[Cc]ookie.*|.{0,12}[>＞›»→]{1,2}.{0,12}[>＞›»→]{1,2}.*|.{1,8}\s+首页"
    r"|(?:上|下)一?[篇条页][:].*|返回(?:顶部|首页|列表|上页).*|(?:\[\d+\]\s*)+(?:下一页)?"
    r"|快捷搜索[:].*|热门搜索[:].*|站内搜索.*|友情链接.*|网站地图.*|联系我们(?:[\s|:].*)?|关于我们(?:[\s|:].*)?|设为首页.*|收藏本站.*"
    rf"|{_KNOB}(?:[\s|/]{{0,8}}{_KNOB}){{0,8}}"
    r"|分享(?:到|至)?[:].*|(?:微信|微博|QQ空间|QQ好友|朋友圈|点赞|收藏|分享|评论|在看)(?:[\s|/]+(?:微信|微博|QQ空间|QQ好友|朋友圈|点赞|收藏|分享|评论|在看))+"
    r"|[\[【]?字[号体][:].*|(?:浏览|点击|阅读|访问)(?:次数|量|数)?[:]\s*\d+(?:次)?|阅读\s*\d+|版权所有.*|.{0,10}ICP备.*|.*公网安备.*|[Cc]opyright.*|网站标识码.*"
    r"|主办[:].*(?:技术支持|承办)[:].*|技术支持[:].*|登录\s*[|/]?\s*注册.*|客户端下载.*|无障碍(?:浏览|阅读|模式|版).{0,12}|(?:简体|繁体|English|无障碍(?:浏览|阅读)?|长者版|适老版|手机版)(?:版)?(?:[\s|/]+(?:简体|繁体|English|无障碍(?:浏览|阅读)?|长者版|适老版|手机版)(?:版)?)*|(?:阅读|查看)原文|展开全文|收起"
    r"|扫一扫.{0,16}|微信扫.{0,16}|用手机.{0,4}(?:打开|浏览|查看).{0,8}|已有\s*\d+\s*(?:人|条).{0,6}|您是第\s*\d+\s*位.{0,4}|共\s*\d+\s*条评论"
    r"|分享让更多人看到.*|(?:热点|推荐|最新|相关|精彩)资讯|在线客服.*|[Pp]owered by.*|[-—\s]*广告[-—\s]*|关键词[:].*|本文由.{1,20}发布.*|(?:我要|网友|发表|文明)(?:评论|纠错|留言|上网)[^说称。!?]{0,12}|(?:[Tt][Oo][Pp]|返回|朗读|长者模式|智能问答|加入收藏|手机版|电脑版|移动端|回到顶部|无障碍阅读)"
    r"|[\[【]?(?:免责|版权|特别|郑重|转载)声明.*|.{0,12}未经(?:本网|本站|授权|许可|书面).{0,20}(?:转载|复制|使用).*|本(?:网|站|文)(?:所有|部分)?(?:内容|文章|图片)?.{0,12}(?:版权归|侵权|转载).*"
    r"|(?:标签|[Tt]ags?|[Kk]eywords?|热词|本文(?:地址|链接|网址|标签)|原文(?:地址|链接)|来源网址|文章(?:地址|链接|标签))\s*[:].*|(?:转载|引用)?请注明(?:出处|来源).*|转载请.{0,20}"
    r"|(?:A[+-]?\s*){2,3}|(?:字号|字体)[:]?\s*T.{0,4}|(?:[-—=\s]*)(?:END|end|完|AD|广告|推广|赞助商?链接)(?:[-—=\s]*)|[(](?:完|编辑|END)[)]"
    r"|(?:您|你)?(?:可能)?(?:还|也)?(?:喜欢|感兴趣)(?:的)?(?:文章|内容)?[:]?|猜[你您]?(?:想看|喜欢)[:]?|(?:热文|热门|今日|本周|精彩|编辑|小编)?推荐(?:阅读|文章|新闻)?[:]?|(?:最新|热门|推荐|随机|相关)文章[:]?"
    r"|(?:图片|视频|热点|最新|滚动|本地|国内|社会|头条)新闻[:]?|点击排行|阅读排行|排行榜|(?:主管|主办)单位\s*[:].*技术支持(?:单位)?\s*[:].*|主管单位\s*[:].*主办单位\s*[:].*|本站由.{2,20}(?:支持|提供|维护|建设)"
    r"|(?:手机|电脑)(?:浏览|查看|阅读|访问)本?[页站文]?|(?:没有更多|加载更多|加载中|查看更多|显示更多|更多)(?:了|评论|内容|新闻|文章)?[.…>]*|(?:发表|查看|我来说|登录后).{0,4}评论.{0,6}|我要(?:投稿|报名|咨询|提问)"
    r"|违法和?不良信息举报(?:电话|邮箱|入口)?\s*[:].*|投稿(?:邮箱|热线|电话)\s*[:]\s*[A-Za-z\d@.\s-]*|用户名\s*[:].*密码\s*[:]?.*|视力保护色.{0,12}|开启智能小窗模式|(?:网站|站点)声明(?:\s*[|·].*)?|[-—\s]*(?:返回目录|返回上级).*"
    r"|>+\s*点击.*|点击(?:图片)?进入(?:下一页|专题).*|(?:进入)?专题[:].*"
    r")$"
)
_NAVIGATION_WORD = re.compile(
    r"(?:网站)?首页|(?:工会|时政|图片|视频|地方|国内|热点|通知|头条)?(?:新闻|要闻|资讯|动态|公告|专题)|政策法规|政务公开|信息公开|机构(?:概况|设置|职能)|领导(?:信息|之窗)|"
    r"办事(?:服务|指南)|网上服务|互动交流|组织建设|权益保障|女工园地|财务资产|经审工作|劳模风采|职工之家|维权服务|普惠服务|学习园地|下载中心|登录|注册|搜索|导航|APP|客户端"
)
_RELATED = re.compile(
    r"(?:相关|延伸|推荐|热门|精彩|更多|往期)(?:阅读|推荐|新闻|链接|文章|资讯|回顾|内容|报道)[:]?|(?:猜您|猜你)喜欢[:]?|最近更新|热点排行|为您推荐[:]?"
)
_KNOB_OF_MENU = re.compile(r"[一-龥A-Za-z+]{2,10}")
_LEAST_MENU = 3
_RELATED_LINE = 45
"""Characters of the longest line that still counts as a link below such a heading."""
_NAVIGATION_PIECES = re.compile(
    rf"(?<=\s){_KNOB}(?:[\s|/]{{0,8}}{_KNOB}){{0,8}}(?=\s|$)|"
    r"(?:[\[]?(?:字[号体]|视力保护色)[:]\s*\[?\s*(?:超大|特大|大)[\s|]*中[\s|]*小\s*\]?|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?[:]\s*\d+\s*次?"
    r"|\[(?:字号)?\s*大\s*中\s*小\s*\]|\[(?:打印|关闭|收藏|纠错|返回|分享|朗读)(?:本页|窗口|此文)?\])"
)
_ADVERT = re.compile(
    r"^.*(?:关注(?:本报|我们|本网)?.{0,8}(?:公众号|视频号|微博)|扫描?(?:下方)?二维码|下载.{0,12}客户端|点击(?:立即)?下载|加微信|微信号?[:]|代写|"
    r"代笔|(?:预览|试读)结束|免费(?:获取|下载|阅读)全文|剩余.{0,8}(?:未读|付费|购买)|购买后(?:阅读|下载)|联系(?:老师|客服|写手)|会员(?:专享|阅读全文)|付费阅读|开通会员|打开.{1,12}(?:APP|客户端)|阅读体验|扫码(?:关注|下载|加入|进群)|长按.{0,10}(?:识别|关注)|点击(?:上方|下方|左下角|右上角).{0,12}|点击“?阅读原文”?.{0,8}|(?:关注|加)(?:公众号|微信).{0,20}(?:获取|领取|更多)|打开APP.{0,8}|下载APP.{0,8}|预约咨询热线|注册即送|点击(?:查看|阅读)(?:全文|更多)|领红包).*$"
)
_MARKED_ADVERT = re.compile(r"[\[【(]\s*(?:广告|推广|赞助)\s*[\]】)].+")
_GHOST_WRITER = re.compile(
    r"^(?=.*(?:代写|代笔|写手|范文|公文|论文|文案|稿件|原创))(?=.*(?:微信|QQ|qq|[Vv][Xx]|扣扣|企鹅号)).*[A-Za-z\d_-]{5,}.*$"
)
_INVITING = re.compile("欢迎|敬请|快来|长按|更多|想了解")
_UNION_WORD = re.compile(r"[工公协委]会|职工|企业|工人|劳动|单位|党|政府")
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
        return not self._furniture_characters.isdisjoint(range(start, end))


def lay_out(text: str) -> Layout:
    """Return the layout of a working text."""
    folded = text.translate(FOLD)
    lines = tuple((match.start(), match.end()) for match in re.finditer(r"[^\n\r]+", folded))
    furniture: list[Furniture] = []
    sentences: list[tuple[int, int]] = []
    links = False  # below a heading such as 相关阅读
    for start, end in lines:
        start, end = _strip(folded, start, end)
        if start == end:
            continue
        line = folded[start:end]
        links = _RELATED.match(line) is not None or (links and len(line) <= _RELATED_LINE and line[-1] not in "。!?")
        if kind := "navigation" if links else _furniture_kind(line):
            furniture.append(Furniture(start, end, kind))
            continue
        for piece in _NAVIGATION_PIECES.finditer(line):
            low, high = _strip(folded, start + piece.start(), start + piece.end())
            furniture.append(Furniture(low, high, "navigation"))
        for match in _SENTENCE.finditer(line):
            low, high = _strip(folded, start + match.start(), start + match.end())
            if low < high and _is_advert(folded[low:high]):
                furniture.append(Furniture(low, high, "advert"))
            elif low < high:
                sentences.append((low, high))
    return Layout(folded, lines, tuple(sentences), tuple(_join(furniture, folded)))


def _furniture_kind(line: str) -> str:
    if len(line) <= 80:
        if _MARKED_ADVERT.match(line):
            return "advert"
        if _NAVIGATION.match(line) or _is_menu(line):
            return "navigation"
        if _ADVERT.match(line) and not _has_author_words(line):
            return "advert"
        if _ELLIPSIS.match(line):
            return "ellipsis"
    return ""


def _has_author_words(line: str) -> bool:
    """True if a line with an advert in it has another sentence, of what pages on trade unions speak of."""
    sentences = [match[0].strip() for match in _SENTENCE.finditer(line)]
    return any(_UNION_WORD.search(one) and not _ADVERT.match(one) for one in sentences if one)


def _is_advert(sentence: str) -> bool:
    """True for a sentence between others that offers to write for the reader, or invites to the page's own channels."""
    if len(sentence) > 80:
        return False
    return _GHOST_WRITER.match(sentence) is not None or bool(_INVITING.match(sentence) and _ADVERT.match(sentence))


def _is_menu(line: str) -> bool:
    """True for a row of at least three words of a site's menu."""
    words = re.split(r"[\s|/>·]+", line)
    known = [_NAVIGATION_WORD.fullmatch(word) is not None for word in words if word]
    if len(known) >= _LEAST_MENU and all(known):
        return True
    knobs = [word.strip() for word in re.split(r"\s[|/]\s", line)]
    return len(knobs) >= _LEAST_MENU and all(_KNOB_OF_MENU.fullmatch(knob) for knob in knobs)


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
