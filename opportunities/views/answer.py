"""A tick or a document that a gate asks for, given on the way."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.generic.forms import style
from crm.generic.views.edit import add_error
from opportunities.domain.funnel import Funnel, answer
from opportunities.enums import GateItemKind
from opportunities.forms.opportunity import answer_field
from opportunities.models import GateItem, Opportunity
from opportunities.paths import open_stages
from opportunities.views.board import BoardBase


class AnswerForm(forms.Form):
    """One tick, or one file."""

    def __init__(self, *args: Any, item: GateItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[item.key] = answer_field(item)
        self.fields[item.key].required = True
        style(self.fields[item.key])


class AnswerView(BoardBase):
    """`item` is the gate item, one that the opportunity is asked for."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        record = self.record()
        item = self.item(record)
        return self.show(record, item, AnswerForm(item=item))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, and back to the gate."""
        record = self.record()
        item = self.item(record)
        form = AnswerForm(request.POST, request.FILES, item=item)
        if not form.is_valid():
            return self.show(record, item, form, status=422)
        user: Any = request.user
        try:
            answer(opportunity=record, expected_version=None, actor=user, answers=form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
            return self.show(record, item, form, status=422)
        messages.success(request, _("“%(name)s” is done.") % {"name": item.label})
        return HttpResponseRedirect(f"{self.entity.record_url(record)}#gate")

    def item(self, record: Opportunity) -> GateItem:
        """The item of the address."""
        funnel = Funnel()
        asked = [item for stage in open_stages(funnel.path(record)) for item in funnel.held(record, stage.pk)]
        kinds = (GateItemKind.CHECK, GateItemKind.DOCUMENT)
        for item in asked:
            if item.pk == self.kwargs["item"] and item.kind in kinds:
                return item
        raise Http404

    def show(self, record: Opportunity, item: GateItem, form: AnswerForm, status: int = 200) -> HttpResponse:
        """The page."""
        url = self.entity.record_url(record)
        context = self.context(
            title=item.label,
            text=record.name,
            form=form,
            takes_files=item.kind == GateItemKind.DOCUMENT,
            button=_("Save"),
            cancel_url=url,
            crumbs=[self.context()["list_crumb"], (str(record), url), (item.label, None)],
        )
        return render(self.request, "opportunities/answer.html", context, status=status)
