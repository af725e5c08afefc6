"""Keys of records in other systems, as those systems hand them to us by the API; the ERP's own are kept by the sync."""

import zlib
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.locks import AdvisoryLock, transaction_lock, transaction_locks
from integrations.models import ExternalRef
from integrations.sync.lookups import SYSTEM as ERP

LONGEST_SYSTEM, LONGEST_KEY = 20, 80


def check_system(system: str) -> str:
    """The system's name. Raises DomainError for the ERP's, whose keys the sync keeps, and for one that is too long."""
    if system.upper() == ERP:
        raise DomainError(_("The keys of this system are kept by the sync: choose another name."), field="system")
    if not system.strip():
        raise DomainError(_("Name the other system."), field="system")
    if len(system) > LONGEST_SYSTEM or not system.isprintable() or "/" in system:
        raise DomainError(_("At most %(n)s characters, without “/”.") % {"n": LONGEST_SYSTEM}, field="system")
    return system


def key_of(*, system: str, entity: str, key: str) -> int | None:
    """Our row of that key there."""
    if not (system.isprintable() and key.isprintable()):
        return None
    found = ExternalRef.objects.filter(system=system, entity=entity, external_id=key)
    return found.values_list("object_id", flat=True).first()


def refs_of(*, entity: str, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Our rows by system and key there, of these printable pairs: one query for all."""
    if not names:
        return {}
    systems, keys = ({name[place] for name in names} for place in range(2))
    rows = ExternalRef.objects.filter(system__in=systems, entity=entity, external_id__in=keys)
    found = {(system, key): pk for system, key, pk in rows.values_list("system", "external_id", "object_id")}
    return {name: found[name] for name in names if name in found}


def lock_keys(*, system: str, entity: str, keys: Iterable[str]) -> None:
    """Wait for all these keys, in one order for everybody, so that two requests with the same keys never wait for each other.

    Held until the transaction ends.
    """
    transaction_locks(AdvisoryLock.EXTERNAL_KEY, (_lock_of(system, entity, key) for key in keys))


def _lock_of(system: str, entity: str, key: str) -> int:
    # errors="replace": half of a character is refused later, by by_key
    return zlib.crc32(f"{system} {entity} {key}".encode(errors="replace")) - 2**31


def by_key(
    *, system: str, entity: str, key: str, change: Callable[[int], Any], create: Callable[[], Any]
) -> tuple[Any, bool]:
    """What `change(pk)` gives for the row that the key names, or the record that `create()` makes and the key names from now on;
    and whether it is new. Of two at the same time one waits for the other.

    Raises DomainError for a key that cannot be kept, and whatever the two raise.
    """
    check_system(system)
    if not key.strip():
        raise DomainError(_("The key is empty."), field="key")
    if not key.isprintable():
        raise DomainError(_("A key has no line breaks and other invisible characters."), field="key")
    if len(key) > LONGEST_KEY:
        raise DomainError(_("At most %(n)s characters.") % {"n": LONGEST_KEY}, field="key")
    with transaction.atomic():
        transaction_lock(AdvisoryLock.EXTERNAL_KEY, _lock_of(system, entity, key))
        pk = key_of(system=system, entity=entity, key=key)
        if pk is not None:
            return change(pk), False
        record = create()
        ExternalRef.objects.create(system=system, entity=entity, external_id=key, object_id=record.pk)
        return record, True
