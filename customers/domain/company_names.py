"""Take a company name apart, so that two spellings of it can be compared and the comparison can explain itself.

上海华新化工有限公司苏州分公司 is the place 上海, the name proper 华新, the trade 化工, the legal form 有限公司 and the branch
苏州分公司. Nothing here asks the database.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from crm.base.querysets import fold
from crm.records.pinyin import spelled, syllable
from customers.domain.name_places import CITY_OF, DOUBTFUL, PROVINCE_OF, WIDE
from customers.domain.name_words import (
    BRANCHES,
    FORMER,
    LATIN_GROUP,
    LATIN_LEGAL,
    LATIN_PLACES,
    LATIN_TRADES,
    LEGAL_FORMS,
    NOTES,
    SIMPLE,
    TRADES,
)

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BRACKETS = str.maketrans("[]{}<>【】〔〕〈〉《》「」『』﹙﹚", "()()()()()()()()()()")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)?")
_NOT_WORDS = re.compile(r"[\W_]+")
_LATIN_AFTER = re.compile(r"^(.*[\u4e00-\u9fff].*?)[\s(/,-]+([a-z][a-z0-9 .,&'-]{7,})\)?$")
_ORDINAL = re.compile(r"第?[一二三四五六七八九十百\d]+")
_UNIT = re.compile(r"(?:第?[一二三四五六七八九十]+|第?\d{1,2})(?=厂$)")
_AREA = re.compile(r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|新区|省|市|县|区|镇|州)")
_SMALL_AREA = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:新区|县|区|镇|市)(?=[\u4e00-\u9fff]{4})")
_ZONE = re.compile(
    r"^(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术开发区|高新区|工业园区|工业园|产业园|开发区|自贸区|保税区|经开区)"
)
_FORMS = sorted(LEGAL_FORMS, key=len, reverse=True)
_BRANCH = re.compile(rf"({'|'.join(BRANCHES)})$")
UNSURE = "?"
_LONGEST_PLACE = max(map(len, PROVINCE_OF))
_FUZZY_FORM = "有限公司"


@dataclass(frozen=True)
class CompanyName:
    """`stem` is the name proper, `trade` what the company does, `places` from wide to narrow, `form` the class of its legal form
    ("company", "group", "factory", "shop", "partners" or "" when none is written), `branch` what part of the company it is."""

    stem: str
    trade: str
    places: tuple[str, ...]
    form: str
    branch: str
    latin: bool = False

    @property
    def core(self) -> str:
        """The name without place, legal form and branch."""
        return self.stem + self.trade

    @property
    def place(self) -> str:
        """The narrowest place."""
        return self.places[-1] if self.places else ""

    @property
    def identity(self) -> tuple[str, ...]:
        """What two spellings of one company have in common exactly."""
        form = self.form if self.form in ("group", "factory", "shop") else "company"
        return (self.core, self.place, form, self.branch)


@lru_cache(maxsize=8192)
def parse_name(name: str) -> CompanyName:
    """The parts of a name; whatever is written, there is an answer."""
    text = fold(name).translate(_BRACKETS).translate(SIMPLE)
    if both := _LATIN_AFTER.match(text):
        text = both[1]
    return _chinese(text) if _CHINESE.search(text) else _latin(text)


# ---- Chinese names


def _chinese(text: str) -> CompanyName:
    places: list[str] = []
    marks: list[str] = []
    text = _IN_BRACKETS.sub(lambda found: _bracketed(found[1].strip(), places, marks), text)
    text = _NOT_WORDS.sub("", text)
    for note in NOTES:
        text = text.removesuffix(note) if len(text) > len(note) + 3 else text
    text, branch = _without_branch(text)
    unit = _UNIT.search(text)
    if unit and unit.start() >= 2:
        branch, text = unit[0] + "厂" + branch, text[: unit.start()] + "厂"
    text, form = _without_form(text)
    text = _without_places(text, places)
    stem, trade = _split(text)
    if not stem and places:  # 宝山钢铁: the place is the name
        stem = places.pop()
    if not stem:
        stem, trade = trade, ""
    for mark in marks:
        if mark in LEGAL_FORMS:
            form = "group" if LEGAL_FORMS[mark] == "group" else form or LEGAL_FORMS[mark]
        else:
            branch += mark
    return CompanyName(stem, trade, tuple(dict.fromkeys(places)), form, branch)


def _bracketed(inner: str, places: list[str], marks: list[str]) -> str:
    """What brackets hold: places and legal forms are noted, remarks and former names dropped, the rest stays in the name."""
    plain = _NOT_WORDS.sub("", inner)
    if not plain or plain in NOTES or (len(plain) > 4 and plain.startswith(FORMER)) or plain in LATIN_LEGAL:
        return ""
    if plain in LEGAL_FORMS or plain.endswith("合伙"):
        marks.append(plain if plain in LEGAL_FORMS else "合伙企业")
        return ""
    if _BRANCH.search(plain):
        marks.append(plain)
        return ""
    found: list[str] = []
    if not _without_places(plain, found, whole=True):
        places.extend(found)
        return ""
    return plain


def _without_branch(text: str) -> tuple[str, str]:
    """The name of the whole company, and of the part of it."""
    found = _BRANCH.search(text)
    if not found or found.start() < 2:
        return text, ""
    before = text[: found.start()]
    ends = [before.rfind(form) + len(form) for form in ("公司", "集团", "厂", "研究院") if form in before[2:]]
    if ends:
        return before[: max(ends)], before[max(ends) :] + found[0]
    ordinal = re.search(rf"{_ORDINAL.pattern}$", before)
    if ordinal and ordinal.start() >= 2:
        return before[: ordinal.start()], ordinal[0] + found[0]
    for length in range(min(_LONGEST_PLACE, len(before) - 2), 1, -1):
        if before[-length:] in PROVINCE_OF or before[-length:] in WIDE:
            return before[:-length], before[-length:] + found[0]
    return before, found[0]


def _without_form(text: str) -> tuple[str, str]:
    """The name without its legal form, and the class of that; one wrong character in 有限公司 does not matter."""
    for form in _FORMS:
        if text.endswith(form) and len(text) > len(form) + (form not in ("有限", "厂")):
            if form == "工厂" and text[:-1].endswith(("化工", "加工", "重工", "电工", "精工")):
                continue
            kind, rest = LEGAL_FORMS[form], text[: -len(form)]
            if kind == "company" and rest.endswith("集团") and len(rest) > 3:
                return rest[:-2], "group"
            if kind == "company" and rest.endswith(("股份", "责任")) and len(rest) > 3:
                rest = rest[:-2]
            return rest, kind
    tail = text[-4:]
    if len(text) > 6 and sum(a == b for a, b in zip(tail, _FUZZY_FORM, strict=True)) >= 3:
        rest = text[:-4]
        return rest.removesuffix("股份").removesuffix("集团"), "group" if rest.endswith("集团") else "company"
    tail = text[-3:]
    if len(text) > 5 and tail in ("限公司", "有公司", "有限司"):
        return text[:-3], "company"
    return text, ""


def _without_places(text: str, places: list[str], *, whole: bool = False) -> str:
    """The text without the places it begins with, which are noted; at least two characters stay unless `whole`."""
    least = 0 if whole else 2
    while True:
        for length in range(min(_LONGEST_PLACE, len(text) - least), 1, -1):
            if (place := text[:length]) in PROVINCE_OF or place in WIDE:
                break
        else:
            rest = text
            if places and not whole:
                rest = _ZONE.sub("", text)
                if (small := _SMALL_AREA.match(rest)) and not any(word in small[0] for word in TRADES):
                    rest = rest[small.end() :]
            if rest == text or len(rest) < 2:
                return text
            text = rest
            continue
        rest = text[length:]
        area = _AREA.match(rest)
        if area and len(rest) - area.end() < least:
            area = None
        if place in DOUBTFUL and not whole and not area and _is_name_itself(place, rest, places):
            return text
        places.append(place)
        text = rest[area.end() :] if area else rest
        if not text:
            return text


def _is_name_itself(place: str, rest: str, places: list[str]) -> bool:
    """Whether a place that is a common name as well is the company's name here: nothing else is left to be the name, or the
    place before it is another's."""
    if _split(rest)[0] == "":
        return True
    return bool(places) and CITY_OF.get(place) not in places and PROVINCE_OF[place] not in places


def _split(text: str) -> tuple[str, str]:
    """Name proper and trade."""
    for trade in TRADES:
        if text.startswith(trade):
            return "", text
    for start in range(2, len(text)):
        if text.startswith(_TRADES_OF.get(text[start], ()), start):
            return text[:start], text[start:]
    return text, ""


_TRADES_OF: dict[str, tuple[str, ...]] = {}
for _trade in TRADES:
    _TRADES_OF[_trade[0]] = (*_TRADES_OF.get(_trade[0], ()), _trade)


# ---- names in Latin letters


def _latin(text: str) -> CompanyName:
    text = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", text.replace("'", ""))  # W.L.L. -> WLL
    words = [word for word in _NOT_WORDS.sub(" ", text).split() if word not in ("and", "the", "of")]
    form = "group" if LATIN_GROUP & set(words[1:]) else "company" if LATIN_LEGAL & set(words[1:]) else ""
    kept = words[:1] + [word for word in words[1:] if word not in LATIN_LEGAL]
    places: list[str] = []
    while len(kept) > 1 and (place := _latin_place(kept[0])) and not set(kept[1:]) <= LATIN_TRADES.keys():
        places += [place] if place != UNSURE else []
        kept = kept[1:]
    for word in [word for word in kept[1:] if word in LATIN_PLACES]:
        kept.remove(word)
        places.append(word)
    for number, word in enumerate(kept):
        if number and word in LATIN_TRADES:
            return CompanyName(" ".join(kept[:number]), " ".join(kept[number:]), tuple(places), form, "", latin=True)
    return CompanyName(" ".join(kept), "", tuple(places), form, "", latin=True)


@lru_cache(maxsize=1)
def _places_in_latin() -> dict[str, str]:
    """Chinese places by their pinyin; UNSURE where two have the same, as Suzhou."""
    found: dict[str, str] = {}
    for place in (*(name for name in CITY_OF if name not in DOUBTFUL), *dict.fromkeys(PROVINCE_OF.values())):
        word = spelled(place)
        found[word] = UNSURE if found.get(word, place) != place else place
    return found


def _latin_place(word: str) -> str:
    return word if word in LATIN_PLACES else _places_in_latin().get(word, "")


# ---- how names sound


def sounds(text: str) -> list[str]:
    """The syllables of Chinese characters without tones; words in Latin letters as they are."""
    if not _CHINESE.search(text):
        return text.split()
    return [syllable(character) for character in text if character != " "]


@lru_cache(maxsize=4096)
def blurred(sound: str) -> str:
    """A sound without what many speakers do not tell apart: zh and z, ch and c, sh and s, ng and n."""
    return re.sub(r"ng(?![aeiou])", "n", re.sub(r"([zcs])h", r"\1", sound))


def sound_of(name: CompanyName) -> str:
    """How the name without place, legal form and branch sounds, blurred: what an import finds its duplicates by."""
    return "".join(blurred(sound) for sound in sounds(name.core))


def keys_of(text: str) -> set[str]:
    """What a name is found by in the index: pairs of sounds at its beginning, next to each other or one apart, so that one wrong,
    missing or swapped character leaves some of them; for a Latin name its first word, less one letter each, and the others."""
    name = parse_name(text)
    if name.latin:
        return _latin_keys(name)
    heard = [blurred(sound) for sound in sounds(name.core)]
    if len(heard) == 1:
        return {f"1{heard[0]}"}
    starts = range(min(max(2, len(name.stem)), 5, len(heard) - 1))
    found = {heard[i] + heard[j] for i in starts for j in (i + 1, i + 2) if j < len(heard)}
    stem = [blurred(sound) for sound in sounds(name.stem)]
    return found | ({"".join(stem)} if len(stem) > 2 else set())


def _latin_keys(name: CompanyName) -> set[str]:
    words = name.stem.split()
    if not words:
        return set()
    joined = blurred("".join(words))
    found = {joined} if len(joined) > 2 else {f"1{joined}"}
    found |= {blurred(word) for word in words if len(word) > 3}
    first = blurred(words[0])
    if len(words[0]) > 3:
        shortened = {first[:place] + first[place + 1 :] for place in range(min(len(first), 12))}
        found |= {f"~{word}" for word in {first, *shortened}}
    return found


def asked_keys(text: str) -> set[str]:
    """What to look up for a name that somebody typed: its keys, and for pinyin without blanks what it may begin with."""
    found = keys_of(text)
    name = parse_name(text)
    if not name.latin:
        return found
    joined = "".join(name.stem.split())
    for place in _places_in_latin():
        if joined.startswith(place) and len(joined) > len(place) + 3:
            rest = blurred(joined[len(place) :])
            found |= {rest[:length] for length in range(4, min(len(rest), 10) + 1)}
    begun = blurred(joined)
    return found | {begun[:length] for length in range(5, min(len(begun), 10) + 1)} if len(begun) > 8 else found
