"""Admission of customers (BP-AM-03/04): checklists, admissions and their answers. docs/admission.md explains it."""
