"""A customer as a sheet's rows would leave it: stored or new, with its contacts, changed in memory first."""

from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any

from crm.organisation.domain.placement import Placement
from crm.records.extra import fields_of
from customers.domain.import_parts import Parts, load_parts
from customers.models import Contact, Customer

# Field of the sheet -> attribute of the customer, and how a stored JSON value becomes one.
FIELDS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "name": ("name", str),
    "short_name": ("short_name", str),
    "name_en": ("name_en", str),
    "credit_code": ("credit_code", str),
    "kind": ("kind", str),
    "grade": ("grade", str),
    "industry": ("industry", str),
    "application": ("application", str),
    "region": ("region_id", int),
    "province": ("province", str),
    "city": ("city", str),
    "address": ("address", str),
    "phone": ("phone", str),
    "website": ("website", str),
    "payment_terms": ("payment_terms_days", int),
    "credit_limit": ("credit_limit", Decimal),
    "annual_demand": ("annual_demand_kg", Decimal),
    "notes": ("notes", str),
}
WRITTEN = (
    "name", "short_name", "name_en", "credit_code", "kind", "grade", "industry", "application", "region", "province", "city",
    "address", "phone", "website", "payment_terms_days", "credit_limit", "annual_demand_kg", "notes", "owner", "team",
    "business_unit", "extra", "search_text",
)  # fmt: skip
IDENTITY = ("name", "short_name", "name_en", "credit_code")
CONTACT_FIELDS = {"contact_title": "title", "contact_phone": "phone", "contact_email": "email"}
CONTACT_KEYS = tuple(CONTACT_FIELDS)
Place = Callable[[int], Placement]


class Draft:
    """A customer and its contacts. `apply` takes a row's values; what differs from before is then to be written."""

    def __init__(self, customer: Customer, contacts: list[Contact], *, place: Place) -> None:
        self.customer = customer
        self.contacts = contacts
        self.place = place
        self.changed = False
        self.grade_before = customer.grade
        self.unit_before = customer.business_unit_id
        self.changed_contacts: dict[str, Contact] = {}
        self.parts = Parts(customer)

    @property
    def main_contact(self) -> Contact | None:
        """The present main contact."""
        return next((contact for contact in self.contacts if contact.is_primary), None)

    def nameless_contact(self, clean: dict[str, Any]) -> bool:
        """Whether the row tells of a contact without saying whom, and there is none it could mean."""
        return not clean.get("contact_name") and any(clean.get(k) for k in CONTACT_KEYS) and self.main_contact is None

    def protected_key(self, clean: dict[str, Any], held: Collection[str]) -> str:
        """The first column that would change a field that the person changes by request; empty for none."""
        if self.customer.pk is None:
            return ""
        for key, (attribute, convert) in FIELDS.items():
            is_held = key in clean and attribute.removesuffix("_id") in held
            if is_held and getattr(self.customer, attribute) != convert(clean[key]):
                return key
        for field in fields_of(Customer):
            name = field.form_name
            if name in held and clean.get(name) is not None and self.customer.extra.get(field.key) != clean[name]:
                return name
        return ""

    def apply(self, clean: dict[str, Any]) -> bool:
        """Take over the values of a row; empty cells leave alone what there is. Whether anything differs."""
        before = self.changed
        self.changed = False
        old_news = self._old_news(clean)
        for key, (attribute, convert) in FIELDS.items():
            if key in clean and key not in old_news:
                value = convert(clean[key])
                if getattr(self.customer, attribute) != value:
                    setattr(self.customer, attribute, value)
                    self.changed = True
        self._apply_extra(clean)
        if clean.get("owner") and clean["owner"] != self.customer.owner_id:
            self._give_to(clean["owner"])
        contact_changed = self._apply_contact(clean)
        parts_changed = self.parts.apply(clean)
        differs = self.changed or contact_changed or parts_changed
        self.changed = self.changed or before
        return differs

    def _old_news(self, clean: dict[str, Any]) -> set[str]:
        """The names and the credit code of a customer that was merged into this one: a sheet that still has them does not mean to
        change this one's."""
        if not self.customer.known_as:
            return set()
        known = set(self.customer.known_as.splitlines())
        names = ("credit_code",) if clean.get("code") == self.customer.code else IDENTITY
        return {key for key in names if clean.get(key) in known}

    def _apply_extra(self, clean: dict[str, Any]) -> None:
        """The values of extra fields, which rows have as they are stored."""
        for field in fields_of(Customer):
            value = clean.get(field.form_name)
            if value is not None and self.customer.extra.get(field.key) != value:
                self.customer.extra = {**self.customer.extra, field.key: value}
                self.changed = True

    def _give_to(self, owner_id: int) -> None:
        """Team and business unit follow the owner's."""
        place = self.place(owner_id)
        self.customer.owner_id = owner_id
        self.customer.team_id = place.team.pk if place.team else None
        if place.business_unit is not None:
            self.customer.business_unit_id = place.business_unit.pk
        self.changed = True

    def _apply_contact(self, clean: dict[str, Any]) -> bool:
        """The contact of that name, the main one when the row names none, else a new one (the first is the main contact)."""
        values = {field: clean[key] for key, field in CONTACT_FIELDS.items() if clean.get(key)}
        name = clean.get("contact_name", "")
        if not name and not values:
            return False
        contact = next((c for c in self.contacts if c.name == name), None) if name else self.main_contact
        if contact is None:
            if not name:
                return False
            contact = Contact(customer=self.customer, name=name, is_primary=self.main_contact is None)
            self.contacts.append(contact)
            differs = True
        else:
            differs = any(getattr(contact, field) != value for field, value in values.items())
        for field, value in values.items():
            setattr(contact, field, value)
        if differs:
            self.changed_contacts[contact.name] = contact
        return differs


def new_draft(clean: dict[str, Any], *, place: Place) -> Draft:
    """A customer that is not stored yet, with the row's values."""
    draft = Draft(Customer(), [], place=place)
    draft.apply(clean)
    return draft


def load_drafts(ids: Iterable[int], *, place: Place, lock: bool = False) -> dict[int, Draft]:
    """The stored customers with their contacts; `lock` holds their rows until the transaction ends."""
    wanted = sorted(ids)
    if not wanted:
        return {}
    customers = Customer._base_manager.filter(pk__in=wanted).order_by("pk")
    if lock:
        customers = customers.select_for_update(of=("self",))
    drafts = {customer.pk: Draft(customer, [], place=place) for customer in customers}
    for contact in Contact._base_manager.filter(customer_id__in=wanted).order_by("-is_primary", "pk"):
        drafts[contact.customer_id].contacts.append(contact)
    load_parts({key: draft.parts for key, draft in drafts.items()})
    return drafts
