"""Partager, depuis les pages : la fiche se lit dans les deux plans, et rien d’autre ne sort."""

import pytest
from django.urls import reverse

from contrats.models import PartageAction
from tests.appuis.api import ids, resultats
from tests.appuis.pages import lire
from tests.factories import (
    ActionFactory,
    AxeFactory,
    DocumentActionFactory,
    JalonFactory,
    LigneBudgetFactory,
    NoteSuiviFactory,
    PartageActionFactory,
)

VUES = ("arbre", "tableau", "cartes", "calendrier", "pilotes", "themes")
SECRETS = ("Note du journal", "Devis confidentiel", "98 765", "Axe du contrat qui la tient")


@pytest.fixture
def interne(contrat):
    axe = AxeFactory(contrat=contrat, titre=SECRETS[3])
    precedente = ActionFactory(contrat=contrat, titre="Fiche voisine jamais partagée")
    fiche = ActionFactory(
        contrat=contrat, axe=axe, interne=True, titre="Un relais commun aux deux bassins",
        contexte="Le même hôpital", action_precedente=precedente, origine="RECONDUITE",
    )  # fmt: skip
    JalonFactory(action=fiche, libelle="Ouvrir le relais")
    NoteSuiviFactory(action=fiche, fait=SECRETS[0])
    DocumentActionFactory(action=fiche, titre=SECRETS[1])
    LigneBudgetFactory(action=fiche, prevu=98765)
    return fiche


@pytest.fixture
def partage(interne, autre_contrat):
    return PartageActionFactory(action=interne, contrat=autre_contrat)


@pytest.fixture
def chez_la_voisine(client_de, voisine):
    return client_de(voisine)


def test_la_coordinatrice_propose_et_la_voisine_accepte(client_de, coordinatrice, chez_la_voisine, interne, autre_contrat):  # fmt: skip
    autre_contrat.est_public = True
    autre_contrat.save()
    adresse = reverse("contrats:action_partager", args=[interne.pk])
    page = client_de(coordinatrice)
    assert adresse in page.get(reverse("contrats:action", args=[interne.pk])).text
    page.post(adresse, {"contrat": autre_contrat.pk, "message": "Menons-la ensemble."})
    propose = PartageAction.objects.get()
    plan = chez_la_voisine.get(reverse("contrats:plan", args=[autre_contrat.pk]))
    assert "à décider" in plan.text
    lue = chez_la_voisine.get(reverse("contrats:partage", args=[propose.pk])).text
    assert "Menons-la ensemble." in lue
    accepter = reverse("contrats:partage_accepter", args=[propose.pk])
    assert chez_la_voisine.post(accepter, {"ou": "sans"}).status_code == 303
    plan = chez_la_voisine.get(reverse("contrats:plan", args=[autre_contrat.pk])).text
    assert "Partagée par Contrat d’essai de Cornouaille" in plan


@pytest.mark.parametrize("vue", VUES)
def test_elle_se_lit_marquee_dans_chaque_vue_sans_compter(chez_la_voisine, interne, partage, autre_contrat, vue):  # fmt: skip
    ActionFactory(contrat=autre_contrat, axe=AxeFactory(contrat=autre_contrat))
    page = chez_la_voisine.get(reverse("contrats:plan", args=[autre_contrat.pk]), {"vue": vue})
    assert interne.titre in page.text
    assert "Partagée par Contrat d’essai de Cornouaille" in page.text
    assert reverse("contrats:partage", args=[partage.pk]) in page.text
    assert reverse("contrats:action", args=[interne.pk]) not in page.text
    assert "elle compte une seule fois" in page.text
    assert page.context["total"] == page.context["montrees"] == 1


def test_une_recherche_la_donne_apres_les_reponses_du_plan(chez_la_voisine, interne, partage, autre_contrat):  # fmt: skip
    adresse = reverse("contrats:plan", args=[autre_contrat.pk])
    page = chez_la_voisine.get(adresse, {"vue": "extraits", "recherche": "bassins"})
    assert interne.titre in page.text
    assert "Partagée par Contrat d’essai de Cornouaille" in page.text


def test_un_groupe_la_compte_a_part(chez_la_voisine, interne, partage, autre_contrat):
    ActionFactory.create_batch(2, contrat=autre_contrat)
    adresse = reverse("contrats:plan", args=[autre_contrat.pk])
    page = lire(chez_la_voisine, adresse, vue="pilotes")
    (titre,) = page.select(".groupe-de-fiches h2")
    assert titre.get_text(" ", strip=True) == "Sans pilote 2\u00a0fiches et 1\u00a0partagée"
    assert page.select_one(".repartition").get_text(" ", strip=True) == "2 en cours"


def test_les_matrices_ne_la_comptent_pas_et_le_disent(chez_la_voisine, interne, partage, autre_contrat):  # fmt: skip
    interne.themes.add("prevention")
    ActionFactory(contrat=autre_contrat)
    adresse = reverse("contrats:plan", args=[autre_contrat.pk])
    page = lire(chez_la_voisine, adresse, vue="matrices")
    assert not page.select("td[class^=nuance] a, .matrice td.d a")
    assert "n’y comptent pas" in page.select_one("main").get_text()


def test_un_plan_sans_fiche_a_lui_montre_celle_qu_il_recoit(chez_la_voisine, interne, partage, autre_contrat):  # fmt: skip
    assert (
        interne.titre in chez_la_voisine.get(reverse("contrats:plan", args=[autre_contrat.pk])).text
    )


@pytest.mark.parametrize(
    ("filtre", "montree"),
    [
        ({"recherche": "hôpital"}, True),
        ({"recherche": "piscine"}, False),
        ({"statut": "EN_COURS"}, True),
        ({"statut": "REALISEE"}, False),
        ({"sans_axe": "true"}, False),
        ({"sans_budget": "false"}, False),
    ],
)
def test_elle_passe_les_memes_filtres_que_le_plan(chez_la_voisine, interne, partage, autre_contrat, filtre, montree):  # fmt: skip
    axe = AxeFactory(contrat=autre_contrat)
    ActionFactory(contrat=autre_contrat, axe=axe)
    PartageAction.objects.update(axe=axe)
    for vue in VUES:
        adresse = reverse("contrats:plan", args=[autre_contrat.pk])
        page = chez_la_voisine.get(adresse, {**filtre, "vue": vue})
        assert (interne.titre in page.text) == montree, vue


def test_le_filtre_par_axe_est_celui_du_plan_qui_recoit(chez_la_voisine, interne, partage, autre_contrat):  # fmt: skip
    ici, ailleurs = AxeFactory(contrat=autre_contrat), AxeFactory(contrat=autre_contrat)
    ActionFactory(contrat=autre_contrat, axe=ici)
    PartageAction.objects.update(axe=ici)
    adresse = reverse("contrats:plan", args=[autre_contrat.pk])
    assert interne.titre in chez_la_voisine.get(adresse, {"axe": ici.pk}).text
    assert interne.titre not in chez_la_voisine.get(adresse, {"axe": ailleurs.pk}).text


# Rien d’autre ne sort


def test_la_page_lue_par_l_autre_contrat_ne_dit_rien_de_plus(chez_la_voisine, interne, partage):
    lue = chez_la_voisine.get(reverse("contrats:partage", args=[partage.pk])).text
    lue = lue.replace("\u202f", " ").replace("\xa0", " ")
    assert "Le même hôpital" in lue
    assert "Ouvrir le relais" in lue
    for secret in (*SECRETS, "Fiche voisine jamais partagée"):
        assert secret not in lue, secret


@pytest.mark.parametrize(
    "route",
    ["action", "action_suivi", "action_budget", "action_documents", "action_modifier",
     "action_dupliquer", "action_partager"],
)  # fmt: skip
def test_les_pages_du_contrat_qui_la_tient_restent_fermees(chez_la_voisine, interne, partage, route):  # fmt: skip
    assert chez_la_voisine.get(reverse(f"contrats:{route}", args=[interne.pk])).status_code == 404


def test_ni_le_document_ni_les_autres_fiches_ne_s_ouvrent(chez_la_voisine, contrat, interne, partage):  # fmt: skip
    document = interne.documents.get()
    assert chez_la_voisine.get(reverse("contrats:document_telecharger", args=[document.pk])).status_code == 404  # fmt: skip
    contrat.est_public = False
    contrat.save()
    assert ids(chez_la_voisine, "actions/", contrat=contrat.pk) == {str(interne.pk)}
    assert not resultats(chez_la_voisine, "lignes_budget/")
    assert not resultats(chez_la_voisine, "axes/", contrat=contrat.pk)


def test_l_autre_contrat_n_ecrit_pas_par_l_api(chez_la_voisine, interne, partage):
    reponse = chez_la_voisine.patch(
        f"/api/v1/actions/{interne.pk}/", {"titre": "Autre"}, content_type="application/json"
    )
    assert reponse.status_code in {403, 404}
    interne.refresh_from_db()
    assert interne.titre == "Un relais commun aux deux bassins"


def test_l_api_dit_qui_tient_la_fiche(chez_la_voisine, client_de, lectrice, contrat, interne, partage):  # fmt: skip
    (lu,) = resultats(chez_la_voisine, "partages/")
    assert (lu["action"], lu["contrat_tenant"]) == (str(interne.pk), str(contrat.pk))
    assert resultats(client_de(lectrice), "partages/") == [lu]
    assert chez_la_voisine.post("/api/v1/partages/", {}).status_code == 405


def test_une_proposition_ne_se_lit_que_de_qui_peut_repondre(client_de, lectrice, contrat, coordinatrice):  # fmt: skip
    propose = PartageActionFactory(contrat=contrat, propose=True, action__contrat__region_id="76")
    adresse = reverse("contrats:partage", args=[propose.pk])
    assert client_de(coordinatrice).get(adresse).status_code == 200
    assert client_de(lectrice).get(adresse).status_code == 404


@pytest.mark.parametrize("vue", VUES)
def test_le_plan_lit_trente_fiches_partagees_comme_trois(chez_la_voisine, autre_contrat, exiger_requetes_plates, vue):  # fmt: skip
    exiger_requetes_plates(
        peupler=lambda n: [PartageActionFactory(contrat=autre_contrat) for _ in range(n)],
        lire=lambda: chez_la_voisine.get(
            reverse("contrats:plan", args=[autre_contrat.pk]), {"vue": vue}
        ),
    )
