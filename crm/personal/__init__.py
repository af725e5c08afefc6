"""Personal data: what is held and why, looking at masked data, export and erasure for a person, how long it is kept."""
