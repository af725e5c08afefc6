"""Reads an OData `$metadata` document, of V2 or V4: entity sets with keys, properties and navigations."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Property:
    """A property: Edm type and its facets as the document states them (empty when it does not)."""

    name: str
    type: str
    max_length: str = ""
    precision: str = ""
    scale: str = ""


@dataclass(frozen=True)
class EntitySetType:
    """The type behind an entity set."""

    key: tuple[str, ...]
    properties: dict[str, Property] = field(default_factory=dict)
    navigations: dict[str, str] = field(default_factory=dict)  # name -> entity set, "" when not addressable


def parse(document: bytes) -> dict[str, EntitySetType]:
    """The entity sets of a `$metadata` document, by name.

    Raises ValueError when it is no such document, or declares entities of its own (which could expand without end).
    """
    if b"<!ENTITY" in document or b"<!DOCTYPE" in document:
        raise ValueError("a metadata document must not declare entities")
    try:
        root = ET.fromstring(document)  # noqa: S314 -- entities are refused above
    except ET.ParseError as error:
        raise ValueError(f"not XML: {error}") from error
    types = {name: element for schema in _all(root, "Schema") for name, element in _types(schema)}
    if not types:
        raise ValueError("the document declares no entity types")
    sets = {item.get("Name", ""): item.get("EntityType", "") for item in _all(root, "EntitySet")}
    set_of = {type_name: name for name, type_name in sets.items()}
    ends = _association_ends(root)
    return {name: _read(types[kind], ends, set_of) for name, kind in sets.items() if kind in types}


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if _local(element) == name]


def _types(schema: ET.Element) -> list[tuple[str, ET.Element]]:
    space = schema.get("Namespace", "")
    return [(f"{space}.{item.get('Name')}", item) for item in schema if _local(item) == "EntityType"]


def _association_ends(root: ET.Element) -> dict[tuple[str, str], str]:
    """(association, role) -> entity type at that end."""
    ends = {}
    for schema in _all(root, "Schema"):
        for association in (item for item in schema if _local(item) == "Association"):
            name = f"{schema.get('Namespace')}.{association.get('Name')}"
            for end in (item for item in association if _local(item) == "End"):
                ends[name, end.get("Role", "")] = end.get("Type", "")
    return ends


def _read(element: ET.Element, ends: dict[tuple[str, str], str], set_of: dict[str, str]) -> EntitySetType:
    key = tuple(ref.get("Name", "") for ref in _all(element, "PropertyRef"))
    properties = {}
    navigations = {}
    for item in element:
        name = item.get("Name", "")
        if _local(item) == "Property":
            facets = (item.get("Type", ""), item.get("MaxLength", ""), item.get("Precision", ""), item.get("Scale", ""))
            properties[name] = Property(name, *facets)
        elif _local(item) == "NavigationProperty":
            target = ends.get((item.get("Relationship", ""), item.get("ToRole", "")), "")
            target = target or item.get("Type", "").removeprefix("Collection(").removesuffix(")")  # as V4 has it
            navigations[name] = set_of.get(target, "")
    return EntitySetType(key, properties, navigations)
