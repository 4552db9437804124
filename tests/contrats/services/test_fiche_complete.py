"""Ce qui se tient ensemble sur une fiche : territoire, région, thèmes, suite, confidentialité."""

import pytest

from acteurs.models import Commune
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse
from contrats.champs_fiche import cle_libre
from contrats.models import ObjectifRegional, RoleActeur, SousTheme
from contrats.services.plan import champs_modifiables, modifier_action
from tests.factories import ActeurFactory, ActionFactory, ChampLibreFactory


def modifier(action, par, version=1, **valeurs):
    return modifier_action(action=action, valeurs=valeurs, version=version, par=par)


def test_un_champ_de_la_fiche_complete_s_ecrit_et_compte_une_version(action, coordinatrice):
    apres = modifier(action, coordinatrice, moyens="Un minibus.", priorite="ELEVE")
    assert (apres.moyens, apres.priorite, apres.version) == ("Un minibus.", "ELEVE", 2)


def test_les_communes_sont_celles_du_perimetre(action, coordinatrice):
    quimper, castelmaurou = Commune.objects.get(pk="29232"), Commune.objects.get(pk="31117")
    assert list(modifier(action, coordinatrice, communes=[quimper]).communes.all()) == [quimper]
    with pytest.raises(DonneesRefusees, match="périmètre.*Castelmaurou") as refus:
        modifier(action, coordinatrice, version=2, communes=[castelmaurou])
    assert "communes" in refus.value.champs


def test_un_objectif_regional_est_de_la_region_du_contrat(action, coordinatrice):
    ici = ObjectifRegional.objects.create(code="bzh-1", libelle="Essai breton", region_id="53")
    ailleurs = ObjectifRegional.objects.create(code="occ-1", libelle="Essai d’Oc", region_id="76")
    apres = modifier(action, coordinatrice, objectifs_regionaux=[ici])
    assert list(apres.objectifs_regionaux.all()) == [ici]
    with pytest.raises(DonneesRefusees, match="région"):
        modifier(action, coordinatrice, version=2, objectifs_regionaux=[ailleurs])


def test_un_sous_theme_choisi_seul_ajoute_son_theme(action, coordinatrice):
    tabac = SousTheme.objects.get(pk="addictions_tabac")
    apres = modifier(action, coordinatrice, sous_themes=[tabac])
    assert [t.pk for t in apres.themes.all()] == ["addictions"]


def test_retirer_un_theme_dont_un_sous_theme_reste_est_refuse(action, coordinatrice):
    modifier(action, coordinatrice, sous_themes=[SousTheme.objects.get(pk="addictions_tabac")])
    with pytest.raises(DonneesRefusees, match="Addictions") as refus:
        modifier(action, coordinatrice, version=2, themes=[])
    assert "themes" in refus.value.champs


def test_une_action_prolonge_une_action_du_contrat_ou_du_precedent(
    action, contrat, autre_action, coordinatrice
):
    autre = ActionFactory(contrat=contrat)
    assert modifier(action, coordinatrice, action_precedente=autre).action_precedente == autre
    for refusee in (action, autre_action):
        with pytest.raises(DonneesRefusees, match="contrat précédent"):
            modifier(action, coordinatrice, version=2, action_precedente=refusee)


def test_chaque_role_d_organisation_se_remplace_sans_toucher_aux_autres(action, coordinatrice):
    copilote, financeur = ActeurFactory(), ActeurFactory()
    modifier(action, coordinatrice, copilotes=[copilote], financeurs=[financeur])
    modifier(action, coordinatrice, version=2, copilotes=[])
    liens = action.liens_acteurs.values_list("acteur", "role")
    assert list(liens) == [(financeur.pk, RoleActeur.FINANCEUR)]


def test_reserver_une_fiche_la_retire_du_public(action, coordinatrice):
    apres = modifier(action, coordinatrice, est_restreinte=True)
    assert (apres.est_restreinte, apres.est_publique) == (True, False)
    with pytest.raises(DonneesRefusees, match="pas visible du public"):
        modifier(action, coordinatrice, version=2, est_publique=True)


def test_un_pilote_ne_reserve_pas_sa_fiche(action, pilote):
    with pytest.raises(DroitRefuse):
        modifier(action, pilote, est_restreinte=True)


class TestChampsDuContrat:
    @pytest.mark.parametrize(
        ("genre", "choix", "saisie", "garde"),
        [
            ("TEXTE", [], " Direction des essais ", "Direction des essais"),
            ("NOMBRE", [], "1 200,50", "1200.5"),
            ("CHOIX", ["Oui", "Peut-être"], "Oui", "Oui"),
            ("DATE", [], "2026-02-28", "2026-02-28"),
        ],
    )
    def test_une_valeur_s_ecrit_selon_son_genre(
        self, action, coordinatrice, genre, choix, saisie, garde
    ):
        champ = ChampLibreFactory(contrat=action.contrat, genre=genre, choix=choix)
        apres = modifier(action, coordinatrice, **{cle_libre(champ): saisie})
        assert (apres.valeurs_libres.get().valeur, apres.version) == (garde, 2)

    @pytest.mark.parametrize(
        ("genre", "saisie"),
        [("NOMBRE", "beaucoup"), ("NOMBRE", "NaN"), ("DATE", "31/02/2026"), ("CHOIX", "Non")],
    )
    def test_une_valeur_d_un_autre_genre_est_refusee(self, action, coordinatrice, genre, saisie):
        champ = ChampLibreFactory(contrat=action.contrat, genre=genre, choix=["Oui", "Peut-être"])
        with pytest.raises(DonneesRefusees) as refus:
            modifier(action, coordinatrice, **{cle_libre(champ): saisie})
        assert cle_libre(champ) in refus.value.champs

    def test_vider_une_valeur_la_retire(self, action, coordinatrice):
        cle = cle_libre(ChampLibreFactory(contrat=action.contrat))
        modifier(action, coordinatrice, **{cle: "Essai"})
        modifier(action, coordinatrice, version=2, **{cle: ""})
        assert not action.valeurs_libres.exists()

    def test_un_champ_d_un_autre_contrat_ou_retire_ne_s_ecrit_pas(
        self, action, coordinatrice, autre_contrat
    ):
        for champ in (
            ChampLibreFactory(contrat=autre_contrat),
            ChampLibreFactory(contrat=action.contrat, est_actif=False),
        ):
            with pytest.raises(DonneesRefusees, match="plus demandé"):
                modifier(action, coordinatrice, **{cle_libre(champ): "Essai"})

    def test_un_choix_retire_de_la_liste_reste_sur_la_fiche(self, action, coordinatrice):
        champ = ChampLibreFactory(contrat=action.contrat, genre="CHOIX", choix=["A", "B"])
        modifier(action, coordinatrice, **{cle_libre(champ): "B"})
        champ.choix = ["A", "C"]
        champ.save()
        assert modifier(action, coordinatrice, 2, **{cle_libre(champ): "B"}).version == 2

    def test_le_pilote_remplit_les_champs_du_contrat(self, action, pilote):
        champ = ChampLibreFactory(contrat=action.contrat)
        droits = frozenset({"MODIFIER_SES_ACTIONS"})
        assert cle_libre(champ) in champs_modifiables(pilote, action, droits)
        modifier(action, pilote, **{cle_libre(champ): "Essai"})
        assert action.valeurs_libres.get().valeur == "Essai"
