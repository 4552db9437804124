"""Les périodes d’une année et leurs noms : un mois, un trimestre, un semestre. Sans la base."""

from calendar import monthrange
from datetime import date

from cls_platform.socle.typographie import INSECABLE, MOIS, date_courte

RANGS = {1: "1ᵉʳ", 2: "2ᵉ", 3: "3ᵉ", 4: "4ᵉ"}
Periode = tuple[date, date]


def periodes_de(annee: int) -> list[tuple[str, Periode]]:
    """L’année entière d’abord, puis ses semestres, ses trimestres, ses mois."""
    return [
        (f"Toute l’année {annee}", mois_de(annee, 1, 12)),
        *((f"{RANGS[n]} semestre", mois_de(annee, 6 * n - 5, 6)) for n in (1, 2)),
        *((f"{RANGS[n]} trimestre", mois_de(annee, 3 * n - 2, 3)) for n in (1, 2, 3, 4)),
        *((MOIS[n - 1].capitalize(), mois_de(annee, n, 1)) for n in range(1, 13)),
    ]


def mois_de(annee: int, premier: int, nombre: int) -> Periode:
    dernier = premier + nombre - 1
    return date(annee, premier, 1), date(annee, dernier, monthrange(annee, dernier)[1])


def nom_de(debut: date, fin: date) -> str:
    """« 2ᵉ trimestre 2026 » ; sinon « du 3 mars 2026 au 8 juin 2026 »."""
    for nom, periode in periodes_de(fin.year):
        if periode == (debut, fin):
            return nom if str(fin.year) in nom else f"{nom} {fin.year}"
    return f"Du {date_courte(debut)} au{INSECABLE}{date_courte(fin)}"


def code_de(periode: Periode) -> str:
    return "/".join(jour.isoformat() for jour in periode)


def periode_du_code(code: str) -> Periode:
    """Lève ValueError."""
    debut, _, fin = code.partition("/")
    return date.fromisoformat(debut), date.fromisoformat(fin)
