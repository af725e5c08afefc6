"""Moves that are approved."""

from django.utils.translation import gettext_lazy as _

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.workflow.documents import business_unit_fact, register_document
from customers.enums import Grade
from opportunities.domain import move_approval

KINDS = (("forward", _("to the next stage")), ("skip", _("skips a stage")), ("win", _("won")))

register_document(
    ApprovalDocument(
        key=move_approval.DOCUMENT,
        label=_("Step of an opportunity"),
        model="opportunities.Opportunity",
        permission="opportunities.change_opportunity",
        facts=(
            business_unit_fact(),
            ApprovalFact("amount", _("amount"), "money", lambda record: record.amount_base),
            ApprovalFact("grade", _("grade"), "choice", lambda record: record.customer.grade, lambda: Grade.choices),
            ApprovalFact("move", _("step"), "choice", move_approval.kind_of_move, lambda: KINDS),
            ApprovalFact(
                "stage",
                _("stage"),
                "choice",
                lambda record: record.stage_id,
                move_approval.target_choices,
            ),
        ),
        show=("name", "customer", "stage", "product_line", "our_volume_kg", "proposed_price", "amount"),
        title=lambda record: record.name,
        ready=move_approval.ready,
        on_approved=move_approval.on_approved,
        icon="target-arrow",
        order=40,
    )
)
