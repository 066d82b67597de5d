"""The project's Rasa graph components; each only hands a message to the code beside it."""
