"""Une liste ne défait pas ce qu’un avenant signé a décidé : elle le dit."""

from datetime import date

import pytest

from contrats.models import Avenant, Contrat
from tests.contrats.cls.listes import LE, SIGNE, communes, contrat, csv, importer, messages
from tests.contrats.cls.test_creer import ligne
from tests.factories import AvenantFactory

pytestmark = pytest.mark.django_db

APRES = date(2027, 1, 1)


@pytest.fixture
def importe(administratrice) -> Contrat:
    importer(csv(SIGNE), administratrice)
    return contrat()


@pytest.fixture
def prolonge(importe) -> Contrat:
    AvenantFactory(
        contrat=importe,
        signe=True,
        date_fin_avant=date(2028, 12, 31),
        date_fin_apres=date(2029, 12, 31),
    )
    Contrat.objects.filter(pk=importe.pk).update(date_fin=date(2029, 12, 31))
    return contrat()


@pytest.fixture
def avenant(importe) -> Avenant:
    return AvenantFactory(contrat=importe, signe=True, date_effet=APRES)


def test_la_fin_d_origine_ne_raccourcit_pas_un_contrat_prolonge(prolonge, administratrice):
    rapport = importer(csv(SIGNE), administratrice)
    ((numero, colonne, valeur, phrase),) = messages(rapport)
    assert (numero, colonne, valeur) == (2, "fin", "31/12/2028")
    assert phrase.startswith("L’avenant n° 1 a porté la fin au 31/12/2029")
    assert contrat().date_fin == date(2029, 12, 31)


@pytest.mark.parametrize("fin", ["", "31/12/2029"])
def test_une_liste_qui_sait_la_prolongation_ne_change_rien(prolonge, administratrice, fin):
    rapport = importer(csv(ligne(fin=fin)), administratrice)
    assert (rapport.erreurs, rapport.change) == ([], False)


def test_une_commune_qu_un_avenant_fera_sortir_sort_bien(avenant, importe, administratrice):
    importe.perimetres.filter(commune="29020").update(date_sortie=APRES, avenant_sortie=avenant)
    rapport = importer(csv(SIGNE), administratrice)
    assert not rapport.change
    assert [avis.message for avis in rapport.avis] == [
        "Un avenant en décide, la liste ne les change pas : Briec."
    ]
    assert communes(le=APRES) == {"29232"}


def test_une_commune_qu_un_avenant_fera_entrer_entre_bien(avenant, importe, administratrice):
    importe.perimetres.create(commune_id="29051", date_entree=APRES, avenant_entree=avenant)
    assert not importer(csv(SIGNE), administratrice).change
    assert communes(le=APRES) == {"29232", "29020", "29051"}


def test_le_reste_du_perimetre_suit_la_liste(avenant, importe, administratrice):
    importe.perimetres.filter(commune="29020").update(date_sortie=APRES, avenant_sortie=avenant)
    importer(csv(ligne(communes="29020 29051")), administratrice)
    assert communes() == {"29020", "29051"}
    assert communes(le=APRES) == {"29051"}


def test_une_commune_sortie_par_un_avenant_passe_peut_rentrer(avenant, importe, administratrice):
    sortie = date(2025, 6, 2)
    importe.perimetres.filter(commune="29020").update(date_sortie=sortie, avenant_sortie=avenant)
    importer(csv(SIGNE), administratrice)
    assert communes(le=LE) == {"29232", "29020"}
    assert communes(le=date(2026, 1, 1)) == {"29232"}
