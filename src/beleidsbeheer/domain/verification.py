"""Verification of a whole register: a verdict for every entry, from bytes alone.

The same beat for each entry: authentic (``authenticity``), signed by who may (``roster``, ``succession``),
resting on entries that count, not repudiated, not too late, and the texts it names unchanged. Nothing
here raises for what it finds: a broken entry is a judgement beside the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from graphlib import TopologicalSorter

from beleidsbeheer.domain.authenticity import RESTORE, Defect, Signed, authenticate
from beleidsbeheer.domain.ballots import named_by
from beleidsbeheer.domain.entry import REPUDIABLE, Entry, digest_of
from beleidsbeheer.domain.model import Finding, Severity, Verdict, has_error
from beleidsbeheer.domain.roster import Roster, signer_defect
from beleidsbeheer.domain.sense import ROSTER_KINDS
from beleidsbeheer.domain.succession import Succession

RULES_PATH = "beleid.toml"

_REPUDIATED = "verworpen door de beheerders"
_CHOOSE = (
    "Wie in beide roosters beheerder is, verwerpt er een: beleid verwerp DIGEST --reden …"
    " Is er zo niemand, zoek dan een kopie van vóór de splitsing; zie docs/vertrouwen.md."
)

_NOT_AN_ENTRY = re.compile(
    r"approvals/(README\.md|namen\.toml|rooster/regels-[0-9a-f]{12}\.toml"
    r"|[a-z0-9-]+/(bron-[0-9a-f]{12}\.toml|brief-[0-9a-f]{12}\.[a-z0-9]{1,8}))"
)
_FROZEN = re.compile(r"reglement/[^/]+/versies/[^/]+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one file. ``entry`` is None when it cannot even be read as a statement.

    ``note`` says what a valid entry is besides valid ("voorstel: 1 van 2"); ``hint`` is "wat nu?".
    ``authentic`` is False when bytes, name or signature are broken; then nobody knows what it said.
    ``settled`` marks an entry that the beheerders repudiated: it does not count, and nothing is left to do.
    """

    path: str
    verdict: Verdict
    reason: str = ""
    hint: str = ""
    entry: Entry | None = None
    note: str = ""
    settled: bool = False
    authentic: bool = True

    @property
    def wrong(self) -> bool:
        """Whether somebody still has to do something about this."""
        return self.verdict is not Verdict.GELDIG and not self.settled

    @property
    def counts(self) -> bool:
        return self.verdict is Verdict.GELDIG and self.entry is not None


@dataclass(frozen=True)
class Verification:
    """Everything that verification found. ``root`` is the digest of roster 0, empty if there is none."""

    root: str
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    succession: Succession | None

    @cached_property
    def counted(self) -> dict[str, Entry]:
        """The entries that count, by digest."""
        return {j.entry.digest: j.entry for j in self.judgements if j.entry and j.counts}

    @property
    def roster(self) -> Roster | None:
        """The roster in force now."""
        return self.succession.line[-1] if self.succession and self.succession.line else None

    @property
    def heads(self) -> list[str]:
        """Digests that no other counted entry shows to have seen: what a new roster must seal.

        Without what names, itself or through others, an entry that is missing: sealing that would also
        seal what somebody keeps back to show later.
        """
        entries = {j.entry.digest: j.entry for j in self.judgements if j.entry}
        whole = {roster.digest for roster in self.succession.line} if self.succession else set()
        graph = {d: entry.references for d, entry in entries.items() if d not in whole}
        for digest in TopologicalSorter(graph).static_order():
            if digest in graph and whole.issuperset(graph[digest]):
                whole.add(digest)
        seen = {digest: entry for digest, entry in self.counted.items() if digest in whole}
        named = {digest for entry in seen.values() for digest in named_by(entry, entries)}
        return sorted(seen.keys() - named)

    @property
    def sound(self) -> bool:
        """Whether nothing at all is wrong."""
        wrong = any(judgement.wrong for judgement in self.judgements)
        return not wrong and not has_error(self.findings)


def verify(files: Mapping[str, bytes], today: date, root: str = "") -> Verification:
    """Judge every entry in ``files`` ({path: bytes}) as of ``today``.

    ``root`` is the digest of roster 0 that this reader trusts; empty means: the only one there is.
    """
    signed: dict[str, Signed] = {}
    judged: dict[str, Judgement] = {}
    for path in sorted(files):
        if path.startswith("approvals/") and path.endswith(".json"):
            result = authenticate(path, files[path], files.get(path + ".sig"))
            if isinstance(result, Signed):
                signed[result.entry.digest] = result
            else:
                judged[path] = _judge_defect(path, result)
    first, findings = _find_root(signed, root)
    succession = Succession(first, signed, today) if first else None
    if succession is not None and not succession.line:
        succession = None
        findings.append(_no_root("rooster 0 is zelf niet in orde"))
    judged |= _Judge(files, signed, succession, today).all()
    judged |= _judge_rules(files, succession)
    findings += [*_stray_files(files, judged), *_dangling(signed, judged), *_forks(succession)]
    return Verification(
        root=first.entry.digest if first and succession else "",
        judgements=tuple(judged[path] for path in sorted(judged)),
        findings=tuple(findings),
        succession=succession,
    )


# --- the root ------------------------------------------------------------------------------------------


def _find_root(signed: Mapping[str, Signed], root: str) -> tuple[Signed | None, list[Finding]]:
    roots = [s for s in signed.values() if s.entry.kind == "rooster" and not s.entry.roster]
    if root:
        trusted = next((each for each in roots if each.entry.digest == root), None)
        missing = [_no_root(f"de wortel die u vertrouwt ({root[:12]}…) staat er niet in")]
        return trusted, [] if trusted else missing
    if len(roots) == 1:
        return roots[0], []
    return None, [
        _no_root("er is geen rooster 0" if not roots else "er zijn twee wortels (rooster 0)")
    ]


def _no_root(reason: str) -> Finding:
    return Finding(
        rule="wortel",
        severity=Severity.FOUT,
        place="approvals/rooster",
        message=f"Dit register is niet te beoordelen: {reason}.",
        hint="Vraag de school welke wortel de juiste is en gebruik: beleid verifieer --wortel DIGEST",
    )


def _judge_defect(path: str, defect: Defect) -> Judgement:
    return Judgement(
        path, defect.verdict, defect.reason, defect.hint, defect.entry, authentic=False
    )


# --- entries -------------------------------------------------------------------------------------------


class _Judge:
    """One run over all authentic entries, grounds before what rests on them."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        signed: Mapping[str, Signed],
        succession: Succession | None,
        today: date,
    ) -> None:
        self._files = files
        self._signed = signed
        self._succession = succession
        self._today = today
        self._hashes: dict[str, str] = {}
        self._done: dict[str, Judgement] = {}

    def all(self) -> dict[str, Judgement]:
        graph = {digest: signed.entry.grounds for digest, signed in self._signed.items()}
        for digest in TopologicalSorter(graph).static_order():
            if digest in self._signed:
                self._done[digest] = self._judge(self._signed[digest])
        return {judgement.path: judgement for judgement in self._done.values()}

    def _judge(self, signed: Signed) -> Judgement:
        entry = signed.entry
        if self._succession is None:
            verdict, reason, hint = (
                Verdict.NIET_TE_BEOORDELEN,
                "er is geen wortel om op te vertrouwen",
                "",
            )
        elif entry.kind == "rooster":
            return self._judge_roster(entry, self._succession)
        elif entry.kind in REPUDIABLE and self._succession.decided(entry.digest, "verwerping"):
            return Judgement(entry.path, Verdict.ONGELDIG, _REPUDIATED, "", entry, settled=True)
        else:
            verdict, reason, hint = next(
                self._objections(signed, self._succession), (Verdict.GELDIG, "", "")
            )
        note = self._note(entry) if verdict is Verdict.GELDIG else ""
        settled = verdict is not Verdict.GELDIG and self._is_repudiated_act(entry)
        return Judgement(entry.path, verdict, reason, hint, entry, note, settled)

    def _is_repudiated_act(self, entry: Entry) -> bool:
        """Whether the beheerders settled an act that does not count anyway."""
        if self._succession is None or entry.kind in ROSTER_KINDS:
            return False
        return self._succession.decided(entry.digest, "verwerping") is not None

    def _judge_roster(self, entry: Entry, succession: Succession) -> Judgement:
        roster = succession.rosters.get(entry.digest)
        if roster is None:
            unsound = succession.ballots.unsound.get(entry.digest, "")
            verdict = Verdict.ONGELDIG if unsound else Verdict.NIET_TE_BEOORDELEN
            reason = unsound or "dit rooster gaat niet terug op de wortel van dit register"
            return Judgement(entry.path, verdict, reason, "Neem dit rooster niet over.", entry)
        if succession.in_force(roster):
            note = "in werking" if roster is succession.line[-1] else "opgevolgd"
            return Judgement(entry.path, Verdict.GELDIG, entry=entry, note=note)
        if roster in succession.rivals:
            reason = f"er zijn meer roosters met nummer {roster.number}"
            return Judgement(entry.path, Verdict.NIET_TE_BEOORDELEN, reason, _CHOOSE, entry)
        if succession.decided(entry.digest, "verwerping"):
            return Judgement(entry.path, Verdict.ONGELDIG, _REPUDIATED, "", entry, settled=True)
        previous = succession.rosters.get(roster.previous)
        if previous is not None and not succession.in_force(previous):
            return Judgement(entry.path, *_not_in_force(previous, succession), entry)
        passed = roster.number < len(succession.line)
        note = "voorstel, gepasseerd" if passed else self._note(entry)
        return Judgement(entry.path, Verdict.GELDIG, entry=entry, note=note)

    def _objections(
        self, signed: Signed, succession: Succession
    ) -> Iterator[tuple[Verdict, str, str]]:
        """What stands in the way of counting, gravest first: (verdict, reason, hint)."""
        entry = signed.entry
        roster = succession.rosters.get(entry.roster)
        if roster is None:
            hint = "Zet het ontbrekende rooster terug in approvals/rooster."
            yield Verdict.NIET_TE_BEOORDELEN, "het rooster waaronder is getekend ontbreekt", hint
            return
        yield from self._signer_objections(signed, roster, succession)
        yield from self._ground_objections(entry)
        late = succession.is_late(entry, roster)
        if late is not None and not succession.decided(entry.digest, "erkenning"):
            reason = (
                f"te laat: rooster {late.number} nam {entry.person} deze rol of sleutel af"
                " zonder deze vastlegging te kennen"
            )
            yield (
                Verdict.ONGELDIG,
                reason,
                f"De beheerders kunnen haar erkennen: beleid erken {entry.digest[:12]}",
            )
        yield from self._text_objections(entry)

    def _signer_objections(
        self, signed: Signed, roster: Roster, succession: Succession
    ) -> Iterator[tuple[Verdict, str, str]]:
        entry = signed.entry
        if entry.kind != "aanvaarding" and not succession.in_force(roster):
            yield _not_in_force(roster, succession)
        defect = signer_defect(signed, roster, self._today)
        if defect:
            yield Verdict.ONGELDIG, defect, "Laat iemand tekenen die dit mag: beleid rooster toon"
        elif entry.kind != "aanvaarding" and not succession.ballots.is_proven(
            roster, entry.person, entry.key
        ):
            hint = f"{entry.person} toont dat de sleutel werkt: beleid rooster aanvaard"
            yield Verdict.ONGELDIG, "de sleutel is nog niet aanvaard", hint

    def _ground_objections(self, entry: Entry) -> Iterator[tuple[Verdict, str, str]]:
        for digest in entry.grounds:
            ground = self._done.get(digest)
            if ground is None or ground.entry is None:
                reason = f"rust op vastlegging {digest[:12]}…, die ontbreekt of niet klopt"
                yield Verdict.NIET_TE_BEOORDELEN, reason, RESTORE
            elif not ground.counts:
                # only what can never count makes this entry invalid; the rest can be put right
                hopeless = ground.verdict is Verdict.ONGELDIG
                verdict = Verdict.ONGELDIG if hopeless else Verdict.NIET_TE_BEOORDELEN
                yield (
                    verdict,
                    f"rust op {ground.path}, en die telt niet",
                    _ground_hint(entry, ground),
                )
            elif entry.date < ground.entry.date:
                reason = f"de datum {entry.date} ligt vóór die van {ground.path}"
                yield Verdict.ONGELDIG, reason, "Onderteken opnieuw met de juiste datum."

    def _text_objections(self, entry: Entry) -> Iterator[tuple[Verdict, str, str]]:
        for text in entry.texts:
            data = self._files.get(text.path)
            if data is None:
                yield Verdict.NIET_TE_BEOORDELEN, f"de tekst {text.path} ontbreekt", RESTORE
            elif len(data) != text.size or self._hash(text.path, data) != text.sha256:
                reason = f"de tekst {text.path} is niet meer de tekst die is getekend"
                yield Verdict.GEWIJZIGD, reason, f"Zet {text.path} terug zoals hij was."

    def _hash(self, path: str, data: bytes) -> str:
        if path not in self._hashes:
            self._hashes[path] = digest_of(data)
        return self._hashes[path]

    def _note(self, entry: Entry) -> str:
        """What a decision of the beheerders still needs."""
        if self._succession is None or entry.kind not in {"rooster", "verwerping", "erkenning"}:
            return ""
        tally = self._succession.ballots.tally(entry)
        if entry.kind != "rooster" and tally.reached:
            return "besloten"
        return f"voorstel: {len(tally.given)} van {tally.required} akkoord"


def _ground_hint(entry: Entry, ground: Judgement) -> str:
    if ground.settled:
        return f"Laat ook deze verwerpen en begin opnieuw: beleid verwerp {entry.digest[:12]}"
    return f"Los eerst op wat er met {ground.path} is."


def _not_in_force(roster: Roster, succession: Succession) -> tuple[Verdict, str, str]:
    """The objection to whatever was signed under a roster that never came into force."""
    forked = roster in succession.rivals
    verdict = Verdict.NIET_TE_BEOORDELEN if forked else Verdict.ONGELDIG
    reason = f"rooster {roster.number} waaronder is getekend is niet in werking"
    return verdict, reason, "Bekijk de roosters: beleid rooster toon"


# --- beside the entries ----------------------------------------------------------------------------------


def _judge_rules(files: Mapping[str, bytes], succession: Succession | None) -> dict[str, Judgement]:
    """``beleid.toml`` decides too (sector, bodies), so the roster signs its hash."""
    data = files.get(RULES_PATH)
    if succession is None:
        return {}
    if data is None:
        verdict, reason = Verdict.NIET_TE_BEOORDELEN, "beleid.toml ontbreekt"
    elif digest_of(data) == succession.line[-1].rules:
        return {RULES_PATH: Judgement(RULES_PATH, Verdict.GELDIG)}
    else:
        verdict, reason = Verdict.GEWIJZIGD, "het rooster is getekend met een andere beleid.toml"
    hint = "Zet beleid.toml terug, of leg de nieuwe regels vast: beleid rooster voorstel"
    return {RULES_PATH: Judgement(RULES_PATH, verdict, reason, hint)}


def _stray_files(files: Mapping[str, bytes], judged: Mapping[str, Judgement]) -> Iterator[Finding]:
    named = {text.path for j in judged.values() if j.entry for text in j.entry.texts}
    for path in sorted(files):
        if _FROZEN.fullmatch(path) and path not in named:
            message = "Deze tekst staat bij de vaste versies, maar niemand heeft hem geregistreerd."
            yield Finding(
                "losse-tekst",
                Severity.OPMERKING,
                path,
                message,
                "Hoorde hier een vastlegging bij? Zet die terug. Anders: verwijder de tekst.",
            )
        if not path.startswith("approvals/") or path.endswith(".json"):
            continue
        if path.endswith(".sig") and path.removesuffix(".sig") in files:
            continue
        if path.endswith(".json.sig"):
            message = "Bij deze handtekening hoort geen vastlegging."
            hint = "Kijk of er een opdracht is afgebroken; voer die opnieuw uit en verwijder dit bestand."
            yield Finding("losse-handtekening", Severity.WAARSCHUWING, path, message, hint)
        elif not _NOT_AN_ENTRY.fullmatch(path):
            message = "Dit bestand hoort niet in approvals."
            yield Finding("vreemd-bestand", Severity.WAARSCHUWING, path, message, "Verplaats het.")


def _dangling(signed: Mapping[str, Signed], judged: Mapping[str, Judgement]) -> Iterator[Finding]:
    """Entries that others name and that are not there: somebody removed them."""
    present = signed.keys() | {j.entry.digest for j in judged.values() if j.entry}
    missing: dict[str, str] = {}
    for each in signed.values():
        for digest in each.entry.references:
            if digest not in present:
                missing.setdefault(digest, each.entry.path)
    for digest, path in sorted(missing.items()):
        message = f"Vastlegging {digest[:12]}… ontbreekt of is veranderd; {path} noemt haar wel."
        yield Finding("ontbreekt", Severity.FOUT, path, message, RESTORE)


def _forks(succession: Succession | None) -> Iterator[Finding]:
    if succession is not None and succession.rivals:
        paths = ", ".join(sorted(rival.entry.path for rival in succession.rivals))
        yield Finding(
            rule="splitsing",
            severity=Severity.FOUT,
            place="approvals/rooster",
            message=f"Er zijn meer roosters met hetzelfde nummer: {paths}. Geen ervan is in werking.",
            hint=_CHOOSE,
        )
