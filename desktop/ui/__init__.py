"""Floor 4, the screens: thin; a slot reads widgets, starts one deed and shows the answer."""
