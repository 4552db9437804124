"""La situation d’un territoire et ce qui l’attend : une seule écriture de chaque mot.

Les puces comptent les motifs, les filtres et les règles les lisent. Aucun accès à la base.
"""

from datetime import date

from django.db.models import TextChoices

from contrats.a_faire.faits import FaitsContrat, FaitsEpci
from contrats.couverture_etats import dans_douze_mois
from contrats.etats import PHASES_EN_PROJET, PHASES_SIGNEES, Phase
from contrats.models.etat_action import seuil_des_nouvelles

MOIS_SANS_NOUVELLES = 6


class Situation(TextChoices):
    """Un mot par territoire."""

    ECHU = "ECHU", "Fini, pas clos"
    FINIT_BIENTOT = "FINIT_BIENTOT", "Finit bientôt"
    A_SIGNER = "A_SIGNER", "À signer"
    EN_PROJET = "EN_PROJET", "En projet"
    SIGNE = "SIGNE", "Signé"
    SANS_CONTRAT = "SANS_CONTRAT", "Sans contrat"


class Motif(TextChoices):
    """Ce que les puces comptent ; un territoire peut en avoir plusieurs."""

    SANS_CONTRAT = "SANS_CONTRAT", "Territoires sans contrat"
    ECHU = "ECHU", "Finis, pas clos"
    FINIT_BIENTOT = "FINIT_BIENTOT", "Finissent sous 12 mois"
    SIGNATURE_ATTENDUE = "SIGNATURE_ATTENDUE", "Signature attendue"
    EN_PROJET = "EN_PROJET", "En projet"
    SANS_COORDINATEUR = "SANS_COORDINATEUR", "Sans coordonnateur"
    SANS_BILAN = "SANS_BILAN", "Sans bilan l’an dernier"
    SANS_NOUVELLES = "SANS_NOUVELLES", "Sans nouvelles depuis 6 mois"
    SANS_REFERENT = "SANS_REFERENT", "Sans référent"


def situation_du_contrat(faits: FaitsContrat, le: date) -> Situation:
    if faits.phase == Phase.SIGNATURE and faits.date_signature is None:
        return Situation.A_SIGNER
    if faits.phase in PHASES_EN_PROJET:
        return Situation.EN_PROJET
    if faits.date_fin and faits.date_fin < le:
        return Situation.ECHU
    if faits.date_fin and faits.date_fin <= dans_douze_mois(le):
        return Situation.FINIT_BIENTOT
    return Situation.SIGNE


def motifs_du_contrat(faits: FaitsContrat, le: date) -> frozenset[str]:
    situation = situation_du_contrat(faits, le)
    vrais = {
        Motif.ECHU: situation == Situation.ECHU,
        Motif.FINIT_BIENTOT: situation == Situation.FINIT_BIENTOT,
        Motif.EN_PROJET: situation in {Situation.EN_PROJET, Situation.A_SIGNER},
        Motif.SIGNATURE_ATTENDUE: _attend_une_signature(faits),
        Motif.SANS_COORDINATEUR: faits.phase != Phase.INTENTION and not faits.coordinateurs,
        Motif.SANS_BILAN: _bilan_attendu(faits, le) and not faits.a_un_bilan,
        Motif.SANS_NOUVELLES: faits.derniere_nouvelle
        < seuil_des_nouvelles(le, MOIS_SANS_NOUVELLES),
        Motif.SANS_REFERENT: faits.suivi.referent is None,
    }
    return frozenset(motif.value for motif, vrai in vrais.items() if vrai)


def _attend_une_signature(faits: FaitsContrat) -> bool:
    return faits.phase == Phase.SIGNATURE and (
        faits.date_signature is None or faits.sans_signature > 0
    )


def _bilan_attendu(faits: FaitsContrat, le: date) -> bool:
    """Le contrat signé a couvert au moins les six derniers mois de l’an dernier."""
    if faits.phase not in PHASES_SIGNEES or faits.date_signature is None:
        return False
    debut = max(faits.date_debut or faits.date_signature, faits.date_signature)
    an_dernier = le.year - 1
    finit_avant = faits.date_fin is not None and faits.date_fin < date(an_dernier, 12, 31)
    return debut <= date(an_dernier, 7, 1) and not finit_avant


def motifs_de_l_epci(faits: FaitsEpci) -> frozenset[str]:
    sans_referent = {Motif.SANS_REFERENT.value} if faits.suivi.referent is None else set()
    return frozenset({Motif.SANS_CONTRAT.value} | sans_referent)
