"""Ce que la page du langage montre à côté des alertes : où corriger, quel sens proposer."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from unicodedata import normalize

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
    VOLET,
)
from bilans.models import Bilan, CodeSection
from bilans.relecture_du_langage import LieuRelu

SIGLES_MONTRES = 40


@dataclass(frozen=True, slots=True)
class PartieMontree:
    """`empreinte` : celle du texte, quand on peut y remplacer un terme d’un clic ; sinon vide."""

    relu: LieuRelu
    adresse: str
    ou: str
    empreinte: str


def parties_montrees(bilan: Bilan, relus: Iterable[LieuRelu], *, peut: bool) -> list[PartieMontree]:
    return [
        PartieMontree(
            relu,
            *_ou_corriger(bilan, relu.lieu.code),
            empreinte(relu.lieu.texte) if peut and _s_ecrit_ici(relu.lieu.code) else "",
        )
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
    if _s_ecrit_ici(code):
        return reverse("bilans:ecrire_section", args=[bilan.pk, code]), "Écrire cette partie"
    if code.startswith(ACTION):
        return reverse("contrats:action", args=[code.removeprefix(ACTION)]), "Ouvrir la fiche"
    if code.startswith(INDICATEURS):
        return reverse("indicateurs:grille", args=[bilan.contrat_id]), "Ouvrir les indicateurs"
    if code in _SOUS_LE_CONTRAT:
        route, nom = _SOUS_LE_CONTRAT[code]
        return reverse(route, args=[bilan.contrat_id]), nom
    return reverse("bilans:bilan", args=[bilan.pk]), "Ouvrir le bilan"


def empreinte(texte: str) -> str:
    """Celle du texte où une proposition a été faite : s’il change, elle ne vaut plus."""
    return sha256(normalize("NFC", texte).strip().encode()).hexdigest()


def _s_ecrit_ici(code: str) -> bool:
    return code in CodeSection.values or code.startswith(VOLET)


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
