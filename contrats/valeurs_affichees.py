"""Les valeurs d’une fiche, écrites comme on les lit : mots, dates, personnes, textes."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cls_platform.socle.templatetags.francais import date_longue, typo
from contrats import affichage, genres_libres
from contrats.champs_fiche import ChampEnPlace, Genre, cle_libre
from contrats.forms.valeurs_action import en_mots, valeurs_de
from contrats.models import ChampLibre

SAUT = SafeString("<br>")
MOTS_MONTRES = 12
Texte = SafeString | str


def genres_des_libres(champs: Collection[ChampLibre]) -> dict[str, str]:
    """De quel genre est chaque champ du contrat, à joindre aux valeurs lues."""
    return {_cle_du_genre(cle_libre(champ)): champ.genre for champ in champs}


def _cle_du_genre(cle: str) -> str:
    return f"genre:{cle}"


def ecrire(
    action: Any, definition: ChampEnPlace, valeurs: Mapping[str, Any] | None = None
) -> Texte:
    """La valeur d’un champ, en HTML échappé ; vide si elle manque."""
    nom = definition.nom
    if valeurs is None:
        valeurs = valeurs_de(action, definition.champs)
    if definition.genre == Genre.LISTE:
        return mots([str(element) for element in valeurs[nom]])
    if definition.genre == Genre.CASE:
        return "Oui" if valeurs[nom] else ""
    if definition.genre == Genre.CHOIX:
        return en_mots(nom, valeurs[nom])
    if definition.genre == Genre.LIBRE:
        return _libre(action, nom, valeurs)
    if definition.genre == Genre.COMPOSE:
        return _COMPOSES[nom](action, valeurs)
    return typo(valeurs[nom])


def statut(action: Any, *, plein: bool = False) -> Texte:
    signe = affichage.statut(action.statut_affiche, plein=plein)
    return affichage.reperee("statut", action.pk, signe)


def mots(libelles: list[str]) -> Texte:
    """Une pastille par mot ; au-delà de douze, les autres se comptent."""
    if not libelles:
        return ""
    montres = format_html_join(
        "", '<span class="mot">{}</span>', ((mot,) for mot in libelles[:MOTS_MONTRES])
    )
    reste = len(libelles) - MOTS_MONTRES
    if reste <= 0:
        return format_html('<span class="mots">{}</span>', montres)
    suite = format_html('<span class="discret">et {} autre{}</span>', reste, "s" * (reste > 1))
    return format_html('<span class="mots">{}{}</span>', montres, suite)


def _libre(action: Any, nom: str, valeurs: Mapping[str, Any]) -> Texte:
    genre = valeurs.get(_cle_du_genre(nom))
    if genre is None:
        champs = {cle_libre(c): c.genre for c in action.contrat.champs_libres.actifs()}
        genre = champs[nom]
    return typo(genres_libres.en_mots(genre, valeurs[nom]))


def _calendrier(action: Any, valeurs: Mapping[str, Any]) -> Texte:
    debut, fin = valeurs["date_debut"], valeurs["date_fin"]
    if debut and fin:
        return format_html("du {} au {}", date_longue(debut), date_longue(fin))
    if debut:
        return format_html("à partir du {}", date_longue(debut))
    return format_html("jusqu’au {}", date_longue(fin)) if fin else ""


def _pilote(action: Any, valeurs: Mapping[str, Any]) -> Texte:
    personne, nom = valeurs["pilote_personne"], valeurs["pilote_nom"]
    personnes = " et ".join([str(p) for p in (personne, nom) if p])
    if not valeurs["pilote"]:
        return affichage.pilote(personnes)
    organisation = affichage.pilote(valeurs["pilote"].nom)
    if not personnes:
        return organisation
    return format_html('{} <span class="discret">avec {}</span>', organisation, personnes)


def _place(action: Any, valeurs: Mapping[str, Any]) -> Texte:
    return _lignes([str(n) for n in (valeurs["axe"], valeurs["objectif"]) if n])


def _origine(action: Any, valeurs: Mapping[str, Any]) -> Texte:
    origine, precedente = en_mots("origine", valeurs["origine"]), valeurs["action_precedente"]
    if not precedente or precedente.corbeille_le or precedente.est_restreinte:
        return origine
    suite = format_html('<span class="discret">Prolonge : {}</span>', precedente)
    return format_html_join(SAUT, "{}", ((p,) for p in (origine, suite) if p))


def _participation(action: Any, valeurs: Mapping[str, Any]) -> Texte:
    niveau = en_mots("participation", valeurs["participation"])
    return _lignes([niveau, typo(valeurs["participation_detail"])])


def _autres_plans(action: Any, valeurs: Mapping[str, Any]) -> Texte:
    plans = mots([d.sigle or str(d) for d in valeurs["dispositifs"]])
    return format_html_join(" ", "{}", ((p,) for p in (plans, typo(valeurs["autres_plans"])) if p))


def _lignes(textes: list[str]) -> Texte:
    return format_html_join(SAUT, "{}", ((texte,) for texte in textes if texte))


def _visible(action: Any, valeurs: Mapping[str, Any]) -> str:
    return "Oui, sur la page du contrat" if valeurs["est_publique"] else "Non"


def _lecteurs(action: Any, valeurs: Mapping[str, Any]) -> str:
    if valeurs["est_restreinte"]:
        return "La coordination du plan et son pilote seulement"
    return "Toute l’équipe du contrat"


_COMPOSES: dict[str, Any] = {
    "statut": lambda action, valeurs: statut(action, plein=True),
    "calendrier": _calendrier,
    "pilote": _pilote,
    "place": _place,
    "origine": _origine,
    "participation": _participation,
    "autres_plans": _autres_plans,
    "est_publique": _visible,
    "est_restreinte": _lecteurs,
}
