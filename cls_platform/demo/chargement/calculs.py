"""Les indicateurs que la plateforme calcule, et ceux que l’on saisit commune par commune."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.lecture import DOSSIER, VIA, Donnees, lire_calculs
from contrats.models import Contrat
from indicateurs.models import Calcul, Indicateur, IndicateurModele
from indicateurs.services.indicateurs import creer_indicateur, modifier_indicateur
from indicateurs.services.mesures import saisir_mesure


def charger_calculs(contrat: Contrat, *, par: Utilisateur, dossier: Path = DOSSIER) -> None:
    """Rien pour un contrat qui n’a pas de fichier. Une formule cite un code posé ici ou déjà là."""
    donnees = lire_calculs(contrat.slug, dossier)
    for commune in donnees.get("par_commune", ()):
        _par_commune(commune, contrat=contrat, par=par)
    for code in donnees.get("pilotage", ()):
        _de_pilotage(code, contrat=contrat, par=par)
    codes = _poser_les_codes(donnees.get("codes", {}), contrat=contrat, par=par)
    for formule in donnees.get("formules", ()):
        valeurs = formule | {"calcul": Calcul.FORMULE}
        valeurs["formule"] = formule["formule"].format(**codes)
        creer_indicateur(contrat=contrat, valeurs=valeurs, par=par, via=VIA)


def _de_pilotage(code: str, *, contrat: Contrat, par: Utilisateur) -> None:
    modele = IndicateurModele.objects.get(pk=code)
    valeurs = {
        "modele": modele,
        "code": code,
        "calcul": Calcul.PILOTAGE,
        "pilotage": modele.pilotage,
        "est_public": False,
    }
    creer_indicateur(contrat=contrat, valeurs=valeurs, par=par, via=VIA)


def _poser_les_codes(
    codes: Mapping[str, str], *, contrat: Contrat, par: Utilisateur
) -> dict[str, str]:
    """Le code de chaque indicateur nommé par son libellé ; celui qu’il a déjà, s’il en a un."""
    poses = {}
    for code, libelle in codes.items():
        indicateur = contrat.indicateurs.get(libelle=libelle)
        if not indicateur.code:
            modifier_indicateur(
                indicateur=indicateur, valeurs={"code": code}, version=None, par=par, via=VIA
            )
        poses[code] = f"[{indicateur.code or code}]"
    return poses


def _par_commune(donnees: Donnees, *, contrat: Contrat, par: Utilisateur) -> None:
    definition: dict[str, Any] = {n: v for n, v in donnees.items() if n != "communes"}
    definition["modele"] = IndicateurModele.objects.filter(pk=donnees.get("modele")).first()
    indicateur: Indicateur = creer_indicateur(contrat=contrat, valeurs=definition, par=par, via=VIA)
    for commune, par_annee in donnees["communes"].items():
        for annee, valeur in par_annee.items():
            saisir_mesure(
                indicateur=indicateur,
                periode_debut=date(annee, 1, 1),
                periode_fin=date(annee, 12, 31),
                valeurs={"valeur": Decimal(str(valeur))},
                version=None,
                par=par,
                via=VIA,
                territoire=("commune", commune),
            )
