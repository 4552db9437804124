"""Une requête figée lit ce que lirait le QuerySet, sans être recompilée."""

from datetime import date

import pytest
from django.db import ProgrammingError

from acteurs.models import Region
from cls_platform.socle.api.lecture import ANYOF
from cls_platform.socle.requetes import Parametre, figer
from contrats.models import Action
from tests.appuis.requetes import requetes_de
from tests.factories import ActionFactory, JalonFactory, RegionFactory

COLONNES = ("pk", "statut_affiche", "avancement", "modifie_le")


def test_elle_lit_comme_le_queryset(contrat):
    JalonFactory(action=ActionFactory(contrat=contrat))
    ActionFactory(contrat=contrat, date_debut=None, date_fin=date(2020, 1, 1))

    def lignes(le, pks):
        datees = Action.objects.avec_statut_affiche(le).avec_avancement()
        return datees.filter(**{ANYOF: pks}).order_by("pk").values_list(*COLONNES)

    figee = figer(lignes(Parametre("le"), Parametre("pks")))
    pks = list(Action.objects.values_list("pk", flat=True))
    for le in (date(2019, 1, 1), date(2026, 3, 12)):
        assert figee.lire(le=le, pks=pks) == list(lignes(le, pks))


def test_figer_n_interroge_pas_la_base_et_lire_une_seule_fois(db):
    figees = []
    assert not requetes_de(lambda: figees.append(figer(Region.objects.values_list("pk"))))
    assert len(requetes_de(figees[0].lire)) == 1


def test_une_meme_requete_sert_d_autres_valeurs(db):
    une, deux = RegionFactory.create_batch(2)
    figee = figer(Region.objects.filter(pk=Parametre("code")).values_list("nom"))
    assert figee.lire(code=une.pk) == [(une.nom,)]
    assert figee.lire(code=deux.pk) == [(deux.nom,)]


def test_une_valeur_oubliee_est_une_erreur(db):
    figee = figer(Region.objects.filter(pk=Parametre("code")).values_list("nom"))
    with pytest.raises(ProgrammingError, match="code"):
        figee.lire(region="76")
