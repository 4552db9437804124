"""Ce que la page du langage montre à côté des alertes : où corriger, quel sens proposer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bilans.forms.langage import SigleForm
from bilans.langage import SigleLu
from bilans.lieux import (
    ACTION,
    FINANCEMENTS,
    INDICATEURS,
    PARTENAIRES,
    PRESENTATION,
    REUNIONS,
    SANS_AXE,
    VOLET,
)
from bilans.models import Bilan, CodeSection
from bilans.relecture_du_langage import LieuRelu

SIGLES_MONTRES = 40


@dataclass(frozen=True, slots=True)
class PartieMontree:
    """`version` : celle du texte, quand on peut y remplacer un terme d’un clic ; sinon None."""

    relu: LieuRelu
    adresse: str
    ou: str
    version: int | None


def adresses_des_lieux(
    bilan: Bilan, relus: Iterable[LieuRelu], versions: Mapping[str, int]
) -> list[PartieMontree]:
    return [
        PartieMontree(relu, *_ou_corriger(bilan, relu.lieu.code), versions.get(relu.lieu.code))
        for relu in relus
    ]


# (adresse sous le contrat, nom de la page) des lieux qui ne s’écrivent pas dans le bilan
_SOUS_LE_CONTRAT = {
    PRESENTATION: ("contrats:modifier", "Modifier la présentation"),
    PARTENAIRES: ("contrats:signataires", "Ouvrir les signataires"),
    REUNIONS: ("contrats:gouvernance", "Ouvrir la gouvernance"),
    FINANCEMENTS: ("contrats:plan_budget", "Ouvrir le budget"),
}


def _ou_corriger(bilan: Bilan, code: str) -> tuple[str, str]:
    """L’adresse où ce texte s’écrit, et le nom de cette page."""
    if code in CodeSection.values or code.startswith(VOLET):
        return reverse("bilans:ecrire_section", args=[bilan.pk, code]), "Écrire cette partie"
    if code.startswith(ACTION):
        return reverse("contrats:action", args=[code.removeprefix(ACTION)]), "Ouvrir la fiche"
    if code.startswith(INDICATEURS):
        return reverse("indicateurs:grille", args=[bilan.contrat_id]), "Ouvrir les indicateurs"
    if code in _SOUS_LE_CONTRAT:
        route, nom = _SOUS_LE_CONTRAT[code]
        return reverse(route, args=[bilan.contrat_id]), nom
    return reverse("bilans:bilan", args=[bilan.pk]), "Ouvrir le bilan"


def versions_des_parties(bilan: Bilan) -> dict[str, int]:
    """La version de chaque texte écrit dans le bilan. Deux requêtes."""
    sections = bilan.sections.exclude(texte="").values_list("code", "version")
    volets = bilan.volets.exclude(texte="").values_list("axe_id", "version")
    return {
        **dict(sections),
        **{f"{VOLET}{axe or SANS_AXE}": version for axe, version in volets},
    }


def formulaire_du_sigle(lu: SigleLu, donnees: Any = None) -> SigleForm:
    """Ses sens connus, et la décision déjà prise s’il y en a une."""
    sens = [(d.code, d.terme) for d in lu.sens if d.code]
    codes = {terme: code for code, terme in sens}
    decision = lu.decision
    depart: dict[str, Any] = {"version": lu.version}
    if decision:
        choix = decision.choix if decision.choix != "SENS" else codes.get(decision.terme, "")
        depart |= {
            "choix": choix,
            "terme": decision.terme,
            "explication": decision.explication,
            "raison": decision.raison,
        }
    elif not sens:
        depart["choix"] = "EXPLIQUE"
    return SigleForm(donnees, lu=lu, sens=sens, initial=depart)
