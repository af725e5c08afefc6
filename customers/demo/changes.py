"""A few changes made by people of the demo company, so that its audit trail has something to show."""

from crm.acting import acting
from crm.demo.world import World
from customers.domain.contact import update_contact
from customers.domain.customer import update_customer
from customers.models import Contact, Customer

CHANGED = 24
TERMS = (30, 45, 60, 90)
STEPS = ("电话回访样品结果", "上门拜访采购经理", "确认年度框架价", "核对对账单")
TITLES = ("采购经理", "采购总监", "技术主管")


def make_changes(world: World) -> None:
    """Terms, next steps and contacts' positions, each by the customer's owner, from the office or on the road."""
    rows = Customer.objects.filter(owner__is_active=True).select_related("owner").order_by("pk")[:CHANGED]
    for number, customer in enumerate(rows):
        actor = customer.owner
        assert actor is not None
        address = f"10.20.{number % 4}.{17 + number}" if number % 3 else f"203.0.113.{number}"
        with acting(
            user=actor.pk,
            address=address,
            request=f"{world.seed:08x}{number:024x}",
            url=f"/customers/{customer.pk}/edit/",
        ):
            update_customer(
                instance=customer,
                expected_version=customer.version,
                actor=actor,
                approved=True,
                payment_terms_days=TERMS[number % len(TERMS)],
                next_step=STEPS[number % len(STEPS)],
            )
            contact = Contact.objects.filter(customer=customer).order_by("pk").first()
            if contact is not None:
                title = TITLES[number % len(TITLES)]
                update_contact(instance=contact, expected_version=contact.version, actor=actor, title=title)
