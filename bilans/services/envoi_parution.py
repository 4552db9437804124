"""Un courriel d’une annonce : le prendre, l’envoyer, noter ce que le serveur en a fait.

Au moins une fois, et presque toujours une seule. L’envoi et l’abonnement sont notés, le courriel
est remis, puis la transaction se valide : un processus tué pendant le dialogue avec le serveur
défait la note, et le courriel est repris. Reste le temps que le serveur met à répondre une fois le
texte entier reçu, plus celui de valider : une mort juste là ferait partir un double. Il porte le
même identifiant, et bien des messageries n’en montrent qu’un. Noter d’abord perdrait un courriel à
chaque mort, et une année de nouvelles à qui l’attendait.

Le verrou de la ligne exclut un second processus ; celui de l’abonnement fait attendre un
désabonnement jusqu’à la fin de l’envoi : après « c’est fait », plus rien n’arrive.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bilans.models import Abonnement, AnnonceParution, Bilan, EnvoiParution, EtatEnvoi, MotifEnvoi
from bilans.services.abonnements import entetes_de_desabonnement, lien
from cls_platform.socle.courriels import (
    CourrielRefuse,
    Facteur,
    entetes_automatiques,
    signature,
)

# Cinq minutes passent une liste grise ; le tout couvre une panne de trois jours
ESPACEMENTS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 360, 1440, 1440, 1440))
journal = structlog.get_logger(__name__)


class ServeurMuet(Exception):
    """Le serveur ne prend rien : les courriels suivants attendront avec celui-ci."""


def ecrire_au_suivant(*, annonce: AnnonceParution, tenu: Facteur) -> bool:
    """Un envoi dû, de bout en bout ; faux s’il n’y en a plus. Lève ServeurMuet."""
    pris: list[EnvoiParution] = []
    try:
        return _envoyer_un(annonce, tenu, pris)
    except CourrielRefuse as refus:
        _noter_le_refus(pris[0], refus)
        if refus.touche_les_autres:
            _faire_attendre(annonce)
            raise ServeurMuet from refus
        return True


@transaction.atomic
def _envoyer_un(annonce: AnnonceParution, tenu: Facteur, pris: list[EnvoiParution]) -> bool:
    """`pris` reçoit la ligne : un refus défait la transaction, et c’est elle qu’il concerne."""
    dus = annonce.envois.dus(timezone.now()).select_for_update(of=("self",), skip_locked=True)
    envoi = dus.filter(annonce__in=AnnonceParution.objects.lisibles()).first()
    if envoi is None:
        return False
    pris.append(envoi)
    bilan = annonce.bilan
    attendent = Abonnement.objects.a_prevenir(bilan).filter(pk=envoi.abonnement_id)
    abonne = attendent.select_for_update(of=("self",)).select_related("contrat").first()
    if abonne is None:
        _poser(envoi, etat=EtatEnvoi.ECARTE, motif=MotifEnvoi.DESABONNE)
        return True
    _poser(envoi, etat=EtatEnvoi.PARTI, motif="")
    Abonnement.objects.filter(pk=abonne.pk).update(dernier_bilan=bilan)
    tenu.remettre(courriel(abonne, bilan, envoi))
    return True


def _poser(envoi: EnvoiParution, **valeurs: object) -> None:
    EnvoiParution.objects.filter(pk=envoi.pk).update(**valeurs)


def _noter_le_refus(envoi: EnvoiParution, refus: CourrielRefuse) -> None:
    """Définitif, ou trop souvent refusé : on n’y revient plus. Sinon, un peu plus tard.

    Deux doutes de suite suffisent : le courriel est peut-être arrivé deux fois.
    """
    motif = MotifEnvoi(refus.motif)
    encore_un_doute = motif == MotifEnvoi.DOUTE == envoi.motif
    fini = refus.est_definitif or encore_un_doute or envoi.tentatives >= len(ESPACEMENTS)
    journal.warning("annonce_refusee", envoi=str(envoi.pk), motif=motif, code=refus.code)
    _poser(
        envoi,
        etat=EtatEnvoi.REFUSE if fini else EtatEnvoi.A_ENVOYER,
        motif=motif,
        tentatives=envoi.tentatives + 1,
        prochain_le=_prochain(envoi, timezone.now()),
    )


def _prochain(envoi: EnvoiParution, le: datetime) -> datetime:
    return le + ESPACEMENTS[min(envoi.tentatives, len(ESPACEMENTS) - 1)]


def _faire_attendre(annonce: AnnonceParution) -> None:
    """Le serveur est en panne : chacun des autres compte un essai, et attend le suivant."""
    le = timezone.now()
    for essais, espacement in enumerate(ESPACEMENTS):
        ensemble = annonce.envois.dus(le).filter(tentatives=essais)
        ensemble.update(
            tentatives=essais + 1, prochain_le=le + espacement, motif=MotifEnvoi.SERVEUR
        )
    annonce.envois.dus(le).update(etat=EtatEnvoi.REFUSE, motif=MotifEnvoi.SERVEUR)


def courriel(abonne: Abonnement, bilan: Bilan, envoi: EnvoiParution) -> EmailMessage:
    contrat = abonne.contrat
    chemin = reverse("bilans:bilan_public", args=[contrat.slug, bilan.annee])
    contenu = {
        "contrat": contrat,
        "bilan": bilan,
        "adresse": settings.ADRESSE_PUBLIQUE + chemin,
        "desabonner": lien("abonnement_arreter", abonne),
        **signature(),
    }
    return EmailMessage(
        subject=f"{contrat.nom}\u00a0: le bilan {bilan.annee} est paru",
        body=render_to_string("emails/bilan_paru.txt", contenu),
        to=[abonne.courriel],
        reply_to=[contrat.courriel_contact] if contrat.courriel_contact else None,
        headers={**entetes_automatiques(str(envoi.pk)), **entetes_de_desabonnement(abonne)},
    )
