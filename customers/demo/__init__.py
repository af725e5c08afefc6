"""Customers and contacts of the demo company."""

from crm.demo.copy import load_rows, load_tables
from crm.demo.world import World
from customers.demo.behaviour import add_behaviour, add_dates, add_terms
from customers.demo.contacts import add_contacts
from customers.demo.extra import add_extra, define_extra
from customers.demo.identity import CODE_PREFIX, add_identity, add_names, add_search_text
from customers.demo.looks import add_looks
from customers.demo.places import add_owners, add_places

CUSTOMERS = 330  # at scale 1


def generate(world: World) -> None:
    """Customers, then their contacts, and who looked at those."""
    table = world.new("customer", world.counted(CUSTOMERS, least=24))
    add_places(world, table)
    add_owners(world, table)
    add_names(world, table)
    add_identity(world, table)
    add_behaviour(world, table)
    add_terms(world, table)
    add_dates(world, table)
    add_extra(world, table)
    add_search_text(table)
    add_contacts(world)
    add_looks(world)


def load(world: World) -> None:
    """Write customers, contacts and the log of looks, and let the next customer's number follow."""
    define_extra()
    labels = {
        "customer": "customers.Customer",
        "contact": "customers.Contact",
        "personal_entry": "crm.PersonalDataEntry",
    }
    load_tables(world, labels)
    load_rows("crm.NumberSequence", ("key", "last"), [(CODE_PREFIX, len(world["customer"]))])
    # The ERP simulator generates without Django.
    from customers.demo.changes import make_changes  # noqa: PLC0415
    from customers.domain.recognition_keys import fill_missing_keys  # noqa: PLC0415

    fill_missing_keys()
    make_changes(world)
