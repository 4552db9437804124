"""« Un contrat local de santé, c’est quoi ? » : pour qui, jusqu’à quand, qui a signé."""

from typing import Any

from bilans.instantane import Instantane
from bilans.mise_en_page.deux_colonnes import en_deux
from bilans.mise_en_page.fin import familles
from bilans.mise_en_page.mesures import lignes
from bilans.mise_en_page.mots_ecrits import compter, en_lettres, jour, majuscule, typo

_ANNEES = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")


def reperes(instantane: Instantane) -> list[tuple[str, str]]:
    """Pour qui, jusqu’à quand, pour quoi faire."""
    lieux = _pour_qui(instantane)
    quand = _jusqu_a_quand(instantane)
    return [(typo(t), typo(p)) for t, p in
            (("Pour qui ?", lieux), ("Jusqu’à quand ?", quand),
             ("Pour quoi faire ?", _pour_quoi(instantane))) if p]  # fmt: skip


def _pour_qui(instantane: Instantane) -> str:
    territoire = instantane.territoire
    if not territoire.communes:
        return "Pour tous les habitants du territoire, à tout âge."
    if len(territoire.communes) == 1:
        lieu = f"de {territoire.communes[0]}"
    else:
        lieu = f"des {compter(len(territoire.communes), 'commune')} du contrat"
    if territoire.population is None:
        return f"Pour tous les habitants {lieu}, à tout âge."
    habitants = compter(territoire.population, "habitant")
    vintage = f" (population {territoire.millesime_population})"
    suite = vintage if territoire.millesime_population else ""
    return f"Pour les {habitants} {lieu}, à tout âge{suite}."


def _jusqu_a_quand(instantane: Instantane) -> str:
    debut, fin = instantane.contrat.date_debut, instantane.contrat.date_fin
    if debut is None:
        return f"Ce bilan porte sur {instantane.annee}."
    duree = f"De {debut.year} à {fin.year}." if fin else f"Depuis {debut.year}."
    if instantane.annee < debut.year:
        return duree
    rang = rang_de_l_annee(instantane)
    ordre = f", la {rang} année" if rang else ""
    return f"{duree} Ce bilan porte sur {instantane.annee}{ordre}."


def rang_de_l_annee(instantane: Instantane) -> str:
    """« deuxième » ; vide avant la première année du contrat, ou après la sixième."""
    debut = instantane.contrat.date_debut
    rang = instantane.annee - debut.year if debut else -1
    return _ANNEES[rang] if 0 <= rang < len(_ANNEES) else ""


def _pour_quoi(instantane: Instantane) -> str:
    total, nombre_volets = len(instantane.actions), len(instantane.volets)
    if not total:
        return ""
    if nombre_volets < 2:
        return f"{majuscule(compter(total, 'action'))} pour mieux vivre et mieux se soigner."
    themes = en_lettres(nombre_volets)
    return (
        f"{compter(total, 'action')}, rangées en {themes} grands thèmes. "
        "Nous les appelons des « volets »."
    )


def phrase_signataires(instantane: Instantane) -> str:
    total = sum(len(f.noms) for f in instantane.signataires)
    signe = instantane.contrat.date_signature
    if not total:
        return ""
    qui = f"{majuscule(en_lettres(total))} partenaire{'s' if total > 1 else ''}"
    verbe = "ont" if total > 1 else "a"
    if signe is None:
        return f"{qui} {'préparent' if total > 1 else 'prépare'} le contrat."
    return f"{qui} {verbe} signé le contrat le {jour(signe)}."


def signataires(instantane: Instantane, deja_pris: float, *, avec_carte: bool) -> dict[str, Any]:
    """Autant de noms par famille qu’il en tient à côté de la carte, sinon une page à part.

    Une seule colonne à côté de la carte, deux sans elle.
    """
    place = 122.0 - deja_pris
    entieres = familles(instantane.signataires, 10)
    if not avec_carte:
        return {"signataires": _en_colonnes(entieres), "signataires_a_part": False}
    for maximum in (10, 7, 5, 4):
        abregees = familles(instantane.signataires, maximum)
        if sum(_hauteur_famille(*famille) for famille in abregees) <= place:
            return {"signataires": [abregees], "signataires_a_part": False}
    return {"signataires": [entieres], "signataires_a_part": True}


def _en_colonnes(
    ecrites: list[tuple[str, str]],
) -> tuple[list[tuple[str, str]], ...]:
    return next(iter(en_deux(ecrites, lambda f: _hauteur_famille(*f))), ())


def _hauteur_famille(libelle: str, noms: str) -> float:
    """Millimètres pris par une famille dans la colonne de 72 mm."""
    return 3.6 + 5.3 * lignes(libelle, 11.5, 70, 700) + 5 * lignes(noms, 10, 70)
