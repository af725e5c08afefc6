"""The demo company has a new product in every state."""

import pytest

from crm.models import User
from opportunities.demo import development
from opportunities.demo.development_texts import WANTED
from opportunities.enums import DevelopmentState
from opportunities.models import DevelopmentRequest
from tests.factories.approvals import make_policy, named
from tests.factories.records import make_opportunity

pytestmark = pytest.mark.django_db


def test_every_state_is_there_and_past_projects_give_the_figures_a_course(org):
    for role, username in (("research", development.RESEARCHER), ("product_manager", development.MANAGER)):
        User.objects.filter(pk=org.user(role).pk).update(username=username)
    make_policy(org, named(org.people.product_manager), document="development_project")
    own = [make_opportunity(org, product_line=org.sealant, product=org.product) for _wanted in WANTED]
    development._in_every_state(own)
    assert set(DevelopmentRequest.objects.values_list("state", flat=True)) == set(DevelopmentState.values)
    development._projects_before()
    assert DevelopmentRequest.objects.set_up().count() > 6
    assert DevelopmentRequest.objects.in_time().exists()
