"""The lists of to-dos, approval requests and policies."""
