"""Les étapes : terminées, abandonnées, rouvertes, rangées, et celles qui reviennent tous les ans."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from contrats.models import Jalon
from contrats.services.jalons import (
    abandonner_jalon,
    ajouter_jalon,
    deplacer_jalon,
    modifier_jalon,
    rouvrir_jalon,
    supprimer_jalon,
    terminer_jalon,
    un_an_apres,
)
from tests.appuis.proprietes import sans_chrono
from tests.factories import ActeurFactory, ActionFactory, JalonFactory, UtilisateurFactory

LE = date(2026, 3, 12)


def test_une_etape_terminee_deux_fois_garde_son_premier_jour(action, coordinatrice):
    etape = JalonFactory(action=action, fait=True)
    apres = terminer_jalon(jalon=etape, le=LE, version=1, par=coordinatrice)
    assert (apres.fait_le, apres.version) == (date(2025, 3, 31), 1)


def test_terminer_une_etape_abandonnee_la_reprend(action, coordinatrice):
    etape = JalonFactory(action=action, est_abandonne=True)
    apres = terminer_jalon(jalon=etape, le=LE, version=1, par=coordinatrice)
    assert (apres.fait_le, apres.est_abandonne) == (LE, False)


def test_abandonner_une_etape_terminee_efface_son_jour(action, coordinatrice):
    etape = JalonFactory(action=action, fait=True)
    apres = abandonner_jalon(jalon=etape, version=1, par=coordinatrice)
    assert (apres.fait_le, apres.est_abandonne) == (None, True)
    rouverte = rouvrir_jalon(jalon=apres, version=2, par=coordinatrice)
    assert (rouverte.fait_le, rouverte.est_abandonne) == (None, False)


def test_une_etape_ne_peut_pas_etre_terminee_et_abandonnee(action, coordinatrice):
    etape = JalonFactory(action=action, fait=True)
    with pytest.raises(DonneesRefusees, match="terminée ou abandonnée, pas les deux"):
        modifier_jalon(jalon=etape, valeurs={"est_abandonne": True}, version=1, par=coordinatrice)


class TestTousLesAns:
    @pytest.fixture
    def etape(self, action):
        return JalonFactory(
            action=action,
            libelle="Réunir le comité",
            echeance=date(2026, 6, 30),
            est_annuel=True,
            pilote=ActeurFactory(),
            pilote_nom="Jo Exemple",
        )

    def test_terminer_ouvre_celle_de_l_an_prochain_avec_les_memes_personnes(
        self, action, coordinatrice, etape
    ):
        terminer_jalon(jalon=etape, le=LE, version=1, par=coordinatrice)
        suivante = action.jalons.get(echeance=date(2027, 6, 30))
        assert (suivante.libelle, suivante.est_annuel) == ("Réunir le comité", True)
        assert (suivante.pilote, suivante.pilote_nom) == (etape.pilote, "Jo Exemple")
        assert (suivante.fait_le, suivante.modifie_par) == (None, coordinatrice)
        assert suivante.ordre > etape.ordre

    def test_rouvrir_puis_terminer_n_en_ouvre_pas_une_deuxieme(self, action, coordinatrice, etape):
        for _ in range(2):
            terminer_jalon(jalon=etape, le=LE, version=None, par=coordinatrice)
            etape = rouvrir_jalon(jalon=etape, version=None, par=coordinatrice)
        assert action.jalons.count() == 2

    def test_corriger_le_jour_n_en_ouvre_pas(self, action, coordinatrice, etape):
        terminer_jalon(jalon=etape, le=LE, version=1, par=coordinatrice)
        action.jalons.exclude(pk=etape.pk).delete()
        modifier_jalon(
            jalon=etape, valeurs={"fait_le": date(2026, 3, 1)}, version=2, par=coordinatrice
        )
        assert action.jalons.count() == 1

    def test_rien_ne_s_ouvre_apres_la_fin_de_l_action(self, action, coordinatrice, etape):
        action.date_fin = date(2027, 6, 29)
        action.save()
        terminer_jalon(jalon=etape, le=LE, version=1, par=coordinatrice)
        assert action.jalons.count() == 1

    def test_elle_a_besoin_d_une_echeance(self, action, coordinatrice):
        with pytest.raises(DonneesRefusees) as refus:
            ajouter_jalon(
                action=action, valeurs={"libelle": "A", "est_annuel": True}, par=coordinatrice
            )
        assert "echeance" in refus.value.champs

    def test_un_29_fevrier_revient_le_28(self):
        assert un_an_apres(date(2028, 2, 29)) == date(2029, 2, 28)


def ordre(action) -> list[str]:
    return [etape.libelle for etape in action.jalons.dans_l_ordre()]


def test_monter_et_descendre_changent_d_un_rang(action, coordinatrice):
    etapes = [JalonFactory(action=action, libelle=nom) for nom in "ABC"]
    deplacer_jalon(jalon=etapes[2], de=-1, version=1, par=coordinatrice)
    assert ordre(action) == ["A", "C", "B"]
    deplacer_jalon(jalon=etapes[0], de=1, version=1, par=coordinatrice)
    assert ordre(action) == ["C", "A", "B"]


def test_au_bout_de_la_liste_rien_ne_bouge(action, coordinatrice):
    etapes = [JalonFactory(action=action, libelle=nom) for nom in "AB"]
    deplacer_jalon(jalon=etapes[0], de=-1, version=1, par=coordinatrice)
    deplacer_jalon(jalon=etapes[1], de=1, version=1, par=coordinatrice)
    assert ordre(action) == ["A", "B"]
    assert set(action.jalons.values_list("version", flat=True)) == {1}


class TestRangs(TestCase):
    @sans_chrono
    @given(
        depart=st.lists(st.integers(0, 3), min_size=1, max_size=6),
        gestes=st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-1, 1])), max_size=6),
    )
    def test_deplacer_range_comme_une_liste_meme_si_des_rangs_sont_egaux(self, depart, gestes):
        action = ActionFactory()
        for nom, rang in enumerate(depart):
            JalonFactory(action=action, libelle=str(nom), ordre=rang)
        par = UtilisateurFactory(administrateur=True)
        voulu = ordre(action)
        for choisi, de in gestes:
            rang = choisi % len(voulu)
            etape = action.jalons.get(libelle=voulu[rang])
            deplacer_jalon(jalon=etape, de=de, version=None, par=par)
            cible = min(max(rang + de, 0), len(voulu) - 1)
            voulu.insert(cible, voulu.pop(rang))
            assert ordre(action) == voulu


@pytest.mark.parametrize("personnage", ["agent_ars", "elue", "lectrice", "voisine"])
def test_qui_ne_coordonne_ni_ne_pilote_ne_touche_a_aucune_etape(request, action, personnage):
    etape, par = JalonFactory(action=action), request.getfixturevalue(personnage)
    commun = {"jalon": etape, "version": 1, "par": par}
    for geste in (
        lambda: ajouter_jalon(action=action, valeurs={"libelle": "A"}, par=par),
        lambda: terminer_jalon(le=LE, **commun),
        lambda: rouvrir_jalon(**commun),
        lambda: abandonner_jalon(**commun),
        lambda: deplacer_jalon(de=1, **commun),
        lambda: supprimer_jalon(**commun),
    ):
        with pytest.raises(DroitRefuse):
            geste()
    assert Jalon.objects.get().version == 1


@pytest.mark.parametrize("geste", [abandonner_jalon, rouvrir_jalon, supprimer_jalon])
def test_une_version_perimee_n_ecrit_rien(geste, action, coordinatrice):
    etape = JalonFactory(action=action, version=2)
    with pytest.raises(ConflitVersion):
        geste(jalon=etape, version=1, par=coordinatrice)
    assert Jalon.objects.get().version == 2


def test_le_pilote_range_les_etapes_de_son_action(action, pilote):
    etapes = [JalonFactory(action=action, libelle=nom) for nom in "AB"]
    deplacer_jalon(jalon=etapes[1], de=-1, version=1, par=pilote)
    assert ordre(action) == ["B", "A"]
