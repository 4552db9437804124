"""Un instantané lu par un habitant : des phrases, des formes, un chiffre par volet."""

from dataclasses import replace

from bilans import lecture_publique
from bilans.instantane import Texte
from tests.bilans import exemples


def test_chaque_volet_a_une_ancre_unique():
    volets = lecture_publique.volets_publics(exemples.instantane())
    ancres = [v.ancre for v in volets]
    assert len(set(ancres)) == len(ancres) > 1


def test_toutes_les_actions_sont_dites_une_fois():
    page = exemples.instantane()
    for volet, lu in zip(page.volets, lecture_publique.volets_publics(page), strict=True):
        assert len({f.titre for f in lu.rang}) == len(lu.rang) == len(volet.actions)


def test_le_chiffre_d_un_volet_porte_son_unite_et_sa_source():
    volet = lecture_publique.volets_publics(exemples.instantane())[0]
    assert volet.resultat.valeur == "12\u00a0jours"
    assert "2025" in volet.resultat.sens
    assert "Source" in volet.resultat.precision


def test_un_volet_sans_indicateur_n_a_pas_de_chiffre():
    page = exemples.instantane()
    sans = replace(page, volets=(replace(page.volets[0], indicateurs=()),))
    assert lecture_publique.volets_publics(sans)[0].resultat is None


def test_sans_action_terminee_la_phrase_le_dit():
    page = replace(exemples.instantane(), volets=())
    assert lecture_publique.phrase_d_avancement(page) == "Aucune action n’est encore terminée."


def test_la_legende_ne_dit_que_les_formes_presentes():
    page = exemples.instantane()
    assert {code for code, _ in lecture_publique.legende(page)} == {a.statut for a in page.actions}


def test_une_section_vide_ne_parait_pas():
    assert lecture_publique.lettre(None) is None
    assert lecture_publique.lettre(Texte(texte="  \n", signature="")) is None
