"""A finding (påpekande), its place, and the catalogue of all codes.

Nothing here knows how a finding came about or how it is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

Route = tuple[str | int, ...]

MOST = 1000
"""How many findings of one file are told: nobody mends more before the next run."""

OF_READING = ("R0", "R1", "R5")
"""How the codes begin that tell what cannot be read, or is read as something else."""

_LONGEST_MESSAGE = 400
_LONGEST_HINT = 2000


class Severity(StrEnum):
    """How grave a finding is; `ERROR` alone makes a run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def ord(self) -> str:
        """The word printed to users."""
        return {"error": "fel", "warning": "varning", "info": "upplysning"}[self.value]


class Place(NamedTuple):
    """Where a finding stands: a file and a symbolic route or, where already known, line and column.

    `part` tells whether the key or the value at the end of `route` is meant. `within` is line,
    column and length (from 0) inside a text. Lines and columns count from 1, `end_column` is the
    first after; 0 is not known. `excerpt` is the line as it stands, filled in when printed.
    """

    path: str
    route: Route = ()
    part: Literal["key", "value"] = "value"
    within: tuple[int, int, int] | None = None
    line: int = 0
    column: int = 0
    end_column: int = 0
    excerpt: str = ""

    def at(self, *parts: str | int) -> Place:
        """The same place, that many steps further in, as a value."""
        return Place(self.path, self.route + parts)

    def key(self, *parts: str | int) -> Place:
        """The same place, that many steps further in, at the key."""
        return Place(self.path, self.route + parts, "key")


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the catalogue: a code is never used again for something else."""

    code: str
    severity: Severity
    family: str
    title: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, and what to do about it; `other` is a second place that it concerns.
    `about` is the id that it is about, where the place does not tell: a row, a relation."""

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""
    other: Place | None = None
    about: str = ""


def found(
    code: str,
    place: Place,
    message: str,
    hint: str = "",
    other: Place | None = None,
    about: str = "",
) -> Finding:
    """A finding with the severity that its code has in the catalogue, its words cut where they
    quote more of a file than anybody reads."""
    on_one_line = message.replace("\n", " ")  # a word that it quotes may be a text of several
    message, hint = _cut(on_one_line, _LONGEST_MESSAGE), _cut(hint, _LONGEST_HINT)
    return Finding(code, CATALOGUE[code].severity, message, place, hint, other, about)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first thousand findings of a file, and R014 where the next stands; no more is looked
    for."""
    for number, finding in enumerate(findings):
        if number == MOST:
            yield too_many(finding.place)
            return
        yield finding


class Findings:
    """Findings as they come, of any files: those after the first thousand of a file are not kept,
    and R014 stands where the first of them would."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._kept: list[Finding] = []
        self._of_file: Counter[str] = Counter()
        self.extend(findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._kept)

    def append(self, finding: Finding) -> None:
        """Keeps a finding, if there is room for it."""
        self._of_file[finding.place.path] += 1
        number = self._of_file[finding.place.path]
        if number <= MOST:
            self._kept.append(finding)
        elif number == MOST + 1:
            self._kept.append(too_many(finding.place))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keeps those that there is room for."""
        for finding in findings:
            self.append(finding)


def too_many(place: Place) -> Finding:
    """R014, in place of all that is not told."""
    message = "Filen har fler fel än så här: rätta dem först"
    return found("R014", place, message, "Resten av filen är inte granskad.")


def _catalogue(rows: str) -> dict[str, Code]:
    entries = (row.split(";") for row in rows.strip().splitlines())
    return {
        code: Code(code, Severity(severity), family, title)
        for code, severity, family, title in entries
    }


CATALOGUE = _catalogue("""
R001;error;fil;Filen eller mappen kan inte läsas
R002;error;fil;Filen är inte sparad som UTF-8
R003;error;fil;Filen har ett tecken som bryter rader i smyg
R004;warning;fil;Filen läses inte
R005;error;fil;YAML-filen ligger direkt i plans
R006;error;fil;Mappen i data hör inte till någon plan
R007;error;fil;Filen är för stor
R008;error;fil;Filen har ett otillåtet styrtecken
R009;error;fil;Formatet är nyare än programmet
R010;info;fil;Inställningen gäller en okänd regel
R011;info;fil;Undantaget träffar inget
R012;error;fil;Namnet på plan eller rapport duger inte
R013;error;fil;Filen är avklippt
R014;error;fil;Filen har fler fel än så här
R015;error;fil;Namnet kan inte användas på alla datorer
R016;warning;fil;Filen slutar mitt i en rad
R017;error;fil;Filen har en konflikt från git
R018;error;fil;Sidmallen kan inte användas
R101;error;yaml;Filen kan inte tolkas som YAML
R102;error;yaml;Samma nyckel två gånger
R103;error;yaml;Ankare eller alias
R104;error;yaml;Tagg eller direktiv
R105;error;yaml;Sammanslagningsnyckel
R106;error;yaml;Ett andra dokument i filen
R107;error;form;Klammerparenteser
R108;error;form;Hakparenteser om annat än korta ord på en rad
R109;error;form;Kommentar efter text på samma rad
R110;error;form;Text på flera rader utan |
R111;error;form;Citattecken runt text
R112;error;form;Tabbtecken
R113;error;yaml;För djupt nästlad
R114;error;form;Tomt värde
R115;error;yaml;Filen består inte av nycklar och värden
R116;error;yaml;Nyckeln är inte ett enkelt ord
R201;error;form;Okänd nyckel
R202;error;form;Obligatorisk nyckel saknas
R203;error;form;Fel slags värde
R204;error;form;Inte ett tal
R205;error;form;Inte ja eller nej
R206;error;ord;Ordet hör inte till de tillåtna
R207;error;form;Felaktigt id
R208;error;period;Inte en period
R209;error;form;Målvärdet kan inte tolkas
R210;error;prosa;Beräkningen i texten kan inte tolkas
R211;error;prosa;Beräkningen i texten har inget värde
R212;error;form;Värdet har fel form
R221;error;referens;Samma id två gånger
R222;error;referens;Okänt id
R223;error;referens;Id av fel slag
R224;error;referens;Samma id två gånger i en lista
R225;error;referens;Hänvisningen går i en ring
R226;error;referens;Samma sak sagd två gånger
R227;error;referens;Okänd rapport
R228;warning;referens;Avsnittet ber om något som det inte får
R229;info;referens;Ingen plan gör rapporten
R231;error;ord;Steget finns inte på skalan
R232;error;ord;Skalans steg är inte hela
R233;error;ord;Två skalor räknas med rutor
R234;error;ord;Ett eget steg står för ett okänt inbyggt steg
R235;error;ord;Nivån sägs fast den räknas
R236;error;ord;Sagt om fel slags sak
R237;error;ord;Skalans namn är upptaget
R238;warning;skala;Nivån sjunker när bedömningen blir allvarligare
R239;warning;skala;Nivån kan inte ges av bedömningen
R240;warning;skala;Skalan är en annan än i planen ovanför
R241;error;period;Slutet ligger före början
R242;error;period;Samma period två gånger
R251;error;arv;Planen som ärvs finns inte
R252;error;arv;Planen ärver sig själv
R253;error;arv;Det ärvda är av ett annat slag
R254;warning;arv;Två delar har var sin sak med samma id
R255;warning;arv;Två delar heter likadant
R301;warning;risk;Röd risk utan pågående åtgärd
R302;warning;risk;Gul risk utan åtgärd och utan acceptans
R303;warning;risk;Risknivån är sänkt utan skäl
R304;info;risk;Bedömningen är ändrad utan ord
R305;warning;risk;Risken är inte bedömd inom sin tid
R306;warning;risk;Samma risk har två nivåer
R307;warning;risk;Risken är sänkt eller avslutad fast målet missas
R308;info;risk;Ord eller åtgärder om en risk under urvalet
R309;warning;risk;Risken har ingen nivå
R320;warning;risk;Kvalitetsområde utan risk
R331;warning;åtgärd;Följer tidplan fast slutet har passerat
R332;warning;åtgärd;Följer tidplan fast en aktivitet är försenad
R333;warning;åtgärd;Klar fast slutet ligger senare
R334;warning;åtgärd;Klar fast orden säger något annat
R335;warning;åtgärd;Försenad eller ej aktuell utan ord eller nytt slut
R336;warning;åtgärd;Orden säger att något uteblir, men inte tillståndet
R337;info;åtgärd;Ansvarig, start eller slut saknas
R338;warning;åtgärd;Datum utanför det år som redovisas
R339;warning;åtgärd;Ingen uppföljning i perioden
R340;warning;åtgärd;Samma text som förra perioden
R341;warning;åtgärd;Inte klar fast slutet har passerat
R342;warning;ord;Texten är ett steg på en skala
R343;warning;referens;Samma nummer på två
R344;warning;ord;Typen är nästan en annan
R361;warning;mål;Mål utan indikator och aktivitet
R362;warning;mål;Uppfyllelsen är bättre än målvärdena säger
R363;warning;mål;Ingen uppfyllelse vid årets slut
R364;warning;mål;Ett missat målvärde nämns aldrig
R365;warning;mål;Målens nivåer står i två ordningar
R366;info;mål;Bidrar till ett mål som det redan står under
R401;warning;indikator;Perioder saknar värde
R402;warning;indikator;Perioden har inte indikatorns frekvens
R403;error;indikator;Värdet är omöjligt för måttenheten
R404;warning;indikator;Fler decimaler än indikatorn har
R405;warning;indikator;Skrivet och beräknat värde skiljer sig
R406;error;indikator;Sambandet håller inte
R407;error;indikator;Uppdelningen kan inte ge totalen
R408;warning;indikator;Uppdelningen ger kanske inte totalen
R409;warning;indikator;Värdet är kanske omöjligt
R410;warning;indikator;Stort hopp utan anmärkning
R411;warning;indikator;Värden jämförs över en ny definition
R412;info;indikator;Indikatorn används inte
R413;warning;indikator;Indikatorn har inget värde
R414;warning;indikator;Planerad men aldrig uppföljd
R415;warning;indikator;Enhet eller typ är en annan än planerad
R416;warning;prosa;Perioderna kan inte jämföras
R417;warning;indikator;Perioden ligger långt från de andra
R418;warning;indikator;Ingångsvärdet har ingen rad
R419;warning;indikator;Värdet från årsskiftet sjunker
R420;warning;indikator;Målvärdet går mot riktningen
R421;warning;indikator;Värdet är inte delarnas sammanlagda
R422;warning;indikator;Det skyddade kan kanske räknas ut
R431;error;enkät;Enkätvärdet ligger utanför sin skala
R432;warning;enkät;Svarsfrekvensen har ändrats så att omgångarna inte kan jämföras
R433;warning;enkät;Enkätvärde utan svarsskala
R434;warning;enkät;Enkätvärde utan svarsfrekvens
R441;error;egenkontroll;Delarna är fler än helheten
R443;warning;egenkontroll;Två nämnare i samma granskning
R444;warning;egenkontroll;Egenkontrollen är inte gjord
R445;warning;egenkontroll;Internkontroll utan risk
R452;warning;avvikelse;Kategorierna ger inte totalen
R453;warning;avvikelse;Allvarlighetsgrad utan antal
R454;warning;avvikelse;Fler anmälda till IVO än inkomna
R462;warning;ekonomi;Budget saknas
R463;warning;ekonomi;Stor avvikelse från budget utan anmärkning
R464;warning;ekonomi;Ekonomirad som inte kommer med
R465;warning;ekonomi;Prognosen är lägre än utfallet
R466;warning;ekonomi;Posten har försvunnit
R467;warning;ekonomi;Utfallet från årsskiftet sjunker
R468;warning;ekonomi;Beloppet är kanske i kronor
R501;error;csv;Kolumnen saknas eller är okänd
R502;error;csv;Raden har fel antal celler
R503;error;csv;Okänd indikator
R504;error;csv;Cellen är ingen period
R505;error;csv;Värdet kan inte tolkas
R506;error;csv;Cellen är tom
R507;error;csv;Steget finns inte på kolumnens skala
R508;error;csv;Samma rad två gånger
R509;error;csv;Rättelsen saknar uppgift
R510;error;csv;Teckenkodningen är osäker
R511;error;csv;Cellerna skiljs inte åt med semikolon eller tabb
R512;error;csv;Indikatorn räknas fram
R513;error;csv;Svarsfrekvens eller antal svar kan inte tolkas
R514;error;csv;Ekonomiraden kan inte tolkas
R515;error;csv;Citattecknen går inte ihop
R516;error;csv;Andelen stämmer inte med sig själv
R601;error;text;Obligatoriskt avsnitt saknar text
R602;warning;text;Texten är inte färdigskriven
R603;warning;text;Anvisningen står kvar
R604;warning;text;HTML eller uppmärkning i texten
R605;warning;text;Notstjärna utan not
R606;warning;text;Bokstäver ur en annan skrift i ordet
R607;warning;text;Samma stycke på två ställen
R608;info;text;Datum som beror på när man läser
R609;warning;prosa;Måttenheten skrivs ut två gånger
R610;warning;text;Orden skrivs inte ut i någon rapport
R701;error;integritet;Personnummer eller samordningsnummer
R702;warning;integritet;E-postadress
R703;warning;integritet;Telefonnummer
R704;warning;integritet;Ett enskilt fall
R705;info;integritet;Citat
R706;warning;integritet;Kanske ett personnummer
""")
