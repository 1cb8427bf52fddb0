"""Product against floor: how near each deed comes to the least that any program with these libraries must spend."""
