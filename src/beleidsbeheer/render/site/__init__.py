"""The website of a register: static pages that ask for nothing from elsewhere.

``model`` is what the pages are made from and what a page is; ``policy``, ``compare``, ``overview`` and ``proof``
decide what each kind of page says, ``templates/`` how; ``data`` has the forms for programs. ``pages`` has them all.
A page is a pure function of the register, the day and the address, and carries a key of everything it was made
from: who keeps that key beside the file need not make the page again.
"""
