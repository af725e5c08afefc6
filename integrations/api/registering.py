"""Registering a company by the API: as on the page, the customers that it may be are looked at first. They are the answer, with a
seal; whoever says that it is none of them sends the same again with the seal."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from customers.domain.registration import register_customer
from customers.domain.registration_candidates import Known, candidates
from customers.forms.registration import RegisterForm
from customers.models import CustomerRegistration
from customers.views.register import not_passed, sealed, seen
from integrations.api.errors import Problem
from integrations.api.filling import checked

DRAFT = "draft"  # whether it is only written down


def register_company(user: Any, values: Mapping[str, Any]) -> CustomerRegistration:
    """The registration of a company. Raises Problem, with the candidates that were not seen yet; DomainError."""

    def write(**given: Any) -> CustomerRegistration:
        return register_customer(actor=user, **given)

    found: CustomerRegistration = registered(user, values, lambda data: RegisterForm(data, user=user), write)
    return found


def registered(
    user: Any, values: Mapping[str, Any], make: Callable[[Any], Any], write: Callable[..., Any], **known: str
) -> Any:
    """What `write` gives for the values of the form, once its candidates were seen; `known` helps to recognise the company."""
    values = dict(values)
    draft = values.pop(DRAFT, False)
    if not isinstance(draft, bool):
        raise Problem(422, "invalid", errors={DRAFT: [_("Send true or false.")]})
    form = checked(make, values)
    given = form.values()
    before = seen(user, form.cleaned_data["shown"])
    found = candidates(actor=user, text=given["name"], credit_code=given["credit_code"], **known)
    if new := not_passed(found, before):
        raise Problem(409, "candidates", candidates=[_told(one) for one in new], shown=sealed(user, found, before))
    return write(passed_over=before, send=not draft, **given)


def _told(known: Known) -> dict[str, Any]:
    """A candidate, with its key for those only who have it in reach."""
    names = ("name", "city", "state", "owner", "business_unit", "certain")
    return {"customer": known.customer if known.in_reach else None} | {name: getattr(known, name) for name in names}
