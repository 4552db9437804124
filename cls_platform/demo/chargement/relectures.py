"""Un bilan de démonstration en relecture : ses textes, ses fils, les avis demandés et rendus."""

from pathlib import Path
from typing import Any

from django.db import transaction

from acteurs.models import Acteur, Utilisateur
from acteurs.services.suivi import creer, enregistrer
from bilans.etats import StatutBilan
from bilans.models import AvisBilan, Bilan, CommentaireBilan, EtatCommentaire, MoyenAvis
from bilans.services.rendu import demander_pdf, rendre_bilan
from cls_platform.demo.chargement.bilans import rediger
from cls_platform.demo.chargement.contrats import coordination
from cls_platform.demo.chargement.lecture import VIA, Donnees, lire_relectures
from cls_platform.demo.chargement.plans import moment
from contrats.models import Contrat


@transaction.atomic
def charger_relectures(dossier: Path, *, par: Utilisateur) -> None:
    """Ce qui est déjà là n’est pas touché ; un contrat absent de la base est passé."""
    for relecture in lire_relectures(dossier):
        contrat = Contrat.objects.filter(slug=relecture["contrat"]).first()
        if contrat and not contrat.bilans.filter(annee=relecture["annee"]).exists():
            _charger(relecture, contrat, coordination(contrat) or par)


def _charger(donnees: Donnees, contrat: Contrat, par: Utilisateur) -> None:
    bilan = rediger(donnees, contrat=contrat, par=par)
    rendre_bilan(travail_id=demander_pdf(bilan=bilan, par=par).pk, le=donnees["arrete_le"])
    etat = {"statut": StatutBilan.RELECTURE}
    bilan = enregistrer(bilan, valeurs=etat, version=None, par=par, via=VIA)
    for fil in donnees["fils"]:
        _ouvrir_le_fil(bilan, fil)
    for avis in donnees["avis"]:
        _demander(bilan, avis, par)


def _ouvrir_le_fil(bilan: Bilan, donnees: Donnees) -> None:
    """Chaque message a sa date : le service daterait de l’instant du chargement."""
    reponses = donnees.get("reponses", ())
    etat = EtatCommentaire.REPONDU if reponses else EtatCommentaire.OUVERT
    if donnees.get("clos"):
        etat = EtatCommentaire.CLOS
    premier = _ecrire(bilan, donnees, etat=etat, ancre=donnees["ancre"])
    for reponse in reponses:
        _ecrire(
            bilan, reponse, etat=EtatCommentaire.REPONDU, ancre=donnees["ancre"], parent=premier
        )


def _ecrire(bilan: Bilan, donnees: Donnees, **champs: Any) -> CommentaireBilan:
    auteur = Utilisateur.objects.get(email=donnees["de"])
    le = moment(donnees["le"])
    message = CommentaireBilan(
        bilan=bilan,
        texte=donnees["texte"],
        auteur=auteur,
        auteur_nom=auteur.nom_complet,
        cree_le=le,
        modifie_le=le,
        **champs,
    )
    return creer(message, par=auteur, via=VIA)


def _demander(bilan: Bilan, donnees: Donnees, par: Utilisateur) -> None:
    acteur = _acteur(bilan.contrat, donnees["acteur"])
    if acteur is None:
        return
    avis = AvisBilan(
        bilan=bilan,
        acteur=acteur,
        attendu_le=donnees["attendu_le"],
        message=donnees.get("message", ""),
    )
    if rendu := donnees.get("rendu"):
        avis.sens, avis.texte, avis.moyen = rendu["sens"], rendu["texte"], rendu["moyen"]
        avis.rendu_nom, avis.rendu_le = rendu["nom"], moment(rendu["le"])
        avis.rendu_par = par if avis.moyen == MoyenAvis.COURRIER else None
        avis.sha256 = bilan.sha256
    creer(avis, par=par, via=VIA)


def _acteur(contrat: Contrat, qui: Donnees) -> Acteur | None:
    """L’agence du contrat, ou une organisation inventée ; None si elle n’y est pas."""
    if "ars" in qui:
        return contrat.ars
    return Acteur.objects.filter(nom=qui["nom"], est_demonstration=True).first()
