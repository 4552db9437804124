"""Ce qu’une fiche porte par des lignes liées : listes, organisations et rôles, champs libres."""

from collections.abc import Iterable, Mapping
from typing import Any

from acteurs.models import Acteur
from acteurs.services.suivi import marquer
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.champs_fiche import PREFIXE_LIBRE, cle_libre
from contrats.genres_libres import ValeurIllisible, en_texte
from contrats.models import Action, ActionActeur, ChampLibre, Contrat, RoleActeur, ValeurLibre

LISTES = frozenset(
    {
        "themes",
        "sous_themes",
        "populations",
        "communes",
        "determinants",
        "types_action",
        "ottawa",
        "objectifs_regionaux",
        "dispositifs",
    }
)
ROLE_DU_LIEN = {
    "partenaires": RoleActeur.PARTENAIRE,
    "copilotes": RoleActeur.COPILOTE,
    "intervenants": RoleActeur.INTERVENANT,
    "financeurs": RoleActeur.FINANCEUR,
}
LIENS = LISTES | ROLE_DU_LIEN.keys()


def cles_libres(contrat: Contrat) -> frozenset[str]:
    """Les noms des champs que ce contrat demande sur ses fiches."""
    return frozenset(map(cle_libre, contrat.champs_libres.actifs()))


def ecrire_liens(
    *, action: Action, valeurs: Mapping[str, Any], deja_comptee: bool, par: Any, via: str = "page"
) -> bool:
    """Remplace les listes données ; dit si quelque chose a changé.

    Un changement compte une version, sauf si l’écriture des colonnes l’a déjà comptée.
    """
    change = [_ecrire_liste(action, nom, valeurs[nom]) for nom in LISTES & valeurs.keys()]
    change += [
        _ecrire_role(action, valeurs[nom], ROLE_DU_LIEN[nom])
        for nom in ROLE_DU_LIEN.keys() & valeurs.keys()
    ]
    change.append(_ecrire_champs_libres(action, valeurs))
    if any(change) and not deja_comptee:
        marquer(action, par=par, via=via)
    return any(change)


def _ecrire_liste(action: Action, nom: str, elements: Iterable[Any]) -> bool:
    nouveaux, lien = {element.pk for element in elements}, getattr(action, nom)
    if nouveaux == set(lien.values_list("pk", flat=True)):
        return False
    lien.set(nouveaux)
    return True


def _ecrire_role(action: Action, organisations: Iterable[Acteur], role: str) -> bool:
    voulus = {acteur.pk for acteur in organisations}
    liens = action.liens_acteurs.filter(role=role)
    presents = set(liens.values_list("acteur_id", flat=True))
    liens.filter(acteur_id__in=presents - voulus).delete()
    ActionActeur.objects.bulk_create(
        ActionActeur(action=action, acteur_id=pk, role=role) for pk in voulus - presents
    )
    return voulus != presents


def _ecrire_champs_libres(action: Action, valeurs: Mapping[str, Any]) -> bool:
    """Lève DonneesRefusees : champ d’un autre contrat ou retiré, valeur d’un autre genre."""
    saisies = {nom: v for nom, v in valeurs.items() if nom.startswith(PREFIXE_LIBRE)}
    if not saisies:
        return False
    champs = {cle_libre(c): c for c in action.contrat.champs_libres.actifs()}
    presentes = {v.champ_id: v for v in action.valeurs_libres.all()}
    changes = [
        _ecrire_valeur(action, champs.get(nom), nom, saisie, presentes)
        for nom, saisie in saisies.items()
    ]
    return any(changes)


def _ecrire_valeur(
    action: Action,
    champ: ChampLibre | None,
    nom: str,
    saisie: Any,
    presentes: Mapping[Any, ValeurLibre],
) -> bool:
    if champ is None:
        raise DonneesRefusees("Ce champ n’est plus demandé par ce contrat. Rechargez la fiche.")
    presente = presentes.get(champ.pk)
    garde = presente.valeur if presente else ""
    if str(saisie or "").strip() == garde:
        return False
    try:
        texte = en_texte(champ.genre, saisie, champ.choix)
    except ValeurIllisible as erreur:
        raise DonneesRefusees(str(erreur), champs={nom: [str(erreur)]}) from erreur
    if texte == garde:
        return False
    if presente and not texte:
        presente.delete()
    elif presente:
        presente.valeur = texte
        presente.save(update_fields=["valeur"])
    else:
        ValeurLibre.objects.create(action=action, champ=champ, valeur=texte)
    return True
