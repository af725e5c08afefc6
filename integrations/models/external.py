"""Which record of another system is which of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference


class ExternalRef(BaseModel):
    """`external_id` of `entity` in `system` is our row `object_id`; `row_hash` tells whether the source's row has changed."""

    system = models.CharField(_("system"), max_length=20)
    entity = models.CharField(_("entity"), max_length=40)
    external_id = models.CharField(_("key there"), max_length=80)
    object_id = models.BigIntegerField(_("row here"))
    row_hash = models.CharField(max_length=32, blank=True)

    scope = Reference("keys of another system; shown beside records the reader may see")

    class Meta:
        verbose_name = _("key in another system")
        verbose_name_plural = _("keys in other systems")
        constraints = [models.UniqueConstraint(fields=["system", "entity", "external_id"], name="external_ref_unique")]
        indexes = [models.Index(fields=["entity", "object_id"], name="external_ref_object")]

    def __str__(self) -> str:
        return f"{self.system} {self.entity} {self.external_id}"
