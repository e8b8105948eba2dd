"""Source files as authors and editors write them: quoted samples, notebooks, review files."""
