"""Reading the audit trail: who changed which fields of what, when, from where and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, ExpressionWrapper, F, Model, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Context

from crm.base.guarding import may_see
from crm.base.scopes import ViaParent
from crm.extension_points import trail_verbs
from crm.formats import EMPTY
from crm.organisation.models import Deputy, User
from crm.records.extra import changes as extra_changes
from crm.records.masking import mask, masked_fields, plain_keys
from crm.records.models.trail import Deed, TrailEntry
from crm.records.trail_tables import PER_KIND, Tracked, tracked_models
from crm.records.trail_words import Change, Names, Values, change_of, differing, own_name, said_fields, want_names

PAGE_SIZE = 50


@dataclass
class Entry:
    """One change in words. `target` is the record whose page shows it: itself, or the one it is a part of."""

    row: TrailEntry
    kind: str
    record: str
    target: tuple[type[Model], Any] | None
    is_part: bool
    named: bool  # whether `record` is the row's own name, and not that of the record it is a part of
    whole: str  # the name of the record that a row with a name of its own is a part of
    who: str
    acted_for: str = ""
    changes: list[Change] = field(default_factory=list)
    url: str = ""  # of the target, set by pages that show it

    @property
    def reference(self) -> tuple[int | None, int | None]:
        """The target as content type and key; nothing for one whose key is no number."""
        if self.target is None or not isinstance(self.target[1], int):
            return None, None
        return ContentType.objects.get_for_model(self.target[0], for_concrete_model=False).pk, self.target[1]

    @property
    def facts(self) -> dict[str, Any]:
        """Under which it was written."""
        return self.row.context.metadata if self.row.context else {}

    @property
    def says_changes(self) -> bool:
        """Whether the fields belong in a list: not the many of a whole record that came or went under its name."""
        return bool(self.changes) and (self.row.label == Deed.UPDATE or (self.is_part and not self.named))

    @property
    def deed(self) -> str:
        """What happened, in a word."""
        return str(self.row.get_label_display())

    @property
    def verb(self) -> str:
        """What for, in words; empty when it was just saved."""
        key = self.facts.get("verb", "")
        known = {entry.key: str(entry.label) for entry in trail_verbs.all()}
        return known.get(key, key)

    @property
    def reason(self) -> str:
        """The reason somebody gave."""
        return str(self.facts.get("reason") or "")

    @property
    def address(self) -> str:
        """The network address it came from."""
        return str(self.facts.get("address") or "")

    @property
    def source(self) -> str:
        """What wrote it, when it was no page: an import, a background job, a program on the database."""
        facts = self.facts
        if facts.get("batch"):
            return _("Import %(number)s") % {"number": facts["batch"]}
        if facts.get("task"):
            return _("Background job %(name)s") % {"name": facts["task"]}
        if facts.get("database_user"):
            return _("Program %(name)s") % {"name": facts.get("program") or "?"}
        return ""


@lru_cache(maxsize=1)
def kinds() -> dict[str, Tracked]:
    """The tracked models by what names them in the trail."""
    return {kind.kind: kind for kind in tracked_models()}


def tracked(model: type[Model]) -> Tracked | None:
    """How a model is tracked; None when it is not."""
    return kinds().get(model._meta.label_lower)


def part_field(model: type[Model]) -> str:
    """The foreign key to the record in whose history the rows of a model stand too; empty when they stand alone."""
    scope = getattr(model, "scope", None)
    return getattr(model, "trail_parent", "") or (scope.parent if isinstance(scope, ViaParent) else "")


def read_entries(rows: Sequence[TrailEntry], reader: Any) -> list[Entry]:
    """The rows in words, in their order. Each kind among them takes two queries, each kind of related record one.

    Changes of guarded fields (crm/base/guarding.py) are left out for readers without the right, and what the model's `masked`
    names is masked but for readers on the account; no reader (None) sees all.
    """
    states = _states(rows)
    names = Names()
    found: list[tuple[TrailEntry, Tracked, Values, Values, list[Any]]] = []
    for row in rows:
        kind = kinds().get(row.kind)
        state = states.get(row.pk)
        if kind is None or state is None:
            continue
        new, before = state
        old = {} if row.label == Deed.INSERT else new if row.label == Deed.DELETE else before
        new_side = {} if row.label == Deed.DELETE else new
        said = [each for each in said_fields(kind.model, kind.events) if may_see(kind.model, each.name, reader)]
        fields = differing(said, old, new_side) if old or not before else []
        want_names(names, fields, old, new_side)
        _want_people(names, row, kind, new)
        found.append((row, kind, old, new_side, fields))
    names.read()
    entries = []
    for row, kind, old, new_side, fields in found:
        target, is_part = _target(kind.model, row.record_id, new_side or old)
        own = own_name(new_side or old)
        entry = Entry(
            row=row,
            kind=str(kind.model._meta.verbose_name),
            record=own or (names.of(*target) if target else "") or str(row.record_id or ""),
            target=target,
            is_part=is_part,
            named=bool(own),
            whole=names.of(*target) if own and is_part and target else "",
            who=_who(row, names),
            changes=[change for each in fields for change in _changes(kind.model, each, old, new_side, names)],
        )
        entries.append(entry)
    if reader is not None:
        _mask(entries, {row.pk: kind.model for row, kind, *_rest in found}, reader)
    _say_deputies(entries, states, names)
    return entries


def _mask(entries: list[Entry], models: dict[int, type[Model]], reader: Any) -> None:
    """Mask contact data in the changes of records on whose account the reader is not; those that are gone have none."""
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for entry in entries:
        model = models[entry.row.pk]
        if masked_fields(model) and entry.row.record_id is not None:
            keys[model].add(entry.row.record_id)
    plain = {model: plain_keys(model, wanted, reader) for model, wanted in keys.items()}
    for entry in entries:
        model = models[entry.row.pk]
        if entry.row.record_id not in plain.get(model, ()):
            fields = masked_fields(model)
            entry.changes = [_masked(change) if change.field in fields else change for change in entry.changes]


def _masked(change: Change) -> Change:
    old, new = (value if value == EMPTY else mask(value) for value in (change.old, change.new))
    return replace(change, old=old, new=new)


def _changes(model: type[Model], field: Any, old: Values, new: Values, names: Names) -> list[Change]:
    """What a changed field says: one change, of extra fields one each."""
    if field.name != "extra":
        return [change_of(field, old, new, names)]
    return [Change("extra", *parts) for parts in extra_changes(model, old.get("extra"), new.get("extra"))]


def _states(rows: Iterable[TrailEntry]) -> dict[int, tuple[Values, Values]]:
    """By row: the values that its event holds, and those of the event before it (empty when there is none)."""
    wanted: dict[str, list[TrailEntry]] = defaultdict(list)
    for row in rows:
        wanted[row.kind].append(row)
    found: dict[int, tuple[Values, Values]] = {}
    for label, those in wanted.items():
        kind = kinds().get(label)
        if kind is None:
            continue
        events: Any = kind.events._base_manager
        earlier = events.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
        here = events.filter(pgh_id__in=[row.event_id for row in those])
        here = here.annotate(earlier=Subquery(earlier.values("pgh_id")[:1]))
        values = {one["pgh_id"]: one for one in here.values("earlier", *_columns(kind))}
        before = [one["earlier"] for one in values.values() if one["earlier"]]
        olds = {one["pgh_id"]: one for one in events.filter(pgh_id__in=before).values(*_columns(kind))}
        for row in those:
            if row.event_id in values:
                new = values[row.event_id]
                found[row.pk] = (new, olds.get(new["earlier"], {}))
    return found


def _columns(kind: Tracked) -> list[str]:
    return [each.attname for each in kind.events._meta.concrete_fields]


def _want_people(names: Names, row: TrailEntry, kind: Tracked, values: Values) -> None:
    user = row.context.metadata.get("user") if row.context else None
    names.want(User, user)
    target, is_part = _target(kind.model, row.record_id, values)
    if target and (is_part or not own_name(values)):
        names.want(*target)


def _who(row: TrailEntry, names: Names) -> str:
    facts = row.context.metadata if row.context else {}
    if facts.get("user"):
        return names.of(User, facts["user"])
    if facts.get("database_user"):
        return _("Database account %(name)s") % {"name": facts["database_user"]}
    return _("System")


def _target(model: type[Model], key: Any, values: Values) -> tuple[tuple[type[Model], Any] | None, bool]:
    """The record whose page shows the row, and whether the row is a part of it."""
    name = part_field(model)
    if not name:
        return ((model, key) if key is not None else None), False
    if name == "object_id":  # of any kind
        found = ContentType.objects.get_for_id(values["content_type_id"]).model_class()
        return ((found, values["object_id"]) if found else None), True
    relation: Any = model._meta.get_field(name)
    return (relation.related_model, values.get(relation.attname)), True


def _say_deputies(entries: list[Entry], states: dict[int, tuple[Values, Values]], names: Names) -> None:
    """Whom the person stood in for on that day, when it is whose record it was."""
    pairs = {}
    for entry in entries:
        owner = states[entry.row.pk][0].get("owner_id")
        user = entry.facts.get("user")
        if owner and user and owner != user:
            pairs[entry.row.pk] = (user, owner)
    if not pairs:
        return
    people = [user for user, _owner in pairs.values()]
    owners = [owner for _user, owner in pairs.values()]
    periods = list(Deputy.objects.filter(deputy__in=people, person__in=owners).select_related("person"))
    for entry in entries:
        on = timezone.localtime(entry.row.at).date()
        for period in periods:
            if (
                pairs.get(entry.row.pk) == (period.deputy_id, period.person_id)
                and period.starts_on <= on <= period.ends_on
            ):
                entry.acted_for = str(period.person)


@dataclass(frozen=True)
class Mark:
    """A place in a history: the moment and the key of the last change shown."""

    at: dt.datetime
    key: int

    def text(self) -> str:
        """As it stands in the query string."""
        return f"{self.at.isoformat()}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark of a query string; None when it is not one."""
        moment, _tilde, key = text.partition("~")
        try:
            at = dt.datetime.fromisoformat(moment)
        except ValueError:
            return None
        return cls(at, int(key)) if at.tzinfo and key.isascii() and key.isdecimal() and len(key) < 19 else None


def history_of(
    record: Model, *, user: Any, before: Mark | None = None, parts: bool = True, limit: int = PAGE_SIZE
) -> tuple[list[Entry], Mark | None]:
    """The newest changes of a record, with those of its `parts` that the user may see; and where the next page begins.

    The caller has made sure that the reader may see the record.
    """
    sources = [
        (kind, match)
        for kind, match in _sources(type(record), record.pk)
        if kind.model is type(record) or (parts and _may_see(kind.model, type(record), user))
    ]
    if not sources:
        return [], None
    found: list[TrailEntry] = []
    for kind, match in sources:
        found += _newest(kind, match, before, limit + 1)
    found.sort(key=lambda row: (row.at, row.pk), reverse=True)
    shown = found[:limit]
    contexts = Context.objects.in_bulk({row.context_id for row in shown if row.context_id})
    for row in shown:
        row.context = contexts.get(row.context_id)
    return read_entries(shown, user), Mark(shown[-1].at, shown[-1].pk) if len(found) > limit else None


def _newest(kind: Tracked, match: Q, before: Mark | None, limit: int) -> list[TrailEntry]:
    """The newest lines of the trail of one kind, from its event table: to plan a read of the view over all of them takes longer
    than to read."""
    rows: Any = kind.events._base_manager.filter(match).exclude(pgh_label=Deed.BEFORE)
    rows = rows.annotate(trail_key=_key(kind)).order_by("-pgh_created_at", "-pgh_id")
    if before is not None:
        rows = rows.filter(Q(pgh_created_at__lt=before.at) | Q(pgh_created_at=before.at, trail_key__lt=before.key))
    names = ("trail_key", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_id", "pgh_context")
    return [
        TrailEntry(
            id=key,
            at=at,
            kind=kind.kind,
            label=label,
            record_id=record if isinstance(record, int) else None,
            event_id=event,
            context_id=context,
        )
        for key, at, label, record, event, context in rows.values_list(*names)[:limit]
    ]


def _key(kind: Tracked) -> ExpressionWrapper:
    """An event's key among those of all kinds."""
    return ExpressionWrapper(F("pgh_id") + kind.number * PER_KIND, output_field=BigIntegerField())


def _sources(model: type[Model], key: Any) -> list[tuple[Tracked, Q]]:
    """The event tables in which a record's history stands, each with what narrows it to the record."""
    out = []
    for kind in kinds().values():
        if kind.model is model:
            out.append((kind, Q(pgh_obj=key)))
            continue
        name = part_field(kind.model)
        if name == "object_id":
            if not isinstance(key, int):  # a currency's is its code: nothing of any kind hangs on it
                continue
            content_type = ContentType.objects.get_for_model(model)
            out.append((kind, Q(content_type=content_type.pk, object_id=key)))
        elif name and kind.model._meta.get_field(name).related_model is model:
            out.append((kind, Q(**{name: key})))
    return out


def _may_see(part: type[Model], model: type[Model], user: Any) -> bool:
    """Whether a record's reader may see its parts of that kind: those that roles give rights for need the right."""
    from crm.organisation.catalogue import known_permissions  # noqa: PLC0415 -- app ready

    right = f"{part._meta.app_label}.view_{part._meta.model_name}"
    return part is model or right not in known_permissions() or user.has_perm(right)


def as_of(record: Model, version: int) -> Model | None:
    """The record as it stood at a version, as far as the trail has kept it; None when it has not."""
    kind = tracked(type(record))
    if kind is None:
        return None
    events: Any = kind.events._base_manager
    values = events.filter(pgh_obj=record.pk, version=version).order_by("-pgh_id").values(*_columns(kind)).first()
    if values is None:
        return None
    stood = type(record)(**{f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields})
    for each in said_fields(kind.model, kind.events):
        setattr(stood, each.attname, values[each.attname])
    stood.version = version  # type: ignore[attr-defined]
    return stood


def changes_since(record: Model, version: int) -> dict[str, Entry]:
    """For each field that was changed after a version the last change of it; under "" the last of all."""
    kind = tracked(type(record))
    if kind is None:
        return {}
    events: Any = kind.events._base_manager
    keys = events.filter(pgh_obj=record.pk, version__gt=version, pgh_label=Deed.UPDATE).order_by("-pgh_id")
    ids = [kind.number * PER_KIND + key for key in keys.values_list("pgh_id", flat=True)[:PAGE_SIZE]]
    rows = TrailEntry.objects.select_related("context").filter(pk__in=ids).order_by("-event_id")
    found: dict[str, Entry] = {}
    for entry in read_entries(list(rows), None):
        found.setdefault("", entry)
        for change in entry.changes:
            found.setdefault(change.field, entry)
    return found
