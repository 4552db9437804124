"""Les règles des nomenclatures de données : celles que le produit livre."""

import pytest

from acteurs.models import AgregationContexte, IndicateurContexte, TypeZonage

pytestmark = pytest.mark.django_db

RATIOS = {
    "C02",
    "C04",
    "C05",
    "C06",
    "C07",
    "C11",
    "C12",
    "C13",
    "C20",
    "C21",
    "C22",
    "C23",
    "C24",
    "C25",
}


def test_chaque_indicateur_dit_comment_il_se_reunit():
    """Recopié du référentiel du domaine, à la main."""
    par_regle = {
        regle: set(IndicateurContexte.objects.filter(agregation=regle).values_list("pk", flat=True))
        for regle in AgregationContexte
    }
    assert par_regle[AgregationContexte.SOMME] == {"C01"}
    assert par_regle[AgregationContexte.RATIO] == RATIOS
    assert len(par_regle[AgregationContexte.NON_AGREGABLE]) == 10


def test_un_ratio_dit_ce_que_comptent_ses_deux_nombres():
    for indicateur in IndicateurContexte.objects.filter(agregation=AgregationContexte.RATIO):
        assert indicateur.numerateur, indicateur.pk
        assert indicateur.denominateur, indicateur.pk


def test_le_zonage_des_medecins_a_ses_trois_classes_et_une_seule_par_commune():
    medecins = TypeZonage.objects.get(pk="ZONAGE_MEDECINS")
    assert set(medecins.classes) == {"ZIP", "ZAC", "HZ"}
    assert medecins.une_zone_par_commune


def test_cinq_types_de_zonage_sont_livres():
    codes = set(TypeZonage.objects.values_list("pk", flat=True))
    assert codes == {"QPV", "ZONAGE_MEDECINS", "CPTS", "CLSM", "PRIORITAIRE"}
