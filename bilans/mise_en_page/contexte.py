"""Assemble les parties du bilan ; une partie sans données vaut None ou une liste vide."""

from dataclasses import dataclass
from typing import Any

from bilans.instantane import ChiffreCle, Famille, Instantane, Mot
from bilans.mise_en_page import textes
from bilans.mise_en_page.avancement import avancement
from bilans.mise_en_page.couverture import carte_nommee, code_qr, couverture
from bilans.mise_en_page.deux_colonnes import Blocs, en_deux
from bilans.mise_en_page.mesures import MM, POINT
from bilans.mise_en_page.mots_ecrits import (
    Explicateur,
    compter,
    en_lettres,
    enumerer,
    jour,
    majuscule,
    typo,
)
from bilans.mise_en_page.volets import en_retard, volets
from bilans.mise_en_page.vues_volet import Retard, VueVolet
from cls_platform.socle.svg import metriques

RETARDS_EN_UNE_COLONNE = 8
_ANNEES = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")


@dataclass(frozen=True, slots=True)
class VueChiffre:
    valeur: str
    style: str
    intitule: str
    phrase: str
    source: str


def contexte(instantane: Instantane) -> dict[str, Any]:
    """Variables du gabarit `bilans/pdf/bilan.html`."""
    parties = {
        "bilan": instantane,
        "titre_document": _titre_document(instantane),
        "titre_courant": _titre_courant(instantane),
        "description": _description(instantane),
        "couverture": couverture(instantane),
        "reperes": _reperes(instantane),
        "carte": carte_nommee(instantane, 363),
        "source_carte": typo(instantane.carte.source) if instantane.carte else "",
        **_signataires(instantane),
        "phrase_signataires": typo(_phrase_signataires(instantane)),
        "chiffres": _chiffres(instantane.chiffres),
        "avancement": avancement(instantane),
        "retards": _retards(en_retard(instantane)),
        "titre_edito": textes.titre_edito(instantane.textes.edito),
        "fin_courte": _fin_courte(instantane),
        "partenaires": _par_trois(_familles(instantane.partenaires, 8)),
        "mots": _mots(instantane.mots),
        "code_qr": code_qr(instantane.adresse_publique) if instantane.adresse_publique else "",
        "adresse_lisible": instantane.adresse_publique.split("://", maxsplit=1)[-1],
        "arrete_le": jour(instantane.arrete_le),
        **_textes(instantane),
    }
    sommaire = _sommaire(instantane.annee, parties)
    ouverture = textes.ouvrir(parties["edito"], [titre for _, titre in sommaire])
    colonnes = en_deux(sommaire, lambda ligne: 1 + len(ligne[1]) // 42, par_bloc=60)[0]
    return {**parties, "sommaire": colonnes, "ouverture": ouverture}


def _textes(instantane: Instantane) -> dict[str, Any]:
    """Dans l’ordre de lecture : un sigle est développé là où on le rencontre d’abord."""
    sigles = Explicateur(instantane.mots)
    ecrits = instantane.textes
    return {
        "edito": textes.vue(ecrits.edito, sigles),
        "presentation": sigles.typo(instantane.contrat.presentation),
        "volets": volets(instantane, sigles),
        "difficultes": textes.vue(ecrits.difficultes, sigles),
        "participation": textes.vue(ecrits.participation, sigles),
        "perspectives": textes.vue(ecrits.perspectives, sigles),
    }


def _fin_courte(instantane: Instantane) -> bool:
    """Vrai si partenaires, mots et contact tiennent sur la dernière page, sans la laisser vide."""
    if not (instantane.mots or instantane.partenaires):
        return False
    mots = sum(0.6 + _lignes_du_mot(mot) for mot in instantane.mots)
    familles = sum(
        2 + len(metriques.couper(enumerer(f.noms, 8), 11 * POINT, 52 * MM))
        for f in instantane.partenaires
    )
    return 17 + 5.2 * mots / 2 + (24 if familles else 0) + 5.6 * familles / 3 <= 190


def _titre_document(instantane: Instantane) -> str:
    fin = " (démonstration)" if instantane.est_demonstration else ""
    return typo(f"Bilan {instantane.annee} – {instantane.contrat.nom}{fin}")


def _titre_courant(instantane: Instantane) -> str:
    fin = " – Démonstration" if instantane.est_demonstration else ""
    nom = metriques.abreger(typo(instantane.contrat.nom), 8.5 * POINT, 110 * MM)
    return f"Bilan {instantane.annee} – {nom}{fin}"


def _description(instantane: Instantane) -> str:
    return typo(
        f"Ce qui a été fait en {instantane.annee} pour la santé des habitants : "
        f"{instantane.contrat.nom}."
    )


def _reperes(instantane: Instantane) -> list[tuple[str, str]]:
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
    rang = instantane.annee - debut.year + 1
    if rang < 1:
        return duree
    ordre = f", la {_ANNEES[rang - 1]} année" if rang <= len(_ANNEES) else ""
    return f"{duree} Ce bilan porte sur {instantane.annee}{ordre}."


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


def _phrase_signataires(instantane: Instantane) -> str:
    total = sum(len(f.noms) for f in instantane.signataires)
    signe = instantane.contrat.date_signature
    if not total:
        return ""
    qui = f"{majuscule(en_lettres(total))} partenaire{'s' if total > 1 else ''}"
    verbe = "ont" if total > 1 else "a"
    if signe is None:
        return f"{qui} {'préparent' if total > 1 else 'prépare'} le contrat."
    return f"{qui} {verbe} signé le contrat le {jour(signe)}."


def _retards(retards: list[Retard]) -> dict[str, Any]:
    """Une colonne jusqu’à huit, deux au-delà."""
    blocs = en_deux(retards, par_bloc=12) if len(retards) > RETARDS_EN_UNE_COLONNE else []
    return {"nombre": len(retards), "blocs": blocs or [(retards, [])]}


def _par_trois(familles: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [familles[rang : rang + 3] for rang in range(0, len(familles), 3)]


def _mots(mots: tuple[Mot, ...]) -> Blocs[Mot]:
    ecrits = [Mot(terme=typo(m.terme), sigle=m.sigle, definition=typo(m.definition)) for m in mots]
    return en_deux(ecrits, _lignes_du_mot, par_bloc=10)


def _lignes_du_mot(mot: Mot) -> float:
    texte = f"{mot.terme} ({mot.sigle}) : {mot.definition}"
    return 0.4 + len(metriques.couper(texte, 10.5 * POINT, 80 * MM))


def _signataires(instantane: Instantane) -> dict[str, Any]:
    """Autant de noms par famille qu’il en tient à côté de la carte, sinon une page à part.

    Une seule colonne à côté de la carte, deux sans elle.
    """
    presentation = metriques.couper(instantane.contrat.presentation, 11 * POINT, 172 * MM)
    place = 122 - (14 + 5.5 * len(presentation) if instantane.contrat.presentation else 0)
    familles = _familles(instantane.signataires, 10)
    if instantane.carte is None:
        return {"signataires": _colonnes_de_familles(familles), "signataires_a_part": False}
    for maximum in (10, 7, 5, 4):
        abregees = _familles(instantane.signataires, maximum)
        if sum(_hauteur_famille(*famille) for famille in abregees) <= place:
            return {"signataires": [abregees], "signataires_a_part": False}
    return {"signataires": [familles], "signataires_a_part": True}


def _colonnes_de_familles(
    familles: list[tuple[str, str]],
) -> tuple[list[tuple[str, str]], ...]:
    return next(iter(en_deux(familles, lambda f: _hauteur_famille(*f))), ())


def _hauteur_famille(libelle: str, noms: str) -> float:
    """Millimètres pris par une famille dans la colonne de 72 mm."""
    titre = metriques.couper(libelle, 11.5 * POINT, 70 * MM, 700)
    return 3.6 + 5.3 * len(titre) + 5 * len(metriques.couper(noms, 10 * POINT, 70 * MM))


def _familles(familles: tuple[Famille, ...], maximum: int) -> list[tuple[str, str]]:
    return [(f.libelle, enumerer([typo(nom) for nom in f.noms], maximum)) for f in familles]


def _chiffres(chiffres: tuple[ChiffreCle, ...]) -> dict[str, Any] | None:
    """Un chiffre vedette et quatre autres, deux par rang."""
    if not chiffres:
        return None
    autres = [_chiffre(c, (48, 34, 24)) for c in chiffres[1:5]]
    return {
        "vedette": _chiffre(chiffres[0], (132, 84, 52, 34)),
        "rangs": [autres[rang : rang + 2] for rang in range(0, len(autres), 2)],
    }


def _chiffre(chiffre: ChiffreCle, tailles: tuple[int, ...]) -> VueChiffre:
    """La plus grande taille (pt) où la valeur tient sur une ligne de 84 mm."""
    valeur = typo(chiffre.valeur)
    tenues = (p for p in tailles if metriques.largeur(valeur, p * POINT, 800) <= 82 * MM)
    taille = next(tenues, tailles[-1])
    style = "" if taille == tailles[0] else f"font-size:{taille}pt;letter-spacing:0"
    source = f"Source : {chiffre.source}." if chiffre.source else ""
    return VueChiffre(valeur, style, typo(chiffre.intitule), typo(chiffre.phrase), typo(source))


def _entree(volet: VueVolet) -> str:
    return f"Volet « {volet.titre} »" if volet.rubrique else volet.titre


def _sommaire(annee: int, parties: dict[str, Any]) -> list[tuple[str, str]]:
    difficile = parties["difficultes"] or parties["retards"]["nombre"]
    lignes = [
        ("quoi", "Un contrat local de santé, c’est quoi ?", True),
        ("chiffres", f"L’année {annee} en chiffres", parties["chiffres"]),
        ("actions", "Où en sont les actions ?", parties["avancement"].total),
        *((v.ancre, _entree(v), True) for v in parties["volets"]),
        ("difficile", "Ce qui a été plus difficile", difficile),
        ("parole", "La parole aux habitants", parties["participation"]),
        ("suite", "Et l’année prochaine ?", parties["perspectives"]),
        ("partenaires", "Les partenaires", parties["partenaires"]),
        ("mots", "Les mots à connaître", parties["mots"]),
        ("contact", "Une question, une idée ?", True),
    ]
    return [(ancre, typo(titre)) for ancre, titre, present in lignes if present]
