"""A sound plan and a part of it: small, and nearly every key of the format is in them."""

from __future__ import annotations

SETTINGS = """\
format: 1
regler:
  R601:
    grad: varning
undantag:
  - regel: R410
    plats: hel/r1
    skäl: Prövas i höst.
    slut: 2026-12-31
"""

REPORT = """\
rubrik: Allt
rytm: tertial
avsnitt:
  - id: ord
    rubrik: Ord
    del: text
    obligatorisk: ja
    anvisning: Skriv kort.
  - id: matris
    rubrik: Matris
    del: matris
  - id: plantabell
    rubrik: Plan
    del: plantabell
  - id: siffror
    rubrik: Siffror
    del: indikatorer
  - id: sagt
    rubrik: Sagt
    del: uppföljning
  - id: trad
    rubrik: Mål
    del: målträd
  - id: nytt
    rubrik: Nytt
    del: ändringar
"""

HEAD = """\
plan:
  namn: Hel plan
  kommun: Orten
  nämnd: Nämnden
  år: 2026
  rapporter: [allt]
  urval: gul
  beslut:
    datum: 2025-12-09
    diarienummer: SN 2025/1
    paragraf: 9
skalor:
  kön: [flickor, pojkar]
  tidplan:
    2025: [följer tidplan, försenad]
    2026: [följer tidplan, risk för försening, försenad]
  uppfyllelse:
    - namn: inte
      från: 0
    - namn: helt
      från: 100
      färg: grön
      symbol: ●
  krav:
    - namn: litet
      rutor: [1x1, 2x1, 3x1, 4x1, 1x2, 2x2, 3x2, 4x2]
    - namn: stort
      rutor: [1x3, 2x3, 3x3, 4x3, 1x4, 2x4, 3x4, 4x4]
kvalitetsområden:
  - id: q1
    nr: 1
    namn: Trygghet
    beskrivning: Ord om trygghet.
texter:
  matris: |
    Ord med **stil**.
"""

THINGS = """\
mål:
  - id: m1
    typ: nämndmål
    namn: Mål ett
    indikatorer: [grupp]
    mål:
      - id: m2
        namn: Mål två
        förväntat_resultat: Bättre
        bidrar_till: [m1]
risker:
  - id: r1
    nr: 1.1
    namn: Risk ett
    kvalitetsområde: q1
    mål: m1
    indikatorer: [lage]
    åtgärder:
      - id: a1
        namn: Åtgärd ett
        ansvarig: [chef, metodutvecklare]
        start: 2026-02
        slut: 2026-04-30
        aktiviteter:
          - id: b1
            namn: Aktivitet ett
            slut: 2026-H2
  - id: r2
    nr: 1.10
    namn: Risk två
egenkontroller:
  - id: e1
    namn: Kontroll ett
    frekvens: tertial
avvikelser:
  - id: v1
    namn: Avvikelse ett
    indikatorer: [handelser]
    åtgärder: [a1]
indikatorer:
  - id: grupp
    namn: Grupp
    frekvens: tertial
    källa: Systemet
    indikatorer:
      - id: alla
        namn: Alla
        målvärden:
          nämnden:
            2026-T1: högst 40
            2026: 30-90
      - id: nagra
        namn: Några
      - id: andel
        namn: Andel
        måttenhet: procent
        decimaler: 1
        riktning: öka
        ingångsvärde: 2025-T3
        beräkning:
          täljare: nagra
          nämnare: alla
        målvärden:
          enheten: minst 50
  - id: lage
    namn: Läge
    måttenhet: procent
    typ: ögonblick
    minsta_antal: 5
    beskrivning:
      2025: Den gamla.
      2026-T2: Den nya.
  - id: handelser
    namn: Händelser
    typ: ackumulerat
    summeras: nej
  - id: betyg
    namn: Betyg
    måttenhet: medelvärde
    svarsskala: 1-5
    kod: F1
samband:
  - summa: [nagra, handelser]
    är: alla
  - fallande: [alla, nagra]
"""

FIRST = """\
uppföljning:
  2026-T1:
    ord: |
      Andelen är {{ andel("andel") }}, och målet {{ mål("andel", "enheten") }}.
    r1:
      sannolikhet: möjlig
      allvarlighetsgrad: hög
      text: Ord om risken.
    r2:
      nivå: gul
      läge: accepterad
    a1:
      läge: pågår
      tidplan: följer tidplan
    e1:
      läge: ej påbörjad
      slut: 2026-06-30
    v1:
      sannolikhet: osannolik
      allvarlighetsgrad: betydlig
"""

SECOND = """\
uppföljning:
  2026-T2:
    ord: |
      Från {{ nivå("r1", "2026-T1") }} till {{ nivå("r1") }}.
      Antalet: {{ förändring("alla", "2026-T1", "2026-T2") }}.
    r1:
      sannolikhet: mindre sannolik
      lyft: ja
      text: |
        # Rubrik
        Det är {{ värde("lage", kön="flickor") }}.
    a1:
      tidplan: försenad
      slut: 2027-03-31
    b1: Bara ord.
    e1:
      kontrollresultat: mindre anmärkning
    m2:
      uppfyllelse: helt
"""

PART = """\
plan:
  namn: Del
  del_av: hel
  enhet: Enheten
  rapporter: [allt]
risker:
  - id: r1
    nr: 7
    indikatorer: [andel]
uppföljning:
  2026-T2:
    ord: Delens ord.
    r1:
      sannolikhet: sannolik
      allvarlighetsgrad: hög
      lyft: ja
      text: Delens risk.
"""

FIGURES = """\
indikator;period;serie;kön;värde;svarsfrekvens;antal_svar;gäller_från;anm
alla;2025-T3;;;38;;;;
nagra;2025-T3;;;19;;;;
alla;2026-T1;;;40;;;;
nagra;2026-T1;;;17;;;;
nagra;2026-T1;;;18;;;2026-T2;Rättat
handelser;2026-T1;;;22;;;;
alla;2026-T2;;;44;;;;
nagra;2026-T2;;;28;;;;
handelser;2026-T2;;;16;;;;
lage;2026-04-30;;;28 av 44;;;;
lage;2026-08-31;;;30 av 40;;;;
lage;2026-08-31;;flickor;14 av 20;;;;
lage;2026;prognos;;70 %;;;2026-T2;
betyg;2026-H1;;;4,1;58 %;87;;
betyg;2025;riket;;u.s.;;;;
"""

ECONOMY = """\
period;typ;post;utfall;budget;prognos;anm
2026-01/2026-04;intäkt;Bidrag;1 200;1 100;3 300;
2026-01/2026-04;kostnad;Personal;9 450;9 600;28 700;Fler
2026-01/2026-08;intäkt;Bidrag;2 350;2 200;3 400;
2026-01/2026-08;kostnad;Personal;18 940;19 200;28 600;
"""

OF_PART = """\
indikator;period;värde
alla;2026-T2;14
nagra;2026-T2;7
"""

YAML = {
    "kvalitet.yaml": SETTINGS,
    "templates/rapporter/allt.yaml": REPORT,
    "plans/hel/plan.yaml": HEAD,
    "plans/hel/saker.yaml": THINGS,
    "plans/hel/2026-T1.yaml": FIRST,
    "plans/hel/2026-T2.yaml": SECOND,
    "plans/del/plan.yaml": PART,
}
CSV = {
    "data/hel/tal.csv": FIGURES,
    "data/hel/ekonomi.csv": ECONOMY,
    "data/del/tal.csv": OF_PART,
}
FILES = {name: text.encode() for name, text in (YAML | CSV).items()}
