"""Les avenants par l’API : lire, préparer, signer, retirer."""

import pytest
from django.test import Client, RequestFactory

from acteurs.models import Portee
from contrats.api.avenants import AvenantViewSet
from tests.appuis.api import (
    JSON,
    RACINE,
    decrits_un_par_un,
    ids,
    outil,
    pointeurs,
    probleme,
    resultats,
)
from tests.factories import AvenantFactory

CORPS = {"types": ["prorogation"], "objet": "Un an de plus.", "date_fin_apres": "2029-12-31"}


@pytest.fixture
def client(coordinatrice):
    return outil(coordinatrice, nom="Tableur d’essai")


def envoyer(client, methode, chemin, corps, si=None):
    entetes = {"If-Match": si} if si else {}
    return getattr(client, methode)(f"{RACINE}{chemin}", corps, content_type=JSON, headers=entetes)


def test_un_outil_prepare_modifie_signe_et_retire(client, contrat, coordinatrice):
    cree = envoyer(client, "post", "avenants/", {**CORPS, "contrat": str(contrat.pk)})
    assert cree.status_code == 201
    chemin = f"avenants/{cree.json()['id']}/"
    assert cree["Location"].endswith(chemin)
    assert cree.json()["en_vigueur_le"] is None

    corps = {"communes_entrantes": ["29155"]}
    modifie = envoyer(client, "patch", chemin, corps, cree["ETag"])
    assert modifie.json()["communes_entrantes"] == ["29155"]

    signe = envoyer(client, "post", f"{chemin}signer/", {"date_signature": "2026-03-12"})
    assert (signe.status_code, signe.json()["en_vigueur_le"]) == (200, "2026-03-12")
    contrat.refresh_from_db()
    assert f"{contrat.date_fin}" == "2029-12-31"
    assert contrat.modifie_via == "api:Tableur d’essai"

    etag = client.get(f"{RACINE}{chemin}")["ETag"]
    assert envoyer(client, "delete", chemin, {}, etag).status_code == 204
    contrat.refresh_from_db()
    assert f"{contrat.date_fin}" == "2028-12-31"


def test_seul_un_avenant_signe_d_un_contrat_public_se_lit_sans_compte(contrat, autre_contrat):
    signe = AvenantFactory(contrat=contrat, signe=True)
    AvenantFactory(contrat=contrat)
    AvenantFactory(contrat=autre_contrat, signe=True)
    assert ids(Client(), "avenants/") == {str(signe.pk)}


def test_la_liste_se_filtre_par_contrat_et_par_etat(client, contrat):
    AvenantFactory(contrat=contrat)
    signe = AvenantFactory(contrat=contrat, signe=True)
    filtres = {"contrat": str(contrat.pk), "etat": "SIGNE"}
    assert ids(client, "avenants/", **filtres) == {str(signe.pk)}


def test_la_liste_et_le_detail_disent_la_meme_chose(client, contrat, coordinatrice):
    avenant = AvenantFactory(contrat=contrat, signe=True, types=["perimetre", "prorogation"])
    avenant.communes_entrantes.add("29155")
    requete = RequestFactory().get("/")
    requete.user = coordinatrice
    (attendu,) = decrits_un_par_un(AvenantViewSet, requete)
    (lu,) = resultats(client, "avenants/")
    assert lu.keys() == attendu.keys()
    assert lu["types"] == attendu["types"] == ["perimetre", "prorogation"]
    assert lu["communes_entrantes"] == ["29155"]
    assert lu["en_vigueur_le"] == attendu["en_vigueur_le"] == "2025-06-02"


def test_une_fin_trop_proche_est_refusee_sur_son_champ(client, contrat):
    corps = {**CORPS, "contrat": str(contrat.pk), "date_fin_apres": "2028-12-31"}
    refus = probleme(envoyer(client, "post", "avenants/", corps), 400)
    assert pointeurs(refus) == {"/date_fin_apres"}


def test_sans_version_l_ecriture_est_refusee(client, contrat):
    avenant = AvenantFactory(contrat=contrat)
    probleme(envoyer(client, "patch", f"avenants/{avenant.pk}/", {"objet": "Autre"}), 428)


def test_une_version_depassee_a_la_signature_est_refusee(client, contrat):
    avenant = AvenantFactory(contrat=contrat)
    corps = {"date_signature": "2026-03-12", "version": 7}
    refus = probleme(envoyer(client, "post", f"avenants/{avenant.pk}/signer/", corps), 412)
    assert refus["actuel"]["id"] == str(avenant.pk)


def test_sans_la_portee_un_jeton_n_ecrit_pas(coordinatrice, contrat):
    client = outil(coordinatrice, Portee.LECTURE, Portee.ECRITURE_ACTIONS)
    corps = {**CORPS, "contrat": str(contrat.pk)}
    refus = probleme(envoyer(client, "post", "avenants/", corps), 403)
    assert "ECRITURE_CONTRATS" in refus["detail"]


def test_la_voisine_ne_signe_pas(voisine, contrat):
    avenant = AvenantFactory(contrat=contrat, signe=True)
    corps = {"date_signature": "2026-03-12"}
    reponse = envoyer(outil(voisine), "post", f"avenants/{avenant.pk}/signer/", corps)
    probleme(reponse, 403)


def test_un_agent_de_l_ars_lit_et_n_ecrit_pas(agent_ars, contrat):
    client = outil(agent_ars)
    avenant = AvenantFactory(contrat=contrat)
    assert ids(client, "avenants/") == {str(avenant.pk)}
    corps = {**CORPS, "contrat": str(contrat.pk)}
    probleme(envoyer(client, "post", "avenants/", corps), 403)
