"""The entity sets that the simulator serves, and their description as `$metadata`."""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from integrations.simulator.edm import EntityType, Facets
from integrations.simulator.sets_documents import (
    BILLING_SERVICE,
    DELIVERY_SERVICE,
    DOCUMENT_SETS,
    ITEM_SERVICE,
    ORDER_SERVICE,
)
from integrations.simulator.sets_master import CREDIT_SERVICE, MASTER_SETS, PARTNER_SERVICE, PRODUCT_SERVICE
from integrations.simulator.sets_returns import CREDIT_REQUEST_SERVICE, RETURN_SERVICE, RETURN_SETS

__all__ = [
    "BILLING_SERVICE",
    "CREDIT_REQUEST_SERVICE",
    "CREDIT_SERVICE",
    "DELIVERY_SERVICE",
    "ITEM_SERVICE",
    "ORDER_SERVICE",
    "PARTNER_SERVICE",
    "PRODUCT_SERVICE",
    "RETURN_SERVICE",
]

ENTITY_TYPES: dict[str, EntityType] = {kind.name: kind for kind in (*DOCUMENT_SETS, *RETURN_SETS, *MASTER_SETS)}
SERVICES = tuple(dict.fromkeys(kind.service for kind in ENTITY_TYPES.values()))
NO_COUNT = frozenset({"A_SalesOrder"})  # answers 500 to $inlinecount, as the real one does


def metadata(service: str, types: Mapping[str, EntityType] = ENTITY_TYPES) -> bytes:
    """The service's `$metadata`, in our words with SAP's names."""
    kinds = [kind for kind in types.values() if kind.service == service]
    space = kinds[0].space
    parts = [_entity_type(kind) for kind in kinds]
    links = [(kind, name, types[target]) for kind in kinds for name, target in kind.expands.items()]
    parts += [_association(space, kind, name, target) for kind, name, target in links]
    sets = "".join(f'<EntitySet Name="{kind.name}" EntityType="{space}.{kind.name}Type"/>' for kind in kinds)
    sets += "".join(_association_set(space, kind, name, target) for kind, name, target in links)
    container = f'<EntityContainer Name="{space}_Entities" m:IsDefaultEntityContainer="true">{sets}</EntityContainer>'
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"'
        ' xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">'
        '<edmx:DataServices m:DataServiceVersion="2.0">'
        f'<Schema Namespace="{space}" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">'
        f"{''.join(parts)}{container}</Schema></edmx:DataServices></edmx:Edmx>"
    ).encode()


def _entity_type(kind: EntityType) -> str:
    refs = "".join(f'<PropertyRef Name="{name}"/>' for name in kind.key)
    properties = "".join(_property(name, facets, key=name in kind.key) for name, facets in kind.properties.items())
    navigations = "".join(
        f'<NavigationProperty Name="{name}" Relationship="{kind.space}.{kind.name}_{name}" FromRole="from" ToRole="to"/>'
        for name in kind.expands
    )
    return f'<EntityType Name="{kind.name}Type"><Key>{refs}</Key>{properties}{navigations}</EntityType>'


def _property(name: str, facets: Facets, *, key: bool) -> str:
    kind, length, precision, scale = facets
    pairs = (("MaxLength", length), ("Precision", precision), ("Scale", scale))
    given = "".join(f" {facet}={quoteattr(value)}" for facet, value in pairs if value)
    nullable = ' Nullable="false"' if key else ""
    return f'<Property Name="{name}" Type="{kind}"{nullable}{given}/>'


def _association(space: str, kind: EntityType, name: str, target: EntityType) -> str:
    many = "0..1" if name in kind.single else "*"
    return (
        f'<Association Name="{kind.name}_{name}"><End Type="{space}.{kind.name}Type" Multiplicity="1" Role="from"/>'
        f'<End Type="{space}.{target.name}Type" Multiplicity="{many}" Role="to"/></Association>'
    )


def _association_set(space: str, kind: EntityType, name: str, target: EntityType) -> str:
    return (
        f'<AssociationSet Name="{kind.name}_{name}_Set" Association="{space}.{kind.name}_{name}">'
        f'<End EntitySet="{kind.name}" Role="from"/><End EntitySet="{target.name}" Role="to"/></AssociationSet>'
    )
