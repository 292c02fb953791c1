"""The time that a figure is of: a year, a month, a day or a span, written as ISO 8601.

What a sentence says relative to today (去年, 五年来, 今年前十个月, 年底前) is counted from the document's date; without one only
absolute dates count. Of several the nearest before the figure is taken, else one behind it in its part of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from unionkg.nlp.numerals import number_value

_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "明年": 1, "次年": 1}
_QUARTERS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
_COUNT = r"(?P<count>[一二两三四五六七八九十]{1,2}|\d{1,2})"
_VAGUE = re.compile("[一二两三四五六七八九]{2}")
_YEAR = r"(?:(?P<year>(?:19|20)\d{2})年|(?P<relative>前年|去年|上年|今年|明年|次年))"
_MONTH = r"(?P<month>1[0-2]|[1-9])月"
_DAY = r"(?P<day>\d{1,2})日"
_TO = "(?:至|到|—|-|持续到)+"


@dataclass(frozen=True, slots=True)
class _Today:
    """The date of a document, and the year that 全年 means in it."""

    year: int
    month: int
    day: str
    reported: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


_Reading = Callable[[dict[str, str], _Today | None], str | None]


def find_period(sentence: str, figure: int, date: str | None, reported: str | None = None) -> str | None:
    """Return the period of the figure at offset `figure` of a folded sentence, None where the sentence states none.

    `date` is the document's, in ISO form; `reported` the year that a report is of, by default that of the date.

    >>> find_period("今年前十个月,新建基层工会637家", 15, "2024-11-12")
    '2024-01/2024-10'
    >>> find_period("五年来建成驿站40个", 7, "2023-08-25")
    '2018-08/2023-08'
    """
    found = _periods(sentence, date, reported)
    before = [period for place, period in found if place < figure]
    if before:
        place = max(place for place, _ in found if place < figure)
        return _since_opening(sentence[place:figure], before[-1], date)
    end = re.search("[,;]", sentence[figure:])
    high = figure + end.start() if end else len(sentence)
    return next((period for place, period in found if place < high), None)


def _since_opening(stretch: str, period: str | None, date: str | None) -> str | None:
    """Return the period of a figure that follows on when something was set up (今年6月成立,…,已服务9000人).

    That is the time since then where the text counts up to today, else unknown.
    """
    opened = _OPENED.search(stretch)
    if opened is None or period is None or "/" in period:
        return period
    return f"{period[:7]}/{date[:7]}" if date and _SO_FAR.search(stretch, opened.end()) else None


@lru_cache(maxsize=64)
def _periods(sentence: str, date: str | None, reported: str | None) -> tuple[tuple[int, str | None], ...]:
    """Return where a sentence states a period, and which (None for 每年), in order."""
    today = None
    if date and re.match(r"\d{4}-\d{2}", date):
        today = _Today(int(date[:4]), int(date[5:7]), date[8:10], int(reported or date[:4]))
    found: list[tuple[int, str | None]] = []
    end = 0
    for opening in _OPENING.finditer(sentence):
        start = opening.start()
        if start < end:
            continue
        form = next(((match, read) for pattern, read in _FORMS if (match := pattern.match(sentence, start))), None)
        if form is None:
            continue
        match, read = form
        end = match.end()
        stated = {name: value for name, value in match.groupdict().items() if value}
        period = read(stated, today)
        if period is not None:
            found.append((start, period or None))
    return tuple(found)


def _count(written: str) -> int | None:
    """Return how many are counted, None for a vague count (一两年, 三五年)."""
    if _VAGUE.fullmatch(written):
        return None
    value = number_value(written)
    return None if value is None else int(value)


def _year_of(stated: dict[str, str], today: _Today | None) -> int | None:
    if "year" in stated:
        return int(stated["year"])
    return None if today is None else today.year + _RELATIVE[stated.get("relative", "今年")]


def _since(stated: dict[str, str], today: _Today | None) -> str | None:
    year = _year_of(stated, today)
    if year is None or today is None:
        return None
    if "month" not in stated:
        return str(year) if year == today.year else f"{year}/{today}"
    end = f"{today}-{today.day}" if "day" in stated and today.day else str(today)
    return f"{_date(year, stated)}/{end}"


def _date(year: int, stated: dict[str, str]) -> str:
    day = f"-{int(stated['day']):02d}" if "day" in stated else ""
    return f"{year}-{int(stated['month']):02d}{day}"


def _past_years(stated: dict[str, str], today: _Today | None) -> str | None:
    count = _count(stated["count"])
    return f"{today.year - count}-{today.month:02d}/{today}" if today and count is not None else None


def _coming_years(stated: dict[str, str], today: _Today | None) -> str | None:
    count = _count(stated["count"])
    return f"{today}/{today.year + count}-{today.month:02d}" if today and count is not None else None


def _months(stated: dict[str, str], today: _Today | None) -> str | None:
    year = _year_of(stated, today)
    return f"{year}-{int(stated['month']):02d}/{year}-{int(stated['last']):02d}" if year else None


def _days(stated: dict[str, str], today: _Today | None) -> str | None:
    year = _year_of(stated, today)
    if year is None:
        return None
    last = {"month": stated.get("last_month", stated["month"]), "day": stated["last"]}
    return f"{_date(year, stated)}/{_date(year, last)}"


def _first_months(stated: dict[str, str], today: _Today | None) -> str | None:
    year, last = _year_of(stated, today), _count(stated["count"])
    return f"{year}-01/{year}-{last:02d}" if year and last is not None else None


def _part_of_year(stated: dict[str, str], today: _Today | None) -> str | None:
    year, part = _year_of(stated, today), stated["part"]
    if year is None:
        return None
    if part.endswith("半年"):
        low, high = (1, 6) if part.startswith("上") else (7, 12)
    elif part.startswith("前"):
        low, high = 1, _QUARTERS[part[1]][1]
    else:
        low, high = _QUARTERS[part.removeprefix("第")[0]]
    return f"{year}-{low:02d}/{year}-{high:02d}"


def _end_of_year(stated: dict[str, str], today: _Today | None) -> str | None:
    year = _year_of(stated, today)
    return f"{year}-12" if year else None


def _month(stated: dict[str, str], today: _Today | None) -> str | None:
    year = _year_of(stated, today)
    return _date(year, stated) if year else None


def _whole_year(stated: dict[str, str], today: _Today | None) -> str | None:
    year = _year_of(stated, today)
    return str(year) if year else None


def _reported_year(stated: dict[str, str], today: _Today | None) -> str | None:
    return str(today.reported) if today else None


def _every_year(stated: dict[str, str], today: _Today | None) -> str | None:
    return ""


def _no_period(stated: dict[str, str], today: _Today | None) -> str | None:
    return None


def _years(stated: dict[str, str], today: _Today | None) -> str | None:
    return f"{stated['year']}/{stated['last']}" if stated["year"] < stated["last"] else None


def _last_month(stated: dict[str, str], today: _Today | None) -> str | None:
    if today is None:
        return None
    return f"{today.year}-{today.month - 1:02d}" if today.month > 1 else f"{today.year - 1}-12"


_OPENED = re.compile(
    r"(?<=[月年日])(?:正式|挂牌)?(?:成立|开园|开班|揭牌|启用|投用|开业|上线|试运行|运行|由[^,;]{0,30}发起)[,;]"
)
"""Something comes into being, and another part of the sentence begins."""
_SO_FAR = re.compile(r"已|累计|目前|眼下|至今|迄今")
_OPENING = re.compile(r"\d|[去今明次]年|今后|经|前|上[年半个月]|[过近这最未用年全下第一二两三四五六七八九十每]")
_FORMS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"每年", _every_year),
        (rf"经{_YEAR}?{_MONTH}{_DAY}", _no_period),
        (rf"{_YEAR}?{_MONTH}{_DAY}{_TO}(?:(?P<last_month>\d{{1,2}})月)?(?P<last>\d{{1,2}})日", _days),
        (rf"(?P<year>(?:19|20)\d{{2}})年?{_TO}(?P<last>(?:19|20)\d{{2}})年(?!\d)", _years),
        (r"(?<![线以网晚马])上个?月(?![度均薪活末])", _last_month),
        (rf"{_YEAR}?{_MONTH}{_TO}(?P<last>\d{{1,2}})月", _months),
        (rf"{_YEAR}?(?P<month>\d{{1,2}}){_TO}(?P<last>\d{{1,2}})月", _months),
        (rf"{_YEAR}(?:{_MONTH})?(?:{_DAY})?[^,。;\d]{{0,10}}?(?:以来|起(?=,|[一-龥])|至今)", _since),
        (rf"{_MONTH}(?:{_DAY})?[^,。;\d]{{0,10}}?(?:以来|至今)", _since),
        (rf"(?:过去|近|最近|这)?{_COUNT}年(?:来|间)", _past_years),
        (rf"(?:过去|近|最近|这){_COUNT}年里", _past_years),
        (rf"(?:过去|近|最近){_COUNT}年", _past_years),
        (rf"(?:未来|今后|用){_COUNT}年(?:内|时间)?", _coming_years),
        (rf"{_COUNT}年(?:之?内)", _coming_years),
        (rf"{_YEAR}?前{_COUNT}个月", _first_months),
        (rf"{_YEAR}?(?P<part>[上下]半年|前[二三]季度|第?[一二三四]季度)", _part_of_year),
        (rf"{_YEAR}(?:年?底|年?末)", _end_of_year),
        (r"年(?:底|末)前?", _end_of_year),
        (r"年内", _whole_year),
        (rf"{_YEAR}?{_MONTH}(?:{_DAY})?", _month),
        (rf"{_YEAR}(?!度?工[作会])", _whole_year),
        (r"全年", _reported_year),
    )
)
"""Ways to write a time, and how each is read; of those that fit at one place the first counts."""
