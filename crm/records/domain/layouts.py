"""Keep how a person wants a list to look."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from crm.records.models import ListSetting
from crm.records.models.saved_view import LAYOUT_KEPT, Layout, layout_key


@transaction.atomic
def keep_layout(*, actor: Any, list_key: str, layout: Layout) -> None:
    """Let the actor's list look like this from now on, on every device; an empty layout: as the list is."""
    values = {"columns": list(layout.columns), "sort": layout.sort, "density": layout.density}
    ListSetting.objects.update_or_create(user=actor, list_key=list_key, defaults=values)
    transaction.on_commit(lambda: cache.set(layout_key(list_key, actor), layout, LAYOUT_KEPT))
