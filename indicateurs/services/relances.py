"""Relancer par courriel qui doit une valeur : à la demande, et une fois par mois toute seule."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.models import Utilisateur
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.travaux import executer, tenir
from cls_platform.socle.typographie import INSECABLE, pluriel
from contrats.models import Contrat
from contrats.permissions import exiger
from indicateurs.echeances import EtatEcheance
from indicateurs.echeancier import LigneEcheance, echeancier, par_personne
from indicateurs.presentation_echeances import adresse_de_saisie, retard_en_mots
from indicateurs.relances import GENRE, derniere_par_personne, est_du_jour, relances_de

TACHE = "indicateurs.relancer"
MESSAGE_MAX = 1000
PERSONNE = "Choisissez au moins une personne à relancer."
DEJA_EN_ATTENTE = "Des relances attendent déjà leur départ. Revenez dans un instant."
DEJA_RELANCEES = "Ces personnes ont déjà reçu une relance aujourd’hui. Laissez-leur un jour."
RIEN_A_DEMANDER = "Ces personnes n’ont plus rien à saisir pour l’instant."


@transaction.atomic
def relancer(*, contrat: Contrat, personnes: Collection[UUID], message: str, par: Any) -> Travail:
    """Ouvre l’envoi à ces personnes, sauf celles relancées ce jour ou qui ne doivent rien.

    Lève DroitRefuse, DonneesRefusees, ou ErreurMetier s’il ne reste personne.
    """
    exiger(par, Droit.GERER_INDICATEURS, contrat)
    if not personnes:
        raise DonneesRefusees(PERSONNE, champs={"personnes": [PERSONNE]})
    if len(message) > MESSAGE_MAX:
        trop = f"Le message a {MESSAGE_MAX} caractères au plus."
        raise DonneesRefusees(trop, champs={"message": [trop]})
    _verrouiller(contrat)
    dues = par_personne(echeancier(contrat, timezone.localdate())).keys() & set(personnes)
    if not dues:
        raise ErreurMetier(RIEN_A_DEMANDER)
    permises = _a_relancer(contrat, dues)
    if not permises:
        raise ErreurMetier(DEJA_RELANCEES)
    return _ouvrir(contrat, permises, message=message.strip(), par=par)


@transaction.atomic
def relancer_d_office(*, contrat: Contrat, le: date) -> Travail | None:
    """Une fois par mois civil : chacun reçoit ce qu’il doit, si quelque chose est en retard."""
    _verrouiller(contrat)
    deja = [r for r in relances_de(contrat) if r.est_automatique]
    if any((r.le.year, r.le.month) == (le.year, le.month) for r in deja):
        return None
    en_retard = [li for li in echeancier(contrat, le) if li.etat == EtatEcheance.EN_RETARD]
    permises = _a_relancer(contrat, par_personne(en_retard))
    if not permises or _en_attente(contrat):
        return None
    return _ouvrir(contrat, permises, message="", par=None)


def relancer_chaque_mois(*, le: date) -> list[Travail]:
    """Les contrats en vigueur ; ni ceux de démonstration, ni rien si le réglage l’interdit."""
    if not settings.CLS_RELANCE_MENSUELLE:
        return []
    contrats = Contrat.objects.en_vigueur(le).filter(est_demonstration=False).order_by("pk")
    ouverts = (relancer_d_office(contrat=contrat, le=le) for contrat in contrats)
    return [travail for travail in ouverts if travail is not None]


def _verrouiller(contrat: Contrat) -> None:
    """Deux demandes au même moment ne partent pas deux fois."""
    Contrat.objects.select_for_update(of=("self",)).get(pk=contrat.pk)


def _a_relancer(contrat: Contrat, personnes: Iterable[UUID]) -> list[UUID]:
    dernieres = derniere_par_personne(relances_de(contrat))
    return sorted(p for p in personnes if not est_du_jour(dernieres.get(p)))


def _en_attente(contrat: Contrat) -> bool:
    attendent = (EtatTravail.EN_FILE, EtatTravail.EN_COURS)
    return Travail.objects.filter(genre=GENRE, cible_id=contrat.pk, etat__in=attendent).exists()


def _ouvrir(contrat: Contrat, personnes: Iterable[UUID], *, message: str, par: Any) -> Travail:
    if _en_attente(contrat):
        raise ErreurMetier(DEJA_EN_ATTENTE)
    return Travail.objects.create(
        genre=GENRE,
        cible_id=contrat.pk,
        parametres={
            "personnes": [str(personne) for personne in personnes],
            "message": message,
            "automatique": par is None,
        },
        demande_par_id=par.pk if par else None,
    )


def envoyer_les_relances(*, travail_id: UUID) -> None:
    """Écrit à chacun. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_envoyer)


def _envoyer(travail: Travail) -> None:
    """Ce qui a été saisi entre-temps n’est plus demandé ; qui ne doit plus rien ne reçoit rien."""
    contrat = Contrat.objects.get(pk=travail.cible_id)
    dues = par_personne(echeancier(contrat, timezone.localdate()))
    voulues = [UUID(cle) for cle in travail.parametres["personnes"]]
    demandeur = travail.demande_par_id
    auteur = Utilisateur.objects.filter(pk=demandeur).first() if demandeur else None
    courriels = [
        courriel(contrat, dues[cle], cle, auteur=auteur, message=travail.parametres["message"])
        for cle in voulues
        if cle in dues
    ]
    with transaction.atomic():
        tenir(travail)
        get_connection().send_messages(courriels)


def courriel(
    contrat: Contrat,
    lignes: Collection[LigneEcheance],
    personne: UUID,
    *,
    auteur: Utilisateur | None,
    message: str = "",
) -> EmailMessage:
    """Celui que l’aperçu montre, mot pour mot ; `lignes` : ce que doit cette personne."""
    vers = next(p for ligne in lignes for p in ligne.personnes if p.pk == personne)
    return EmailMessage(
        subject=f"{contrat.nom}{INSECABLE}: {pluriel(len(lignes), 'valeur')} à saisir",
        body=render_to_string(
            "emails/echeances.txt", _contenu(contrat, lignes, vers, auteur, message)
        ),
        to=[vers.email],
        reply_to=[contrat.courriel_contact] if contrat.courriel_contact else None,
    )


def _contenu(
    contrat: Contrat,
    lignes: Collection[LigneEcheance],
    vers: Utilisateur,
    auteur: Utilisateur | None,
    message: str,
) -> Mapping[str, Any]:
    """Le nom de qui relance, jamais son adresse."""
    qui = f"{auteur.prenom} {auteur.nom}".strip() if auteur else ""
    page = reverse("indicateurs:echeances", args=[contrat.pk])
    return {
        "prenom": vers.prenom,
        "qui": qui,
        "contrat": contrat,
        "message": message,
        "valeurs": [
            {
                "libelle": ligne.indicateur.libelle,
                "periode": ligne.echeance.libelle,
                "due_le": ligne.echeance.due_le,
                "retard": retard_en_mots(ligne.echeance),
                "adresse": settings.ADRESSE_PUBLIQUE + adresse_de_saisie(ligne),
            }
            for ligne in lignes
        ],
        "page": f"{settings.ADRESSE_PUBLIQUE}{page}?qui=moi",
    }
