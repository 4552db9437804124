"""Les fichiers de la démonstration. Leur format est décrit dans donnees/README.md."""

from pathlib import Path
from typing import Any

import yaml

from cls_platform.socle.erreurs import ErreurMetier

DOSSIER = Path(__file__).resolve().parents[1] / "donnees"
# Marque tout ce que la démonstration écrit, dans l’historique des fiches
VIA = "import"
# L’analyseur compilé lit les vingt fichiers dix fois plus vite
ANALYSEUR = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Donnees = dict[str, Any]


def lire_comptes(dossier: Path = DOSSIER) -> Donnees:
    return _lire(dossier / "comptes.yaml")


def lire_contrats(dossier: Path = DOSSIER) -> list[Donnees]:
    """Un contrat vient après celui qu’il renouvelle."""
    contrats = [_lire(fichier) for fichier in (dossier / "contrats").glob("*.yaml")]
    return sorted(contrats, key=lambda c: (c["contrat_precedent"] is not None, c["slug"]))


def lire_fiches(contrat: str, dossier: Path = DOSSIER) -> Donnees:
    """Les fiches remplies plus avant d’un contrat, et ses champs ; la plupart n’en ont pas."""
    fichier = dossier / "fiches" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier) if fichier.exists() else {}


def lire_argent(contrat: str, dossier: Path = DOSSIER) -> list[Donnees]:
    """Les montants d’un contrat, par fiche ; la plupart des contrats n’en ont pas."""
    fichier = dossier / "argent" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier)["fiches"] if fichier.exists() else []


def lire_beneficiaires(contrat: str, dossier: Path = DOSSIER) -> Donnees:
    """Les bénéficiaires d’un contrat, par fiche puis par année ; deux contrats en ont."""
    fichier = dossier / "beneficiaires" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier)["fiches"] if fichier.exists() else {}


def lire_habitants(contrat: str, dossier: Path = DOSSIER) -> list[Donnees]:
    """Les réactions d’habitants d’un contrat ; un seul en a."""
    fichier = dossier / "habitants" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier)["reactions"] if fichier.exists() else []


def lire_langage(dossier: Path = DOSSIER) -> list[Donnees]:
    """Les textes à simplifier, et les sigles déjà tranchés."""
    fichier = dossier / "langage.yaml"
    return _lire(fichier)["langage"] if fichier.exists() else []


def lire_calculs(contrat: str, dossier: Path = DOSSIER) -> Donnees:
    """Ce que la plateforme calcule pour un contrat ; la plupart n’ont pas de fichier."""
    fichier = dossier / "calculs" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier) if fichier.exists() else {}


def lire_trajectoires(contrat: str, dossier: Path = DOSSIER) -> Donnees:
    """Les valeurs de départ et les répartitions d’un contrat ; la plupart n’en ont pas."""
    fichier = dossier / "trajectoires" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier) if fichier.exists() else {}


def lire_chaine(contrat: str, dossier: Path = DOSSIER) -> Donnees:
    """Les besoins, les effets et les évaluations d’un contrat ; la plupart n’en ont pas."""
    fichier = dossier / "chaine" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier) if fichier.exists() else {}


def lire_contributions(contrat: str, dossier: Path = DOSSIER) -> Donnees:
    """Ce qu’un partenaire répond sur ses fiches ; un seul contrat en a."""
    fichier = dossier / "contributions" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier) if fichier.exists() else {}


def lire_gouvernance(contrat: str, dossier: Path = DOSSIER) -> list[Donnees]:
    """Les instances d’un contrat et leurs réunions ; la plupart n’en ont pas."""
    fichier = dossier / "gouvernance" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier)["instances"] if fichier.exists() else []


def lire_definitions(contrat: str, dossier: Path = DOSSIER) -> list[Donnees]:
    """Ce qui complète les définitions d’un contrat, par libellé ; la plupart n’en ont pas."""
    fichier = dossier / "definitions" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier) if fichier.exists() else []  # type: ignore[return-value]  # une liste YAML


def lire_catalogues_regionaux(dossier: Path = DOSSIER) -> dict[str, list[Donnees]]:
    """Par région, les indicateurs ajoutés au catalogue ; rien si le fichier manque."""
    fichier = dossier / "catalogues_regionaux.yaml"
    return _lire(fichier) if fichier.exists() else {}


def lire_partages(dossier: Path = DOSSIER) -> Donnees:
    """Ce que les contrats offrent ou partagent entre eux ; rien si le fichier manque."""
    fichier = dossier / "partages.yaml"
    return _lire(fichier) if fichier.exists() else {"bibliotheque": {}, "partages": []}


def lire_recits(contrat: str, dossier: Path = DOSSIER) -> Donnees:
    """Les récits d’un contrat et ses indicateurs de contexte ; la plupart n’en ont pas."""
    fichier = dossier / "recits" / f"{contrat.removeprefix('demo-')}.yaml"
    return _lire(fichier) if fichier.exists() else {}


def lire_zonages(dossier: Path = DOSSIER) -> list[Donnees]:
    """Les zonages inventés ; aucun si le fichier manque."""
    fichier = dossier / "zonages.yaml"
    return _lire(fichier) if fichier.exists() else []  # type: ignore[return-value]  # une liste YAML


def lire_regions(dossier: Path = DOSSIER) -> Donnees:
    """Les doctrines et les suivis inventés ; rien si le fichier manque."""
    fichier = dossier / "regions.yaml"
    return _lire(fichier) if fichier.exists() else {"doctrines": [], "suivis": []}


def lire_campagnes(dossier: Path = DOSSIER) -> Donnees:
    """Les campagnes de bilans inventées ; rien si le fichier manque."""
    fichier = dossier / "campagnes.yaml"
    return _lire(fichier) if fichier.exists() else {"campagnes": [], "bilans": []}


def lire_ecritures(dossier: Path = DOSSIER) -> list[Donnees]:
    """Ce que l’équipe ajoute aux bilans ; rien si le fichier manque."""
    fichier = dossier / "ecritures.yaml"
    return _lire(fichier)["ecritures"] if fichier.exists() else []


def lire_relectures(dossier: Path = DOSSIER) -> list[Donnees]:
    """Les bilans en relecture ; aucun si le fichier manque."""
    fichier = dossier / "relectures.yaml"
    return _lire(fichier)["relectures"] if fichier.exists() else []


def lire_objectifs_regionaux(dossier: Path = DOSSIER) -> list[Donnees]:
    """Les objectifs régionaux inventés ; aucun si le fichier manque."""
    fichier = dossier / "objectifs_regionaux.yaml"
    return _lire(fichier)["objectifs"] if fichier.exists() else []


def _lire(fichier: Path) -> Donnees:
    """Lève ErreurMetier si le fichier manque ou n’est pas du YAML."""
    try:
        return yaml.load(fichier.read_text(encoding="utf-8"), ANALYSEUR)  # noqa: S506  (chargeur sûr)
    except (OSError, yaml.YAMLError) as erreur:
        raise ErreurMetier(f"{fichier.name} ne se lit pas : {erreur}") from erreur
