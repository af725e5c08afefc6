"""What is held, why and how long; and the rules that end it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.accounts.confirmation import ConfirmFirst
from crm.errors import DomainError, StaleVersion
from crm.extension_points import personal_data
from crm.formats import enumerated
from crm.personal.domain.retention import due_count, rule_of, set_rule
from crm.personal.forms import RuleForm
from crm.personal.models import RetentionRule
from crm.personal.register import count_of, field_labels, kind_of, label_of
from crm.personal.views.base import ManageView


class Register(ManageView):
    """The register, and the field that finds a person."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        rules = {rule.kind: rule for rule in RetentionRule.objects.visible_to(request.user)}
        kinds = [
            {
                "kind": kind,
                "label": label_of(kind),
                "fields": enumerated(field_labels(kind)),
                "can_end": kind.due is not None,
                "count": count_of(kind),
                "rule": rules.get(kind.key),
            }
            for kind in personal_data.all()
        ]
        context = {"nav": "settings", "kinds": kinds, "crumbs": [(_("Personal data"), None)]}
        return render(request, "personal/register.html", context)


class Rule(ManageView, ConfirmFirst):
    """How long one kind is kept; says beforehand how many records it would erase."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the kind; 404 for one without rules."""
        super().setup(request, *args, **kwargs)
        kind = kind_of(kwargs["key"])
        if kind is None or kind.due is None:
            raise Http404
        self.kind = kind

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form; `months` in the query string tries another time."""
        rule = rule_of(self.kind)
        tried = request.GET.get("months", "")
        if tried.isascii() and tried.isdecimal() and 1 <= int(tried[:4]) <= 600:
            rule.months = int(tried)
            rule.is_active = "is_active" in request.GET
        return self.show(
            RuleForm(user=request.user, instance=rule, initial={"version_read": rule.version}), rule.months
        )

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Set the rule."""
        rule = rule_of(self.kind)
        form = RuleForm(request.POST, user=request.user, instance=rule)
        if not form.is_valid():
            return self.show(form, None, 422)
        version = form.cleaned_data.get("version_read") or 0
        try:
            set_rule(kind=self.kind, expected_version=version, actor=request.user, **form.values())
        except StaleVersion as error:
            form.add_error(None, str(error.message))
            return self.show(form, None, 409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            return self.show(form, None, 422)
        messages.success(request, _("The rule for “%(kind)s” was saved.") % {"kind": label_of(self.kind)})
        return HttpResponseRedirect(reverse("personal:register"))

    def show(self, form: RuleForm, months: int | None, status: int = 200) -> HttpResponse:
        """The page."""
        title = _("How long to keep: %(kind)s") % {"kind": label_of(self.kind)}
        context = self.context(
            title,
            form=form,
            kind=self.kind,
            months=months,
            due=due_count(self.kind, months) if months else None,
            cancel_url=reverse("personal:register"),
        )
        return render(self.request, "personal/rule.html", context, status=status)
