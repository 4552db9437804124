"""Trancher un sigle, remplacer un terme : ce que l’équipe décide des mots de son bilan."""

import unicodedata
from typing import Any

from django.db import transaction

from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant, verrouiller
from bilans.models import Bilan, ChoixSigle, DecisionSigle, SectionBilan, Sigle, VoletBilan
from bilans.services.redaction import exiger_ecriture
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ErreurMetier

JAMAIS_TRANCHE = 0


@transaction.atomic
def choisir_sens(
    *, bilan: Bilan, sigle: str, sens: str, version: int, par: Any, via: str = "page"
) -> DecisionSigle:
    """`sens` : le code d’une ligne du lexique. Lève DonneesRefusees s’il n’est pas de ce sigle."""
    connu = Sigle.objects.actives().filter(sigle=sigle, code=sens).first()
    if connu is None:
        raise DonneesRefusees("Choisissez un des sens.", champs={"sens": ["Choisissez un sens."]})
    valeurs = {
        "choix": ChoixSigle.SENS,
        "terme": connu.libelle,
        "explication": connu.explication,
        "raison": "",
    }
    return _trancher(bilan, sigle, valeurs, version, par, via)


@transaction.atomic
def expliquer_sigle(
    *,
    bilan: Bilan,
    sigle: str,
    terme: str,
    explication: str = "",
    version: int,
    par: Any,
    via: str = "page",
) -> DecisionSigle:
    """L’équipe écrit elle-même le sigle en toutes lettres, et au besoin ce qu’il veut dire."""
    valeurs = {
        "choix": ChoixSigle.EXPLIQUE,
        "terme": terme.strip(),
        "explication": explication.strip(),
        "raison": "",
    }
    return _trancher(bilan, sigle, valeurs, version, par, via)


@transaction.atomic
def laisser_sigle(
    *, bilan: Bilan, sigle: str, raison: str, version: int, par: Any, via: str = "page"
) -> DecisionSigle:
    """Laisse le sigle tel quel ; `par` le signe de son nom et dit pourquoi."""
    valeurs = {
        "choix": ChoixSigle.LAISSE,
        "terme": "",
        "explication": "",
        "raison": raison.strip(),
    }
    return _trancher(bilan, sigle, valeurs, version, par, via)


def _trancher(
    bilan: Bilan, sigle: str, valeurs: dict[str, Any], version: int, par: Any, via: str
) -> DecisionSigle:
    """`version` : celle de la décision lue, 0 s’il n’y en avait pas. Lève ConflitVersion."""
    exiger_ecriture(bilan, par)
    valeurs = {**valeurs, "par_nom": par.nom_complet}
    deja = DecisionSigle.objects.filter(bilan=bilan, sigle=sigle).first()
    if deja is None:
        return creer(DecisionSigle(bilan=bilan, sigle=sigle, **valeurs), par=par, via=via)
    if version == JAMAIS_TRANCHE:
        raise ConflitVersion(deja)
    return enregistrer(deja, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def rouvrir_sigle(*, decision: DecisionSigle, version: int | None, par: Any) -> None:
    """Le sigle est de nouveau à trancher, ou reprend le sens du lexique."""
    exiger_ecriture(decision.bilan, par)
    supprimer_en_signant(objet=decision, version=version, par=par)


@transaction.atomic
def remplacer_terme(
    *,
    ecrit: SectionBilan | VoletBilan,
    debut: int,
    avant: str,
    apres: str,
    version: int | None,
    par: Any,
    via: str = "page",
) -> SectionBilan | VoletBilan:
    """Met `apres` à la place d’`avant`, qui commence au signe `debut` du texte.

    Lève ConflitVersion, DroitRefuse, ou ErreurMetier si le texte ne dit plus cela à cet endroit.
    """
    exiger_ecriture(ecrit.bilan, par)
    actuel = verrouiller(ecrit, version=version)
    texte = unicodedata.normalize("NFC", actuel.texte)
    if not avant or debut < 0 or texte[debut : debut + len(avant)] != avant:
        raise ErreurMetier(
            "Le texte a changé\u00a0: ce terme n’est plus à cette place. Rien n’est remplacé."
        )
    nouveau = f"{texte[:debut]}{apres}{texte[debut + len(avant) :]}"
    return enregistrer(actuel, valeurs={"texte": nouveau}, version=version, par=par, via=via)
