"""Ce qu’une fiche porte par des lignes liées : listes, organisations et rôles, champs libres."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from acteurs.models import Acteur
from acteurs.services.suivi import marquer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.champs_fiche import PREFIXE_LIBRE, cle_libre
from contrats.genres_libres import ValeurIllisible, en_texte
from contrats.models import Action, ActionActeur, ChampLibre, Contrat, RoleActeur, ValeurLibre
from contrats.models.vocabulaire_liens import CHAMP_DU_ROLE, LISTES

ROLE_DU_LIEN = {champ: RoleActeur(role) for role, champ in CHAMP_DU_ROLE.items()}
LIENS = LISTES | ROLE_DU_LIEN.keys()
# Ce qui reste à écrire ; None si rien ne change
Geste = Callable[[], Any] | None


def cles_libres(contrat: Contrat) -> frozenset[str]:
    """Les noms des champs que ce contrat demande sur ses fiches."""
    return frozenset(map(cle_libre, contrat.champs_libres.actifs()))


def ecrire_liens(
    *, action: Action, valeurs: Mapping[str, Any], deja_comptee: bool, par: Any, via: str = "page"
) -> bool:
    """Remplace les listes données ; dit si quelque chose a changé.

    Un changement compte une version, sauf si l’écriture des colonnes l’a déjà comptée. La version
    se compte avant d’écrire : l’histoire de chaque lien porte celle qui l’a changé.
    """
    gestes = [
        *(_liste(action, nom, valeurs[nom]) for nom in sorted(LISTES & valeurs.keys())),
        *(
            _role(action, valeurs[nom], ROLE_DU_LIEN[nom])
            for nom in sorted(ROLE_DU_LIEN.keys() & valeurs.keys())
        ),
        *_champs_libres(action, valeurs),
    ]
    a_faire = [geste for geste in gestes if geste]
    if a_faire and not deja_comptee:
        marquer(action, par=par, via=via)
    for ecrire in a_faire:
        ecrire()
    return bool(a_faire)


def compter_un_lien(*, action: Action, par: Any, via: str = "page") -> None:
    """À appeler avant qu’une autre application ne lie ou ne délie la fiche. Lève ObjetSupprime."""
    marquer(verrouiller(action, version=None), par=par, via=via)


def _liste(action: Action, nom: str, elements: Iterable[Any]) -> Geste:
    nouveaux, lien = {element.pk for element in elements}, getattr(action, nom)
    if nouveaux == set(lien.values_list("pk", flat=True)):
        return None
    return partial(lien.set, nouveaux)


def _role(action: Action, organisations: Iterable[Acteur], role: str) -> Geste:
    voulus = {acteur.pk for acteur in organisations}
    liens = action.liens_acteurs.filter(role=role)
    presents = set(liens.values_list("acteur_id", flat=True))

    def ecrire() -> None:
        liens.filter(acteur_id__in=presents - voulus).delete()
        ActionActeur.objects.bulk_create(
            ActionActeur(action=action, acteur_id=pk, role=role) for pk in voulus - presents
        )

    return ecrire if voulus != presents else None


def _champs_libres(action: Action, valeurs: Mapping[str, Any]) -> list[Geste]:
    """Lève DonneesRefusees : champ d’un autre contrat ou retiré, valeur d’un autre genre."""
    saisies = {nom: v for nom, v in valeurs.items() if nom.startswith(PREFIXE_LIBRE)}
    if not saisies:
        return []
    champs = {cle_libre(c): c for c in action.contrat.champs_libres.actifs()}
    presentes = {v.champ_id: v for v in action.valeurs_libres.all()}
    return [
        _valeur(action, champs.get(nom), nom, saisie, presentes) for nom, saisie in saisies.items()
    ]


def _valeur(
    action: Action,
    champ: ChampLibre | None,
    nom: str,
    saisie: Any,
    presentes: Mapping[Any, ValeurLibre],
) -> Geste:
    if champ is None:
        raise DonneesRefusees("Ce champ n’est plus demandé par ce contrat. Rechargez la fiche.")
    presente = presentes.get(champ.pk)
    garde = presente.valeur if presente else ""
    if str(saisie or "").strip() == garde:
        return None
    try:
        texte = en_texte(champ.genre, saisie, champ.choix)
    except ValeurIllisible as erreur:
        raise DonneesRefusees(str(erreur), champs={nom: [str(erreur)]}) from erreur
    if texte == garde:
        return None
    return partial(_poser, action, champ, presente, texte)


def _poser(action: Action, champ: ChampLibre, presente: ValeurLibre | None, texte: str) -> None:
    if presente and not texte:
        presente.delete()
    elif presente:
        presente.valeur = texte
        presente.save(update_fields=["valeur"])
    else:
        ValeurLibre.objects.create(action=action, champ=champ, valeur=texte)
