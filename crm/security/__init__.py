"""The screens of accounts: signing in, one's own sessions and second factor, and what administrators see of those of others."""
