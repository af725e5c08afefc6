"""Tags: words of the company's own that records are marked with."""

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, RecordModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import Reference
from crm.records.scopes import AboutQuerySet, WithRecord


class TagColour(models.TextChoices):
    """The palette; the values are the tones of a badge."""

    LINE = "line", pgettext_lazy("colour", "White")
    PRI = "pri", pgettext_lazy("colour", "Blue")
    INFO = "info", pgettext_lazy("colour", "Turquoise")
    OK = "ok", pgettext_lazy("colour", "Green")
    WARN = "warn", pgettext_lazy("colour", "Amber")
    BAD = "bad", pgettext_lazy("colour", "Red")
    VIO = "vio", pgettext_lazy("colour", "Violet")


class TagQuerySet(ScopedQuerySet):
    """Tags."""

    def usable(self, label: str) -> Self:
        """Those in use that records of this kind ("app.model") may be marked with."""
        return self.filter(Q(kinds=[]) | Q(kinds__contains=[label]), is_active=True)


@pghistory.track()
class Tag(RecordModel):
    """A tag. `kinds` limits it to kinds of record ("app.model"); empty: all. An archived one stays where it is."""

    name = models.CharField(_("name"), max_length=30)
    colour = models.CharField(_("colour"), max_length=4, choices=TagColour.choices, default=TagColour.LINE)
    kinds = ArrayField(models.CharField(max_length=100), verbose_name=_("only for"), default=list, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[Any] = TagQuerySet.as_manager()
    scope = Reference("the words a company marks records with; which record bears one is seen with the record only")

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name", "pk"]
        permissions = [("tag_records", _("Put tags on records"))]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="tag_name_once",
                violation_error_message=_("There is a tag of this name already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TagLinkQuerySet(AboutQuerySet):
    """Tags of records."""

    def of_kind(self, content_type: Any, tags: Any) -> Any:
        """The keys of the records of a kind that bear one of the tags, to narrow rows the reader sees."""
        return self.filter(content_type=content_type, tag__in=tags).values("object_id")


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class TagLink(BaseModel):
    """A tag on a record."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="links")
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = TagLinkQuerySet.as_manager()
    scope = WithRecord()

    class Meta:
        verbose_name = _("tag of a record")
        verbose_name_plural = _("tags of records")
        indexes = [models.Index(fields=["tag", "content_type", "object_id"], name="taglink_tag")]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "tag"], name="taglink_once")]

    def __str__(self) -> str:
        return str(self.tag)
