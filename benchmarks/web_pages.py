"""Web pages as union and government sites of different years make them, around articles written for the purpose.

Every page comes with what a reader should find in it: the lines of the article, and those beside it (title, date, source,
people, captions) that may be read with it or not. What else is on the page is not the article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    """A text, a line each paragraph or row; cells of a row are parted by tabs."""

    title: str
    date: str
    source: str
    author: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page, which template made it, and the article in it; `beside` may be read with it or not."""

    template: str
    data: bytes
    article: Article
    beside: tuple[str, ...]


ARTICLES = (
    Article(
        "清溪市总工会启动“送清凉”行动",
        "2023-07-05",
        "清溪工人报",
        "李晓云",
        (
            "7月4日上午，清溪市总工会“送清凉”行动启动仪式在河东街道环卫站举行。市总工会党组成员、副主席白杨林出席并讲话，河东街道党工委副书记赵岩主持仪式。",
            "白杨林说，入夏以来气温一天比一天高，在马路上、工地上、田埂上干活的职工最辛苦，各级工会要把服务送到他们手边，不要等人来领，不要摆拍，更不要一送了之。",
            "据介绍，今年全市工会系统筹集资金186万元，计划走访企业和工地240家，慰问一线职工3.2万人次，新建“歇脚屋”35个，每个屋子配冰箱、微波炉和药箱。",
            "“以前中午只能靠着树根眯一会儿，现在能进屋里吹吹风、热热饭。”在环卫站干了十一年的钱多说，他那辆三轮车上常年挂着的大水壶，今年夏天终于可以歇一歇了。",
            "仪式结束后，市总工会一行来到青龙河大桥工地，给正在绑钢筋的工人送去毛巾、茶叶和藿香正气水，并叮嘱项目部把下午的开工时间往后推一个半小时。",
            "行动将持续到8月底。",
        ),
    ),
    Article(
        "关于做好2024年困难职工子女助学工作的通知",
        "2024-06-18",
        "清溪市总工会办公室",
        "",
        (
            "各县（区）总工会，市直各产业工会：",
            "为帮助困难职工子女顺利入学，经市总工会第9次主席办公会议研究，决定继续开展“金秋助学”活动。现将有关事项通知如下。",
            "一、助学对象",
            "在册困难职工家庭中，2024年参加普通高考并被全日制本科、专科院校录取的子女；往年已经资助、今年仍在校就读的子女。",
            "二、助学标准",
            "本科每人5000元，专科每人4000元，在校生每人2000元，一次性发放，不得分期，不得以实物抵扣。",
            "三、办理程序",
            "职工本人于7月20日前向所在单位工会提出申请，单位工会公示五个工作日后报县（区）总工会审核，市总工会权益保障部复核并于8月25日前把钱打到职工的银行卡上。",
            "四、有关要求",
            "各级工会要一户一户地上门核实，不漏一户，也不错一户；要保护好孩子的隐私，不搞集中发放仪式，不拍受助学生的正面照片。",
        ),
    ),
    Article(
        "白杨林当选清溪市总工会主席",
        "2022-12-09",
        "清溪日报",
        "赵岩",
        (
            "12月8日，清溪市工会第十二次代表大会闭幕。大会选举产生了市总工会第十二届委员会，白杨林当选主席，李晓云、钱多当选副主席。",
            "新当选的41名委员中，来自生产一线的有17名。",
        ),
    ),
    Article(
        "2023年清溪市“五一”奖章获得者公示",
        "2023-04-12",
        "清溪市总工会",
        "",
        (
            "根据评选办法，经单位推荐、县区初审和评审委员会投票，拟授予下列同志清溪市“五一”奖章，现予公示。",
            "姓名\t单位\t职务",
            "孟春来\t清溪市自来水公司\t管网巡检工",
            "苏木兰\t青龙河纺织厂\t挡车工",
            "巴特尔·扎布\t北山牧场\t兽医",
            "公示期为五个工作日，自4月12日起至4月18日止。对公示人选有不同意见的，请以书面形式署真实姓名反映给市总工会经济技术部，匿名的不予受理。",
        ),
    ),
    Article(
        "挡车工苏木兰：我的手认得每一根断头",
        "2023-05-01",
        "清溪工人报",
        "钱小满",
        (
            "早上六点二十，青龙河纺织厂二车间的灯全亮了。苏木兰把头发塞进白帽子里，先不看机器，先听。",
            "“机器好不好，耳朵比眼睛知道得早。”她说。",
            "问：您一个班要走多少路？",
            "答：以前没人算过，去年工会给我们发了手环，一看，两万七千步，比送快递的小伙子还多。走得多不要紧，怕的是走得没用，所以我琢磨出一个“三转一停”的巡回法，少走了六千步，断头率反倒降了一成。",
            "问：听说您带的徒弟都怕您？",
            "答：怕就对了，纱线不讲情面。不过下了班她们都来我家吃面，我手擀的，浇头是羊肉臊子。去年厂工会把我的巡回法印成小册子，全厂发了430本，我识字不多，那是我头一回看见自己的名字印在书上。",
            "采访快结束的时候，三号机断了一根头，她没有转身，手已经伸过去了。",
        ),
    ),
)

MENU = ("网站首页", "工会概况", "新闻中心", "维权服务", "政务公开", "劳模风采", "职工之家", "下载中心")
OTHERS = (
    "北山区总工会举办女职工插花比赛活动",
    "青龙河纺织厂工会换届选举圆满完成",
    "全市工会财务干部培训班近日开班",
    "城关镇总工会为货车司机免费体检",
    "市总工会机关开展植树活动美化家园",
    "河西街道建成首家户外劳动者服务站点",
)
SPAM = "专业办理各类证件刻章发票代开，详情请加客服微信，澳门线上娱乐城注册即送彩金，信誉第一。"


def menu(tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/c{number}/">{name}</a></{tag}>' for number, name in enumerate(MENU))


def others(kind: str = "相关阅读", tag: str = "li") -> str:
    rows = "".join(
        f'<{tag}><a href="/{n}.html" title="{one}">{one}</a><span>06-{n + 10}</span></{tag}>'
        for n, one in enumerate(OTHERS)
    )
    return f"<div class='xg'><h3>{kind}</h3><ul>{rows}</ul></div>"


def foot(place: str = "清溪市") -> str:
    return (
        f"<div class='foot'><p>版权所有：{place}总工会　主办单位：{place}总工会宣传教育部</p><p>地址：{place}河东街道青龙路18号　"
        "邮编：000000　电话：0000-1234567</p><p>备案序号：清ICP备00000000号　网站标识码：0000000000　"
        "<img src='/gongan.png'>清公网安备00000000000000号</p></div>"
    )


def rows(article: Article, paragraph: Callable[[str], str], table: str = "<table border='1'>") -> str:
    """Return the article's lines, those with tabs as rows of a table."""
    html, inside = "", False
    for line in article.lines:
        if ("\t" in line) != inside:
            inside = not inside
            html += table if inside else "</table>"
        cells = "".join(f"<td><p>{cell}</p></td>" for cell in line.split("\t"))
        html += f"<tr>{cells}</tr>" if inside else paragraph(line)
    return html + ("</table>" if inside else "")


def whole(title: str, head: str, body: str, charset: str = "utf-8", attributes: str = "") -> str:
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset={charset}" />'
        f"<title>{title}</title>{head}</head>\n<body {attributes}>{body}</body></html>"
    )


def trs(article: Article) -> str:
    """A government site of the 2010s: meta tags as the guide asks for them, the text in TRS_Editor, bars around it."""
    head = "".join(
        f'<meta name="{name}" content="{value}" />\n'
        for name, value in (
            ("SiteName", "清溪市总工会"),
            ("ArticleTitle", article.title),
            ("PubDate", f"{article.date} 10:20"),
            ("ContentSource", article.source),
            ("ColumnName", "工会要闻"),
        )
    )
    editor = "<style type='text/css'>.TRS_Editor P{line-height:2;font-family:宋体;font-size:12pt;}</style>"
    text = rows(article, lambda line: f'<p align="justify">　　{line}</p>\n')
    info = (
        f'<div class="info"><span>发布时间：{article.date} 10:20</span> <span>来源：{article.source}</span> <span>浏览次数：<script>hits()</script>1,024</span>'
        '<span class="zh">字号：[<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a>]</span>'
        '<span><a href="javascript:window.print()">打印本页</a></span></div>'
    )
    share = '<div class="share">分享到：<a>微信</a><a>新浪微博</a><a>QQ空间</a></div>'
    near = f'<p>上一篇：<a href="/1.html">{OTHERS[0]}</a></p><p>下一篇：<a href="/2.html">{OTHERS[1]}</a></p>'
    body = (
        f"<div id='header'><img alt='清溪市总工会' src='/logo.png'><ul class='nav'>{menu()}</ul></div>"
        f"<div class='position'>您现在的位置：<a href='/'>首页</a> &gt; <a href='/xw'>新闻中心</a> &gt; <a href='/yw'>工会要闻</a> &gt; 正文</div>"
        f"<div class='main'><h1>{article.title}</h1>{info}<div class='view TRS_UEDITOR trs_paper_default'><div class='TRS_Editor'>{editor}{text}</div></div>"
        f"<p class='editor'>责任编辑：孟春来</p>{share}<a href='javascript:window.close()'>【关闭窗口】</a>{near}</div>{others()}{foot()}"
    )
    return whole(f"{article.title}_工会要闻_清溪市总工会", head, body)


def tables(article: Article) -> str:
    """A site of 2005: tables in tables, font tags, line breaks for paragraphs, GB2312."""
    text = rows(article, lambda line: f"&nbsp;&nbsp;&nbsp;&nbsp;{line}<br>\r\n<br>\r\n", "<table width=90% border=1>")
    links = "".join(f"<tr><td height=22>·<a href=show.asp?id={n}>{one}</a></td></tr>" for n, one in enumerate(OTHERS))
    body = (
        "<table width=776 align=center><tr><td colspan=2><marquee scrollamount=3>欢迎光临清溪市总工会网站！</marquee></td></tr>"
        f"<tr><td colspan=2><table><tr>{menu('td')}</tr></table></td></tr>"
        f"<tr><td width=180 valign=top><table><tr><td><b>热门文章</b></td></tr>{links}</table></td><td valign=top>"
        f"<table width=100%><tr><td align=center><font size=4 color=red><b>{article.title}</b></font></td></tr>"
        f"<tr><td align=center><font color=#666666>作者：佚名　文章来源：{article.source}　点击数：128　更新时间：{article.date}</font></td></tr>"
        f"<tr><td class=content style='LINE-HEIGHT:180%'><font size=3>{text}</font></td></tr>"
        "<tr><td align=right>【<a href=#>发表评论</a>】【<a href=#>告诉好友</a>】【<a href=#>打印此文</a>】【<a href=#>关闭窗口</a>】</td></tr></table></td></tr>"
        f"<tr><td colspan=2 align=center>{foot()}</td></tr></table>"
    )
    return whole(f"清溪市总工会--{article.title}", "", body, "gb2312", "bgcolor=#ffffff topmargin=0")


def soup(article: Article) -> str:
    """Text pasted from a word processor: spans cut names, conditional comments, empty paragraphs, white space as entities."""

    def paragraph(line: str) -> str:
        half = len(line) // 2
        return (
            '<div class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0"><span style="font-size:16.0pt;font-family:仿宋">&nbsp;&nbsp;&nbsp; '
            f"{line[:3]}<span lang='EN-US'></span></span><span style='font-family:仿宋'>{line[3:half]}</span>\r\n<span style='mso-bidi-font-weight:bold'><b>{line[half : half + 2]}</b>"
            f"{line[half + 2 :]}</span><span lang=EN-US><o:p></o:p></span></div>\n<div>&nbsp;</div>"
        )

    office = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    body = (
        f"<div class=top><div class=logo></div><div class=nav>{menu('span')}</div></div><div class='wrap'><div class='tit'><span>{article.title}</span></div>"
        f"<div class='ly'>{article.date}&nbsp;&nbsp;{article.source}</div><div id='zoom'>{office}{rows(article, paragraph)}</div></div>"
        f"<div class=side>{others('热点排行')}</div>{foot()}"
    )
    return whole(f"{article.title} - 清溪市总工会", "<style>@font-face{font-family:仿宋}</style>", body)


def wechat(article: Article) -> str:
    """An article of an app's public account: hidden until its script runs, sections in sections, pictures between."""
    picture = '<section style="text-align:center"><img data-src="https://example.org/1.png" data-ratio="0.6"></section>'

    def paragraph(line: str) -> str:
        return f'<section><section><p style="margin:0 8px;line-height:2em"><span leaf=""><span textstyle="">{line}</span></span></p></section></section><p><br></p>'

    body = (
        f'<div id="js_article"><div id="page-content"><h1 class="rich_media_title" id="activity-name">\n\n{article.title}\n\n</h1>'
        f'<div id="meta_content"><span class="rich_media_meta rich_media_meta_text">{article.author}</span> <a id="js_name">{article.source}</a> <em id="publish_time">{article.date} 08:00</em></div>'
        f'<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; ">{picture}{rows(article, paragraph)}{picture}</div></div>'
        '<div class="rich_media_tool"><p>预览时标签不可点</p><span>阅读</span><span>赞</span><span>在看</span></div>'
        '<div id="js_pc_qr_code"><p>微信扫一扫<br>关注该公众号</p></div><div class="weui-dialog" style="display:none"><p>继续滑动看下一个</p><p>轻触阅读原文</p><a>知道了</a></div>'
        '<div style="display:none">向上滑动看下一个</div></div><script>var msg_title = "'
        + article.title
        + '";</script>'
    )
    return whole("", f'<meta property="og:title" content="{article.title}" />', body)


def lying(article: Article) -> str:
    """A news portal whose linked data are written for search engines and say something else."""
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "震惊！工会竟然给所有人发钱",
        "datePublished": "2019-01-01T00:00:00+08:00",
        "author": {"@type": "Person", "name": "小编"},
        "articleBody": SPAM * 12,
        "description": SPAM,
    }
    head = (
        f'<meta name="description" content="{SPAM}"><meta property="og:description" content="{SPAM}">'
        f'<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script>'
        f"<script>window.__INITIAL_STATE__={json.dumps({'body': '<p>' + SPAM * 5 + '</p>'}, ensure_ascii=False)}</script>"
    )
    comments = "".join(
        f"<div class='comment-item'><b>网友{n}</b><p>支持工会，希望多来我们这里看看，天太热了。</p></div>"
        for n in range(4)
    )
    body = (
        f"<header><nav>{menu('span')}</nav></header><main><article><h1>{article.title}</h1>"
        f"<div class='meta'><time datetime='{article.date}'>{article.date}</time> 来源：{article.source}</div>"
        f"<div class='article-content'>{rows(article, lambda line: f'<p>{line}</p>')}</div></article>"
        f"<section id='comments' class='comment-list'><h3>网友评论</h3>{comments}</section><aside>{others('为您推荐')}</aside></main>{foot()}"
    )
    return whole(f"{article.title}_清溪在线", head, body)


def frames(article: Article) -> str:
    """Frames of navigation in a page, each with words for browsers that have none."""
    none = (
        "<iframe src='/{}.html' width='100%' scrolling='no'><p>您的浏览器不支持框架，请升级后访问。</p><ul>"
        + menu()
        + "</ul></iframe>"
    )
    body = (
        f"<div>{none.format('top')}</div><table><tr><td>{none.format('left')}<iframe src='/a.html'><iframe src='/b.html'></iframe></iframe></td><td>"
        f"<div class='bt'>{article.title}</div><div>{article.date}　来源：{article.source}　作者：{article.author}</div>"
        f"<div class='nr'>{rows(article, lambda line: f'<p>&emsp;&emsp;{line}</p>')}</div></td></tr></table>{none.format('bottom')}{foot()}"
    )
    return whole(article.title, "<noframes><p>本网页需要框架支持。</p></noframes>", body)


def comments(article: Article) -> str:
    """Comments cut names, hold the old text, and are left open in places."""

    def paragraph(line: str) -> str:
        return (
            f"<p><!-- para -->{line[:2]}<!-- 内部：{SPAM} -->{line[2:7]}<!----><!-- > -->{line[7:]}<!-- </p> --></p>\n"
        )

    old = "".join(f"<p>{one}，这是去年的旧稿，已经作废。</p>" for one in OTHERS)
    body = (
        f"<!-- header --><ul>{menu()}</ul><!-- /header --><div class='con'><!-- <h2>旧标题</h2> --><h2>{article.title}</h2>"
        f"<!-- 时间 --><div class='date'>时间：{article.date} 来源：{article.source}</div><!--enpcontent--><div id='article'>{rows(article, paragraph)}</div><!--/enpcontent-->"
        f"<!-- {old} --><p>（编辑：<!-- name -->孟春来）</p></div>{foot()}<!-- {SPAM}"
    )
    return whole(article.title, "", body)


def honeypot(article: Article) -> str:
    """Text that nobody sees stands between the paragraphs."""
    traps = (
        f"<p style='display:none'>{SPAM}</p>",
        f"<div style='position:absolute; left:-9999px; top:0'><a href='http://example.org'>{SPAM}</a></div>",
        f"<p hidden>{SPAM}</p>",
        f"<span style='font-size:0px;color:#fff'>{SPAM}</span>",
        f"<div style='DISPLAY: NONE !important'><div><p>{SPAM}</p></div></div>",
        f"<p style='visibility:hidden;height:0'>{SPAM}</p>",
    )
    text = rows(article, lambda line: f"<p>{line}</p>").replace("</p>", "</p>\n").split("\n")
    text = [
        piece + (traps[number % len(traps)] if piece.endswith("</p>") and not piece.startswith("<t") else "")
        for number, piece in enumerate(text)
    ]
    body = (
        f"<div class='menu'>{menu('span')}</div><div class='detail'><h3>{article.title}</h3><p class='sub'>日期：{article.date}　来源：{article.source}</p>"
        f"<div class='detail-body'>{''.join(text)}</div></div>{foot()}"
    )
    return whole(article.title, "", body)


def related(article: Article) -> str:
    """Lists and teasers of other articles with sentences of their own, before, in and behind the text."""
    teasers = "".join(
        f"<div class='item'><h4><a href='/{n}.html'>{one}</a></h4><p>{one}，现场气氛热烈，参加的职工纷纷表示收获很大，希望今后多办。</p></div>"
        for n, one in enumerate(OTHERS)
    )
    lines = rows(article, lambda line: f"<p>{line}</p>\n").split("\n")
    lines.insert(2, f"<div class='inner-rec'><b>延伸阅读：</b><a href='/3.html'>{OTHERS[3]}</a></div>")
    body = (
        f"<div class='nav'>{menu('span')}</div><div class='left'>{others('最新文章')}</div><div class='center'><h1>{article.title}</h1>"
        f"<div class='time-source'>{article.date} 11:32:08 来源：{article.source}</div><div class='text'>{''.join(lines)}</div>"
        f"<div class='rel'><h3>相关新闻</h3>{teasers}</div></div><div class='right'>{others('一周排行')}</div>{foot()}"
    )
    return whole(f"{article.title}-新闻频道-清溪在线", "", body)


def dede(article: Article) -> str:
    """A small site's free system: pager, votes, comments, statements of copyright."""
    body = (
        f"<div class='header'><ul>{menu()}</ul></div><div class='place'><strong>当前位置:</strong><a href='/'>主页</a> &gt; <a href='/a/'>工会动态</a> &gt;</div>"
        f"<div class='viewbox'><div class='title'><h2>{article.title}</h2></div><div class='info'><small>时间:</small>{article.date} 09:15<small>来源:</small>{article.source} <small>作者:</small>{article.author or '本站'} <small>点击:</small>386次</div>"
        f"<div class='content'><table width='100%'><tr><td>{rows(article, lambda line: f'<div>　　{line}</div>')}</td></tr></table>(责任编辑：孟春来)</div>"
        "<div class='dede_pages'><ul class='pagelist'><li><a>共2页: </a></li><li><a href='#'>上一页</a></li><li class='thisclass'><a href='#'>1</a></li><li><a href='2.html'>2</a></li></ul></div>"
        "<div class='newdigg'><div class='digg_good'>顶一下</div><div>(8)</div><div>100%</div><div class='digg_bad'>踩一下</div><div>(0)</div><div>0%</div></div></div>"
        "<div class='mt1'><h3>发表评论</h3><p>请自觉遵守互联网相关的政策法规，严禁发布色情、暴力、反动的言论。</p><form>评价:<input type='radio'>好评 验证码:<input> 匿名?<input type='checkbox'><button>发表评论</button></form></div>"
        "<div class='copy'><p>免责声明：本站转载的文章版权归原作者所有，如有侵权请与我们联系，我们将在24小时内删除。</p></div>"
        f"{others('推荐内容')}{foot()}"
    )
    return whole(f"{article.title}_清溪工会网", "<meta name='keywords' content='工会,清溪' />", body)


def index_card(article: Article) -> str:
    """A page of open government information: a card of particulars in a table, then the document, then its annexes."""
    card = "".join(
        f"<tr><td class='k'>{a}</td><td>{b}</td><td class='k'>{c}</td><td>{d}</td></tr>"
        for a, b, c, d in (
            ("索 引 号：", "000014349/2024-00028", "主题分类：", "劳动、人事、监察"),
            ("发文机关：", article.source, "成文日期：", article.date),
            ("标　　题：", article.title, "发文字号：", "清工发〔2024〕8号"),
        )
    )
    body = (
        f"<div class='gov-top'><a>繁體</a><a>无障碍</a><a>长者模式</a><input placeholder='请输入关键字'></div><ul class='m'>{menu()}</ul>"
        f"<div class='xxgk'><table class='card'>{card}</table><div class='pages_content'><p style='text-align:center'><strong>{article.title}</strong></p>"
        f"{rows(article, lambda line: f'<p style=text-indent:2em><span style=font-family:仿宋_GB2312>{line}</span></p>')}"
        f"<p style='text-align:right'>{article.source}</p><p style='text-align:right'>{article.date}</p></div>"
        "<ul class='fj'><li>附件：<a href='/1.doc'>申请表.doc</a></li></ul><div class='btns'><a>【打印】</a><a>【关闭】</a><a>扫一扫在手机打开当前页</a></div></div>"
        + foot()
    )
    return whole(article.title, "", body)


def pictures(article: Article) -> str:
    """A picture story: photographs with captions, a player that needs a plug-in, the text between."""

    def paragraph(line: str) -> str:
        return f"<p style='text-align:center'><img src='/1.jpg' alt='图片'></p><p style='text-align:center'><span style='color:#666;font-size:12px'>李晓云 摄</span></p><p>　　{line}</p>"

    body = (
        f"<div class='nav-wrap'><div class='nav'>{menu('em')}</div></div><div class='article'><h1>{article.title}</h1><div class='pinfo'>{article.date}　{article.source}</div>"
        f"<div class='video'><object><embed src='a.swf'></embed>您没有安装播放器，请先安装。</object></div><div class='artical-body'>{rows(article, paragraph)}</div>"
        "<div class='ad'>广告</div><div class='qr'><img src='qr.png'><p>扫描二维码关注清溪工会公众号</p></div></div>"
        + others("图片新闻")
        + foot()
    )
    return whole(f"{article.title}--图片--清溪工会", "", body)


def rendered(article: Article) -> str:
    """A page that a script rendered on the server: scoped attributes, the state once more as data, folded text."""
    state = json.dumps(
        {"article": {"title": article.title, "body": "".join(f"<p>{line}</p>" for line in article.lines)}},
        ensure_ascii=False,
    )
    text = rows(article, lambda line: f'<p data-v-7ba5bd90="" class="para">{line}</p>')
    body = (
        f'<noscript>请开启脚本</noscript><div id="app" data-server-rendered="true"><div data-v-7ba5bd90="" class="hd">{menu("a")}</div><div data-v-7ba5bd90="" class="page"><div class="h-title">{article.title}</div>'
        f'<div class="h-info"><span>{article.date} 16:05</span><span>来源：{article.source}</span></div><div class="rich-text fold">{text}</div><div class="more">展开全文</div></div>'
        f'<div class="dl-bar">打开清溪工会客户端，查看更多精彩内容</div>{others("大家都在看", "div")}</div><script>window.__NUXT__={state}</script>'
        + foot()
    )
    return whole(article.title, '<link rel="preload" href="/a.js" as="script">', body)


def hanweb(article: Article) -> str:
    """A government system that marks its fields by comments and meta tags in the body."""
    text = rows(
        article, lambda line: f"<p style='text-indent: 2em;'>{line}</p>\n<p style='text-indent: 2em;'>&nbsp;</p>\n"
    )
    body = (
        f"<div id='barrierfree_container'><table width='1000' border='0' cellspacing='0'><tbody><tr><td>{menu('span')}</td></tr></tbody></table>"
        "<div class='bread'><!--<$[当前栏目(带链接)]>begin--><a href='/'>首页</a>&nbsp;&gt;&nbsp;<a href='/col1'>工会动态</a><!--<$[当前栏目(带链接)]>end--></div>"
        f"<table id='c' width='95%'><tr><td class='title'><!--<$[标题名称(html)]>begin-->{article.title}<!--<$[标题名称(html)]>end--></td></tr>"
        f"<tr><td align='center'><table width='60%'><tr><td>发布日期：{article.date} 10:11</td><td>信息来源：{article.source}</td><td>浏览次数：<span id='hits'>71</span></td>"
        "<td>字号：[ <a>大</a> <a>中</a> <a>小</a> ]</td></tr></table></td></tr>"
        f"<tr><td id='zoom'><!--ZJEG_RSS.content.begin--><meta name='ContentStart'><style>.a{{}}</style>{text}<meta name='ContentEnd'><!--ZJEG_RSS.content.end--></td></tr>"
        "<tr><td><table><tr><td>【<a>打印本页</a>】</td><td>【<a>关闭窗口</a>】</td></tr></table></td></tr></table></div>"
    )
    return whole(
        f"清溪市总工会 工会动态 {article.title}",
        "<meta name='others' content='页面生成时间 2024-01-01'>",
        body + foot(),
    )


def unclosed(article: Article) -> str:
    """A page written by hand in 2001: capitals, no end tags, fonts in fonts, entities for each space."""
    text = "".join(
        f"<P><FONT face=宋体 size=3>&nbsp;&nbsp;&nbsp;&nbsp;{line}" if "\t" not in line else f"<BR>{line}"
        for line in article.lines
    )
    return (
        f"<HTML><HEAD><TITLE>{article.title}</TITLE><META content='text/html; charset=gb2312' http-equiv=Content-Type></HEAD>"
        f"<BODY bgColor=#ffffff><CENTER><A href=index.htm>返回首页</A> | <A href=news.htm>返回新闻</A><HR></CENTER><H2 align=center><FONT color=#ff0000>{article.title}</FONT></H2>"
        f"<P align=center>({article.date}　{article.source})<HR width=80%>{text}<HR><P align=center><FONT size=2>清溪市总工会版权所有 未经许可不得转载<BR>webmaster@example.org 建议使用800*600分辨率浏览</FONT></BODY></HTML>"
    )


def blog(article: Article) -> str:
    """A free blog system, with widgets in a side column, tags and a form for comments."""
    posts = "".join(f"<li><a href='/{n}'>{one}</a></li>" for n, one in enumerate(OTHERS))
    body = (
        f"<div id='page' class='site'><header id='masthead'><p class='site-title'><a href='/'>清溪工会</a></p><nav id='site-navigation'><ul class='menu'>{menu()}</ul></nav></header>"
        f"<div id='content'><div id='primary' class='content-area'><main id='main'><article id='post-1' class='post type-post hentry'><header class='entry-header'><h1 class='entry-title'>{article.title}</h1>"
        f"<div class='entry-meta'><span class='posted-on'>发表于 <time>{article.date}</time></span><span class='byline'> 由 <a>{article.source}</a></span></div></header>"
        f"<div class='entry-content'>{rows(article, lambda line: f'<p>{line}</p>')}</div><footer class='entry-footer'><span>分类：<a>工会要闻</a></span><span>标签：<a>工会</a>、<a>职工</a></span></footer></article>"
        f"<nav class='post-navigation'><div class='nav-previous'><a>上一篇 {OTHERS[0]}</a></div><div class='nav-next'><a>下一篇 {OTHERS[1]}</a></div></nav>"
        "<div id='comments'><h2>《文章》有2条评论</h2><ol><li><b>路人甲</b> 说道：<p>写得真好，期待更多这样的消息。</p></li><li><b>路人乙</b> 说道：<p>请问在哪里可以报名？谢谢。</p></li></ol><div id='respond'><h3>发表评论</h3><p>您的电子邮箱地址不会被公开。必填项已用*标注</p></div></div></main></div>"
        f"<aside id='secondary'><section class='widget'><h2>近期文章</h2><ul>{posts}</ul></section><section class='widget'><h2>功能</h2><ul><li><a>登录</a></li><li><a>文章RSS</a></li></ul></section></aside></div></div>"
    )
    return whole(f"{article.title} – 清溪工会", "", body + foot())


def portal(article: Article) -> str:
    """A portal's channel: advertisement between paragraphs, statements by the platform, a bar of many channels."""
    text = rows(article, lambda line: f"<p>{line}</p>\n").split("\n")
    text.insert(1, "<div class='statement'>广告 <a href='http://example.org'>白领减肥新方法 三天见效</a></div>")
    body = (
        f"<div id='topbar'>{''.join(f'<a>{one}</a>' for one in ('新闻', '体育', '汽车', '房产', '旅游', '教育', '时尚', '科技', '财经', '娱乐'))}<a>登录</a></div>"
        f"<div class='wrapper'><div class='user-info'><h4><a>{article.source}</a></h4><dl><dd>文章数 3048</dd><dd>总阅读 1.2亿</dd></dl></div><div class='text'><div class='text-title'><h1>{article.title}</h1>"
        f"<div class='article-info'><span class='time'>{article.date} 09:40</span><span>来源: <a>{article.source}</a></span></div></div><article class='article' id='mp-editor'>{''.join(text)}"
        "<p><a>返回搜狐，查看更多</a></p></article><div class='statement'>平台声明：该文观点仅代表作者本人，本号系信息发布平台，仅提供信息存储空间服务。</div>"
        "<div class='bottom-relate'><span>阅读 (<em>256</em>)</span><span>不感兴趣</span><span>投诉</span></div></div></div>"
        f"<div class='groom-read'><h3>推荐阅读</h3>{''.join(f'<div><h4><a>{one}</a></h4><div>清溪工会 · 昨天 14:{n}</div></div>' for n, one in enumerate(OTHERS))}</div>"
    )
    return whole(f"{article.title}_{article.source}", "", body)


def newspaper(article: Article) -> str:
    """A newspaper's digital edition: the list of pages and headlines beside the text, a map of the page, pagination."""
    titles = "".join(
        f"<tr><td><div style='display:inline'><a href=content_{n}.htm>{one}</a></div></td></tr>"
        for n, one in enumerate(OTHERS)
    )
    body = (
        f"<table><tbody><tr><td><strong>第02版：要闻</strong></td><td><a>上一版</a> <a>下一版</a></td></tr><tr><td><map name=PagePicMap><area></map></td></tr></tbody></table>"
        f"<table><tbody>{titles}</tbody></table><table><tbody><tr><td>{article.date}　<a>前一期</a> <a>后一期</a></td><td><a>下一篇</a></td><td>放大 缩小 默认</td></tr></tbody></table>"
        f"<table><tbody><tr><td class=font01 align=middle>{article.title}</td></tr><tr><td class=font02 align=middle>本报记者 {article.author}</td></tr></tbody></table>"
        f"<div id=ozoom style='ZOOM: 100%'><founder-content>{rows(article, lambda line: f'<P>　　{line}</P>')}</founder-content></div>"
        f"<p>{article.source}版权所有，未经书面授权不得转载、复制或建立镜像。</p>"
    )
    return whole(f"{article.source}", "", body)


def bare_page(article: Article) -> str:
    """Nothing but text and line breaks, as saved by a program."""
    text = "".join(f"{line}<br/>\n" for line in article.lines)
    return f"<html><body><b>{article.title}</b><br/>{article.date} {article.source}<br/><br/>{text}</body></html>"


def client(article: Article) -> str:
    """A news client's page for sharing: bars to open the client above and below, a card of the account, hot comments."""
    cards = "".join(
        f"<a class='card' href='/{n}'><div class='t'>{one}</div><div class='s'>清溪发布 12评</div></a>"
        for n, one in enumerate(OTHERS)
    )
    body = (
        "<div class='open-app fixed-top'><img><span>清溪新闻</span><span>看本地大事</span><button>立即打开</button></div>"
        f"<section class='page'><h2 class='tt'>{article.title}</h2><div class='author-card'><img><div><p>{article.source}</p><p>{article.date} 18:20 官方账号</p></div><button>+关注</button></div>"
        f"<div class='rich'>{rows(article, lambda line: f'<div><span>{line}</span></div><div><br></div>')}</div><div class='copyright'>特别声明：本文为机构在本平台上传并发布，仅代表作者观点。</div><div class='like'><i></i>128</div></section>"
        "<section class='hot'><div class='hd'>热门评论</div><div><b>清溪小丫</b><div>点赞，这才是娘家人该做的事情。</div><span>36赞</span></div></section>"
        f"<section>{cards}</section><div class='open-app fixed-bottom'>打开客户端阅读全文</div>"
    )
    return whole(article.title, "", body)


def drupal(article: Article) -> str:
    """A system from abroad, whose blocks and regions stand in the file before and behind the node."""
    body = (
        f"<div id='page-wrapper'><div id='page'><div id='header'><div class='region region-header'><div id='block-system-main-menu' class='block'><ul class='menu'>{menu()}</ul></div></div></div>"
        f"<div id='sidebar-first' class='column sidebar'><div class='block'><h2>通知公告</h2><div class='content'><div class='view'>{''.join(f'<div class=views-row><span class=field-content><a href=/{n}>{one}</a></span> <span>(06/1{n})</span></div>' for n, one in enumerate(OTHERS))}</div></div></div></div>"
        f"<div id='content' class='column'><div class='breadcrumb'><a>首页</a> » <a>工会要闻</a></div><h1 class='title' id='page-title'>{article.title}</h1><div id='node-12' class='node node-article'><div class='submitted'>由 <span class='username'>{article.source}</span> 提交于 {article.date}</div>"
        f"<div class='content'><div class='field field-name-body'><div class='field-items'><div class='field-item even'>{rows(article, lambda line: f'<p>{line}</p>')}</div></div></div></div></div></div>"
        "<div id='footer'><div class='block'>Powered by Drupal</div></div></div></div>"
    )
    return whole(f"{article.title} | 清溪市总工会", "", body)


def forum(article: Article) -> str:
    """A thread of a forum: the first post is the article, others answer."""
    replies = "".join(
        f"<table class='plhin'><tr><td class='pls'><a>会员{n}</a><p>积分 {n}20</p><p>发消息</p></td><td class='plc'><div class='pi'>{n + 2}# 发表于 2024-1-{n + 1} 09:0{n}</div><div class='t_f'>顶楼主，写得不错。</div></td></tr></table>"
        for n in range(5)
    )
    body = (
        f"<div id='hd'><div id='nv'><ul>{menu()}</ul></div></div><div id='pt'><a>论坛</a> › <a>工会之窗</a> › 查看主题</div><div id='postlist'><div>查看: <span>532</span>|回复: <span>5</span></div><h1 class='ts'><span id='thread_subject'>{article.title}</span></h1>"
        f"<table class='plhin'><tr><td class='pls'><a>{article.source}</a><p>主题 12</p><p>积分 388</p></td><td class='plc'><div class='pi'>发表于 {article.date} 08:30 | 只看该作者 | 倒序浏览</div><div class='pcb'><table><tr><td class='t_f' id='postmessage_1'>{rows(article, lambda line: f'{line}<br />{chr(10)}<br />{chr(10)}')}</td></tr></table></div></td></tr></table>{replies}</div>"
        "<div id='f_pst'><p>您需要登录后才可以回帖 登录 | 立即注册</p></div><div id='ft'>Powered by Discuz! X3.4 © 2001-2023</div>"
    )
    return whole(f"{article.title} - 工会之窗 - 清溪论坛", "", body)


def floating(article: Article) -> str:
    """A government site of the 2020s: bars that float, a code to scan, tabs of related documents, all in sections."""
    tabs = "".join(
        f"<div class='tab'><h4>{kind}</h4><ul>{''.join(f'<li><a>{one}</a></li>' for one in OTHERS[:3])}</ul></div>"
        for kind in ("相关文件", "相关解读", "相关报道")
    )
    body = (
        f"<section class='top'><div class='tools'><span>简</span>|<span>繁</span>|<span>无障碍浏览</span>|<span>智能问答</span></div><nav>{menu('div')}</nav></section>"
        f"<section class='conter'><div class='crumbs'>首页&nbsp;/&nbsp;新闻中心&nbsp;/&nbsp;工会要闻</div><ucaptitle>{article.title}</ucaptitle><div class='msgbar'><span>信息来源：{article.source}</span><span>发布时间：{article.date}</span><span>阅读量：211</span><span>字体大小：A- A+</span></div>"
        f"<ucapcontent>{rows(article, lambda line: f'<p style=line-height:2.2em><span style=font-size:18px>{line}</span></p>')}</ucapcontent><div class='ewm'><p>扫一扫在手机打开当前页</p></div></section>"
        f"<section class='tabs'>{tabs}</section><ul class='fixed-right'><li>网上信访</li><li>12351热线</li><li>返回顶部</li></ul>"
    )
    return whole(
        f"{article.title}",
        f"<meta name='ArticleTitle' content='{article.title}'><meta name='PubDate' content='{article.date} 00:00'>",
        body + foot(),
    )


TEMPLATES: dict[str, Callable[[Article], str]] = {
    "trs": trs,
    "tables": tables,
    "soup": soup,
    "wechat": wechat,
    "lying": lying,
    "frames": frames,
    "comments": comments,
    "honeypot": honeypot,
    "related": related,
    "dede": dede,
    "index card": index_card,
    "pictures": pictures,
    "rendered": rendered,
    "hanweb": hanweb,
    "unclosed": unclosed,
    "blog": blog,
    "portal": portal,
    "newspaper": newspaper,
    "bare": bare_page,
}
UNSEEN: dict[str, Callable[[Article], str]] = {
    "client": client,
    "drupal": drupal,
    "forum": forum,
    "floating": floating,
}
"""Written when the reader was done with those above."""
OLD = {"tables", "dede"}  # not in Unicode


def pages() -> Iterator[Page]:
    """Yield each article in each template."""
    for template, make in {**TEMPLATES, **UNSEEN}.items():
        for article in ARTICLES:
            day = f"{article.date}"
            beside = (
                *(article.title, day, article.source, article.author, "责任编辑：孟春来", "编辑：孟春来", "李晓云 摄"),
                *("发布时间：", "文章来源：", "来源：", "时间：", "日期：", "作者：", "更新时间：", "发文机关：", "成文日期：", "发文字号："),
                *("清工发〔2024〕8号", "标题：", "10:20", "11:32:08", "08:00", "09:15", "16:05", "时间:", "来源:", "作者:", "（", "）", "(", ")"),
            )  # fmt: skip
            yield Page(template, make(article).encode("gb18030" if template in OLD else "utf-8"), article, beside)
