"""What the screens of the configuration add to the pages."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm.configuration import panels as parts
from crm.configuration.domain.merging import retry_merge
from crm.configuration.names import SPACE
from crm.extension_points import (
    JobKind,
    Panel,
    PeriodicJob,
    SettingsPage,
    TrailVerb,
    job_kinds,
    panels,
    periodic_jobs,
    settings_pages,
    trail_verbs,
)

PAGES = (
    (
        "fields",
        _("Extra fields"),
        _("What customers, leads, opportunities and others have besides what came with the program"),
        "extrafield_list",
        "columns-3",
        "view_extrafield",
    ),
    (
        "choices",
        _("Lists of choices"),
        _("Industries, sources, reasons and other lists that people choose from"),
        "choicelist_list",
        "list-details",
        "view_choicelist",
    ),
    (
        "numbers",
        _("Number formats"),
        _("How the numbers of new records are made up, and when counting begins anew"),
        "number_list",
        "hash",
        "view_numberformat",
    ),
)


def register() -> None:
    """Fill the registries; called by crm/extensions.py."""
    trail_verbs.register(TrailVerb("merge_choice", _("Merge of choices")))
    for order, (key, label, text, name, icon, permission) in enumerate(PAGES, 1):
        settings_pages.register(
            SettingsPage(key, label, text, f"{SPACE}:{name}", icon, "process", f"crm.{permission}", order * 10)
        )
    panels.register(
        Panel(
            "items",
            _("Items"),
            "main",
            "configuration/_items.html",
            parts.items,
            scripts=("vendor/sortable/Sortable.min.js", "js/order.js"),
        ),
        group="crm.ChoiceList",
    )
    job_kinds.register(JobKind("merge_choice", _("Merge of choices"), retry_merge, icon="list-details", order=30))
    # what a worker that was killed left undone
    periodic_jobs.register(PeriodicJob("extra_indexes", "crm.extra_indexes", crontab(hour=18, minute=40)))
