"""Which intent a message has: features, linear classifiers, calibration."""
