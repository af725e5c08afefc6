"""Sales orders by OData V4: the same data as V2's, described, asked for and answered in V4's way."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import orjson

from integrations.simulator.edm import EntityType
from integrations.simulator.schema import ORDER_SERVICE
from integrations.simulator.service import ROOT, Answer, answer, failure
from integrations.simulator.store import Store

V4_ROOT = "/sap/opu/odata4/"
ORDERS = f"{V4_ROOT}sap/api_salesorder/srvd_a2x/sap/salesorder/0001/"
SPACE = "com.sap.gateway.srvd_a2x.api_salesorder.v0001"
SETS = {
    "SalesOrder": "A_SalesOrder",
    "SalesOrderItem": "A_SalesOrderItem",
    "SalesOrderScheduleLine": "A_SalesOrderScheduleLine",
    "SalesOrderItemPricingElement": "A_SalesOrderItemPrElement",
}
RENAMED = {
    "Product": "Material",
    "OverallDeliveryStatus": "OverallTotalDeliveryStatus",
    "Plant": "ProductionPlant",
    "ConditionRateAmount": "ConditionRateValue",
}
RATIO = "ConditionRateRatio"  # of a percentage; V2 has both in one
NAVIGATIONS = {"_Item": "to_Item", "_ScheduleLine": "to_ScheduleLine", "_ItemPricingElement": "to_PricingElement"}
GONE = (
    "SalesOrderTypeInternalCode",
    "RequestedQuantityUnit",
    "OrderQuantityUnit",
    "LastChangeDate",
    "CostAmount",
    "ConditionQuantityUnit",
    "ConditionCategory",
    "ConditionIsForStatistics",
    "ConditionInactiveReason",
)
_TYPES = {"Edm.DateTime": "Edm.Date"}
_LITERAL = re.compile(r"'(?:[^']|'')*'|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|[A-Za-z_]\w*")
_DATE = re.compile(r"/Date\((-?\d+)(\+0000)?\)/")


def v4_answer(store: Store, target: str, *, largest: int, kinds: Mapping[str, EntityType], spoilt: str = "") -> Answer:
    """The answer to GET `target` below V4_ROOT; links to the rest count from the service, as V4 allows."""
    parts = urlsplit(target)
    resource, _opened, key = unquote(parts.path).removeprefix(ORDERS).partition("(")
    if resource == "$metadata":
        return Answer(200, _metadata(kinds), "application/xml")
    if resource not in SETS:
        return failure(404, f"Resource not found for the segment '{resource}'")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    select, expand = _level(given)
    options: dict[str, str] = {name: given[name] for name in ("$top", "$skiptoken") if name in given}
    options |= {name: _v2(given[name]) for name in ("$filter", "$orderby") if name in given}
    options |= {"$select": ",".join(select)} | ({"$expand": ",".join(expand)} if expand else {})
    one = quote(f"({key}") if key else ""
    path = f"{ROOT}{ORDER_SERVICE}/{SETS[resource]}{one}?{urlencode(options, quote_via=quote)}"
    found = answer(store, path, origin="", largest=largest, kinds=kinds, spoilt=spoilt)
    if found.status != 200:
        return found
    content = orjson.loads(found.body)["d"]
    if key:
        row = _row(content)
        _cut(row, given, largest)
        return Answer(200, orjson.dumps(row), headers=found.headers)
    rows = [_row(row) for row in content["results"]]
    for row in rows:
        _cut(row, given, largest)
    body = {"@odata.context": "$metadata", "value": rows}
    if content.get("__next"):
        rest = dict(parse_qsl(urlsplit(content["__next"]).query))
        more = {name: rest[name] for name in ("$top", "$skiptoken") if name in rest}
        body["@odata.nextLink"] = f"{resource}?{urlencode({**given, **more}, quote_via=quote)}"
    return Answer(200, orjson.dumps(body))


def _cut(row: dict[str, Any], given: Mapping[str, str], largest: int) -> None:
    """Leave of an order's items as many as a page has, with a link to the rest."""
    if len(row.get("_Item", ())) <= largest:
        return
    row["_Item"] = row["_Item"][:largest]
    rest = _nested(next(piece for piece in _pieces(given["$expand"], ",") if piece.startswith("_Item")))
    rest |= {"$filter": f"SalesOrder eq '{row['SalesOrder']}'", "$orderby": "SalesOrderItem"}
    rest |= {"$skiptoken": str(largest)}
    row["_Item@odata.nextLink"] = f"SalesOrderItem?{urlencode(rest, quote_via=quote)}"


def _nested(piece: str) -> dict[str, str]:
    """The options in the parentheses of an `$expand`."""
    inside = piece.partition("(")[2].removesuffix(")")
    return dict(part.split("=", 1) for part in _pieces(inside, ";"))


def _level(given: Mapping[str, str], prefix: str = "") -> tuple[list[str], list[str]]:
    """V2's paths of `$select` and `$expand` of one level and those nested in it."""
    names = [name for name in given.get("$select", "").split(",") if name and name != RATIO]
    select = [prefix + RENAMED.get(name, name) for name in names]
    expand = []
    for item in _pieces(given.get("$expand", ""), ","):
        path = prefix + NAVIGATIONS[item.partition("(")[0]]
        below_select, below_expand = _level(_nested(item), f"{path}/")
        select += below_select
        expand += [path, *below_expand]
    return select, expand


def _pieces(text: str, separator: str) -> list[str]:
    """Text cut at separators that stand in no parentheses."""
    pieces, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == separator and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return [piece for piece in pieces if piece]


def _v2(text: str) -> str:
    """A condition or an order in V2's names and literals."""

    def word(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] == "'":
            return found
        if found[0].isdigit():
            return f"datetimeoffset'{found}'" if "T" in found else f"datetime'{found}T00:00:00'"
        return RENAMED.get(found, found)

    return _LITERAL.sub(word, text)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    new = {old: name for name, old in (*RENAMED.items(), *NAVIGATIONS.items())}
    result: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict) and "results" in value:
            result[new[name]] = [_row(child) for child in value["results"]]
        elif name != "__metadata":
            result[new.get(name, name)] = _value(value)
    if "ConditionRateAmount" in result:
        percentage = not row.get("ConditionCurrency")
        result[RATIO] = result["ConditionRateAmount"] if percentage else "0"
        result["ConditionRateAmount"] = "0" if percentage else result["ConditionRateAmount"]
    return result


def _value(value: Any) -> Any:
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    at = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=int(match[1]))
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06d}Z" if match[2] else at.date().isoformat()


def _metadata(kinds: Mapping[str, EntityType]) -> bytes:
    """The description, in our words with SAP's names."""
    back = {old: name for name, old in RENAMED.items()}
    types, sets = "", ""
    for name, old in SETS.items():
        kind = kinds[old]
        keys = "".join(f'<PropertyRef Name="{key}"/>' for key in kind.key)
        kept = [(back.get(item, item), facets[0]) for item, facets in kind.properties.items() if item not in GONE]
        kept += [(RATIO, "Edm.Decimal")] if "ConditionRateValue" in kind.properties else []
        properties = "".join(f'<Property Name="{item}" Type="{_TYPES.get(edm, edm)}"/>' for item, edm in kept)
        for navigation, before in NAVIGATIONS.items():
            if before in kind.expands:
                target = next(new for new, old_set in SETS.items() if old_set == kind.expands[before])
                properties += f'<NavigationProperty Name="{navigation}" Type="Collection({SPACE}.{target}_Type)"/>'
        types += f'<EntityType Name="{name}_Type"><Key>{keys}</Key>{properties}</EntityType>'
        sets += f'<EntitySet Name="{name}" EntityType="{SPACE}.{name}_Type"/>'
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>'
        f'<Schema Namespace="{SPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">{types}'
        f'<EntityContainer Name="Container">{sets}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>'
    ).encode()
