"""Where a record of any kind is shown; the rest of what is known of references comes from below."""

from django.db.models import Model

from crm.generic.entity import entity_of
from crm.records.references import Reference, about, may_open, record_named, reference_of, seen_records

__all__ = ["Reference", "about", "address_of", "may_open", "record_named", "reference_of", "seen_records"]


def address_of(record: Model) -> str:
    """The address of the record's page; empty for a kind of record that has none."""
    entity = entity_of(type(record))
    return entity.record_url(record) if entity is not None else ""
