"""Runs conversations written in YAML against the really running servers, over HTTP."""
