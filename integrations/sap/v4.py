"""OData V4 for services whose V2 generation ends: requests and rows are turned so that field maps and sync stay as they are.

What is asked for in V2's names and literals goes out in V4's, and rows come back in V2's form: names, `/Date(...)/`, decimals as
text. Which values are dates is known from the service's description, never guessed from their look.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from integrations.sap.edmx import EntitySetType, Property
from integrations.sap.transport import Row

ROOT = "/sap/opu/odata4/"
V4_JSON = "application/json;IEEE754Compatible=true"  # numbers as text
NEXT = "@odata.nextLink"  # of an answer, or after the name of a collection inside it: where the rest is
_TOKEN = re.compile(r"(datetimeoffset|datetime)'([^']*)'|'(?:[^']|'')*'|[A-Za-z_]\w*")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class V4Service:
    """A V4 service in the place of a V2 one. `sets` are V2's names of sets with V4's, `names` those of properties and
    navigations; a set and a property may have one name.

    `absent` are properties that V4 no longer has; they read as empty. `split` are those that V4 has as two (by V4's name, the
    other one): what is not zero counts.
    """

    path: str
    sets: Mapping[str, str]
    names: Mapping[str, str]
    absent: frozenset[str] = field(default_factory=frozenset)
    split: Mapping[str, str] = field(default_factory=dict)

    def target(self, link: str) -> str:
        """Path and query of a link, which may count from the service; "" for none."""
        if not link:
            return ""
        return link[link.index(ROOT) :] if ROOT in link else self.path + link

    def query(self, options: Mapping[str, str]) -> dict[str, str]:
        """V2's options as V4's."""
        select, expand = _split(options.get("$select", "")), _split(options.get("$expand", ""))
        result = {name: self._words(options[name]) for name in ("$filter", "$orderby") if name in options}
        if "$top" in options:
            result["$top"] = options["$top"]
        return result | self._level(select, expand)

    def query_of(self, options: Mapping[str, str]) -> str:
        """The same as a query."""
        return "&".join(f"{name}={quote(value, safe='')}" for name, value in self.query(options).items())

    def rows(self, rows: list[Row], types: Mapping[str, str]) -> list[Row]:
        """V4's rows in V2's form. `types` are Edm types by V2's names."""
        return [self._row(row, types) for row in rows]

    def described(self, found: Mapping[str, EntitySetType]) -> dict[str, EntitySetType]:
        """V4's description in V2's names, so that it compares like one of V2."""
        back = {new: old for old, new in self.names.items()}
        sets = {new: old for old, new in self.sets.items()}
        result = {}
        for name, kind in found.items():
            properties = {back.get(item, item): found_item for item, found_item in kind.properties.items()}
            properties |= {item: Property(item, "Edm.String") for item in self.absent}
            navigations = {back.get(item, item): sets.get(target, target) for item, target in kind.navigations.items()}
            result[sets.get(name, name)] = EntitySetType(kind.key, properties, navigations)
        return result

    def _level(self, select: list[str], expand: list[str]) -> dict[str, str]:
        """`$select` and `$expand` of one level, with those below it nested."""
        here = [self.names.get(name, name) for name in select if "/" not in name and name not in self.absent]
        here += [self.split[name] for name in here if name in self.split]
        result = {"$select": ",".join(dict.fromkeys(here))} if here else {}
        nested = []
        for navigation in dict.fromkeys(path.partition("/")[0] for path in expand):
            prefix = f"{navigation}/"
            below = self._level(
                [name[len(prefix) :] for name in select if name.startswith(prefix)],
                [path[len(prefix) :] for path in expand if path.startswith(prefix)],
            )
            inside = ";".join(f"{name}={value}" for name, value in below.items())
            nested.append(self.names.get(navigation, navigation) + (f"({inside})" if inside else ""))
        return result | ({"$expand": ",".join(nested)} if nested else {})

    def _words(self, text: str) -> str:
        """A condition or an order with V4's names and literals; text in quotes stays as it is."""

        def word(match: re.Match[str]) -> str:
            if match[1] == "datetime":
                return match[2].partition("T")[0]
            return match[2] if match[1] else self.names.get(match[0], match[0])

        return _TOKEN.sub(word, text)

    def _row(self, row: Row, types: Mapping[str, str]) -> Row:
        back = {new: old for old, new in self.names.items()}
        result: Row = dict.fromkeys(self.absent, "")
        halves = set(self.split.values())
        for name, value in row.items():
            if "@" in name or name in halves:
                continue
            old = back.get(name, name)
            if isinstance(value, list):
                result[old] = self.rows(value, types)
            elif name in self.split and not float(value or 0):
                result[old] = row.get(self.split[name]) or value
            else:
                result[old] = _value(value, types.get(old, ""))
        return result


def types_of(described: Mapping[str, EntitySetType]) -> dict[str, str]:
    """Edm types by property, of a description in V2's names; SAP gives a name one type throughout a service."""
    return {name: item.type for kind in described.values() for name, item in kind.properties.items()}


def _value(value: Any, edm: str) -> Any:
    if not isinstance(value, str):
        return value
    if edm == "Edm.Date":
        return f"/Date({_ticks(dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC))})/"
    if edm == "Edm.DateTimeOffset":
        return f"/Date({_ticks(dt.datetime.fromisoformat(value))}+0000)/"
    return value


def _ticks(at: dt.datetime) -> int:
    return (at - _EPOCH) // dt.timedelta(milliseconds=1)


def _split(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


SALES_ORDERS = V4Service(
    path=f"{ROOT}sap/api_salesorder/srvd_a2x/sap/salesorder/0001/",
    sets={
        "A_SalesOrder": "SalesOrder",
        "A_SalesOrderItem": "SalesOrderItem",
        "A_SalesOrderScheduleLine": "SalesOrderScheduleLine",
        "A_SalesOrderItemPrElement": "SalesOrderItemPricingElement",
    },
    names={
        "to_Item": "_Item",
        "to_ScheduleLine": "_ScheduleLine",
        "to_PricingElement": "_ItemPricingElement",
        "ConditionRateValue": "ConditionRateAmount",
        "Material": "Product",
        "OverallTotalDeliveryStatus": "OverallDeliveryStatus",
    },
    absent=frozenset(
        {
            "SalesOrderTypeInternalCode",
            "RequestedQuantityUnit",
            "ConditionQuantityUnit",
            "ConditionIsForStatistics",
            "ConditionInactiveReason",
            "ConditionCategory",
        }
    ),
    split={"ConditionRateAmount": "ConditionRateRatio"},
)
SERVICES = {"API_SALES_ORDER_SRV": SALES_ORDERS}
