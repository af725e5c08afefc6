"""The PDF of a quote, in the company's layout and the quote's language. It holds what the customer may read and nothing else."""

import base64
import mimetypes
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.base.models import label_of
from crm.formats import money
from opportunities.domain.quotes import words
from opportunities.domain.quotes.sending import lines_of
from opportunities.enums import QuoteLanguage, QuoteState
from opportunities.models import Quote

STYLES = "css/quote-paper.css"
FINAL = (QuoteState.APPROVED, QuoteState.SENT, QuoteState.ACCEPTED)
MARKS = 12  # so often the watermark stands on a page


def quote_pdf(quote: Quote, *, watermark: str = "") -> bytes:
    """The file. `watermark` stands across every page; one that binds nobody says so instead."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 -- slow import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- slow import
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- slow import

    html = quote_html(quote, watermark=watermark)
    fonts = FontConfiguration()
    nowhere = URLFetcher(allowed_protocols=["data"])  # what people typed fetches nothing
    styles = CSS(filename=finders.find(STYLES), url_fetcher=nowhere, font_config=fonts)
    found: bytes = HTML(string=html, url_fetcher=nowhere).write_pdf(stylesheets=[styles], font_config=fonts)
    return found


def quote_html(quote: Quote, *, watermark: str = "") -> str:
    """The paper as a page, in the quote's language."""
    with translation.override(quote.language):
        if quote.state not in FINAL:
            watermark = _("Draft, not binding")
        return render_to_string("opportunities/quotes/paper.html", context(quote, watermark))


def watermark_of(quote: Quote) -> str:
    """Whose copy it is, and from which day."""
    with translation.override(quote.language):
        return f"{words.customer_name(quote)} {timezone.localdate().isoformat()}"


def context(quote: Quote, watermark: str) -> dict[str, Any]:
    """What the paper's template takes."""
    lines = lines_of(quote)
    return {
        "quote": quote,
        "lang": "zh-Hans" if quote.language == QuoteLanguage.CHINESE else "en",
        "company": letterhead(),
        "customer": words.customer_name(quote),
        "contact": quote.contact.name if quote.contact else "",
        "lines": [words.line_words(line, quote) for line in lines],
        "has_days": any(line.requested_on for line in lines),
        "freight": money(quote.freight_amount, quote.currency_code, "yuan") if quote.freight_amount else "",
        "total": money(quote.net, quote.currency_code, "yuan"),
        "terms": words.terms(quote),
        "issued": words.day_words(quote.quoted_on),
        "sales": quote.owner,
        "marks": [watermark] * MARKS if watermark else [],
    }


def letterhead() -> dict[str, str]:
    """The company as the settings name it, in the active language."""
    return {
        "name": label_of(settings.COMPANY_NAME or settings.BRAND_NAME, settings.COMPANY_NAME_EN),
        "address": label_of(settings.COMPANY_ADDRESS, settings.COMPANY_ADDRESS_EN),
        "phone": settings.COMPANY_PHONE,
        "tax_number": settings.COMPANY_TAX_NUMBER,
        "bank": settings.COMPANY_BANK,
        "logo": _logo(),
    }


def _logo() -> str:
    """The logo as part of the page, for nothing is fetched; the product's own while the company has set none."""
    path = Path(settings.COMPANY_LOGO) if settings.COMPANY_LOGO else Path(str(finders.find("img/logo.svg")))
    if not path.is_file():
        return ""
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
