"""Contact data that only those on the account see: `masked` of a model names the fields, everything that shows them asks here.

A row is masked unless `unmask_rows` has said otherwise, so a page that forgets to ask shows too little, never too much.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.db.models import F, Func, Model, Q, QuerySet, TextField, Value, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm import markup
from crm.base.querysets import digits_of, words
from crm.base.scopes import ViaParent
from crm.organisation.models import Team, TeamManager

REVEAL = "crm.reveal_personal_data"
PLAIN, CAN_ASK = "plain", "can ask"  # what a reader may see of a row; without either it is masked and stays so
STARS = "****"
_STATE = "_contact_data"
_SHORTEST = 5  # digits of a phone number
_NOT_TO_PROBE = (
    rf"(^| )([^ ]*@[^ ]*|[0-9]{{{_SHORTEST},}})(?= |$)"  # of a search text: e-mail addresses and phone numbers
)


def masked_fields(model: Any) -> tuple[str, ...]:
    """The fields of the model that are masked."""
    return getattr(model, "masked", ())


def mask(value: str) -> str:
    """138****5678, z****@example.com: enough to recognise what one knows already."""
    text = str(value or "")
    if not text:
        return ""
    if "@" in text:
        name, _at, domain = text.rpartition("@")
        return f"{name[:1]}{STARS}@{domain}"
    digits = digits_of(text)
    if len(digits) >= 11:
        return f"{digits[:3]}{STARS}{digits[-4:]}"
    return f"{digits[:2]}{STARS}{digits[-2:]}" if len(digits) >= 7 else STARS


def unmask_rows(rows: Sequence[Any], user: Any) -> None:
    """Note on each row how much of its contact data the reader may see: all of it on the account, else what can be asked for.

    Whoever may change such records is on the account of all that are in reach; else the owner, the owner's deputy,
    collaborators, and the managers of the record's team and of those above it.
    """
    if not rows or not masked_fields(rows[0]):
        return
    meta = rows[0]._meta
    everywhere = user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
    if not everywhere and isinstance(rows[0].scope, ViaParent):
        prefetch_related_objects(list(rows), rows[0].scope.parent)
    otherwise = CAN_ASK if user.has_perm(REVEAL) else ""
    for row in rows:
        row.__dict__[_STATE] = PLAIN if everywhere or on_account(user, account_of(row)) else otherwise


def plain_keys(model: Any, keys: Iterable[int], user: Any) -> set[int]:
    """Those of the records whose contact data the reader sees plainly; one query at most."""
    if user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
        return set(keys)
    rows = list(model._base_manager.filter(pk__in=keys))
    unmask_rows(rows, user)
    return {row.pk for row in rows if is_plain(row)}


def hides(model: Any, field: str, user: Any) -> bool:
    """Whether the reader must not be told by a condition or an order what the field holds."""
    return field in masked_fields(model) and not user.has_perm(
        f"{model._meta.app_label}.change_{model._meta.model_name}"
    )


def account_of(row: Any) -> Any:
    """The record with the owner: the row itself, or what it belongs to."""
    while isinstance(row.scope, ViaParent):
        row = getattr(row, row.scope.parent)
    return row


def on_account(user: Any, account: Any) -> bool:
    """Whether the reader works on this record: as owner, deputy, collaborator or manager."""
    access = user.access
    return (
        account.owner_id in {sight.user_id for sight in access.sights}
        or account.pk in access.shares.get(account._meta.label_lower, {})
        or account.team_id in _managed_teams(user)
    )


def _managed_teams(user: Any) -> frozenset[int]:
    """The teams that the reader, or somebody the reader stands in for, manages today, with those below; read once."""
    kept: frozenset[int] | None = user.__dict__.get("_managed_teams")
    if kept is None:
        today = timezone.localdate()
        people = [sight.user_id for sight in user.access.sights]
        running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        managers = TeamManager.objects.filter(running, user_id__in=people, starts_on__lte=today)
        below = Q()
        for path in managers.order_by("pk").values_list("team__path", flat=True):
            below |= Q(path__startswith=path)
        kept = user.__dict__["_managed_teams"] = frozenset(
            Team.objects.filter(below).values_list("pk", flat=True) if below else ()
        )
    return kept


def is_plain(row: Model) -> bool:
    """Whether the reader for whom the row was made ready sees its contact data."""
    return row.__dict__.get(_STATE) == PLAIN


def shown(row: Model, field: str) -> str:
    """The field as text: for sheets and prints."""
    value = str(getattr(row, field) or "")
    return value if is_plain(row) or field not in masked_fields(row) else mask(value)


def field_html(row: Any, field: str) -> SafeString:
    """The field on a page: a link to call or write where the reader sees it, else masked with the button that asks for it."""
    value = getattr(row, field)
    if not value:
        return SafeString("—")
    if is_plain(row):
        return plain_html(value)
    text = f'<span class="nw">{escape(mask(value))}'
    if row.__dict__.get(_STATE) == CAN_ASK:
        url = reverse("personal:reveal", args=[row._meta.label_lower, row.pk, field])
        label = _("Show %(field)s of %(name)s") % {"field": row._meta.get_field(field).verbose_name, "name": row}
        text += (
            f' <button class="btn btn-ghost btn-sm btn-icon2" type="button" hx-post="{escape(url)}"'
            f' hx-target="closest span" hx-swap="outerHTML" aria-label="{escape(label)}">{markup.icon("eye", 15)}</button>'
        )
    return SafeString(f"{text}</span>")


def plain_html(value: str, *, focus: bool = False) -> SafeString:
    """A phone number or an e-mail address as a link; `focus` when it takes the place of the button that was pressed."""
    kind, target = ("mailto", value) if "@" in value else ("tel", re.sub(r"[^0-9+*#]", "", value))
    focused = " autofocus" if focus else ""
    return SafeString(f'<a class="nw" href="{kind}:{escape(target)}"{focused}>{escape(value)}</a>')


def search(rows: QuerySet[Any], text: str, user: Any) -> QuerySet[Any]:
    """`rows.search(text)`; who does not see contact data finds by whole phone numbers and addresses only, so that nobody can
    guess them piece by piece."""
    found = rows.search(text)  # type: ignore[attr-defined]
    meta = rows.model._meta
    if not masked_fields(rows.model) or user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
        return found
    rest = Func(
        F("search_text"),
        Value(_NOT_TO_PROBE),
        Value(" "),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )
    allowed = Q(*[Q(_rest__contains=word) | _whole(word) for word in words(text)])
    if len(digits := digits_of(text)) >= _SHORTEST:
        allowed |= _whole(digits)
    return found.alias(_rest=rest).filter(allowed)


def _whole(word: str) -> Q:
    return Q(search_text__regex=rf"(^| ){re.escape(word)}( |$)")
