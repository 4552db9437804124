"""Les montants fictifs de la démonstration : dépenses et financements, fiche par fiche."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from acteurs.models import Acteur, Utilisateur
from cls_platform.demo.chargement.lecture import VIA, Donnees
from contrats.models import Action, Financement, LigneBudget

MONTANTS = ("prevu", "realise", "montant_demande", "montant_accorde", "montant_verse")


def charger_argent(
    fiches: list[Donnees],
    *,
    actions: Mapping[str, Action],
    organisations: Mapping[str, Acteur],
    par: Utilisateur,
) -> int:
    """Écrit en masse ; rend le nombre de lignes."""
    depenses, financements = [], []
    for fiche in fiches:
        commun = {"action": actions[fiche["fiche"]], "modifie_par": par, "modifie_via": VIA}
        for depense in fiche.get("depenses", ()):
            valeurs = _exactes(depense)
            depenses.append(LigneBudget(nature_id=valeurs.pop("nature"), **valeurs, **commun))
        for financement in fiche.get("financements", ()):
            valeurs = _exactes(financement)
            valeurs["acteur"] = organisations.get(valeurs.get("acteur", ""))
            valeurs["type_financeur_id"] = valeurs.pop("type_financeur")
            financements.append(Financement(**valeurs, **commun))
    return _ecrire(LigneBudget, depenses) + _ecrire(Financement, financements)


def _ecrire(modele: Any, objets: list[Any]) -> int:
    return len(modele.objects.bulk_create(objets))


def _exactes(donnees: Donnees) -> Donnees:
    """Les montants passent par leur écriture : 0.1 vaut un dixième, exactement."""
    return {
        nom: Decimal(str(valeur)) if nom in MONTANTS else valeur for nom, valeur in donnees.items()
    }
