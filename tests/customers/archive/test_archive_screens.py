"""The lists and pages of what hangs on a customer, and of registrations."""

from customers.views.parts import address_entity, billing_entity, legal_entity
from customers.views.registration import registration_entity
from tests.entity_suite import EntitySuite
from tests.factories.archive import make_owned_address, make_owned_billing, make_owned_legal, make_registration


class TestAddress(EntitySuite):
    entity = address_entity
    make = staticmethod(make_owned_address)
    form_data = staticmethod(lambda org, record: {"kind": "plant", "street": record.street, "city": "台州"})


class TestBilling(EntitySuite):
    entity = billing_entity
    make = staticmethod(make_owned_billing)
    refused = (({"insured_limit": "-1"}, "The insured limit must not be negative."),)
    form_data = staticmethod(lambda org, record: {"invoice_title": record.invoice_title, "bank": "中国银行宁波分行"})


class TestLegal(EntitySuite):
    entity = legal_entity
    make = staticmethod(make_owned_legal)
    refused = (({"registered_capital": "-1"}, "The registered capital must not be negative."),)
    form_data = staticmethod(lambda org, record: {"legal_form": "joint_stock", "representative": "陈志远"})


class TestRegistration(EntitySuite):
    entity = registration_entity
    make = staticmethod(make_registration)
    form_data = staticmethod(
        lambda org, record: {"name": record.name, "kind": "direct", "contact_name": "王敏", "city": "台州"}
    )
