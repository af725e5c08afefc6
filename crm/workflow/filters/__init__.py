"""What one narrows to-dos, approval requests and policies by."""
