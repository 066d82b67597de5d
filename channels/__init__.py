"""Where borrowers meet the assistant: the web channel and the service channels.

Each connector translates one outside protocol; what they share (text checks, one turn at a time,
the transcript, buttons that only their own conversation may press) is in ``conversation``.
"""
