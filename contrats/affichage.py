"""Une fiche action comme on la montre : cellules du plan et champs de la fiche, prêts à écrire.

Le plan en montre beaucoup : chaque rangée est du HTML préparé ici, le gabarit n’a plus de calcul.
Une cellule s’écrit une fois par processus ; chaque fiche y pose son identifiant et sa valeur.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from html import escape
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cls_platform.socle import presentation, typographie
from cls_platform.socle.templatetags.francais import date_courte
from contrats import adresses
from contrats.etats import StatutAction

SANS_ACTION = str(adresses.SANS_OBJET)
# Tient la place de la valeur dans une cellule modèle ; aucun texte français n’emploie ce caractère
VALEUR = SafeString("\ue000")
SANS_MONTANT = SafeString(
    '<span class="discret">–<span class="invisible"> aucun montant prévu</span></span>'
)
MOT_DU_STATUT = dict(StatutAction.choices)
JOURS_DE_QUATRE_MOIS = 122


def adresse_de(action: UUID | str) -> str:
    return adresses.adresse_de("contrats:action", action)


def adresse_du_champ(action: UUID | str, champ: str) -> str:
    return adresses.adresse_de("contrats:action_champ", action, champ)


def identifiant(champ: str, action: UUID | str) -> str:
    return f"champ-{champ}-{action}"


def ligne(
    fiche: Mapping[str, Any],
    *,
    le: date,
    est_modifiable: bool,
    pilote_modifiable: bool,
    etat: str = "",
    avec_coche: bool = False,
    avec_budget: bool = False,
) -> SafeString:
    """La rangée d’une fiche dans `_table_plan.html` ; `etat` : « hidden » si l’axe est replié.

    `avec_coche`, `avec_budget` : la table a une colonne pour cocher les fiches, une pour leur coût.
    """
    cle, ouverte = str(fiche["id"]), est_modifiable
    mot = reperee("statut", cle, statut(fiche["statut_affiche"]))
    fin = reperee("echeance", cle, echeance(fiche, le))
    qui = pilote(nom_du_pilote(fiche))
    return SafeString(
        f'<tr class="fiche" id="fiche-{cle}" role="row"{etat}>'
        f"{coche(fiche, ouverte=ouverte) if avec_coche else ''}"
        f'<td class="c-num num" role="cell">{escape(fiche["numero"])}</td>'
        '<th class="c-titre" scope="row" role="rowheader">'
        f"{cellule(cle, 'titre', 'titre', escape(fiche['titre']), ouverte=ouverte)}</th>"
        '<td class="c-statut" role="cell">'
        f"{cellule(cle, 'statut', 'statut', mot, ouverte=ouverte)}</td>"
        '<td class="c-pilote" role="cell">'
        f"{cellule(cle, 'pilote', 'pilote', qui, ouverte=pilote_modifiable)}</td>"
        '<td class="c-echeance" role="cell">'
        f"{cellule(cle, 'calendrier', 'échéance', fin, ouverte=ouverte)}</td>"
        f'<td class="c-avance" role="cell"><span id="avancement-{cle}">'
        f"{avancement(fiche['avancement'])}</span></td>"
        f"{case_budget(budget(fiche.get('cout'))) if avec_budget else ''}</tr>"
    )


def case_budget(ecrit: str) -> str:
    """La dernière case d’une rangée, quand la table a une colonne « Budget »."""
    return f'<td class="c-budget d" role="cell">{ecrit}</td>'


def budget(cout: Decimal | None) -> str:
    """« 48 000 € » ; un tiret, dit en mots à qui ne le voit pas, sans aucun montant."""
    return typographie.euros(cout) if cout is not None else SANS_MONTANT


def coche(fiche: Mapping[str, Any], *, ouverte: bool) -> str:
    """La case d’une fiche, reliée au formulaire des lots ; une cellule vide si elle est fermée."""
    return f'<td class="c-coche" role="cell">{case_a_cocher(fiche) if ouverte else ""}</td>'


def case_a_cocher(fiche: Mapping[str, Any]) -> str:
    nom = escape(f"{fiche['numero']} {fiche['titre']}")
    return (
        '<input class="coche" type="checkbox" form="lot" name="fiche" '
        f'value="{fiche["id"]}" aria-label="Cocher la fiche {nom}">'
    )


def cellule(cle: str, champ: str, nom: str, valeur: str, *, ouverte: bool) -> str:
    """`valeur` est déjà échappée ; `ouverte` : la personne peut la modifier sur place."""
    modele = _cellule_modele(champ, nom, ouverte=ouverte, est_vide=not valeur)
    return modele.replace(SANS_ACTION, cle).replace(VALEUR, valeur)


@cache
def _cellule_modele(champ: str, nom: str, *, ouverte: bool, est_vide: bool) -> str:
    return presentation.champ_en_place(
        identifiant(champ, SANS_ACTION),
        nom,
        "" if est_vide else VALEUR,
        adresse_du_champ(SANS_ACTION, champ) if ouverte else "",
        manque=MANQUES.get(champ, ""),
        lien=adresse_de(SANS_ACTION) if champ == "titre" else "",
    )


SANS_PILOTE = format_html(
    '<span class="avec-pastille">{}<span class="manque">Sans pilote</span></span>',
    presentation.pastille(""),
)
MANQUES = {"pilote": SANS_PILOTE, "calendrier": "Sans échéance"}


def nom_du_pilote(fiche: Mapping[str, Any]) -> str:
    """L’organisation ; à défaut, la personne, avec ou sans compte."""
    if fiche["pilote__nom"]:
        return fiche["pilote__nom"]
    prenom, nom = fiche["pilote_personne__prenom"], fiche["pilote_personne__nom"]
    return f"{prenom or ''} {nom or ''}".strip() or fiche.get("pilote_nom", "")


@lru_cache(maxsize=4096)
def pilote(nom: str) -> SafeString | str:
    """Initiales et nom ; vide sans pilote."""
    if not nom:
        return ""
    return format_html(
        '<span class="avec-pastille">{}<span>{}</span></span>', presentation.pastille(nom), nom
    )


@lru_cache(maxsize=64)
def statut(code: str, *, plein: bool = False) -> SafeString:
    return presentation.statut(code, MOT_DU_STATUT[code], plein=plein)


def echeance(fiche: Mapping[str, Any], le: date) -> SafeString | str:
    """La date, et dessous le retard en toutes lettres ; vide sans échéance."""
    fin = fiche["date_fin"]
    if fin is None:
        return ""
    if fiche["statut_affiche"] != StatutAction.EN_RETARD or fin >= le:
        return _date_courte(fin)
    return format_html(
        '{}<span class="retard">{}{} de retard</span>',
        _date_courte(fin),
        presentation.icone("horloge"),
        duree_en_jours((le - fin).days),
    )


def reperee(genre: str, cle: UUID | str, valeur: SafeString | str) -> SafeString | str:
    """Une valeur que l’on sait retrouver dans la page pour la rafraîchir : « statut-<uuid> »."""
    if not valeur:
        return ""
    return SafeString(f'<span id="{genre}-{cle}">{presentation.sure(valeur)}</span>')


def duree_en_jours(jours: int) -> str:
    """« 47 j » ; au-delà de quatre mois, en mois."""
    if jours > JOURS_DE_QUATRE_MOIS:
        return f"{round(jours / 30.44)}{typographie.INSECABLE}mois"
    return f"{jours}{typographie.INSECABLE}j"


@lru_cache(maxsize=4096)
def _date_courte(jour: date) -> SafeString | str:
    return date_courte(jour)


def avancement(part: float) -> SafeString:
    """`part` va de 0 à 1."""
    return presentation.avancement(round(part * 100))


def nombre_de_fiches(nombre: int) -> str:
    return typographie.pluriel(nombre, "fiche")
