"""The settings page of tags: rename, limit, merge and archive them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.dossier.filters import TagFilter
from crm.dossier.forms import MergeForm, TagSettingsForm
from crm.dossier.tables import TagTable, kinds_text
from crm.errors import DomainError
from crm.generic.entity import Entity, Preset
from crm.generic.forms import style
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error
from crm.generic.views.listing import ListView
from crm.markup import badge
from crm.records.domain.tags import count_links, create_tag, merge_tag, update_tag
from crm.records.models import Tag


class TagList(ListView):
    """The list, with how many records bear each tag."""

    def prepare(self, rows: Sequence[Any]) -> None:
        """One count for the whole page."""
        numbers = count_links(rows)
        for row in rows:
            row.number = numbers.get(row.pk, 0)


class Merge(EntityView):
    """Make a tag part of another."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks which."""
        tag = self.record()
        return self.show(tag, MergeForm(tag=tag, user=request.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        tag = self.record()
        form = MergeForm(request.POST, tag=tag, user=request.user)
        if not form.is_valid():
            return self.show(tag, form, status=422)
        into = form.cleaned_data["into"]
        try:
            count = merge_tag(tag=tag, into=into, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(tag, form, status=422)
        text = _("“%(tag)s” has become part of “%(into)s”, on %(count)d records.")
        messages.success(request, text % {"tag": tag, "into": into, "count": count})
        return HttpResponseRedirect(self.entity.record_url(into))

    def show(self, tag: Tag, form: MergeForm, status: int = 200) -> HttpResponse:
        """The page."""
        for field in form.fields.values():
            style(field)
        url = self.entity.record_url(tag)
        title = _("Merge the tag “%(name)s”") % {"name": tag}
        context = self.context(
            form=form,
            title=title,
            text=_(
                "Every record that bears it gets the other tag instead, and this one is archived. This cannot be undone."
            ),
            button=_("Merge"),
            cancel_url=url,
            crumbs=[self.context()["list_crumb"], (str(tag), url), (_("Merge"), None)],
        )
        return render(self.request, "organisation/ask.html", context, status=status)


tag_entity = Entity(
    model=Tag,
    table=TagTable,
    filterset=TagFilter,
    form=TagSettingsForm,
    create=create_tag,
    update=update_tag,
    nav="settings",
    icon="tag",
    namespace="dossier",
    dossier=False,
    subtitle=gettext_lazy("Words of your own that records are marked and found by"),
    empty_text=gettext_lazy("Make the first tag here, or on the page of a record."),
    presets=(
        Preset("used", gettext_lazy("In use"), "is_active=true"),
        Preset("archived", gettext_lazy("Archived"), "is_active=false"),
        Preset("all", gettext_lazy("All")),
    ),
    views={"list": TagList},
    page=RecordPage(
        badges=lambda tag: [
            badge(tag.colour, tag.get_colour_display()),
            *([] if tag.is_active else [badge("", _("Archived"))]),
        ],
        actions=(
            Action(
                gettext_lazy("Merge"),
                lambda tag: reverse("dossier:tag_merge", args=[tag.pk]),
                "git-branch",
                "crm.change_tag",
            ),
        ),
        attributes=(
            "colour",
            (gettext_lazy("only for"), lambda tag: escape(kinds_text(tag))),
            (gettext_lazy("records"), lambda tag: str(count_links([tag]).get(tag.pk, 0))),
        ),
    ),
)


def merge_url() -> URLPattern:
    """The address of merging."""
    return path("settings/tags/<int:pk>/merge/", Merge.as_view(entity=tag_entity), name="tag_merge")
