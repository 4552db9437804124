"""La place d’une fiche dans le plan : un axe, puis des objectifs l’un sous l’autre."""

import re
from dataclasses import dataclass

from cls_platform.socle.tableur.cles import cle
from contrats.models import NiveauObjectif

N = NiveauObjectif
_MOT = (
    r"axes?(?:\s+strat[ée]giques?)?|sous[- ]axe|objectifs?(?:\s+(?:strat[ée]giques?|"
    r"op[ée]rationnels?|sp[ée]cifiques?|g[ée]n[ée]ra(?:l|ux)))?|obj\.?|OS|OO|OG"
)
_NUMERO = r"\d+(?:\.\d+)*|[IVX]{1,4}(?=\s*[.:)\-–—]|$)|[A-Z](?=\s*[.:)])"
_LIGNE = re.compile(
    rf"^(?:(?P<mot>{_MOT})\b\s*)?(?:n\s*°\s*)?(?:(?P<numero>{_NUMERO})\s*)?(?P<sep>[.:)\-–—]*)\s*(?P<titre>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_COUPURES = re.compile(r"\n|\s+[>→»]\s+")


@dataclass(frozen=True, slots=True)
class Niveau:
    """`niveau` vide : un axe."""

    niveau: str
    numero: str
    titre: str

    @property
    def cle(self) -> tuple[str, str]:
        return self.numero.lower().strip("."), cle(self.titre)


Chaine = tuple[Niveau, ...]


def lire_cellule(texte: str, niveau: str) -> Chaine:
    """Un niveau, ou plusieurs écrits dans la même cellule, du plus haut au plus bas.

    Une ligne sans numéro ni mot de niveau continue la précédente quand celle-ci en a un.
    """
    parts: list[tuple[str, str, str]] = []
    for part in _COUPURES.split(texte):
        if not (nu := " ".join(part.split())):
            continue
        mot, numero, titre = _lire_ligne(nu)
        if parts and not mot and not numero and (parts[-1][0] or parts[-1][1]):
            avant = parts.pop()
            parts.append((avant[0], avant[1], f"{avant[2]} {titre}".strip()))
        else:
            parts.append((mot, numero, titre))
    return tuple(
        Niveau(_niveau_de(mot, niveau), numero, titre or mot_et_numero(mot, numero))
        for mot, numero, titre in parts
    )


def _lire_ligne(texte: str) -> tuple[str, str, str]:
    trouve = _LIGNE.match(texte)
    if not trouve:
        return "", "", texte
    mot, numero, titre = trouve["mot"] or "", trouve["numero"] or "", trouve["titre"].strip()
    if numero and not mot and not trouve["sep"] and not numero[0].isdigit():
        return "", "", texte
    if mot and not numero and not trouve["sep"]:
        # « Objectif santé » est un titre, pas un niveau
        return "", "", texte
    return mot, numero, titre


def mot_et_numero(mot: str, numero: str) -> str:
    return f"{mot} {numero}".strip()


def _niveau_de(mot: str, niveau: str) -> str:
    nu = cle(mot)
    if nu.startswith("axe"):
        return ""
    for debut, trouve in (
        ("sous axe", N.SOUS_AXE), ("oo", N.OPERATIONNEL), ("og", N.GENERAL),
        ("os", N.STRATEGIQUE), ("objectif strat", N.STRATEGIQUE),
        ("objectifs strat", N.STRATEGIQUE),
        ("objectif op", N.OPERATIONNEL), ("objectifs op", N.OPERATIONNEL),
        ("objectif sp", N.SPECIFIQUE), ("objectifs sp", N.SPECIFIQUE),
        ("objectif ge", N.GENERAL), ("objectifs ge", N.GENERAL),
    ):  # fmt: skip
        if nu.startswith(debut):
            return trouve
    return niveau


def est_un_titre_de_groupe(texte: str) -> bool:
    """« AXE 2 – Prévention », « Objectif 1.2 : … » au-dessus d’un groupe de lignes."""
    mot, numero, _ = _lire_ligne(" ".join(texte.split()))
    return bool(mot and numero)
