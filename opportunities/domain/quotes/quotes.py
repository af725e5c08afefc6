"""Make and change quotes. What is entered is kept; prices of lists, costs and indexes are looked up anew at each save."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import Product, Unit, User
from crm.organisation.domain.placement import placement_of
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from customers.models import Contact, Customer
from opportunities.domain.quotes.pricing import DERIVED, LINE_FIELDS, line_of, listed_price, priced, tidy_breaks, totals
from opportunities.enums import QuoteLanguage, QuoteState
from opportunities.models import Opportunity, Quote, QuoteLine

VALID_DAYS = 30
KILOGRAM = "KG"
OWN = ("net", "net_base", "below_floor", "product", "product_line", "quoted_on", "search_text")
TERMS = {30: "net30", 45: "net45", 60: "net60", 90: "net90"}


def quote_from(*, opportunity: Opportunity, actor: User) -> tuple[Quote, bool]:
    """A draft with all that the opportunity and its customer say, and whether it is new: a draft that is there is gone on with.

    Raises DomainError when amounts would have to be converted and there is no rate.
    """
    with transaction.atomic():
        lock_row(Opportunity._base_manager.all(), opportunity.pk)  # of two presses one makes it
        drafts = Quote._base_manager.filter(opportunity=opportunity, state=QuoteState.DRAFT)
        found = drafts.order_by("-pk").first()
        if found is not None:
            return found, False
        return _create(_started(opportunity, actor), _first_line(opportunity)), True


def _started(opportunity: Opportunity, actor: User) -> Quote:
    customer, today = opportunity.customer, timezone.localdate()
    owner = opportunity.owner or actor
    contacts = Contact._base_manager.filter(customer=customer).order_by("-is_primary", "name", "pk")
    chinese = opportunity.currency_id == settings.BASE_CURRENCY
    return Quote(
        opportunity=opportunity,
        customer=customer,
        contact=contacts.first(),
        owner=owner,
        team=opportunity.team or placement_of(owner, today).team,
        business_unit=opportunity.business_unit,
        region=opportunity.region,
        currency=opportunity.currency,
        payment_terms=payment_terms_of(customer),
        valid_until=today + dt.timedelta(days=VALID_DAYS),
        language=QuoteLanguage.CHINESE if chinese else QuoteLanguage.ENGLISH,
        requested_at=timezone.now(),
    )


def payment_terms_of(customer: Customer) -> str:
    """The customer's days as the list of payment terms calls them, else in words."""
    days = customer.payment_terms_days
    if days is None:
        return ""
    return TERMS.get(days) or (_("%(n)d days net") % {"n": days} if days else "prepaid")


def _first_line(opportunity: Opportunity) -> list[dict[str, Any]]:
    """The opportunity's product, volume and price; nothing while the product or the volume is not known."""
    if opportunity.product is None or not opportunity.our_volume_kg:
        return []
    unit = Unit.objects.filter(code=KILOGRAM).first() or opportunity.product.base_unit
    return [
        {
            "product": opportunity.product,
            "quantity": opportunity.our_volume_kg,
            "unit": unit,
            "price": opportunity.proposed_price,
        }
    ]


def _create(quote: Quote, lines: Sequence[Mapping[str, Any]]) -> Quote:
    quote.state_since = timezone.now()
    quote.quoted_on = timezone.localdate()
    quote.number = quote.number or record_number("quote", quote)
    quote.code = quote.number if quote.edition == 1 else f"{quote.number}-V{quote.edition}"
    made = [line_of(_with_price(values, quote), quote, place) for place, values in enumerate(lines, start=1)]
    _work_out(quote, made)
    create_record(quote)
    for line in made:
        line.quote = quote
        create_record(line)
    return quote


def _with_price(values: Mapping[str, Any], quote: Quote) -> Mapping[str, Any]:
    """The list price where no price was said."""
    if values.get("price") is not None or values.get("index") is not None:
        return values
    product: Product = values["product"]
    answer = listed_price(quote, product, values["quantity"], values["unit"], quote.quoted_on)
    return {**values, "price": answer.guide_price if answer is not None else None}


def _work_out(quote: Quote, lines: Sequence[QuoteLine]) -> None:
    """Put onto the lines and the quote what follows from them on its day."""
    for line in lines:
        try:
            priced(line, quote, quote.quoted_on)
            tidy_breaks(line)
        except DomainError as error:
            message = _("Line %(n)d: %(problem)s") % {"n": line.position, "problem": error.message}
            raise DomainError(message, field="lines") from error
    for name, value in totals(quote, lines, quote.quoted_on).items():
        setattr(quote, name, value)
    quote.search_text = search_text(quote)


def update_quote(
    *,
    instance: Quote,
    expected_version: int | None,
    actor: User,
    lines: Sequence[Mapping[str, Any]] | None = None,
    **values: Any,
) -> Quote:
    """Change a draft; `lines` are all its lines in their order, each with the key of the one it was ("pk"), if any.

    Everything is priced anew, as of today. Raises StaleVersion, DomainError for one that is no draft any more, and on "lines".
    """
    refuse_unless_draft(instance)
    for name, value in values.items():
        setattr(instance, name, value)
    _refuse_foreign_contact(instance)
    instance.quoted_on = timezone.localdate()
    stored = list(instance.lines.select_related("product__product_line", "product__base_unit", "unit", "index"))
    kept = stored if lines is None else _merged(instance, stored, lines)
    _work_out(instance, kept)
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=[*values, *OWN])
        _write(instance, stored, kept)
    return instance


def refuse_unless_draft(quote: Quote) -> None:
    """Raise DomainError for a quote that was released."""
    if quote.state != QuoteState.DRAFT:
        raise DomainError(_("Only a draft is changed: make a new version of this quote."))


def _refuse_foreign_contact(quote: Quote) -> None:
    if quote.contact is not None and quote.contact.customer_id != quote.customer_id:
        raise DomainError(_("This contact belongs to another customer."), field="contact")


def _merged(quote: Quote, stored: Sequence[QuoteLine], lines: Sequence[Mapping[str, Any]]) -> list[QuoteLine]:
    """The lines as they shall be: those that were there changed, the others new."""
    by_key = {line.pk: line for line in stored}
    kept = []
    for place, values in enumerate(lines, start=1):
        line = by_key.get(values.get("pk") or 0)
        if line is None:
            kept.append(line_of(_with_price(values, quote), quote, place))
            continue
        line.position = place
        for name in LINE_FIELDS:
            if name in values:
                setattr(line, name, values[name])
        kept.append(line)
    return kept


def _write(quote: Quote, stored: Sequence[QuoteLine], kept: Sequence[QuoteLine]) -> None:
    keys = {line.pk for line in kept if line.pk}
    QuoteLine._base_manager.filter(quote=quote, pk__in=[line.pk for line in stored if line.pk not in keys]).delete()
    for line in kept:
        if line.pk is None:
            create_record(line)
        else:
            line.save(update_fields=["position", *LINE_FIELDS, *DERIVED])


def search_text(quote: Quote) -> str:
    """What the search finds the quote by."""
    customer = quote.customer
    names = (customer.name, customer.short_name, quote.opportunity.name)
    return search_text_of(*names, others=(quote.code, quote.opportunity.code))
