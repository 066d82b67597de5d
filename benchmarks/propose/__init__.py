"""How long an answer to a borrower's request takes."""
