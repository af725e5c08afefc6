"""How people prove who they are: passwords, second factor, sessions, and the log of all that."""
