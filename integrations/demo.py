"""Which document, customer and product of the demo company is which of the ERP's."""

import numpy as np

from crm.demo.copy import load_tables
from crm.demo.world import World

SYSTEM = "SAP"
# table of the world, entity, column with the key there
_ENTITIES = (
    ("customer", "customer", "sap_number"),
    ("product", "product", "sap_number"),
    ("sales_order", "sales_order", "number"),
    ("shipment", "shipment", "number"),
    ("invoice", "invoice", "number"),
    ("receivable", "receivable", "number"),
)


def generate(world: World) -> None:
    """Keys without padding. No hashes: the first sync compares by value, and keeps them from then on."""
    entities, keys, objects = [], [], []
    for place, (name, _entity, column) in enumerate(_ENTITIES):
        table = world[name]
        rows = np.flatnonzero(table["sap_known"]) if "sap_known" in table else np.arange(len(table))
        entities.append(np.full(len(rows), place))
        texts = table.texts(column)
        keys += [texts[row] for row in rows.tolist()]
        objects.append(table["id"][rows])
    refs = world.new("external_ref", len(keys))
    refs.add("system", "choice", SYSTEM)
    refs.add("entity", "choice", np.concatenate(entities), [entity for _name, entity, _column in _ENTITIES])
    refs.add("external_id", "text", keys)
    refs.add("object_id", "int", np.concatenate(objects))


def load(world: World) -> None:
    """Write the keys."""
    load_tables(world, {"external_ref": "integrations.ExternalRef"})
