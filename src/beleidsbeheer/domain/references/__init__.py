"""References in a regulation: found in the words, resolved in the text, and followed when it changes.

    links = resolve(parse(data))
    for link in links:
        print(link.reference.quote, [(hit.status, hit.key) for hit in link.hits])

``scan`` finds them, ``grammar`` reads one, ``phrases`` writes one, ``resolve`` finds what it names,
``drift`` tells which ones the renumbering of another text broke, ``documents`` finds the policies that
a text names, and ``graph`` has it all as plain values.
"""
