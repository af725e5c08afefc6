"""Examples in the description of the API, made of the description itself, so that they are what it says: they name no field that
is gone, and choices are those there are."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Said = Mapping[str, Any]

_BY_NAME: dict[str, Any] = {
    "id": 17,
    "version": 3,
    "code": "C-000017",
    "number": "4500000017",
    "key": "MES-17",
    "system": "MES",
    "name": "宁波海达密封材料有限公司",
    "company_name": "宁波海达密封材料有限公司",
    "contact_name": "王芳",
    "phone": "13900008899",
    "contact_phone": "13900008899",
    "invoice_phone": "13900008899",
    "email": "wang@example.com",
    "credit_code": "91330200MA2AH3K77Q",
    "city": "宁波",
    "currency": "CNY",
    "currency_id": "CNY",
    "capital_currency": "CNY",
    "unit": "KG",
    "title": "密封胶报价",
    "reason": "客户已确认",
    "share": 30,
    "item": 10,
    "ends_on": "2026-12-31",
    "ends_at": "2026-12-31T08:30:00Z",
}
_BY_FORMAT = {
    "date": "2026-03-02",
    "date-time": "2026-03-02T08:30:00Z",
    "uri": "https://crm.example.com/api/v1/",
    "email": "wang@example.com",
}
_BY_TYPE: dict[str, Any] = {"boolean": True, "integer": 5, "number": 12.5, "string": "…"}
LINES = "lines"
ASKS = "x-asks"  # by step the fields that it cannot do without
# What an example sends besides what must be there always: rules ask for one of several, or for at least one line.
_ALSO = {"DemandShare": ("percent",), "SampleRequest": (LINES,), LINES: ("product", "quantity", "unit")}


class Examples:
    """Makes them; `schemas` are those that a description names."""

    def __init__(self, schemas: Mapping[str, Said]) -> None:
        self.schemas = schemas

    def whole(self, said: Said) -> Said:
        """What is meant by a reference."""
        name = said.get("$ref", "").rpartition("/")[2]
        if not name and len(said.get("allOf", ())) == 1:
            return self.whole(said["allOf"][0])
        return self.schemas[name] if name else said

    def answer(self, said: Said, name: str = "") -> Any:
        """A value with every field."""
        return self._value(said, name, sent=False)

    def request(self, said: Said, name: str = "") -> Any:
        """What must be sent; three fields where nothing must be."""
        return self._value(said, name, sent=True)

    def change(self, said: Said) -> dict[str, Any]:
        """One field, and no other record where there is another."""
        fields = self.whole(said)["properties"]
        plain = [name for name, inner in fields.items() if not {"oneOf", "$ref", "allOf"} & inner.keys()] or list(
            fields
        )
        return {plain[0]: self.request(fields[plain[0]], plain[0])}

    def _value(self, said: Said, name: str, *, sent: bool) -> Any:
        also = _also(said, name)
        said = self.whole(said)
        if "oneOf" in said:
            return 17
        if "enum" in said:
            return said["enum"][0]
        if "example" in said:
            return said["example"]
        if said.get("type") == "array":
            return [self._value(said["items"], name, sent=sent)]
        if "properties" in said:
            names = self._sent(said, also) if sent else list(said["properties"])
            return {one: self._value(said["properties"][one], one, sent=sent) for one in names}
        if said.get("type") == "object" or "type" not in said:
            return {}
        return self._single(said, name)

    def _sent(self, said: Said, also: Sequence[str]) -> list[str]:
        """The names of the fields that an example of a request has."""
        fields, needed = said["properties"], {*said.get("required", ()), *also}
        if ASKS in said:
            needed |= {*said[ASKS].get(fields["to"]["enum"][0], ())}
        return [one for one in fields if one in needed] or list(fields)[:3]

    def _single(self, said: Said, name: str) -> Any:
        kind, form = said["type"], said.get("format", "")
        if form == "decimal":
            return _decimal(said.get("pattern", ""))
        usual, known = _BY_TYPE[kind], _BY_NAME.get(name)
        value = known if type(known) is type(usual) else _BY_FORMAT.get(form, usual)
        if kind in ("integer", "number"):
            return min(max(value, said.get("minimum", value)), said.get("maximum", value))
        return value


def _also(said: Said, name: str) -> Sequence[str]:
    """What belongs to the example by its name, or by that of the model in its reference."""
    model = re.sub("(Input|New|Row|Put)$", "", said.get("$ref", "").rpartition("/")[2])
    return _ALSO.get(name) or _ALSO.get(model, ())


def _decimal(pattern: str) -> str:
    """A number of as many digits as there is room for."""
    digits = [int(found) for found in re.findall(r"\{0,(\d+)\}", pattern)]
    whole = digits[0] if digits else 15
    places = digits[1] if len(digits) > 1 else 0
    value = 1250 if whole > 3 else 12 if whole > 1 else 0
    return f"{value:.{places}f}"
