"""Les pages d’un lot : cocher, dire, relire, écrire, annuler ; sans JavaScript, rien de perdu."""

import pytest
from django.urls import reverse

from contrats.models import ActionActeur
from contrats.services.plan import modifier_action
from tests.appuis.pages import lire, soupe
from tests.contrats.lots.gestes import appliquer, dire
from tests.factories import ActeurFactory, ActionFactory, AxeFactory

VUES = ("", "?vue=tableau", "?vue=cartes", "?vue=pilotes", "?vue=themes")


@pytest.fixture
def fiches(contrat, axe):
    return [
        ActionFactory(contrat=contrat, axe=axe, numero=f"2.{n}", themes=["acces_soins"])
        for n in range(1, 4)
    ]


@pytest.mark.parametrize("vue", VUES)
def test_chaque_fiche_du_plan_a_sa_case_reliee_au_formulaire(client, contrat, fiches, vue):
    page = lire(client, reverse("contrats:plan", args=[contrat.pk]) + vue)
    assert page.select_one("form#lot")["action"] == reverse("contrats:lots", args=[contrat.pk])
    cases = page.select('input[form="lot"][name="fiche"]')
    assert {c["value"] for c in cases} == {str(f.pk) for f in fiches}
    assert cases[0]["aria-label"].startswith("Cocher la fiche 2.1 ")


def test_qui_ne_modifie_rien_n_a_pas_de_case(client_de, lectrice, contrat, fiches):
    for vue in VUES:
        page = lire(client_de(lectrice), reverse("contrats:plan", args=[contrat.pk]) + vue)
        assert not page.select('[form="lot"], form#lot, [data-cls-tout-cocher]')


def test_un_pilote_ne_coche_que_ses_fiches(client_de, pilote, contrat, action, fiches):
    for vue in VUES:
        page = lire(client_de(pilote), reverse("contrats:plan", args=[contrat.pk]) + vue)
        cases = page.select('input[form="lot"][name="fiche"]')
        assert [c["value"] for c in cases] == [str(action.pk)]


def test_de_la_case_a_l_annulation(client, contrat, fiches, choisir):
    lot = choisir(fiche=[f.pk for f in fiches[:2]])
    page = lire(client, reverse("contrats:lot_modifier", args=[lot.pk]))
    assert "Modifier 2\u00a0fiches" in page.h1.text

    reponse = dire(client, lot, statut="REPORTEE", statut_raison="Élections")
    apercu = lire(client, reponse.url)
    assert "Rien n’est encore écrit." in apercu.text
    assert "En cours" in apercu.select_one(".lignes-de-lot del").text
    assert "Reportée" in apercu.select_one(".lignes-de-lot ins").text
    assert not contrat.actions.filter(statut="REPORTEE").exists()

    fait = appliquer(client, lot)
    assert contrat.actions.filter(statut="REPORTEE").count() == 2
    bouton = next(b for b in fait.select("button") if "Annuler ces" in b.text)
    assert "Annuler ces 2 modifications" in " ".join(bouton.text.split())

    annule = client.post(reverse("contrats:lot_annuler", args=[lot.pk]))
    assert "Lot annulé" in lire(client, annule.url).h1.text
    assert not contrat.actions.filter(statut="REPORTEE").exists()


def test_toutes_les_filtrees_suivent_le_filtre_de_la_page(
    client, contrat, fiches, choisir, coordinatrice
):
    modifier_action(action=fiches[2], valeurs={"priorite": "BAS"}, version=1, par=coordinatrice)
    lot = choisir(tous="1", parametres="priorite=BAS&vue=tableau&tri=titre")
    assert (lot.est_tout, lot.parametres) == (True, "priorite=BAS")
    dire(client, lot, priorite="ELEVE")
    appliquer(client, lot)
    assert list(contrat.actions.filter(priorite="ELEVE")) == [fiches[2]]


def test_une_fiche_entree_dans_le_filtre_avant_l_apercu_est_du_lot(
    client, contrat, fiches, choisir, coordinatrice
):
    lot = choisir(tous="1", parametres="priorite=BAS")
    modifier_action(action=fiches[0], valeurs={"priorite": "BAS"}, version=1, par=coordinatrice)
    dire(client, lot, statut="EN_PAUSE")
    assert [x.action_id for x in lot.lignes.all()] == [fiches[0].pk]


def test_un_axe_coche_prend_ses_fiches_filtrees(client, contrat, axe, fiches, choisir):
    ailleurs = ActionFactory(contrat=contrat, axe=AxeFactory(contrat=contrat))
    sans_axe = ActionFactory(contrat=contrat)
    lot = choisir(axe=[str(axe.pk), "sans-axe"])
    dire(client, lot, priorite="BAS")
    pris = set(lot.lignes.values_list("action", flat=True))
    assert pris == {*(f.pk for f in fiches), sans_axe.pk}
    assert ailleurs.pk not in pris


def test_rien_de_coche_se_dit_et_ramene_au_plan(client, contrat):
    reponse = client.post(
        reverse("contrats:lots", args=[contrat.pk]), {"fiche": ["pas un identifiant"]}
    )
    assert reponse.status_code == 422
    assert "Cochez au moins une fiche" in soupe(reponse).text


def test_un_filtre_mal_ecrit_est_refuse(client, contrat):
    adresse = reverse("contrats:lots", args=[contrat.pk])
    assert client.post(adresse, {"tous": "1", "parametres": "axe=ici"}).status_code == 400


def test_des_filtres_trop_longs_se_disent(client, contrat):
    adresse = reverse("contrats:lots", args=[contrat.pk])
    reponse = client.post(adresse, {"tous": "1", "parametres": "statut=EN_COURS&" * 300})
    assert reponse.status_code == 422
    assert "trop longs" in soupe(reponse).text


def test_une_fiche_d_un_autre_contrat_n_entre_pas_dans_le_lot(
    client, autre_action, fiches, choisir
):
    lot = choisir(fiche=[autre_action.pk, fiches[0].pk])
    dire(client, lot, priorite="BAS")
    lot.refresh_from_db()
    assert (lot.lignes.count(), lot.disparues) == (1, 1)


@pytest.mark.parametrize(
    ("reponses", "champ"),
    [
        ({}, None),
        ({"statut": "BLOQUEE"}, "statut_raison"),
        ({"statut_raison": "Sans statut"}, "statut"),
        ({"date_fin": "31/02/2026"}, "date_fin"),
        ({"date_fin": "28/02/2026", "date_fin_effacer": "on"}, "date_fin"),
        ({"date_fin_nombre": "99999"}, "date_fin_nombre"),
        ({"themes_ajouter": ["inconnu"]}, "themes_ajouter"),
        ({"sans_pilote": "on", "pilote": "PILOTE"}, "sans_pilote"),
    ],
)
def test_une_demande_mal_faite_revient_avec_son_erreur_et_ce_qui_etait_tape(
    client, fiches, choisir, cpts, reponses, champ
):
    if "pilote" in reponses:
        reponses = {**reponses, "pilote": str(cpts.pk)}
    lot = choisir(fiche=[f.pk for f in fiches])
    page = soupe_422(dire(client, lot, **reponses))
    assert page.select_one(".resume-erreurs")
    if champ:
        assert page.select(f'[name="{champ}"][aria-invalid="true"]')
    for nom, valeur in reponses.items():
        if nom == "statut_raison":
            assert page.select_one(f'[name="{nom}"]')["value"] == valeur


def soupe_422(reponse):
    assert reponse.status_code == 422
    return soupe(reponse)


def test_revoir_les_changements_rend_les_reponses(client, fiches, choisir, cpts):
    ActionActeur.objects.create(action=fiches[0], acteur=cpts)
    neuve = ActeurFactory()
    lot = choisir(fiche=[f.pk for f in fiches])
    reponses = {
        "statut": "EN_PAUSE",
        "priorite": "EFFACER",
        "date_fin_nombre": "-3",
        "date_fin_unite": "mois",
        "themes_ajouter": ["jeunes"],
        "themes_retirer": ["acces_soins"],
        "role": "financeurs",
        "organisations_ajouter": [str(neuve.pk)],
        "organisations_retirer": [f"partenaires:{cpts.pk}"],
    }
    assert dire(client, lot, **reponses).status_code == 303
    page = lire(client, reverse("contrats:lot_modifier", args=[lot.pk]))
    assert page.select_one('[name="priorite"] option[selected]')["value"] == "EFFACER"
    assert page.select_one('[name="date_fin_nombre"]')["value"] == "-3"
    coches = {(c["name"], c["value"]) for c in page.select("input[type=checkbox][checked]")}
    assert coches == {
        ("themes_ajouter", "jeunes"),
        ("themes_retirer", "acces_soins"),
        ("organisations_ajouter", str(neuve.pk)),
        ("organisations_retirer", f"partenaires:{cpts.pk}"),
    }


def test_chercher_une_organisation_ne_perd_rien_de_tape(client, fiches, choisir):
    ailleurs = ActeurFactory(nom="Association fictive du Phare")
    lot = choisir(fiche=[f.pk for f in fiches])
    reponse = dire(client, lot, statut="EN_PAUSE", recherche="phare", recherche_faite="")
    assert reponse.status_code == 200
    page = soupe(reponse)
    assert page.select_one('[name="statut"] option[selected]')["value"] == "EN_PAUSE"
    assert page.select(f'[name="organisations_ajouter"][value="{ailleurs.pk}"]')
    suite = dire(
        client,
        lot,
        organisations_ajouter=[str(ailleurs.pk)],
        role="partenaires",
        recherche="phare",
        recherche_faite="phare",
    )
    assert suite.status_code == 303
