"""Une valeur de contribution : comme on la lit, comme un service l’attend."""

from datetime import date
from decimal import Decimal
from typing import Any

from cls_platform.socle import typographie
from contrats.etats import StatutAction
from contrats.models import GenreElement
from contrats.models.contribution import RIEN_DE_NOUVEAU
from indicateurs.avertissements import avertir, regle_de
from indicateurs.calcul.facteur import facteur
from indicateurs.contribution.etat import Valeurs
from indicateurs.models import Indicateur
from indicateurs.saisie_case import Lue, quotient

VIDE = "Rien d’écrit"
VIDES = {GenreElement.ETAPE: "Pas encore terminée", GenreElement.MESURE: "Pas de valeur"}


def en_mots(genre: str, valeurs: Valeurs | None, indicateur: Indicateur | None = None) -> str:
    """Ce que lit une personne ; une phrase quand il n’y a rien."""
    if valeurs is None:
        return "N’existe plus"
    if not any(valeurs.values()):
        return VIDES.get(GenreElement(genre), VIDE)
    if genre == GenreElement.STATUT:
        libelle = StatutAction(valeurs["statut"]).label
        return f"{libelle}\u00a0: {valeurs['raison']}" if valeurs["raison"] else str(libelle)
    if genre == GenreElement.ETAPE:
        return f"Terminée le {typographie.date_longue(date.fromisoformat(valeurs['fait_le']))}"
    if genre == GenreElement.MESURE:
        return _mesure(valeurs, indicateur)
    return "".join(valeurs.values())


def _mesure(valeurs: Valeurs, indicateur: Indicateur | None) -> str:
    """« 212 personnes » ; d’un rapport, ses deux nombres."""
    if "valeur" not in valeurs:
        return f"{_nombre(valeurs['numerateur'])} sur {_nombre(valeurs['denominateur'])}"
    unite = f" {indicateur.unite}" if indicateur and indicateur.unite != "nombre" else ""
    return f"{_nombre(valeurs['valeur'])}{unite}"


def _nombre(texte: str) -> str:
    return typographie.nombre(Decimal(texte)) if texte else "?"


def a_verifier(
    valeurs: Valeurs | None, indicateur: Indicateur | None, annee: int, present: Valeurs | None
) -> str:
    """Ce qui étonne dans une valeur d’indicateur proposée, sans l’empêcher ; vide si rien."""
    if indicateur is None or not valeurs or not any(valeurs.values()):
        return ""
    typees = {nom: Decimal(texte) for nom, texte in valeurs.items() if texte}
    haut, bas = typees.get("numerateur"), typees.get("denominateur")
    valeur = typees.get("valeur")
    if haut is not None and bas:
        valeur = quotient(haut, bas, facteur(indicateur.unite))
    ancienne = (present or {}).get("valeur", "")
    phrases = avertir(
        regle_de(indicateur, indicateur.contrat),
        Lue(valeur, haut, bas),
        annee,
        Decimal(ancienne) if ancienne else None,
        indicateur.annee_reference or 0,
    )
    return " ".join(phrases)


def pour_le_service(genre: str, champ: str, valeurs: Valeurs) -> dict[str, Any]:
    """Les valeurs typées, nommées comme les services les attendent."""
    if genre == GenreElement.STATUT:
        return {"statut": valeurs["statut"], "statut_raison": valeurs["raison"]}
    if genre == GenreElement.ETAPE:
        return {"fait_le": date.fromisoformat(valeurs["fait_le"]), "est_abandonne": False}
    if genre == GenreElement.MESURE:
        return {nom: Decimal(texte) for nom, texte in valeurs.items() if texte}
    texte = valeurs[champ]
    if champ == RIEN_DE_NOUVEAU:
        return {"fait": texte}
    return {champ: int(texte) if champ == "participants" else texte}
