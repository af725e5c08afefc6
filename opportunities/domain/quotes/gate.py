"""What the gates of the funnel ask about quotes."""

from django.utils import timezone

from opportunities.models import Opportunity, Quote


def quote_approved(opportunity: Opportunity) -> bool:
    """Whether the opportunity has a quote that was released, sent or accepted and that has not expired."""
    return bool(Quote.objects.filter(opportunity=opportunity).holding(timezone.localdate()).exists())
