"""How sure the classifier has to be of a danger that no rule heard."""

SURE_OF_DISTRESS = 0.6
"""From this probability on it is taken for what it says; below it for a guess, answered softly."""
