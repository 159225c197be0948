"""What the checks found, as people and programs read it: lines, a page, JSON, SARIF, and the matrix of coverage."""
