"""Un contrat repris compte à ses vraies dates : comparé à un calcul indépendant, sur des ensembles."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acteurs.models import Commune
from contrats.couverture import couverture
from tests.appuis.proprietes import defait, troupe_gardee
from tests.contrats.cls.listes import LE, csv, importer

pytestmark = pytest.mark.django_db

CODES = ["29232", "29020", "29051", "35069", "31117"]
JOURS = st.dates(date(2018, 1, 1), date(2030, 12, 31))
LISTES = st.lists(
    st.tuples(
        st.sets(st.sampled_from(CODES), min_size=1),
        st.none() | JOURS,
        st.none() | JOURS,
        st.none() | JOURS,
        st.sampled_from(["mise_en_oeuvre", "évaluation", "clos", "élaboration", "signature"]),
    ).filter(lambda c: not (c[2] and c[3] and c[3] <= c[2])),
    min_size=1,
    max_size=4,
)


def ecrit(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else ""


def couvertes(contrats: list[tuple], le: date) -> set[str]:
    """Les communes couvertes par un contrat signé, d’après la liste seule."""
    return {
        code
        for codes, signature, debut, fin, _ in contrats
        if signature
        and signature <= le
        and (debut or signature) <= le
        and (fin is None or fin >= le)
        for code in codes
    }


@troupe_gardee
@given(LISTES, JOURS)
def test_la_couverture_d_un_jour_passe_est_celle_que_dit_la_liste(administratrice, contrats, le):
    lignes = [
        f"C{rang};Essai {rang};53;;{' '.join(sorted(codes))};{ecrit(s)};{ecrit(d)};{ecrit(f)};1;{phase}"
        for rang, (codes, s, d, f, phase) in enumerate(contrats)
    ]
    with defait():
        assert not importer(csv(*lignes), administratrice).erreurs
        (france,) = couverture(le=le, niveau="france")
    attendues = couvertes(contrats, le)
    populations = dict(Commune.objects.values_list("pk", "population"))
    assert france.communes_couvertes == len(attendues)
    assert france.population_couverte == sum(populations[code] or 0 for code in attendues)


def test_un_projet_repris_compte_comme_projet_depuis_l_import(administratrice):
    importer(csv("P1;Essai;53;;29232;;;;1;diagnostic"), administratrice)
    la_veille, le_jour = (
        couverture(le=le, niveau="france", variante="signe_ou_projet")[0].communes_couvertes
        for le in (date(2026, 11, 21), LE)
    )
    assert (la_veille, le_jour) == (0, 1)
