"""The form that builds conditions: lines of field, operator and value, some of them in groups.

Every press of a button or change of a field sends it to the server, which answers with the form as it then is; nothing is kept in
between.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from crm.generic.conditions import LONGEST, MODES, MOST, Condition, Group
from crm.generic.criteria import Criterion
from crm.generic.where import ConditionForm

PREFIX = "w-"  # of its names in the query string
TOP = 0  # the group of lines that are in none


@dataclass
class Line:
    """One condition as it is being built."""

    number: int
    group: int
    field: str
    op: str
    operators: dict[str, Any]
    form: ConditionForm

    @property
    def prefix(self) -> str:
        """What its names begin with."""
        return f"{PREFIX}{self.number}"


class Builder:
    """The lines and groups; `checked` when what is wrong shall be said."""

    def __init__(self, criteria: dict[str, Criterion], model: type[Model], reader: Any) -> None:
        self.criteria, self.model, self.reader = criteria, model, reader
        self.modes: dict[int, str] = {TOP: "all"}
        self.lines: list[Line] = []
        self.error = ""

    def fill(self, group: Group | None) -> None:
        """With conditions that hold already; with one empty line for none."""
        if group is None:
            self.add(TOP)
            return
        self.modes[TOP] = group.mode
        for item in group.items:
            number = TOP
            if isinstance(item, Group):
                number = max(self.modes) + 1
                self.modes[number] = item.mode
            for condition in item.items if isinstance(item, Group) else (item,):
                if isinstance(condition, Condition):
                    self._line(condition.field, condition.op, number, values=condition.values)

    def read(self, data: QueryDict, *, checked: bool) -> None:
        """As the form sent it."""
        for name in data:
            number = name.removeprefix(f"{PREFIX}mode-")
            if number != name and number.isdecimal() and len(number) < 3 and data[name] in MODES:
                self.modes[int(number)] = str(data[name])
        numbers = [name.removeprefix(PREFIX).removesuffix("-field") for name in data if name.endswith("-field")]
        for number in [number for number in numbers if number.isdecimal()][:MOST]:
            prefix = f"{PREFIX}{number}"
            group = data.get(f"{prefix}-group", "")
            field = str(data[f"{prefix}-field"])
            self._line(
                field,
                data.get(f"{prefix}-op", ""),
                int(group) if group.isdecimal() and int(group) in self.modes else TOP,
                data=data if data.get(f"{prefix}-was", field) == field else None,
                old=prefix,
                checked=checked,
            )

    def _line(
        self,
        field: str,
        op: str,
        group: int,
        *,
        values: tuple[str, ...] = (),
        data: QueryDict | None = None,
        old: str = "",
        checked: bool = False,
    ) -> None:
        number = len(self.lines) + 1
        criterion = self.criteria.get(field) or next(iter(self.criteria.values()))
        operators = criterion.operators(self.model)
        op = op if op in operators else next(iter(operators))
        form = ConditionForm(data if checked else None, criterion, op, self.reader, prefix=old or f"{PREFIX}{number}")
        if "v" in form.fields and not checked:
            widget = form.fields["v"].widget
            raw = QueryDict(mutable=True)
            raw.setlist("v", list(values))
            name, source = (f"{old}-v", data) if data is not None else ("v", raw)
            form.initial["v"] = widget.value_from_datadict(source, {}, name)
        if not checked:
            form.prefix = f"{PREFIX}{number}"
        self.lines.append(Line(number, group, criterion.name, op, operators, form))

    def add(self, group: int) -> None:
        """One more line."""
        if len(self.lines) < MOST:
            self._line(next(iter(self.criteria)), "", group)
        else:
            self.error = _("More than %(n)s conditions are not possible.") % {"n": MOST}

    def add_group(self) -> None:
        """One more group, with a line; joined the other way than the top."""
        number = max(self.modes) + 1
        self.modes[number] = "any" if self.modes[TOP] == "all" else "all"
        self.add(number)

    def drop(self, number: int) -> None:
        """Take a line away; a group without lines goes with it."""
        self.lines = [line for line in self.lines if line.number != number]

    def groups(self) -> list[tuple[int, str, list[Line]]]:
        """Number, mode and lines of the top and of each group that has lines."""
        found = [
            (number, mode, [line for line in self.lines if line.group == number]) for number, mode in self.modes.items()
        ]
        return [group for group in found if group[2] or group[0] == TOP]

    def is_valid(self) -> bool:
        """Whether each line has its value."""
        return all(line.form.is_valid() for line in self.lines)

    def text(self) -> str:
        """The conditions for the query string, empty for none. Too many or too long values are said in `error`."""
        (_top, mode, own), *groups = self.groups()
        items: list[Condition | Group] = [self._condition(line) for line in own]
        for _number, inner, lines in groups:
            conditions = tuple(self._condition(line) for line in lines)
            items += conditions if len(conditions) == 1 or inner == mode else (Group(inner, conditions),)
        text = Group(mode, tuple(items)).text()
        if len(text) > LONGEST:
            self.error = _("These conditions are too long. Take some away.")
        return text

    @staticmethod
    def _condition(line: Line) -> Condition:
        return Condition(line.field, line.op, line.form.kept())
