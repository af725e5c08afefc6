"""WeCom: how it is reached, which account is whose, what its organisation looked like, and the cards that wait for a press."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel
from crm.base.scopes import OwnerScope, OwnRows, Reference
from integrations.validators import validate_base_url

WECOM = "https://qyapi.weixin.qq.com"
_ADMINISTRATORS = Reference("administrators only; the pages need the permission")


@pghistory.track(exclude=["secret_encrypted", "callback_token_encrypted", "aes_key_encrypted"])
class WecomSettings(RecordModel):
    """The company's application in WeCom and what it is used for; one row at most. Everything is off until switched on."""

    corp_id = models.CharField(_("company ID"), max_length=64)
    agent_id = models.PositiveBigIntegerField(_("application's AgentId"))
    secret_encrypted = models.TextField(editable=False, blank=True)
    callback_token_encrypted = models.TextField(editable=False, blank=True)
    aes_key_encrypted = models.TextField(editable=False, blank=True)
    base_url = models.CharField(_("address"), max_length=300, default=WECOM, validators=[validate_base_url])
    sign_in = models.BooleanField(_("sign in with WeCom"), default=False)
    messages = models.BooleanField(_("messages and approval cards"), default=False)
    organisation = models.BooleanField(_("import of departments and people"), default=False)
    check_ins = models.BooleanField(_("check-ins outside the office"), default=False)

    scope = _ADMINISTRATORS

    class Meta:
        verbose_name = _("WeCom settings")
        verbose_name_plural = _("WeCom settings")

    def __str__(self) -> str:
        return str(_("WeCom"))

    @property
    def cards_can_decide(self) -> bool:
        """Whether presses on cards come back to us, so that cards may have buttons."""
        return bool(self.callback_token_encrypted and self.aes_key_encrypted)


@pghistory.track()
class WecomAccount(BaseModel):
    """Whose WeCom account it is. WeCom does not tell upper case from lower in a userid."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="wecom_account"
    )
    userid = models.CharField(_("account in WeCom"), max_length=64)
    since = models.DateTimeField(_("linked since"), auto_now_add=True)

    scope = OwnRows("user")
    trail_parent = "user"

    class Meta:
        verbose_name = _("WeCom account")
        verbose_name_plural = _("WeCom accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("userid"),
                name="wecomaccount_userid_once",
                violation_error_message=_("This WeCom account is linked to somebody else."),
            )
        ]

    def __str__(self) -> str:
        return self.userid


class WecomDepartment(BaseModel):
    """Which team a department of WeCom is."""

    number = models.PositiveBigIntegerField(_("department's number"), unique=True)
    team = models.OneToOneField(
        "crm.Team", verbose_name=_("team"), on_delete=models.CASCADE, related_name="wecom_department"
    )

    scope = _ADMINISTRATORS

    class Meta:
        verbose_name = _("WeCom department")
        verbose_name_plural = _("WeCom departments")

    def __str__(self) -> str:
        return str(self.number)


class WecomSnapshot(BaseModel):
    """The organisation as WeCom last told it; only the newest is kept. What differs from ours is worked out when it is read.

    `departments`: {number, name, name_en, parent}; `people`: {userid, name, title, department}, those who left WeCom left out.
    """

    taken_at = models.DateTimeField(_("fetched"))
    departments = models.JSONField(default=list)
    people = models.JSONField(default=list)

    scope = _ADMINISTRATORS

    class Meta:
        verbose_name = _("organisation in WeCom")
        verbose_name_plural = _("organisations in WeCom")

    def __str__(self) -> str:
        return f"{localtime(self.taken_at):%Y-%m-%d %H:%M}"


class WecomCard(BaseModel):
    """A card that asks one person to decide one step of an approval. `answer` is what a press was told last;
    `answered_at` is set once a press has decided.

    `response_code` lets the card be changed, once and within 72 hours; a press brings a new one.
    """

    task_id = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    userid = models.CharField(max_length=64)
    request = models.ForeignKey("crm.ApprovalRequest", on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey("crm.ApprovalRequestStep", on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(null=True)
    response_code = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

    scope = OwnRows("user")

    class Meta:
        verbose_name = _("WeCom card")
        verbose_name_plural = _("WeCom cards")
        indexes = [
            models.Index(fields=["request", "id"], condition=Q(updated_at__isnull=True), name="wecomcard_to_update")
        ]

    def __str__(self) -> str:
        return self.task_id


class Known(models.TextChoices):
    """How it is known at which customer a check-in was."""

    NOT = "", _("not known")
    PLACE = "place", _("by the place")
    NAME = "name", _("by the name")
    PERSON = "person", _("said by the person")


@pghistory.track()
class WecomCheckin(RecordModel):
    """Somebody checked in with WeCom outside the office. Latitude and longitude are WGS-84.

    `exception` is what WeCom found odd about it, in its words; `distance` the metres to the nearest check-in at the same customer
    that a person has confirmed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, editable=False, related_name="+"
    )
    team = models.ForeignKey(
        "crm.Team", verbose_name=_("team"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    at = models.DateTimeField(_("time"), editable=False)
    place = models.CharField(_("place"), max_length=200, blank=True, editable=False)
    address = models.CharField(_("address"), max_length=300, blank=True, editable=False)
    notes = models.CharField(_("notes"), max_length=500, blank=True, editable=False)
    exception = models.CharField(_("odd about it"), max_length=100, blank=True, editable=False)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, editable=False)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, editable=False)
    customer = models.ForeignKey(
        "customers.Customer",
        verbose_name=_("customer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wecom_checkins",
    )
    known = models.CharField(_("known"), max_length=6, choices=Known.choices, blank=True, editable=False)
    distance = models.PositiveIntegerField(_("distance"), null=True, editable=False)

    scope = OwnerScope(owner="user")

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "at"], name="wecomcheckin_once")]
        indexes = [
            models.Index(fields=["-at", "-id"], name="wecomcheckin_newest"),
            models.Index(fields=["customer", "-at", "-id"], name="wecomcheckin_customer"),
            models.Index(
                fields=["latitude", "longitude"], condition=Q(customer__isnull=False), name="wecomcheckin_place"
            ),
        ]

    def __str__(self) -> str:
        return self.place or self.address or str(_("Check-in"))
