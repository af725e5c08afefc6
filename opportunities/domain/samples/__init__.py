"""Samples: ask for them, send them, chase the customer's answer, judge."""
