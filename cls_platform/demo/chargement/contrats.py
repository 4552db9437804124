"""Un contrat et ce qui l’entoure : phases passées, périmètre daté, parties, équipe."""

from collections.abc import Mapping
from datetime import date

from acteurs.droits import Role
from acteurs.models import Acteur, Commune, Epci, Utilisateur
from acteurs.services.suivi import creer
from cls_platform.demo.chargement.avenants import noter_avenants
from cls_platform.demo.chargement.lecture import VIA, Donnees
from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Contrat, PassagePhase
from contrats.services.equipe import ajouter_personne
from contrats.services.perimetre import ajouter_communes, retirer_communes
from contrats.services.signature import ajouter_partie

REPRIS_TELS_QUELS = (
    "slug",
    "nom",
    "numero",
    "generation",
    "phase",
    "initiative",
    "presentation",
    "date_debut",
    "date_fin",
    "date_signature",
    "courriel_contact",
    "est_public",
)


def creer_contrat(
    donnees: Donnees, *, organisations: Mapping[str, Acteur], par: Utilisateur
) -> Contrat:
    """Le contrat naît dans sa phase d’aujourd’hui ; ses passages disent par où il est venu."""
    precedent = donnees["contrat_precedent"]
    contrat = Contrat(
        **{champ: donnees[champ] for champ in REPRIS_TELS_QUELS},
        base_legale=donnees["base_legale"] or "",
        contrat_precedent=Contrat.objects.get(slug=precedent) if precedent else None,
        region_id=donnees["region"],
        ars=organisations["ars"],
        est_demonstration=True,
    )
    creer(contrat, par=par, via=VIA)
    _noter_passages(contrat, donnees["passages"], par=par)
    _dessiner_perimetre(contrat, donnees, par=par)
    noter_avenants(contrat, donnees.get("avenants", []), par=par)
    for partie in donnees["parties"]:
        valeurs = {**partie, "acteur": organisations[partie["acteur"]]}
        ajouter_partie(contrat=contrat, valeurs=valeurs, par=par, via=VIA)
    for membre in donnees["equipe"]:
        ajouter_personne(contrat=contrat, email=membre["courriel"], role=membre["role"], par=par)
    return contrat


def coordination(contrat: Contrat) -> Utilisateur | None:
    """La personne qui tient le plan au jour le jour, s’il y en a une."""
    membre = contrat.participations.filter(role=Role.COORDINATEUR).first()
    return membre.utilisateur if membre else None


def _noter_passages(contrat: Contrat, passages: list[Donnees], *, par: Utilisateur) -> None:
    depuis = ["", *(passage["vers"] for passage in passages)]
    PassagePhase.objects.bulk_create(
        PassagePhase(contrat=contrat, de=de, par=par, **passage)
        for de, passage in zip(depuis, passages, strict=False)
    )


def _dessiner_perimetre(contrat: Contrat, donnees: Donnees, *, par: Utilisateur) -> None:
    """Les communes entrent au début du contrat, sauf autre date donnée pour toutes ou pour une."""
    perimetre = donnees["perimetre"]
    entree = perimetre.get("date_entree") or donnees["date_debut"]
    exceptions = {e["commune"]: e for e in perimetre["exceptions"]}
    for siren in perimetre["epci"]:
        epci = Epci.objects.get(pk=siren)
        communes = epci.communes.filter(date_fin=None).exclude(pk__in=exceptions)
        ajouter_communes(
            contrat=contrat, communes=communes, date_entree=entree, epci=epci, par=par, via=VIA
        )
    if perimetre["communes"]:
        _faire_entrer(contrat, perimetre["communes"], entree, par=par)
    for code, exception in exceptions.items():
        _faire_entrer(contrat, [code], exception["date_entree"], par=par)
        if sortie := exception["date_sortie"]:
            retirer_communes(contrat=contrat, communes=[code], date_sortie=sortie, par=par, via=VIA)


def _faire_entrer(
    contrat: Contrat, codes: list[str], date_entree: date, *, par: Utilisateur
) -> None:
    communes = Commune.objects.filter(pk__in=codes, date_fin=None)
    if len(communes) != len(codes):
        raise ErreurMetier(f"Une des communes {', '.join(codes)} n’existe plus.")
    ajouter_communes(contrat=contrat, communes=communes, date_entree=date_entree, par=par, via=VIA)
