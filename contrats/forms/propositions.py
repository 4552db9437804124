"""Ce que le formulaire d’une fiche propose à choisir, d’après le contrat et ce qui l’est déjà."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from acteurs.models import Acteur, Commune
from contrats.forms.choix import choix_d_organisations
from contrats.models import (
    Action,
    AxeOttawa,
    Contrat,
    Determinant,
    Dispositif,
    ObjectifRegional,
    Population,
    SousTheme,
    Theme,
    TypeAction,
)
from contrats.models.organisations import organisations_de, personnes_de
from contrats.services.liens_action import ROLE_DU_LIEN

NOMENCLATURES: dict[str, Any] = {
    "themes": Theme,
    "populations": Population,
    "types_action": TypeAction,
    "determinants": Determinant,
    "ottawa": AxeOttawa,
    "dispositifs": Dispositif,
}
CHOIX_D_ORGANISATIONS = ("pilote", *ROLE_DU_LIEN)
SANS_LISTE_REGIONALE = (
    "La liste des objectifs de la région {} n’est pas encore chargée. L’ARS ou l’administration "
    "de la plateforme la remplit dans l’administration."
)


def rattachements(contrat: Contrat, action: Action | None) -> dict[str, QuerySet[Any]]:
    """Ce à quoi une fiche de ce contrat peut se rattacher : la page et l’API offrent le même."""
    return {
        "axe": contrat.axes.dans_l_ordre(),
        "objectif": contrat.objectifs.dans_l_ordre(),
        "pilote_personne": personnes_de(contrat),
        "action_precedente": actions_a_prolonger(contrat, action),
    }


def proposer(
    champs: dict[str, Any],
    initial: Mapping[str, Any],
    *,
    contrat: Contrat,
    action: Action | None,
    recherche: str,
) -> None:
    """Pose la liste de chaque champ présent ; une requête par liste."""
    for nom, choix in rattachements(contrat, action).items():
        if nom in champs:
            champs[nom].queryset = choix
    requetes: dict[str, Callable[[], QuerySet[Any]]] = {
        "communes": lambda: communes_proposees(contrat, initial.get("communes") or ()),
        "objectifs_regionaux": lambda: _actuels(
            ObjectifRegional.objects.filter(region=contrat.region_id),
            initial.get("objectifs_regionaux") or (),
        ),
        "sous_themes": lambda: _sous_themes(action, initial, entier="themes" in champs),
    }
    for nom in champs.keys() & requetes.keys():
        champs[nom].queryset = requetes[nom]()
    for nom in champs.keys() & NOMENCLATURES.keys():
        champs[nom].queryset = _actuels(NOMENCLATURES[nom].objects.all(), initial.get(nom) or ())
    if "sous_themes" in champs:
        champs["sous_themes"].label_from_instance = avec_son_theme
    if "objectifs_regionaux" in champs:
        _dire_si_la_region_n_a_rien(champs["objectifs_regionaux"], contrat)
    _proposer_organisations(champs, initial, contrat, recherche)


def _proposer_organisations(
    champs: dict[str, Any], initial: Mapping[str, Any], contrat: Contrat, recherche: str
) -> None:
    presents = [nom for nom in CHOIX_D_ORGANISATIONS if nom in champs]
    if not presents:
        return
    gardees: list[Acteur] = [a for nom in presents if nom != "pilote" for a in _suite(initial, nom)]
    groupes = choix_d_organisations(organisations_de(contrat), recherche, gardees)
    for nom in presents:
        champs[nom].proposer(groupes)


def _suite(initial: Mapping[str, Any], nom: str) -> list[Acteur]:
    """Ce qui était choisi ; une saisie rejouée ne porte que des identifiants."""
    return [a for a in initial.get(nom) or () if isinstance(a, Acteur)]


def _actuels(nomenclature: QuerySet[Any], choisis: Collection[Any]) -> QuerySet[Any]:
    """Ce que l’on propose aujourd’hui, et ce qui était déjà choisi."""
    gardes = nomenclature.filter(pk__in=[_cle(element) for element in choisis])
    return (nomenclature.filter(est_actif=True) | gardes).order_by("ordre", "libelle")


def _cle(element: Any) -> Any:
    return getattr(element, "pk", element)


def _sous_themes(
    action: Action | None, initial: Mapping[str, Any], *, entier: bool
) -> QuerySet[Any]:
    """Seul, le champ ne propose que les sous-thèmes des thèmes de la fiche ; sans thème, tous."""
    tous = _actuels(
        SousTheme.objects.select_related("theme"), initial.get("sous_themes") or ()
    ).order_by("theme__ordre", "theme__libelle", "ordre", "libelle")
    themes = [] if entier or action is None else list(action.themes.values_list("pk", flat=True))
    return tous.filter(theme__in=themes) if themes else tous


def avec_son_theme(sous_theme: Any) -> str:
    return f"{sous_theme.theme.libelle} : {sous_theme.libelle}"


def communes_proposees(contrat: Contrat, choisies: Collection[Any] = ()) -> QuerySet[Commune]:
    """Celles du périmètre, par nom ; une commune déjà choisie reste proposée."""
    du_perimetre = Commune.objects.filter(pk__in=contrat.perimetres.ouvertes().values("commune"))
    gardees = Commune.objects.filter(pk__in=[_cle(commune) for commune in choisies])
    return (du_perimetre | gardees).order_by("cle_tri", "pk")


def actions_a_prolonger(contrat: Contrat, action: Action | None) -> QuerySet[Action]:
    """Les autres actions du contrat et du contrat précédent ; jamais une fiche réservée."""
    contrats = [pk for pk in (contrat.pk, contrat.contrat_precedent_id) if pk]
    autres = Action.objects.filter(contrat__in=contrats)
    if action is None:
        return autres.filter(est_restreinte=False).order_by("contrat_id", "ordre")
    permises = autres.filter(est_restreinte=False).exclude(pk=action.pk)
    deja = autres.filter(pk=action.action_precedente_id)
    return (permises | deja).order_by("contrat_id", "ordre")


def _dire_si_la_region_n_a_rien(champ: Any, contrat: Contrat) -> None:
    if not champ.queryset.exists():
        champ.help_text = SANS_LISTE_REGIONALE.format(contrat.region)
