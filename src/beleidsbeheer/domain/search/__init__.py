"""Search in regulations: what a person types, what a text holds, and what to show of it. Pure.

    query = read_query('klacht* "bevoegd gezag" -foto')
    query.matches(words(text))                      # what the question means, without a database
    to_fts5(query), to_tsquery(query)               # the same for a database that holds stems(text)
    snippet(text, query.hits(words(text)))          # the piece to show, with the hits in it

``words`` cuts a text, ``stemming`` brings the forms of a word together, ``reading`` reads what a person
types, ``query`` is what it means, ``dialects`` writes it down for SQLite and PostgreSQL, ``snippet``
picks the piece to show, ``suggest`` helps who found nothing, and ``fragments`` cuts a regulation into
what is found. A database never sees a word of a text: it gets stems of a-z and 0-9 only, so its own
ideas of words, accents and languages cannot make two databases differ.
"""
