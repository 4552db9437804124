"""Images du plancher Typst : cartes, courbes, barre des états et code QR, en SVG écrit à la main."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import segno

from bench.planchers.bilan_mots import euros, nombre

ENCRE, NUIT, SOLEIL = "#12323f", "#0d3440", "#ffc23c"
ETATS = {
    "TERMINEE": ("#14543a", "Terminée", "l’action a eu lieu, en entier ou en partie."),
    "EN_COURS": ("#2f7d5b", "En cours", "l’action a commencé."),
    "EN_RETARD": ("#c2410c", "En retard", "la date prévue est passée et l’action n’est pas finie."),
    "SUSPENDUE": ("#8a6a00", "En attente", "l’action est arrêtée pour l’instant."),
    "A_VENIR": ("#c6d3d7", "Pas encore commencée", "l’action est décidée, sa date viendra."),
    "A_L_ETUDE": ("#ffffff", "À l’étude", "nous vérifions si l’action est utile et possible."),
    "ABANDONNEE": ("#ffffff", "Abandonnée", "l’action ne se fera pas."),
}


def svg(largeur: float, hauteur: float, vue: str, corps: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{largeur}" height="{hauteur}" '
        f'viewBox="{vue}" font-family="Atkinson Hyperlegible Next">{corps}</svg>'
    )


def territoire(carte: Mapping[str, Any], fond: str, bord: str, *, noms: bool = False) -> str:
    cadre = carte["cadre"]
    vue = f"{cadre['x'] - 3} {cadre['y'] - 3} {cadre['largeur'] + 6} {cadre['hauteur'] + 6}"
    formes = "".join(f'<path d="{f["trace"]}"/>' for f in carte["formes"])
    corps = f'<g fill="{fond}" stroke="{bord}" stroke-width="1.7">{formes}</g>'
    if noms:
        corps += "".join(
            f'<text x="{f["x"]}" y="{f["y"]}" font-size="14" font-weight="600"'
            f' text-anchor="middle">{escape(f["nom"])}</text>'
            for f in carte["formes"]
            if f["rayon"] > 4 * len(f["nom"])
        )
    return svg(cadre["largeur"], cadre["hauteur"], vue, corps)


def ondes(carte: Mapping[str, Any] | None) -> str:
    """Le fond de la couverture : la nuit et les contours qui s’éloignent."""
    contours = carte["ondes"] if carte else ()
    traits = "".join(
        f'<path d="{d}" stroke-opacity="{max(0.75 - 0.045 * rang, 0.12):.2f}"/>'
        for rang, d in enumerate(contours)
    )
    fond = f'<rect width="794" height="969" fill="{NUIT}"/>'
    return svg(794, 969, "0 0 794 969",
               f'{fond}<g fill="none" stroke="#7fd0d6" stroke-width="1.1">{traits}</g>')  # fmt: skip


def courbe(serie: Mapping[str, Any], couleur: str) -> str:
    """Aire, trait, points, valeurs écrites (l’unité sur la dernière), années, cible en tirets."""
    releves = [(r["annee"], float(r["valeur"])) for r in serie["releves"] if r["valeur"]]
    cible = serie["cible"]
    tous = [*releves, *([(cible["annee"], float(cible["valeur"]))] if cible else [])]
    debut, fin = tous[0][0], max(tous[-1][0], tous[0][0] + 1)
    haut = max(v for _, v in tous) or 1.0
    points = [(14 + 270 * (a - debut) / (fin - debut), 156 - 122 * v / haut, v, a) for a, v in tous]
    connus = points[: len(releves)]
    trait = "L".join(f"{x:.1f} {y:.1f}" for x, y, _, _ in connus)
    corps = (
        f'<path d="M{trait}L{connus[-1][0]:.1f} 156L{connus[0][0]:.1f} 156Z" fill="{couleur}"'
        f' fill-opacity=".12"/><path d="M0 156H310" stroke="{ENCRE}" stroke-width="1.2"/>'
        f'<path d="M{trait}" fill="none" stroke="{couleur}" stroke-width="3.5"/>'
    )
    for x, y, valeur, annee in points:
        unite = f" {serie['unite']}" if (x, y, valeur, annee) == connus[-1] else ""
        corps += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{couleur}" stroke="#fff"/>'
            f'<text x="{x:.1f}" y="{y - 12:.1f}" font-size="14" font-weight="700"'
            f' text-anchor="{"end" if unite else "middle"}" fill="{couleur}">{nombre(valeur)}{unite}</text>'
            f'<text x="{x:.1f}" y="175" font-size="13" text-anchor="middle">{annee}</text>'
        )
    return svg(310, 180, "0 0 310 180", corps)


def rubans(argent: Mapping[str, Any]) -> str:
    """Un ruban par somme, du financeur au volet ; noms et montants de chaque côté."""
    payeurs = {p["nom"]: p["montant"] for p in argent["payeurs"]}
    usages = {u["nom"]: u["montant"] for u in argent["usages"]}
    total = float(argent["total"]) or 1.0
    gauche = {nom: 60.0 * rang for rang, nom in enumerate(payeurs)}
    droite = {nom: 40.0 * rang for rang, nom in enumerate(usages)}
    corps = ""
    for f in argent["flux"]:
        epais = 220 * float(f["montant"]) / total
        de, a = gauche[f["payeur"]], droite[f["usage"]]
        corps += (
            f'<path d="M210 {de:.1f}C330 {de:.1f} 330 {a:.1f} 448 {a:.1f}L448 {a + epais:.1f}'
            f'C330 {a + epais:.1f} 330 {de + epais:.1f} 210 {de + epais:.1f}Z" fill="#12495a"'
            ' fill-opacity=".42"/>'
        )
        gauche[f["payeur"]] += epais
        droite[f["usage"]] += epais
    for x, ancre, noms, pas in ((200, "end", payeurs, 60.0), (458, "start", usages, 40.0)):
        corps += "".join(
            f'<text x="{x}" y="{pas * rang + 16}" font-size="13" text-anchor="{ancre}">{escape(nom)}</text>'
            f'<text x="{x}" y="{pas * rang + 31}" font-size="13" font-weight="700"'
            f' text-anchor="{ancre}">{euros(montant)}</text>'
            for rang, (nom, montant) in enumerate(noms.items())
        )
    return svg(658, 320, "0 0 658 320", corps)


def barre(comptes: Sequence[tuple[str, int]]) -> str:
    """Une bande par état, son combien dedans, la légende dessous."""
    total = sum(n for _, n in comptes) or 1
    corps, x = "", 0.0
    for rang, (etat, combien) in enumerate(comptes):
        couleur, mot, _ = ETATS[etat]
        large = 658 * combien / total
        corps += (
            f'<rect x="{x:.1f}" width="{large:.1f}" height="52" fill="{couleur}"'
            f' stroke="{ENCRE}" stroke-width=".5"/>'
            f'<text x="{x + 9:.1f}" y="34" font-size="24" font-weight="700">{combien}</text>'
            f'<text x="{170 * (rang % 4)}" y="{76 + 20 * (rang // 4)}" font-size="12">'
            f"{combien} {mot.lower()}</text>"
        )
        x += large
    return svg(658, 104, "0 0 658 104", corps)


def code_qr(adresse: str) -> str:
    lignes = [list(ligne) for ligne in segno.make(adresse, error="m").matrix]
    cote = len(lignes) + 8
    d = "".join(
        f"M{x + 4} {y + 4}h1v1h-1z"
        for y, ligne in enumerate(lignes)
        for x, noir in enumerate(ligne)
        if noir
    )
    corps = f'<rect width="{cote}" height="{cote}" fill="#fff"/><path d="{d}"/>'
    return svg(96, 96, f"0 0 {cote} {cote}", corps)
