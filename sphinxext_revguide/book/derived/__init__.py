"""Functions that derive values for the whole book from the records of its pages."""
