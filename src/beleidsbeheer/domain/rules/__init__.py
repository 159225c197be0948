"""Every rule of governance. Which rules guard which act stands in ``gates``.

``present``: the register now; ``submission``, ``consent``, ``adoption``, ``later``: the steps of a life.
"""
