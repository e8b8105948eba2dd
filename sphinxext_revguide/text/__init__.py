"""Plain text in, plain data out: sizes, numbers, quotations and word differences."""
