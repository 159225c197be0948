"""A paper in one of its forms. The heavy ones load only when asked."""

from __future__ import annotations

from beleidsbeheer.render.papers.model import Paper

FORMS = ("pdf", "docx", "markdown")


def made(paper: Paper, form: str) -> bytes:
    """The bytes of a file in one of FORMS."""
    if form == "pdf":
        from beleidsbeheer.render.papers.pdf import pdf

        return pdf(paper)
    if form == "docx":
        from beleidsbeheer.render.papers.word import word

        return word(paper)
    from beleidsbeheer.render.papers.markdown import markdown

    return markdown(paper).encode("utf-8")
