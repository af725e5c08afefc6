"""What the kernel itself adds to the pages."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm.administration import extensions as administration
from crm.auditing import extensions as auditing
from crm.bulk.domain.edits import KIND, retry_edit
from crm.bulk.views import edit_links
from crm.configuration import extensions as configuration
from crm.demo import register_demo
from crm.dossier import extensions as dossier
from crm.exporting import approval as export_approval
from crm.exporting.domain.jobs import export_links, retry_export
from crm.extension_points import (
    JobKind,
    MenuItem,
    PeriodicJob,
    PersonalData,
    SettingsPage,
    job_kinds,
    menu,
    periodic_jobs,
    personal_data,
    settings_pages,
)
from crm.importing.domain.jobs import import_links, retry_import
from crm.importing.domain.personal import old_imports, remove_imports
from crm.personal import extensions as personal
from crm.products import extensions as products
from crm.security import extensions as security
from crm.shell.settings_pages import has_settings
from crm.workflow import extensions as workflow

menu.register(
    MenuItem(
        key="home",
        label=_("Workbench"),
        url_name="home",
        icon="layout-dashboard",
        section="home",
        order=10,
        go="h",
        phone=1,
    )
)
menu.register(
    MenuItem(
        key="imports",
        label=_("Data import"),
        url_name="importing:start",
        icon="file-import",
        section="administration",
        order=10,
        permission="crm.add_importbatch",
    )
)
menu.register(
    MenuItem(
        key="settings",
        label=_("Settings"),
        url_name="settings",
        icon="settings",
        section="administration",
        order=900,
        when=has_settings,
    )
)
for key, label in (("import_check", _("Import: check")), ("import_commit", _("Import: write"))):
    job_kinds.register(JobKind(key, label, retry_import, True, import_links, "file-import", own_rescue=True, order=10))
job_kinds.register(JobKind("export", _("Export"), retry_export, True, export_links, "file-export", order=20))
job_kinds.register(JobKind(KIND, _("Bulk edit"), retry_edit, True, edit_links, "edit", order=30))
settings_pages.register(
    SettingsPage(
        key="exports",
        label=_("Exports"),
        text=_("Who took which list out of the system, when, with which filters, and how many rows."),
        url_name="exporting:exportlog_list",
        icon="file-export",
        section="security",
        permission="crm.view_exportlog",
    )
)
periodic_jobs.register(PeriodicJob("export_forget", "crm.export_forget", crontab(hour=19, minute=10)))  # 3:10 in China
periodic_jobs.register(PeriodicJob("import_rescue", "crm.import_rescue", 60))
personal_data.register(
    PersonalData(
        key="crm.ImportBatch",
        purpose=_("Sheets that were uploaded, to correct and repeat an import."),
        fields=("file_name", "upload"),
        retention=_("Until a rule ends it: then the files and their rows are deleted."),
        due=old_imports,
        remove=remove_imports,
        months=6,
        order=60,
    )
)
register_demo("crm.demo.organisation", key="organisation", order=10)
register_demo("crm.demo.catalogue", key="catalogue", order=12)
register_demo("crm.demo.sign_ins", key="sign_ins", order=14)
register_demo("crm.demo.market", key="market", order=15)
workflow.register()
administration.register()
security.register()
personal.register()
products.register()
dossier.register()
export_approval.register()
auditing.register()
configuration.register()
