"""How fast a portfolio is swept, and how much memory that takes."""
