"""Les pages du rapport : le demander, le suivre, l’emporter ; à chacun ceux de son ressort."""

import pytest
from django.urls import reverse

from bilans.models import RapportRegional
from bilans.views import rapport_regional as vue
from cls_platform.socle.models import EtatTravail
from tests.factories import (
    AffectationArsFactory,
    RapportRegionalFactory,
    TravailFactory,
    UtilisateurFactory,
)

REGIONAL = reverse("bilans:rapport_regional", args=["53"])
NATIONAL = reverse("bilans:rapport_national")
NOMS = ("rapport", "rapport_travail", "rapport_fichier", "rapport_donnees")


@pytest.fixture(autouse=True)
def _sans_courtier(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(vue, "envoyer", lambda tache, travail: True)


@pytest.fixture
def agent(client_de, agent_ars):
    return client_de(agent_ars)


def saisie(**autres):
    return {"date": "01/03/2026", "avec_montants": "on", "previent": "on"} | autres


def adresse(nom, rapport):
    return reverse(f"bilans:{nom}", args=[rapport.pk])


def test_la_page_propose_aujourd_hui_et_liste_les_rapports_faits(agent, agent_ars):
    RapportRegionalFactory(fait=True, demande_par=agent_ars)
    page = agent.get(REGIONAL).content.decode()
    assert 'value="12/03/2026"' in page
    assert "1<sup>er</sup>\u00a0mars 2026" in page
    assert agent_ars.nom in page
    assert "Prêt" in page


def test_un_rapport_deja_fait_s_emporte_de_la_liste_avec_le_millesime_de_ses_donnees(agent):
    fait, attend = RapportRegionalFactory(fait=True), RapportRegionalFactory()
    page = agent.get(REGIONAL).content.decode()
    assert f'href="{adresse("rapport_fichier", fait)}"' in page
    assert "Population 2023, arrêtées le 10/03/2026" in page
    assert adresse("rapport_fichier", attend) not in page


def test_demander_mene_a_la_page_d_avancement(agent, agent_ars):
    reponse = agent.post(REGIONAL, saisie())
    rapport = RapportRegional.objects.get()
    assert (reponse.status_code, reponse["Location"]) == (303, adresse("rapport", rapport))
    assert (rapport.demande_par, rapport.avec_montants, rapport.previent) == (agent_ars, True, True)
    assert "Le rapport se prépare" in agent.get(adresse("rapport", rapport)).content.decode()


def test_une_case_decochee_est_entendue(agent):
    agent.post(REGIONAL, {"date": "01/03/2026"})
    rapport = RapportRegional.objects.get()
    assert (rapport.avec_montants, rapport.previent) == (False, False)


def test_une_date_hors_bornes_ou_illisible_revient_avec_sa_phrase(agent):
    for date, phrase in (
        ("hier", "n’est pas lisible"),
        ("01/01/2001", "où la loi a créé"),
        ("", ""),
    ):
        reponse = agent.post(REGIONAL, saisie(date=date))
        assert reponse.status_code == 422
        assert phrase in reponse.content.decode()
    assert not RapportRegional.objects.exists()


def test_sans_courtier_la_demande_reste_notee(agent, monkeypatch):
    monkeypatch.setattr(vue, "envoyer", lambda tache, travail: False)
    page = agent.post(REGIONAL, saisie(), follow=True).content.decode()
    assert "La demande est notée" in page


def test_le_fragment_se_rafraichit_puis_recharge_la_page(agent):
    rapport = RapportRegionalFactory(travail=TravailFactory())
    assert "hx-get" in agent.get(adresse("rapport_travail", rapport)).content.decode()
    fini = RapportRegionalFactory(fait=True)
    assert agent.get(adresse("rapport_travail", fini))["HX-Refresh"] == "true"


def test_un_echec_se_dit_et_se_recommence(agent, agent_ars):
    rapport = RapportRegionalFactory(
        demande_par=agent_ars, travail=TravailFactory(etat=EtatTravail.ECHEC, message="Raison.")
    )
    page = agent.get(adresse("rapport", rapport)).content.decode()
    assert "Raison." in page
    assert "Recommencer" in page
    reponse = agent.post(adresse("rapport_refaire", rapport))
    assert reponse.status_code == 303
    rapport.refresh_from_db()
    assert rapport.est_en_cours


def test_un_rapport_fait_s_ouvre_en_pdf_et_donne_ses_donnees(agent):
    rapport = RapportRegionalFactory(fait=True)
    page = agent.get(adresse("rapport", rapport)).content.decode()
    assert rapport.sha256 in page
    fichier = agent.get(adresse("rapport_fichier", rapport))
    assert fichier["Content-Type"] == "application/pdf"
    assert "rapport-cls-bretagne-2026-03-01.pdf" in fichier["Content-Disposition"]
    assert b"".join(fichier.streaming_content).startswith(b"%PDF")
    donnees = agent.get(adresse("rapport_donnees", rapport))
    assert donnees.json() == rapport.instantane | {"silhouette": None, "carte": None}


def test_un_rapport_en_attente_n_a_pas_de_fichier(agent):
    rapport = RapportRegionalFactory(travail=TravailFactory())
    for nom in ("rapport_fichier", "rapport_donnees"):
        assert agent.get(adresse(nom, rapport)).status_code == 404


def test_l_agent_d_une_autre_region_est_refuse(client_de, agent_ars, autre_contrat):
    ailleurs = UtilisateurFactory()
    AffectationArsFactory(utilisateur=ailleurs, region="76")
    client = client_de(ailleurs)
    assert client.get(REGIONAL).status_code == 403
    assert client.post(REGIONAL, saisie()).status_code == 403
    rapport = RapportRegionalFactory(fait=True)
    assert {client.get(adresse(nom, rapport)).status_code for nom in NOMS} == {404}
    assert client.post(adresse("rapport_refaire", rapport)).status_code == 404


def test_la_delegation_ne_lit_pas_le_rapport_du_siege(client_de, agent_dd, agent_ars):
    client = client_de(agent_dd)
    entier, limite = (
        RapportRegionalFactory(fait=True),
        RapportRegionalFactory(fait=True, delegations=["29"]),
    )
    assert client.get(adresse("rapport", entier)).status_code == 404
    assert client.get(adresse("rapport", limite)).status_code == 200
    assert "ceux de votre délégation" in client.get(REGIONAL).content.decode()


def test_qui_ne_pilote_rien_n_y_entre_pas(client_de, coordinatrice, voisine):
    rapport = RapportRegionalFactory(fait=True)
    for personne in (coordinatrice, voisine):
        client = client_de(personne)
        for page in (REGIONAL, NATIONAL, adresse("rapport", rapport)):
            assert client.get(page).status_code == 403


def test_le_rapport_national_se_demande_sans_montants(agent):
    assert "avec_montants" not in agent.get(NATIONAL).content.decode()
    agent.post(NATIONAL, saisie())
    rapport = RapportRegional.objects.get()
    assert (rapport.region, rapport.avec_montants) == (None, False)
    assert "Rapport national" in agent.get(adresse("rapport", rapport)).content.decode()


def test_les_deux_rapports_se_menent_l_un_a_l_autre_et_le_rail_y_conduit(agent, contrat):
    assert f'href="{NATIONAL}"' in agent.get(REGIONAL).content.decode()
    assert f'href="{REGIONAL}"' in agent.get(NATIONAL).content.decode()
    pilotage = agent.get(reverse("contrats:pilotage", args=["53"])).content.decode()
    assert f'href="{REGIONAL}"' in pilotage


def test_une_region_inconnue_n_existe_pas(agent):
    assert agent.get(reverse("bilans:rapport_regional", args=["99"])).status_code == 404


def test_le_nombre_de_requetes_de_la_liste_est_fixe(agent, exiger_requetes_plates):
    def peupler(nombre):
        for _ in range(nombre):
            RapportRegionalFactory(fait=True)

    exiger_requetes_plates(peupler=peupler, lire=lambda: agent.get(REGIONAL))
