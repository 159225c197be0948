"""What is shown (tables) and how (text, Markdown, HTML, CSV, JSON)."""
