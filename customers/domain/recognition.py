"""Is this company a customer already? Candidates from an index, scored, each with a verdict and its reasons in words.

All customers of the company are looked at, in or out of anybody's reach, because a duplicate does harm wherever it stands. What a
reader is shown of them is decided in customers/domain/existence.py: nothing here goes to a page as it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import WRatio

from crm.base.querysets import fold
from customers.domain.company_names import CompanyName, asked_keys, parse_name, sound_of
from customers.domain.name_places import PROVINCE_OF
from customers.domain.name_scores import CERTAIN, LIKELY, POSSIBLE, NameScore, Reason, compare_names
from customers.domain.recognition_keys import domain_of, phone_keys
from customers.models import Contact, Customer

LOOKED_AT = 400  # rows by name that the index gives
SCORED = 120  # those of them that sound most alike
FEW = 50  # candidates by phone or domain
_CODE_LENGTH = 18
_FIELDS = (
    "pk", "code", "name", "short_name", "name_en", "credit_code", "phone", "website", "province", "city", "owner",
    "business_unit", "address", "merged_into",
)  # fmt: skip
BY_NAME = """
SELECT k.customer_id, k.sound, k.shared FROM (
  SELECT customer_id, sound, (SELECT count(*) FROM unnest(keys) key WHERE key = ANY(%(keys)s::text[])) AS shared
  FROM customers_customerkeys WHERE keys && %(keys)s::text[] OFFSET 0) k
ORDER BY k.shared DESC, k.customer_id LIMIT %(limit)s
"""


class Verdict(TextChoices):
    """How sure it is. "Related" is another part of the same company or group: no duplicate, but good to know."""

    CERTAIN = "certain", _("the same company")
    LIKELY = "likely", _("probably the same company")
    POSSIBLE = "possible", _("perhaps the same company")
    RELATED = "related", _("belongs to the same company")


@dataclass(frozen=True)
class CompanyQuery:
    """What is known of the company in question; any part may be empty. `place` is its city or province."""

    name: str = ""
    credit_code: str = ""
    phone: str = ""
    email: str = ""
    place: str = ""


@dataclass(frozen=True)
class Candidate:
    """A customer that may be the company, with a score from 0 to 100; its reasons begin with the strongest."""

    customer: Customer
    score: float
    verdict: Verdict
    reasons: tuple[Reason, ...]


def find_candidates(query: CompanyQuery, *, besides: int | None = None, limit: int = 10) -> list[Candidate]:
    """The customers that may be the company, the likeliest first, relatives last. `besides` is left out."""
    found = _by_identifiers(query)
    by_name = _keys_by_name(query.name)
    keys = {*found, *by_name} - {besides}
    if not keys:
        return []
    customers = Customer._base_manager.only(*_FIELDS).filter(pk__in=keys)
    judged = filter(None, (judge(query, customer, found.get(customer.pk, frozenset())) for customer in customers))
    living = [one for one in led_to_winners(judged) if one.customer.pk != besides]
    ranked = sorted(living, key=lambda one: (one.verdict is Verdict.RELATED, -one.score, one.customer.pk))
    return ranked[:limit]


def led_to_winners(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates with the winner in the place of a customer that was merged; each customer once, at its best."""
    given = list(candidates)
    winners = {one.customer.merged_into_id for one in given if one.customer.merged_into_id}
    if not winners:
        return given
    rows = Customer._base_manager.only(*_FIELDS).in_bulk(winners)
    best: dict[int, Candidate] = {}
    for one in given:
        living = replace(one, customer=rows.get(one.customer.merged_into_id or 0, one.customer))
        before = best.get(living.customer.pk)
        if before is None or before.score < living.score:
            best[living.customer.pk] = living
    return list(best.values())


def judge(query: CompanyQuery, customer: Customer, shared: frozenset[Reason] = frozenset()) -> Candidate | None:
    """Whether the customer may be the company; None when not. `shared` says which of phone and domain they have in common."""
    names = best_name(query.name, customer, place=query.place) if query.name else NameScore(0, ())
    score, reasons, related = names.score, list(names.reasons), names.related
    most = max(score, CERTAIN - 1)  # a phone or a domain in common makes nobody certain
    if Reason.PHONE in shared:
        score = max(min(score + 8, most), LIKELY + 2 if not query.name or names.score >= 45 else POSSIBLE + 5)
        reasons.insert(0, Reason.PHONE)
    if Reason.DOMAIN in shared:
        score = max(min(score + 5, most), POSSIBLE + 5)
        reasons.insert(0, Reason.DOMAIN)
    asked, has = plain_code(query.credit_code), customer.credit_code
    if asked and has:
        if asked == has:
            return Candidate(customer, 100, Verdict.CERTAIN, (Reason.CREDIT_CODE, *reasons))
        if len(asked) == _CODE_LENGTH and OSA.distance(asked, has) > 2:
            score = min(score, LIKELY + 5 if names.score >= CERTAIN else LIKELY - 5)
            reasons.append(Reason.OTHER_CREDIT_CODE)
        elif score >= POSSIBLE:
            score = min(score + 5, 99)
            reasons.insert(0, Reason.CREDIT_CODE_TYPO)
    if score < POSSIBLE:
        return None
    score = min(score, 99.0)
    verdict = Verdict.CERTAIN if score >= CERTAIN else Verdict.LIKELY if score >= LIKELY else Verdict.POSSIBLE
    return Candidate(customer, round(score, 1), Verdict.RELATED if related else verdict, tuple(dict.fromkeys(reasons)))


def best_name(name: str, customer: Customer, *, place: str = "") -> NameScore:
    """The best of the comparisons with the customer's name, short name and English name."""
    asked = _placed(parse_name(name), place)
    where = tuple(part for part in (_plain_place(customer.province), _plain_place(customer.city)) if part)
    best = compare_names(asked, parse_name(customer.name), places=where)
    for other, short in ((customer.short_name, True), (customer.name_en, False)):
        if not other or best.score >= CERTAIN:
            continue
        score = compare_names(asked, parse_name(other), places=where)
        if short and score.score > LIKELY:
            # A short name alone does not make it certain, nor does it know branch or group.
            reasons = (
                (Reason.SHORT_NAME,) if set(score.reasons) <= {Reason.SAME_NAME, Reason.WITHOUT_FORM} else score.reasons
            )
            score = replace(score, score=min(score.score, CERTAIN - 2), reasons=reasons)
        if score.score > best.score and not best.related:
            best = score
    return best


def plain_code(code: str) -> str:
    """A credit code as it is stored: without blanks, in capitals, and with digits for the letters it cannot contain."""
    return re.sub(r"[\W_]+", "", fold(code)).upper().replace("O", "0").replace("I", "1")


def same_sound(sounds: Iterable[str]) -> dict[str, list[int]]:
    """The customers whose names sound like these (see `sound_of`), by sound: the candidates of many names in one query."""
    wanted = sorted(set(sounds) - {""})
    found: dict[str, list[int]] = {}
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sound, customer_id FROM customers_customerkeys WHERE sound = ANY(%s)", [wanted])
            for sound, key in cursor.fetchall():
                found.setdefault(sound, []).append(key)
    return found


def same_name(name: str, *, besides: int | None = None) -> Customer | None:
    """A customer of the whole company, in or out of anybody's reach, with that name however it is written: width, brackets,
    blanks and the wording of the legal form do not matter, the place does. The winner, for the name of one that was merged.
    None when there is none."""
    wanted = parse_name(name)
    keys = same_sound([sound_of(wanted)]) if wanted.stem else {}
    rows = Customer._base_manager.select_related("merged_into").filter(
        pk__in=[key for found in keys.values() for key in found]
    )
    found = [row.merged_into or row for row in rows if parse_name(row.name).identity == wanted.identity]
    return min((row for row in found if row.pk != besides), key=lambda row: row.pk, default=None)


# ---- candidates


def _keys_by_name(name: str) -> Sequence[int]:
    """Those that share most keys with the name, and of these the ones that sound most like it."""
    keys = sorted(asked_keys(name)) if name else []
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(BY_NAME, {"keys": keys, "limit": LOOKED_AT})
        rows = cursor.fetchall()
    if len(rows) <= SCORED:
        return [row[0] for row in rows]
    asked = sound_of(parse_name(name))
    nearness = [WRatio(asked, sound) + 10 * shared for _key, sound, shared in rows]
    best = sorted(range(len(rows)), key=lambda place: (-nearness[place], place))
    return [rows[place][0] for place in best[:SCORED]]


def _by_identifiers(query: CompanyQuery) -> dict[int, frozenset[Reason]]:
    """The customers that have the credit code, the phone number or the domain, with what they share."""
    found: dict[int, frozenset[Reason]] = {}

    def add(keys: Iterable[int], reason: Reason) -> None:
        for key in keys:
            found[key] = found.get(key, frozenset()) | {reason}

    if code := plain_code(query.credit_code):
        # The second condition repeats the index's own.
        same = Customer._base_manager.filter(credit_code=code).exclude(credit_code="")
        add(same.values_list("pk", flat=True), Reason.CREDIT_CODE)
    if numbers := phone_keys(query.phone):
        add(_with_keys(numbers), Reason.PHONE)
        add(_contacts_with_phone(numbers), Reason.PHONE)
    if domain := domain_of(query.email):
        add(_with_keys({f"d:{domain}"}), Reason.DOMAIN)
        rows = Contact._base_manager.filter(search_text__bigram=f"@{domain}").order_by("pk")
        add(
            [key for key, email in rows.values_list("customer_id", "email")[:FEW] if domain_of(email) == domain],
            Reason.DOMAIN,
        )
    return found


def _with_keys(keys: set[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT customer_id FROM customers_customerkeys WHERE keys && %s::text[] ORDER BY customer_id LIMIT %s",
            [sorted(keys), FEW],
        )
        return [row[0] for row in cursor.fetchall()]


def _contacts_with_phone(numbers: set[str]) -> list[int]:
    wanted = Q()
    for number in numbers:
        wanted |= Q(search_text__bigram=number.removeprefix("p:"))
    rows = Contact._base_manager.filter(wanted).exclude(phone="").order_by("pk")
    return [key for key, other in rows.values_list("customer_id", "phone")[:FEW] if phone_keys(other) & numbers]


# ---- places


def _plain_place(place: str) -> str:
    """A place as names have it: 上海 for 上海市."""
    text = fold(place)
    if text in PROVINCE_OF:
        return text
    short = re.sub(r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|新区|省|市|县|区)$", "", text)
    return short if short in PROVINCE_OF else ""


def _placed(name: CompanyName, place: str) -> CompanyName:
    """The name with the place that was given beside it, unless it has one itself."""
    plain = _plain_place(place)
    return replace(name, places=(plain,)) if plain and not name.places else name
