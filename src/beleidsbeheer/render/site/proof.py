"""The proof: what every entry came to, and all that is needed to check it without this site or this program."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from beleidsbeheer.domain.proposals import allowed_signers
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.verification import RULES_PATH, Judgement
from beleidsbeheer.render.site.frame import filled, framed
from beleidsbeheer.render.site.model import Page, Site

BUNDLE: Final = "bewijs/register.zip"
SIGNERS: Final = "bewijs/allowed_signers"

# what verification reads, and nothing that may hold a name: no namen.toml, no bron-….toml, no letters
_IN_BUNDLE: Final = re.compile(
    r"beleid\.toml|approvals/[^/]+/[^/]+/[^/]+\.json(?:\.sig)?|approvals/rooster/[^/]+\.(?:json|json\.sig|toml)"
    r"|reglement/[^/]+/versies/[^/]+\.md"
)
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # a zip has no older day; the same bytes on every run


def proof_pages(site: Site) -> Iterator[Page]:
    yield Page("bewijs.html", "", partial(_page, site))
    yield Page(SIGNERS, "", partial(_signers, site.register))
    yield Page(BUNDLE, "", partial(bundle, site))


def _signers(register: Register) -> bytes:
    return allowed_signers(register).encode()


def _page(site: Site) -> bytes:
    everything = site.register.verification.judgements
    judgements = [each for each in everything if each.path != RULES_PATH]
    rules = next((each for each in everything if each.path == RULES_PATH), None)
    main = filled(
        "bewijs.html.j2",
        root=site.root,
        organisation=site.organisation,
        judgements=[(each, digest_in(each)) for each in judgements],
        rules=rules,
        bundle=BUNDLE,
        signers=SIGNERS,
        day=site.day,
    )
    return framed(site, "bewijs.html", "Bewijs", main)


def digest_in(judgement: Judgement) -> str:
    """The digest of an entry; the twelve characters in its name when it cannot be read."""
    return judgement.entry.digest if judgement.entry else judgement.path[-17:-5]


def in_bundle(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a register that its verification needs, and none that may name a person."""
    return {path: data for path, data in sorted(files.items()) if _IN_BUNDLE.fullmatch(path)}


def bundle(site: Site) -> bytes:
    """A zip with the entries, the texts, the rules and the keys; the same bytes on every run."""
    readme = filled("leesmij.txt.j2", root=site.root, organisation=site.organisation)
    files = {
        **in_bundle(site.register.files),
        "allowed_signers": _signers(site.register),
        "LEESMIJ.txt": readme.encode(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(files):
            about = zipfile.ZipInfo(path, _LONG_AGO)
            about.compress_type, about.create_system = zipfile.ZIP_DEFLATED, 3
            about.external_attr = 0o644 << 16
            packed.writestr(about, files[path])
    return stream.getvalue()
