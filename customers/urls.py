"""Addresses of the app."""

from django.urls import path

from crm.generic.views.step import step_url
from customers.views import handover, pool
from customers.views.admission import STEPS as ADMISSION_STEPS
from customers.views.admission import Answers, Renew, admission_entity
from customers.views.certificate import certificate_entity
from customers.views.change import ProtectedFields
from customers.views.checklist import ChecklistDo, checklist_entity
from customers.views.contact import contact_entity
from customers.views.customer import STEPS, customer_entity
from customers.views.grades import grade_urls, policy_entity, proposal_entity, run_entity
from customers.views.grading import grading_entity, grading_urls
from customers.views.improvement import STEPS as PLAN_STEPS
from customers.views.improvement import goal_entity, plan_entity, rate_entity
from customers.views.merging import STEPS as MERGE_STEPS
from customers.views.merging import ChooseView, PairsView, ValuesView, merge_entity
from customers.views.parts import address_entity, billing_entity, legal_entity
from customers.views.register import AskOwnerView, ExistsView, RegisterFormView, RegisterView
from customers.views.registration import RegistrationStepView, registration_entity
from customers.views.wallet import demand_entity, share_entity

app_name = "customers"

urlpatterns = [
    *merge_entity.urls("merges/"),
    step_url(merge_entity, MERGE_STEPS, "merges/"),
    path("duplicates/", PairsView.as_view(entity=customer_entity), name="customer_duplicates"),
    path("<int:pk>/merge/", ChooseView.as_view(entity=customer_entity), name="customer_merge"),
    path("<int:pk>/merge/<int:other>/", ValuesView.as_view(entity=customer_entity), name="customer_merge_values"),
    *demand_entity.urls("demands/"),
    *share_entity.urls("shares/"),
    *plan_entity.urls("plans/"),
    step_url(plan_entity, PLAN_STEPS, "plans/"),
    *goal_entity.urls("goals/"),
    *rate_entity.urls("rates/"),
    path("protected-fields/", ProtectedFields.as_view(), name="protected_fields"),
    *admission_entity.urls("admissions/"),
    step_url(admission_entity, ADMISSION_STEPS, "admissions/"),
    path("admissions/<int:pk>/answers/", Answers.as_view(entity=admission_entity), name="admission_answers"),
    path("admissions/<int:pk>/renew/", Renew.as_view(entity=admission_entity), name="admission_renew"),
    *checklist_entity.urls("admission-checklists/"),
    path(
        "admission-checklists/<int:pk>/do/<slug:act>/",
        ChecklistDo.as_view(entity=checklist_entity),
        name="admissionchecklist_do",
    ),
    *certificate_entity.urls("certificates/"),
    path("register/", RegisterView.as_view(), name="register"),
    path("register/new/", RegisterFormView.as_view(), name="register_new"),
    path("register/ask/", AskOwnerView.as_view(), name="ask_owner"),
    path("exists/", ExistsView.as_view(), name="exists"),
    path("registrations/<int:pk>/<slug:step>/do/", RegistrationStepView.as_view(), name="customerregistration_step"),
    *registration_entity.urls("registrations/"),
    *address_entity.urls("addresses/"),
    *billing_entity.urls("billing/"),
    *legal_entity.urls("legal/"),
    *contact_entity.urls("contacts/"),
    *grade_urls(),
    *grading_urls(),
    *grading_entity.urls("grading-models/"),
    *run_entity.urls("grade-reviews/"),
    *proposal_entity.urls("grade-proposals/"),
    *policy_entity.urls("grade-policies/"),
    path("pool/warnings/", pool.WarningsView.as_view(), name="pool_warnings"),
    path("pool/tomorrow/", pool.TomorrowView.as_view(), name="pool_tomorrow"),
    *pool.customer_pool_entity.urls("pools/"),
    *pool.recycle_rule_entity.urls("pools/rules/"),
    *pool.pool_entry_entity.urls("pool/"),
    step_url(pool.pool_entry_entity, pool.STEPS, "pool/"),
    path("handovers/<int:pk>/<int:line>/sheet/", handover.SheetView.as_view(), name="handover_sheet"),
    path("handovers/<int:pk>/<int:line>/decline/", handover.DeclineView.as_view(), name="handover_decline"),
    *handover.handover_entity.urls("handovers/"),
    step_url(handover.handover_entity, handover.STEPS, "handovers/"),
    *customer_entity.urls(),
    step_url(customer_entity, STEPS),
]
