"""Les nombres et les durées d’une date relative : « deux ans », « 18 mois », « une semaine »."""

_EN_LETTRES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20,
}  # fmt: skip
IMPRECIS = frozenset({"quelques", "plusieurs"})
DUREES = frozenset(
    {"jour", "jours", "semaine", "semaines", "mois", "trimestre", "trimestres", "semestre",
     "semestres", "année", "années", "an", "ans"}
)  # fmt: skip
CHIFFRES_LUS = 4


def valeur(mot: str) -> int | None:
    """None pour un nombre que l’on ne sait pas lire, ou trop grand pour une durée."""
    if mot.isdecimal() and len(mot) <= CHIFFRES_LUS:
        return int(mot)
    return _EN_LETTRES.get(mot)


def est_un_nombre(mot: str) -> bool:
    return mot in IMPRECIS or valeur(mot) is not None
