"""Who gets in: passwords, lockouts, the second factor, and when a session ends."""
