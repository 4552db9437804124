"""Le statut : sa raison, ce qui le tient, et la trace de chaque passage, quelle que soit la porte."""

import pytest

from cls_platform.socle.erreurs import DonneesRefusees
from contrats.etats import STATUTS_A_JUSTIFIER, StatutAction
from contrats.services.plan import creer_action, modifier_action
from contrats.services.statut import RAISON_D_UN_IMPORT


def changer(action, par, via="page", **valeurs):
    return modifier_action(action=action, valeurs=valeurs, version=None, par=par, via=via)


@pytest.mark.parametrize("statut", StatutAction)
def test_seuls_les_arrets_et_les_demi_mesures_se_justifient(action, coordinatrice, statut):
    if statut not in STATUTS_A_JUSTIFIER:
        assert changer(action, coordinatrice, statut=statut).statut == statut
        return
    with pytest.raises(DonneesRefusees) as refus:
        changer(action, coordinatrice, statut=statut, statut_raison="  ")
    assert "statut_raison" in refus.value.champs
    apres = changer(action, coordinatrice, statut=statut, statut_raison=" Le bail ")
    assert (apres.statut, apres.statut_raison) == (statut, "Le bail")


def test_un_nouveau_statut_efface_la_raison_et_n_est_plus_tenu(action, coordinatrice):
    changer(action, coordinatrice, statut_est_impose=True, statut_raison="Prolongée")
    apres = changer(action, coordinatrice, statut=StatutAction.EN_PAUSE)
    assert (apres.statut_raison, apres.statut_est_impose) == ("", False)


def test_tenir_un_statut_demande_une_raison_meme_a_la_creation(contrat, action, coordinatrice):
    with pytest.raises(DonneesRefusees, match="tenu tel quel"):
        changer(action, coordinatrice, statut_est_impose=True)
    with pytest.raises(DonneesRefusees, match="tenu tel quel"):
        valeurs = {"titre": "A", "statut": "EN_COURS", "statut_est_impose": True}
        creer_action(contrat=contrat, valeurs=valeurs, par=coordinatrice)


def test_une_raison_exigee_ne_s_efface_pas_ensuite(action, coordinatrice):
    changer(action, coordinatrice, statut="BLOQUEE", statut_raison="Le bail")
    with pytest.raises(DonneesRefusees):
        changer(action, coordinatrice, statut_raison="")
    assert changer(action, coordinatrice, titre="Neuf").statut_raison == "Le bail"


def test_un_fichier_importe_tient_lieu_de_raison(action, coordinatrice):
    apres = changer(action, coordinatrice, via="import", statut="ABANDONNEE")
    assert apres.statut_raison == RAISON_D_UN_IMPORT


@pytest.mark.parametrize("via", ["page", "api:Outil", "import"])
def test_chaque_porte_garde_le_passage(action, coordinatrice, via):
    changer(action, coordinatrice, via=via, statut="EN_PAUSE", statut_raison="L’été")
    passage = action.passages.get()
    assert (passage.de, passage.vers) == ("EN_COURS", "EN_PAUSE")
    assert (passage.par, passage.raison) == (coordinatrice, "L’été")


def test_rien_n_est_note_quand_le_statut_ne_bouge_pas(action, coordinatrice):
    changer(action, coordinatrice, titre="Autre", statut=action.statut)
    assert not action.passages.exists()


def test_tenir_un_statut_se_note(action, coordinatrice):
    changer(action, coordinatrice, statut_est_impose=True, statut_raison="Prolongée")
    passage = action.passages.get()
    assert (passage.de, passage.vers, passage.raison) == ("EN_COURS", "EN_COURS", "Prolongée")


def test_une_fiche_neuve_note_son_premier_statut_sans_rien_justifier(contrat, coordinatrice):
    valeurs = {"titre": "A", "statut": "REPORTEE"}
    neuve = creer_action(contrat=contrat, valeurs=valeurs, par=coordinatrice)
    assert [(p.de, p.vers) for p in neuve.passages.all()] == [("", "REPORTEE")]
