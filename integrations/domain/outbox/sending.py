"""The worker: claim, commit, look up if in doubt, note that it is posted, commit, post, record.

Exactly once in effect rests on three things. `posted_at` is committed before anything is posted and taken away only when it is
certain that the ERP did nothing; while it is set nothing is posted before a look-up by our reference. A look-up that finds
nothing counts only when the ERP has had time to end what it may still be at (ERP_SETTLE_SECONDS). One worker at a time works on a
message: a lock that PostgreSQL frees when the worker's connection ends. The lock, not the state, says that it is being sent: a
retry leaves the state as it is, so that the history has a row for what changed, not for every attempt.
"""

import datetime as dt
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from crm.errors import ExternalError
from crm.languages import in_each_language
from crm.locks import AdvisoryLock, LockTaken, lock_row, session_lock
from crm.transitions import transition
from integrations.domain.connection import open_client
from integrations.domain.outbox.kinds import Outgoing, Unready, switched_on
from integrations.domain.outbox.registry import kind_of
from integrations.domain.outbox.telling import tell_of
from integrations.domain.outbox.words import is_busy
from integrations.enums import MessageState, Problem
from integrations.models import OutboxMessage
from integrations.sap.client import ODataClient, Row
from integrations.sap.errors import NotNow, Refused, UnknownOutcome

ATTEMPTS = 12  # that ended in doubt, in an error of ours or in a lasting refusal, before it waits for a person
LONGEST = 15  # minutes between two attempts
ROUND = 200  # messages in one round
TIMEOUT = 60.0  # seconds
OPEN = (MessageState.WAITING, MessageState.SENDING, MessageState.DOUBT)
DOUBTS = frozenset({Problem.UNKNOWN, Problem.ERP_FAILED, Problem.NO_NUMBER})
RETRIED = DOUBTS | {Problem.UNREACHABLE, Problem.TURNED_AWAY, Problem.UNEXPECTED}
OF_THE_DOCUMENT = frozenset({400, 409, 412, 422, 428})  # other refusals are of the account or the address

log = structlog.get_logger(__name__)


class Unreachable(Exception):
    """The ERP does not work just now: the rest of the round is left for the next one, which begins with it."""


def send_due(*, key: int | None = None) -> int:
    """Send what is due, or the message of that key if it is; returns how many were worked on. Safe to run at the same time."""
    due = OutboxMessage._base_manager.filter(state__in=OPEN, kind__in=switched_on(), next_try_at__lte=timezone.now())
    if key is not None:
        due = due.filter(pk=key)
    keys = list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:ROUND])
    if not keys:
        return 0
    try:
        client = open_client(timeout=TIMEOUT, attempts=1)
    except ExternalError as error:
        log.info("outbox_not_connected", reason=str(error.message))
        return 0
    done = 0
    with client:
        for each in keys:
            try:
                done += send_one(client=client, key=each)
            except Unreachable:
                break
    return done


def send_one(*, client: ODataClient, key: int) -> bool:
    """Bring one message a step on; False when another worker has it or it is not to be sent. Raises Unreachable."""
    try:
        with session_lock(AdvisoryLock.OUTBOX, key):
            message = _claim(key)
            if message is None:
                return False
            try:
                _attempt(client, message)
            except Unreachable:
                raise
            except Exception as error:
                log.exception("outbox_failed", message=key)
                _set_back(message, Problem.UNEXPECTED, text=repr(error)[:300])
            return True
    except LockTaken:
        return False


def _claim(key: int) -> OutboxMessage | None:
    """The message, its attempt counted; None when it is not due or something must happen first."""
    with transaction.atomic():
        message: OutboxMessage = lock_row(OutboxMessage._base_manager.all(), key)
        now = timezone.now()
        if message.state not in OPEN or message.next_try_at > now or message.kind not in switched_on():
            return None
        if message.state == MessageState.SENDING:  # we hold its lock: whoever was sending it is dead
            message = _abandoned(message)
        kind = kind_of(message.kind)
        record = kind.find(message.object_id)
        waits = kind.waits(record) if record is not None and message.posted_at is None else None
        if waits is not None:
            values = {"problem": waits.problem, "details": waits.details, "next_try_at": now + _pause(1)}
            OutboxMessage._base_manager.filter(pk=key).update(**values)
            return None
        changes = {"attempts": message.attempts + 1, "next_try_at": now}
        if message.problem in RETRIED:
            OutboxMessage._base_manager.filter(pk=key).update(**changes)
            message.refresh_from_db()
        else:
            transition(message, MessageState.SENDING, actor=None, changes=changes)
    return message


def _abandoned(message: OutboxMessage) -> OutboxMessage:
    target = MessageState.DOUBT if message.posted_at else MessageState.WAITING
    problem = Problem.UNKNOWN if message.posted_at else ""
    transition(message, target, actor=None, changes={"problem": problem, "details": {}})
    return message


def _attempt(client: ODataClient, message: OutboxMessage) -> None:
    kind = kind_of(message.kind)
    if message.posted_at is not None and not _is_absent(client, message, message.posted_at):
        return
    record = kind.find(message.object_id)
    try:
        if record is None:
            raise Unready(Problem.GONE)
        body = kind.payload(record, message.reference)
        kind.beforehand(client, message, record)
    except Unready as error:
        _refuse(message, error)
        return
    except ExternalError as error:
        _put_off(message, error)
        raise Unreachable from error
    _note_posted(message, body)
    _post(client, message, body)


def _is_absent(client: ODataClient, message: OutboxMessage, posted_at: dt.datetime) -> bool:
    """Whether it is certain that the ERP does not have what was posted; else it was confirmed, or stays in doubt.
    Raises Unreachable."""
    # Asked before the look-up: what the ERP commits while we look may be missing in its answer.
    settled = timezone.now() >= posted_at + dt.timedelta(seconds=settings.ERP_SETTLE_SECONDS)
    try:
        rows = kind_of(message.kind).look_up(client, message)
    except ExternalError as error:
        if error.permanent or message.problem not in DOUBTS:
            _put_off(message, error)
        else:
            _stay_in_doubt(message)
        raise Unreachable from error
    if rows:
        confirm(message=message, rows=rows)
    elif settled:
        _nothing_done(message)
    else:
        _stay_in_doubt(message)
    return not rows and settled


def _note_posted(message: OutboxMessage, body: Row) -> None:
    """Committed before anything is posted: from here on nobody knows, until the answer says."""
    now = timezone.now()
    mine = OutboxMessage._base_manager.filter(pk=message.pk, state=message.state, posted_at=message.posted_at)
    if not mine.update(posted_at=now, payload=body):
        raise RuntimeError("somebody else took the message")
    message.posted_at, message.payload = now, body


def _post(client: ODataClient, message: OutboxMessage, body: Row) -> None:
    kind = kind_of(message.kind)
    try:
        entity = client.create(kind.service, kind.entity_set, body)
    except UnknownOutcome as error:
        log.warning("outbox_in_doubt", message=message.pk, reason=str(error.message))
        said: dict[str, Any] = {"status": error.status, "texts": _words_of(error)} if error.status else {}
        _set_back(message, Problem.ERP_FAILED if said else Problem.UNKNOWN, **said)
        raise Unreachable from error
    except Refused as error:
        _nothing_done(message)
        if error.status in OF_THE_DOCUMENT and not is_busy(error.texts):
            _refuse(message, Unready(Problem.ERP_SAYS, texts=list(error.texts), status=error.status))
        elif error.status in OF_THE_DOCUMENT:
            _set_back(message, Problem.UNREACHABLE, texts=list(error.texts), counts=False)
        else:
            _put_off(message, error)
            raise Unreachable from error
    except ExternalError as error:  # NotNow, or no token to write with: nothing was carried out
        _nothing_done(message)
        _put_off(message, error)
        raise Unreachable from error
    else:
        confirm(message=message, rows=[entity.row])


def _nothing_done(message: OutboxMessage) -> None:
    """It is certain that the ERP did nothing."""
    OutboxMessage._base_manager.filter(pk=message.pk).update(posted_at=None)
    message.posted_at = None


def confirm(*, message: OutboxMessage, rows: list[Row]) -> None:
    """It is in the ERP: keep the number on the message and on its record. Of two rows the first with a number is it; the other is
    noted and told.

    Without a number there it stays in doubt; a number that is another record's here stops it.
    """
    kind = kind_of(message.kind)
    try:
        number, row, second = _numbered(kind, rows)
        changes: dict[str, Any] = {"erp_number": number, "answer": row, "posted_at": None, "problem": ""}
        with transaction.atomic():
            kind.confirm(message.object_id, number)
            changes["details"] = {"second": second} if second else {}
            transition(message, MessageState.CONFIRMED, actor=None, changes=changes)
            kind.then()
            if second:
                tell_of(message, administrators=True)
    except Unready as error:
        if error.problem == Problem.NO_NUMBER:
            new = message.problem != Problem.NO_NUMBER
            _set_back(message, error.problem, counts=False, wait=60 * LONGEST, tell=new, **error.details)
        else:
            _refuse(message, error)


def _numbered(kind: Outgoing, rows: list[Row]) -> tuple[str, Row, str]:
    """The first row that has a number, after its number, and what the other one is called. Raises Unready when none has one."""
    found, without = [], []
    for row in rows:
        try:
            found.append((kind.number(row), row))
        except Unready as error:
            without.append(error)
    if not found:
        raise without[0]
    others = [number for number, _row in found[1:]] + [error.details["entity"] for error in without]
    return *found[0], "".join(others[:1])


def _refuse(message: OutboxMessage, why: Unready) -> None:
    with transaction.atomic():
        changes = {"problem": why.problem, "details": why.details}
        transition(message, MessageState.REFUSED, actor=None, changes=changes)
        tell_of(message, administrators=why.problem == Problem.TAKEN)


def _words_of(error: Any) -> list[str]:
    """What the ERP said itself; the page of a gateway in front of it says nothing to people."""
    return [text for text in getattr(error, "texts", ()) if not text.lstrip().startswith("<")]


def _put_off(message: OutboxMessage, error: ExternalError) -> None:
    """It was not carried out. What trying again is of no use for is counted, or nobody would ever be told."""
    texts = _words_of(error)
    text = f"(HTTP {getattr(error, 'status', '')})" if texts else error.message
    problem = Problem.TURNED_AWAY if error.permanent else Problem.UNREACHABLE
    wait = error.wait if isinstance(error, NotNow) else None
    _set_back(message, problem, counts=error.permanent, wait=wait, text=text, texts=texts)


def _stay_in_doubt(message: OutboxMessage) -> None:
    """It is looked up again later; what is known of it so far stays."""
    known = message.problem in DOUBTS
    _set_back(
        message, message.problem if known else Problem.UNKNOWN, counts=False, **(message.details if known else {})
    )


def _set_back(
    message: OutboxMessage,
    problem: str,
    *,
    counts: bool = True,
    wait: float | None = None,
    tell: bool = False,
    **details: Any,
) -> None:
    """To be tried again later; too many attempts that count end at a person. `details` may have a lazy `text`."""
    if "text" in details:
        details["text"] = in_each_language(lambda: str(details["text"]))
    attempts = message.attempts if counts else message.attempts - 1
    pause = max(_pause(message.attempts if counts else 1), dt.timedelta(seconds=wait or 0))
    changes: dict[str, Any] = {"problem": problem, "details": details, "attempts": attempts}
    changes["next_try_at"] = timezone.now() + pause
    target = MessageState.DOUBT if message.posted_at is not None else MessageState.WAITING
    with transaction.atomic():
        stored: OutboxMessage = lock_row(OutboxMessage._base_manager.all(), message.pk)
        if counts and attempts >= ATTEMPTS:
            target = MessageState.DEAD
        if stored.state == target:
            OutboxMessage._base_manager.filter(pk=stored.pk).update(**changes)
            stored.refresh_from_db()
        else:
            transition(stored, target, actor=None, changes=changes)
        if tell or target == MessageState.DEAD:
            tell_of(stored, administrators=True)


def _pause(attempts: int) -> dt.timedelta:
    return dt.timedelta(minutes=min(2 ** max(attempts - 1, 0), LONGEST))
