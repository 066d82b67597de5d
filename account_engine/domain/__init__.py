"""The pure domain: no clock, no float, no storage, no YAML.

Everything a borrower reads about an account is computed here, from contracts, events and a date.
"""
