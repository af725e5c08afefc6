"""The release: the product of the catalogue, in one step with the end of the project."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import is_held, save_record
from crm.catalogue.domain.products import create_product
from crm.catalogue.domain.specification import PREFIX, fields_of
from crm.catalogue.enums import FieldKind
from crm.errors import DomainError, NotAllowed
from crm.formats import enumerated
from crm.locks import lock_row
from crm.models import Product, User
from crm.transitions import transition
from opportunities.domain.developments import todos
from opportunities.domain.developments.course import open_milestones
from opportunities.domain.developments.requests import announce
from opportunities.domain.opportunity import update_opportunity
from opportunities.enums import DevelopmentState
from opportunities.models import DevelopmentRequest, Opportunity

MAY_ADD = "crm.add_product"


def suggested_product(development: DevelopmentRequest) -> dict[str, Any]:
    """What the product's form starts with; a wanted property of the name of a specification field gives its value where both
    limits agree."""
    found: dict[str, Any] = {"name": development.title[:100], "product_line": development.product_line_id}
    wanted = {row.name.strip().casefold(): row for row in development.requirements.all()}
    for field in fields_of(development.product_line_id):
        names = (field.name, field.name_en, field.key)
        row = next((wanted[name.casefold()] for name in names if name and name.casefold() in wanted), None)
        if row is None:
            continue
        if field.kind == FieldKind.NUMBER:
            if row.minimum is not None and row.minimum == row.maximum:
                found[f"{PREFIX}{field.key}"] = row.minimum.normalize()
        elif field.kind == FieldKind.TEXT:
            found[f"{PREFIX}{field.key}"] = row.reached or row.target
    return found


def what_keeps(development: DevelopmentRequest) -> str:
    """Which milestones keep it from its release, "" when none does."""
    if names := [str(row) for row in open_milestones(development, without_release=True)]:
        return _("These milestones are still open: %(names)s.") % {"names": enumerated(names)}
    return ""


def release(*, development: DevelopmentRequest, actor: User, **product: Any) -> Product:
    """Put the product into the catalogue and end the project; an opportunity without a product gets it.

    `product` are the values of a new product. Raises NotAllowed without the right to add products, DomainError while milestones
    are open and as create_product() does; TransitionError, StaleVersion."""
    if not actor.has_perm(MAY_ADD):
        raise NotAllowed(_("You may not add products to the catalogue."))
    today = timezone.localdate()
    with transaction.atomic():
        lock_row(DevelopmentRequest._base_manager.all(), development.pk)
        if reason := what_keeps(development):
            raise DomainError(reason)
        made = create_product(actor=actor, **product)
        changes = {"product": made, "released_on": today}
        transition(development, DevelopmentState.RELEASED, actor=actor, reason=made.code, changes=changes)
        for milestone in open_milestones(development):
            milestone.done_on, milestone.result = today, made.code
            todos.keep_task(milestone, actor)
            save_record(milestone, expected_version=None, fields=["done_on", "result", "task"])
        todos.drop_all(development, actor, made.code)
        _give_to_opportunity(development, made, actor)
        announce(development)
    return made


def _give_to_opportunity(development: DevelopmentRequest, product: Product, actor: User) -> None:
    """The opportunity that had no product gets it, unless it is frozen by an approval just now."""
    if development.opportunity_id is None:
        return
    opportunity = lock_row(Opportunity._base_manager.all(), development.opportunity_id)
    if opportunity.product_id is None and not is_held(opportunity):
        values: dict[str, Any] = {"product": product}
        if opportunity.product_line_id is None:
            values["product_line"] = product.product_line
        update_opportunity(instance=opportunity, expected_version=None, actor=actor, **values)
