"""Template tags of the records, for all templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from crm.records.masking import field_html

register = template.Library()


@register.simple_tag
def contact_data(record: Any, field: str) -> SafeString:
    """A phone number or an e-mail address as the reader may see it: {% contact_data contact "phone" %}."""
    return field_html(record, field)
