"""Plancher du PDF : le même bilan écrit pour Typst, moteur compilé.

Même contenu et même soin que le produit : couverture et ses contours, lettre, sommaire paginé,
carte nommée, chiffres, barre des états et tableau d’un carré par action, volets à bandeau cartographié,
actions racontées, indicateurs avec courbe et tableau, retards, suites, partenaires, mots, contact et
code QR ; mêmes polices, PDF/UA-1 et PDF/A-3a, données jointes. Pas au millimètre : le nombre de pages
peut différer un peu. Les polices sont lues une fois ; chaque document est neuf, car Typst garde en
mémoire ce qu’il a déjà composé.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from bench.planchers import bilan_dessins as dessins
from bench.planchers.bilan_mots import RANGS, enumerer, jour, nombre
from bench.planchers.bilan_typst_parties import (
    argent,
    image,
    photo,
    poser,
    racine,
    suivi,
    t,
    texte,
    zoom,
)

POLICES = Path(__file__).parents[2] / "static" / "vendor" / "polices"
RETARDS = {"EN_RETARD", "SUSPENDUE"}
PREAMBULE = """
#set page(paper: "a4", margin: (x: 18mm, top: 20mm, bottom: 21mm), numbering: "1",
  footer: context text(8.5pt, fill: gris)[#counter(page).display() #h(1fr) #courant])
#set text(font: "Atkinson Hyperlegible Next", lang: "fr", size: 11pt, fill: encre)
#set par(leading: 0.55em, spacing: 3mm)
#set outline.entry(fill: none)
#set table(stroke: (x, y) => (bottom: .5pt + filet), inset: (x: 0pt, y: 1.2mm))
#show heading: set block(below: 3mm)
#show heading.where(level: 2): set text(30pt, weight: 800)
#show heading.where(level: 3): set text(16pt, weight: 700)
#show heading.where(level: 4): set text(12.5pt, weight: 700)
#let dessin(source, alt, ..a) = image(bytes(source), format: "svg", alt: alt, ..a)
#let carre(couleur) = box(width: 4.6mm, height: 4.6mm, fill: couleur, stroke: .7pt + gris)
#let source(corps) = text(8.5pt, fill: gris, corps)
#let action(couleur, statut, titre, corps, avec) = block(breakable: false, width: 100%,
  stroke: (top: .5pt + filet), inset: (y: 4mm), grid(columns: (43mm, 1fr), gutter: 2mm,
    [#carre(couleur) *#statut*], [#heading(level: 4, titre) #corps #parbreak() #text(9.5pt, fill: gris, avec)]))
#let citee(couleur, titre, statut) = block(breakable: false, stroke: (top: .5pt + filet), inset: (y: 2mm),
  width: 100%)[#carre(couleur) #titre #text(9.5pt, fill: gris)[– #statut]]
#let bande(fond, corps) = block(width: 100% + 36mm, fill: fond, inset: (x: 18mm, y: 12mm), outset: (left: 18mm, right: -18mm), corps)
#let retard(couleur, titre, volet) = block(breakable: false, stroke: (top: .5pt + filet), inset: (y: 2mm),
  width: 100%)[#carre(couleur) *#titre* – #volet]
"""


@cache
def polices() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(POLICES)])


def volet(rang: int, v: Mapping[str, Any], carte: Mapping[str, Any] | None) -> Iterable[str]:
    forme = image(dessins.territoire(carte, "#7452a8", "#5a3a8c"), "Carte du territoire", "90mm")
    if v["photo"]:
        forme = (
            f"{photo(v['photo'], '90mm', '57mm')} #source[Photo : {texte(v['photo']['credit'])}]"
        )
    yield f"""#pagebreak()
#bande(rgb("#5a3a8c"), grid(columns: (1fr, 90mm), text(white)[{RANGS[rang - 1]} volet
== {texte(v["titre"])}
{texte(v["promesse"])}], [{forme if carte or v["photo"] else ""}]))
{texte(v["texte"])}
=== Trois actions de l’année"""
    for a in (a for a in v["actions"] if a["en_avant"]):
        avec = "Avec " + enumerer(a["partenaires"], 3)
        yield (
            f"#action(rgb({t(dessins.ETATS[a['etat']][0])}), {t(a['libelle_statut'])}, {t(a['titre'])},"
            f" {t(a['resume'])}, {t(avec)})"
        )
    citees = " ".join(
        f"#citee(rgb({t(dessins.ETATS[a['etat']][0])}), {t(a['titre'])}, {t(a['libelle_statut'].lower())})"
        for a in v["actions"]
        if not a["en_avant"]
    )
    yield f"=== Les autres actions de « {texte(v['titre'])} »\n#columns(2)[{citees}]"
    for i in v["indicateurs"]:
        yield indicateur(i)
    if v["utile"]:
        yield f'#block(fill: rgb("#efeaf6"), inset: 5mm, width: 100%, {t(v["utile"])})'


def indicateur(i: Mapping[str, Any]) -> str:
    serie = i["serie"]
    releves = serie["releves"][-7:]
    annees = ", ".join(f"[{r['annee']}]" for r in releves)
    valeurs = ", ".join(t(nombre(r["valeur"]) if r["valeur"] else "") for r in releves)
    unite = serie["unite"][:1].upper() + serie["unite"][1:]
    return f"""#block(breakable: false)[#grid(columns: (1fr, 1fr), gutter: 6mm, [
=== {texte(i["titre"])}
{texte(i["phrase"])}
#table(columns: (1fr,) * {len(releves) + 1}, align: right, table.header([], {annees}), {t(unite)}, {valeurs})
#source({t(f"Source : {serie['source']}, année {releves[-1]['annee']}.")})],
[{image(dessins.courbe(serie, "#5a3a8c"), serie["libelle"])}])]"""


def avancement(b: Mapping[str, Any]) -> str:
    comptes = Counter(a["etat"] for v in b["volets"] for a in v["actions"])
    etats = [e for e in dessins.ETATS if comptes[e]]
    titres = ", ".join(t(dessins.ETATS[e][1]) for e in etats)
    lignes = []
    for v in b["volets"]:
        par_etat = Counter(a["etat"] for a in v["actions"])
        cases = (
            f"[*{par_etat[e]}* "
            + f" #carre(rgb({t(dessins.ETATS[e][0])}))" * (par_etat[e] if par_etat[e] <= 6 else 0)
            + "]"
            for e in etats
        )
        titre = f"{v['titre']} ({len(v['actions'])})"
        lignes.append(f"{t(titre)}, {', '.join(cases)}")
    definitions = "\n\n".join(f"*{m}* : {d}" for e in etats for _, m, d in [dessins.ETATS[e]])
    dits = f"{comptes['TERMINEE']} sont terminées et {comptes['EN_COURS']} sont en cours."
    return f"""#pagebreak()
== Où en sont les actions ?
#text(14.5pt)[Sur {sum(comptes.values())} actions, {dits} {comptes["EN_RETARD"]} ont pris du retard : nous en
parlons #link(<difficile>)[plus loin (page #context counter(page).at(<difficile>).first())].]
{image(dessins.barre([(e, comptes[e]) for e in etats]), "Barre des actions du contrat")}
*Volet par volet, au {jour(b["arrete_le"])} (un carré = une action)*
#table(columns: (2fr,) + (1fr,) * {len(etats)}, table.header([], {titres}), {", ".join(lignes)},
 [*Ensemble ({sum(comptes.values())})*], {", ".join(f"[{comptes[e]}]" for e in etats)})
#source[Source : suivi du contrat local de santé, au {jour(b["arrete_le"])}.]
=== Ce que veulent dire ces mots
#columns(2)[{definitions}]"""


def ouverture(b: Mapping[str, Any]) -> Iterable[str]:
    carte, edito = b["carte"], b["textes"]["edito"]
    yield f"""#page(margin: 0mm, fill: rgb("{dessins.NUIT}"), footer: none)[
#place(top, pdf.artifact({image(dessins.ondes(carte), "")[1:]}))
#pad(18mm)[#text(white)[{texte(b["contrat"]["nom"])} #h(1fr) Démonstration
#text(118pt, weight: 800, fill: rgb("{dessins.SOLEIL}"))[{b["annee"]}]
= Ce que nous avons fait pour votre santé]]
{image(dessins.territoire(carte, dessins.SOLEIL, dessins.NUIT), "Carte du territoire") if carte else ""}]"""
    if edito:
        portrait = photo(edito["photo"], "48mm", "62mm") if edito["photo"] else ""
        credit = f"#source[Photo : {texte(edito['photo']['credit'])}]" if edito["photo"] else ""
        yield f"""== Le mot de l’élue
#grid(columns: (48mm, 1fr), gutter: 12mm, [{portrait}

*{texte(edito["signature"])}* {credit}], text(13pt)[{texte(edito["texte"])}])"""
    yield "#outline(title: [Dans ce bilan], target: heading.where(level: 2))\n#pagebreak()"
    noms = (
        image(dessins.territoire(carte, "#bcd6da", "#fff", noms=True), "Carte nommée", "96mm")
        if carte
        else ""
    )
    signataires = "\n\n".join(
        f"*{f['libelle']}* {texte(enumerer(f['noms'], 10))}" for f in b["signataires"]
    )
    lieu, debut = b["territoire"], str(b["contrat"]["date_debut"])[:4]
    actions = sum(len(v["actions"]) for v in b["volets"])
    yield f"""== Un contrat local de santé, \\ c’est quoi ?
#text(14.5pt)[C’est un accord écrit. Des collectivités, l’Agence régionale de santé et leurs partenaires s’engagent à
agir ensemble pour la santé des habitants.]
#grid(columns: (1fr, 1fr, 1fr), gutter: 6mm,
 [=== Pour qui ?
  Pour les {nombre(lieu["population"])} habitants des {len(lieu["communes"])} communes du contrat, à tout âge
  (population {lieu["millesime_population"]}).],
 [=== Jusqu’à quand ?
  De {debut} à {str(b["contrat"]["date_fin"])[:4]}. Ce bilan porte sur {b["annee"]}, la
  {RANGS[b["annee"] - int(debut)].lower()} année.],
 [=== Pour quoi faire ?
  {actions} actions, rangées en {len(b["volets"])} grands thèmes. Nous les appelons des « volets ».])
{texte(b["contrat"]["presentation"])}
#block(fill: rgb("#e9f0f1"), inset: 5mm)[*Ce que le contrat ne fait pas.* Il ne remplace pas votre médecin et ne dirige
pas l’hôpital. Il ne contient aucun renseignement sur votre santé.]
#grid(columns: (96mm, 1fr), gutter: 6mm, [{noms} #source({t(carte["source"] if carte else "")})], [{signataires}])"""


def chiffres(b: Mapping[str, Any]) -> str:
    def un(c: Mapping[str, str], taille: int) -> str:
        source = f"Source : {c['source']}."
        return (
            f"[#text({taille}pt, weight: 800, {t(c['valeur'])})\n\n*{texte(c['intitule'])}*\n\n"
            f"{texte(c['phrase'])}\n\n#source({t(source)})]"
        )

    premier, *autres = b["chiffres"][:5]
    return f"""#pagebreak()
== L’année {b["annee"]} en chiffres
#bande(rgb("{dessins.SOLEIL}"), {un(premier, 100)})
#grid(columns: (1fr, 1fr), gutter: 6mm, {", ".join(un(c, 40) for c in autres)})"""


def fin(b: Mapping[str, Any]) -> Iterable[str]:
    textes = b["textes"]
    retards = "\n".join(
        f"#retard(rgb({t(dessins.ETATS[a['etat']][0])}), {t(a['titre'])}, {t(v['titre'])})"
        for v in b["volets"]
        for a in v["actions"]
        if a["etat"] in RETARDS
    )
    suite = "\n".join(suivi(b))
    yield f"""#pagebreak()
== Ce qui a été plus difficile <difficile>
{texte(textes["difficultes"]["texte"])}
=== Les actions en retard ou en attente
#columns(2)[{retards}]
#source[Source : suivi du contrat local de santé, au {jour(b["arrete_le"])}.]
{argent(b)}
== La parole aux habitants
{texte(textes["participation"]["texte"])}
{suite}
#bande(rgb("{dessins.SOLEIL}"))[== Et l’année prochaine ?
{texte(textes["perspectives"]["texte"])}]"""
    familles = ", ".join(
        f"[=== {f['libelle']}\n{texte(enumerer(f['noms'], 8))}]" for f in b["partenaires"]
    )
    mots = "\n\n".join(f"*{texte(m['terme'])}* : {texte(m['definition'])}" for m in b["mots"])
    yield f"""#pagebreak()
== Les partenaires
#grid(columns: (1fr, 1fr, 1fr), gutter: 6mm, {familles})
== Les mots à connaître
#columns(2)[{mots}]
#bande(rgb("{dessins.NUIT}"), grid(columns: (1fr, 26mm), text(white)[== Une question, une idée ?
{texte(b["contact"]["organisme"])}

Ce bilan en ligne : #link({t(b["adresse_publique"])}, {t(b["adresse_publique"].removeprefix("http://"))})

#text(8.5pt)[Démonstration : personnes et chiffres inventés. Données arrêtées au {jour(b["arrete_le"])}, version
{b["edition"]}. Les chiffres de ce bilan sont joints à ce fichier.]], [{image(dessins.code_qr(b["adresse_publique"]), "Code QR")}]))"""


def source(b: Mapping[str, Any]) -> str:
    le = datetime.fromisoformat(str(b["arrete_le"]))
    donnees = json.dumps(b, ensure_ascii=False, default=str)
    courant = f"Bilan {b['annee']} – {b['contrat']['nom']} – Démonstration"
    return "\n".join(
        [
            '#let encre = rgb("#12323f")\n#let gris = rgb("#4a5d66")\n#let filet = rgb("#b9c8cd")',
            f"#let courant = {t(courant)}",
            f"#set document(title: courant, author: courant, date: datetime(year: {le.year}, month: {le.month}, day: {le.day}))",
            PREAMBULE,
            f'#pdf.attach("donnees.json", bytes({t(donnees)}), relationship: "data", mime-type: "application/json", description: "Données du bilan")',
            *ouverture(b),
            chiffres(b),
            avancement(b),
            *(m for rang, v in enumerate(b["volets"], 1) for m in volet(rang, v, b["carte"])),
            zoom(b),
            *fin(b),
        ]
    )


def rendre(bilan: Mapping[str, Any], photos: Mapping[str, bytes]) -> bytes:
    poser(photos)
    return bytes(
        typst.compile(
            source(bilan).encode(), root=str(racine()), font_paths=polices(),
            pdf_standards=["ua-1", "a-3a"],
        )
    )  # fmt: skip
