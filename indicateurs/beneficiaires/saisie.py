"""Les lignes que propose la page de saisie : le total, ce qui est déjà compté, ce qui manque."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from contrats.models import Action, NoteSuivi, Population
from indicateurs.beneficiaires.quartiers import Quartier, quartiers_du_contrat
from indicateurs.models import Beneficiaires

LIGNES_LIBRES = 3
TOTAL = "Toute l’action"
TOUT_LE_MONDE = "tous"  # le public de toute l’action, c’est son total


@dataclass(frozen=True, slots=True)
class Proposition:
    """Une ligne à remplir. `titre` vide : la personne choisit le public et le quartier."""

    titre: str
    valeurs: dict[str, Any]


def propositions(action: Action, annee: int, quartiers: list[Quartier]) -> list[Proposition]:
    """Le total d’abord ; puis les comptes de l’année, les publics de la fiche, ses quartiers."""
    lus = {(b.population_id, b.code_qpv): b for b in _comptes(action, annee)}
    # Un public reste proposé d’une année à l’autre
    deja = Beneficiaires.objects.filter(action=action).values_list(
        "population", "code_qpv", "nom_qpv"
    )
    voulus: dict[tuple[str | None, str], str] = {(None, ""): ""}
    de_la_fiche = action.populations.exclude(pk=TOUT_LE_MONDE).tries()
    voulus |= {(p, ""): "" for p in de_la_fiche.values_list("pk", flat=True)}
    voulus |= {(None, q.code): q.nom for q in quartiers}
    voulus |= {(p, code): nom for p, code, nom in deja.order_by("population", "nom_qpv")}
    libelles = dict(Population.objects.values_list("pk", "libelle"))
    rangs = {code: rang for rang, code in enumerate(libelles)}
    ordre = sorted(
        voulus, key=lambda c: (bool(c[1]) + bool(c[0] and c[1]), rangs.get(c[0] or "", -1), c[1])
    )
    fixes = [
        Proposition(
            ", ".join(m for m in (libelles.get(p or "", ""), voulus[p, q]) if m) or TOTAL,
            _valeurs(lus.get((p, q)), p, q, voulus[p, q]),
        )
        for p, q in ordre
    ]
    return [*fixes, *(Proposition("", {"est_neuve": True}) for _ in range(LIGNES_LIBRES))]


def _comptes(action: Action, annee: int) -> Any:
    return Beneficiaires.objects.filter(action=action, annee=annee)


def _valeurs(
    compte: Beneficiaires | None, population: str | None, code: str, nom: str
) -> dict[str, Any]:
    qui = {"population": population, "code_qpv": code, "nom_qpv": nom}
    champs = ("personnes", "presences", "sont_distinctes", "source", "commentaire", "version")
    lues = {c: getattr(compte, c) for c in champs} if compte else {"version": 0}
    return qui | lues


def quartiers_de(action: Action, le: date) -> list[Quartier]:
    return quartiers_du_contrat(action.contrat, le)


def participants_du_journal(action: Action, annee: int) -> dict[str, int | None]:
    """Ce que comptent les notes de suivi de l’année : un repère pour les présences, sans plus."""
    notes = NoteSuivi.objects.filter(action=action, annee=annee, participants__isnull=False)
    lu: dict[str, int | None] = notes.aggregate(somme=Sum("participants"), notes=Count("pk"))
    return lu
