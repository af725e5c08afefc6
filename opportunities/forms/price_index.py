"""The forms of price indexes and their values."""

from django.utils import timezone

from crm.generic.forms import RecordForm
from opportunities.models import PriceIndex, PriceIndexValue


class PriceIndexForm(RecordForm):
    """An index."""

    class Meta:
        model = PriceIndex
        fields = ("code", "name", "name_en", "currency", "unit", "publisher", "is_active")


class PriceIndexValueForm(RecordForm):
    """What it stands at from a day on."""

    class Meta:
        model = PriceIndexValue
        fields = ("index", "starts_on", "value")

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("starts_on", timezone.localdate())
