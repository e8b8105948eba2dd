"""What follows for the whole book from what its pages say."""
