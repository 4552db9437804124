"""Régler les couleurs d’un contrat, ranger ses logos."""

import pytest

from bilans.models import CharteBilan, GenreImage
from bilans.services.charte import deplacer_logo, regler_charte
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from tests.factories import ImageBilanFactory

SANS_ECRIRE = ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]


def regler(contrat, par, fond="#4a1d5e", accent="#f2a900", version=None):
    return regler_charte(
        contrat=contrat, couleur_fond=fond, couleur_accent=accent, version=version, par=par
    )


def test_la_premiere_charte_se_cree_puis_se_change(contrat, coordinatrice):
    charte = regler(contrat, coordinatrice)
    assert (charte.couleur_fond, charte.modifie_par) == ("#4a1d5e", coordinatrice)
    changee = regler(contrat, coordinatrice, fond="", version=charte.version)
    assert (changee.pk, changee.couleur_fond, changee.version) == (charte.pk, "", 2)


@pytest.mark.parametrize("version", [None, 7])
def test_une_version_perimee_est_un_conflit_et_rien_ne_change(contrat, coordinatrice, version):
    regler(contrat, coordinatrice)
    with pytest.raises(ConflitVersion):
        regler(contrat, coordinatrice, accent="#ffffff", version=version)
    assert CharteBilan.objects.get().couleur_accent == "#f2a900"


def test_une_couleur_illisible_est_refusee_a_cote_de_son_champ(contrat, coordinatrice):
    with pytest.raises(DonneesRefusees) as refus:
        regler(contrat, coordinatrice, fond="#ffc23c")
    assert next(iter(refus.value.champs)) == "couleur_fond"
    assert not CharteBilan.objects.exists()


@pytest.mark.parametrize("personnage", SANS_ECRIRE)
def test_seule_la_coordination_regle_la_charte(request, contrat, personnage):
    with pytest.raises(DroitRefuse):
        regler(contrat, request.getfixturevalue(personnage))


def test_un_logo_change_de_place_les_autres_gardent_leur_ordre(contrat, coordinatrice):
    un, deux, trois = (ImageBilanFactory(contrat=contrat, genre=GenreImage.LOGO) for _ in range(3))
    deplacer_logo(logo=trois, rang=1, par=coordinatrice)
    assert list(contrat.images.logos()) == [trois, un, deux]
    deplacer_logo(logo=trois, rang=99, par=coordinatrice)
    assert list(contrat.images.logos()) == [un, deux, trois]


@pytest.mark.parametrize("personnage", SANS_ECRIRE)
def test_seule_la_coordination_range_les_logos(request, contrat, personnage):
    logo = ImageBilanFactory(contrat=contrat, genre=GenreImage.LOGO)
    with pytest.raises(DroitRefuse):
        deplacer_logo(logo=logo, rang=1, par=request.getfixturevalue(personnage))
