"""What WeCom adds to the kernel."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import events
from crm.extension_points import (
    JobKind,
    MenuItem,
    NotificationChannel,
    NotificationKind,
    PeriodicJob,
    PersonalData,
    SettingsPage,
    TimelineSource,
    TrailVerb,
    job_kinds,
    menu,
    notification_channels,
    notification_kinds,
    periodic_jobs,
    personal_data,
    settings_pages,
    sign_in_ways,
    timeline_sources,
    trail_verbs,
)
from crm.signing_in import SignInWay
from customers.domain.merging.moves import foreign_keys
from customers.extension_points import merge_movers
from integrations.wecom.domain import cards, checkins, directory, messages
from integrations.wecom.domain.settings import switched_on
from integrations.wecom.panels import SEE_CHECKINS, checkin_events


def register() -> None:
    """Called once, when the app registers its own."""
    settings_pages.register(
        SettingsPage(
            key="wecom",
            label=_("WeCom"),
            text=_("Sign-in, messages and approval cards, departments and people of WeCom."),
            url_name="integrations:wecom_settings",
            icon="brand-wechat",
            section="organisation",
            permission="integrations.view_wecomsettings",
        )
    )
    sign_in_ways.register(
        SignInWay(
            key="wecom",
            label=_("WeCom"),
            icon="brand-wechat",
            url_name="integrations:wecom_sign_in",
            account_url_name="integrations:wecom_account",
            offered=lambda: switched_on("sign_in") is not None,
        )
    )
    job_kinds.register(
        JobKind(
            directory.KIND,
            _("Organisation of WeCom"),
            retry=directory.retry_fetch,
            links=directory.links,
            icon="sitemap",
            order=40,
        )
    )
    # 21:00 UTC is five in the morning in China
    periodic_jobs.register(PeriodicJob("wecom_organisation", directory.TASK, crontab(hour=21, minute=0)))
    notification_kinds.register(
        NotificationKind("wecom.organisation", _("The organisation in WeCom has changed"), "system", icon="sitemap")
    )
    notification_channels.register(
        NotificationChannel(
            "wecom", _("WeCom"), messages.deliver, messages.configured, messages.reaches, like="email", order=30
        )
    )
    events.state_changed.subscribe(cards.request_moved)
    trail_verbs.register(TrailVerb("wecom_card", pgettext_lazy("audit trail", "Decided on a card in WeCom")))
    trail_verbs.register(TrailVerb("wecom_import", pgettext_lazy("audit trail", "Organisation of WeCom taken over")))
    _register_checkins()


def _register_checkins() -> None:
    menu.register(
        MenuItem(
            key="check_ins",
            label=_("Check-ins"),
            url_name="integrations:wecomcheckin_list",
            icon="map-pin",
            section="customers",
            order=45,
            permission=SEE_CHECKINS,
            count=checkins.to_name,
            hot=True,
            when=lambda user: switched_on("check_ins") is not None,
        )
    )
    periodic_jobs.register(PeriodicJob("wecom_checkins", checkins.TASK, 3600))
    notification_kinds.register(
        NotificationKind(
            "wecom.checkins", _("A check-in whose customer is not known"), "work", icon="map-pin", order=200
        )
    )
    timeline_sources.register(
        TimelineSource("wecom_checkins", _("Check-ins"), checkin_events, SEE_CHECKINS, 560), group="customers.Customer"
    )
    personal_data.register(
        PersonalData(
            key="integrations.WecomCheckin",
            purpose=_("To know who was at which customer."),
            fields=("place", "address", "notes", "latitude", "longitude"),
            retention=_("As long as the account exists; a rule may end it."),
            parent=("crm.User", "user"),
            due=checkins.placed_before,
            months=24,
            order=60,
        )
    )
    merge_movers.register(foreign_keys("wecom_checkins", _("Check-ins"), "integrations.WecomCheckin.customer"))
