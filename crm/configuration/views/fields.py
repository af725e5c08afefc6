"""The pages of extra fields."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.configuration.filters import ExtraFieldFilter
from crm.configuration.forms import ExtraFieldForm
from crm.configuration.names import SPACE, kind_label
from crm.configuration.tables import ExtraFieldTable, state_badge, type_text
from crm.errors import DomainError
from crm.formats import num
from crm.generic.entity import Entity
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.models import ExtraField
from crm.records.domain.extra_fields import count_used, create_field, delete_field, update_field


class DeleteField(EntityView):
    """Removes a field that no record has a value in."""

    action = "change"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        field = self.record()
        try:
            delete_field(field=field, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
            return HttpResponseRedirect(self.entity.record_url(field))
        messages.success(request, gettext("The field “%(name)s” was deleted.") % {"name": field})
        return HttpResponseRedirect(self.entity.url("list"))


def use_text(field: ExtraField) -> str:
    """How many records have a value."""
    count = count_used(field)
    return ngettext("%(n)s record", "%(n)s records", count) % {"n": num(count)}


def index_text(field: ExtraField) -> str:
    """Whether lists can be filtered by it at full speed."""
    if not field.filterable or not field.is_active:
        return gettext("none")
    return gettext("ready") if field.index_ready or field.type not in RANGED else gettext("being built")


RANGED = ("integer", "decimal", "date", "text", "long_text")


def yes_no(name: str) -> Any:
    """An attribute in words."""
    return lambda field: gettext("yes") if getattr(field, name) else gettext("no")


def limits(field: ExtraField) -> str:
    """The range of a number."""
    low, high = ("" if limit is None else f"{limit.normalize():f}" for limit in (field.minimum, field.maximum))
    return f"{low} – {high}" if low or high else ""


field_entity = Entity(
    model=ExtraField,
    table=ExtraFieldTable,
    dossier=False,
    filterset=ExtraFieldFilter,
    form=ExtraFieldForm,
    create=create_field,
    update=update_field,
    nav="settings",
    icon="columns-3",
    namespace=SPACE,
    subtitle=_("What a kind of record has besides what came with the program"),
    empty_text=_(
        "With an extra field you keep what is particular to your company, in forms, lists, exports and imports."
    ),
    page=RecordPage(
        code=lambda field: field.key,
        badges=lambda field: [state_badge(field)],
        meta=lambda field: [("file-text", kind_label(field.record)), ("category", type_text(field))],
        actions=(
            Action(
                _("Delete"),
                lambda field: reverse(f"{SPACE}:extrafield_delete", args=[field.pk]),
                "trash",
                "crm.change_extrafield",
                post=True,
                when=lambda field: not count_used(field),
            ),
        ),
        attributes=(
            "name",
            "name_en",
            (_("Records with a value"), use_text),
            (_("range"), limits),
            (_("required"), yes_no("required")),
            (_("section"), lambda field: field.heading),
            "position",
            (_("Filter"), yes_no("filterable")),
            (_("Index"), index_text),
            (_("Search"), yes_no("searchable")),
            "help_text",
            "help_text_en",
        ),
        select=("choice_list",),
    ),
)
