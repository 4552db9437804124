"""Ce que les valeurs d’une ligne respectent ensemble ; ce qui ne change pas n’est pas jugé."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from cls_platform.socle.tableur.remarques import ValeurRefusee
from cls_platform.socle.tableur.table import Colonne
from contrats.import_cls.colonnes import DEBUT, DEPUIS, FIN, GENERATION, SIGNATURE
from contrats.import_cls.passages import REPRIS
from contrats.import_cls.rapport import ContratLu
from contrats.import_cls.references import ContratConnu
from contrats.import_cls.valeurs import GENERATIONS, exiger_une_date_possible
from contrats.models import Contrat

Refus = tuple[Colonne, str]


def est_repris(connu: ContratConnu) -> bool:
    """Sa phase ne vient que de listes : une liste peut la corriger."""
    return all(passage.raison == REPRIS for passage in connu.passages)


def exiger_des_valeurs_possibles(
    lu: ContratLu, contrat: Contrat | None, le: date
) -> Iterator[Refus]:
    """(colonne, phrase) de chaque règle qui ne tient pas."""
    avant: dict[str, Any] = {
        "date_signature": contrat.date_signature if contrat else None,
        "debut": contrat.date_debut if contrat else None,
        "fin": contrat.date_fin if contrat else None,
        "date_perimetre": None,
    }
    for colonne in (SIGNATURE, DEBUT, FIN, DEPUIS):
        jour = getattr(lu, colonne.cle)
        if jour and jour != avant[colonne.cle]:
            yield from _date_impossible(colonne, jour)
    if lu.date_perimetre and lu.date_perimetre > le:
        yield DEPUIS, "Ce jour est à venir. Un périmètre futur s’écrit par un avenant."
    debut, fin = lu.debut or avant["debut"], lu.fin or avant["fin"]
    if debut and fin and fin <= debut and (debut, fin) != (avant["debut"], avant["fin"]):
        yield (
            FIN if lu.fin else DEBUT,
            f"La fin ({fin:%d/%m/%Y}) ne vient pas après le début ({debut:%d/%m/%Y}).",
        )
    generation = contrat.generation if contrat else None
    if lu.generation and lu.generation != generation and lu.generation not in GENERATIONS:
        yield GENERATION, f"Une génération va de 1 à {GENERATIONS.stop - 1}."


def _date_impossible(colonne: Colonne, jour: date) -> Iterator[Refus]:
    try:
        exiger_une_date_possible(jour)
    except ValeurRefusee as refus:
        yield colonne, str(refus)
