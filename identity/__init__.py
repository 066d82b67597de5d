"""Who is on the other side of a conversation, decided on the server only.

A browser, a chat platform or a slot may *claim* a borrower; only this package says who it is. It
binds a sender id (made by the server) to a borrower id, keeps what the sender saw and was offered,
and records every refusal. It imports neither Rasa nor the account engine, so both may use it.
"""
