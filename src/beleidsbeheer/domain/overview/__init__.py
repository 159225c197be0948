"""What there is to tell of registers on one day, as flat values: ``facts`` of one, ``rows`` for a table of many."""
