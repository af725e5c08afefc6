"""The labelled set of `bench recognition`: companies, the ways in which people write them, and companies that are not the same.

The companies and the two lists of pairs in bench/data are composed by hand. The rest is made by rules from the companies, always
the same. Every third company, every third pair, and whole kinds of mess are held out: nothing was tuned on them.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pypinyin import lazy_pinyin

DATA = Path(__file__).parent / "data"
_HELD_OUT_KINDS = {
    "abbreviated",
    "district",
    "former name",
    "near sound",
    "two faults",
    "synonym",
    "latin: keyboard",
    "scan",
}
# Characters that names are made of, to pick others of the same sound from; the engine does not read this list.
_COMMON = (
    "启起齐奇琪琦恒衡横锐瑞睿芯新鑫欣心馨信海晟盛圣胜泽则云匀芸峰锋丰风枫立利力丽源元园圆原远兴星达大答南楠男粤越悦岳月丽雅亚"
    "楚础天添田甜蜀数锦金津进晋秦勤琴川穿津今滨宾斌中忠钟科柯客华化画骅鹭路陆岛到锡熙希西江疆姜通同铜皖晚万能渝鱼余宇工公功"
    "湘香祥翔麓鹿陆豫玉裕誉昌长场常畅东冬祥相连联莲泰太泉全权嘉家佳加丰越月台抬瓯欧鸥闽敏民信昆坤捷杰洁澄成诚程沙杀洲州周"
    "慈词磁义意益易艺凯楷横珩琴冀纪诺懦源蒙盟牧木吉集极驰池持龙隆宁凝彭朋鹏城成京精晶口维威唯扬阳洋杨拓榕容荣赣干锋芝之知"
    "鸢渊都督鲁路轴舟汉翰焊三山峡霞芯湘黔前钱灵铃滇颠红宏鸿金塞赛上尚唐堂钢刚廊郎科保宝光广浙哲北贝婺务盐言湾弯凤奉申深博"
    "铭明名鸣浦普思斯丝吴武五越姑古苏酥鹏朋瑞强墙普谱诺虎户穗岁顺舜联钱前塘唐泰西溪泠零甬永勇四司明崂劳山珊海河和燕艳艳仪"
    "宜怡谷古府福嘉陵灵雁宴塔踏钟终太湖胡龙珑庐卢阳羊"
)
_PLAIN = "华东业电机车气贸发开际宁学胶农医仪设备环实产术资网软动达远宝银铁铝锦锋锐龙鹏鸿马门阳陆云风材"
_OLD = "華東業電機車氣貿發開際寧學膠農醫儀設備環實產術資網軟動達遠寶銀鐵鋁錦鋒銳龍鵬鴻馬門陽陸雲風材"
_TRADITIONAL = str.maketrans(_PLAIN, _OLD)
_NEAR = {"n": "ng", "ng": "n", "z": "zh", "c": "ch", "s": "sh", "zh": "z", "ch": "c", "sh": "s"}


def _pairs(text: str) -> dict[str, str]:
    """Words by words, written "one:other"."""
    return {one: other for one, _colon, other in (entry.partition(":") for entry in text.split())}


_SYNONYMS = _pairs("""
科技:技术 化工:化学 塑胶:塑料 材料:新材料 汽车零部件:汽车配件 通信:通讯 农业:农业发展 设备:装备 制品: 机械:机械制造
""")
_PROVINCES = _pairs("""
苏州:江苏 宁波:浙江 常州:江苏 杭州:浙江 深圳:广东 东莞:广东 佛山:广东 青岛:山东 武汉:湖北 成都:四川 西安:陕西
广州:广东 无锡:江苏 南京:江苏 合肥:安徽 长沙:湖南 郑州:河南 厦门:福建
""")
_DISTRICTS = _pairs("""
上海:浦东新区 苏州:工业园区 杭州:滨江区 宁波:北仑区 深圳:宝安区 东莞:长安镇 佛山:顺德区 北京:海淀区 成都:高新区
南京:江宁区 武汉:东湖高新区 天津:西青区 无锡:新吴区
""")
_KEYS = _pairs("a:s e:r i:o o:i n:m m:n r:t t:r l:k g:h b:v w:e")


@dataclass(frozen=True)
class Company:
    """A company as it stands in the archive."""

    city: str
    stem: str
    trade: str
    form: str

    @property
    def latin(self) -> bool:
        return self.stem.isascii()

    @property
    def name(self) -> str:
        if self.latin:
            return f"{self.stem} {self.trade} {self.form}"
        return f"{self.city}{self.stem}{self.trade}{self.form}"


@dataclass(frozen=True)
class Pair:
    """What somebody types, what stands in the archive, and whether that is the same company ("same", "different", "related")."""

    kind: str
    typed: str
    stored: str
    city: str
    truth: str
    held_out: bool


def _lines(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")


def companies() -> list[Company]:
    """All companies of the set."""
    return [Company(*line) for line in _lines("companies.txt")]


def pairs() -> list[Pair]:
    """All labelled pairs."""
    found = []
    for number, company in enumerate(companies()):
        rng = random.Random(number)
        kinds = LATIN if company.latin else CHINESE
        for kind, rule in kinds.items():
            held_out = number % 3 == 2 or kind in _HELD_OUT_KINDS
            typed = rule(company, rng) if rng.random() < 0.5 or company.latin else ""
            if typed and typed != company.name:
                found.append(Pair(kind, typed, company.name, company.city, "same", held_out))
        for kind, typed in _others(company):
            found.append(Pair(kind, typed, company.name, company.city, "different", number % 3 == 2))
    for number, (wrong, right, city) in enumerate(_lines("lookalikes.txt")):
        found.append(Pair("by hand", wrong, right, city, "same", number % 3 == 2))
    for number, (one, other, *related) in enumerate(_lines("different.txt")):
        truth = related[0] if related else "different"
        found.append(Pair("by hand, not the same", one, other, "", truth, number % 3 == 2))
    return found


# ---- the same company, written differently


def _full_width(c: Company, rng: random.Random) -> str:
    return (
        c.name.replace("有限公司", "（有限公司）")
        if rng.random() < 0.3
        else "　".join((c.city, c.stem + c.trade, c.form))
    )


def _sound_alike(character: str, rng: random.Random) -> str:
    sound = lazy_pinyin(character)
    others = sorted({other for other in _COMMON if other != character and lazy_pinyin(other) == sound})
    return rng.choice(others) if others else ""


def _homophone(c: Company, rng: random.Random) -> str:
    place = rng.randrange(len(c.stem))
    other = _sound_alike(c.stem[place], rng)
    return c.name.replace(c.stem, c.stem[:place] + other + c.stem[place + 1 :]) if other else ""


def _near_sound(c: Company, rng: random.Random) -> str:
    for place, character in enumerate(c.stem):
        (sound,) = lazy_pinyin(character)
        wanted = {sound[: -len(end)] + _NEAR[end] for end in ("ng", "n") if sound.endswith(end)} | {
            _NEAR[start] + sound[len(start) :] for start in ("zh", "ch", "sh", "z", "c", "s") if sound.startswith(start)
        }
        others = sorted({other for other in _COMMON if lazy_pinyin(other)[0] in wanted})
        if others:
            return c.name.replace(c.stem, c.stem[:place] + rng.choice(others) + c.stem[place + 1 :])
    return ""


def _missing(c: Company, rng: random.Random) -> str:
    if len(c.trade) < 3:
        return ""
    place = rng.randrange(len(c.trade))
    return c.city + c.stem + c.trade[:place] + c.trade[place + 1 :] + c.form


def _swapped(c: Company, rng: random.Random) -> str:
    if len(c.trade) < 3:
        return ""
    place = rng.randrange(len(c.trade) - 1)
    trade = c.trade[:place] + c.trade[place + 1] + c.trade[place] + c.trade[place + 2 :]
    return c.city + c.stem + trade + c.form


def _doubled(c: Company, rng: random.Random) -> str:
    text = c.city + c.stem + c.trade
    place = rng.randrange(len(text))
    return text[: place + 1] + text[place:] + c.form


def _wrong_in_trade(c: Company, rng: random.Random) -> str:
    if len(c.trade) < 4:
        return ""
    place = rng.randrange(len(c.trade))
    return c.city + c.stem + c.trade[:place] + rng.choice("的是了在和") + c.trade[place + 1 :] + c.form


def _long_stem_fault(c: Company, rng: random.Random) -> str:
    return c.city + c.stem[:-1] + c.trade + c.form if len(c.stem) > 2 else ""


def _synonym(c: Company, rng: random.Random) -> str:
    for word, other in _SYNONYMS.items():
        if word in c.trade and len(c.trade) > len(word) - len(other):
            return c.name.replace(word, other)
    return ""


def _pinyin(c: Company, rng: random.Random) -> str:
    return (
        "".join(lazy_pinyin(c.stem + c.trade))
        if rng.random() < 0.5
        else " ".join(map("".join, (lazy_pinyin(c.city), lazy_pinyin(c.stem), lazy_pinyin(c.trade))))
    )


def _other_form(c: Company, rng: random.Random) -> str:
    forms = [form for form in ("有限公司", "有限责任公司", "股份有限公司", "公司") if form != c.form]
    return c.city + c.stem + c.trade + rng.choice(forms)


Rule = Callable[[Company, random.Random], str]
CHINESE: dict[str, Rule] = {
    "width and blanks": _full_width,
    "full-width brackets round the place": lambda c, r: f"{c.stem}（{c.city}）{c.trade}{c.form}",
    "place in brackets at the end": lambda c, r: f"{c.stem}{c.trade}({c.city}){c.form}",
    "other legal form": _other_form,
    "no legal form": lambda c, r: c.city + c.stem + c.trade,
    "legal form cut off": lambda c, r: c.name[:-1],
    "legal form mistyped": lambda c, r: c.name[:-2] + r.choice(("工司", "公可", "公词")),
    "city with 市": lambda c, r: f"{c.city}市{c.stem}{c.trade}{c.form}",
    "province before": lambda c, r: (p := _PROVINCES.get(c.city, "")) and f"{p}省{c.name}",
    "province for city": lambda c, r: (p := _PROVINCES.get(c.city, "")) and f"{p}{c.stem}{c.trade}{c.form}",
    "no place": lambda c, r: c.stem + c.trade + c.form,
    "neither place nor form": lambda c, r: c.stem + c.trade,
    "place and name proper": lambda c, r: c.city + c.stem,
    "same sound": _homophone,
    "missing character": _missing,
    "swapped characters": _swapped,
    "doubled character": _doubled,
    "wrong character": _wrong_in_trade,
    "end of the name missing": _long_stem_fault,
    "remark behind": lambda c, r: c.name + r.choice(("(停用)", "（老客户）", "【作废】", "-VIP", "(重复)")),
    "traditional": lambda c, r: c.name.translate(_TRADITIONAL),
    "pinyin": _pinyin,
    "both languages": lambda c, r: f"{c.name} {''.join(lazy_pinyin(c.stem)).title()} Co., Ltd.",
    "punctuation": lambda c, r: r.choice("·.-/ ").join((c.city, c.stem, c.trade, c.form)),
    "abbreviated": lambda c, r: c.city + c.stem + c.trade[:2] if len(c.trade) > 3 else "",
    "district": lambda c, r: (d := _DISTRICTS.get(c.city, "")) and f"{c.city}市{d}{c.stem}{c.trade}{c.form}",
    "former name": lambda c, r: f"{c.name}（原{c.city}{r.choice('宏利顺昌')}{c.trade}厂）",
    "near sound": _near_sound,
    "two faults": lambda c, r: (h := _homophone(c, r)) and h.removeprefix(c.city).replace(c.form, f"({c.city})"),
    "synonym": _synonym,
    "scan": lambda c, r: unicodedata.normalize("NFKC", c.name).replace("有限公司", "有限公司。").replace(c.stem, f" {c.stem} "),
}  # fmt: skip


def _letter(text: str, rng: random.Random, change: Callable[[str], str]) -> str:
    places = [place for place in range(1, len(text)) if text[place].isalpha() and change(text[place]) != text[place]]
    if not places:
        return ""
    place = rng.choice(places)
    return text[:place] + change(text[place]) + text[place + 1 :]


LATIN: dict[str, Rule] = {
    "latin: no legal form": lambda c, r: f"{c.stem} {c.trade}",
    "latin: capitals, no points": lambda c, r: c.name.upper().replace(".", "").replace(",", ""),
    "latin: name proper only": lambda c, r: c.stem,
    "latin: letter missing": lambda c, r: _letter(c.stem, r, lambda letter: "") + f" {c.trade}",
    "latin: letter doubled": lambda c, r: _letter(c.stem, r, lambda letter: letter * 2) + f" {c.trade} {c.form}",
    "latin: other legal form": lambda c, r: f"{c.stem} {c.trade} Company Limited",
    "latin: keyboard": lambda c, r: (t := _letter(c.stem, r, lambda letter: _KEYS.get(letter, letter))) and f"{t} {c.trade}",
    "latin: in China": lambda c, r: f"{c.stem} {c.trade} (China) Co., Ltd.",
}  # fmt: skip


# ---- not the same company


def _others(c: Company) -> Iterator[tuple[str, str]]:
    if c.latin:
        yield "latin: another trade", f"{c.stem} Logistics {c.form}"
        return
    elsewhere = "哈尔滨" if c.city != "哈尔滨" else "昆明"
    yield "same name elsewhere", f"{elsewhere}{c.stem}{c.trade}{c.form}"
    yield "another line of business", f"{c.city}{c.stem}餐饮管理有限公司"
    yield "another character", f"{c.city}{c.stem[:-1]}{'乾' if len(c.stem) == 2 else '邦'}{c.trade}{c.form}"
    if len(c.stem) == 2:
        yield "characters swapped", f"{c.city}{c.stem[::-1]}{c.trade}{c.form}"
