"""The provinces of China by the first two digits of their codes (GB/T 2260), with their names in Chinese and English.

The English names are those in common use, which for the minority regions and 陕西 differ from the romanisation of
ISO 3166-2:CN.
"""

from __future__ import annotations

from typing import NamedTuple


class Province(NamedTuple):
    """A division of the highest level: provinces, autonomous regions, cities under the central government, and SARs."""

    zh: str
    en: str


PROVINCES: dict[str, Province] = {
    "11": Province("北京市", "Beijing"),
    "12": Province("天津市", "Tianjin"),
    "13": Province("河北省", "Hebei"),
    "14": Province("山西省", "Shanxi"),
    "15": Province("内蒙古自治区", "Inner Mongolia"),
    "21": Province("辽宁省", "Liaoning"),
    "22": Province("吉林省", "Jilin"),
    "23": Province("黑龙江省", "Heilongjiang"),
    "31": Province("上海市", "Shanghai"),
    "32": Province("江苏省", "Jiangsu"),
    "33": Province("浙江省", "Zhejiang"),
    "34": Province("安徽省", "Anhui"),
    "35": Province("福建省", "Fujian"),
    "36": Province("江西省", "Jiangxi"),
    "37": Province("山东省", "Shandong"),
    "41": Province("河南省", "Henan"),
    "42": Province("湖北省", "Hubei"),
    "43": Province("湖南省", "Hunan"),
    "44": Province("广东省", "Guangdong"),
    "45": Province("广西壮族自治区", "Guangxi"),
    "46": Province("海南省", "Hainan"),
    "50": Province("重庆市", "Chongqing"),
    "51": Province("四川省", "Sichuan"),
    "52": Province("贵州省", "Guizhou"),
    "53": Province("云南省", "Yunnan"),
    "54": Province("西藏自治区", "Tibet"),
    "61": Province("陕西省", "Shaanxi"),
    "62": Province("甘肃省", "Gansu"),
    "63": Province("青海省", "Qinghai"),
    "64": Province("宁夏回族自治区", "Ningxia"),
    "65": Province("新疆维吾尔自治区", "Xinjiang"),
    "71": Province("台湾省", "Taiwan"),
    "81": Province("香港特别行政区", "Hong Kong"),
    "82": Province("澳门特别行政区", "Macao"),
}


def province_code(code: str | None) -> str | None:
    """Return the two digits of the province that the code of a division lies in; None if it lies in none.

    >>> province_code("360102"), province_code("100000"), province_code(None)
    ('36', None, None)
    """
    head = (code or "")[:2]
    return head if head in PROVINCES else None
