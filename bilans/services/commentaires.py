"""Commenter un bilan : ouvrir un fil, y répondre, le clore, le rouvrir ; corriger le sien.

Un fil est « répondu » quand une autre personne que son auteur y a écrit la dernière. Qui l’a ouvert
et qui écrit le bilan peuvent le clore et le rouvrir. Un bilan publié garde ses fils, sans nouveaux.
"""

from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant, verrouiller
from bilans.models import Bilan, CodeSection, CommentaireBilan, EtatCommentaire
from bilans.relecture.ancres import SANS_AXE, Ancre, AncreInconnue, Genre, lire
from bilans.services.courriels_relecture import annoncer_la_reponse
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier, ObjetSupprime
from contrats.permissions import exiger, peut

PUBLIE = "Ce bilan est publié\u00a0: il ne se commente plus. Ouvrez une correction pour le changer."
FIL_CLOS = "Ce fil est clos. Rouvrez-le pour y répondre."
A_DES_REPONSES = (
    "Quelqu’un a répondu à ce commentaire\u00a0: il reste, pour que la réponse se comprenne. "
    "Vous pouvez le corriger ou clore le fil."
)
PAS_LE_SIEN = "Ce commentaire est celui d’une autre personne\u00a0: elle seule peut le changer."
PAS_SON_FIL = "Un fil se clôt ou se rouvre par qui l’a ouvert, ou par qui écrit le bilan."
ANCRE_ABSENTE = "Cette partie n’est pas, ou n’est plus, dans le bilan. Rechargez la page."


@transaction.atomic
def commenter(
    *, bilan: Bilan, ancre: str, texte: str, par: Any, via: str = "page"
) -> CommentaireBilan:
    """Ouvre un fil. Lève DroitRefuse, DonneesRefusees, ou ErreurMetier si le bilan est publié."""
    actuel = _exiger_commentable(bilan, par)
    commentaire = CommentaireBilan(
        bilan=actuel,
        ancre=str(_ancre_du_bilan(actuel, ancre)),
        texte=texte.strip(),
        auteur=par,
        auteur_nom=par.nom_complet,
    )
    return creer(commentaire, par=par, via=via)


@transaction.atomic
def repondre(*, fil: CommentaireBilan, texte: str, par: Any, via: str = "page") -> CommentaireBilan:
    """Ajoute une réponse et prévient qui a ouvert le fil. Lève ErreurMetier sur un fil clos."""
    _exiger_commentable(fil.bilan, par)
    premier = verrouiller(fil.parent or fil, version=None)
    if premier.etat == EtatCommentaire.CLOS:
        raise ErreurMetier(FIL_CLOS)
    reponse = CommentaireBilan(
        bilan_id=premier.bilan_id,
        parent=premier,
        ancre=premier.ancre,
        texte=texte.strip(),
        auteur=par,
        auteur_nom=par.nom_complet,
        etat=EtatCommentaire.REPONDU,
    )
    creer(reponse, par=par, via=via)
    revient = premier.auteur_id == par.pk
    etat = EtatCommentaire.OUVERT if revient else EtatCommentaire.REPONDU
    enregistrer(premier, valeurs={"etat": etat}, version=None, par=par, via=via)
    if not revient:
        annoncer_la_reponse(reponse=reponse, par=par)
    return reponse


@transaction.atomic
def clore(*, fil: CommentaireBilan, par: Any, via: str = "page") -> CommentaireBilan:
    """Sans effet s’il l’est déjà. Lève DroitRefuse."""
    return _changer_l_etat(fil, EtatCommentaire.CLOS, par, via)


@transaction.atomic
def rouvrir(*, fil: CommentaireBilan, par: Any, via: str = "page") -> CommentaireBilan:
    """Le fil redevient à traiter. Lève DroitRefuse, ou ErreurMetier si le bilan est publié."""
    return _changer_l_etat(fil, EtatCommentaire.OUVERT, par, via)


def _changer_l_etat(fil: CommentaireBilan, etat: str, par: Any, via: str) -> CommentaireBilan:
    _exiger_commentable(fil.bilan, par)
    premier = verrouiller(fil, version=None)
    if not peut_clore(premier, par):
        raise DroitRefuse(PAS_SON_FIL)
    return enregistrer(premier, valeurs={"etat": etat}, version=None, par=par, via=via)


def peut_clore(fil: CommentaireBilan, par: Any) -> bool:
    return fil.auteur_id == par.pk or peut(par, Droit.REDIGER_BILAN, fil.bilan.contrat)


@transaction.atomic
def modifier_commentaire(
    *, commentaire: CommentaireBilan, texte: str, version: int | None, par: Any, via: str = "page"
) -> CommentaireBilan:
    """Le sien seulement. Lève ConflitVersion, DroitRefuse, DonneesRefusees."""
    _exiger_le_sien(commentaire, par)
    valeurs = {"texte": texte.strip()}
    return enregistrer(commentaire, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def retirer_commentaire(
    *, commentaire: CommentaireBilan, version: int | None, par: Any, via: str = "page"
) -> None:
    """Le sien, tant que personne n’y a répondu ; l’historique le garde. Lève ErreurMetier."""
    _exiger_le_sien(commentaire, par)
    actuel = verrouiller(commentaire, version=version)
    if actuel.reponses.exists():
        raise ErreurMetier(A_DES_REPONSES)
    supprimer_en_signant(objet=actuel, version=None, par=par, via=via)


def _exiger_le_sien(commentaire: CommentaireBilan, par: Any) -> None:
    _exiger_commentable(commentaire.bilan, par)
    if commentaire.auteur_id != par.pk:
        raise DroitRefuse(PAS_LE_SIEN)


def _exiger_commentable(bilan: Bilan, par: Any) -> Bilan:
    exiger(par, Droit.RELIRE_BILAN, bilan.contrat)
    actuel = Bilan.objects.select_related("contrat").filter(pk=bilan.pk).first()
    if actuel is None:
        raise ObjetSupprime
    if not actuel.est_modifiable:
        raise ErreurMetier(PUBLIE)
    return actuel


def _ancre_du_bilan(bilan: Bilan, texte: str) -> Ancre:
    """Lève DonneesRefusees si la partie n’est pas dans ce bilan."""
    try:
        ancre = lire(texte)
    except AncreInconnue as erreur:
        raise DonneesRefusees(ANCRE_ABSENTE) from erreur
    if not _existe(bilan, ancre):
        raise DonneesRefusees(ANCRE_ABSENTE)
    return ancre


def _existe(bilan: Bilan, ancre: Ancre) -> bool:
    match ancre.genre:
        case Genre.BILAN:
            return True
        case Genre.SECTION:
            return ancre.cle in CodeSection
        case Genre.VOLET:
            return ancre.cle == SANS_AXE or bilan.contrat.axes.filter(pk=ancre.cle).exists()
        case Genre.ACTION:
            return bilan.contrat.actions.filter(pk=ancre.cle, est_publique=True).exists()
