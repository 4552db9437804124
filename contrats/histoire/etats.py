"""Ce que valait un champ à une version, sous une forme qui se compare.

Une colonne : sa valeur, ou la clé de ce qu’elle désigne. Une liste : l’ensemble des clés, en texte.
Un champ du contrat : le texte gardé.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from acteurs.models import Suivi
from contrats.models import Action, ChangementLien
from contrats.models.vocabulaire_liens import CHAMP_DU_ROLE, LIENS, LISTES, PREFIXE_LIBRE

Valeurs = dict[str, Any]


def est_lie(nom: str) -> bool:
    """Porté par des lignes liées : liste, organisations d’un rôle, champ du contrat."""
    return nom in LIENS or nom.startswith(PREFIXE_LIBRE)


def comparable(modele: type[Suivi], nom: str, valeur: Any) -> Any:
    """Une valeur de formulaire ou de service, ramenée à ce qui se compare."""
    if nom in LIENS:
        return frozenset(str(element.pk) for element in valeur or ())
    if nom.startswith(PREFIXE_LIBRE):
        return normal(str(valeur or ""))
    if modele._meta.get_field(nom).is_relation:
        return valeur.pk if valeur is not None else None
    return normal(valeur) if isinstance(valeur, str) else valeur


def normal(texte: str) -> str:
    """Un navigateur envoie ses fins de ligne en CRLF : ce n’est pas un changement."""
    return texte.replace("\r\n", "\n").strip()


def a_present(objet: Suivi, noms: Collection[str]) -> Valeurs:
    """Ce que vaut chaque champ maintenant ; une requête par liste."""
    valeurs = {nom: _colonne(objet, nom) for nom in noms if not est_lie(nom)}
    return valeurs | liens_a_present(objet, [nom for nom in noms if est_lie(nom)])


def a_la_version(objet: Suivi, noms: Collection[str], version: int) -> Valeurs | None:
    """Ce que valait chaque champ à cette version ; None si l’histoire ne la connaît pas."""
    copies: Any = type(objet).pgh_event_model.objects  # type: ignore[attr-defined]  # posé par pghistory
    copie = copies.filter(pgh_obj_id=objet.pk, version=version).order_by("-pgh_id").first()
    if copie is None:
        return None
    valeurs = {nom: _colonne(copie, nom) for nom in noms if not est_lie(nom)}
    lies = [nom for nom in noms if est_lie(nom)]
    return valeurs | (liens_a_la_version(objet, lies, version) if lies else {})


def _colonne(ligne: Any, nom: str) -> Any:
    valeur = getattr(ligne, ligne._meta.get_field(nom).attname)
    return normal(valeur) if isinstance(valeur, str) else valeur


def liens_a_present(action: Any, noms: Iterable[str]) -> Valeurs:
    noms = list(noms)
    valeurs: Valeurs = {nom: _liste(action, nom) for nom in noms if nom in LISTES}
    roles = {role: nom for role, nom in CHAMP_DU_ROLE.items() if nom in noms}
    if roles:
        liens = action.liens_acteurs.filter(role__in=roles).values_list("role", "acteur_id")
        trouves: dict[str, set[str]] = {nom: set() for nom in roles.values()}
        for role, acteur in liens:
            trouves[roles[role]].add(str(acteur))
        valeurs |= {nom: frozenset(cles) for nom, cles in trouves.items()}
    libres = [nom for nom in noms if nom.startswith(PREFIXE_LIBRE)]
    if libres:
        ecrites = dict(action.valeurs_libres.values_list("champ_id", "valeur"))
        ecrites = {f"{PREFIXE_LIBRE}{champ}": texte for champ, texte in ecrites.items()}
        valeurs |= {nom: normal(ecrites.get(nom, "")) for nom in libres}
    return valeurs


def _liste(action: Action, nom: str) -> frozenset[str]:
    return frozenset(str(pk) for pk in getattr(action, nom).values_list("pk", flat=True))


def liens_a_la_version(action: Any, noms: Collection[str], version: int) -> Valeurs:
    """Les liens d’aujourd’hui, défaits dans l’ordre inverse jusqu’à cette version."""
    valeurs = liens_a_present(action, noms)
    defaire(valeurs, ChangementLien.objects.de_la_fiche(action.pk, *noms).depuis(version))
    return valeurs


def defaire(valeurs: Valeurs, changements: Iterable[ChangementLien]) -> None:
    """Ôte de `valeurs` ces changements, donnés du plus récent au plus ancien."""
    for changement in changements:
        nom = changement.champ
        if nom in LIENS:
            autre = frozenset({changement.element})
            reste = valeurs[nom]
            valeurs[nom] = reste - autre if changement.est_ajout else reste | autre
        elif changement.est_ajout:
            # Écrit par-dessus ou pour la première fois : la ligne d’avant, s’il y en a une, suit
            valeurs[nom] = ""
        else:
            valeurs[nom] = normal(changement.element)


def differents(modele: type[Suivi], valeurs: Mapping[str, Any], reference: Valeurs) -> set[str]:
    """Les champs dont la valeur donnée n’est pas celle de la référence."""
    return {nom for nom, v in valeurs.items() if comparable(modele, nom, v) != reference[nom]}
