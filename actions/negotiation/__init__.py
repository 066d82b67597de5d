"""The negotiation: hearing wishes, showing offers, agreeing."""
