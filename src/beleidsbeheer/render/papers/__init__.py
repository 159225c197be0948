"""Papers that leave the register: one content (``model``), a module for each kind of paper, one for each form."""
