"""An editor's Markdown guide -> its parts."""
