"""The one renderer: turns a typed reply into words, buttons and a card, and guards them."""
