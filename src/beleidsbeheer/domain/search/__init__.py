"""Searching in words: cutting and stemming a text, the language of a question, and showing what was found.

    query = read_query('klacht* "bevoegd gezag" -foto')
    query.matches(words(text))                      # what the question means, without a database
    to_fts5(query), to_tsquery(query)               # the same for a database that holds stems(text)
    snippet(text, query.hits(words(text)))          # the piece to show, with the hits in it

``words`` cuts a text, ``stemming`` brings the forms of a word together, ``query`` reads what a person
types, ``dialects`` writes it down for SQLite and PostgreSQL, ``snippet`` picks the piece to show, and
``suggest`` helps who found nothing. A database never sees a word of a text: it gets stems of a-z and
0-9 only, so its own ideas of words, accents and languages cannot make two databases differ.
"""
