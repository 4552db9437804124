"""Le plan s’écrit par les services : versions comptées, conflits vus, rien de perdu."""

from datetime import date

import pytest

from acteurs.models import Acteur
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from contrats.etats import StatutAction
from contrats.models import Action
from contrats.services.corbeille import mettre_a_la_corbeille
from contrats.services.jalons import modifier_jalon
from contrats.services.plan import (
    creer_action,
    creer_axe,
    creer_objectif,
    modifier_action,
)
from tests.factories import ActeurFactory, ActionFactory, AxeFactory, JalonFactory, ObjectifFactory


def modifier(action: Action, par, version: int | None = 1, **valeurs) -> Action:
    return modifier_action(action=action, valeurs=valeurs, version=version, par=par)


def test_une_modification_compte_une_version_et_dit_qui(action, coordinatrice):
    apres = modifier(action, coordinatrice, titre="Un titre plus clair")
    assert (apres.version, apres.titre) == (2, "Un titre plus clair")
    assert (apres.modifie_par, apres.modifie_via) == (coordinatrice, "page")


def test_la_provenance_d_une_ecriture_est_gardee(action, coordinatrice):
    apres = modifier_action(
        action=action, valeurs={"titre": "X"}, version=1, par=coordinatrice, via="api:Outil"
    )
    assert apres.modifie_via == "api:Outil"


def test_enregistrer_sans_rien_changer_ne_compte_pas(action, coordinatrice):
    apres = modifier(action, coordinatrice, titre=action.titre, statut=action.statut)
    assert apres.version == 1


def test_une_ecriture_sur_une_version_depassee_montre_l_autre_et_n_ecrit_rien(
    action, coordinatrice, administratrice
):
    modifier(action, administratrice, titre="La leur")
    with pytest.raises(ConflitVersion) as conflit:
        modifier(action, coordinatrice, version=1, titre="La vôtre")
    assert conflit.value.actuel.titre == "La leur"
    assert conflit.value.actuel.modifie_par == administratrice
    action.refresh_from_db()
    assert (action.titre, action.version) == ("La leur", 2)


def test_reprendre_la_version_du_conflit_permet_d_ecrire(action, coordinatrice, administratrice):
    modifier(action, administratrice, titre="La leur")
    apres = modifier(action, coordinatrice, version=2, titre="Les deux")
    assert (apres.titre, apres.version) == ("Les deux", 3)


def test_changer_seulement_les_themes_compte_une_version(action, coordinatrice):
    apres = modifier(action, coordinatrice, themes=list(theme("acces_soins")))
    assert apres.version == 2
    assert [t.pk for t in apres.themes.all()] == ["acces_soins"]


def test_changer_titre_et_themes_ne_compte_qu_une_version(action, coordinatrice):
    apres = modifier(action, coordinatrice, titre="Autre", themes=list(theme("prevention")))
    assert apres.version == 2


def test_remettre_les_memes_partenaires_ne_compte_pas(action, coordinatrice):
    partenaires = ActeurFactory.create_batch(2)
    assert modifier(action, coordinatrice, partenaires=partenaires).version == 2
    assert modifier(action, coordinatrice, version=2, partenaires=partenaires).version == 2


def test_les_partenaires_retires_ne_touchent_pas_aux_financeurs(action, coordinatrice):
    financeur = ActeurFactory()
    action.liens_acteurs.create(acteur=financeur, role="FINANCEUR")
    modifier(action, coordinatrice, partenaires=[ActeurFactory()])
    modifier(action, coordinatrice, version=2, partenaires=[])
    assert [(lien.acteur, lien.role) for lien in action.liens_acteurs.all()] == [
        (financeur, "FINANCEUR")
    ]


def theme(code: str):
    return Action.themes.rel.model.objects.filter(pk=code)


# Qui


@pytest.mark.parametrize("personnage", ["agent_ars", "elue", "partenaire", "lectrice", "voisine"])
def test_qui_ne_coordonne_ni_ne_pilote_ne_modifie_pas(request, action, personnage):
    with pytest.raises(DroitRefuse):
        modifier(action, request.getfixturevalue(personnage), titre="Autre")
    action.refresh_from_db()
    assert action.version == 1


def test_le_pilote_change_le_statut_et_les_dates_de_son_action(action, pilote):
    apres = modifier(action, pilote, statut=StatutAction.REALISEE, date_fin=date(2026, 3, 1))
    assert (apres.statut, apres.modifie_par) == (StatutAction.REALISEE, pilote)


@pytest.mark.parametrize(
    "champ", ["numero", "axe", "objectif", "pilote", "pilote_personne", "est_publique"]
)
def test_le_pilote_ne_change_pas_la_place_de_sa_fiche_dans_le_plan(action, pilote, champ):
    with pytest.raises(DroitRefuse):
        modifier(action, pilote, **{champ: None})


@pytest.mark.parametrize("personnage", ["agent_ars", "pilote", "lectrice", "voisine"])
def test_seule_la_coordination_ajoute_une_action(request, contrat, personnage):
    with pytest.raises(DroitRefuse):
        creer_action(
            contrat=contrat, valeurs={"titre": "Neuve"}, par=request.getfixturevalue(personnage)
        )
    assert not contrat.actions.exists()


# Quoi


def test_une_action_neuve_se_range_a_la_fin(contrat, action, coordinatrice):
    neuve = creer_action(contrat=contrat, valeurs={"titre": "Neuve"}, par=coordinatrice)
    assert list(contrat.actions.dans_l_ordre()) == [action, neuve]
    assert (neuve.statut, neuve.version) == (StatutAction.A_DISCUTER, 1)


def test_un_champ_qui_ne_se_modifie_pas_est_nomme(action, coordinatrice):
    with pytest.raises(DonneesRefusees, match="contrat"):
        modifier(action, coordinatrice, contrat=None)


def test_un_axe_d_un_autre_contrat_est_refuse(action, coordinatrice, autre_contrat):
    with pytest.raises(DonneesRefusees) as refus:
        modifier(action, coordinatrice, axe=AxeFactory(contrat=autre_contrat))
    assert refus.value.champs == {"axe": ["Choisissez un élément du même contrat."]}


def test_une_echeance_avant_le_debut_est_refusee(action, coordinatrice):
    with pytest.raises(DonneesRefusees, match="L’échéance vient avant le début"):
        modifier(action, coordinatrice, date_fin=date(2020, 1, 1))


def test_un_titre_vide_est_refuse(action, coordinatrice):
    with pytest.raises(DonneesRefusees):
        modifier(action, coordinatrice, titre="")


def test_un_refus_n_ecrit_rien_meme_des_champs_justes(action, coordinatrice):
    """Tout ou rien : le titre juste ne passe pas avec la date fausse."""
    with pytest.raises(DonneesRefusees):
        modifier(action, coordinatrice, titre="Juste", date_fin=date(2020, 1, 1))
    action.refresh_from_db()
    assert (action.titre != "Juste", action.version) == (True, 1)


def test_une_action_supprimee_sur_une_version_depassee_reste(action, coordinatrice):
    modifier(action, coordinatrice, titre="Changée")
    with pytest.raises(ConflitVersion):
        mettre_a_la_corbeille(action=action, version=1, par=coordinatrice)
    assert Action.objects.filter(pk=action.pk).exists()


def test_une_action_se_supprime_et_l_historique_reste(action, coordinatrice):
    pk = action.pk
    mettre_a_la_corbeille(action=action, version=1, par=coordinatrice)
    assert not Action.objects.filter(pk=pk).exists()
    assert Action.pgh_event_model.objects.filter(pgh_obj_id=pk).count() >= 2


def test_le_plan_a_des_axes_et_des_objectifs_numerotes_a_la_suite(contrat, coordinatrice):
    un = creer_axe(contrat=contrat, valeurs={"titre": "Soigner"}, par=coordinatrice)
    deux = creer_axe(contrat=contrat, valeurs={"titre": "Prévenir"}, par=coordinatrice)
    assert [un.numero, deux.numero] == ["1", "2"]
    objectif = creer_objectif(
        contrat=contrat,
        valeurs={"titre": "Dépister", "axe": deux, "numero": "2.1"},
        par=coordinatrice,
    )
    assert objectif.axe == deux


def test_un_objectif_ne_se_range_pas_sous_l_axe_d_un_autre_contrat(
    contrat, coordinatrice, autre_contrat
):
    with pytest.raises(DonneesRefusees):
        creer_objectif(
            contrat=contrat,
            valeurs={"titre": "Dépister", "axe": AxeFactory(contrat=autre_contrat), "numero": "9"},
            par=coordinatrice,
        )


def test_un_objectif_ne_se_range_pas_sous_l_objectif_d_un_autre_contrat(
    contrat, coordinatrice, autre_contrat
):
    parent = ObjectifFactory(axe=AxeFactory(contrat=autre_contrat))
    with pytest.raises(DonneesRefusees):
        creer_objectif(
            contrat=contrat,
            valeurs={"titre": "Dépister", "parent": parent, "numero": "9"},
            par=coordinatrice,
        )


def test_le_pilote_coche_les_etapes_de_son_action_et_pas_des_autres(action, pilote, contrat):
    sienne, autre = JalonFactory(action=action), JalonFactory(action=ActionFactory(contrat=contrat))
    fait = modifier_jalon(
        jalon=sienne, valeurs={"fait_le": date(2026, 3, 1)}, version=1, par=pilote
    )
    assert fait.fait_le == date(2026, 3, 1)
    with pytest.raises(DroitRefuse):
        modifier_jalon(jalon=autre, valeurs={"fait_le": date(2026, 3, 1)}, version=1, par=pilote)


def test_une_organisation_qui_pilote_ne_s_efface_pas(action, cpts):
    with pytest.raises(Exception, match="referenced through protected foreign keys"):
        Acteur.objects.filter(pk=cpts.pk).delete()
