"""Fetch departments and people from WeCom, as a job, and tell administrators what is new about them. Nothing is changed here."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.jobs import enqueue
from crm.organisation.models import User
from crm.workflow.domain.jobs import begin_job, fail_job, finish_job, start_job
from crm.workflow.domain.notifications import notify
from crm.workflow.models import Job
from integrations.models import WecomSnapshot
from integrations.wecom.client import WecomClient
from integrations.wecom.domain.proposal import propose
from integrations.wecom.domain.settings import open_client, settings_or_refuse, switched_on

KIND = "wecom_organisation"
TASK = "integrations.wecom_organisation"
RIGHTS = ["crm.change_team", "crm.change_user"]
LEFT_WECOM = 5  # status of somebody who has left the company in WeCom


def queue_fetch(*, actor: User) -> Job:
    """Have the organisation fetched in the background. Raises NotAllowed, and ExternalError when it is switched off."""
    if not actor.has_perms(RIGHTS):
        raise NotAllowed(_("You are not allowed to do this."))
    settings_or_refuse("organisation")
    with transaction.atomic():
        job = start_job(kind=KIND, actor=actor)
        enqueue(TASK, job_id=job.pk)
    return job


def retry_fetch(job: Any, actor: User) -> None:
    """Queue it anew."""
    queue_fetch(actor=actor)


def links(user: User, jobs: Any) -> dict[int, str]:
    """All of them lead to the proposal."""
    here = reverse("integrations:wecom_organisation")
    return {job.pk: here for job in jobs} if user.has_perms(RIGHTS) else {}


def run_fetch(job_id: int | None = None) -> None:
    """Fetch it; without a job the timetable did, which does nothing while it is switched off."""
    row = switched_on("organisation")
    if row is None:
        fail_job(job_id, message=_("The import is switched off in the WeCom settings."))
        return
    if job_id is None:
        job_id = start_job(kind=KIND, actor=None).pk
    begin_job(job_id)
    try:
        with open_client(row) as client:
            departments, people = read_directory(client)
    except DomainError as error:
        fail_job(job_id, message=str(error.message))
        return
    keep(departments, people)
    finish_job(job_id, result={"departments": len(departments), "people": len(people)})


def read_directory(client: WecomClient) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All departments and people that the application may see. Raises WecomError."""
    answer = client.get("department/list")
    departments = [
        {
            "number": int(found["id"]),
            "name": found.get("name", ""),
            "name_en": found.get("name_en", ""),
            "parent": int(found.get("parentid", 0)),
        }
        for found in answer.get("department", [])
    ]
    people: dict[str, dict[str, Any]] = {}
    for department in departments:
        answer = client.get("user/list", department_id=department["number"])
        for found in answer.get("userlist", []):
            if found.get("status") != LEFT_WECOM:
                people.setdefault(str(found["userid"]).lower(), _person(found))
    return departments, list(people.values())


def _person(found: dict[str, Any]) -> dict[str, Any]:
    """One person; somebody in several departments belongs to the main one."""
    several = found.get("department") or [0]
    return {
        "userid": found["userid"],
        "name": found.get("name") or found["userid"],
        "title": found.get("position", ""),
        "department": int(found.get("main_department") or several[0]),
    }


def keep(departments: list[dict[str, Any]], people: list[dict[str, Any]]) -> WecomSnapshot:
    """Keep it in place of the one of before, and tell administrators when there is something to decide that was not before."""
    with transaction.atomic():
        before = {change.key for change in propose(newest())}
        WecomSnapshot.objects.all().delete()
        row = WecomSnapshot.objects.create(taken_at=timezone.now(), departments=departments, people=people)
        fresh = [change for change in propose(row) if change.key not in before]
        if fresh:
            _tell(len(fresh))
    return row


def newest() -> WecomSnapshot | None:
    """What was fetched last."""
    return WecomSnapshot.objects.order_by("-pk").first()


def _tell(count: int) -> None:
    holders = Q(roles__permissions__contains=RIGHTS) | Q(is_superuser=True)
    notify(
        recipients=User.objects.filter(holders, is_active=True).distinct(),
        kind="wecom.organisation",
        title=lambda: _("The organisation in WeCom has changed: %(n)d to look at") % {"n": count},
        url=reverse("integrations:wecom_organisation"),
    )
