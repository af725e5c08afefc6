"""Brings the ERP's documents here: pages, position, rejected rows, runs."""
