"""Floor 5, the invented district: the only place that demo data comes from."""
