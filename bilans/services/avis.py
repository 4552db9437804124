"""Les avis des signataires : demandés pour une date, relancés, rendus. Rendu, un avis reste.

Se prononce une personne de l’organisation, l’agent d’ARS pour l’agence du contrat, qui a reçu le
lien par courriel, ou la coordination qui recopie un courrier : on sait toujours qui l’a écrit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.models import Acteur
from acteurs.models.jeton import empreinte
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant, verrouiller
from bilans.models import AvisBilan, Bilan, MoyenAvis
from bilans.services.envoi_avis import DELAI_ENTRE_ENVOIS, demander_l_envoi, dernier_envoi
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.models import Travail
from contrats.permissions import droits_sur, exiger

SANS_PDF = "Demandez d’abord le PDF\u00a0: c’est lui que les signataires liront."
PUBLIE = "Ce bilan est publié\u00a0: on ne demande ni ne donne plus d’avis."
DEJA_RENDU = "Cet avis est déjà rendu\u00a0: il reste tel quel."
PAS_SON_ORGANISATION = (
    "L’avis d’une organisation est donné par une personne de cette organisation. "
    "La coordination peut aussi recopier un avis reçu par courrier."
)


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Une organisation signataire ; sans courriel, elle répondra avec un compte ou par courrier."""

    acteur: Acteur
    courriel: str = ""


@dataclass(frozen=True, slots=True)
class Reponse:
    """Ce qu’une organisation dit du bilan ; `nom` : la personne qui se prononce."""

    sens: str
    texte: str
    nom: str


@transaction.atomic
def demander_les_avis(
    *,
    bilan: Bilan,
    destinataires: Sequence[Destinataire],
    attendu_le: date,
    message: str,
    par: Any,
    via: str = "page",
) -> list[AvisBilan]:
    """Une demande par organisation ; un courriel part à celles qui ont une adresse.

    Lève DroitRefuse, DonneesRefusees (date passée, organisation qui n’a pas signé), ou ErreurMetier
    sans PDF.
    """
    actuel = _exiger_ouvert(bilan, par)
    if not actuel.a_un_pdf:
        raise ErreurMetier(SANS_PDF)
    _verifier_la_date(attendu_le)
    signataires = set(actuel.contrat.parties.signataires().values_list("acteur", flat=True))
    if not destinataires:
        raise _refus("acteurs", "Choisissez au moins une organisation.")
    demandes = []
    for vers in destinataires:
        if vers.acteur.pk not in signataires:
            raise _refus("acteurs", f"{vers.acteur.nom} n’est pas signataire du contrat.")
        avis = AvisBilan(
            bilan=actuel,
            acteur=vers.acteur,
            attendu_le=attendu_le,
            courriel=vers.courriel.strip(),
            message=message.strip(),
        )
        demandes.append(creer(avis, par=par, via=via))
        if avis.courriel:
            demander_l_envoi(avis=avis, par=par)
    return demandes


@transaction.atomic
def modifier_la_demande(
    *,
    avis: AvisBilan,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> AvisBilan:
    """`valeurs` : attendu_le, courriel, message. Lève ConflitVersion ou ErreurMetier (rendu)."""
    _exiger_ouvert(avis.bilan, par)
    actuel = _attendu(avis, version)
    if valeurs.get("attendu_le", actuel.attendu_le) != actuel.attendu_le:
        _verifier_la_date(valeurs["attendu_le"])
    return enregistrer(actuel, valeurs=valeurs, version=None, par=par, via=via)


@transaction.atomic
def retirer_la_demande(
    *, avis: AvisBilan, version: int | None, par: Any, via: str = "page"
) -> None:
    """Tant que l’avis n’est pas rendu ; le lien envoyé ne vaut plus. Lève ErreurMetier."""
    _exiger_ouvert(avis.bilan, par)
    supprimer_en_signant(objet=_attendu(avis, version), version=None, par=par, via=via)


@transaction.atomic
def relancer(*, avis: AvisBilan, par: Any) -> Travail:
    """Un nouveau courriel, un par jour au plus ; son lien remplace le précédent."""
    _exiger_ouvert(avis.bilan, par)
    actuel = _attendu(avis, None)
    if not actuel.courriel:
        raise ErreurMetier(
            "Cette organisation n’a pas d’adresse. Ajoutez-en une à la demande, puis relancez."
        )
    envoi = dernier_envoi(actuel)
    if envoi and not envoi.est_fini:
        raise ErreurMetier("Un courriel attend déjà son départ. Revenez dans un instant.")
    if envoi and envoi.cree_le > timezone.now() - DELAI_ENTRE_ENVOIS:
        raise ErreurMetier("Un courriel est déjà parti aujourd’hui. Laissez-lui un jour.")
    return demander_l_envoi(avis=actuel, par=par, est_rappel=True)


@transaction.atomic
def rendre_avis(
    *,
    avis: AvisBilan,
    sens: str,
    texte: str,
    version: int | None,
    par: Any,
    via: str = "page",
) -> AvisBilan:
    """Au nom de son organisation. Lève DroitRefuse, ConflitVersion ou ErreurMetier."""
    if not peut_rendre(avis, par, droits_sur(par, avis.bilan.contrat)):
        raise DroitRefuse(PAS_SON_ORGANISATION)
    reponse = Reponse(sens, texte, _signature(par))
    return _rendre(avis, reponse, MoyenAvis.COMPTE, version, par, via)


def peut_rendre(avis: AvisBilan, personne: Any, droits: frozenset[Droit]) -> bool:
    """Membre de l’organisation qui relit le bilan, ou agent pour l’ARS du contrat."""
    if avis.acteur_id == avis.bilan.contrat.ars_id and Droit.VISER_POUR_ARS in droits:
        return True
    return Droit.RELIRE_BILAN in droits and personne.acteur_id == avis.acteur_id


@transaction.atomic
def saisir_un_avis_recu(
    *,
    avis: AvisBilan,
    reponse: Reponse,
    version: int | None,
    par: Any,
    via: str = "page",
) -> AvisBilan:
    """Reçu par courrier : la coordination le recopie, et son nom reste à côté."""
    exiger(par, Droit.REDIGER_BILAN, avis.bilan.contrat)
    return _rendre(avis, reponse, MoyenAvis.COURRIER, version, par, via)


@transaction.atomic
def rendre_par_le_lien(*, reponse: Reponse, par: AvisBilan) -> AvisBilan:
    """`par` : l’avis que le secret a ouvert ; sa clé ne vaut plus ensuite."""
    return _rendre(par, reponse, MoyenAvis.LIEN, None, None, "lien")


def _rendre(
    avis: AvisBilan, reponse: Reponse, moyen: str, version: int | None, par: Any, via: str
) -> AvisBilan:
    bilan = Bilan.objects.get(pk=avis.bilan_id)
    if not bilan.est_modifiable:
        raise ErreurMetier(PUBLIE)
    actuel = _attendu(avis, version)
    if not reponse.nom.strip():
        raise _refus("nom", "Écrivez le nom de la personne qui se prononce.")
    valeurs = {
        "sens": reponse.sens,
        "texte": reponse.texte.strip(),
        "rendu_nom": reponse.nom.strip()[:160],
        "rendu_par": par,
        "rendu_le": timezone.now(),
        "moyen": moyen,
        "sha256": bilan.sha256,
        "empreinte": "",
    }
    return enregistrer(actuel, valeurs=valeurs, version=None, par=par, via=via)


def avis_ouvert(secret: str) -> AvisBilan | None:
    """None pour un secret inconnu, expiré ou servi, ou un bilan publié : rien ne les distingue."""
    avis = AvisBilan.objects.ouvert_par(empreinte(secret), timezone.localdate()).first()
    return avis if avis and avis.bilan.est_modifiable else None


def _attendu(avis: AvisBilan, version: int | None) -> AvisBilan:
    actuel = verrouiller(avis, version=version)
    if actuel.rendu_le:
        raise ErreurMetier(DEJA_RENDU)
    return actuel


def _exiger_ouvert(bilan: Bilan, par: Any) -> Bilan:
    exiger(par, Droit.REDIGER_BILAN, bilan.contrat)
    actuel = verrouiller(bilan, version=None)
    if not actuel.est_modifiable:
        raise ErreurMetier(PUBLIE)
    return actuel


def _verifier_la_date(attendu_le: date) -> None:
    aujourdhui = timezone.localdate()
    if attendu_le < aujourdhui:
        raise _refus("attendu_le", "Cette date est passée. Choisissez un jour à venir.")
    if attendu_le > aujourdhui + timedelta(days=366):
        raise _refus("attendu_le", "Cette date est trop lointaine\u00a0: un an au plus.")


def _signature(personne: Any) -> str:
    return ", ".join(part for part in (personne.nom_complet, personne.fonction) if part)


def _refus(champ: str, phrase: str) -> DonneesRefusees:
    return DonneesRefusees(phrase, champs={champ: [phrase]})
