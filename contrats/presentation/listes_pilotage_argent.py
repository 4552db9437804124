"""Derrière un montant du pilotage : les financements, ou les dépenses, et leur total."""

from typing import Any

from django.db.models import Sum
from django.http import QueryDict

from cls_platform.socle.filtrage import JeuDeFiltres
from contrats.adresses import adresse_de
from contrats.filtres_argent import LigneBudgetFilterSet
from contrats.filtres_pilotage import FiltresDesFinancements
from contrats.models import MissionFir, StatutFinancement
from contrats.pilotage.argent import depenses, financements
from contrats.pilotage.ensemble import Ensemble
from contrats.presentation.liste_pilotage import Liste, filtrer
from contrats.presentation.tableau_pilotage import Colonne, Genre, Rang, rang

TEXTE = Genre.TEXTE
DE_LA_FICHE = ("action", "action__numero", "action__titre", "action__contrat__nom")
RANGES = ("-annee", "action__contrat__cle_tri", "action__contrat_id", "action__ordre", "pk")


def _filtrer(jeu: type[JeuDeFiltres], lignes: Any, de: Ensemble, choix: QueryDict) -> JeuDeFiltres:
    """Le contrat est déjà choisi par l’ensemble."""
    restants = choix.copy()
    restants.pop("contrat", None)
    return filtrer(jeu, lignes, de, restants)


def _fiche(ligne: dict[str, Any]) -> str:
    return f"{ligne['action__numero']} {ligne['action__titre']}".strip()


def _total(colonnes: tuple[Colonne, ...], gardees: Any, *champs: str) -> Rang:
    """Sous les colonnes de droite, la somme de ce que la liste garde."""
    sommes = gardees.select_related(None).order_by().aggregate(*(Sum(champ) for champ in champs))
    vides = [None] * (len(colonnes) - len(champs))
    montants = [sommes[f"{champ}__sum"] or 0 for champ in champs]
    return rang(colonnes, "Total", [*vides, *montants])


# Les financements -----------------------------------------------------------------------------

DES_FINANCEMENTS = (
    Colonne("Contrat", TEXTE),
    Colonne("Année", Genre.ANNEE),
    Colonne("Financeur", TEXTE),
    Colonne("État", TEXTE),
    Colonne("Demandé", Genre.EUROS),
    Colonne("Accordé", Genre.EUROS),
    Colonne("Versé", Genre.EUROS),
)
MONTANTS = ("montant_demande", "montant_accorde", "montant_verse")


def _filtrer_les_financements(de: Ensemble, choix: QueryDict) -> JeuDeFiltres:
    return _filtrer(FiltresDesFinancements, financements(de), de, choix)


def _financements(lus: Any) -> Any:
    return lus.order_by(*RANGES).values(
        "pk",
        *DE_LA_FICHE,
        "annee",
        "type_financeur__libelle",
        "mission_fir",
        "statut",
        *MONTANTS,
    )


def _financement(ligne: dict[str, Any]) -> Rang:
    mission = ligne["mission_fir"]
    return rang(
        DES_FINANCEMENTS,
        _fiche(ligne),
        (
            ligne["action__contrat__nom"],
            ligne["annee"],
            ligne["type_financeur__libelle"],
            str(StatutFinancement(ligne["statut"]).label),
            *(ligne[montant] for montant in MONTANTS),
        ),
        sinon="—",
        adresse=adresse_de("contrats:action_budget", ligne["action"]),
        code=str(ligne["pk"]),
        precision=str(MissionFir(mission).label) if mission else "",
    )


# Les dépenses ---------------------------------------------------------------------------------

DES_DEPENSES = (
    Colonne("Contrat", TEXTE),
    Colonne("Année", Genre.ANNEE),
    Colonne("Nature", TEXTE),
    Colonne("Coût prévu", Genre.EUROS),
    Colonne("Coût réalisé", Genre.EUROS),
)


def _filtrer_les_depenses(de: Ensemble, choix: QueryDict) -> JeuDeFiltres:
    return _filtrer(LigneBudgetFilterSet, depenses(de), de, choix)


def _depenses(lues: Any) -> Any:
    return lues.order_by(*RANGES).values(
        "pk", *DE_LA_FICHE, "annee", "nature__libelle", "libelle", "prevu", "realise"
    )


def _depense(ligne: dict[str, Any]) -> Rang:
    return rang(
        DES_DEPENSES,
        _fiche(ligne),
        (
            ligne["action__contrat__nom"],
            ligne["annee"],
            ligne["nature__libelle"],
            ligne["prevu"],
            ligne["realise"],
        ),
        sinon="—",
        adresse=adresse_de("contrats:action_budget", ligne["action"]),
        code=str(ligne["pk"]),
        precision=ligne["libelle"],
    )


LISTES_DE_L_ARGENT = (
    Liste("financements", "Les financements", "financement", "Fiche", DES_FINANCEMENTS,
          _filtrer_les_financements, _financements, _financement,
          lambda gardes: _total(DES_FINANCEMENTS, gardes, *MONTANTS)),
    Liste("depenses", "Les dépenses", "dépense", "Fiche", DES_DEPENSES,
          _filtrer_les_depenses, _depenses, _depense,
          lambda gardees: _total(DES_DEPENSES, gardees, "prevu", "realise")),
)  # fmt: skip
