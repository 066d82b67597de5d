"""How sure the classifier has to be of a danger that no rule heard."""

SURE_OF_DISTRESS = 0.6
"""From this probability on it is taken for what it says; below it for a guess, answered softly."""

SURE_BESIDE_A_LIFE_THAT_GOES_ON = 0.85
"""The same where the message speaks of work, wages, errands or of how to pay."""
