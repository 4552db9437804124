"""Les règles et le lexique gardés : relus dès que l’opérateur y touche, jamais sans raison."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bilans.models import (
    BandeLisibilite,
    ExceptionSigle,
    RegleLangage,
    Sigle,
    TermeARemplacer,
)
from bilans.vocabulaire_garde import Vocabulaire, vocabulaire

pytestmark = pytest.mark.django_db


def test_sans_changement_une_seule_requete_les_donne() -> None:
    connu = vocabulaire()
    with CaptureQueriesContext(connection) as requetes:
        encore = vocabulaire()
    assert encore is connu
    assert len(requetes) == 1


def dits(connu: Vocabulaire) -> set[str]:
    reglement, lexique = connu
    return {
        *(regle.conseil for regle in reglement.regles.values()),
        *(bande.conseil for bande in reglement.bandes),
        *(terme.remplacement for terme in reglement.termes),
        *(sens.terme for definitions in lexique.sens.values() for sens in definitions),
        *lexique.admis,
    }


@pytest.mark.parametrize(
    ("modele", "champ"),
    [
        (RegleLangage, "conseil"),
        (BandeLisibilite, "conseil"),
        (TermeARemplacer, "remplacement"),
        (Sigle, "libelle"),
        (ExceptionSigle, "libelle"),
    ],
)
def test_ce_que_l_operateur_change_vaut_aussitot(modele: type, champ: str) -> None:
    assert "Changé" not in dits(vocabulaire())
    ligne = modele.objects.actives().order_by("code")[0]
    setattr(ligne, champ, "Changé")
    ligne.save()
    assert "Changé" in dits(vocabulaire())
    modele.objects.filter(pk=ligne.pk).update(est_actif=False)
    assert "Changé" not in dits(vocabulaire())
