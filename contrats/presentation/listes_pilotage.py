"""Derrière un nombre du pilotage : les fiches, les contrats, l’argent, les signataires.

Chaque liste se filtre avec les paramètres de son adresse, se lit page par page et s’emporte.
"""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from cls_platform.socle.filtrage import JeuDeFiltres
from contrats.adresses import adresse_de
from contrats.etats import Phase, StatutAction
from contrats.filtres_pilotage import FiltresDesFiches, FiltresDesSignataires
from contrats.models import RolePartie
from contrats.pilotage.contrats_des_fiches import FiltreDesContrats, LigneDeContrat
from contrats.pilotage.ensemble import Ensemble
from contrats.pilotage.signataires import groupe_de, libelle_du_groupe, parties_signataires
from contrats.presentation.liste_pilotage import Liste, filtrer, jour
from contrats.presentation.listes_pilotage_argent import LISTES_DE_L_ARGENT
from contrats.presentation.tableau_pilotage import Colonne, Genre, Rang, rang

TEXTE = Genre.TEXTE


# Les fiches -----------------------------------------------------------------------------------

DES_FICHES = (
    Colonne("Contrat", TEXTE),
    Colonne("Statut", TEXTE),
    Colonne("Pilote", TEXTE),
    Colonne("Échéance", TEXTE),
)


def _filtrer_les_fiches(de: Ensemble, choix: QueryDict) -> JeuDeFiltres:
    return filtrer(FiltresDesFiches, de.actions.avec_statut_affiche(de.le), de, choix)


def _fiches(lues: Any) -> Any:
    rangees = lues.order_by("contrat__cle_tri", "contrat_id", "ordre", "numero", "pk")
    return rangees.values(
        "pk",
        "numero",
        "titre",
        "statut_affiche",
        "date_fin",
        "contrat__nom",
        "pilote__nom",
        "pilote_personne__prenom",
        "pilote_personne__nom",
        "pilote_nom",
    )


def _fiche(ligne: dict[str, Any]) -> Rang:
    personne = f"{ligne['pilote_personne__prenom'] or ''} {ligne['pilote_personne__nom'] or ''}"
    return rang(
        DES_FICHES,
        f"{ligne['numero']} {ligne['titre']}".strip(),
        (
            ligne["contrat__nom"],
            str(StatutAction(ligne["statut_affiche"]).label),
            ligne["pilote__nom"] or personne.strip() or ligne["pilote_nom"] or None,
            jour(ligne["date_fin"]) or None,
        ),
        sinon="—",
        adresse=adresse_de("contrats:action", ligne["pk"]),
        code=str(ligne["pk"]),
    )


# Les contrats ---------------------------------------------------------------------------------

DES_CONTRATS = (
    Colonne("Phase", TEXTE),
    Colonne("Département", TEXTE),
    Colonne("Fin", TEXTE),
    Colonne("Fiches"),
)


def _filtrer_les_contrats(de: Ensemble, choix: QueryDict) -> Any:
    return FiltreDesContrats(
        de, _filtrer_les_fiches(de, choix), _filtrer_les_signataires(de, choix)
    )


def _contrat(ligne: LigneDeContrat) -> Rang:
    contrat = ligne.contrat
    return rang(
        DES_CONTRATS,
        contrat.nom,
        (
            str(Phase(contrat.phase).label),
            contrat.departement_nom or None,
            jour(contrat.date_fin) or None,
            ligne.fiches,
        ),
        sinon="—",
        adresse=adresse_de("contrats:fiche", contrat.cle),
        code=contrat.cle,
    )


# Les signataires ------------------------------------------------------------------------------

DES_SIGNATAIRES = (
    Colonne("Contrat", TEXTE),
    Colonne("Rôle", TEXTE),
    Colonne("Type", TEXTE),
    Colonne("Compté comme", TEXTE),
)


def _filtrer_les_signataires(de: Ensemble, choix: QueryDict) -> JeuDeFiltres:
    return filtrer(FiltresDesSignataires, parties_signataires(de), de, choix)


def _signataires(lus: Any) -> Any:
    """Une ligne par organisation et par contrat, avec le premier de ses rôles."""
    uniques = lus.order_by("contrat__cle_tri", "contrat_id", "acteur__cle_tri", "acteur_id", "role")
    return uniques.distinct(
        "contrat__cle_tri", "contrat_id", "acteur__cle_tri", "acteur_id"
    ).values(
        "contrat_id",
        "contrat__nom",
        "acteur__nom",
        "acteur__type",
        "acteur__type__libelle",
        "acteur__type__famille",
        "role",
    )


def _signataire(ligne: dict[str, Any]) -> Rang:
    groupe = groupe_de(ligne["acteur__type"], ligne["acteur__type__famille"])
    return rang(
        DES_SIGNATAIRES,
        ligne["acteur__nom"],
        (
            ligne["contrat__nom"],
            str(RolePartie(ligne["role"]).label),
            ligne["acteur__type__libelle"],
            libelle_du_groupe(groupe),
        ),
        adresse=reverse("contrats:signataires", args=[ligne["contrat_id"]]),
        code=groupe,
    )


LISTES = {
    liste.cle: liste
    for liste in (
        Liste("fiches", "Les fiches", "fiche", "Fiche", DES_FICHES, _filtrer_les_fiches, _fiches,
              _fiche),
        Liste("contrats", "Les contrats", "contrat", "Contrat", DES_CONTRATS,
              _filtrer_les_contrats, list, _contrat),
        Liste("signataires", "Les signataires", "signataire", "Organisation", DES_SIGNATAIRES,
              _filtrer_les_signataires, _signataires, _signataire),
        *LISTES_DE_L_ARGENT,
    )
}  # fmt: skip
