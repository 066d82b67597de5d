"""The fact base: what may be said in general, with its source, confidence and dates."""
