"""Lire où en est chaque contrat d’une campagne : un nombre fixe de requêtes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from acteurs.droits import DROITS_DU_ROLE, ROLES_DE_CONTRAT, Droit
from acteurs.models import Utilisateur
from bilans.campagne.ligne import AvisLus, EditionLue, LigneCampagne, situation
from bilans.campagne.tableau import TableauCampagne
from bilans.models import AvisBilan, Bilan, Campagne, CommentaireBilan, SectionBilan, VoletBilan
from contrats.etats import PHASES_SIGNEES, Phase
from contrats.models import Contrat, Participation
from contrats.pilotage.ensemble import Situation, contrats_pilotes, ensemble

PHASES_DU_BILAN = (*PHASES_SIGNEES, Phase.CLOS, Phase.RENOUVELE)
ROLES_QUI_ECRIVENT = [
    role.value for role in ROLES_DE_CONTRAT if Droit.REDIGER_BILAN in DROITS_DU_ROLE[role]
]
SANS_AVIS = AvisLus()
# Ce qui s’écrit dans un bilan, outre sa propre ligne
ECRITS: tuple[Any, ...] = (SectionBilan, VoletBilan, CommentaireBilan, AvisBilan)
Departements = Mapping[UUID, tuple[str, str]]


def attendus(contrats: Any, annee: int) -> Any:
    """Ceux dont on attend le bilan de cette année : signés, et en cours une partie de l’année.

    Un contrat qui a déjà un bilan de cette année en est toujours.
    """
    bilans = Bilan.objects.filter(contrat=OuterRef("pk"), annee=annee)
    en_cours = Q(phase__in=PHASES_DU_BILAN, depuis__year__lte=annee) & (
        Q(date_fin=None) | Q(date_fin__year__gte=annee)
    )
    depuis = contrats.annotate(depuis=Coalesce("date_debut", "date_signature"))
    return depuis.filter(en_cours | Q(Exists(bilans)))


def contrats_de(campagne: Campagne) -> Any:
    """Tous ses contrats, quelle que soit la personne qui regarde."""
    contrats: Any = Contrat.objects.all()
    if campagne.contrat_id:
        return contrats.filter(pk=campagne.contrat_id)
    return attendus(contrats.filter(region=campagne.region_id), campagne.annee)


def tableau_de(campagne: Campagne, utilisateur: Any, le: date) -> TableauCampagne:
    """Les contrats de la région que la personne pilote : tous au siège, les siens en délégation."""
    region = str(campagne.region_id)
    pilotes = attendus(contrats_pilotes(utilisateur, region), campagne.annee)
    de = ensemble(utilisateur, region, le, situation=Situation.TOUS)
    departements = {UUID(c.cle): (c.departement, c.departement_nom) for c in de.contrats}
    return TableauCampagne(lire_lignes(campagne, pilotes, le, departements))


def sans_bilan_attendu(campagne: Campagne, utilisateur: Any) -> int:
    """Combien de contrats de la région, que la personne pilote, n’ont pas de bilan à remettre."""
    pilotes = contrats_pilotes(utilisateur, str(campagne.region_id))
    tous: int = pilotes.exclude(phase=Phase.ABANDONNE).count()
    remettent: int = attendus(pilotes, campagne.annee).exclude(phase=Phase.ABANDONNE).count()
    return tous - remettent


@dataclass(frozen=True, slots=True)
class FaitsLus:
    """Ce que disent les bilans de l’année, par contrat ou par bilan."""

    dates: Mapping[UUID, date]
    editions: Mapping[UUID, list[EditionLue]]
    avis: Mapping[UUID, AvisLus]
    activites: Mapping[UUID, datetime]
    coordinations: Mapping[UUID, tuple[str, ...]]


def lire_lignes(
    campagne: Campagne, contrats: Any, le: date, departements: Departements | None = None
) -> list[LigneCampagne]:
    """Dix requêtes, rangées par nom. Sans `departements`, les lignes n’en disent aucun."""
    ranges = contrats.order_by("cle_tri", "pk")
    lus = list(ranges.values_list("pk", "nom", "cle_tri", "est_demonstration"))
    faits = _faits(campagne, [pk for pk, *_ in lus], le)
    return [_ligne(campagne, ligne, faits, le, departements or {}) for ligne in lus]


def _ligne(
    campagne: Campagne, lu: tuple[Any, ...], faits: FaitsLus, le: date, departements: Departements
) -> LigneCampagne:
    pk, nom, cle_tri, est_demonstration = lu
    departement, departement_nom = departements.get(pk, ("", ""))
    editions = faits.editions.get(pk, [])
    etape, bilan, correction = situation(editions)
    ecrits = [faits.activites[e.id] for e in editions if e.id in faits.activites]
    return LigneCampagne(
        contrat=pk,
        nom=nom,
        cle_tri=cle_tri,
        departement=departement,
        departement_nom=departement_nom,
        est_demonstration=est_demonstration,
        etape=etape,
        bilan=bilan,
        correction=correction,
        remise_le=faits.dates.get(pk, campagne.remise_le),
        a_ses_dates=campagne.contrat_id is None and pk in faits.dates,
        le=le,
        avis=faits.avis.get(bilan.id, SANS_AVIS) if bilan else SANS_AVIS,
        activite_le=max((*ecrits, *(e.modifie_le for e in editions)), default=None),
        coordination=faits.coordinations.get(pk, ()),
    )


def _faits(campagne: Campagne, contrats: Collection[UUID], le: date) -> FaitsLus:
    editions = _editions(contrats, campagne.annee)
    bilans = [edition.id for lues in editions.values() for edition in lues]
    propres = Campagne.objects.propres(contrats, campagne.annee)
    return FaitsLus(
        dates=dict(propres.values_list("contrat", "remise_le")),
        editions=editions,
        avis=_avis(bilans, le),
        activites=_activites(bilans),
        coordinations=_coordinations(contrats),
    )


def _editions(contrats: Collection[UUID], annee: int) -> dict[UUID, list[EditionLue]]:
    lues: dict[UUID, list[EditionLue]] = defaultdict(list)
    de_l_annee = Bilan.objects.filter(contrat__in=contrats, annee=annee)
    colonnes = de_l_annee.values_list(
        "contrat", "pk", "edition", "statut", "publie_le", "modifie_le"
    )
    for contrat, pk, edition, statut, publie_le, modifie_le in colonnes:
        lues[contrat].append(
            EditionLue(
                id=pk,
                edition=edition,
                statut=statut,
                publie_le=timezone.localdate(publie_le) if publie_le else None,
                modifie_le=modifie_le,
            )
        )
    return lues


def _avis(bilans: Collection[UUID], le: date) -> dict[UUID, AvisLus]:
    attend = Q(rendu_le=None)
    par_bilan = AvisBilan.objects.filter(bilan__in=bilans).order_by().values("bilan")
    comptes = par_bilan.annotate(
        demandes=Count("pk"),
        attendus=Count("pk", filter=attend),
        en_retard=Count("pk", filter=attend & Q(attendu_le__lt=le)),
    )
    return {
        compte["bilan"]: AvisLus(
            demandes=compte["demandes"],
            attendus=compte["attendus"],
            en_retard=compte["en_retard"],
        )
        for compte in comptes
    }


def _activites(bilans: Collection[UUID]) -> dict[UUID, datetime]:
    """Par bilan, la dernière écriture de ce qui le compose."""
    dernieres: dict[UUID, datetime] = {}
    for modele in ECRITS:
        ecrites = modele.objects.filter(bilan__in=bilans).order_by().values_list("bilan")
        for bilan, moment in ecrites.annotate(dernier=Max("modifie_le")):
            dernieres[bilan] = max(moment, dernieres.get(bilan, moment))
    return dernieres


def _coordinations(contrats: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Le nom de qui écrit le bilan de chacun, par ordre alphabétique."""
    noms: dict[UUID, list[str]] = defaultdict(list)
    ecrivent = Participation.objects.filter(
        contrat__in=contrats, role__in=ROLES_QUI_ECRIVENT, utilisateur__is_active=True
    )
    rangees = ecrivent.order_by("utilisateur__nom", "utilisateur__prenom", "pk")
    for contrat, prenom, nom in rangees.values_list(
        "contrat", "utilisateur__prenom", "utilisateur__nom"
    ):
        noms[contrat].append(f"{prenom} {nom}".strip())
    return {contrat: tuple(dict.fromkeys(lus)) for contrat, lus in noms.items()}


def redacteurs(contrat: UUID) -> list[Utilisateur]:
    """Les comptes actifs qui écrivent le bilan de ce contrat : à eux, le rappel."""
    participent = Participation.objects.filter(contrat=contrat, role__in=ROLES_QUI_ECRIVENT)
    comptes = Utilisateur.objects.filter(pk__in=participent.values("utilisateur"), is_active=True)
    return list(comptes.order_by("email"))
