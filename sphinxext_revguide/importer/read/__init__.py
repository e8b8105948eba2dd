"""An editor's Markdown guide -> the parts that it is made of."""
