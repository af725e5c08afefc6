"""Copied keys lose the constraints and indexes that older installations have for them: 0001 and 0004 make them without."""

from django.db import migrations

COPIED = "'business_unit_id', 'region_id', 'team_id', 'owner_id', 'product_line_id', 'currency_id'"
LINES = "'orders_salesorderline', 'orders_shipmentline', 'orders_invoiceline', 'orders_customerreturnline', 'orders_settlement'"
DOCUMENTS = "'orders_salesorder', 'orders_shipment', 'orders_invoice', 'orders_receivable', 'orders_customerreturn'"
PARENTS = "'order_id', 'shipment_id', 'invoice_id', 'customer_return_id'"

# The indexes that Django makes for a foreign key are called after table and column; those that a model declares are not.
LIGHTEN = f"""
DO $$ DECLARE found record; BEGIN
    FOR found IN
        SELECT t.relname AS name, c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND (
            (t.relname IN ({DOCUMENTS}, {LINES}) AND a.attname IN ({COPIED}))
            OR (t.relname IN ({LINES}) AND a.attname IN ('customer_id', 'product_id')))
    LOOP
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', found.name, found.conname);
    END LOOP;
    FOR found IN
        SELECT x.relname AS name FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indnatts = 1 AND NOT i.indisunique AND starts_with(x.relname, t.relname || '_' || a.attname) AND (
            (t.relname IN ({DOCUMENTS}, {LINES}) AND a.attname IN ({COPIED}, 'customer_id'))
            OR (t.relname IN ({LINES}) AND t.relname <> 'orders_settlement' AND a.attname IN ({PARENTS}))
            OR (t.relname = 'orders_settlement' AND a.attname = 'product_id'))
    LOOP
        EXECUTE format('DROP INDEX %I', found.name);
    END LOOP;
END $$
"""  # noqa: S608 -- our own names
DECLARED = """
CREATE INDEX IF NOT EXISTS customer_return_owner ON orders_customerreturn (owner_id);
CREATE INDEX IF NOT EXISTS customer_return_team ON orders_customerreturn (team_id);
CREATE INDEX IF NOT EXISTS invoice_line_owner ON orders_invoiceline (owner_id);
CREATE INDEX IF NOT EXISTS invoice_line_team ON orders_invoiceline (team_id);
CREATE INDEX IF NOT EXISTS shipment_line_customer ON orders_shipmentline (customer_id);
CREATE INDEX IF NOT EXISTS shipment_line_owner ON orders_shipmentline (owner_id);
CREATE INDEX IF NOT EXISTS shipment_line_team ON orders_shipmentline (team_id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0008_order_details"),
    ]

    operations = [
        migrations.RunSQL(LIGHTEN, migrations.RunSQL.noop),
        migrations.RunSQL(DECLARED, migrations.RunSQL.noop),
    ]
