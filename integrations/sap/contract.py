"""Compares what an ERP describes with what we read: sets, keys, properties, their types, and the stamps that changes go by."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from integrations.sap import values
from integrations.sap.edmx import EntitySetType
from integrations.sap.mapping import EntitySet
from integrations.sap.mapping.base import Dated, FieldMap, flag, required_day

_DATES = ("Edm.DateTime", "Edm.Date")
# What a transform can read; those that are not named take text of any kind.
_TYPES = {
    values.decimal: ("Edm.Decimal",),
    values.possible_day: _DATES,
    values.last_day: _DATES,
    required_day: _DATES,
    values.possible_moment: ("Edm.DateTimeOffset",),
    flag: ("Edm.Boolean",),
}


class Report(NamedTuple):
    """What stands in the way of reading a set: names that are missing, and properties that are not what they should be."""

    missing: list[str]
    different: list[str]


def compare(entity_set: EntitySet, found: dict[str, EntitySetType]) -> Report:
    """The report on a set, of the description of its service."""
    report = Report([], [])
    kind = found.get(entity_set.name)
    if kind is None:
        return Report([entity_set.name], [])
    if set(kind.key) != set(entity_set.key):
        report.different.append(_("%(set)s: the key is %(key)s") % {"set": entity_set.name, "key": ", ".join(kind.key)})
    _compare(report, found, entity_set.name, entity_set.header, (*entity_set.key, *entity_set.window.properties))
    _stamps(report, entity_set, kind)
    targets = {"": entity_set.name}
    for path, fields in entity_set.parts():
        above, _slash, navigation = path.rpartition("/")
        parent = found.get(targets.get(above, ""))
        targets[path] = parent.navigations.get(navigation, "") if parent else ""
        _compare(report, found, targets[path] or navigation, fields)
    return report


def _compare(
    report: Report, found: dict[str, EntitySetType], name: str, fields: FieldMap, more: tuple[str, ...] = ()
) -> None:
    if name not in found:
        report.missing.append(name)
        return
    properties = found[name].properties
    wanted = dict.fromkeys((*more, *fields.select))
    report.missing.extend(f"{name}.{item}" for item in wanted if item not in properties)
    for item in fields.fields:
        types = _TYPES.get(item.read)
        for source in item.sources if types else ():
            given = properties[source].type if source in properties else ""
            if given and types and given not in types:
                text = _("%(property)s is %(given)s instead of %(wanted)s")
                report.different.append(text % {"property": f"{name}.{source}", "given": given, "wanted": types[0]})


def _stamps(report: Report, entity_set: EntitySet, kind: EntitySetType) -> None:
    """The stamps that changes are found by must be moments, or dates, as the set is read."""
    window = entity_set.window
    wanted = _DATES if isinstance(window, Dated) else ("Edm.DateTimeOffset",)
    for name in window.properties if isinstance(window, Dated) else (window.stamp,):
        given = kind.properties[name].type if name in kind.properties else ""
        if given and given not in wanted:
            text = _("%(property)s, which tells of changes, is %(given)s instead of %(wanted)s")
            report.different.append(
                text % {"property": f"{entity_set.name}.{name}", "given": given, "wanted": wanted[0]}
            )
