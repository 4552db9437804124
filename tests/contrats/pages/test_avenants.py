"""Les avenants d’un contrat, de la préparation à la signature, sans JavaScript."""

import pytest
from django.urls import reverse

from contrats.models import Avenant
from tests.appuis.pages import lire, soupe
from tests.factories import AvenantFactory

OUESSANT, QUIMPER = "29155", "29232"


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def avenant(contrat) -> Avenant:
    return AvenantFactory(contrat=contrat, types=["prorogation"])


def adresse(nom, objet, *suite):
    return reverse(f"contrats:{nom}", args=[objet.pk, *suite])


def texte(page) -> str:
    return page.select_one("main").get_text(" ", strip=True)


def test_la_piece_est_dans_le_rail_du_contrat(client, contrat):
    page = lire(client, adresse("fiche", contrat))
    assert page.select_one(f'nav.rail a[href="{adresse("avenants", contrat)}"]')


def test_une_liste_vide_dit_quoi_faire(client, contrat):
    page = lire(client, adresse("avenants", contrat))
    assert "Aucun avenant pour l’instant" in texte(page)
    assert page.select_one(f'main a[href="{adresse("avenant_ajouter", contrat)}"]')


def test_un_contrat_non_signe_ne_propose_pas_d_avenant(client, contrat):
    contrat.date_signature = None
    contrat.save()
    page = lire(client, adresse("avenants", contrat))
    assert "Pas d’avenant avant la signature" in texte(page)
    assert not page.select_one(f'main a[href="{adresse("avenant_ajouter", contrat)}"]')


def test_preparer_mene_a_l_avenant(client, contrat):
    saisie = {"types": ["prorogation"], "objet": "Un an de plus.", "date_fin_apres": "31/12/2029"}
    reponse = client.post(adresse("avenant_ajouter", contrat), saisie)
    assert reponse.status_code == 303
    page = lire(client, reponse["Location"])
    assert "31 décembre 2028 → 31 décembre 2029" in texte(page).replace("\xa0", " ")


def test_une_saisie_refusee_garde_ce_qui_est_ecrit(client, contrat):
    saisie = {"types": ["prorogation"], "objet": "Un an de plus.", "date_fin_apres": "31/12/2027"}
    reponse = client.post(adresse("avenant_ajouter", contrat), saisie)
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert "finit déjà" in page.main.text
    assert page.select_one("textarea").text.strip() == "Un an de plus."


def test_signer_depuis_la_page_prolonge_le_contrat(client, contrat, avenant):
    avenant.date_fin_apres = "2029-12-31"
    avenant.save()
    saisie = {"version": 1, "date_signature": "12/03/2026"}
    assert client.post(adresse("avenant_signer", avenant), saisie).status_code == 303
    contrat.refresh_from_db()
    assert f"{contrat.date_fin}" == "2029-12-31"


def test_un_avenant_signe_n_offre_plus_de_le_modifier(client, contrat):
    signe = AvenantFactory(contrat=contrat, signe=True)
    page = lire(client, adresse("avenant", signe))
    for geste in ("avenant_modifier", "avenant_signer"):
        assert not page.select_one(f'a[href="{adresse(geste, signe)}"]')


def test_les_communes_entrantes_se_cherchent_et_se_cochent(client, avenant):
    ou = adresse("avenant_communes", avenant, "entrantes")
    page = lire(client, ou, recherche="ouessant")
    assert page.select_one(f'input[name=communes][value="{OUESSANT}"]')
    assert client.post(ou, {"communes": [OUESSANT], "rester": "1"})["Location"] == ou
    assert [c.pk for c in avenant.communes_entrantes.all()] == [OUESSANT]


def test_une_commune_choisie_s_ote(client, avenant):
    avenant.communes_entrantes.add(OUESSANT)
    ou = adresse("avenant_communes", avenant, "entrantes")
    client.post(ou, {"communes": [OUESSANT], "retirer": "1", "rester": "1"})
    assert not avenant.communes_entrantes.exists()


def test_les_communes_sortantes_sont_celles_du_contrat(client, avenant):
    page = lire(client, adresse("avenant_communes", avenant, "sortantes"))
    codes = {case["value"] for case in page.select("input[name=communes]")}
    assert QUIMPER in codes
    assert OUESSANT not in codes


def test_deux_versions_se_departagent(client, avenant):
    avenant.objet, avenant.version = "Celui d’une collègue.", 2
    avenant.save()
    saisie = {"version": 1, "types": ["prorogation"], "objet": "Le mien."}
    reponse = client.post(adresse("avenant_modifier", avenant), saisie)
    assert reponse.status_code == 409
    assert {"Le mien.", "Celui d’une collègue."} <= {
        morceau.strip() for morceau in soupe(reponse).main.stripped_strings
    }


def test_retirer_demande_confirmation_puis_efface(client, contrat, avenant):
    page = lire(client, adresse("avenant_retirer", avenant))
    assert "Retirer l’avenant n° 1" in texte(page)
    assert client.post(adresse("avenant_retirer", avenant)).status_code == 303
    assert not contrat.avenants.exists()


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_avenants(
    client, contrat, exiger_requetes_plates
):
    exiger_requetes_plates(
        peupler=lambda n: [AvenantFactory(contrat=contrat, types=["programme"]) for _ in range(n)],
        lire=lambda: client.get(adresse("avenants", contrat)),
    )
