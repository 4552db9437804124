"""Une campagne de bilans, et des contrats à chaque étape de leur bilan."""

from pathlib import Path

from django.db import transaction

from acteurs.models import Acteur, Region, Utilisateur
from acteurs.services.suivi import creer, enregistrer
from bilans.etats import StatutBilan
from bilans.models import AvisBilan, Bilan, Campagne
from bilans.services.campagne import CHAMPS, ouvrir_campagne_regionale
from bilans.services.rendu import demander_pdf, rendre_bilan
from cls_platform.demo.chargement.bilans import publier_alors, rediger
from cls_platform.demo.chargement.contrats import coordination
from cls_platform.demo.chargement.lecture import VIA, Donnees, lire_campagnes
from contrats.models import Contrat, RolePartie


@transaction.atomic
def charger_campagnes(dossier: Path, *, par: Utilisateur) -> None:
    """Ce qui est déjà là n’est pas touché ; un contrat absent de la base est passé."""
    donnees = lire_campagnes(dossier)
    for campagne in donnees["campagnes"]:
        _ouvrir(campagne, par)
    for bilan in donnees["bilans"]:
        contrat = Contrat.objects.filter(slug=bilan["contrat"]).first()
        if contrat and not contrat.bilans.filter(annee=bilan["annee"]).exists():
            _avancer(bilan, contrat, coordination(contrat) or par)


def _ouvrir(donnees: Donnees, par: Utilisateur) -> None:
    region = Region.objects.filter(pk=donnees["region"]).first()
    if region is None or Campagne.objects.filter(region=region, annee=donnees["annee"]).exists():
        return
    valeurs = {nom: donnees[nom] for nom in ("annee", *CHAMPS) if nom in donnees}
    ouvrir_campagne_regionale(region=region, valeurs=valeurs, par=par, via=VIA)


def _avancer(donnees: Donnees, contrat: Contrat, par: Utilisateur) -> None:
    """Jusqu’à l’étape dite ; l’état s’écrit tel quel, comme s’il datait d’alors."""
    bilan = rediger(donnees, contrat=contrat, par=par)
    if donnees["statut"] == StatutBilan.PUBLIE:
        publier_alors(
            bilan, arrete_le=donnees["arrete_le"], publie_le=donnees["publie_le"], par=par
        )
        return
    if "arrete_le" in donnees:
        rendre_bilan(travail_id=demander_pdf(bilan=bilan, par=par).pk, le=donnees["arrete_le"])
    enregistrer(bilan, valeurs={"statut": donnees["statut"]}, version=None, par=par, via=VIA)
    for avis in donnees.get("avis", ()):
        _demander(bilan, avis, par)


def _demander(bilan: Bilan, donnees: Donnees, par: Utilisateur) -> None:
    """L’avis a sa date, même passée : le service ne demande que pour plus tard."""
    acteur = _acteur(bilan.contrat, donnees["acteur"])
    if acteur:
        demande = AvisBilan(bilan=bilan, acteur=acteur, attendu_le=donnees["attendu_le"])
        creer(demande, par=par, via=VIA)


def _acteur(contrat: Contrat, qui: str) -> Acteur | None:
    """« porteur » ou « ars » ; None si le contrat n’en a pas encore."""
    if qui == "ars":
        return contrat.ars
    partie = contrat.parties.filter(role=RolePartie.PORTEUR).select_related("acteur").first()
    return partie.acteur if partie else None
