"""The working books behind a fold: mutable, whole fen, days as proleptic ordinals.

Nothing outside `account_engine.domain` uses this package; what leaves it is frozen state.
"""
