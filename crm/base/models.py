"""Abstract models that every record builds on."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import OwnerScope, Scope


class Bigrams(Func):
    """crm_bigrams(text): the immutable SQL function that the search indexes stand on."""

    function = "crm_bigrams"


class BaseModel(models.Model):
    """Any table of ours: it has a scope, and rows come to pages by `objects.visible_to(user)`.

    `remote_choices`: too many rows for a drop-down, so selects fetch them as one types. They are sought by the query set's
    search() when the model has a `search_text` or says `own_search`; `label_related` names what their labels need.
    `trail_parent`: the foreign key to the record in whose history the rows' changes stand as well ("object_id": any kind of
    record, by content type). `masked` names phone numbers and e-mail addresses that only those on the account see
    (crm/records/masking.py). `guarded` names fields that only readers with a right see, each
    with the right (crm/base/guarding.py).
    """

    scope: ClassVar[Scope]
    remote_choices = False
    masked: ClassVar[tuple[str, ...]] = ()
    guarded: ClassVar[Mapping[str, str]] = MappingProxyType({})
    own_search = False
    label_related: ClassVar[tuple[str, ...]] = ()
    trail_parent: ClassVar[str] = ""

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class RecordModel(BaseModel):
    """A record that people edit: when it was made and changed, and the version that an edit must have read."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class OwnedModel(RecordModel):
    """A record with an owner; team and business unit are kept beside, so that the scope is an index away."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    team = models.ForeignKey(
        "crm.Team", verbose_name=_("team"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    business_unit = models.ForeignKey(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="+"
    )

    scope = OwnerScope()

    class Meta:
        abstract = True


class NamedModel(RecordModel):
    """Reference data with a code and a name in both languages."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)


def label_of(name: str, name_en: str) -> str:
    """The English name for English readers when there is one, else the name."""
    language = translation.get_language() or ""
    return name_en if name_en and language.startswith("en") else name


class StateChange(models.Model):
    """Base of the history rows that `transition()` writes, one per change of state. Subclasses add record, source, target."""

    at = models.DateTimeField(_("time"), db_index=True)
    seconds_in_source = models.PositiveBigIntegerField(_("seconds in the state before"), default=0)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


def search_index(name: str) -> GinIndex:
    """The index behind `search()`; put it into Meta.indexes of a model with a `search_text` field."""
    return GinIndex(Bigrams("search_text"), name=name)


def choice_label(choices: Any, value: str) -> str:
    """The translated label of a choice, or the value itself when it is unknown."""
    return str(dict(choices).get(value, value))
