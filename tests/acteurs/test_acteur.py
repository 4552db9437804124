"""Une organisation : son type, son territoire, ses numéros."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from acteurs.models import Acteur
from tests.factories import ActeurFactory


def test_une_region_n_a_qu_une_agence_regionale_de_sante(db):
    with pytest.raises(ValidationError, match="a déjà son agence régionale de santé"):
        ActeurFactory.build(type_id="ars", region_id="53").validate_constraints()
    with pytest.raises(IntegrityError, match="acteur_une_ars_par_region"), transaction.atomic():
        ActeurFactory(type_id="ars", region_id="53")


def test_un_departement_n_a_qu_une_agence(db):
    ars = Acteur.objects.get(type="ars", region="76")
    with pytest.raises(IntegrityError), transaction.atomic():
        ars.competences.create(departement_id="29")


@pytest.mark.parametrize(
    ("champs", "contrainte"),
    [
        ({"siren": "12345"}, "acteur_siren_neuf_chiffres"),
        ({"finess": "2900"}, "acteur_finess_neuf_caracteres"),
    ],
)
def test_la_base_refuse_un_numero_trop_court(db, champs, contrainte):
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        ActeurFactory(**champs)


def test_plusieurs_organisations_peuvent_n_avoir_aucun_numero(db):
    for acteur in ActeurFactory.create_batch(2):
        acteur.full_clean()


def test_une_organisation_se_trouve_sans_accent_ni_trait_d_union(db):
    trouvee = ActeurFactory(nom="Équi-Santé des Îles")
    ActeurFactory(nom="Autre")
    for saisie in ("equi sante", "ÉQUI-SANTÉ", "iles equi"):
        assert list(Acteur.objects.rechercher(saisie)) == [trouvee]
