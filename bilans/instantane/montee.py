"""Les instantanés d’avant, mis à la forme d’aujourd’hui : un bilan publié reste lisible."""

from collections.abc import Callable
from typing import Any

from bilans.codec import DonneesIllisibles

SECTIONS_D_ORIGINE = (
    "EDITO", "COMPRENDRE", "CHIFFRES_CLES", "CARTE", "AVANCEMENT", "VOLETS", "ZOOM", "INDICATEURS",
    "DIFFICULTES", "BUDGET", "PARTICIPATION", "PERSPECTIVES", "PARTENAIRES", "GLOSSAIRE", "CONTACT",
)  # fmt: skip


def montee(simple: dict[str, Any], voulu: int) -> dict[str, Any]:
    """Rend les données au schéma `voulu`. Lève DonneesIllisibles si le leur n’est pas connu."""
    schema = simple.get("schema")
    if not isinstance(schema, int) or schema > voulu or schema not in (*_MARCHES, voulu):
        raise DonneesIllisibles(f"Schéma {schema} : ce programme lit jusqu’au schéma {voulu}.")
    for marche in range(schema, voulu):
        simple = _MARCHES[marche](simple) | {"schema": marche + 1}
    return simple


def _de_1_a_2(simple: dict[str, Any]) -> dict[str, Any]:
    """Le schéma 1 n’avait ni ordre, ni images, ni argent, ni rencontres, ni annonces."""
    textes = {
        code: texte and {**texte, "photo": None}
        for code, texte in {**_VIDES, **simple["textes"]}.items()
    }
    return {
        **simple,
        "textes": textes,
        "volets": [_volet_de_1(volet) for volet in simple["volets"]],
        "sections": list(SECTIONS_D_ORIGINE),
        "apparence": {"couleur_fond": "", "couleur_accent": "", "logos": []},
        "adresse_courte": "",
        "argent": None,
        "rencontres": [],
        "decisions": [],
        "annonces": None,
    }


_VIDES = dict.fromkeys(("zoom", "comprendre", "budget"))


def _volet_de_1(volet: dict[str, Any]) -> dict[str, Any]:
    actions = [{**action, "cle": "", "rang": 0} for action in volet["actions"]]
    indicateurs = [{**indicateur, "cle": ""} for indicateur in volet["indicateurs"]]
    neufs = {"cle": "", "texte": "", "photo": None}
    return {**volet, **neufs, "actions": actions, "indicateurs": indicateurs}


def _de_2_a_3(simple: dict[str, Any]) -> dict[str, Any]:
    """Le schéma 2 ne tenait rien de ce que les élus ont à décider."""
    return {**simple, "textes": {**simple["textes"], "a_decider": None}, "mots_des_elus": []}


_MARCHES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _de_1_a_2, 2: _de_2_a_3}
