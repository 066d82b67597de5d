"""The project's own word lists: homophones, products, concept classes, safety rules.

Each list is a YAML file under ``data/lexicon/``, checked against a schema on loading.
"""
