"""Les lignes d’une campagne, en mémoire : chaque compte est celui des lignes qu’il montre."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, overload

from bilans.campagne.ligne import Etape, LigneCampagne
from bilans.models import Campagne


class TableauCampagne:
    """Se filtre comme un QuerySet ; une page s’y découpe. `model` : django-filter le demande."""

    model = Campagne

    def __init__(self, lignes: Iterable[LigneCampagne]) -> None:
        self.lignes = list(lignes)

    def all(self) -> "TableauCampagne":
        return self

    def garder(self, condition: Callable[[LigneCampagne], bool]) -> "TableauCampagne":
        return TableauCampagne(filter(condition, self.lignes))

    def ranger(self, cle: Callable[[LigneCampagne], Any]) -> "TableauCampagne":
        return TableauCampagne(sorted(self.lignes, key=cle))

    def nombre(self, condition: Callable[[LigneCampagne], bool]) -> int:
        return sum(map(condition, self.lignes))

    def par_etape(self) -> dict[Etape, int]:
        """Toutes les étapes, dans l’ordre, à zéro s’il n’y en a pas."""
        comptes = Counter(ligne.etape for ligne in self.lignes)
        return {etape: comptes[etape] for etape in Etape}

    def __len__(self) -> int:
        return len(self.lignes)

    def __iter__(self) -> Iterator[LigneCampagne]:
        return iter(self.lignes)

    @overload
    def __getitem__(self, rang: int) -> LigneCampagne: ...
    @overload
    def __getitem__(self, rang: slice) -> list[LigneCampagne]: ...
    def __getitem__(self, rang: int | slice) -> LigneCampagne | list[LigneCampagne]:
        return self.lignes[rang]
