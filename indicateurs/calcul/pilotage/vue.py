"""D’où l’on compte : quels contrats, quel jour, quelles années."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from contrats.models import Contrat
from indicateurs.series import NON_DISPONIBLE, Releve, au_dix_millieme

CENT = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Une année. `phrase` : ce qui est compté, et quand ; `motif` : pourquoi il n’y a rien."""

    releve: Releve
    phrase: str = ""
    motif: str = ""


# (contrat, mesure) → année → point
Points = Mapping[tuple[UUID, str], Mapping[int, Point]]


@dataclass(frozen=True, slots=True)
class Vue:
    contrats: Sequence[Contrat]
    le: date

    @property
    def cles(self) -> list[UUID]:
        return [contrat.pk for contrat in self.contrats]

    def annees(self, contrat: Contrat) -> list[int]:
        """Celles du contrat, jusqu’à aujourd’hui ou à sa fin ; sans début, la seule en cours."""
        fin = contrat.date_fin
        derniere = min(self.le.year, fin.year) if fin else self.le.year
        debut = contrat.date_debut
        premiere = min(debut.year, derniere) if debut else derniere
        return list(range(premiere, derniere + 1))

    def jour(self, annee: int) -> date:
        """Le dernier jour de l’année, ou aujourd’hui si elle n’est pas finie."""
        return min(self.le, date(annee, 12, 31))

    def qualite(self, annee: int) -> str:
        return "PROVISOIRE" if annee >= self.le.year else "DEFINITIVE"

    @staticmethod
    def provisoire(releve: Releve) -> Releve:
        """Il manque encore quelque chose, quelle que soit l’année."""
        return replace(releve, qualite="PROVISOIRE")

    def nombre(self, annee: int, valeur: Decimal | int) -> Releve:
        exacte = au_dix_millieme(Decimal(valeur))
        return Releve(annee=annee, valeur=exacte, qualite=self.qualite(annee))

    def part(self, annee: int, partie: Decimal | int, tout: Decimal | int) -> Releve:
        """En %. Lève ZeroDivisionError, ou InvalidOperation, si le tout est nul."""
        haut, bas = Decimal(partie), Decimal(tout)
        return Releve(
            annee=annee,
            valeur=au_dix_millieme(CENT * haut / bas),
            qualite=self.qualite(annee),
            numerateur=haut,
            denominateur=bas,
        )


def absent(annee: int, motif: str) -> Point:
    return Point(releve=Releve(annee=annee, valeur=None, qualite=NON_DISPONIBLE), motif=motif)
