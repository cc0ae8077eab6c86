"""How the problems of a check are told: to people, to forges, to programs."""
