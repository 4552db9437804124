"""Les sections d’une fiche faites de champs : une valeur de la base entre, un texte en sort."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from bilans.dossier.contenu import Champ
from bilans.dossier.lecture import FichesLues
from bilans.dossier.passages import champ, liste
from bilans.dossier.sections import SectionFiche
from cls_platform.socle.typographie import date_longue
from contrats import genres_libres
from contrats.champs_fiche import CHAMPS_EN_PLACE
from contrats.forms.valeurs_action import en_mots
from contrats.models import RoleActeur


def personnes_de(action: Any) -> str:
    """La personne pilote, avec un compte, sans, ou les deux."""
    return " et ".join(str(p) for p in (action.pilote_personne, action.pilote_nom) if p)


def pilote(action: Any) -> str:
    """« CPTS des Essais, avec Paul Pilote »."""
    personnes = personnes_de(action)
    if not action.pilote:
        return personnes
    return f"{action.pilote.nom}, avec {personnes}" if personnes else action.pilote.nom


def calendrier(debut: date | None, fin: date | None) -> str:
    if debut and fin:
        return f"du {date_longue(debut)} au {date_longue(fin)}"
    if debut:
        return f"à partir du {date_longue(debut)}"
    return f"jusqu’au {date_longue(fin)}" if fin else ""


def _lignes(*textes: str) -> str:
    return "\n".join(texte for texte in textes if texte)


def _origine(action: Any) -> str:
    """La fiche qu’elle prolonge n’est pas nommée si elle est réservée, ou à la corbeille."""
    avant = action.action_precedente
    nommee = avant and not avant.est_restreinte and not avant.corbeille_le
    suite = f"Prolonge : {avant}" if nommee else ""
    return _lignes(en_mots("origine", action.origine), suite)


def _participation(action: Any) -> str:
    niveau = en_mots("participation", action.participation)
    return _lignes(niveau, action.participation_detail)


def _autres_plans(action: Any) -> str:
    plans = ", ".join(d.sigle or d.libelle for d in action.dispositifs.all())
    return _lignes(plans, action.autres_plans)


def _roles(action: Any, role: str) -> list[str]:
    return [lien.acteur.nom for lien in action.liens_acteurs.all() if lien.role == role]


def _nomme(nom: str, texte: str) -> Champ:
    return champ(CHAMPS_EN_PLACE[nom].libelle, texte)


def _texte(nom: str) -> Callable[[Any], Champ]:
    return lambda action: _nomme(nom, getattr(action, nom))


def _choix(nom: str) -> Callable[[Any], Champ]:
    return lambda action: _nomme(nom, en_mots(nom, getattr(action, nom)))


def _compose(nom: str, ecrire: Callable[[Any], str]) -> Callable[[Any], Champ]:
    return lambda action: _nomme(nom, ecrire(action))


def _liste(nom: str) -> Callable[[Any], Champ]:
    return lambda action: liste(CHAMPS_EN_PLACE[nom].libelle, getattr(action, nom).all())


def _role(nom: str, role: str) -> Callable[[Any], Champ]:
    return lambda action: liste(CHAMPS_EN_PLACE[nom].libelle, _roles(action, role))


# Par section, le nom de chaque champ dans la table de la fiche, et comment il s’écrit ; le pilote,
# les dates et la priorité sont des repères, en tête de chaque fiche
CHAMPS: dict[SectionFiche, dict[str, Callable[[Any], Champ]]] = {
    SectionFiche.PILOTAGE: {
        "services_pilotes": _texte("services_pilotes"),
        "elu_referent": _texte("elu_referent"),
        "copilotes": _role("copilotes", RoleActeur.COPILOTE),
        "instance": _texte("instance"),
        "origine": _compose("origine", _origine),
    },
    SectionFiche.OBJECTIFS: {
        "contexte": _texte("contexte"),
        "objectif_general": _texte("objectif_general"),
        "objectifs_operationnels": _texte("objectifs_operationnels"),
        "resultats_attendus": _texte("resultats_attendus"),
    },
    SectionFiche.DESCRIPTION: {
        "description": _texte("description"),
        "resume_public": _texte("resume_public"),
    },
    SectionFiche.PUBLICS: {
        "populations": _liste("populations"),
        "communes": _liste("communes"),
        "quartiers": _texte("quartiers"),
        "participation": _compose("participation", _participation),
    },
    SectionFiche.PARTENAIRES: {
        "partenaires": _role("partenaires", RoleActeur.PARTENAIRE),
        "intervenants": _role("intervenants", RoleActeur.INTERVENANT),
        "financeurs": _role("financeurs", RoleActeur.FINANCEUR),
    },
    SectionFiche.CALENDRIER: {
        "est_annuelle": _compose("est_annuelle", lambda a: "Oui" if a.est_annuelle else ""),
        "echeancier": _texte("echeancier"),
    },
    SectionFiche.MOYENS: {"moyens": _texte("moyens")},
    SectionFiche.EVALUATION: {"modalites_evaluation": _texte("modalites_evaluation")},
    SectionFiche.FREINS: {"freins": _texte("freins"), "leviers": _texte("leviers")},
    SectionFiche.RATTACHEMENTS: {
        "themes": _liste("themes"),
        "sous_themes": _liste("sous_themes"),
        "types_action": _liste("types_action"),
        "niveau_prevention": _choix("niveau_prevention"),
        "determinants": _liste("determinants"),
        "ottawa": _liste("ottawa"),
        "objectifs_regionaux": _liste("objectifs_regionaux"),
        "autres_plans": _compose("autres_plans", _autres_plans),
    },
}


def champs_de(action: Any, section: SectionFiche, lues: FichesLues, *, vides: bool) -> list[Champ]:
    """Les champs remplis ; avec `vides`, aussi ceux que la fiche montre toujours à l’écran."""
    if section == SectionFiche.LIBRES:
        return _garder(_libres(action, lues), vides=vides)
    ecrits = ((nom, ecrire(action)) for nom, ecrire in CHAMPS.get(section, {}).items())
    return [un for nom, un in ecrits if un.passages or (vides and CHAMPS_EN_PLACE[nom].est_courant)]


def _libres(action: Any, lues: FichesLues) -> list[Champ]:
    valeurs = {v.champ_id: v.valeur for v in action.valeurs_libres.all()}
    return [
        champ(libre.libelle, genres_libres.en_mots(libre.genre, valeurs.get(libre.pk, "")))
        for libre in lues.champs_libres
    ]


def _garder(champs: Iterable[Champ], *, vides: bool) -> list[Champ]:
    return [un for un in champs if un.passages or vides]
