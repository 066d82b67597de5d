"""One exchange with a borrower: what came in (Turn), what goes out (Reply), and how."""
