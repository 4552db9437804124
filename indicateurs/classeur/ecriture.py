"""Le classeur à remplir : les années en colonnes ; ce qui ne se saisit pas est verrouillé."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import xlsxwriter

from cls_platform.socle.tableur.liste import REGLAGES
from indicateurs.grille.lecture import Contenu
from indicateurs.models import Indicateur, Qualite
from indicateurs.saisie_case import ecrire_case

FEUILLE, AIDE = "Saisie", "Mode d’emploi"
ENTETES = ("Identifiant", "Code", "Indicateur", "Unité", "Cible")
LIGNE_DES_ENTETES = 2
LARGEURS = (14, 9, 52, 22, 12)
CONSEILS = (
    "Remplissez les cases blanches, une colonne par année. Les cases grises sont verrouillées.",
    "Une case vide ne change rien. Pour effacer une valeur, faites-le sur la plateforme.",
    "Un nombre s’écrit 1234,5. Un rapport s’écrit avec ses deux nombres : 5184 / 41806.",
    "Qualité : « 12,4 p » pour une valeur provisoire, « 540 e » pour une valeur estimée.",
    "« secret » : valeur masquée (secret statistique). « nd » : valeur non disponible.",
    "Vous pouvez ajouter une colonne d’année à droite, avec l’année dans l’en-tête.",
    "Ne changez pas la première colonne : elle relie chaque ligne à son indicateur.",
    "Au retour, un rapport dit case par case ce qui changera, avant votre accord.",
)


@dataclass(frozen=True, slots=True)
class Rangee:
    """Une ligne du classeur : un indicateur, ou une part de ses valeurs."""

    cle: str
    indicateur: Indicateur
    libelle: str
    modalite: str
    valeurs: dict[int, Any]
    est_ouverte: bool


def rangees_de(contenu: Contenu, saisissables: set[UUID]) -> Iterator[Rangee]:
    for indicateur in contenu.indicateurs:
        pk, ouverte = indicateur.pk, indicateur.est_saisi and indicateur.pk in saisissables
        valeurs = contenu.lues.get(pk, {}) | contenu.entieres.get(pk, {})
        yield Rangee(pk.hex, indicateur, indicateur.libelle, "", valeurs, ouverte)
        for (code, nom), parts in contenu.parts.get(pk, {}).items():
            yield Rangee(f"{pk.hex}.{code}", indicateur, f"   dont {nom}", code, parts, ouverte)


def ecrire_le_classeur(titre: str, contenu: Contenu, saisissables: set[UUID]) -> bytes:
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, REGLAGES | {"constant_memory": False})
    formats = _formats(classeur)
    feuille = classeur.add_worksheet(FEUILLE)
    annees = contenu.fenetre.annees
    _tete(feuille, titre, annees, formats)
    for rang, rangee in enumerate(rangees_de(contenu, saisissables), LIGNE_DES_ENTETES + 1):
        _rangee(feuille, rang, rangee, contenu, formats)
    feuille.protect("", {"format_columns": True, "insert_columns": True, "sort": True})
    _aide(classeur.add_worksheet(AIDE), formats)
    classeur.close()
    return sortie.getvalue()


def _formats(classeur: Any) -> dict[str, Any]:
    gris, base = {"bg_color": "#F3F0ED"}, {"border": 1, "border_color": "#D9D3CE", "valign": "top"}
    ouverts = {
        f"n{n}": classeur.add_format(
            {**base, "locked": False, "num_format": f"#,##0.{'0' * n}" if n else "#,##0"}
        )
        for n in range(5)
    }
    return ouverts | {
        "tete": classeur.add_format({**base, **gris, "bold": True, "text_wrap": True}),
        "lue": classeur.add_format({**base, **gris, "text_wrap": True}),
        "texte": classeur.add_format({**base, "locked": False, "align": "right"}),
        "titre": classeur.add_format({"bold": True, "font_size": 14}),
        "retour": classeur.add_format({"text_wrap": True}),
    }


def _tete(feuille: Any, titre: str, annees: Iterable[int], formats: dict[str, Any]) -> None:
    feuille.write_string(0, 2, titre, formats["titre"])
    feuille.write_string(1, 2, CONSEILS[0])
    for rang, (entete, largeur) in enumerate(zip(ENTETES, LARGEURS, strict=True)):
        feuille.write_string(LIGNE_DES_ENTETES, rang, entete, formats["tete"])
        feuille.set_column(rang, rang, largeur, None, {"hidden": rang == 0})
    for rang, annee in enumerate(annees, len(ENTETES)):
        feuille.write_number(LIGNE_DES_ENTETES, rang, annee, formats["tete"])
        feuille.set_column(rang, rang, 16)
    feuille.freeze_panes(LIGNE_DES_ENTETES + 1, 3)


def _rangee(
    feuille: Any, rang: int, rangee: Rangee, contenu: Contenu, formats: dict[str, Any]
) -> None:
    indicateur = rangee.indicateur
    cible = "" if rangee.modalite or indicateur.cible is None else f"{indicateur.cible:f}"
    textes = (rangee.cle, indicateur.code, rangee.libelle, indicateur.unite)
    for place, texte in enumerate(textes):
        feuille.write_string(rang, place, texte, formats["lue"])
    if cible:
        feuille.write_number(rang, 4, float(cible), formats["lue"])
    else:
        feuille.write_blank(rang, 4, None, formats["lue"])
    if not rangee.modalite and (note := _note(indicateur)):
        feuille.write_comment(rang, 2, note, {"x_scale": 2, "y_scale": 1.5})
    for place, annee in enumerate(contenu.fenetre.annees, len(ENTETES)):
        ouverte = rangee.est_ouverte and (indicateur.pk, annee) not in contenu.morceaux
        _case(feuille, rang, place, rangee, rangee.valeurs.get(annee), formats, ouverte=ouverte)


def _note(indicateur: Indicateur) -> str:
    lignes = (
        indicateur.definition,
        f"Source : {indicateur.source}" if indicateur.source else "",
        f"Limites : {indicateur.limites}" if indicateur.limites else "",
        f"{indicateur.numerateur} / {indicateur.denominateur}" if indicateur.est_ratio else "",
    )
    return "\n".join(ligne for ligne in lignes if ligne)[:1000]


def _case(
    feuille: Any, rang: int, place: int, rangee: Rangee, valeur: Any, formats: dict[str, Any],
    *, ouverte: bool,
) -> None:  # fmt: skip
    """Un nombre reste un nombre ; un rapport, une qualité ou un secret sont du texte."""
    nombre = formats[f"n{rangee.indicateur.decimales}"] if ouverte else formats["lue"]
    texte = formats["texte"] if ouverte else formats["lue"]
    if valeur is None:
        feuille.write_blank(rang, place, None, nombre)
    elif est_un_simple_nombre(valeur):
        feuille.write_number(rang, place, float(valeur.valeur), nombre)
    else:
        feuille.write_string(rang, place, ecrire_case(valeur), texte)
    if ouverte:
        feuille.data_validation(rang, place, rang, place, _controle(rangee.indicateur))


def est_un_simple_nombre(valeur: Any) -> bool:
    definitive = valeur.qualite == Qualite.DEFINITIVE and valeur.valeur is not None
    return definitive and (valeur.numerateur is None or valeur.denominateur is None)


def _controle(indicateur: Indicateur) -> dict[str, Any]:
    """Un avertissement, jamais un refus : « secret » ou « 12,4 p » sont permis."""
    exemple = "5184 / 41806" if indicateur.est_ratio else "1234,5"
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -9999999999,
        "maximum": 9999999999,
        "ignore_blank": True,
        "error_type": "information",
        "input_title": indicateur.libelle[:32],
        "input_message": f"En {indicateur.unite}, par exemple {exemple}."[:255],
        "error_title": "Ce n’est pas un nombre seul",
        "error_message": f"Permis : {exemple}, 12,4 p, 540 e, secret, nd.",
    }


def _aide(feuille: Any, formats: dict[str, Any]) -> None:
    feuille.set_column(0, 0, 100)
    for rang, conseil in enumerate(CONSEILS):
        feuille.write_string(rang, 0, conseil, formats["retour"])
