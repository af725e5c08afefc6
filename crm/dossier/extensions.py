"""What every record's page gets: discussion and timeline; the settings page of tags; periodic work."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm.demo import register_demo
from crm.dossier import panels as parts
from crm.dossier import timeline
from crm.extension_points import (
    EVERY_RECORD,
    Panel,
    PeriodicJob,
    SettingsPage,
    TimelineSource,
    panels,
    periodic_jobs,
    settings_pages,
    timeline_sources,
)


def register() -> None:
    """Called once, when the kernel registers its own."""
    for panel in (
        Panel(
            "discussion",
            _("Discussion"),
            "tab",
            "dossier/_discussion.html",
            parts.discussion,
            order=900,
            count=parts.discussion_count,
            scripts=("js/discussion.js",),
        ),
        Panel("timeline", _("Timeline"), "tab", "dossier/_timeline.html", timeline.tab, order=910),
    ):
        panels.register(panel, group=EVERY_RECORD)
    for source in (
        TimelineSource("comments", _("Comments"), timeline.comment_events, order=800),
        TimelineSource("files", _("Files"), timeline.file_events, order=810),
        TimelineSource("steps", _("Steps"), timeline.step_events, order=820),
        TimelineSource("changes", _("Changes"), timeline.change_events, order=830),
    ):
        timeline_sources.register(source, group=EVERY_RECORD)
    settings_pages.register(
        SettingsPage(
            key="tags",
            label=_("Tags"),
            text=_("Words of your own that records are marked and found by: rename, limit, merge, archive."),
            url_name="dossier:tag_list",
            icon="tag",
            section="data",
            permission="crm.change_tag",
        )
    )
    periodic_jobs.register(PeriodicJob("sweep_files", "crm.sweep_files", 3600))
    periodic_jobs.register(
        PeriodicJob("forget_visits", "crm.forget_visits", crontab(hour=19, minute=20))
    )  # 3:20 in China
    register_demo("crm.dossier.demo", key="dossier", order=900)
