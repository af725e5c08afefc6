"""What samples say to the gates of the funnel."""

from opportunities.models import Opportunity, SampleRequest


def sample_passed(opportunity: Opportunity) -> bool:
    """Whether the customer has passed a sample of this opportunity without conditions."""
    return bool(SampleRequest.objects.filter(opportunity=opportunity).passed().exists())
