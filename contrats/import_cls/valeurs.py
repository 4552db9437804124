"""D’une cellule à une valeur : None si elle est vide, ValeurRefusee si elle ne se lit pas."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from acteurs.models.acteur import verifier_siren
from cls_platform.socle.tableur.cles import cle
from cls_platform.socle.tableur.feuille import Valeur
from cls_platform.socle.tableur.remarques import ValeurRefusee
from cls_platform.socle.tableur.table import est_une_erreur_de_formule, montrer
from contrats.etats import Phase

ANNEES = range(1990, 2101)
GENERATIONS = range(1, 21)
# Un contrat sans numéro se désigne par son adresse, plus longue
CODE_MAX, NUMERO_MAX, NOM_MAX, PORTEUR_MAX = 120, 40, 160, 200
_JMA = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:.*)?$")
_GENERATION = re.compile(
    r"^(?:g|gen|generation|cls)? ?(\d{1,5}) ?(?:ere|er|re|nde|nd|de|eme|e)?(?: gen(?:eration)?)?$"
)
UNE_DATE = "Écrivez une date entière, comme 28/02/2026 ou 2026-02-28."
PHASES = {cle(mot): phase for phase in Phase for mot in (phase.value, phase.label)} | {
    cle(mot): phase
    for mot, phase in {
        "diagnostic": Phase.DIAGNOSTIC,
        "élaboration": Phase.ELABORATION,
        "mise en œuvre": Phase.MISE_EN_OEUVRE,
        "actif": Phase.MISE_EN_OEUVRE,
        "en cours": Phase.MISE_EN_OEUVRE,
        "signé": Phase.SIGNATURE,
        "évaluation": Phase.EVALUATION,
        "prorogation": Phase.PROROGE,
        "terminé": Phase.CLOS,
        "fini": Phase.CLOS,
        "en projet": Phase.INTENTION,
    }.items()
}


def normal(texte: str) -> str:
    """Le texte d’une ligne : espaces réduites."""
    return " ".join(texte.split())


def lire_texte(valeur: Valeur, longueur: int) -> str | None:
    texte = normal(montrer(valeur))
    if len(texte) > longueur:
        raise ValeurRefusee(
            f"Ce texte est trop long : {len(texte)} caractères, {longueur} au plus."
        )
    return texte or None


def lire_date(valeur: Valeur) -> date | None:
    """Jour, mois, année, ou l’ordre ISO ; jamais un mois ni une année seuls."""
    if isinstance(valeur, date):
        return valeur
    texte = montrer(valeur)
    if not texte:
        return None
    if trouve := _JMA.match(texte):
        return _jour(int(trouve[3]), int(trouve[2]), int(trouve[1]))
    if trouve := _ISO.match(texte):
        return _jour(int(trouve[1]), int(trouve[2]), int(trouve[3]))
    raise ValeurRefusee(f"Ce n’est pas une date. {UNE_DATE}")


def _jour(annee: int, mois: int, jour: int) -> date:
    try:
        return date(annee, mois, jour)
    except ValueError as erreur:
        raise ValeurRefusee(f"Ce jour n’existe pas. {UNE_DATE}") from erreur


def exiger_une_date_possible(jour: date | None) -> None:
    if jour and jour.year not in ANNEES:
        raise ValeurRefusee(
            f"L’année {jour.year} est impossible : de {ANNEES.start} à {ANNEES.stop - 1}."
        )


def lire_generation(valeur: Valeur) -> int | None:
    """« 2 », « 2e », « 2e génération », « G2 »."""
    texte = cle(montrer(valeur))
    if not texte:
        return None
    trouve = _GENERATION.match(texte)
    if not trouve or not 1 <= int(trouve[1]) < 2**15:
        raise ValeurRefusee("Une génération est un nombre : 1 pour un premier contrat, puis 2, 3…")
    return int(trouve[1])


def lire_phase(valeur: Valeur) -> str | None:
    """Par son code (mise_en_oeuvre) ou par ses mots (Mise en œuvre)."""
    texte = montrer(valeur)
    if not texte:
        return None
    phase = PHASES.get(cle(texte))
    if phase is None:
        permises = ", ".join(phase.label for phase in Phase)
        raise ValeurRefusee(f"Cette phase n’existe pas. Écrivez l’une de : {permises}.")
    return phase.value


def lire_siren(valeur: Valeur) -> str | None:
    texte = re.sub(r"[\s.\u00a0\u202f]", "", montrer(valeur))
    if not texte:
        return None
    if len(texte) == 14 and texte.isascii() and texte.isdigit():
        raise ValeurRefusee("C’est un SIRET. Gardez ses neuf premiers chiffres : le SIREN.")
    try:
        verifier_siren(texte)
    except ValidationError as erreur:
        raise ValeurRefusee(" ".join(erreur.messages)) from erreur
    return texte


def refuser_les_erreurs_de_formule(valeur: Valeur) -> None:
    """« #REF! » vient d’une formule que le tableur n’a pas su calculer."""
    if isinstance(valeur, str) and est_une_erreur_de_formule(valeur):
        raise ValeurRefusee("C’est une erreur de formule. Écrivez la valeur elle-même.")


def en_mots(valeur: Any) -> str:
    """Une valeur comme on la relit dans un rapport."""
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return "" if valeur is None else str(valeur)
