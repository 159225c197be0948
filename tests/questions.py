"""Texts and questions from few words, so that they often meet, and from any signs at all."""

from __future__ import annotations

from hypothesis import strategies as st

_FEW = """
    klacht Klachten klachtenregeling bezwaar bezwaren bevoegd gezag foto's FOTO’S e-mail email GMR-reglement
    GMR reglement reglementen verwerking verwerken de het of OF raad van toezicht toezichthouder 14.1.b 14
    1° 1e5 8e72e6 7a 0x1F 12 2023/24 -5 +3 1.5e10 a b één een жалоба 学校 ÆØ ﬁets naïef &amp; <b> x@y.nl
    http://a.nl/b?c #d AND NOT NEAR NULL bewaartermijn bewaard school scholen schoolplan
"""
_WORDS = _FEW.split()
_SIGNS = " \n\t.,;:!?()[]{}<>\"'“”«»’‘*-–/\\%&|@#^~$_+=`°½\0\x1b\u00ad\u200b\u0301\ud800🙂"

_word = st.sampled_from(_WORDS)
_any_sign = st.one_of(st.sampled_from(_SIGNS), st.sampled_from("abkltdeijsgr1é°"), st.characters())

any_text = st.text(_any_sign, max_size=60)
some_texts = st.lists(
    st.builds(
        str.join,
        st.sampled_from((" ", "\n", ", ", "-")),
        st.lists(st.one_of(_word, st.text(_any_sign, max_size=8)), max_size=12),
    ),
    min_size=1,
    max_size=6,
)

_phrase = st.lists(_word, min_size=1, max_size=3).map(lambda row: f'"{" ".join(row)}"')
_beginning = st.tuples(_word, st.integers(2, 9)).map(lambda drawn: f"{drawn[0][: drawn[1]]}*")
_positive = st.one_of(_word, _phrase, _beginning)
_item = st.one_of(
    _positive,
    st.lists(_positive, min_size=2, max_size=3).map(" OF ".join),
    st.one_of(_word, _phrase, _beginning).map("-".__add__),
)
questions = st.one_of(st.lists(_item, min_size=1, max_size=4).map(" ".join), any_text)
