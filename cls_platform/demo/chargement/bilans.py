"""Les bilans de la démonstration : un brouillon à compléter, un bilan publié avec son PDF."""

from collections.abc import Sequence
from datetime import date

from acteurs.models import Utilisateur
from acteurs.services.suivi import enregistrer
from bilans.etats import StatutBilan
from bilans.models import Bilan
from bilans.services.annonces import dire_le_devenir
from bilans.services.ouverture import ouvrir_bilan
from bilans.services.redaction import ecrire_section
from bilans.services.rendu import demander_pdf, rendre_bilan
from cls_platform.demo.chargement import ecritures
from cls_platform.demo.chargement.lecture import VIA, Donnees
from cls_platform.demo.chargement.plans import moment
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import EtatTravail
from contrats.models import Contrat


def rediger(donnees: Donnees, *, contrat: Contrat, par: Utilisateur) -> Bilan:
    bilan = ouvrir_bilan(contrat=contrat, annee=donnees["annee"], par=par, via=VIA)
    for texte in donnees["sections"]:
        ecrire_section(
            section=bilan.sections.get(code=texte["code"]),
            texte=texte["texte"],
            signature=texte.get("signature", ""),
            version=None,
            par=par,
            via=VIA,
        )
    _dire_les_annonces(bilan, donnees.get("annonces", ()), par)
    ecritures.ecrire(bilan, par=par)
    return bilan


def _dire_les_annonces(bilan: Bilan, devenirs: Sequence[Donnees], par: Utilisateur) -> None:
    """Dans l’ordre où le bilan d’avant les annonçait ; sans devenirs, elles restent à dire."""
    annonces = list(bilan.annonces.dans_l_ordre())
    for annonce, dit in zip(annonces, devenirs, strict=bool(devenirs)):
        valeurs = {champ: dit[champ] for champ in ("devenir", "explication")}
        dire_le_devenir(annonce=annonce, valeurs=valeurs, version=None, par=par, via=VIA)


def publier_alors(
    bilan: Bilan, *, arrete_le: date, publie_le: date, par: Utilisateur, note: str = ""
) -> None:
    """Rend le PDF du plan tel qu’il est, daté d’`arrete_le`, et le déclare publié le `publie_le`.

    Le service de publication daterait de l’instant du chargement. Lève ErreurMetier si le rendu
    échoue.
    """
    travail = demander_pdf(bilan=bilan, par=par)
    rendre_bilan(travail_id=travail.pk, le=arrete_le)
    travail.refresh_from_db()
    if travail.etat != EtatTravail.FAIT:
        raise ErreurMetier(
            f"Le bilan {bilan.annee} n’a pas pu être mis en page : {travail.message}"
        )
    valeurs = {
        "statut": StatutBilan.PUBLIE,
        "instantane_le": moment(arrete_le),
        "publie_le": moment(publie_le),
        "publie_par": par,
        "note_correction": note,
    }
    enregistrer(bilan, valeurs=valeurs, version=None, par=par, via=VIA)


def suites(donnees: Donnees, bilan: Bilan, par: Utilisateur) -> None:
    """Ce qu’un bilan publié est devenu : corrigé par une édition de plus, ou retiré du site."""
    for correction in donnees.get("corrections", ()):
        bilan = _corriger(correction, bilan, par)
    if retrait := donnees.get("retrait"):
        valeurs = {
            "statut": StatutBilan.ARCHIVE,
            "retire_le": moment(retrait["le"]),
            "motif_retrait": retrait["motif"],
        }
        enregistrer(bilan, valeurs=valeurs, version=None, par=par, via=VIA)


def _corriger(donnees: Donnees, bilan: Bilan, par: Utilisateur) -> Bilan:
    """L’édition suivante, qui garde les données de celle-ci et la remplace à sa date."""
    neuf = ouvrir_bilan(contrat=bilan.contrat, annee=bilan.annee, par=par, via=VIA)
    for texte in donnees["sections"]:
        section = neuf.sections.get(code=texte["code"])
        ecrire_section(section=section, texte=texte["texte"], version=None, par=par, via=VIA)
    archive = {"statut": StatutBilan.ARCHIVE}
    enregistrer(bilan, valeurs=archive, version=None, par=par, via=VIA)
    le = donnees["publie_le"]
    publier_alors(neuf, arrete_le=le, publie_le=le, note=donnees["note"], par=par)
    return neuf
