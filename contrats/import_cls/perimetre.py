"""Le périmètre que dit une liste, confronté à celui du contrat : qui entre, qui sort, à quel jour.

À partir du jour donné, le périmètre est celui de la liste ; avant ce jour, rien ne bouge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from contrats.models import Perimetre


@dataclass(slots=True)
class Mouvements:
    entrees: list[Perimetre] = field(default_factory=list)
    changes: list[Perimetre] = field(default_factory=list)
    effaces: list[int] = field(default_factory=list)

    def __iadd__(self, autres: "Mouvements") -> "Mouvements":
        self.entrees += autres.entrees
        self.changes += autres.changes
        self.effaces += autres.effaces
        return self


def mouvements(
    contrat: UUID,
    lignes: Iterable[Perimetre],
    entrent: Mapping[str, str | None],
    sortent: Iterable[str],
    le: date,
) -> Mouvements:
    """`entrent` : code → intercommunalité qui l’apporte. `lignes` : toutes celles du contrat."""
    par_commune: dict[str, list[Perimetre]] = {}
    for ligne in lignes:
        par_commune.setdefault(ligne.commune_id, []).append(ligne)
    faits = Mouvements()
    for code in sortent:
        _sortir(par_commune.get(code, ()), le, faits)
    for code, epci in sorted(entrent.items()):
        _entrer(contrat, code, epci, par_commune.get(code, ()), le, faits)
    return faits


def _sortir(lignes: Iterable[Perimetre], le: date, faits: Mouvements) -> None:
    """Une commune entrée ce jour-là ou après n’a jamais fait partie du contrat."""
    for ligne in lignes:
        if ligne.date_sortie is not None:
            continue
        if ligne.date_entree >= le:
            faits.effaces.append(ligne.pk)
        else:
            ligne.date_sortie = le
            faits.changes.append(ligne)


def _entrer(
    contrat: UUID,
    code: str,
    epci: str | None,
    lignes: Iterable[Perimetre],
    le: date,
    faits: Mouvements,
) -> None:
    """Une sortie à venir, ou le jour même, s’annule ; sinon la commune entre de nouveau."""
    rouverte = False
    for ligne in lignes:
        if ligne.date_entree >= le:
            faits.effaces.append(ligne.pk)
        elif ligne.date_sortie is not None and ligne.date_sortie >= le:
            ligne.date_sortie, ligne.avenant_sortie = None, None
            faits.changes.append(ligne)
            rouverte = True
    if not rouverte:
        faits.entrees.append(
            Perimetre(contrat_id=contrat, commune_id=code, date_entree=le, epci_origine_id=epci)
        )


def decaler_l_entree(lignes: Iterable[Perimetre], avant: date, apres: date) -> list[Perimetre]:
    """Les communes entrées avec le contrat suivent son début quand il est corrigé."""
    suivent = [
        ligne
        for ligne in lignes
        if ligne.date_entree == avant and (ligne.date_sortie is None or ligne.date_sortie > apres)
    ]
    for ligne in suivent:
        ligne.date_entree = apres
    return suivent
