"""Les courriels de la relecture : la réponse à son auteur, le récapitulatif du jour à l’équipe.

Chacun est une ligne `Travail` : un envoi perdu est repris, un envoi rejoué ne part pas deux fois.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from acteurs.droits import Droit, roles_avec
from acteurs.models import Utilisateur
from bilans.etats import STATUTS_MODIFIABLES
from bilans.models import AvisBilan, Bilan, CommentaireBilan, MoyenAvis
from bilans.relecture.ancres import lire
from bilans.relecture.noms import noms_des_ancres
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.travaux import executer, tenir
from contrats.models import Contrat

GENRE_REPONSE, TACHE_REPONSE = "commentaire_reponse", "bilans.annoncer_reponse"
GENRE_RECAPITULATIF, TACHE_RECAPITULATIF = "relecture_jour", "bilans.recapituler"
DELAI_ENTRE_RECAPITULATIFS = timedelta(hours=20)
PREMIER_REGARD = timedelta(days=2)
PLUS_RIEN = "Il n’y a plus rien à annoncer\u00a0: le courriel n’est pas parti."


def annoncer_la_reponse(*, reponse: CommentaireBilan, par: Any) -> Travail | None:
    """Ouvre l’envoi dans la transaction de la réponse ; None s’il n’y a personne à prévenir."""
    auteur = reponse.parent.auteur if reponse.parent else None
    if auteur is None or not auteur.is_active:
        return None
    return Travail.objects.create(genre=GENRE_REPONSE, cible_id=reponse.pk, demande_par_id=par.pk)


def envoyer_la_reponse(*, travail_id: UUID) -> None:
    """Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_ecrire_a_l_auteur)


def _ecrire_a_l_auteur(travail: Travail) -> None:
    reponses = CommentaireBilan.objects.select_related("parent__auteur", "bilan__contrat")
    reponse = reponses.filter(pk=travail.cible_id).exclude(parent=None).first()
    if reponse is None or reponse.parent is None or reponse.parent.auteur is None:
        raise ErreurMetier(PLUS_RIEN)
    courriel = _reponse(reponse, reponse.parent, reponse.parent.auteur)
    with transaction.atomic():
        tenir(travail)
        courriel.send()


def _reponse(reponse: CommentaireBilan, fil: CommentaireBilan, vers: Utilisateur) -> EmailMessage:
    contrat = reponse.bilan.contrat
    contenu = {
        "prenom": vers.prenom,
        "qui": reponse.auteur_nom,
        "bilan": reponse.bilan,
        "contrat": contrat,
        "question": fil.texte,
        "texte": reponse.texte,
        "adresse": _adresse(reponse.bilan, f"#{lire(fil.ancre).identifiant}"),
    }
    sujet = f"{contrat.nom}\u00a0: une réponse à votre commentaire sur le bilan"
    corps = render_to_string("emails/commentaire_reponse.txt", contenu)
    return EmailMessage(subject=sujet, body=corps, to=[vers.email], reply_to=_repondre_a(contrat))


@transaction.atomic
def ouvrir_les_recapitulatifs(*, le: datetime) -> list[Travail]:
    """Un par bilan commenté depuis le dernier, une fois par jour au plus ; pas en démonstration."""
    ouverts = []
    bilans = Bilan.objects.filter(statut__in=STATUTS_MODIFIABLES, contrat__est_demonstration=False)
    for bilan in bilans.select_related("contrat").defer("instantane", "technique").order_by("pk"):
        dernier = _dernier_recapitulatif(bilan)
        if dernier and (not dernier.est_fini or dernier.cree_le > le - DELAI_ENTRE_RECAPITULATIFS):
            continue
        depuis = dernier.cree_le if dernier else le - PREMIER_REGARD
        if nouveaux_depuis(bilan, depuis).exists() or avis_depuis(bilan, depuis).exists():
            parametres = {"depuis": depuis.isoformat()}
            ouverts.append(
                Travail.objects.create(
                    genre=GENRE_RECAPITULATIF, cible_id=bilan.pk, parametres=parametres, cree_le=le
                )
            )
    return ouverts


def _dernier_recapitulatif(bilan: Bilan) -> Travail | None:
    envois = Travail.objects.filter(genre=GENRE_RECAPITULATIF, cible_id=bilan.pk)
    return envois.exclude(etat=EtatTravail.ECHEC).order_by("-cree_le").first()


def nouveaux_depuis(bilan: Bilan, depuis: datetime) -> QuerySet[CommentaireBilan]:
    return bilan.commentaires.filter(cree_le__gt=depuis).order_by("cree_le", "pk")


def avis_depuis(bilan: Bilan, depuis: datetime) -> QuerySet[AvisBilan]:
    """Les avis que d’autres ont rendus ; ceux que l’équipe recopie, elle les connaît."""
    rendus = bilan.avis.filter(rendu_le__gt=depuis).exclude(moyen=MoyenAvis.COURRIER)
    return rendus.select_related("acteur").order_by("rendu_le", "pk")


def envoyer_le_recapitulatif(*, travail_id: UUID) -> None:
    """Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_ecrire_a_l_equipe)


def _ecrire_a_l_equipe(travail: Travail) -> None:
    """À chaque compte de la coordination, ce que les autres ont écrit."""
    bilan = Bilan.objects.select_related("contrat").get(pk=travail.cible_id)
    depuis = datetime.fromisoformat(travail.parametres["depuis"])
    nouveaux = list(nouveaux_depuis(bilan, depuis))
    noms = noms_des_ancres(bilan.contrat, {c.ancre for c in nouveaux})
    rendus = list(avis_depuis(bilan, depuis))
    courriels = []
    for compte in coordination(bilan.contrat):
        des_autres = [(noms[c.ancre], c) for c in nouveaux if c.auteur_id != compte.pk]
        if des_autres or rendus:
            courriels.append(_recapitulatif(bilan, compte, des_autres, rendus))
    with transaction.atomic():
        tenir(travail)
        get_connection().send_messages(courriels)


def coordination(contrat: Contrat) -> QuerySet[Utilisateur]:
    """Les comptes actifs de l’équipe qui écrivent le bilan."""
    roles = roles_avec(Droit.REDIGER_BILAN)
    participent = contrat.participations.filter(role__in=roles).values("utilisateur")
    return Utilisateur.objects.filter(pk__in=participent, is_active=True).order_by("email")


def _recapitulatif(
    bilan: Bilan,
    vers: Utilisateur,
    lignes: list[tuple[str, CommentaireBilan]],
    rendus: list[AvisBilan],
) -> EmailMessage:
    contrat = bilan.contrat
    contenu = {
        "prenom": vers.prenom,
        "bilan": bilan,
        "contrat": contrat,
        "lignes": lignes,
        "rendus": rendus,
        "ouverts": bilan.commentaires.a_traiter().count(),
        "adresse": _adresse(bilan, "?filtre=a-traiter"),
    }
    nombre = typographie.pluriel(len(lignes) + len(rendus), "nouvelle")
    return EmailMessage(
        subject=f"{contrat.nom}\u00a0: {nombre} sur le bilan {bilan.annee}",
        body=render_to_string("emails/relecture_jour.txt", contenu),
        to=[vers.email],
        reply_to=_repondre_a(contrat),
    )


def _adresse(bilan: Bilan, suite: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse('bilans:relire', args=[bilan.pk])}{suite}"


def _repondre_a(contrat: Contrat) -> list[str] | None:
    return [contrat.courriel_contact] if contrat.courriel_contact else None
