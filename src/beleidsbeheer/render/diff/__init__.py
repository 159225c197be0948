"""What changed between two texts, in every form that people ask for: screen, page, table, Word, JSON."""
