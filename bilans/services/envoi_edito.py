"""Envoyer le lien de l’édito par courriel. L’adresse passe, rien ne la garde.

L’envoi se fait pendant que la personne attend, et non dans un travail : ni la base ni la file ne
voient le secret ou l’adresse, et un refus se lit à côté du champ.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bilans.models import LienEdito
from bilans.services.liens_edito import LienDonne, lien_donne
from bilans.services.redaction import exiger_ecriture
from cls_platform.socle.courriels import (
    SANS_REPONSE_D_ABSENCE,
    CourrielRefuse,
    Refus,
    remettre,
    signature,
)
from cls_platform.socle.erreurs import DonneesRefusees
from cls_platform.socle.typographie import INSECABLE

# Une page n’attend pas un serveur muet
PATIENCE_SECONDES = 8
REMEDES = {
    Refus.ADRESSE: "Vérifiez-la, ou copiez le lien.",
    Refus.MESSAGE: "Copiez le lien et envoyez-le vous-même.",
    Refus.SERVEUR: "Rien n’est parti. Recommencez dans quelques minutes, ou copiez le lien.",
    Refus.DOUTE: "Demandez s’il est arrivé avant de recommencer.",
}


def envoyer_le_lien(*, donne: LienDonne, courriel: str, par: Any) -> None:
    """Écrit à cette adresse au nom de `par`, puis note le moment, jamais l’adresse.

    Lève DroitRefuse, ErreurMetier (bilan publié, lien qui ne vaut plus), ou DonneesRefusees sur
    `courriel` si le serveur ne l’a pas pris.
    """
    exiger_ecriture(donne.lien.bilan, par)
    lien = lien_donne(lien=donne.lien, secret=donne.secret).lien
    try:
        remettre(_courriel(donne, courriel, par), patience=PATIENCE_SECONDES)
    except CourrielRefuse as refus:
        dit = f"{refus.phrase} {REMEDES[refus.motif]}"
        raise DonneesRefusees(dit, champs={"courriel": [dit]}) from refus
    LienEdito.objects.filter(pk=lien.pk).update(envoye_le=timezone.now())


def adresse_du_lien(donne: LienDonne) -> str:
    chemin = reverse("bilans:edito_par_lien", args=[donne.lien.bilan.contrat.slug, donne.secret])
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def sujet(lien: LienEdito) -> str:
    bilan = lien.bilan
    return f"{bilan.contrat.nom}{INSECABLE}: votre mot pour le bilan {bilan.annee}"


def _courriel(donne: LienDonne, vers: str, par: Any) -> EmailMessage:
    """Au nom de la personne, jamais à son adresse : les réponses vont au contact du contrat."""
    bilan = donne.lien.bilan
    contact = bilan.contrat.courriel_contact
    contenu = {
        "lien": donne.lien,
        "bilan": bilan,
        "contrat": bilan.contrat,
        "qui": f"{par.prenom} {par.nom}".strip(),
        "adresse": adresse_du_lien(donne),
        **signature(),
    }
    return EmailMessage(
        subject=sujet(donne.lien),
        body=render_to_string("emails/lien_edito.txt", contenu),
        to=[vers],
        reply_to=[contact] if contact else None,
        headers=SANS_REPONSE_D_ABSENCE,
    )
