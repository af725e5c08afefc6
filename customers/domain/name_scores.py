"""How much two company names are the same, from 0 to 100, and why. Nothing here asks the database.

The name proper decides; the trade weakens, another place or another number refutes, another branch makes relatives of them.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from customers.domain.company_names import CompanyName, blurred, sounds
from customers.domain.name_places import PROVINCE_OF, WIDE, reaches
from customers.domain.name_words import GENERIC, LATIN_TRADES, LOOKALIKES, SAME_TRADE

CERTAIN, LIKELY, POSSIBLE = 96, 80, 60
OTHER_PLACE = 70  # the most that two names in different places can reach
_NUMBERS = re.compile(r"\d+|第[一二三四五六七八九十]+")


class Reason(TextChoices):
    """What speaks for, or against, two entries being the same company."""

    CREDIT_CODE = "credit_code", _("same credit code")
    CREDIT_CODE_TYPO = "credit_code_typo", _("credit codes differ by a typing error")
    OTHER_CREDIT_CODE = "other_credit_code", _("different credit codes")
    PHONE = "phone", _("same phone number")
    DOMAIN = "domain", _("same e-mail or web domain")
    SAME_NAME = "same_name", _("same name")
    WITHOUT_FORM = "without_form", _("same name without legal form")
    SHORT_NAME = "short_name", _("same short name")
    SHORTER = "shorter", _("one name shortens the other")
    SOUND = "sound", _("sounds the same")
    TYPO = "typo", _("differs by a typing error")
    SIMILAR = "similar", _("similar name")
    TRADE = "trade", _("another line of business")
    PLACE = "place", _("another place")
    WIDER_PLACE = "wider_place", _("one place lies in the other")
    NO_PLACE = "no_place", _("one name has no place")
    NUMBER = "number", _("another number in the name")
    FORM = "form", _("another kind of legal form")
    BRANCH = "branch", _("other branch of the same company")
    GROUP = "group", _("a group and one of its companies")


@dataclass(frozen=True)
class NameScore:
    """`related` when the names belong to two parts of one company or group."""

    score: float
    reasons: tuple[Reason, ...]
    related: bool = False


NONE = NameScore(0, ())


def compare_names(one: CompanyName, other: CompanyName, *, places: tuple[str, ...] = ()) -> NameScore:
    """Compare two names. `places` says where the other company is, as far as its name does not."""
    if not one.stem or not other.stem:
        return NONE
    stem, trade, why = _cores(one, other)
    if stem < 0.3:
        return NONE
    reasons = [why] if stem < 1 else []
    score = 100 * stem * (0.45 + 0.55 * trade)
    if trade < 0.65:
        reasons.append(Reason.TRADE)
    elif trade < 0.95:
        reasons.append(Reason.SHORTER if not one.trade or not other.trade else Reason.SIMILAR)
    if _numbers(one) != _numbers(other):
        score, reasons = score * 0.6, [*reasons, Reason.NUMBER]
    score = _placed(score, one, other, places, reasons)
    return _formed(score, one, other, reasons)


def _cores(one: CompanyName, other: CompanyName) -> tuple[float, float, Reason]:
    """How much the names proper are the same, how much the trades are, and why the former."""
    if one.core == other.core or _whole_in_latin(one, other):
        stem, why = _stems(one, other)
        return stem, 1.0, why
    if not one.latin and not other.latin and (slip := _slip(one.core, other.core)):
        return slip, 1.0, Reason.TYPO
    stem, why = _stems(one, other)
    trade = _trades(one, other)
    if one.latin or other.latin or one.trade == other.trade or len(one.stem) == len(other.stem):
        return stem, trade, why
    # A slip in the first word of the trade, or a trade that is not known, moves the end of the name proper: try the other's.
    best = (stem, trade, why)
    size = min(len(one.stem), len(other.stem))
    if (one.trade and other.trade) or size > 1:
        first, second = _cut(one, size), _cut(other, size)
        if first.trade and second.trade:
            again, reason = _stems(first, second)
            parts = _trades(first, second)
            if again * (0.45 + 0.55 * parts) > best[0] * (0.45 + 0.55 * best[1]):
                best = (again, parts, reason)
    return best


def _cut(name: CompanyName, size: int) -> CompanyName:
    """The name with the name proper ending elsewhere."""
    return replace(name, stem=name.core[:size], trade=name.core[size:])


def _slip(one: str, other: str) -> float:
    """0.95 for a character typed twice, 0.93 for two swapped behind the first two; 0 for anything else."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) == 1 and len(shorter) > 2:
        twice = any(
            longer[i] == longer[i + 1] and longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer) - 1)
        )
        return 0.95 if twice else 0.0
    if len(one) == len(other) > 4 and sorted(one) == sorted(other):
        wrong = [place for place in range(len(one)) if one[place] != other[place]]
        if len(wrong) == 2 and wrong[0] > 1 and wrong[1] == wrong[0] + 1:
            return 0.93
    return 0.0


def _placed(
    score: float, one: CompanyName, other: CompanyName, places: tuple[str, ...], reasons: list[Reason]
) -> float:
    """The score in view of where the companies are."""
    here = tuple(place for place in one.places if place not in WIDE)
    there = tuple(place for place in other.places if place not in WIDE) or places
    if here and there:
        if not reaches(here[-1], there[-1]):
            reasons.append(Reason.PLACE)
            return min(score * 0.72, OTHER_PLACE)
        if set(here) & set(there):
            return score
        reasons.append(Reason.WIDER_PLACE)
        provinces = PROVINCE_OF.values()
        return score - (5 if here[-1] in provinces or there[-1] in provinces else 22)
    if here or there:
        reasons.append(Reason.NO_PLACE)
        score -= 4
        if one.latin == other.latin and not (one.trade and other.trade) and min(len(one.core), len(other.core)) < 4:
            score -= 10  # a bare name proper: many companies may have it
    elif one.places != other.places:
        score -= 3
    return score


def _formed(score: float, one: CompanyName, other: CompanyName, reasons: list[Reason]) -> NameScore:
    """The score in view of legal forms and branches, with the reasons complete."""
    if one.branch != other.branch:
        if (
            one.branch
            and other.branch
            and ratio(one.branch, other.branch) >= 80
            and _numbers_in(one) == _numbers_in(other)
        ):
            score -= 3
        elif score >= LIKELY:
            return NameScore(score, (Reason.BRANCH, *reasons), related=True)
    forms = {one.form, other.form}
    if "group" in forms and forms & {"company", "factory"}:
        return NameScore(min(score, LIKELY + 9), (Reason.GROUP, *reasons), related=score >= LIKELY)
    if forms & {"factory", "shop"} and len(forms - {""}) == 2:
        score -= 22
        reasons.append(Reason.FORM)
    if not reasons or reasons == [Reason.NO_PLACE]:
        reasons.insert(0, Reason.SAME_NAME if one.form == other.form else Reason.WITHOUT_FORM)
    return NameScore(max(score, 0), tuple(reasons))


# ---- the name proper


def _stems(one: CompanyName, other: CompanyName) -> tuple[float, Reason]:
    """How much the names proper are the same."""
    if one.stem == other.stem or one.core == other.core:
        return 1.0, Reason.SAME_NAME
    if one.latin != other.latin:
        chinese, latin = (other, one) if one.latin else (one, other)
        return _across(chinese, latin)
    if one.latin:
        return _latin_stems(one.stem, other.stem)
    return _chinese_stems(one.stem, other.stem, one, other)


@lru_cache(maxsize=16384)
def _sound_pair(one: str, other: str) -> float:
    """0.95 for the same sound, 0.9 for one that is easily confused, else 0."""
    heard, said = sounds(one), sounds(other)
    if len(heard) != len(said):
        return 0.0
    if heard == said:
        return 0.95
    return 0.9 if [blurred(sound) for sound in heard] == [blurred(sound) for sound in said] else 0.0


def _chinese_stems(one: str, other: str, first: CompanyName, second: CompanyName) -> tuple[float, Reason]:
    if alike := _sound_pair(one, other):
        return alike, Reason.SOUND
    if len(one) == len(other):
        return _same_length(one, other)
    shorter, longer = sorted((one, other), key=len)
    extra = len(longer) - len(shorter)
    if longer.endswith(shorter) and len(shorter) >= 2:
        before = longer[: -len(shorter)]
        for place in (*first.places, *second.places):
            if OSA.distance(before, place) == 1 or before == place[-1]:
                return 0.92, Reason.TYPO  # the place is written wrong
        return (0.86 if extra in (2, 3) else 0.6), Reason.SHORTER
    if longer.startswith(shorter) and len(shorter) >= 2 and not (first if one == shorter else second).trade:
        return (0.93 if extra > 1 else 0.9), Reason.SHORTER  # the rest is a trade that is not known
    if extra == 1 and OSA.distance(one, other) == 1:
        return (0.86 if len(shorter) > 2 else 0.7 if len(shorter) == 2 else 0.4), Reason.TYPO
    if longer.startswith(shorter) and len(shorter) >= 2:
        return 0.8, Reason.SHORTER
    return (0.3 if ratio(one, other) >= 60 else 0.0), Reason.SIMILAR


def _same_length(one: str, other: str) -> tuple[float, Reason]:
    """Names proper of the same length that do not sound the same: the nearer to the beginning they differ, the more it means."""
    wrong = [place for place in range(len(one)) if one[place] != other[place]]
    if len(wrong) == 1:
        a, b = one[wrong[0]], other[wrong[0]]
        if b in LOOKALIKES.get(a, ()) or _sound_pair(a, b):
            return 0.92, Reason.TYPO
        if len(one) < 3:
            return 0.4, Reason.SIMILAR
        return (0.84, Reason.TYPO) if wrong[0] > 2 else (0.6 if len(one) == 3 else 0.7, Reason.SIMILAR)
    if len(wrong) == 2 and len(one) > 2 and sorted(one) == sorted(other):
        return (0.88, Reason.TYPO) if wrong[0] > 0 else (0.5, Reason.SIMILAR)
    return 0.2, Reason.SIMILAR


def _latin_stems(one: str, other: str) -> tuple[float, Reason]:
    joined, compared = one.replace(" ", ""), other.replace(" ", "")
    if joined == compared:
        return 1.0, Reason.SAME_NAME
    longest = max(len(joined), len(compared))
    errors = OSA.distance(joined, compared)
    if errors == 1 and longest >= 4:
        return (0.94 if longest >= 6 else 0.86), Reason.TYPO
    if errors == 2 and longest >= 8:
        return 0.9, Reason.TYPO
    words, others = one.split(), other.split()
    if (
        words[0] == others[0]
        and len(words[0]) > 3
        and (words == others[: len(words)] or others == words[: len(others)])
    ):
        return 0.8, Reason.SHORTER
    return max(0.0, (1 - errors / longest) * 0.7), Reason.SIMILAR


def _across(chinese: CompanyName, latin: CompanyName) -> tuple[float, Reason]:
    """A Chinese name against one in Latin letters: by its pinyin."""
    said = "".join(sounds(chinese.stem))
    written = latin.stem.replace(" ", "")
    if said == written:
        return 0.95, Reason.SOUND
    whole = "".join(sounds(chinese.core))
    if (len(said) > 5 and OSA.distance(said, written) == 1) or (len(whole) > 8 and OSA.distance(whole, written) <= 2):
        return 0.9, Reason.SOUND
    if written == "".join(sounds(chinese.place + chinese.stem)) or _whole_in_latin(chinese, latin):
        return 0.95, Reason.SOUND
    return 0.0, Reason.SIMILAR


def _whole_in_latin(one: CompanyName, other: CompanyName) -> bool:
    """Whether one is the whole of the other, trade and all, typed as pinyin."""
    if one.latin == other.latin:
        return False
    chinese, latin = (other, one) if one.latin else (one, other)
    written, said = latin.core.replace(" ", ""), "".join(sounds(chinese.core))
    return written in (said, "".join(sounds(chinese.place)) + said) or (
        len(said) > 8 and OSA.distance(said, written) <= 2
    )


# ---- what the companies do


@lru_cache(maxsize=16384)
def _plain_trade(trade: str, latin: bool) -> tuple[str, str]:
    """The trade in the words it is compared by, and what of it says something."""
    if latin:
        trade = "".join(LATIN_TRADES.get(word, word) for word in trade.split())
    for word, same in SAME_TRADE:
        trade = trade.replace(word, same)
    said = trade
    for word in GENERIC:
        said = said.replace(word, "")
    return trade, said


def _trades(one: CompanyName, other: CompanyName) -> float:
    return _trade_pair(_plain_trade(one.trade, one.latin), _plain_trade(other.trade, other.latin))


@lru_cache(maxsize=16384)
def _trade_pair(one: tuple[str, str], other: tuple[str, str]) -> float:
    (whole, said), (whole2, said2) = one, other
    if whole == whole2:
        return 1.0
    if not whole or not whole2:
        return 0.8
    if said and said == said2:
        return 0.93
    if not said or not said2:
        return 0.5 if not said and not said2 else 0.62
    shorter, longer = sorted((said, said2), key=len)
    if shorter in longer:
        return 0.85 if len(shorter) > 1 else 0.6
    if sorted(said) == sorted(said2) and len(said) > 2:
        return 0.9
    if len(said) == len(said2):
        wrong = [(a, b) for a, b in zip(said, said2, strict=True) if a != b]
        if len(wrong) <= 1 + len(said) // 5:
            if all(_sound_pair(a, b) or b in LOOKALIKES.get(a, ()) for a, b in wrong):
                return 0.9
            return 0.8 if len(said) > 3 and len(wrong) == 1 else 0.64 if len(said) > 2 else 0.4
    if len(longer) > 2 and OSA.distance(said, said2) == 1:
        return 0.88 if len(longer) > 3 else 0.75
    if _in_order(shorter, longer):
        return 0.62
    return 0.55 if ratio(said, said2) >= 70 else 0.3


def _in_order(shorter: str, longer: str) -> bool:
    """Whether the characters of the shorter stand in the longer in their order."""
    left = iter(longer)
    return all(character in left for character in shorter)


def _numbers(name: CompanyName) -> list[str]:
    return _NUMBERS.findall(name.core)


def _numbers_in(name: CompanyName) -> list[str]:
    return re.findall(r"[一二三四五六七八九十\d]+", name.branch)
