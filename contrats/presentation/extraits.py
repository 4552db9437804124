"""Les meilleures réponses d’une recherche, les mots trouvés mis en évidence."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString

from contrats import affichage
from contrats.classement import comprendre, meilleures
from contrats.presentation.lignes import cles_de, noms_de

MOT = re.compile(r"\w+")
AVANT, LONGUEUR = 60, 220
# Dans l’ordre où l’on cherche d’où vient la réponse
TEXTES = {
    "resume_public": "En mots simples",
    "contexte": "Constat",
    "description": "Description",
    "resultats_attendus": "Résultats attendus",
    "objectif_general": "Objectif général",
    "objectifs_operationnels": "Objectifs opérationnels",
    "modalites_evaluation": "Évaluation",
    "moyens": "Moyens",
    "freins": "Freins",
    "leviers": "Leviers",
}


@dataclass(frozen=True, slots=True)
class Extrait:
    champ: str
    texte: SafeString


@dataclass(frozen=True, slots=True)
class Reponse:
    numero: str
    titre: SafeString
    adresse: str
    statut: SafeString
    extraits: Sequence[Extrait]


def sans_accent(texte: str) -> str:
    decompose = unicodedata.normalize("NFD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c)).replace("œ", "oe")


def debuts_de_mots(recherche: str, racines: Iterable[str]) -> tuple[str, ...]:
    """Ce par quoi commence un mot à montrer : une racine, ou le mot tel qu’il est tapé."""
    tapes = [m for m in MOT.findall(sans_accent(recherche)) if len(m) > 2]
    return tuple({*(r for r in racines if len(r) > 1), *tapes})


def surligne(texte: str, debuts: tuple[str, ...]) -> SafeString:
    """Le texte échappé, chaque mot trouvé dans `<mark>`."""
    morceaux, fin = [], 0
    for debut, apres in _trouves(texte, debuts):
        morceaux += [escape(texte[fin:debut]), "<mark>", escape(texte[debut:apres]), "</mark>"]
        fin = apres
    return SafeString("".join([*morceaux, escape(texte[fin:])]))


def _trouves(texte: str, debuts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for mot in MOT.finditer(texte):
        if debuts and sans_accent(mot.group()).startswith(debuts):
            yield mot.span()


def extrait(texte: str, debuts: tuple[str, ...]) -> SafeString | None:
    """Autour du premier mot trouvé ; None s’il n’y en a pas."""
    premier = next(_trouves(texte, debuts), None)
    if premier is None:
        return None
    debut = max(premier[0] - AVANT, 0)
    if debut:
        debut = texte.find(" ", debut, premier[0]) + 1 or debut
    fin = min(debut + LONGUEUR, len(texte))
    coupe = texte[debut:fin].strip()
    return SafeString(
        ("… " if debut else "") + surligne(coupe, debuts) + (" …" if fin < len(texte) else "")
    )


def reponses(parmi: Sequence[UUID], recherche: str, le: date) -> list[Reponse]:
    """Les vingt plus proches de ces fiches-là, que la personne peut lire ; quatre requêtes."""
    question = comprendre(recherche)
    debuts = debuts_de_mots(recherche, question.racines)
    lignes = meilleures(question, le=le, parmi=parmi)
    partenaires = noms_de(cles_de(lignes), "partenaires")
    return [
        _reponse(ligne, [nom for _, nom in partenaires.get(ligne["id"], ())], debuts)
        for ligne in lignes
    ]


def _reponse(ligne: dict[str, Any], partenaires: Sequence[str], debuts: tuple[str, ...]) -> Reponse:
    textes = {nom: ligne[champ] for champ, nom in TEXTES.items()}
    textes["Pilote"] = ligne["pilote__nom"] or ""
    textes["Partenaires"] = ", ".join(partenaires)
    trouves = ((nom, extrait(texte, debuts)) for nom, texte in textes.items())
    return Reponse(
        numero=ligne["numero"],
        titre=surligne(ligne["titre"], debuts),
        adresse=affichage.adresse_de(ligne["id"]),
        statut=affichage.statut(ligne["statut_affiche"]),
        extraits=[Extrait(nom, texte) for nom, texte in trouves if texte][:2],
    )
