"""The index of registers: ``choose`` which, ``judge`` one, ``freshen`` the index, ``compare`` it with them.

Nothing in a register changes.
"""
