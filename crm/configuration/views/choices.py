"""The pages of lists of choices: the lists, the items of one with how often each is used, and merging."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.configuration.domain.merging import merge
from crm.configuration.filters import ChoiceListFilter
from crm.configuration.forms import ChoiceItemForm, ChoiceListForm, MergeForm
from crm.configuration.names import SPACE
from crm.configuration.tables import ChoiceListTable
from crm.errors import DomainError, StaleVersion
from crm.formats import enumerated, num
from crm.generic.entity import Entity
from crm.generic.layout import Action, RecordPage
from crm.generic.merging import merge_page, number_in, settled, unanswered
from crm.generic.views.base import EntityView
from crm.generic.views.edit import MERGE, add_error
from crm.models import ChoiceItem, ChoiceList
from crm.records.choices import listed
from crm.records.domain.choices import (
    count_holding,
    create_item,
    create_list,
    delete_item,
    delete_list,
    is_built_in,
    order_items,
    update_item,
    update_list,
    uses_of,
)


def yes_no(value: bool) -> str:
    """In words."""
    return gettext("yes") if value else gettext("no")


list_entity = Entity(
    model=ChoiceList,
    table=ChoiceListTable,
    dossier=False,
    filterset=ChoiceListFilter,
    form=ChoiceListForm,
    create=create_list,
    update=update_list,
    nav="settings",
    icon="list-details",
    namespace=SPACE,
    subtitle=_("What people choose from in forms and filters"),
    page=RecordPage(
        code=lambda choices: choices.key,
        actions=(
            Action(
                _("New item"),
                lambda choices: reverse(f"{SPACE}:choiceitem_create", args=[choices.pk]),
                "plus",
                "crm.change_choicelist",
                primary=True,
            ),
            Action(
                _("Delete"),
                lambda choices: reverse(f"{SPACE}:choicelist_delete", args=[choices.pk]),
                "trash",
                "crm.change_choicelist",
                post=True,
                when=lambda choices: not is_built_in(choices) and not uses_of(choices),
            ),
        ),
        attributes=(
            "name",
            "name_en",
            (_("other text may be entered"), lambda choices: yes_no(choices.allows_other)),
            (_("Used in"), lambda choices: enumerated(use.label for use in uses_of(choices)) or None),
        ),
    ),
)


class ListStep(EntityView):
    """Base of what is done to a list or its items."""

    entity = list_entity
    action = "change"

    def item(self, choices: ChoiceList) -> ChoiceItem:
        """The item of the URL."""
        found = ChoiceItem.objects.visible_to(self.request.user).filter(list=choices, pk=self.kwargs["item"]).first()
        if found is None:
            raise Http404
        return found

    def back(self, choices: ChoiceList) -> HttpResponse:
        """To the list's page."""
        return HttpResponseRedirect(self.entity.record_url(choices))

    def refused(self, choices: ChoiceList, error: DomainError) -> HttpResponse:
        """To the list's page, with the reason."""
        messages.error(self.request, str(error.message))
        return self.back(choices)


class ItemView(ListStep):
    """Makes or changes an item."""

    template: ClassVar[str] = "generic/form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        choices, instance = self.parts()
        return self.show(choices, self.form(instance))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; a stale save shows both versions."""
        choices, instance = self.parts()
        if instance is not None and unanswered(request.POST):
            return self.merge(choices, instance, request.POST, number_in(request.POST, "base_version"), status=422)
        data = settled(self.make, instance, request.POST) if instance is not None else request.POST
        form = self.form(instance, data)
        if not form.is_valid():
            return self.show(choices, form, status=422)
        try:
            if instance is None:
                create_item(choices=choices, actor=request.user, **form.values())  # type: ignore[arg-type]
            else:
                version = form.cleaned_data.get("version_read") or 0
                update_item(instance=instance, expected_version=version, actor=request.user, **form.values())  # type: ignore[arg-type]
        except StaleVersion as error:
            return self.merge(choices, error.current, data, form.cleaned_data.get("version_read") or 0)
        except DomainError as error:
            add_error(form, error)
            return self.show(choices, form, status=422)
        messages.success(request, gettext("The list was saved."))
        return self.back(choices)

    def parts(self) -> tuple[ChoiceList, ChoiceItem | None]:
        """The list, and the item when one is changed."""
        choices = self.record()
        return choices, self.item(choices) if "item" in self.kwargs else None

    def make(self, **given: Any) -> ChoiceItemForm:
        """The item's form for this reader."""
        return ChoiceItemForm(user=self.request.user, **given)

    def form(self, instance: ChoiceItem | None, data: Any = None) -> ChoiceItemForm:
        """The item's form; it gets a copy, so that a form with mistakes changes nothing."""
        stored = ChoiceItem.objects.visible_to(self.request.user).get(pk=instance.pk) if instance else None
        return self.make(instance=stored, data=data)

    def merge(
        self, choices: ChoiceList, stored: ChoiceItem, data: QueryDict, base_version: int, status: int = 409
    ) -> HttpResponse:
        """The page on which the reader chooses field by field."""
        page = merge_page(self.make, stored, data, base_version=base_version)
        return self.show(choices, None, status=status, template=MERGE, merge=page)

    def show(self, choices: ChoiceList, form: ChoiceItemForm | None, status: int = 200, **more: Any) -> HttpResponse:
        """The page."""
        title = gettext("Item of “%(list)s”") % {"list": choices}
        url = self.entity.record_url(choices)
        crumbs = [self.context()["list_crumb"], (str(choices), url), (title, None)]
        template = more.pop("template", self.template)
        context = self.context(form=form, title=title, cancel_url=url, crumbs=crumbs, **more)
        return render(self.request, template, context, status=status)


class OrderView(ListStep):
    """Puts the items into order: `keys` as they were dragged, or one item (`item`) up or down by a button."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        choices = self.record()
        rows = ChoiceItem.objects.visible_to(request.user).filter(list=choices).order_by("position", "pk")
        keys = list(rows.values_list("pk", flat=True))
        dragged = [int(key) for key in request.POST.getlist("keys") if key.isdecimal()]
        moved = request.POST.get("item", "")
        if dragged:
            keys = dragged
        elif moved.isdecimal() and int(moved) in keys:
            place = keys.index(int(moved))
            other = place - 1 if request.POST.get("to") == "up" else place + 1
            if 0 <= other < len(keys):
                keys[place], keys[other] = keys[other], keys[place]
        order_items(choices=choices, keys=keys, actor=request.user)  # type: ignore[arg-type]
        if dragged:
            return HttpResponse(status=204)
        return self.back(choices)


class DeleteItem(ListStep):
    """Removes an item that no record holds."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        choices = self.record()
        item = self.item(choices)
        try:
            delete_item(item=item, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            return self.refused(choices, error)
        messages.success(request, gettext("“%(name)s” was deleted.") % {"name": item})
        return self.back(choices)


class DeleteList(ListStep):
    """Removes a list that no field uses."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        choices = self.record()
        try:
            delete_list(choices=choices, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            return self.refused(choices, error)
        messages.success(request, gettext("“%(name)s” was deleted.") % {"name": choices})
        return HttpResponseRedirect(self.entity.url("list"))


class MergeView(ListStep):
    """Lets an item take the place of another, or of text that is in no item; says first how many records that changes."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that counts and asks."""
        choices = self.record()
        return self.show(choices, MergeForm(choices=self.targets(choices)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, at once or in the background."""
        choices = self.record()
        form = MergeForm(request.POST, choices=self.targets(choices))
        if not form.is_valid():
            return self.show(choices, form, status=422)
        rows = ChoiceItem.objects.visible_to(request.user).filter(list=choices)
        target = rows.get(code=form.cleaned_data["target"])
        try:
            count, job = merge(choices=choices, value=self.value, target=target, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(choices, form, status=422)
        if job is not None:
            messages.success(request, gettext("%(n)s records are being changed in the background.") % {"n": num(count)})
            return HttpResponseRedirect(reverse("workflow:job_list"))
        done = ngettext("%(n)s record was changed.", "%(n)s records were changed.", count)
        messages.success(request, done % {"n": num(count)})
        return self.back(choices)

    @property
    def value(self) -> str:
        """What is to be replaced."""
        return self.request.GET.get("value", "")

    def targets(self, choices: ChoiceList) -> list[tuple[str, str]]:
        """The items that may take its place."""
        return [(code, label) for code, label in listed(choices.key).options() if code != self.value]

    def show(self, choices: ChoiceList, form: MergeForm, status: int = 200) -> HttpResponse:
        """The page."""
        if not self.value:
            raise Http404
        url = self.entity.record_url(choices)
        name = listed(choices.key).label(self.value)
        title = gettext("Merge “%(name)s”") % {"name": name}
        held = count_holding(choices, self.value)
        context = self.context(
            form=form,
            title=title,
            name=name,
            is_item=self.value in listed(choices.key).by_code,
            held=held,
            total=sum(count for _use, count in held),
            cancel_url=url,
            crumbs=[self.context()["list_crumb"], (str(choices), url), (title, None)],
        )
        return render(self.request, "configuration/merge.html", context, status=status)
