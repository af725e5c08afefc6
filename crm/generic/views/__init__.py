"""The generic views of an entity."""
