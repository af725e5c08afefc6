"""Starting and ending processes of the operating system."""
