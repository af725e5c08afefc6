"""Keep beside each customer what it is recognised by; every writer of names, phones or websites calls `remember_keys`."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from crm.base.querysets import digits_of, fold
from crm.importing.domain.bulk import insert_many
from customers.domain.company_names import keys_of, parse_name, sound_of
from customers.models import Customer, CustomerKeys

SOURCES = frozenset({"name", "short_name", "name_en", "phone", "website"})
AT_A_TIME = 2000
_LEAST_DIGITS = 7
# Addresses of these are anybody's.
_PUBLIC_DOMAINS = """
qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net 188.com sina.com sina.cn vip.sina.com sohu.com
tom.com 21cn.com 139.com 189.cn wo.cn aliyun.com hotmail.com outlook.com live.com live.cn msn.com gmail.com
googlemail.com yahoo.com yahoo.com.cn yahoo.cn icloud.com me.com aol.com gmx.de gmx.net web.de t-online.de proton.me
protonmail.com mail.ru naver.com 263.net 1688.com alibaba.com
"""
PUBLIC_DOMAINS = frozenset(_PUBLIC_DOMAINS.split())


def phone_keys(phone: str) -> set[str]:
    """A number with and without its area code; extensions do not count."""
    written = re.split(r"转|ext|#|x", fold(phone))[0]
    digits = digits_of(written)
    if digits.startswith("860"):  # the country code before an area code with its 0
        digits = digits[2:]
    found = {digits}
    if digits.startswith("0") and len(digits) >= 10:
        found.add(digits[3:] if digits[1] in "12" else digits[4:])
    return {f"p:{number}" for number in found if len(number) >= _LEAST_DIGITS}


def domain_of(address: str) -> str:
    """The domain of an e-mail address or a website; empty for mail that anybody can have, and for what is no domain."""
    text = re.sub(r"^[a-z]+://", "", fold(address)).rpartition("@")[2]
    text = re.split(r"[/:?#\s]", text)[0].removeprefix("www.").strip(".")
    return text if "." in text and len(text) > 3 and text not in PUBLIC_DOMAINS else ""


def keys_for(name: str, short_name: str = "", name_en: str = "", phone: str = "", website: str = "") -> list[str]:
    """All keys of a customer."""
    found: set[str] = set()
    for text in filter(None, (name, short_name, name_en)):
        found |= keys_of(text)
    if phone:
        found |= phone_keys(phone)
    if website and (domain := domain_of(website)):
        found.add(f"d:{domain}")
    return sorted(found)


def keys_row(customer: Any, model: type[CustomerKeys] = CustomerKeys) -> CustomerKeys:
    """The row of a customer as it should be."""
    return model(
        customer_id=customer.pk,
        sound=sound_of(parse_name(customer.name)),
        keys=keys_for(customer.name, customer.short_name, customer.name_en, customer.phone, customer.website),
    )


def remember_keys(customers: Iterable[Customer]) -> None:
    """Write the keys of these customers anew. Inside the transaction that writes the customers."""
    CustomerKeys._base_manager.bulk_create(
        [keys_row(customer) for customer in customers],
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=["sound", "keys"],
        batch_size=AT_A_TIME,
    )


def remember_new_keys(customers: Sequence[Customer]) -> None:
    """The same for customers that are new, by COPY."""
    insert_many([keys_row(customer) for customer in customers])


def fill_missing_keys(customers: Any = Customer, model: Any = CustomerKeys) -> int:
    """Give keys to all customers that have none, some thousand at a time; returns how many. The models may be a migration's."""
    fields = ("pk", "name", "short_name", "name_en", "phone", "website")
    rows = customers._base_manager.only(*fields).filter(recognition__isnull=True).order_by("pk")
    done = last = 0
    while page := list(rows.filter(pk__gt=last)[:AT_A_TIME]):
        with (
            connection.cursor() as cursor,
            cursor.copy(
                f"COPY {model._meta.db_table} (customer_id, sound, keys) FROM STDIN"  # our own name
            ) as copy,
        ):
            for customer in page:
                row = keys_row(customer, model)
                copy.write_row((row.customer_id, row.sound, row.keys))
        done += len(page)
        last = page[-1].pk
    return done
