"""Quotes (报价): from the opportunity to the customer's answer. docs/quotes.md explains it."""
