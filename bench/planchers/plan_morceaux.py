"""Les morceaux de HTML du plancher W4 : les mêmes repères et les mêmes mots que la page."""

import zlib
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any
from uuid import UUID

INSECABLE = "\u00a0"
FINE = "\u202f"
MOIS = (
    "janv.", "févr.", "mars", "avril", "mai", "juin",
    "juill.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
ARTICLES = {"de", "du", "des", "la", "le", "les", "et", "d", "l", "a", "à"}
# Dans l’ordre de la barre : le mot seul, puis ceux de la répartition
STATUTS = {
    "REALISEE": ("Réalisée", "réalisée", "réalisées"),
    "REALISEE_PARTIELLEMENT": ("Partiellement réalisée", "en partie", "en partie"),
    "EN_COURS": ("En cours", "en cours", "en cours"),
    "A_VENIR": ("À venir", "à venir", "à venir"),
    "A_DISCUTER": ("À discuter", "à discuter", "à discuter"),
    "REPORTEE": ("Reportée", "reportée", "reportées"),
    "EN_PAUSE": ("En pause", "en pause", "en pause"),
    "EN_RETARD": ("En retard", "en retard", "en retard"),
    "BLOQUEE": ("Bloquée", "bloquée", "bloquées"),
    "ABANDONNEE": ("Abandonnée", "abandonnée", "abandonnées"),
}
PIECES = ("plan", "perimetre", "signataires", "equipe", "indicateurs", "bilans")
RECHERCHE = (
    '<form class="filtres" role="search"><label for="recherche">Chercher dans les fiches</label>'
    '<input id="recherche" type="search" name="recherche"><!-- menus -->'
    '<button class="invisible" type="submit">Chercher</button></form>'
    "<details><summary>Tous les filtres</summary><p><a>Choisir parmi tous les filtres</a></p></details>"
    "<details><summary>Vues enregistrées</summary><a>Enregistrer cette vue</a></details>"
    "<details><summary>Télécharger</summary><a>Exporter ces fiches en XLSX</a>"
    "<a>Exporter ces fiches en ODS</a><a>Exporter ces fiches en CSV</a>"
    "<a>Faire un dossier Word ou PDF…</a></details>"
)
TETE_DE_TABLE = (
    '<table class="plan" role="table"><caption>Fiches actions par axe et objectif</caption>'
    "<thead><tr><th>Choix</th><th>N°</th><th>Fiche action</th><th>Statut</th><th>Pilote</th><th>Échéance</th>"
    "<th>Avancement</th><th>Budget</th></tr></thead>"
)
SANS_MONTANT = '<span class="discret">–<span class="invisible"> aucun montant prévu</span></span>'
BAS = "</div></main></body></html>"


def icone(nom: str, classe: str = "i") -> str:
    return (
        f'<svg class="{classe}" aria-hidden="true" focusable="false">'
        f'<use href="/static/img/icones.svg#{nom}"></use></svg>'
    )


CRAYON = icone("crayon", "i crayon")


def haut(contrat: UUID, entete: Any, phases: list[Any], objectifs: int) -> str:
    nom, phase, debut, fin, signature, signataires, communes, habitants = entete
    pieces = "".join(
        f'<li><a href="/espace/contrats/{contrat}/{piece}/">{icone(piece)}{piece}</a></li>'
        for piece in PIECES
    )
    frise = "".join(f"<li>{vers}<small>{jour:%m/%Y}</small></li>" for vers, jour in phases)
    return (
        f'<!doctype html><html lang="fr"><head><title>Plan d’actions, {escape(nom)}</title></head>'
        f'<body><nav class="rail"><ul>{pieces}</ul></nav><main><h1>Plan d’actions</h1>'
        f"<p>{escape(nom)} {debut} {fin} {signature} {phase} {signataires} {communes} {habitants} "
        f"{objectifs}</p><ol>{frise}</ol>"
    )


def axe(cle: UUID, titre: str, nombre: int, moyenne: float, cout: Decimal | None) -> str:
    ecrit = escape(titre)
    return (
        f'<tbody id="axe-{cle}"><tr class="axe"><th colspan="5"><h2><button class="replie" '
        f'aria-controls="axe-{cle}" aria-label="Replier : {ecrit}" hidden>{icone("bas")}</button>'
        f"<span>{ecrit} <small>{nombre}{INSECABLE}fiche{'s' if nombre > 1 else ''}</small></span>"
        f'</h2></th><td><span id="avancement-{cle}">{avance(moyenne)}</span></td>'
        f'<td class="c-budget d">{euros(cout) if cout is not None else ""}</td></tr>'
    )


def objectif(numero: str, titre: str, part: float | list[Any], cout: Decimal | None) -> str:
    avancement = avance(part) if isinstance(part, float) else ""
    return (
        f'<tr class="objectif niveau-1"><th colspan="6"><span class="num">{escape(numero)}</span> '
        f'{escape(titre)}</th><td class="c-avance">{avancement}</td>'
        f'<td class="c-budget d">{euros(cout) if cout is not None else ""}</td></tr>'
    )


def cout(prevu: Any, finance: Any) -> str:
    if not prevu:
        return ""
    return f"<b>{euros(prevu)}</b> prévus, {round(finance * 100 / prevu)}{FINE}% financés"


def euros(montant: Decimal) -> str:
    """Les montants du volume sont ronds."""
    return f"{montant:,.0f}".replace(",", FINE) + f"{INSECABLE}€"


def avance(part: float) -> str:
    pourcentage = round(part * 100)
    return (
        f'<span class="avance"><svg class="jauge" viewBox="0 0 100 1" aria-hidden="true"><rect '
        f'width="{pourcentage}" height="1"></rect></svg>{pourcentage}{FINE}%</span>'
    )


def bouton(cle: UUID, champ: str, nom: str, contenu: str) -> str:
    adresse = f"/espace/actions/{cle}/champ/{champ}/"
    return (
        f'<button class="enplace" type="submit" form="ouvrir" formaction="{adresse}" '
        f'hx-get="{adresse}" hx-target="closest [data-cls-champ]" hx-swap="outerHTML">'
        f'<span class="invisible">Modifier{INSECABLE}: {nom}, </span>{contenu}{CRAYON}</button>'
    )


def cellule(cle: UUID, champ: str, nom: str, contenu: str) -> str:
    dedans = bouton(cle, champ, nom, contenu)
    return f'<div class="champ" id="champ-{champ}-{cle}" data-cls-champ>{dedans}</div>'


def fiche(ligne: Any, cout: Decimal | None, le: date) -> str:
    _, _, _, cle, numero, titre, statut, fin, _, pilote, part, _ = ligne
    ecrit = escape(titre)
    etat = (
        f'<span id="statut-{cle}"><span class="statut st-{statut}">'
        f"{icone(f'st-{statut}', 'forme')}{STATUTS[statut][0]}</span></span>"
    )
    return (
        f'<tr class="fiche" id="fiche-{cle}"><td><input class="coche" type="checkbox" form="lot" '
        f'name="fiche" value="{cle}" aria-label="Cocher la fiche {escape(numero)} {ecrit}"></td>'
        f'<td class="c-num num">{escape(numero)}</td>'
        f'<th class="c-titre"><div class="champ" id="champ-titre-{cle}" data-cls-champ>'
        f'<a class="titre" href="/espace/actions/{cle}/">{ecrit}</a>'
        f"{bouton(cle, 'titre', 'titre', f'<span class=invisible>{ecrit}</span>')}</div></th>"
        f'<td class="c-statut">{cellule(cle, "statut", "statut", etat)}</td>'
        f'<td class="c-pilote">{cellule(cle, "pilote", "pilote", personne(pilote))}</td>'
        f'<td class="c-echeance">'
        f"{cellule(cle, 'calendrier', 'échéance', echeance(cle, statut, fin, le))}</td>"
        f'<td class="c-avance"><span id="avancement-{cle}">{avance(part)}</span></td>'
        f'<td class="c-budget d">{SANS_MONTANT if cout is None else euros(cout)}</td></tr>'
    )


def personne(nom: str | None) -> str:
    if not nom:
        return '<span class="pastille vide">?</span><span class="manque">Sans pilote</span>'
    mots = [m for m in nom.replace("’", " ").replace("-", " ").split() if m.lower() not in ARTICLES]
    initiales = "".join(mot[0] for mot in mots[:2]).upper()
    nuance = zlib.crc32(nom.encode()) % 4
    return (
        f'<span class="avec-pastille"><span class="pastille nuance-{nuance}">{initiales}</span>'
        f"<span>{escape(nom)}</span></span>"
    )


def echeance(cle: UUID, statut: str, fin: date | None, le: date) -> str:
    if fin is None:
        return '<span class="manque">Sans échéance</span>'
    jour = "1<sup>er</sup>" if fin.day == 1 else str(fin.day)
    ecrite = f"{jour}{INSECABLE}{MOIS[fin.month - 1]} {fin.year}"
    if statut == "EN_RETARD" and fin < le:
        jours = (le - fin).days
        duree = f"{jours}{INSECABLE}j" if jours <= 122 else f"{round(jours / 30.44)}{INSECABLE}mois"
        ecrite += f'<span class="retard">{icone("horloge")}{duree} de retard</span>'
    return f'<span id="echeance-{cle}">{ecrite}</span>'
