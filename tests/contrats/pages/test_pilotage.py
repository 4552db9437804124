"""La page du pilotage : ce qu’elle montre, où mènent ses nombres, ce qu’elle laisse emporter."""

import csv
import io
import re

import pytest
from django.urls import reverse

from acteurs.models import Region
from contrats.presentation.listes_pilotage import LISTES
from tests.contrats.pilotage import monde as fabrique
from tests.factories import (
    ActeurFactory,
    ActionFactory,
    AffectationArsFactory,
    ContratFactory,
    FinancementFactory,
    LigneBudgetFactory,
    PartieFactory,
    UtilisateurFactory,
)

PAGE = reverse("contrats:pilotage", args=["53"])
COMPTES = {
    "Fiches", "Contrats", "En retard", "Fiches (n)", "Signataires", "Contrats qui en ont",
}  # fmt: skip
COLONNES_DE_LISTE = {
    "Prévu": "Demandé", "Demandé": "Demandé", "Coût prévu": "Coût prévu",
    "Coût réalisé": "Coût réalisé",
}  # fmt: skip
MONTANT = re.compile(
    r'href="([^"]+)"[^>]*>([\d\u202f,]+)\u00a0€<span class="invisible"> : ([^,<]+),'
)
LIEN = re.compile(r'href="([^"]+)"[^>]*>([\d\u202f]+)<span class="invisible"> : ([^,<]+),')


def lire(client, adresse=PAGE, **parametres):
    reponse = client.get(adresse, parametres)
    assert reponse.status_code == 200, reponse.content.decode()[:400]
    return reponse.content.decode()


@pytest.fixture
def agent(client_de, agent_ars):
    return client_de(agent_ars)


def test_la_page_dit_combien_de_contrats_et_combien_de_fiches(agent, contrat, action):
    page = lire(agent)
    assert "Pilotage de la Bretagne" in page
    assert "sur 1 que vous suivez ici" in page
    assert "Contrats de la voisine" not in page


def test_chaque_nombre_de_fiches_mene_a_une_liste_qui_en_compte_autant(agent, contrat):
    """Tous les liens de la page, suivis un par un."""
    contrat.delete()
    monde = fabrique.creer(3, fiches=10)
    for signe in monde.contrats[:2]:
        for _ in range(2):
            PartieFactory(contrat=signe, acteur=ActeurFactory(cpts=True))
    suivis = 0
    for adresse, nombre, colonne in set(LIEN.findall(lire(agent))):
        if colonne not in COMPTES:
            continue
        liste = lire(agent, adresse.replace("&amp;", "&"))
        mot = re.search(r'id="t-\w+">([\d\u202f]+)\u00a0', liste)[1]
        assert mot == nombre, adresse
        suivis += 1
    assert suivis > 40


def test_chaque_montant_mene_a_une_liste_dont_le_total_est_le_meme(agent, contrat):
    """Prévu et demandé se lisent tous deux dans la colonne « Demandé », chacun ses demandes."""
    contrat.delete()
    fabrique.creer(5, fiches=8)
    montants = set(MONTANT.findall(lire(agent)))
    assert {colonne for _, _, colonne in montants} == {*COLONNES_DE_LISTE, "Accordé", "Versé"}
    for adresse, montant, colonne in montants:
        liste = lire(agent, adresse.replace("&amp;", "&"))
        titre = COLONNES_DE_LISTE.get(colonne, colonne)
        total = liste[liste.index("<tfoot>") :]
        assert re.search(f'data-titre="{titre}"><span>([^<]+)\u00a0€', total)[1] == montant, adresse


def test_les_liens_gardent_les_choix_de_la_page(agent, contrat, action):
    page = lire(agent, departement="29", situation="signe")
    liens = re.findall(r'href="(/espace/regions/53/pilotage/fiches/[^"]*)"', page)
    assert liens
    assert all("departement=29" in lien and "situation=signe" in lien for lien in liens)


def test_un_financement_se_retrouve_dans_sa_liste(agent, action):
    FinancementFactory(action=action, fir=True, montant_accorde=12_345)
    adresse = reverse("contrats:pilotage_liste", args=["53", "financements"])
    assert "12\u202f345" in lire(agent, adresse, type_financeur="fir", mission_fir="M1")
    assert "Rien ne répond" in lire(agent, adresse, type_financeur="fir", sans_mission="true")


def test_les_choix_d_une_liste_se_disent_et_se_retirent(agent, action):
    adresse = reverse("contrats:pilotage_liste", args=["53", "fiches"])
    page = lire(agent, adresse, statut="EN_COURS", en_retard="false", annee="2025")
    for mot in ("Statut affiché\u00a0: En cours", "2025"):
        assert mot in page
    assert "Retirer le choix" in page


def test_un_choix_mal_ecrit_est_refuse_en_le_nommant(agent, contrat):
    for parametres in ({"situation": "hier"}, {"annee": "l’an dernier"}, {"departement": "zz"}):
        assert agent.get(PAGE, parametres).status_code == 400
    adresse = reverse("contrats:pilotage_liste", args=["53", "fiches"])
    assert agent.get(adresse, {"statut": "FINI"}).status_code == 400


def test_une_region_ou_l_on_ne_suit_rien_dit_a_quoi_sert_la_page(agent, contrat):
    contrat.delete()
    assert "Aucun contrat à piloter ici" in lire(agent)


def test_des_choix_sans_reponse_ramenent_a_toute_la_region(agent, contrat):
    assert "Aucun contrat ne répond à ces choix" in lire(agent, situation="termine")


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
def test_chaque_tableau_et_chaque_liste_s_emportent(agent, contrat, action, extension):
    FinancementFactory(action=action, fir=True)
    PartieFactory(contrat=contrat, acteur=ActeurFactory(cpts=True))
    cles = set(re.findall(r"pilotage/([\w-]+)/exporter/csv/", lire(agent)))
    assert {"statuts", "themes", "financeurs", "signataires", "par-contrat"} <= cles
    toutes = (*cles, *LISTES, "financeurs-par-annee")
    for quoi in toutes if extension == "csv" else ("statuts", "financements"):
        adresse = reverse("contrats:pilotage_exporter", args=["53", quoi, extension])
        reponse = agent.get(adresse)
        assert reponse.status_code == 200, quoi
        assert f".{extension}" in reponse["Content-Disposition"]
        assert reponse.content


def test_l_export_donne_les_memes_lignes_que_le_tableau(agent, contrat, action):
    adresse = reverse("contrats:pilotage_exporter", args=["53", "statuts", "csv"])
    lignes = list(
        csv.reader(io.StringIO(agent.get(adresse).content.decode("utf-8-sig")), delimiter=";")
    )
    assert lignes[0] == ["Code", "Statut", "Fiches", "Contrats", "Part des fiches"]
    assert ["EN_COURS", "En cours", "1", "1", ""] in lignes


def test_l_export_d_une_liste_garde_ses_filtres(agent, contrat):
    ActionFactory(contrat=contrat, titre="Fiche gardée", en_retard=True)
    ActionFactory(contrat=contrat, titre="Fiche écartée")
    adresse = reverse("contrats:pilotage_exporter", args=["53", "fiches", "csv"])
    contenu = agent.get(adresse, {"en_retard": "true"}).content.decode()
    assert "Fiche gardée" in contenu
    assert "Fiche écartée" not in contenu


def test_un_tableau_ou_un_format_inconnu_n_existe_pas(agent, contrat):
    for quoi, extension in (("inconnu", "csv"), ("statuts", "pdf")):
        adresse = reverse("contrats:pilotage_exporter", args=["53", quoi, extension])
        assert agent.get(adresse).status_code == 404
    assert agent.get(reverse("contrats:pilotage_liste", args=["53", "inconnue"])).status_code == 404
    assert agent.get(reverse("contrats:pilotage", args=["99"])).status_code == 404


def test_l_agent_d_une_autre_region_est_refuse_partout(client_de, contrat, autre_contrat):
    ailleurs = UtilisateurFactory()
    AffectationArsFactory(utilisateur=ailleurs, region="76")
    client = client_de(ailleurs)
    adresses = [
        PAGE,
        *(reverse("contrats:pilotage_liste", args=["53", liste]) for liste in LISTES),
        reverse("contrats:pilotage_exporter", args=["53", "statuts", "csv"]),
    ]
    assert {client.get(adresse).status_code for adresse in adresses} == {403}
    assert client.get(reverse("contrats:pilotage", args=["76"])).status_code == 200


def test_la_delegation_lit_sa_part_de_la_region(client_de, agent_dd, contrat):
    ailleurs = ContratFactory(signe=True, epci=fabrique.CHATEAUGIRON, nom="Contrat d’à côté")
    ActionFactory(contrat=ailleurs)
    page = lire(client_de(agent_dd))
    assert contrat.nom in page
    assert "Contrat d’à côté" not in page


def test_le_rail_y_mene_dans_sa_region_seulement(client_de, agent_ars, contrat):
    client = client_de(agent_ars)
    couverture = lire(client, reverse("contrats:couverture_region", args=["53"]))
    assert f'href="{PAGE}"' in couverture
    ailleurs = lire(client, reverse("contrats:couverture_region", args=["76"]))
    assert reverse("contrats:pilotage", args=["76"]) not in ailleurs


def test_le_nombre_de_requetes_de_la_page_est_fixe(agent, contrat, exiger_requetes_plates):
    def peupler(nombre):
        for _ in range(nombre):
            ActionFactory(contrat=ContratFactory(signe=True), themes=["prevention"])

    assert exiger_requetes_plates(peupler=peupler, lire=lambda: agent.get(PAGE)) <= 60


@pytest.mark.parametrize("liste", LISTES)
def test_le_nombre_de_requetes_d_une_liste_est_fixe(agent, contrat, exiger_requetes_plates, liste):
    def peupler(nombre):
        for _ in range(nombre):
            action = ActionFactory(contrat=ContratFactory(signe=True))
            FinancementFactory(action=action)
            LigneBudgetFactory(action=action)
            PartieFactory(contrat=action.contrat)

    adresse = reverse("contrats:pilotage_liste", args=["53", liste])
    exiger_requetes_plates(peupler=peupler, lire=lambda: agent.get(adresse))


def test_chaque_region_a_son_pilotage_pour_l_administration(client_de, administratrice, contrat):
    client = client_de(administratrice)
    for code in Region.objects.values_list("pk", flat=True):
        assert client.get(reverse("contrats:pilotage", args=[code])).status_code == 200
