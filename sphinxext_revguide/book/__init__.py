"""The records of each page, and the values derived from them for the whole book."""
