"""Comment on records; "@name" mentions colleagues."""

from typing import Any

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, StrIndex
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError, NotAllowed
from crm.events import record_commented
from crm.formats import num
from crm.organisation.models import User
from crm.records.models import Comment
from crm.records.models.comment import LONGEST
from crm.records.references import may_see, reference_of

MOST_MENTIONED = 20


def add_comment(*, actor: User, record: models.Model, text: str) -> tuple[Comment, list[User]]:
    """A new comment, and those it mentions who cannot see the record: they are told nothing. Raises DomainError on "text"."""
    text = _tidy(text)
    people = mentioned_in(text)
    seeing = [person for person in people if may_see(person, record)]
    comment = Comment(**reference_of(record), author=actor, text=text, mentioned=[person.pk for person in people])
    with transaction.atomic():
        create_record(comment)
        _tell(comment, record, seeing)
    return comment, [person for person in people if person not in seeing]


def edit_comment(
    *, instance: Comment, record: models.Model, expected_version: int, actor: User, text: str
) -> tuple[Comment, list[User]]:
    """Other words for an own comment; those it newly mentions are told. Raises NotAllowed, StaleVersion, DomainError."""
    _must_be_own(instance, actor)
    text, before = _tidy(text), set(instance.mentioned)
    people = mentioned_in(text)
    fresh = [person for person in people if person.pk not in before]
    seeing = [person for person in fresh if may_see(person, record)]
    instance.text, instance.mentioned, instance.edited_at = (
        text,
        [person.pk for person in people],
        timezone.now(),
    )
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=["text", "mentioned", "edited_at"])
        if seeing:
            _tell(instance, record, seeing, again=True)
    return instance, [person for person in fresh if person not in seeing]


def delete_comment(*, instance: Comment, actor: User) -> None:
    """Take an own comment away; the trail keeps it. Raises NotAllowed."""
    _must_be_own(instance, actor)
    now = timezone.now()
    rows = Comment.objects.filter(pk=instance.pk, deleted_at__isnull=True)
    rows.update(deleted_at=now, updated_at=now, version=F("version") + 1)


def mentioned_in(text: str) -> list[User]:
    """The active colleagues whom "@name" names, or "@name(user name)" where several have the same name.

    Of names that begin alike the longest counts. Raises DomainError on "text" when a name leaves it open who is meant.
    """
    if "@" not in text:
        return []
    named = Concat(Value("@"), F("display_name"), output_field=models.TextField())
    position = StrIndex(Value(text, output_field=models.TextField()), named)
    people = list(User.objects.filter(is_active=True).exclude(display_name="").annotate(at=position).filter(at__gt=0))
    found: dict[int, User] = {}
    start = text.find("@")
    while start >= 0:
        person = _named_at(text, start + 1, people)
        if person is not None:
            found[person.pk] = person
        start = text.find("@", start + 1)
    return list(found.values())[:MOST_MENTIONED]


def _named_at(text: str, start: int, people: list[User]) -> User | None:
    fitting = [person for person in people if text.startswith(person.display_name, start)]
    if not fitting:
        return None
    longest = max(len(person.display_name) for person in fitting)
    fitting = [person for person in fitting if len(person.display_name) == longest]
    exact = [person for person in fitting if text.startswith(f"({person.username})", start + longest)]
    if exact:
        return exact[0]
    if len(fitting) > 1:
        ways = " / ".join(f"@{person.display_name}({person.username})" for person in fitting)
        raise DomainError(
            _("Several colleagues have this name. Say whom you mean: %(ways)s") % {"ways": ways}, field="text"
        )
    return fitting[0]


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DomainError(_("Write something first."), field="text")
    if len(text) > LONGEST:
        raise DomainError(_("A comment may have up to %(limit)s characters.") % {"limit": num(LONGEST)}, field="text")
    return text


def _must_be_own(comment: Comment, actor: User) -> None:
    if comment.author_id != actor.pk:
        raise NotAllowed(_("Only its author can change a comment."))


def _tell(comment: Comment, record: models.Model, told: list[Any], *, again: bool = False) -> None:
    record_commented.send(
        label=record._meta.label_lower,
        pk=record.pk,
        comment=comment.pk,
        told=[person.pk for person in told],
        again=again,
    )
