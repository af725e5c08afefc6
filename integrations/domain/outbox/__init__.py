"""Messages to the ERP: kinds.py (what there is), messages.py (intents), sending.py (the worker), joining.py (what comes back)."""
