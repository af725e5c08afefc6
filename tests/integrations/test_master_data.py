"""Customer accounts, credit, products, returns: what the ERP says of them, and what waits because nobody knows it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.models import Product, ProductLine, ProductUnit
from customers.models import Customer
from integrations import tasks
from integrations.models import ErpCredit, ErpCustomer, ErpProduct, ExternalRef, RejectedRow
from integrations.simulator.store import day_ms, moment_ms
from orders.models import CustomerReturn, CustomerReturnLine
from tests.factories.organisation import Organisation
from tests.integrations.conftest import NOW, TODAY, Erp

pytestmark = pytest.mark.django_db
PARTNERS, CREDIT, PRODUCTS = "A_BusinessPartner", "CreditManagementAccount", "A_Product"


def partner(erp: Erp, number: str = "9000001", customer: str = "1000001", **values: Any) -> None:
    """A partner with its customer, one company code, two sales areas and an address; padded as SAP pads."""
    padded = customer.zfill(10) if customer else ""
    row = {"BusinessPartner": number.zfill(10), "Customer": padded, "BusinessPartnerFullName": "苏州恒谱“新”材料"}
    row |= {"CreationDate": day_ms(TODAY), "BusinessPartnerIsBlocked": 0, "IsMarkedForArchiving": 0}
    erp.store.put(PARTNERS, [{**row, **values}])
    account = {"Customer": padded, "CustomerName": "苏州恒谱", "OrderIsBlockedForCustomer": "01", "PostingIsBlocked": 0}
    erp.store.put("A_Customer", [{**account, "DeletionIndicator": 0}])
    erp.store.put("A_CustomerCompany", [{"Customer": padded, "CompanyCode": "1000", "PaymentTerms": "ZB30"}])
    for channel in ("10", "20"):
        area = {"Customer": padded, "SalesOrganization": "1010", "DistributionChannel": channel, "Division": "01"}
        erp.store.put("A_CustomerSalesArea", [{**area, "Currency": "EUR", "CustomerPaymentTerms": "ZB60"}])
    place = {"BusinessPartner": number.zfill(10), "AddressID": "1", "StreetName": "Müllerstraße", "HouseNumber": "5"}
    erp.store.put("A_BusinessPartnerAddress", [{**place, "CityName": "苏州", "Country": "CN"}])


def test_a_customer_account_is_kept_beside_its_customer(erp: Erp, buyer: Customer, sync: Any) -> None:
    partner(erp)
    run = sync(PARTNERS)
    account = ErpCustomer.objects.get()
    assert (run.written, account.customer, account.number, account.partner) == (1, buyer, "1000001", "9000001")
    assert (account.address, account.blocks) == ("Müllerstraße 5, 苏州, CN", ["order"])
    assert [area["area"] for area in account.areas] == ["1010/10/01", "1010/20/01"]
    assert (account.areas[0]["terms"], account.companies[0]["terms"]) == ("ZB60", "ZB30")
    assert sync(PARTNERS, full=True).written == 0


def test_4_a_change_of_a_sales_area_alone_has_no_stamp_and_is_seen_by_the_full_pass(
    erp: Erp, buyer: Customer, sync: Any
) -> None:
    partner(erp, CreationDate=day_ms(TODAY - dt.timedelta(days=900)))
    partner(erp, "9000002", "1000002")
    sync(PARTNERS)
    erp.store.change("A_CustomerSalesArea", ["0001000001", "1010", "10", "01"], CustomerPaymentTerms="ZB90")
    sync(PARTNERS)
    assert ErpCustomer.objects.get().areas[0]["terms"] == "ZB60"
    sync(PARTNERS, full=True)
    assert ErpCustomer.objects.get().areas[0]["terms"] == "ZB90"


def test_4_blocks_and_terms_that_move_no_stamp_are_seen_the_next_night(
    erp: Erp, buyer: Customer, sync_everything: Any, settings: Any
) -> None:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    partner(erp, CreationDate=day_ms(TODAY - dt.timedelta(days=900)))
    sync_everything()
    partner(erp, "9000002", "1000002")
    sync_everything()
    erp.store.change("A_CustomerSalesArea", ["0001000001", "1010", "10", "01"], CustomerPaymentTerms="ZB90")
    erp.store.change("A_Customer", ["0001000001"], OrderIsBlockedForCustomer="")
    tasks.sync_nightly()
    account = ErpCustomer.objects.get(number="1000001")
    assert (account.areas[0]["terms"], account.blocks) == ("ZB90", [])


def test_a_partner_that_nobody_knows_waits_and_makes_no_customer(erp: Erp, buyer: Customer, sync: Any) -> None:
    partner(erp, "9000002", "1000002")
    partner(erp, "9000003", "")
    before = Customer.objects.count()
    run = sync(PARTNERS)
    assert (run.read, run.rejected, Customer.objects.count()) == (1, 1, before)
    assert "1000002" in RejectedRow.objects.get().reason
    ExternalRef.objects.create(system="SAP", entity="customer", external_id="1000002", object_id=buyer.pk)
    sync(PARTNERS)
    assert ErpCustomer.objects.get().number == "1000002"
    assert RejectedRow.objects.get().state == "resolved"


def credit(erp: Erp, **values: Any) -> None:
    row = {"BusinessPartner": "9000001", "CreditSegment": "1000", "CreditLimitAmount": "500000.00"}
    row |= {"CreditSegmentCurrency": "CNY", "CreditLimitValidityEndDate": day_ms(dt.date(9999, 12, 31))}
    erp.store.put(CREDIT, [{**row, "CreditAccountIsBlocked": 1, **values}])


def test_credit_may_be_read_before_its_customer(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation, client_of: Any
) -> None:
    credit(erp)
    sync(CREDIT)
    partner(erp)
    sync(PARTNERS)
    found = ErpCredit.objects.get()
    assert (found.credit_limit, found.valid_until, found.blocked) == (500000, None, True)
    page = client_of(org.people.administrator).get(f"/customers/{buyer.pk}/", {"panel": "external_numbers"})
    text = page.content.decode()
    assert "Account 1000001 in the ERP" in text and "500,000" in text and "ZB60" in text


def product(
    erp: Erp, number: str = "000000003000000002", units: dict[str, tuple[int, int]] | None = None, **values: Any
) -> None:
    row = {"Product": number, "ProductType": "FERT", "ProductGroup": "SEAL", "BaseUnit": "KG", "IsMarkedForDeletion": 0}
    erp.store.put(PRODUCTS, [{**row, "CreationDate": day_ms(TODAY), "LastChangeDateTime": moment_ms(NOW), **values}])
    for language, text in (("ZH", "密封胶 802"), ("EN", "Sealant 802"), ("DE", "Dichtstoff 802")):
        erp.store.put("A_ProductDescription", [{"Product": number, "Language": language, "ProductDescription": text}])
    for unit, (top, bottom) in {"KG": (1, 1), **(units or {"DR": (200, 1)})}.items():
        ratio = {"QuantityNumerator": str(top), "QuantityDenominator": str(bottom)}
        erp.store.put("A_ProductUnitsOfMeasure", [{"Product": number, "AlternativeUnit": unit, **ratio}])
    erp.store.put("A_ProductPlant", [{"Product": number, "Plant": "1010", "IsMarkedForDeletion": 0}])
    chain = {"Product": number, "ProductSalesOrg": "1010", "ProductDistributionChnl": "10", "SalesMeasureUnit": "DR"}
    chain["BaseUnit"] = "KG"
    erp.store.put("A_ProductSalesDelivery", [{**chain, "MinimumOrderQuantity": "2.000"}])


def test_22_a_new_product_comes_with_its_names_by_language_and_its_units(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation, client_of: Any
) -> None:
    ProductLine.objects.filter(pk=org.sealant.pk).update(code="SEAL")
    product(erp, units={"DR": (400, 2)})
    assert sync(PRODUCTS).written == 1
    made = Product.objects.get(code="3000000002")
    assert (made.name, made.name_en, made.product_line, made.is_active) == (
        "密封胶 802",
        "Sealant 802",
        org.sealant,
        True,
    )
    unit = ProductUnit.objects.get(product=made)
    assert (unit.unit.code, unit.numerator, unit.denominator) == ("DR", 400, 2)
    assert ErpProduct.objects.get().plants == ["1010"]
    assert sync(PRODUCTS, full=True).written == 0
    page = client_of(org.people.administrator).get(reverse("catalogue:product_record", args=[made.pk])).content.decode()
    assert "1010/10" in page and "from 2 KG" in page and "sold by DR" in page


def test_20_a_product_marked_for_deletion_is_taken_off_sale_and_never_put_back(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation
) -> None:
    product(erp, "000000003000000001", IsMarkedForDeletion=1)
    sync(PRODUCTS)
    org.product.refresh_from_db()
    assert (org.product.is_active, org.product.name) == (False, "密封胶 802")
    product(erp, "000000003000000001")
    sync(PRODUCTS, full=True)
    org.product.refresh_from_db()
    assert not org.product.is_active


@pytest.mark.parametrize(
    ("values", "units", "word"),
    [
        ({"ProductGroup": "NEW"}, None, "product line"),
        ({"ProductGroup": "SEAL", "BaseUnit": "LB"}, None, "LB"),
        ({}, {"PAL": (800, 1)}, "PAL"),
        ({}, {"DR": (0, 1)}, "QuantityNumerator"),
    ],
)
def test_21_a_product_that_cannot_be_taken_waits_with_its_reason(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation, values: Any, units: Any, word: str
) -> None:
    ProductLine.objects.filter(pk=org.sealant.pk).update(code="SEAL")
    product(erp, units=units, **values)
    assert sync(PRODUCTS).rejected == 1
    assert word in RejectedRow.objects.get().why
    assert not Product.objects.filter(code="3000000002").exists()


def test_21_another_base_unit_there_than_here_is_told(erp: Erp, buyer: Customer, sync: Any) -> None:
    product(erp, "000000003000000001", BaseUnit="DR")
    sync(PRODUCTS)
    assert "DR" in RejectedRow.objects.get().reason and "KG" in RejectedRow.objects.get().reason


def give_back(erp: Erp, name: str = "CustomerReturn", number: str = "0060000001", **values: Any) -> None:
    row = {name: number, "SoldToParty": "0001000001", f"{name}Date": day_ms(TODAY), "TotalNetAmount": "300.00"}
    row |= {"TransactionCurrency": "CNY", "SDDocumentReason": "001", "ReferenceSDDocument": "0090000001"}
    row |= {"LastChangeDateTime": moment_ms(NOW), "CreationDate": day_ms(TODAY), "OverallSDProcessStatus": "B"}
    erp.store.put(f"A_{name}", [{**row, **values}])
    item = {name: number, f"{name}Item": "000010", "Material": "3000000001", "RequestedQuantity": "2.000"}
    item |= {"RequestedQuantityUnit": "DR", "NetAmount": "300.00", "TransactionCurrency": "CNY"}
    back = {"ReferenceSDDocument": "0090000001", "ReferenceSDDocumentItem": "000020", "SalesDocumentRjcnReason": ""}
    erp.store.put(f"A_{name}Item", [{**item, **back}])


@pytest.mark.parametrize(("name", "kind"), [("CustomerReturn", "return"), ("CreditMemoRequest", "credit")])
def test_13_returns_and_credit_requests_are_documents_of_their_own(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation, name: str, kind: str
) -> None:
    give_back(erp, name)
    sync(f"A_{name}")
    found, line = CustomerReturn.objects.get(), CustomerReturnLine.objects.get()
    assert (found.number, found.kind, found.status, found.net, found.customer) == (
        "60000001",
        kind,
        "in_work",
        300,
        buyer,
    )
    assert (line.quantity, line.unit, line.quantity_base, line.product) == (2, "DR", 400, org.product)
    assert (line.reference_number, line.reference_item, found.region) == ("90000001", 20, org.east)
    give_back(erp, name, OverallSDDocumentRejectionSts="C")
    sync(f"A_{name}", full=True)
    found.refresh_from_db()
    assert found.status == "rejected" and CustomerReturnLine.objects.count() == 1


def test_17_a_return_in_yen_has_no_decimals(erp: Erp, buyer: Customer, sync: Any) -> None:
    give_back(erp, TransactionCurrency="JPY", TotalNetAmount="300")
    sync("A_CustomerReturn")
    found = CustomerReturn.objects.get()
    assert (found.net, found.net_base) == (300, Decimal("15.00"))


def test_a_return_shows_on_the_pages_of_its_invoice_its_order_and_its_customer(
    erp: Erp, buyer: Customer, sync_everything: Any, org: Organisation, client_of: Any
) -> None:
    from integrations.simulator import billing

    erp.order("4500000001")
    origin = {"order": "4500000001", "order_item": 10, "delivery": "8000000001", "delivery_item": 10}
    amount = Decimal(1000)
    item = billing.InvoiceItem(10, "3000000001", "", Decimal(100), "KG", Decimal(100), amount, Decimal(130), **origin)
    erp.delivery("8000000001", erp.part("4500000001", 100), shipped_on=TODAY)
    erp.invoice("9000000001", items=[item])
    give_back(erp, ReferenceSDDocument="9000000001")
    sync_everything()
    client: Client = client_of(org.people.administrator)
    found = CustomerReturn.objects.get()
    link = reverse("orders:customerreturn_record", args=[found.pk])
    for name, model in (("salesorder", "SalesOrder"), ("invoice", "Invoice")):
        from django.apps import apps

        pk = apps.get_model("orders", model).objects.get().pk
        assert link in client.get(reverse(f"orders:{name}_record", args=[pk])).content.decode(), name
    assert link in client.get(f"/customers/{buyer.pk}/", {"panel": "returns"}).content.decode()
    from orders.models import Shipment

    page = client.get(reverse("orders:shipment_record", args=[Shipment.objects.get().pk])).content.decode()
    assert "9000000001" in page  # 10: the delivery's line leads to the line of the invoice that bills it
    assert "90000001 / 20" in client.get(link).content.decode()
