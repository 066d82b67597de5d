"""How long it takes to get a borrower's state out of the store."""
