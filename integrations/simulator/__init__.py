"""A stand-in for SAP S/4HANA: serves the entity sets we read, over HTTP, from data of its own. For trying out and for tests.

A process of its own (`python -m integrations.simulator`) without Django and without our database.
"""
