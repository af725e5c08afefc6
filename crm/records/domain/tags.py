"""Make tags, put them on records, and tidy them up."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.organisation.models import User
from crm.records.models import Tag, TagLink
from crm.records.references import reference_of

AT_A_TIME = 5000


def create_tag(*, actor: User, **values: Any) -> Tag:
    """A new tag. Raises DomainError when there is one of that name."""
    return create_record(Tag(**{**values, "name": _tidy(values["name"])}))


def update_tag(*, instance: Tag, expected_version: int | None, actor: User, **values: Any) -> Tag:
    """Rename it, give it another colour, limit or archive it. Raises StaleVersion, DomainError."""
    for name, value in values.items():
        setattr(instance, name, value)
    instance.name = _tidy(instance.name)
    return save_record(instance, expected_version=expected_version, fields=list(values))


def merge_tag(*, tag: Tag, into: Tag, actor: User) -> int:
    """Put `into` on every record that bears the tag, then archive the tag without records; returns how many records bore it.

    Raises DomainError on "into" for the tag itself, and when `into` is not for all kinds of record that bear it.
    """
    if into.pk == tag.pk:
        raise DomainError(_("Choose another tag."), field="into")
    with transaction.atomic():
        links = TagLink.objects.filter(tag=tag)
        kinds = ContentType.objects.filter(pk__in=links.order_by().values("content_type").distinct())
        outside = [kind for kind in kinds if into.kinds and f"{kind.app_label}.{kind.model}" not in into.kinds]
        if outside:
            names = ", ".join(kind.name for kind in outside)
            raise DomainError(_("This tag is not meant for: %(kinds)s.") % {"kinds": names}, field="into")
        rows = links.values_list("content_type_id", "object_id")
        count = _link(into, rows.iterator(), actor)
        links.delete()
        update_tag(instance=tag, expected_version=None, actor=actor, is_active=False)
    return count


def _link(tag: Tag, references: Iterable[tuple[int, int]], actor: User) -> int:
    count = 0
    for some in _pieces(references):
        TagLink.objects.bulk_create(
            [TagLink(tag=tag, content_type_id=kind, object_id=key, added_by=actor) for kind, key in some],
            ignore_conflicts=True,
        )
        count += len(some)
    return count


def tag_record(*, actor: User, record: models.Model, name: str) -> Tag:
    """Put the tag of that name on the record; one that is unknown is made, if the actor may make tags. Raises DomainError."""
    label, name = record._meta.label_lower, _tidy(name)
    tag = Tag.objects.filter(name__iexact=name).first()
    if tag is None and not actor.has_perm("crm.add_tag"):
        raise DomainError(_("There is no tag “%(name)s”. Choose one of those offered.") % {"name": name}, field="name")
    with transaction.atomic():
        tag = tag or create_tag(actor=actor, name=name)
        if not tag.is_active:
            raise DomainError(_("The tag “%(name)s” is not in use any more.") % {"name": tag}, field="name")
        if tag.kinds and label not in tag.kinds:
            raise DomainError(
                _("The tag “%(name)s” is not meant for this kind of record.") % {"name": tag}, field="name"
            )
        TagLink.objects.get_or_create(tag=tag, **reference_of(record), defaults={"added_by": actor})
    return tag


def untag_record(*, actor: User, record: models.Model, tag: int) -> None:
    """Take a tag off the record."""
    TagLink.objects.filter(tag=tag, **reference_of(record)).delete()


def tag_rows(rows: Any, *, actor: User, add: Iterable[Tag] = (), remove: Iterable[Tag] = ()) -> int:
    """Put tags on many records of a kind and take others off; returns how many records there were.

    Raises DomainError when there is neither, or when a tag is not meant for that kind.
    """
    add, remove = list(add), list(remove)
    if not add and not remove:
        raise DomainError(_("Choose a tag to put on or to take off."))
    kind = ContentType.objects.get_for_model(rows.model)
    for tag in add:
        if tag.kinds and rows.model._meta.label_lower not in tag.kinds:
            raise DomainError(_("The tag “%(name)s” is not meant for this kind of record.") % {"name": tag})
    keys = list(rows.order_by().values_list("pk", flat=True))
    with transaction.atomic():
        for some in _pieces(keys):
            TagLink.objects.filter(tag__in=remove, content_type=kind, object_id__in=some).delete()
        for tag in add:
            _link(tag, ((kind.pk, key) for key in keys), actor)
    return len(keys)


def count_links(tags: Iterable[Tag]) -> dict[int, int]:
    """How many records bear each of these tags, by the tag's key; all records, whoever asks."""
    rows = TagLink.objects.filter(tag__in=[tag.pk for tag in tags]).order_by()
    return dict(rows.values_list("tag").annotate(number=models.Count("pk")))


def _pieces(rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
    rest = iter(rows)
    while some := list(islice(rest, AT_A_TIME)):
        yield some


def _tidy(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise DomainError(_("Enter a name."), field="name")
    return tidy
