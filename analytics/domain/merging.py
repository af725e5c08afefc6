"""The key figures of two customers of which one was merged into the other, or that are two again."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from analytics.domain.customer_figures import refresh_figures
from customers.extension_points import MergeMover, Moved


def _told(customers: Sequence[int], moved: Sequence[Moved]) -> None:
    """Both are worked out anew at once, because documents that only changed hands are not seen as read anew."""
    refresh_figures(customer_ids=customers)


FIGURES = MergeMover("figures", _("Key figures"), (), lambda loser: 0, lambda loser, winner: (), _told, order=950)
