"""What a sharp-eyed legal secretary would remark on a regulation and its history.

``frame`` says what a check is; ``table`` lists them all and runs them over a ``Dossier``.
"""
