"""Texts as people leave them: what the rules of family text say, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from validating import judged

from kvalitet.period import Period

PLAN = "plan:\n  namn: Exempelplan\n  år: 2026\n  rapporter: [kort]\n"
INSTRUCTION = "Det viktigaste för nämnden i högst fem meningar. Börja med det som har ändrats."
REPORT = f"""rubrik: Kort
rytm: tertial
avsnitt:
  - id: sammanfattning
    rubrik: Sammanfattning
    del: text
    anvisning: {INSTRUCTION}
  - id: lardom
    rubrik: Lärdom
    del: text
    anvisning: Skriv kort.
"""
SAID = """uppföljning:
  2026-T2:
    sammanfattning: |
{text}
"""
LONG = "Handläggarna har gått igenom alla öppna ärenden och stängt dem som varit klara länge."


def told(root: Path, files: dict[str, str], at: str | None = None) -> list[str]:
    """What the rules of texts find in a plan of those files: code, place and message."""
    for name, content in {
        "plans/a/plan.yaml": PLAN,
        "templates/rapporter/kort.yaml": REPORT,
        **files,
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return [
        f"{f.code} {f.place.path}:{f.place.line}:{f.place.column} {f.message}"
        for f in judged(root, Period.parse(at) if at else None).findings
        if f.code.startswith("R6")
    ]


def said(text: str) -> dict[str, str]:
    """A text of the newest report, from line 4."""
    indented = "\n".join(f"      {line}".rstrip() for line in text.split("\n"))
    return {"plans/a/2026-T2.yaml": SAID.format(text=indented)}


def codes(root: Path, text: str) -> list[str]:
    return [finding.split()[0] for finding in told(root, said(text))]


UNFINISHED = [
    ("Ärendena har ökat, men inte i samma utsträckning SIFFROR?.", "SIFFROR"),
    ("Underskottet var .SIFFROR procent.", "SIFFROR"),
    ("SIFFROR", "SIFFROR"),
    ("Av anmälningarna gällde XX barn.", "XX"),
    ("Andelen är xx %.", "xx"),
    ("Avtalet gäller från den XXX april.", "XXX"),
    ("Rutinen fastställdes 2026-XX-XX.", "2026-XX-XX"),
    ("Planen gäller 20XX.", "20XX"),
    ("Beslutet togs 20xx-xx-xx.", "20xx-xx-xx"),
    ("TODO: skriv om personalen.", "TODO"),
    ("Gruppen har FIXME", "FIXME"),
    ("Chef: TBD", "TBD"),
    ("Vi har anställt x antal handläggare.", "x antal"),
    ("Vi har haft X st klagomål.", "X st"),
    ("Frånvaron var X procent.", "X procent"),
    ("Under tertialet inleddes X utredningar.", "X utredningar"),
    ("Vi har fått X klagomål.", "X klagomål"),
    ("todo: skriv om personalen.", "todo:"),
    ("Frånvaron är ? procent.", "? procent"),
    ("Beslutet togs den … maj.", "den … maj"),
    ("Det kom in ca … anmälningar.", "ca … anmälningar"),
    ("Det kom ??? anmälningar.", "???"),
    ("Det kom ?? anmälningar.", "??"),
    ("Det kom 14 (?) anmälningar.", "(?)"),
    ("Frånvaron är ... procent.", "... procent"),
    ("Frånvaron är … %.", "… %"),
    ("Barnet hördes i … av … ärenden.", "… av …"),
    ("Barnet hördes i 12 av … ärenden.", "…"),
    ("Frånvaron har gått från … till 6 procent.", "från … till"),
    ("Köpt öppenvård kostade enheten... under 2019.", "kostade enheten..."),
    ("Vi fick in _____ klagomål.", "_____"),
    ("Beslutet togs [datum].", "[datum]"),
    ("[fyll i antal] barn väntar.", "[fyll i antal]"),
    ("Resultatet var bra. […]", "[…]"),
    ("(infoga diagram)", "(infoga diagram)"),
    ("Fyll i", "Fyll i"),
    ("Fyll i antal ärenden.", "Fyll i antal ärenden"),
    ("Det kom in anmälningar. (fyll i)", "(fyll i)"),
    ("FYLL I resultatet av enkäten", "FYLL I"),
    ("Lorem ipsum dolor sit amet.", "Lorem ipsum"),
    ("Text kommer.", "Text kommer"),
    ("Text kommer senare", "Text kommer senare"),
    ("Skriv här.", "Skriv här"),
    ("Skriv texten här", "Skriv texten här"),
    ("Klicka eller tryck här för att ange text.", "Klicka eller tryck här för att ange text"),
    ("Här står texten.", "Här står texten."),
    ("Fyll i hur bemanningen har varit.", "Fyll i hur bemanningen har varit."),
    ("Fyll i vilka åtgärder som har gjorts", "Fyll i vilka åtgärder som har gjorts"),
    ("Analysen kompletteras senare.", "Analysen kompletteras senare"),
    ("Antalet var 12. Siffrorna fylls i senare.", "Siffrorna fylls i senare"),
    ("Ytterligare X barn väntar.", "X barn"),
    ("Ett XX-tal barn väntar.", "XX"),
    ("Vi har XX platser, se kapitel 3.", "XX"),
    ("Blanketten är ny. Vi fick in _____ klagomål.", "_____"),
    ("Fyll i analysen senare.", "Fyll i analysen senare"),
    ("TODO - skriv om larmen.", "TODO"),
    ("Skriv texten här, i avsnittet.", "Skriv texten här"),
]
FINISHED = [
    "Handläggarna ska fylla i blanketten.",
    "Fyll i blanketten och lämna den till chefen.",
    "- Fyll i antal ärenden.\n- Skriv under.",
    "1. Fyll i.\n2. Skriv under.",
    'På blanketten står "fyll i antal" på tre ställen.',
    "Uppgifterna är rätt ifyllda.",
    "# SIFFROR OCH FAKTA\n\nAntalet barn var tolv.",
    "SIFFROR OCH FAKTA\n\nAntalet barn var tolv.",
    "Siffrorna är hämtade ur systemet.",
    "Gruppen möts 3 x 30 minuter i veckan.",
    "Generation X är i arbetsför ålder.",
    "Hos enhet X medarbetare emellan finns inget att säga.",
    "Är det så? Barn och unga får svara.",
    "Storleken är XXL.",
    "Kontrollen gäller XX-kromosomen.",
    "Vad hände sedan? Ingen vet ...",
    "Vi väntade … barn är barn, sa chefen.",
    "Andelen ökade … och sjönk sedan.",
    "En enhet, två enheter … sju enheter.",
    "Barnen sa ”Vi […] vill vara med”.",
    "Barnen frågade varför?? Vi vet inte.",
    "Första stycket.\n\n___\n\nAndra stycket.",
    "Läs mer i [text](https://example.se/text) om saken.",
    "Text kommer från handläggarna.",
    "Texten kommer att skrivas om.",
    "Skriv här: [blanketten](https://example.se).",
    "Här står det klart att rutinen fungerar.",
    "Koden `XX` betyder okänd.",
    "Todo-listan i verksamhetssystemet används.",
    "Vi kostade på oss ny utrustning.",
    "Vad kostar det ... och vem betalar för det?",
    "Enheten har ett internt (inte köpt) team.",
    "- Fyll i hur många som kom.\n- Skriv under.",
    "Fyll i vad som hände: det räcker med några ord.",
    "Vi ber alla att fylla i hur de mår.",
    "Ansökan kan kompletteras senare. Uppgifterna kompletteras senare under året.",
    "Siffrorna kommer senare i avsnittet. Uppföljningen skrivs senare in i systemet.",
    "Numret skrivs ÅÅÅÅMMDD-XXXX, som 19121212-XXXX, eller ååmmdd-xxxx.",
    "Skriv här om du vill anmäla oro.",
    "Se kapitel XX i handboken.",
    "Team X barn och ungdom har fått en ny gruppchef, och Hus X barn flyttar i maj.",
    "Alla hos Villa X barn och ungdom har svarat.",
    "Blankett __________ skrivs under av chefen.",
    "Om brukaren ringer: skriv här i journalen och klicka på spara.",
    "Fyll i blanketten senare. Fyll i avvikelserapporten här.",
    "TODO-listan från skyddsronden är avklarad, och xx-larm finns inte mer.",
]


@pytest.mark.parametrize(("text", "named"), UNFINISHED)
def test_what_is_not_finished_is_told(tmp_path: Path, text: str, named: str) -> None:
    column = text.index(named) + 7
    assert told(tmp_path, said(text)) == [
        f'R602 plans/a/2026-T2.yaml:4:{column} "{named}" ser ut att stå i väntan på något annat'
    ]


@pytest.mark.parametrize("text", FINISHED)
def test_what_only_looks_unfinished_is_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, said(text)) == []


def test_several_in_one_text_are_one_finding(tmp_path: Path) -> None:
    text = "Det kom XX anmälningar.\nAv dem gällde XX våld, och SIFFROR inleddes."
    [finding] = told(tmp_path, said(text))
    at, _, message = finding.partition(' "')
    assert at == "R602 plans/a/2026-T2.yaml:4:15"
    assert message == 'XX" och "SIFFROR" ser ut att stå i väntan på något annat (3 ställen)'


NAMED = """risker:
  - id: schema
    namn: Schemat har XX luckor
    beskrivning: |
      TODO
mål:
  - id: trygg
    namn: Trygghet
    förväntat_resultat: Minst XX procent är trygga.
texter:
  bakgrund: |
    Planen beslutades den XX mars.
"""
ROWS = """indikator;period;värde;anm
antal;2026-01;4;
antal;2026-02;5;XX av fallen är från 2025
antal;2026-03;6;XX av fallen är från 2025
"""


def test_names_descriptions_standing_texts_and_remarks_are_read_too(tmp_path: Path) -> None:
    indicator = "indikatorer:\n  - id: antal\n    namn: Antal\n"
    files = {
        "plans/a/allt.yaml": NAMED,
        "plans/a/indikatorer.yaml": indicator,
        "data/a/antal.csv": ROWS,
    }
    assert [finding.split(' "')[0] for finding in told(tmp_path, files)] == [
        "R602 data/a/antal.csv:3:1 I anm:",
        "R602 plans/a/allt.yaml:3:23",
        "R602 plans/a/allt.yaml:5:7",
        "R602 plans/a/allt.yaml:9:31",
        "R602 plans/a/allt.yaml:12:27",
    ]


def test_a_remark_that_stands_at_many_rows_is_one_finding(tmp_path: Path) -> None:
    indicator = "indikatorer:\n  - id: antal\n    namn: Antal\n"
    files = {"plans/a/indikatorer.yaml": indicator, "data/a/antal.csv": ROWS}
    [finding] = told(tmp_path, files)
    assert finding.endswith("(och 1 rad till)")


@pytest.mark.parametrize(
    ("newest", "asked", "is_told"),
    [
        ("2026-T1", None, True),
        ("2026-T3", None, True),  # the same year
        ("2027-T1", None, False),  # history
        ("2027-T1", "2026-T1", True),
        ("2026-T2", "2026-T2", False),
    ],
)
def test_texts_of_earlier_years_are_left_in_peace(
    tmp_path: Path, newest: str, asked: str | None, is_told: bool
) -> None:
    periods = dict.fromkeys(["2026-T1", newest])
    body = "".join(f"  {p}:\n    lardom: Vi har lärt oss.\n" for p in periods if p != "2026-T1")
    files = {
        "plans/a/t1.yaml": "uppföljning:\n  2026-T1:\n    sammanfattning: Det kom XX barn.\n",
        "plans/a/nytt.yaml": f"uppföljning:\n{body}" if body else "",
    }
    assert bool(told(tmp_path, files, asked)) == is_told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (INSTRUCTION, 4),
        (f"Vi hör fler barn.\n\n{INSTRUCTION.replace('. ', '.').replace('.', '.' + chr(10))}", 6),
        (f"*{INSTRUCTION}*\n\nVi hör fler barn.", 4),
        ("**Anvisning:** Kort om läget.\n\nVi hör fler barn.", 4),
        ("Vi hör fler barn.\nAnvisning\nBeskriv läget.", 5),
        ("Vi hör fler barn.\nSkriv kort.", 5),
    ],
)  # fmt: skip
def test_a_leftover_instruction_is_told(tmp_path: Path, text: str, line: int) -> None:
    [finding] = told(tmp_path, said(text))
    assert finding.startswith(f"R603 plans/a/2026-T2.yaml:{line}:")


@pytest.mark.parametrize(
    "text",
    [
        "Det viktigaste för nämnden är att fler barn hörs.",
        "Vi ber alla: skriv kort. Det har hjälpt.",
        "# Anvisning\n\nMigrationsverket har anvisat fyra familjer.",
        "Anvisning av plats görs av Migrationsverket.",
        "Det viktigaste som har ändrats är schemat.",
    ],
)
def test_words_that_an_instruction_has_too_are_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, said(text)) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("<p>Enheten har tagit fram en rutin.</p>", "<p> och </p>"),
        ("Rad ett<br>rad två", "<br>"),
        ("Rad ett<br/>rad två", "<br/>"),
        ('<div class="ruta">Viktigt</div>', '<div class="ruta"> och </div>'),
        ("<!-- skriv om -->Vi hör fler.", "<!--"),
        ("Barn&nbsp;och familj", "&nbsp;"),
        ("Barn &amp; familj", "&amp;"),
        ("G&ouml;teborg", "&ouml;"),
        ("Det är **viktigt att höra barnet.", "**"),
        ("Det är ** viktigt ** att höra barnet.", "**"),
        ("Det är __viktigt att höra barnet.", "__"),
        ("Rutinen heter `hör barnet.", "`"),
        ("Se [rutinen](rutiner/barn.docx).", "[rutinen](rutiner/barn.docx)"),
        (r"Se [rutinen](C:\rutiner\barn.docx).", r"[rutinen](C:\rutiner\barn.docx)"),
        ("Se [rutinen](file:///G:/barn.docx).", "[rutinen](file:///G:/barn.docx)"),
        ("![Diagram](https://example.se/a.png)", "![Diagram](https://example.se/a.png)"),
        ("Antalet ökar[^1].", "[^1]"),
        ("Se [[Barnets röst]].", "[[Barnets röst]]"),
        ("Andelen är ~~54~~ 55 procent.", "~~54~~"),
        ("Det är '''viktigt'''.", "'''viktigt'''"),
        ("Se tabell Fel! Hittar inte referenskälla.",
         "Fel! Hittar inte referenskälla."),
        ("Se Error! Reference source not found.", "Error! Reference source not found."),
    ],
)  # fmt: skip
def test_leftover_markup_is_told(tmp_path: Path, text: str, named: str) -> None:
    [finding] = told(tmp_path, said(text))
    assert finding.startswith("R604 plans/a/2026-T2.yaml:4:")
    assert finding.partition("texten: ")[2].partition(" (")[0] in (named, named.partition(" (")[0])


@pytest.mark.parametrize(
    "text",
    [
        "Andelen är < 5 procent.",
        "Barn <18 år och >65 år räknas.",
        "Om a<b är andelen mindre.",
        "Värdet är 3<4.",
        "Se <https://example.se>.",
        "Företaget heter Svensson & Co.",
        "Vi mötte H&M; de vill hjälpa till.",
        "Det är **viktigt** att höra barnet, *alltid* och __överallt__.",
        "**Viktigt**\n\n- **ett**\n- **två**",
        "Skriv `<br>` för ny rad och `**` för fetstil.",
        "```\n<p>kod</p>\n**\n```",
        r"Skriv \<br> för ny rad och \** för fetstil.",
        "Se [lagen](https://example.se/lag?a=1&amp=2) och [ovan](#barn).",
        "Skriv till [oss](mailto:namnd@example.se).",
        "Lagen [SoL] gäller (se nedan).",
        "Mätningen [1] gäller [2] barn.",
        "Fel! sa han, och gick.",
        "Ordet fil_namn_ett är ett id.",
        "Indelningen följer 2 * 3 rutor.",
        "| Kön | Antal |\n|---|---|\n| Flickor | 4 |",
        '**Värdet av `kod`** och **`kod`**; samt **{{ värde("andel") }}**.'.replace("{{", "\\{{"),
        "Andel* och antal**\n\n\\* av alla\n\n** utom de som flyttat",
    ],
)
def test_sound_markdown_is_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, said(text)) == []


def test_what_is_printed_as_it_stands_has_no_markup_at_all(tmp_path: Path) -> None:
    risks = "risker:\n  - id: ett\n    namn: |\n      **Våld** upptäcks inte\n"
    defined = "indikatorer:\n  - id: tva\n    namn: Två\n    beskrivning: Se [a](https://b.se).\n"
    assert [f[:34] for f in told(tmp_path, {"plans/a/risker.yaml": risks + defined})] == [
        "R604 plans/a/risker.yaml:4:7 Uppmä",
        "R604 plans/a/risker.yaml:8:21 Uppm",
    ]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("- **Barn** hörs.\n- Se [rutinen](https://example.se/rutin).", []),
        ("Barn <b>hörs</b>.", ["R604"]),
        ("Barn **hörs.", ["R604"]),
    ],
)
def test_what_describes_a_goal_is_markdown(tmp_path: Path, words: str, codes: list[str]) -> None:
    lines = "".join(f"      {line}\n" for line in words.split("\n"))
    for key in ("beskrivning", "förväntat_resultat"):
        goal = f"mål:\n  - id: m\n    namn: M\n    {key}: |\n{lines}"
        assert [f[:4] for f in told(tmp_path, {"plans/a/mal.yaml": goal})] == codes


def test_a_remark_on_a_figure_is_printed_as_it_stands_too(tmp_path: Path) -> None:
    rows = "antal;2026-01;4;Lägre i <i>juli</i>\nantal;2026-02;5;Fler än < 5 & färre än 10 * 2\n"
    files = {
        "plans/a/indikatorer.yaml": "indikatorer:\n  - id: antal\n    namn: Antal\n",
        "data/a/antal.csv": f"indikator;period;värde;anm\n{rows}",
    }
    message = "Uppmärkning som inte hör hemma i anm: <i> och </i> (2 ställen)"
    assert told(tmp_path, files) == [f"R604 data/a/antal.csv:2:1 {message}"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Barn har förhållande till rätt* insats.", "rätt*"),
        (r"Antal anmälningar\* ökar.", "anmälningar\\*"),
        ("Antal anmälningar* (och andel**) ökar.", "anmälningar*"),
        ("Det är 12* barn.", "12*"),
        ("Anmäla kan alla*.\nNotera det.", "alla*"),
        ("Det är *viktigt* med antal* barn.", "antal*"),
        ("Det var 14* barn, ett för varje transport*.", "14*"),
    ],
)
def test_a_star_without_a_note_is_told(tmp_path: Path, text: str, word: str) -> None:
    [finding] = told(tmp_path, said(text))
    assert finding.startswith(f"R605 plans/a/2026-T2.yaml:4:{text.index(word) + 7} ")


@pytest.mark.parametrize(
    "text",
    [
        "Det är *så här* viktigt.",
        "Det är **så här** viktigt, *och så*.",
        "* Första punkten\n* Andra punkten",
        "Antal barn* ökar.\n\n\\* den sista i månaden",
        "Antal barn* ökar.\n\n* den sista i månaden",
        "Antal barn* ökar.\n*avser sista dagen",
        "Antal barn* ökar.\n\nNot: den sista i månaden",
        "Antal barn* ökar (*avser sista dagen).",
        'Sök på "vård*" i systemet.',
        "Alla h*n och m*n räknas.",
        "Det är *två\nrader* lång.",
        "Räkna 3 * 4 rutor.",
        "| Antal* |\n|---|\n| 4 |\n\n\\* sista dagen",
        "Personer som är trans* eller hbtqi* har erbjudits stöd, och HBTQ* också.",
        "Målet är 4* i jämförelsen.",
    ],
)
def test_other_stars_are_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, said(text)) == []


def test_the_note_of_a_name_may_stand_in_another_text(tmp_path: Path) -> None:
    name = {"plans/a/indikatorer.yaml": "indikatorer:\n  - id: a\n    namn: Antal barn*\n"}
    assert [f.split()[0] for f in told(tmp_path, name)] == ["R605"]
    assert told(tmp_path, {**name, **said("Tabellen visar antal.\n\n\\* sista dagen")}) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Fler b\u0430rn hörs.", 'Bokstav 2 i "b\u0430rn" är kyrillisk'),
        ("\u0412arnet hörs.", 'Bokstav 1 i "\u0412arnet" är kyrillisk'),
        ("Fler barn h\u03bfrdes.", 'Bokstav 2 i "h\u03bfrdes" är grekisk'),
        ("\u0391llt är bra, och \u0391ndra är nöjda.",
         'Bokstav 1 i "\u0391llt" är grekisk (2 ord)'),
        ("Ris\u06a9\u0627nalys görs.", 'Bokstav 4 i "Ris\u06a9\u0627nalys" är arabisk'),
        ("Fler b\u0561rn hörs.", 'Bokstav 2 i "b\u0561rn" är armenisk'),
        ("Fler b\u05d0rn hörs.", 'Bokstav 2 i "b\u05d0rn" är hebreisk'),
        ("Fler b\uff41rn hörs.", 'Bokstav 2 i "b\uff41rn" är av dubbel bredd'),
        ("Fler b\U0001d41arn hörs.",
         'Bokstav 2 i "b\U0001d41arn" är ett tecken ur matematiken'),
        ("\U0001d5db\U0001d5fc\U0001d5ff hon till.",
         'Bokstav 1 i "\U0001d5db\U0001d5fc\U0001d5ff" är ett tecken ur matematiken'),
        ("Fler b\u13aarn hörs.", 'Bokstav 2 i "b\u13aarn" är ur en annan skrift'),
    ],
)  # fmt: skip
def test_a_letter_of_another_script_is_told(tmp_path: Path, text: str, message: str) -> None:
    [finding] = told(tmp_path, said(text))
    assert finding.partition(" ")[0] == "R606"
    assert finding.endswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "Gränsen är 5 µg och 20 °C.",
        "Gränsen är 5 μg och 3 kΩ.",
        "Han tar β-blockerare och TNFα-hämmare.",
        "Skillnaden Δt är liten, och Δvärdet också.",
        "Broschyren finns på русский och ελληνικά.",
        "Ordet спасибо betyder tack.",
        "Éva och Zoë från Łódź är här, İpek också.",
        "Måttet är 5 k\u2126 och 300 \u212a, av \U0001d465 och \U0001d466, och xⁿ.",
        "Nguyễn och Trần är här, och en o\ufb03ciell \ufb01l.",
        "Ordet \u0634\u0643\u0631\u0627 (tack) och \u05ea\u05d5\u05d3\u05d4 sägs.",
    ],
)
def test_words_of_other_scripts_and_signs_of_science_are_left_alone(
    tmp_path: Path, text: str
) -> None:
    assert told(tmp_path, said(text)) == []


NEXT = (
    "Nästa uppföljning sker i samband med medarbetarundersökningen, som görs i september varje år."
)
TWICE = {
    "in two texts of a period": (
        f"uppföljning:\n  2026-T2:\n    sammanfattning: {LONG}\n    lardom: {LONG}\n", 4,
    ),
    "however its lines are broken": (
        "uppföljning:\n  2026-T2:\n    sammanfattning: |\n      Kort.\n\n      "
        + LONG.replace("och ", "och\n      ") + f"\n    lardom: {LONG}\n", 8,
    ),
    "in what is said and in what always stands": (
        f"texter:\n  sammanfattning: {LONG}\nuppföljning:\n  2026-T2:\n    lardom: {LONG}\n", 5,
    ),
    "in one text": (
        f"uppföljning:\n  2026-T2:\n    lardom: |\n      {LONG}\n\n      {LONG}\n", 6,
    ),
    "in two standing texts": (
        f"texter:\n  sammanfattning: {LONG}\n  lardom: {LONG}\n", 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TWICE)
def test_a_paragraph_that_stands_twice_is_told_once(tmp_path: Path, case: str) -> None:
    text, line = TWICE[case]
    [finding] = told(tmp_path, {"plans/a/text.yaml": text})
    assert finding.startswith(f"R607 plans/a/text.yaml:{line}:")


SENTENCE = (
    "Av de barn som fick vänta längre än fyra månader hade hälften väntat på att en utredning"
    " skulle bli klar hos någon annan."
)
SECOND = SENTENCE.replace("fyra", "tolv")


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (f"Färre väntar. {SENTENCE}", f"{SENTENCE} Så var det inte i fjol.", ""),
        (f"Färre väntar. {SENTENCE} {SECOND}", f"{SECOND} {SENTENCE} Mer.", " (och 1 mening till)"),
        (SENTENCE, f"Så är det. {SENTENCE.replace('hade', 'hade nog')}", None),
        (SENTENCE[:100] + ". Och mer.", SENTENCE[:100] + ". Och annat.", None),
        (f"Färre väntar. {LONG}", f"{LONG} Så var det inte i fjol.", None),  # short
        (f"Ja. {NEXT[:-1]}, och i maj varje år.", f"{NEXT[:-1]}, och i maj varje år. Ja.", None),
    ],
)
def test_a_long_sentence_that_stands_twice_is_told_once(
    tmp_path: Path, first: str, second: str, says: str | None
) -> None:
    text = f"uppföljning:\n  2026-T2:\n    sammanfattning: {first}\n    lardom: {second}\n"
    found = told(tmp_path, {"plans/a/text.yaml": text})
    begins = f"R607 plans/a/text.yaml:4:{13 + second.index(SENTENCE) if says is not None else 0}"
    if says is None:
        assert found == []
    else:
        [finding] = found
        assert finding.startswith(f"{begins} Meningen står redan under sammanfattning{says}: ")


@pytest.mark.parametrize(
    "text",
    [
        # words that are short, or another report's, or nearly the same
        "  2026-T2:\n    sammanfattning: Läget är lika.\n    lardom: Läget är lika.\n",
        f"  2026-T1:\n    lardom: {LONG}\n  2026-T2:\n    sammanfattning: {LONG}\n",
        f"  2026-T2:\n    sammanfattning: {LONG}\n    lardom: {LONG} Nu är det bra.\n",
        f"  2026-T2:\n    sammanfattning: {NEXT}\n    lardom: {NEXT}\n",
    ],
)
def test_what_is_not_the_same_paragraph_of_a_report_is_left_alone(
    tmp_path: Path, text: str
) -> None:
    assert told(tmp_path, {"plans/a/text.yaml": f"uppföljning:\n{text}"}) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rutinen infördes nyligen.", '"nyligen"'),
        ("Socialstyrelsen har nyligen släppt en utbildning.", '"nyligen"'),
        ("Skolorna anmäler i dag mer än förr.", '"i dag"'),
        ("Idag finns fyra familjehem.", '"idag"'),
        ("Gruppen möttes i går.", '"i går"'),
        ("Gruppen möttes häromdagen.", '"häromdagen"'),
        ("Gruppen möttes i måndags.", '"i måndags"'),
        ("I skrivande stund väntar tre barn.", '"i skrivande stund"'),
        ("Beslutet väntas nästa vecka.", '"nästa vecka"'),
        ("Beslutet kom förra veckan.", '"förra veckan"'),
        ("Beslutet kom förra månaden.", '"förra månaden"'),
        ("Beslutet kom för två veckor sedan.", '"för två veckor sedan"'),
        ("Beslutet kom i går. I dag gäller det.", '"i går" och "i dag"'),
    ],
)
def test_a_date_that_depends_on_the_reader_is_told(tmp_path: Path, text: str, named: str) -> None:
    [finding] = told(tmp_path, said(text))
    assert finding.startswith("R608 plans/a/2026-T2.yaml:4:")
    assert finding.partition(" beror")[0].endswith(named)


@pytest.mark.parametrize(
    "text",
    [
        "Barnen är i lördagsgruppen, och i sön- och måndagspasset finns ingen.",
        "Barnen är i dagverksamhet, och i dag- och kvällsgrupper.",
        "Planen gäller från dag 1 och i dag 2.",
        "Personalen arbetar i dag och natt.",
        "Samtalet hålls inom kort tid efter inskrivningen.",
        "Utbildningen startar inte inom kort.",
        "Skype ersätter just nu mötet.",
        "För närvarande bor tolv barn i familjehem.",
        "Förra tertialet var andelen lägre, och nästa år mäts den igen.",
        "Barn som nyligen har placerats följs upp oftare.",
        "Nyligen anlända barn får ett eget samtal.",
        "Nyligen inflyttade boende får en kontaktperson.",
        "En nyligen inskriven person får en kontaktperson.",
        "Underlaget lämnas i nästa vecka efter mötet.",
        'Ett barn sa "i dag fick jag vara med".',
        "– I dag fick jag vara med.",
        "Enkäten frågar: Hur mår du i dag?",
        "Utredningen är igångsatt, och vi går vidare.",
        "Utbildningen hölls i Dag Hammarskjölds sal.",
    ],
)
def test_other_words_of_time_are_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, said(text)) == []


MUST = REPORT.replace("    del: text\n", "    del: text\n    obligatorisk: ja\n", 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Sammanfattning", "har inga ord"),
        ("## Läget\n\n## Framåt", "har inga ord"),
        ("Sammanfattning\n==============", "har inga ord"),
        ("-", "har inga ord"),
        ("…", "har inga ord"),
        ("---\n\n* * *", "har inga ord"),
        ("# Läget\n\nFler barn hörs.", ""),
        ('{{ andel("andel") }}', ""),
        ("Se nedan.", ""),
    ],
)
def test_a_mandatory_section_must_have_words(tmp_path: Path, text: str, expected: str) -> None:
    files = {"templates/rapporter/kort.yaml": MUST, **said(text)}
    found = [f for f in told(tmp_path, files) if f.startswith("R601")]
    assert len(found) == bool(expected)
    assert all(f.startswith("R601 plans/a/2026-T2.yaml:3:5") and expected in f for f in found)
