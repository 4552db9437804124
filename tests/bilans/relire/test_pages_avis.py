"""Les pages des avis, de la validation, des visas et des contrôles."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bilans.models import Bilan
from contrats.models import RolePartie
from tests.factories import (
    ActionFactory,
    AvisBilanFactory,
    BilanFactory,
    CommentaireBilanFactory,
    InstanceFactory,
    PartieFactory,
    PresenceFactory,
    ReunionFactory,
    SectionBilanFactory,
)


@pytest.fixture
def bilan(contrat, axe) -> Bilan:
    bilan = BilanFactory(contrat=contrat, avec_pdf=True, statut="RELECTURE")
    SectionBilanFactory(bilan=bilan, texte="Une salle ouverte à tous.")
    return bilan


def adresse(nom: str, objet, *cles) -> str:
    return reverse(f"bilans:{nom}", args=[objet.pk, *cles])


def lire(client: Client, url: str, statut: int = 200) -> str:
    reponse = client.get(url)
    assert reponse.status_code == statut
    return reponse.content.decode()


# Les avis


def test_sans_avis_la_coordination_sait_quoi_faire(client_de, coordinatrice, partenaire, bilan):
    assert "Demander des avis" in lire(client_de(coordinatrice), adresse("avis", bilan))
    assert "Demander des avis" not in lire(client_de(partenaire), adresse("avis", bilan))


def test_demander_propose_les_signataires_et_refuse_une_date_passee(
    client_de, coordinatrice, contrat, bilan
):
    client, url = client_de(coordinatrice), adresse("avis_demander", bilan)
    assert contrat.ars.nom in lire(client, url)
    choix = {f"choisi_{contrat.ars_id}": "on", f"courriel_{contrat.ars_id}": ""}
    refus = client.post(url, {"attendu_le": "01/03/2026", **choix})
    assert refus.status_code == 422
    assert "Cette date est passée" in refus.content.decode()
    assert client.post(url, {"attendu_le": "31/03/2026", **choix}).status_code == 303
    assert contrat.ars.nom in lire(client, adresse("avis", bilan))
    assert contrat.ars.nom not in lire(client, url)


def test_l_agent_donne_l_avis_de_l_ars(client_de, agent_ars, contrat, bilan):
    avis = AvisBilanFactory(bilan=bilan, acteur=contrat.ars, message="Sur l’axe 2 surtout.")
    client, url = client_de(agent_ars), adresse("avis_rendre", avis)
    assert "Donner notre avis" in lire(client, adresse("avis", bilan))
    assert "Sur l’axe 2 surtout." in lire(client, url)
    refus = client.post(url, {"sens": "RESERVES", "texte": "", "version": "1"})
    assert refus.status_code == 422
    envoi = {"sens": "RESERVES", "texte": "Chiffrer l’axe 2.", "version": "1"}
    assert client.post(url, envoi).status_code == 303
    page = lire(client, adresse("avis", bilan))
    assert "Favorable avec réserves" in page
    assert "Armel Agence" in page


def test_un_avis_sur_une_demande_changee_se_relit_sans_rien_perdre(
    client_de, agent_ars, contrat, bilan
):
    avis = AvisBilanFactory(bilan=bilan, acteur=contrat.ars, version=3)
    envoi = {"sens": "FAVORABLE", "texte": "Un bon bilan.", "version": "2"}
    reponse = client_de(agent_ars).post(adresse("avis_rendre", avis), envoi)
    assert reponse.status_code == 409
    page = reponse.content.decode()
    assert "Un bon bilan." in page
    assert 'value="3"' in page


def test_un_courrier_recopie_dit_qui_l_a_recopie(client_de, coordinatrice, bilan):
    avis = AvisBilanFactory(bilan=bilan)
    envoi = {"sens": "FAVORABLE", "texte": "", "nom": "Dominique Essai, maire", "version": "1"}
    client = client_de(coordinatrice)
    assert client.post(adresse("avis_recopier", avis), envoi).status_code == 303
    page = lire(client, adresse("avis", bilan))
    assert "Dominique Essai, maire" in page
    assert "reçu par courrier, recopié par Coline Coordonne" in page


def test_le_retard_est_ecrit(client_de, partenaire, bilan):
    AvisBilanFactory(bilan=bilan, en_retard=True)
    assert "en retard de 10\u00a0jours" in lire(client_de(partenaire), adresse("avis", bilan))


def test_l_avis_sur_un_pdf_refait_le_dit(client_de, partenaire, bilan):
    AvisBilanFactory(bilan=bilan, rendu=True, sha256="f" * 64)
    assert "refait depuis" in lire(client_de(partenaire), adresse("avis", bilan))


# Valider, viser


def test_une_reunion_du_contrat_remplit_la_validation(client_de, elue, contrat, bilan):
    instance = InstanceFactory(contrat=contrat, type_id="copil", nom="Comité de pilotage d’essai")
    reunion = ReunionFactory(instance=instance, tenue=True, lieu="Mairie d’essai")
    presence = PresenceFactory(reunion=reunion)
    PartieFactory(contrat=contrat, acteur=presence.acteur, role=RolePartie.SIGNATAIRE)
    client, url = client_de(elue), adresse("valider", bilan)
    page = lire(client, f"{url}?reunion={reunion.pk}")
    assert 'value="20/01/2026"' in page
    assert 'value="Mairie d’essai"' in page
    assert re.search(rf'value="{presence.acteur_id}"[^>]*checked', page)
    envoi = {
        "reunion": str(reunion.pk),
        "date": "20/01/2026",
        "lieu": "Mairie d’essai",
        "presents": [str(presence.acteur_id)],
        "sha256": bilan.sha256,
    }
    assert client.post(url, envoi).status_code == 303
    apres = lire(client, url)
    assert "Validé en comité de pilotage" in apres
    assert presence.acteur.nom in apres


def test_valider_un_pdf_refait_depuis_est_refuse_sur_la_page(client_de, elue, bilan):
    envoi = {"date": "05/03/2026", "lieu": "Mairie", "sha256": "0" * 64}
    reponse = client_de(elue).post(adresse("valider", bilan), envoi)
    assert reponse.status_code == 422
    assert "refait depuis que vous l’avez lu" in reponse.content.decode()


def test_l_agence_vise_puis_le_pdf_refait_rend_le_visa_caduc(client_de, agent_ars, bilan):
    client, page = client_de(agent_ars), adresse("valider", bilan)
    client.post(adresse("viser", bilan, "ars"), {"sha256": bilan.sha256, "observations": "Vu."})
    assert "Armel Agence" in lire(client, page)
    Bilan.objects.filter(pk=bilan.pk).update(sha256="f" * 64)
    caduc = lire(client, page)
    assert "Caduc" in caduc
    assert "Viser le bilan" in caduc


def test_un_visa_inconnu_n_existe_pas(client_de, agent_ars, bilan):
    assert client_de(agent_ars).post(adresse("viser", bilan, "prefet")).status_code == 404


# Vérifier


def test_la_page_des_controles_separe_ce_qui_bloque(client_de, coordinatrice, contrat, bilan):
    ActionFactory(contrat=contrat, est_publique=True)
    bilan.sections.update(texte="Le ZQXW a ouvert une salle.")
    page = lire(client_de(coordinatrice), adresse("controles", bilan))
    assert page.index("Ce qui bloque") < page.index("ZQXW") < page.index("À savoir avant")
    assert "Réparez d’abord ce qui bloque." in page


@pytest.mark.parametrize("nom", ["relire", "avis", "valider", "controles"])
def test_lectrice_refusee_voisine_perdue(client_de, lectrice, voisine, bilan, nom):
    assert client_de(lectrice).get(adresse(nom, bilan)).status_code == 403
    assert client_de(voisine).get(adresse(nom, bilan)).status_code == 404


@pytest.mark.parametrize("nom", ["relire", "avis", "valider", "controles"])
def test_un_bilan_publie_se_relit_encore(client_de, elue, contrat, nom):
    publie = BilanFactory(contrat=contrat, publie=True)
    CommentaireBilanFactory(bilan=publie)
    AvisBilanFactory(bilan=publie, rendu=True)
    page = lire(client_de(elue), adresse(nom, publie))
    assert "<summary>Commenter" not in page
