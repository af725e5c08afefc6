"""The demo company in memory: tables of columns, made from (scale, seed, today) and nothing else.

Column kinds (numpy arrays of one length per table; `table.rows(...)` gives Python values: str, int, bool, Decimal, date, datetime, None):

    id, int     int64                               ref    int64, an id of another table, 0 = none
    flag        bool                                digits int64 whose decimal digits are the text, 0 = empty text
    date        datetime64[D], NaT = none           time   datetime64[s] in UTC, NaT = none
    money       int64 hundredths, CNY               amount int64 thousandths, in the document's currency
    kg          int64 thousandths (any quantity)    price  int64 ten-thousandths      rate  int64 hundred-millionths
    text        object array of str (None = null)   choice small int index into `column.vocabulary`, read as str
Null of money, kg and price is the smallest int64 (`NULL`). Primary keys are 1..n, so row i has id i + 1.
Columns without prefix are the columns of the model's table. `sap_` columns exist in the ERP only. Nothing lies after `today`
except requested, promised, planned, due and expected dates. `world.now` is today 00:00 in Shanghai; no stamp is later.

crm (crm.demo.organisation, crm.demo.catalogue)
    business_unit     id, code choice (SIL, AGR), name, name_en, sap_company digits (1000, 2000), sap_org digits (1010, 2010),
                      sap_channel choice (10 direct, 20 distributor), sap_division choice (01, 02)
    region            id, code, name, name_en, parent_id ref, path                      (CN and 7 regions under it, OVERSEAS)
    team              id, code, name, name_en, parent_id ref, path, business_unit_id ref, region_id ref, manager_id ref
    team_membership   id, team_id, user_id, starts_on date, ends_on date
    user              id, username, display_name, email, phone, title, business_unit_id ref, password, ...
                      team_id ref and role text (the role's code) are not columns of the model
    unit              id, code text (KG, TO, DR drum of 200 kg, CS carton of 20 kg, ST cartridge or bottle), name, name_en, sap_iso text,
                      dimension choice, factor rate (null for packages), is_base flag
    product_line      id, code (LSR, SEAL, HCR, BASE, HERBICIDE, INSECTICIDE, FUNGICIDE), name, name_en, business_unit_id ref
    product           id, code, name, name_en, product_line_id ref, base_unit_id ref (KG), list_price price (CNY per kg),
                      is_active flag, specification text (JSON), search_text, sap_number digits (3000000001..), sap_group text, sap_cost price (CNY per kg),
                      sap_tax int (VAT in per cent), sap_pack_unit_id ref (the unit it is packed in: DR, CS or ST)
    product_unit      id, product_id ref, unit_id ref, numerator int, denominator int   (numerator kg = denominator of unit)
    currency          code text (primary key), name, decimals int                       (row order: CNY, USD, EUR, JPY, KWD)
    exchange_rate     id, currency_id choice, starts_on date (each working day), rate rate (CNY for one), source

customers (customers.demo)
    customer          id, code, name, short_name, name_en, credit_code, kind, state, grade, industry, application, region_id ref,
                      province, city, address, phone, website, payment_terms_days int, credit_limit money (CNY),
                      annual_demand_kg kg, extra text (JSON), next_step, next_step_on, owner_id, team_id, business_unit_id, created_at time, ...
                      sap_number digits (1000001..; the ERP shows 10 places with zeros), sap_partner digits (BusinessPartner,
                      another number), sap_currency choice, sap_terms choice (ZB30, ZB45 ...: days after the invoice date),
                      sap_country choice (ISO), sap_postal text, sap_tax_free flag (export), sap_created_on date,
                      sap_known flag: only these exist in the ERP (those that ever bought, and some more)
                      demo_*: how the customer behaves (weight, payer class ...), for the generators only
    contact           id, customer_id ref, name, title, role, phone, email, is_primary flag, notes

orders (orders.demo). Every table below also has customer_id, business_unit_id, region_id, team_id, owner_id refs; headers have
number, company_code choice ('' for orders and deliveries: the ERP names only a sales organisation there), currency_id choice,
source_changed_at time (none for deliveries and receivables), read_at time. `_base` is CNY at the rate of the document's day.
    sales_order       id, number digits (4500000001..), kind choice (TA, SAP's internal code), customer_reference text, ordered_on date,
                      requested_on date, status choice, net amount, net_base money, sap_created_at time (= creation; source_changed_at
                      is LastChangeDateTime), sap_org digits, sap_channel, sap_division choice, sap_incoterms choice,
                      sap_rejection choice ('', A none, B part, C all), sap_block choice ('' or C), sap_delivery_block choice
                      ('' or 01), sap_credit choice ('' or B = blocked), sap_delivery_status choice (A, B, C; '' all rejected),
                      sap_process choice (A, B, C = OverallSDProcessStatus)
    sales_order_line  id, order_id ref, item int (10, 20 ...), product_id, product_line_id, text, quantity kg (in `unit`), unit choice,
                      quantity_base kg, ordered_on, promised_on (confirmed schedule line), shipped_on, shipped_base kg,
                      rejected flag, net amount (0 for free goods; a rejected line keeps its value, the header leaves it out),
                      net_base, sap_category choice (TAN, TANN free goods), sap_higher_item int (0 none), sap_tax amount,
                      sap_tax_percent int, sap_cost amount, sap_reason choice ('' or 50 = rejected), sap_requested_on date,
                      sap_delivery_status, sap_billing_status, sap_process choice (A, B, C), sap_invoiced_base kg
                      One schedule line per item: requested sap_requested_on, confirmed promised_on, quantity confirmed = ordered.
    shipment          id, number digits (8000000001..), planned_on, delivery_on, shipped_on, received_on dates, status choice,
                      carrier_reference text, sap_created_at time, sap_changed_on date (none until first change), sap_version int,
                      sap_point choice, sap_type choice (LF), sap_category choice (J), sap_weight kg (gross), sap_org digits,
                      sap_picking, sap_movement, sap_pod, sap_billing choices (A, C)
    shipment_line     id, shipment_id ref, item int (10, 20 ..; 900001 .. batch split), product_id, product_line_id, text, quantity kg,
                      unit, quantity_base kg (0 on a main item whose quantity lies on its batch splits), order_number digits,
                      order_item int, order_line_id ref, batch text, shipped_on date, sap_higher_item int (main item of a split)
    invoice           id, number digits (9000000001..), kind choice, invoiced_on, due_on, net, tax, gross amount, net_base money (signed),
                      cancelled flag, cancels_number digits, accounting_document digits, fiscal_year digits (0 for pro forma),
                      sap_type choice (F2, G2, L2, S1, F8), sap_category choice (M, O, P, N, U), sap_created_at time, sap_org digits,
                      sap_terms choice, sap_reference digits (credit and debit memo, re-billing: the invoice they go back to)
    invoice_line      id, invoice_id ref, item int, product_id, product_line_id, text, quantity kg, unit, quantity_base kg, invoiced_on,
                      order_number digits, order_item int, net, gross amount, net_base money (signed like the header), sap_tax amount,
                      sap_delivery digits, sap_delivery_item int (0 for memos), sap_order_line_id ref. SAP shows amounts and
                      quantities of credit memos and cancellations positive: take the absolute value.
    receivable        id, number text (company/year/document/item), kind choice, invoice_number digits, invoice_id ref, posted_on,
                      due_on, cleared_on dates, clearing_document text (company/year/document), amount amount, amount_base money (signed),
                      invoice_reference text (company/year/document of the invoice a part payment belongs to, else ''),
                      sap_document digits, sap_year digits, sap_item int, sap_type choice (RV, DZ), sap_gl choice ('' or A = down
                      payment), sap_key choice (01, 11, 15, 19), sap_created_on date, sap_clearing_year digits,
                      sap_clearing_created_on date, sap_reference digits (document of the invoice a part payment belongs to),
                      sap_reference_year digits, sap_dunning int
    settlement        id, invoice_line_id ref, product_id, product_line_id, settled_on, amount_base money

Other tables (campaign, lead, opportunity, complaint, target, external_ref, number_sequence and the *_state_change ones) have the
columns of their models; the ERP has nothing of them.
"""  # noqa: E501 -- a table

import datetime as dt
import hashlib

import numpy as np

from crm.demo.table import NULL, Array, Column, Table

__all__ = ["NULL", "Column", "Table", "World"]

MONTHS = 36
LARGEST = 500  # beyond it there are not enough different company names
_SHANGHAI = np.timedelta64(8, "h")


class World:
    """All tables of one demo company. `scale` 1 is about 330 customers; fractions give a smaller company."""

    def __init__(self, *, scale: float, seed: int, today: dt.date) -> None:
        if not 0 < scale <= LARGEST:
            raise ValueError(f"The scale must be larger than 0 and at most {LARGEST}.")
        self.scale = scale
        self.seed = seed
        self.today = today
        self.day = np.datetime64(today, "D")
        self.yesterday = self.day - 1
        self.now = self.day.astype("datetime64[s]") - _SHANGHAI
        self.first_day = (self.day.astype("datetime64[M]") - MONTHS).astype("datetime64[D]")
        self.tables: dict[str, Table] = {}
        self.sequences: dict[str, int] = {}  # number sequences by key, as they stand after what was generated

    def rng(self, name: str) -> np.random.Generator:
        """Random numbers for `name`, the same for the same seed whatever else is generated before or beside."""
        digest = hashlib.sha256(f"{self.seed}/{name}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:16], "big"))

    def new(self, name: str, count: int) -> Table:
        """A new table with primary keys 1 to count."""
        table = self.tables[name] = Table(name)
        table.add_ids(count)
        return table

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def counted(self, base: float, power: float = 1.0, least: int = 1) -> int:
        """How many of something this company has that has `base` of it at scale 1, growing with scale ** power."""
        return max(least, round(base * self.scale**power))

    def stamp(self, days: Array, seconds: Array) -> Array:
        """Moments in UTC from days and seconds of the day in Shanghai, none later than now."""
        return np.minimum(days.astype("datetime64[s]") - _SHANGHAI + seconds.astype("timedelta64[s]"), self.now)
