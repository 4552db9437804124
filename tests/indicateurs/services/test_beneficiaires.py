"""Compter les bénéficiaires : tout ou rien, jamais plus de parts que de tout."""

import pytest

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from contrats.models import Population
from indicateurs.beneficiaires.quartiers import quartier_nomme
from indicateurs.models import Beneficiaires
from indicateurs.services.beneficiaires import CompteSaisi, enregistrer_comptes
from tests.factories import BeneficiairesFactory

ANNEE = 2025


@pytest.fixture
def jeunes(db) -> Population:
    return Population.objects.get(pk="jeunes_16_25")


@pytest.fixture
def compter(action, coordinatrice):
    def compter(*comptes: CompteSaisi, par=coordinatrice, annee: int = ANNEE) -> None:
        enregistrer_comptes(action=action, annee=annee, comptes=comptes, par=par)

    return compter


def test_un_total_et_ses_parts_s_ecrivent_ensemble(compter, action, jeunes, coordinatrice):
    compter(
        CompteSaisi(personnes=60, presences=140, sont_distinctes=True),
        CompteSaisi(population=jeunes, personnes=20),
        CompteSaisi(code_qpv="QN029001", nom_qpv="Quartier d’essai", presences=12),
    )
    comptes = action.beneficiaires.filter(annee=ANNEE)
    assert comptes.count() == 3
    total = comptes.totaux().get()
    assert (total.personnes, total.presences, total.sont_distinctes) == (60, 140, True)
    assert total.modifie_par == coordinatrice


def test_une_ligne_videe_s_efface_et_l_historique_la_garde(compter, action):
    cle = BeneficiairesFactory(action=action).pk
    compter(CompteSaisi(version=1))
    assert not action.beneficiaires.exists()
    assert Beneficiaires.pgh_event_model.objects.filter(pgh_obj_id=cle).exists()


def test_une_ligne_vide_qui_n_existe_pas_n_ecrit_rien(compter, action, jeunes):
    compter(CompteSaisi(population=jeunes))
    assert not action.beneficiaires.exists()


def test_ce_dont_on_ne_dit_rien_n_est_pas_touche(compter, action, jeunes):
    part = BeneficiairesFactory(action=action, population=jeunes, personnes=5, presences=9)
    compter(CompteSaisi(personnes=60))
    part.refresh_from_db()
    assert (part.personnes, part.version) == (5, 1)


@pytest.mark.parametrize(
    ("compte", "champ", "phrase"),
    [
        pytest.param(
            {"personnes": 61}, "1-personnes", "plus que le total", id="une part dépasse le tout"
        ),
        pytest.param(
            {"personnes": 9, "presences": 4},
            "1-personnes",
            "au moins une présence",
            id="moins de venues que de personnes",
        ),
    ],
)
def test_une_part_impossible_est_refusee_a_sa_ligne(compter, jeunes, compte, champ, phrase):
    with pytest.raises(DonneesRefusees) as refus:
        compter(CompteSaisi(personnes=60), CompteSaisi(population=jeunes, **compte))
    assert phrase in refus.value.champs[champ][0]


def test_un_refus_n_ecrit_rien_du_tout(compter, action, jeunes):
    with pytest.raises(DonneesRefusees):
        compter(CompteSaisi(personnes=60), CompteSaisi(population=jeunes, personnes=61))
    assert not action.beneficiaires.exists()


def test_on_n_habite_qu_un_quartier(compter):
    quartiers = [CompteSaisi(code_qpv=f"Q{n}", nom_qpv=f"Q{n}", personnes=40) for n in (1, 2)]
    with pytest.raises(DonneesRefusees, match="n’habite qu’un quartier"):
        compter(CompteSaisi(personnes=60), *quartiers)


def test_deux_publics_peuvent_se_recouvrir(compter, action, jeunes):
    adultes = Population.objects.get(pk="adultes")
    compter(
        CompteSaisi(personnes=60),
        CompteSaisi(population=jeunes, personnes=50),
        CompteSaisi(population=adultes, personnes=50),
    )
    assert action.beneficiaires.count() == 3


def test_la_meme_ligne_deux_fois_est_refusee(compter, jeunes):
    ligne = CompteSaisi(population=jeunes, personnes=5)
    with pytest.raises(DonneesRefusees, match="déjà dans une autre ligne"):
        compter(ligne, ligne)


def test_se_dire_distinctes_demande_un_nombre_de_personnes(compter):
    with pytest.raises(DonneesRefusees, match="nulle part ailleurs"):
        compter(CompteSaisi(presences=9, sont_distinctes=True))


@pytest.mark.parametrize("annee", [1999, 2098])
def test_une_annee_hors_du_possible_est_refusee(compter, annee):
    with pytest.raises(DonneesRefusees, match="année commencée"):
        compter(CompteSaisi(personnes=5), annee=annee)


@pytest.mark.parametrize("version", [0, 4])
def test_un_compte_change_entre_temps_n_est_pas_ecrase(compter, action, version):
    compte = BeneficiairesFactory(action=action)
    with pytest.raises(ConflitVersion) as conflit:
        compter(CompteSaisi(personnes=1, version=version))
    assert conflit.value.actuel == compte


def test_la_voisine_et_la_lectrice_ne_comptent_pas(compter, voisine, lectrice):
    for personne in (voisine, lectrice):
        with pytest.raises(DroitRefuse):
            compter(CompteSaisi(personnes=5), par=personne)


def test_le_pilote_compte_sur_sa_fiche(compter, action, pilote):
    compter(CompteSaisi(personnes=5), par=pilote)
    assert action.beneficiaires.count() == 1


def test_un_quartier_nomme_est_le_meme_quelle_que_soit_l_ecriture():
    assert quartier_nomme("Les  Tisserands").code == quartier_nomme("les tisserands").code
    assert quartier_nomme("La Filature").code != quartier_nomme("Les Tisserands").code
    assert len(quartier_nomme("x" * 120).code) <= 12
