"""Les étapes d’une fiche dans une cellule : une par ligne, son échéance et son état à la suite."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cls_platform.socle.tableur.cles import cle
from contrats.tableur.dates import PasUneDate, etendue

_PUCE = re.compile(r"^\s*(?:[-–•*·▪►☐□✓✔☑✅❌]|\[[ xX]?\]|\d{1,2}\s*[.)](?=\s))\s*")
_SUFFIXE = re.compile(r"\s*\(([^()]*)\)\s*$")
_FAITE = re.compile(r"^\s*(?:[✓✔☑✅]|\[[xX]\])")


@dataclass(frozen=True, slots=True)
class EtapeLue:
    libelle: str
    echeance: date | None = None
    fait_le: date | None = None
    est_abandonne: bool = False
    est_annuel: bool = False


def ecrire(etapes: Iterable[Any]) -> str:
    """« Signer la convention (échéance 30/04/2025, terminée le 31/03/2025) »."""
    return "\n".join(_ecrire_une(etape) for etape in etapes)


def _ecrire_une(etape: Any) -> str:
    precisions = []
    if etape.echeance:
        precisions.append(f"échéance {etape.echeance:%d/%m/%Y}")
    if etape.fait_le:
        precisions.append(f"terminée le {etape.fait_le:%d/%m/%Y}")
    if etape.est_abandonne:
        precisions.append("abandonnée")
    if etape.est_annuel:
        precisions.append("tous les ans")
    libelle = " ".join(etape.libelle.split())
    return f"{libelle} ({', '.join(precisions)})" if precisions else libelle


def lire(texte: str, le: date) -> list[EtapeLue]:
    """`le` : le jour où une étape cochée sans date est dite terminée. Lève PasUneDate."""
    return [_lire_une(ligne, le) for ligne in texte.split("\n") if cle(ligne)]


def reperer(etapes: Iterable[Any]) -> dict[tuple[str, int], Any]:
    """Chaque étape sous son nom et son rang parmi celles du même nom."""
    rangees: dict[tuple[str, int], Any] = {}
    for etape in etapes:
        mot = cle(_PUCE.sub("", etape.libelle))
        rang = sum(autre == mot for autre, _ in rangees)
        rangees[mot, rang] = etape
    return rangees


def completer(existantes: Iterable[Any], lues: Iterable[EtapeLue]) -> list[Any]:
    """Les étapes après l’import : aucune ne disparaît, une date effacée reste."""
    apres = reperer(existantes)
    for repere, lue in reperer(lues).items():
        avant = apres.get(repere)
        apres[repere] = _mise_a_jour(avant, lue) if avant else lue
    return list(apres.values())


def _mise_a_jour(avant: Any, lue: EtapeLue) -> EtapeLue:
    est_abandonne = lue.est_abandonne or (avant.est_abandonne and not lue.fait_le)
    return EtapeLue(
        libelle=avant.libelle,
        echeance=lue.echeance or avant.echeance,
        fait_le=None if est_abandonne else lue.fait_le or avant.fait_le,
        est_abandonne=est_abandonne,
        est_annuel=lue.est_annuel or avant.est_annuel,
    )


def _lire_une(ligne: str, le: date) -> EtapeLue:
    libelle = _PUCE.sub("", ligne).strip() or ligne.strip()
    trouve = _SUFFIXE.search(libelle)
    lu = _precisions(trouve[1]) if trouve else None
    if trouve and lu is not None:
        libelle = libelle[: trouve.start()].strip()
    lu = lu or {}
    if _FAITE.match(ligne) and not lu.get("est_abandonne"):
        lu.setdefault("fait_le", le)
    return EtapeLue(libelle, **lu)


def _precisions(texte: str) -> dict[str, Any] | None:
    """Ce que disent les parenthèses ; None quand elles font partie du nom de l’étape."""
    lu: dict[str, Any] = {}
    for part in texte.split(","):
        mot = cle(part)
        if mot.startswith("echeance "):
            lu["echeance"] = _jour(part.strip()[len("échéance ") :], "fin")
        elif mot.startswith(("terminee le ", "faite le ", "fait le ")):
            lu["fait_le"] = _jour(re.sub(r"^.*?\ble\s+", "", part.strip()), "debut")
        elif mot == "abandonnee":
            lu["est_abandonne"] = True
        elif mot == "tous les ans":
            lu["est_annuel"] = True
        else:
            return _seule_date(texte)
    return lu


def _seule_date(texte: str) -> dict[str, Any] | None:
    try:
        bornes = etendue(texte)
    except PasUneDate:
        return None
    return {"echeance": bornes[1]} if bornes else None


def _jour(texte: str, bout: str) -> date | None:
    bornes = etendue(texte)
    if bornes is None:
        return None
    return bornes[1] if bout == "fin" else bornes[0]
