"""What the pages of a book say, and what follows from it for the whole book."""
