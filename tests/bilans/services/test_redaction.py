"""Un bilan s’ouvre pour une année du contrat, s’écrit, se relit ; publié, il ne s’écrit plus."""

import pytest

from bilans.etats import TRANSITIONS, StatutBilan
from bilans.models import Bilan, CodeSection
from bilans.services.ouverture import ouvrir_bilan
from bilans.services.redaction import changer_statut, ecrire_section
from cls_platform.socle.erreurs import (
    ConflitVersion,
    DonneesRefusees,
    DroitRefuse,
    TransitionRefusee,
)
from tests.factories import BilanFactory

SANS_ECRIRE = ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]

# Écrite une seconde fois ici : de → vers, par le geste `changer_statut`
ATTENDUS = {
    ("BROUILLON", "RELECTURE"),
    ("RELECTURE", "BROUILLON"),
    ("VALIDE", "BROUILLON"),
    ("VALIDE", "RELECTURE"),
    ("PUBLIE", "ARCHIVE"),
}
# Valider et publier sont des gestes à part
PAR_UN_AUTRE_GESTE = {
    ("RELECTURE", "VALIDE"),
    ("BROUILLON", "PUBLIE"),
    ("RELECTURE", "PUBLIE"),
    ("VALIDE", "PUBLIE"),
}


@pytest.fixture
def bilan(contrat, coordinatrice) -> Bilan:
    return ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)


def section(bilan: Bilan, code: str = CodeSection.EDITO):
    return bilan.sections.get(code=code)


def test_un_bilan_s_ouvre_avec_toutes_ses_sections_vides(bilan):
    assert (bilan.statut, bilan.edition) == (StatutBilan.BROUILLON, 1)
    assert sorted(bilan.sections.values_list("code", flat=True)) == sorted(CodeSection)
    assert not any(bilan.sections.values_list("texte", flat=True))


def test_une_annee_n_a_qu_un_bilan_en_preparation(bilan, contrat, coordinatrice):
    with pytest.raises(DonneesRefusees, match="déjà en préparation"):
        ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)


@pytest.mark.parametrize(
    ("annee", "permise"), [(2023, False), (2024, True), (2028, True), (2029, False)]
)
def test_le_bilan_porte_sur_une_annee_du_contrat(contrat, coordinatrice, annee, permise):
    if permise:
        assert ouvrir_bilan(contrat=contrat, annee=annee, par=coordinatrice).annee == annee
    else:
        with pytest.raises(DonneesRefusees, match="ne couvre pas"):
            ouvrir_bilan(contrat=contrat, annee=annee, par=coordinatrice)


@pytest.mark.parametrize("personnage", SANS_ECRIRE)
def test_seule_la_coordination_ouvre_et_ecrit(request, contrat, bilan, personnage):
    par = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        ouvrir_bilan(contrat=contrat, annee=2024, par=par)
    with pytest.raises(DroitRefuse):
        ecrire_section(section=section(bilan), texte="X", version=1, par=par)
    with pytest.raises(DroitRefuse):
        changer_statut(bilan=bilan, vers=StatutBilan.RELECTURE, par=par)


def test_un_texte_s_ecrit_et_compte_une_version(bilan, coordinatrice):
    ecrite = ecrire_section(
        section=section(bilan),
        texte="  Bonjour.  ",
        signature="Élise",
        version=1,
        par=coordinatrice,
    )
    assert (ecrite.texte, ecrite.signature, ecrite.version) == ("Bonjour.", "Élise", 2)


def test_deux_personnes_sur_un_texte_se_voient(bilan, coordinatrice, administratrice):
    ecrire_section(section=section(bilan), texte="La leur", version=1, par=administratrice)
    with pytest.raises(ConflitVersion) as conflit:
        ecrire_section(section=section(bilan), texte="La vôtre", version=1, par=coordinatrice)
    assert conflit.value.actuel.texte == "La leur"


# Les états


@pytest.mark.parametrize("de", StatutBilan.values)
@pytest.mark.parametrize("vers", StatutBilan.values)
def test_un_etat_change_si_et_seulement_si_la_table_le_permet(contrat, administratrice, de, vers):
    bilan = BilanFactory(contrat=contrat, avec_pdf=True, statut=de, publie_le="2026-02-20T15:00Z")
    if (de, vers) in ATTENDUS:
        assert changer_statut(bilan=bilan, vers=vers, par=administratrice).statut == vers
    else:
        with pytest.raises(TransitionRefusee):
            changer_statut(bilan=bilan, vers=vers, par=administratrice)


def test_la_table_du_code_est_celle_que_l_on_a_voulue():
    assert {(t.de, t.vers) for t in TRANSITIONS} == ATTENDUS | PAR_UN_AUTRE_GESTE
