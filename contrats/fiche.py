"""Une fiche action à l’écran : ses repères, ses champs au repos, son journal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cls_platform.socle import typographie
from cls_platform.socle.templatetags.francais import date_longue, typo
from contrats import affichage
from contrats.forms.action import CHAMPS_EN_PLACE, valeurs_de

# Une Action de `pour_fiche` : elle porte aussi `statut_affiche` et `avancement`
FicheLue = Any
MANQUE_ECHEANCE = format_html('<span class="manque">{}</span>', "Sans échéance")
SAUT = SafeString("<br>")
# Le champ contient déjà la valeur rafraîchie
MONTREE_PAR_LE_PLAN = {"statut": "statut-{}", "calendrier": "echeance-{}"}
MONTREE_PAR_LA_FICHE = {"statut": "statut-{}"}


@dataclass(frozen=True, slots=True)
class ChampAffiche:
    """Les paramètres de `composants/enplace.html`."""

    identifiant: str
    nom: str
    valeur: SafeString | str
    adresse: str
    aide: str = ""
    manque: str = ""
    enregistre: str = ""
    raison: str = ""
    lien: str = ""
    multiligne: bool = False


@dataclass(frozen=True, slots=True)
class Entete:
    """Les faits d’une fiche, déjà écrits."""

    numero: str
    titre: str
    pilote: SafeString | str
    echeance: SafeString | str
    avancement: SafeString


def nom_court(action: FicheLue) -> str:
    return f"Fiche {action.numero}" if action.numero else "Fiche"


def a_plat(action: FicheLue) -> dict[str, Any]:
    """Une action de `pour_fiche` comme une ligne de `pour_plan`."""
    personne = action.pilote_personne
    return {
        "id": action.pk,
        "numero": action.numero,
        "titre": action.titre,
        "statut_affiche": action.statut_affiche,
        "date_fin": action.date_fin,
        "pilote__nom": action.pilote.nom if action.pilote else None,
        "pilote_personne__prenom": personne.prenom if personne else None,
        "pilote_personne__nom": personne.nom if personne else None,
        "avancement": action.avancement,
    }


def entete(action: FicheLue, le: date) -> Entete:
    plate = a_plat(action)
    return Entete(
        numero=action.numero,
        titre=action.titre,
        pilote=affichage.pilote(affichage.nom_du_pilote(plate)) or affichage.SANS_PILOTE,
        echeance=affichage.echeance(plate, le) or MANQUE_ECHEANCE,
        avancement=affichage.avancement(action.avancement),
    )


def cellule(
    action: FicheLue, nom: str, *, est_modifiable: bool, le: date, enregistre: str = ""
) -> ChampAffiche:
    """Le même champ, tel que le plan le montre."""
    plate = a_plat(action)
    valeurs = {
        "titre": ("titre", action.titre, ""),
        "statut": ("statut", _statut(action), ""),
        "pilote": (
            "pilote",
            affichage.pilote(affichage.nom_du_pilote(plate)),
            affichage.SANS_PILOTE,
        ),
        "calendrier": (
            "échéance",
            affichage.reperee("echeance", action.pk, affichage.echeance(plate, le)),
            "Sans échéance",
        ),
    }
    libelle, valeur, manque = valeurs[nom]
    return ChampAffiche(
        identifiant=affichage.identifiant(nom, action.pk),
        nom=libelle,
        valeur=valeur,
        adresse=affichage.adresse_du_champ(action.pk, nom) if est_modifiable else "",
        manque=manque,
        enregistre=enregistre,
        lien=affichage.adresse_de(action.pk) if nom == "titre" else "",
    )


def dependances(action: FicheLue, nom: str, le: date, *, dans_le_plan: bool) -> dict[str, Any]:
    """Ce qu’un changement fait bouger ailleurs dans la page : identifiant, nouveau contenu."""
    plate, cle = a_plat(action), action.pk
    toutes = {
        f"statut-{cle}": affichage.statut(action.statut_affiche, plein=not dans_le_plan),
        f"echeance-{cle}": affichage.echeance(plate, le),
        f"avancement-{cle}": affichage.avancement(action.avancement),
    }
    if dans_le_plan:
        toutes = {cible: contenu for cible, contenu in toutes.items() if contenu}
        toutes.pop(MONTREE_PAR_LE_PLAN.get(nom, "").format(cle), None)
    else:
        toutes.pop(MONTREE_PAR_LA_FICHE.get(nom, "").format(cle), None)
        faits = entete(action, le)
        toutes |= {f"titre-{cle}": faits.titre, f"pilote-{cle}": faits.pilote}
        toutes[f"echeance-{cle}"] = faits.echeance
    return toutes


def champ(
    action: FicheLue, nom: str, *, est_modifiable: bool, le: date, enregistre: str = ""
) -> ChampAffiche:
    definition = CHAMPS_EN_PLACE[nom]
    return ChampAffiche(
        identifiant=affichage.identifiant(nom, action.pk),
        nom=definition.libelle.lower(),
        valeur=_valeur(action, nom),
        adresse=affichage.adresse_du_champ(action.pk, nom) if est_modifiable else "",
        aide=definition.aide,
        manque=definition.manque if est_modifiable else "Non renseigné",
        enregistre=enregistre,
        multiligne=nom in {"contexte", "description", "resultats_attendus", "resume_public"},
    )


def _valeur(action: FicheLue, nom: str) -> SafeString | str:
    if nom in {"themes", "populations", "partenaires"}:
        return _mots([str(element) for element in valeurs_de(action, [nom])[nom]])
    ecritures = {
        "statut": lambda: _statut(action, plein=True),
        "calendrier": lambda: _calendrier(action),
        "pilote": lambda: _pilote(action),
        "place": lambda: _place(action),
        "est_publique": lambda: "Oui, sur la page du contrat" if action.est_publique else "Non",
    }
    return ecritures[nom]() if nom in ecritures else typo(getattr(action, nom))


def _statut(action: FicheLue, *, plein: bool = False) -> SafeString | str:
    signe = affichage.statut(action.statut_affiche, plein=plein)
    return affichage.reperee("statut", action.pk, signe)


def _mots(libelles: list[str]) -> SafeString | str:
    if not libelles:
        return ""
    mots = format_html_join("", '<span class="mot">{}</span>', ((mot,) for mot in libelles))
    return format_html('<span class="mots">{}</span>', mots)


def _calendrier(action: FicheLue) -> SafeString | str:
    debut, fin = action.date_debut, action.date_fin
    if debut and fin:
        return format_html("du {} au {}", date_longue(debut), date_longue(fin))
    if debut:
        return format_html("à partir du {}", date_longue(debut))
    return format_html("jusqu’au {}", date_longue(fin)) if fin else ""


def _pilote(action: FicheLue) -> SafeString | str:
    personne = action.pilote_personne
    if action.pilote and personne:
        return format_html(
            '{} <span class="discret">avec {}</span>', affichage.pilote(action.pilote.nom), personne
        )
    return affichage.pilote(affichage.nom_du_pilote(a_plat(action)))


def _place(action: FicheLue) -> SafeString | str:
    rattaches = [str(niveau) for niveau in (action.axe, action.objectif) if niveau]
    return format_html_join(SAUT, "{}", ((niveau,) for niveau in rattaches))


def filtres_d_origine(request: HttpRequest) -> QueryDict:
    """Les filtres de la page du plan d’où vient la demande htmx."""
    return QueryDict(request.htmx.current_url_abs_path.partition("?")[2])  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Completude:
    """`resume` : « 10 éléments sur 12 »."""

    pourcentage: int
    resume: str


def completude(champs: list[ChampAffiche]) -> Completude:
    remplis = sum(bool(champ.valeur) for champ in champs)
    resume = f"{typographie.pluriel(remplis, 'élément')} sur {len(champs)}"
    return Completude(round(100 * remplis / len(champs)), resume)
