"""All registers side by side: on a screen (``text``), as a page (``page``), and for programs (``data``).

``words`` says what stands in each cell, the same in every form.
"""
