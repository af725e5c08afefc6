"""Addresses of the app."""

from django.urls import path

from crm.generic.views.step import step_url
from customers.views.admission import STEPS, Answers, Renew, admission_entity
from customers.views.certificate import certificate_entity
from customers.views.change import ProtectedFields
from customers.views.checklist import ChecklistDo, checklist_entity
from customers.views.contact import contact_entity
from customers.views.customer import customer_entity

app_name = "customers"

urlpatterns = [
    *contact_entity.urls("contacts/"),
    path("protected-fields/", ProtectedFields.as_view(), name="protected_fields"),
    *admission_entity.urls("admissions/"),
    step_url(admission_entity, STEPS, "admissions/"),
    path("admissions/<int:pk>/answers/", Answers.as_view(entity=admission_entity), name="admission_answers"),
    path("admissions/<int:pk>/renew/", Renew.as_view(entity=admission_entity), name="admission_renew"),
    *checklist_entity.urls("admission-checklists/"),
    path(
        "admission-checklists/<int:pk>/do/<slug:act>/",
        ChecklistDo.as_view(entity=checklist_entity),
        name="admissionchecklist_do",
    ),
    *certificate_entity.urls("certificates/"),
    *customer_entity.urls(),
]
