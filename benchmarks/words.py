"""The words of made-up regulations: compounds of our own parts, some ten thousand, drawn as natural words are.

Frequencies follow Zipf as Mandelbrot has it: the word of rank r is drawn in proportion to 1 / (r + 2.7)^1.05.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


def several(text: str, by: str | None = None) -> list[str]:
    """The words of a text, or what stands between each ``by`` and on each line."""
    return text.split() if by is None else text.strip().replace("\n", by).split(by)


_FIRST = several("""
aanmeldings aannames aanstellings aanwezigheids absentie administratie advies afmeldings afsluitings agressie
alarm ambulance arbo archief assistenten audit avond basis beeld begeleidings begrotings beheers beleids
beoordelings bereikbaarheids beroeps beschermings besluit bestuurs beveiligings bewaar bewegings bezoek bezwaar
bibliotheek bijdrage boekhoud bouw brand buitenschool calamiteiten camera centrum certificerings cijfer commissie
communicatie computer concierge contact contract controle crisis cultuur cursus declaratie deelname dienst digitaal
diploma docenten dossier doorstroom duurzaamheids examen excursie facilitair familie feest fiets fietsen film financiële
formatie foto fraude functie gang gebouw gedrags gegevens geld geluids gespreks gezondheids groeps gymnastiek handels
herkansings herstel hulp huisvestings huur ict inburgerings incidenten informatie inkoop inname inspectie
instemmings integriteits interieur internet introductie jaar jeugd jubileum kamp kantine kas kerndoel keuken keuze kind
klachten klas klassen kleding kluis kosten kwaliteits kunst lees leer leerling leerlingen leerplicht les lesuitval
leverings lokaal logboek lokalen loopbaan luister lunch maatregel maand materiaal media medewerker medezeggenschaps
medicijn meld mentor middelen milieu mobiliteits muziek naschools natuur netwerk nood notulen normerings
oefen onderhouds onderwijs onderzoeks ongevallen ontruimings ontslag ontwikkelings opbrengst opleidings opname
organisatie ouder ouderavond overblijf overdrachts overgangs overleg pauze personeels pest plaatsings plannings plein
praktijk preventie prijs privacy procedure proef profiel project publicatie raad rapportage reactie reis reken
register risico rook rooster ruimte salaris samenwerkings schade schema school schoolgids schorsings schriftelijk
sectie signalerings sleutel sollicitatie sport spraak stage stagiairs steun stook studie subsidie surveillance
taal taak team technologie tekst telefoon termijn toelatings toernooi toets toezicht traject tuin tussentijds
uitgaven uitstroom uitval vakantie vak veiligheids verantwoordings vergader verkeers verlof verstrekkings vertrouwens
vervangings vervoers verwerkings verzekerings verzuim video voedings volg voorlichtings voorraad vrijwilligers
wachtlijst wachtwoord website werk werving wijk winter zaal ziekte zomer zorg
""")

_LAST = several("""
het:aanbod:aanbiedingen de:aanpak:aanpakken de:aanvraag:aanvragen de:administratie:administraties het:advies:adviezen
de:afspraak:afspraken het:archief:archieven de:beoordeling:beoordelingen het:beleid:beleidslijnen de:bijdrage:bijdragen
het:besluit:besluiten het:bestand:bestanden de:bijeenkomst:bijeenkomsten de:brief:brieven de:coördinator:coördinatoren
de:commissie:commissies de:controle:controles het:document:documenten het:dossier:dossiers de:eis:eisen
de:evaluatie:evaluaties het:formulier:formulieren het:gesprek:gesprekken de:grens:grenzen de:groep:groepen
het:handboek:handboeken de:instructie:instructies het:jaar:jaren de:kaart:kaarten het:kader:kaders de:lijst:lijsten
het:logboek:logboeken de:maatregel:maatregelen de:medewerker:medewerkers de:melding:meldingen de:methode:methodes
het:middel:middelen het:moment:momenten de:norm:normen het:onderzoek:onderzoeken de:ondersteuning:ondersteuningen
het:overleg:overleggen het:overzicht:overzichten de:periode:periodes het:plan:plannen de:plicht:plichten
de:procedure:procedures het:programma:programma's het:protocol:protocollen het:punt:punten de:raad:raden
het:rapport:rapporten het:recht:rechten de:regel:regels de:regeling:regelingen het:register:registers
het:reglement:reglementen de:richtlijn:richtlijnen de:rol:rollen de:ruimte:ruimtes het:schema:schema's
het:stuk:stukken het:systeem:systemen de:taak:taken de:termijn:termijnen de:toets:toetsen het:traject:trajecten
de:uitkomst:uitkomsten de:vergoeding:vergoedingen het:verslag:verslagen het:verzoek:verzoeken de:voorwaarde:voorwaarden
de:voorziening:voorzieningen de:vraag:vragen de:werkwijze:werkwijzen de:wijziging:wijzigingen de:zaak:zaken
""")

# infinitive:third person:participle
VERBS = several("""
aanpassen:past:aangepast beoordelen:beoordeelt:beoordeeld bespreken:bespreekt:besproken bewaren:bewaart:bewaard
bijhouden:houdt:bijgehouden controleren:controleert:gecontroleerd delen:deelt:gedeeld evalueren:evalueert:geëvalueerd
goedkeuren:keurt:goedgekeurd herzien:herziet:herzien inzien:ziet:ingezien melden:meldt:gemeld noteren:noteert:genoteerd
onderzoeken:onderzoekt:onderzocht opstellen:stelt:opgesteld ordenen:ordent:geordend publiceren:publiceert:gepubliceerd
raadplegen:raadpleegt:geraadpleegd regelen:regelt:geregeld registreren:registreert:geregistreerd
toelichten:licht:toegelicht toetsen:toetst:getoetst vaststellen:stelt:vastgesteld verbeteren:verbetert:verbeterd
vernietigen:vernietigt:vernietigd verstrekken:verstrekt:verstrekt verwijderen:verwijdert:verwijderd
verzamelen:verzamelt:verzameld voorbereiden:bereidt:voorbereid weigeren:weigert:geweigerd wijzigen:wijzigt:gewijzigd
""")

PEOPLE = (
    """
de school|het bestuur|de directeur|de ouder|de leerling|de medewerker|de mentor|de vertrouwenspersoon|de secretaris
de medezeggenschapsraad|de oudergeleding|de personeelsgeleding|het bevoegd gezag|de teamleider|de intern begeleider
de functionaris gegevensbescherming|de klachtencommissie|de inspectie|de stagebegeleider|de conciërge|de schoolleider
""".strip()
    .replace("\n", "|")
    .split("|")
)

ADJECTIVES = several("""
schriftelijke tijdelijke jaarlijkse volledige zorgvuldige vertrouwelijke mondelinge digitale redelijke noodzakelijke
bijzondere gezamenlijke dringende vaste openbare persoonlijke aantoonbare zichtbare eenvoudige medische wettelijke
aanvullende gewone nieuwe eerdere latere passende duidelijke tijdige veilige gedeelde begrijpelijke voorlopige
""")

NUMBERS = several("twee drie vier vijf zes acht tien twaalf veertien twintig dertig")
UNITS = several("dagen werkdagen weken schoolweken maanden")
SUBJECTS = (
    """
de veiligheid van leerlingen|de rust in de school|een goed verloop van het schooljaar|een eerlijke behandeling
het belang van het kind|de gezondheid van medewerkers|een ordelijke gang van zaken|het vertrouwen van ouders
een zuinige omgang met middelen|gelijke kansen|de bescherming van gegevens|een leesbare verantwoording
""".strip()
    .replace("\n", "|")
    .split("|")
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A compound with its article; ``one`` and ``many`` are its forms."""

    article: str
    one: str
    many: str

    @property
    def full(self) -> str:
        return f"{self.article} {self.one}"


class Draw(Generic[T]):
    """Draws from ``things`` by rank, first ones most; the same as ``random.choices`` with Zipf's weights."""

    def __init__(self, things: Sequence[T]) -> None:
        self.things = things
        self._weights = list(
            accumulate((rank + 2.7) ** -1.05 for rank in range(1, len(things) + 1))
        )

    def __call__(self, rng: random.Random, count: int = 1) -> list[T]:
        return rng.choices(self.things, cum_weights=self._weights, k=count)


def nouns(seed: int) -> list[Noun]:
    """Every compound, in order of how often it is used: an order that is fixed by the seed."""
    made = []
    for last in _LAST:
        article, one, many = last.split(":")
        made += [Noun(article, first + one, first + many) for first in _FIRST]
    random.Random(f"woorden {seed}").shuffle(made)
    return made
