"""Values in a message: products, money, dates, periods, counts, numbers that identify."""
