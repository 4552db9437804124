"""Quand évaluer un contrat, d’après ses dates. Aucune base de données.

À mi-parcours : six mois, au milieu du contrat. Finale : de neuf à trois mois avant la fin, pour que
ses enseignements servent au renouvellement. C’est un usage, que la loi n’impose pas (CSP, art.
L1434-10) : on propose, la coordination décide.
"""

import calendar
from dataclasses import dataclass
from datetime import date

MI_PARCOURS = "MI_PARCOURS"
FINALE = "FINALE"
MOIS_AUTOUR_DU_MILIEU = 3
MOIS_AVANT_LA_FIN = (9, 3)


@dataclass(frozen=True, slots=True)
class Periode:
    debut: date
    fin: date

    def au(self, part: float) -> date:
        """Le jour de cette part de la période : 0 le début, 1 la fin."""
        jours = (self.fin - self.debut).days
        return date.fromordinal(self.debut.toordinal() + round(jours * part))


def milieu(debut: date, fin: date) -> date:
    return date.fromordinal((debut.toordinal() + fin.toordinal()) // 2)


def plus_de_mois(jour: date, mois: int) -> date:
    """Le même jour, tant de mois plus tard (ou plus tôt) ; à défaut, le dernier du mois."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, mois_zero = divmod(rang, 12)
    dernier = calendar.monthrange(annee, mois_zero + 1)[1]
    return date(annee, mois_zero + 1, min(jour.day, dernier))


def proposee(moment: str, debut: date | None, fin: date | None) -> Periode | None:
    """La période d’usage de cette évaluation ; None si le contrat n’a pas les dates qu’il faut.

    Un contrat d’un an n’a pas neuf mois avant sa fin : la période reste dans le contrat.
    """
    if debut is None or fin is None:
        return None
    if moment == MI_PARCOURS:
        centre = milieu(debut, fin)
        bornes = (
            plus_de_mois(centre, -MOIS_AUTOUR_DU_MILIEU),
            plus_de_mois(centre, MOIS_AUTOUR_DU_MILIEU),
        )
    elif moment == FINALE:
        bornes = (
            plus_de_mois(fin, -MOIS_AVANT_LA_FIN[0]),
            plus_de_mois(fin, -MOIS_AVANT_LA_FIN[1]),
        )
    else:
        return None
    premier, dernier = (min(max(jour, debut), fin) for jour in bornes)
    return Periode(premier, dernier)
