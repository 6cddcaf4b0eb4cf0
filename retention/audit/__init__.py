"""The audit log: who got in or tried to, and who changed what at the desk. It is only ever added to."""
