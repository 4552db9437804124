"""La liste d’une personne : ses contrats ouverts et ses territoires sans contrat.

Les lignes se lisent entières (quelques centaines pour une région, deux mille pour la France), puis
se filtrent, se comptent et se rangent en mémoire : chaque puce compte donc exactement ce qu’elle
montre.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, overload

from acteurs.ressort import Ressort, ressort_de
from contrats.a_faire import lecture
from contrats.a_faire.ligne import LigneAFaire, ligne_de_l_epci, ligne_du_contrat
from contrats.models import SuiviTerritoire


class ListeAFaire:
    """Se filtre comme un QuerySet ; une page s’y découpe. `model` : django-filter le demande."""

    model = SuiviTerritoire

    def __init__(self, lignes: Iterable[LigneAFaire], ressort: Ressort) -> None:
        self.lignes, self.ressort = list(lignes), ressort

    def all(self) -> "ListeAFaire":
        return self

    def garder(self, condition: Callable[[LigneAFaire], bool]) -> "ListeAFaire":
        return ListeAFaire(filter(condition, self.lignes), self.ressort)

    def ranger(self, cle: Callable[[LigneAFaire], Any]) -> "ListeAFaire":
        return ListeAFaire(sorted(self.lignes, key=cle), self.ressort)

    def nombre(self, condition: Callable[[LigneAFaire], bool]) -> int:
        return sum(map(condition, self.lignes))

    def __len__(self) -> int:
        return len(self.lignes)

    def __iter__(self) -> Iterator[LigneAFaire]:
        return iter(self.lignes)

    @overload
    def __getitem__(self, rang: int) -> LigneAFaire: ...
    @overload
    def __getitem__(self, rang: slice) -> list[LigneAFaire]: ...
    def __getitem__(self, rang: int | slice) -> LigneAFaire | list[LigneAFaire]:
        return self.lignes[rang]


def liste_a_faire(utilisateur: Any, le: date, *, avec_contexte: bool = False) -> ListeAFaire:
    """Tout ce que la personne pilote ; huit requêtes, quatorze avec les données de contexte."""
    ressort = ressort_de(utilisateur)
    if ressort.est_vide:
        return ListeAFaire([], ressort)
    pks = list(lecture.contrats_ouverts(utilisateur, ressort).values_list("pk", flat=True))
    contrats = lecture.faits_des_contrats(pks, le)
    territoires = lecture.faits_des_epci(ressort, le)
    if avec_contexte:
        territoires = lecture.avec_contexte(territoires, le)
    lus = lecture.suivis(pks, {faits.region for faits in territoires})
    noms = lecture.noms_des_territoires()
    return ListeAFaire(
        [
            *(
                ligne_du_contrat(f._replace(suivi=lecture.suivi_de(lus, f.id)), le, noms)
                for f in contrats
            ),
            *(
                ligne_de_l_epci(
                    f._replace(suivi=lecture.suivi_de(lus, (f.region, f.siren))), le, noms
                )
                for f in territoires
            ),
        ],
        ressort,
    )
