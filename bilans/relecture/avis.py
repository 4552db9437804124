"""Ce que montre la page des avis : qui s’est prononcé, qui est attendu, en retard, relancé."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from acteurs.droits import Droit
from acteurs.models import Acteur
from bilans.models import AvisBilan, Bilan, MoyenAvis, SensAvis
from bilans.relecture.etat import EtatRelecture
from bilans.services.avis import peut_rendre
from bilans.services.envoi_avis import envois
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.typographie import pluriel
from contrats.models import Contrat

# Le signe d’un avis : ceux des actions, dont les formes sont déjà connues
SIGNES: dict[str, str] = {
    SensAvis.FAVORABLE: "REALISEE",
    SensAvis.RESERVES: "REALISEE_PARTIELLEMENT",
    SensAvis.DEFAVORABLE: "ABANDONNEE",
    "": "A_VENIR",
}


@dataclass(frozen=True, slots=True)
class AvisMontre:
    """`recopie_par` : qui a saisi un avis reçu par courrier. `retard` : en mots, vide sinon."""

    avis: AvisBilan
    signe: str
    mot: str
    retard: str
    envoi: Travail | None
    envoi_a_echoue: bool
    recopie_par: str
    sur_un_autre_pdf: bool
    peut_rendre: bool
    peut_gerer: bool


def avis_montres(
    bilan: Bilan, etat: EtatRelecture, personne: Any, droits: frozenset[Droit]
) -> list[AvisMontre]:
    """Les attendus d’abord, le plus en retard en tête ; une requête de plus pour les envois."""
    derniers = envois([avis.pk for avis in etat.avis_attendus])
    peut_gerer = Droit.REDIGER_BILAN in droits and bilan.est_modifiable
    ranges = sorted(etat.avis_attendus, key=lambda avis: avis.attendu_le)
    for avis in etat.avis:
        avis.bilan = bilan
    return [
        _montre(avis, bilan, etat, derniers.get(avis.pk), personne, droits, peut_gerer=peut_gerer)
        for avis in (*ranges, *etat.avis_rendus)
    ]


def _montre(
    avis: AvisBilan,
    bilan: Bilan,
    etat: EtatRelecture,
    envoi: Travail | None,
    personne: Any,
    droits: frozenset[Droit],
    *,
    peut_gerer: bool,
) -> AvisMontre:
    attendu = avis.rendu_le is None
    jours = (etat.le - avis.attendu_le).days if attendu else 0
    return AvisMontre(
        avis=avis,
        signe="EN_RETARD" if jours > 0 else SIGNES[avis.sens],
        mot=avis.get_sens_display() or ("En retard" if jours > 0 else "Attendu"),
        retard=f"en retard de {pluriel(jours, 'jour')}" if jours > 0 else "",
        envoi=envoi,
        envoi_a_echoue=envoi is not None and envoi.etat == EtatTravail.ECHEC,
        recopie_par=_recopie_par(avis),
        sur_un_autre_pdf=bool(avis.sha256) and avis.sha256 != bilan.sha256,
        peut_rendre=attendu and bilan.est_modifiable and peut_rendre(avis, personne, droits),
        peut_gerer=attendu and peut_gerer,
    )


def _recopie_par(avis: AvisBilan) -> str:
    if avis.moyen != MoyenAvis.COURRIER:
        return ""
    return str(avis.rendu_par or "un compte effacé")


def signataires_a_solliciter(bilan: Bilan, deja: Iterable[AvisBilan]) -> list[Acteur]:
    """Les organisations signataires à qui l’avis n’est pas encore demandé, par nom."""
    demandes = {avis.acteur_id for avis in deja}
    signataires = bilan.contrat.parties.signataires().values("acteur")
    return [a for a in Acteur.objects.filter(pk__in=signataires).tries() if a.pk not in demandes]


def courriels_connus(contrat: Contrat) -> dict[UUID, str]:
    """L’adresse de la dernière demande faite à chaque organisation pour ce contrat."""
    anciennes = AvisBilan.objects.filter(bilan__contrat=contrat).exclude(courriel="")
    return dict(anciennes.order_by("cree_le").values_list("acteur", "courriel"))
