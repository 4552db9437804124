"""Les gestes sur une ligne : affecter, noter, mettre en veille ; à deux ; en lot."""

from datetime import date

import pytest
from django.urls import reverse

from contrats.models import SuiviTerritoire
from contrats.views import a_faire as vue
from tests.appuis.pages import lire, soupe
from tests.factories import (
    AffectationArsFactory,
    NoteTerritoireFactory,
    SuiviTerritoireFactory,
    UtilisateurFactory,
)

LISTE = reverse("contrats:a_faire")
CHATEAUGIRON = "53-243500659"
REFERER = {"HTTP_REFERER": f"http://testserver{LISTE}?motif=SANS_CONTRAT"}


@pytest.fixture
def agent(contrat, agent_ars):
    return agent_ars


@pytest.fixture
def client(client_de, agent):
    return client_de(agent)


def noms(page):
    return [a.text for a in page.select("tbody th a")]


def geste(nom, cle):
    return reverse(f"contrats:a_faire_{nom}", args=[cle])


# Les gestes, sans JavaScript


def test_affecter_un_referent_ramene_a_la_liste_telle_qu_elle_etait(client, agent):
    adresse = geste("referent", CHATEAUGIRON)
    page = soupe(client.get(adresse, **REFERER))
    retour = page.select_one("input[name=retour]")["value"]
    envoi = {"referent": agent.pk, "version": 0, "retour": retour}
    reponse = client.post(adresse, envoi)
    assert reponse.status_code == 303
    assert reponse["Location"] == f"{LISTE}?motif=SANS_CONTRAT#ligne-{CHATEAUGIRON}"
    assert SuiviTerritoire.objects.get(epci="243500659").referent == agent


def test_le_retour_ne_mene_jamais_ailleurs(client, agent):
    envoi = {"referent": agent.pk, "version": 0, "retour": "https://ailleurs.example/"}
    reponse = client.post(geste("referent", CHATEAUGIRON), envoi)
    assert reponse["Location"] == geste("suivi", CHATEAUGIRON)


def test_une_ligne_en_veille_quitte_la_liste_et_revient_seule(client, agent, contrat, a_la_date):
    envoi = {"en_veille_jusqu_au": "01/06/2026", "version": 0}
    assert client.post(geste("veille", contrat.pk), envoi).status_code == 303
    assert contrat.nom not in noms(lire(client, LISTE))
    assert noms(lire(client, LISTE, voir="veille")) == [contrat.nom]
    with a_la_date(date(2026, 6, 1)):
        client.force_login(agent)
        page = lire(client, LISTE)
    assert contrat.nom in noms(page)
    assert "Revenue de veille le 1ᵉʳ\u00a0juin 2026" in page.text


def test_une_veille_passee_est_refusee(client, contrat):
    envoi = {"en_veille_jusqu_au": "01/03/2026", "version": 0}
    reponse = client.post(geste("veille", contrat.pk), envoi)
    assert reponse.status_code == 422
    assert "Choisissez un jour à venir" in reponse.content.decode()


def test_une_note_est_gardee_datee_et_signee(client, agent, contrat):
    envoi = {"genre": "RENCONTRE", "le": "04/03/2026", "texte": "Accord sur le calendrier."}
    assert client.post(geste("note", contrat.pk), envoi).status_code == 303
    page = lire(client, geste("suivi", contrat.pk))
    note = page.select_one(".note-territoire").text
    assert "Rencontre" in note
    assert "4\u00a0mars 2026" in note
    assert str(agent) in note


def test_une_note_se_lit_sur_la_page_du_contrat_par_l_agence_seule(
    client, client_de, coordinatrice, contrat
):
    suivi = SuiviTerritoireFactory(contrat=contrat)
    NoteTerritoireFactory(suivi=suivi, texte="À revoir au printemps.")
    adresse = reverse("contrats:fiche", args=[contrat.pk])
    assert "À revoir au printemps." in lire(client, adresse).text
    assert "À revoir au printemps." not in lire(client_de(coordinatrice), adresse).text


def test_une_note_vide_ou_a_venir_est_refusee(client, contrat):
    for envoi in (
        {"genre": "NOTE", "le": "04/03/2026", "texte": "  "},
        {"genre": "NOTE", "le": "04/03/2027", "texte": "Demain."},
    ):
        assert client.post(geste("note", contrat.pk), envoi).status_code == 422


def test_l_accord_de_principe_change_la_prochaine_etape(client, agent):
    suivi = SuiviTerritoireFactory(contrat=None, epci_id="243500659", referent=agent)
    NoteTerritoireFactory(suivi=suivi, genre="ACCORD", texte="Oui pour 2027.")
    ligne = lire(client, LISTE, motif="SANS_CONTRAT").select_one("tbody tr").text
    assert "Créer le contrat, phase d’intention" in ligne
    assert "Oui pour 2027." in ligne


# Les mêmes en place


def test_en_place_la_reponse_met_a_jour_la_ligne_et_les_puces(client, agent, contrat):
    origine = f"http://testserver{LISTE}?motif=SANS_REFERENT"
    entetes = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": origine}
    adresse = geste("referent", contrat.pk)
    assert "<html" not in client.get(adresse, **entetes).content.decode()
    reponse = soupe(client.post(adresse, {"referent": agent.pk, "version": 0}, **entetes))
    assert "vous" in reponse.select_one(f"#referent-{contrat.pk}").text
    assert reponse.select_one("[data-cls-enregistre]").text.count("Enregistré") == 1
    cibles = {b["hx-swap-oob"].partition(":")[2] for b in reponse.select("[hx-swap-oob]")}
    assert cibles == {f"#etape-{contrat.pk}", f"#suivi-{contrat.pk}", "#puces-a-faire"}


def test_deux_agents_a_la_fois_choisissent_entre_les_deux_versions(client, agent, contrat):
    autre = UtilisateurFactory(prenom="Maïwenn", nom="Daniel")
    AffectationArsFactory(utilisateur=autre)
    adresse = geste("referent", contrat.pk)
    client.post(adresse, {"referent": autre.pk, "version": 0})
    reponse = client.post(adresse, {"referent": agent.pk, "version": 0})
    assert reponse.status_code == 409
    assert "Maïwenn Daniel" in reponse.content.decode()
    assert SuiviTerritoire.objects.get(contrat=contrat).referent == autre
    form = soupe(reponse).select_one("section.conflit form")
    rejoue = {c["name"]: c.get("value", c.text.strip()) for c in form.select("[name]")
              if c.name != "button"}  # fmt: skip
    assert client.post(adresse, rejoue).status_code == 303
    assert SuiviTerritoire.objects.get(contrat=contrat).referent == agent


def test_deux_gestes_differents_a_la_fois_se_reunissent(client, agent, contrat):
    client.post(geste("referent", contrat.pk), {"referent": agent.pk, "version": 0})
    client.post(geste("veille", contrat.pk), {"en_veille_jusqu_au": "01/06/2026", "version": 0})
    suivi = SuiviTerritoire.objects.get(contrat=contrat)
    assert (suivi.referent, suivi.en_veille_jusqu_au) == (agent, date(2026, 6, 1))


# Les lignes cochées


def test_les_lignes_cochees_recoivent_leur_referent(client, agent, contrat):
    page = lire(client, LISTE)
    coches = [c["value"] for c in page.select("input[name=fiche]")]
    reponse = client.post(
        reverse("contrats:a_faire_affecter"), {"fiche": coches, "referent": agent.pk}, follow=True
    )
    assert "2\u00a0lignes ont pour référent" in reponse.content.decode()
    assert SuiviTerritoire.objects.filter(referent=agent).count() == 2


def test_une_ligne_changee_entre_temps_est_laissee_et_dite(client, agent, contrat):
    autre = UtilisateurFactory(prenom="Maïwenn", nom="Daniel")
    AffectationArsFactory(utilisateur=autre)
    client.post(geste("referent", contrat.pk), {"referent": autre.pk, "version": 0})
    envoi = {"fiche": [f"{contrat.pk}.0", f"{CHATEAUGIRON}.0"], "referent": agent.pk}
    reponse = client.post(reverse("contrats:a_faire_affecter"), envoi, follow=True)
    texte = reponse.content.decode()
    assert "1\u00a0ligne laissée" in texte
    assert "changée entre-temps par" in texte
    assert SuiviTerritoire.objects.get(contrat=contrat).referent == autre


def test_toutes_les_lignes_sont_celles_des_filtres(client, agent, contrat):
    envoi = {"tous": "1", "parametres": "motif=SANS_CONTRAT", "referent": agent.pk}
    reponse = client.post(reverse("contrats:a_faire_affecter"), envoi)
    assert reponse["Location"] == f"{LISTE}?motif=SANS_CONTRAT"
    assert list(SuiviTerritoire.objects.values_list("epci", flat=True)) == ["243500659"]


def test_rien_de_coche_ne_change_rien(client, agent):
    reponse = client.post(reverse("contrats:a_faire_affecter"), {"referent": agent.pk})
    assert reponse.status_code == 422
    assert "Cochez au moins une ligne" in reponse.content.decode()


def test_un_lot_trop_grand_est_refuse_entier(client, agent, monkeypatch):
    monkeypatch.setattr(vue, "LIGNES_DU_LOT", 1)
    envoi = {"tous": "1", "referent": agent.pk}
    reponse = client.post(reverse("contrats:a_faire_affecter"), envoi)
    assert reponse.status_code == 422
    assert "lignes au plus à la fois" in reponse.content.decode()
    assert not SuiviTerritoire.objects.exists()
