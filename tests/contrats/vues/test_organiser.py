"""Les pages qui rangent le plan : boutons, destination choisie, repli, conflit, suppression."""

import pytest
from django.urls import reverse

from contrats.models import Action, Axe
from contrats.services import arbre
from tests.appuis.pages import lire
from tests.factories import ActionFactory, AxeFactory, ObjectifFactory


@pytest.fixture
def plan(contrat):
    un, deux = AxeFactory(contrat=contrat, titre="Un"), AxeFactory(contrat=contrat, titre="Deux")
    objectif = ObjectifFactory(axe=deux)
    fiches = [ActionFactory(contrat=contrat, axe=un, titre=t) for t in ("a", "b")]
    return {"un": un, "deux": deux, "objectif": objectif, "fiches": fiches}


def titres(page):
    return [th.get_text(" ", strip=True).split(" ")[-1] for th in page.select("tr.rang-action th")]


def test_un_bouton_descend_la_fiche_et_revient_a_sa_ligne(client_de, coordinatrice, contrat, plan):
    client, adresse = client_de(coordinatrice), reverse("contrats:organiser", args=[contrat.pk])
    page = lire(client, adresse)
    ligne = page.select_one(f"#action-{plan['fiches'][0].pk}")
    bouton = ligne.select_one("button")
    assert bouton.get_text(" ", strip=True).startswith("Descendre la fiche")
    reponse = client.post(
        bouton["formaction"], {"version": ligne.select_one("[name=version]")["value"]}
    )
    assert reponse.status_code == 303
    assert reponse.url.endswith(f"#action-{plan['fiches'][0].pk}")
    assert titres(lire(client, adresse)) == ["b", "a"]


def test_une_ligne_perimee_se_dit_et_rien_ne_bouge(client_de, coordinatrice, plan):
    fiche = plan["fiches"][0]
    adresse = reverse("contrats:decaler", args=["action", fiche.pk, "bas"])
    reponse = client_de(coordinatrice).post(adresse, {"version": 8})
    assert reponse.status_code == 409
    assert "a changé pendant" in reponse.content.decode()


def test_un_axe_replie_cache_ce_qu_il_contient_et_l_adresse_le_dit(
    client_de, coordinatrice, contrat, plan
):
    client, adresse = client_de(coordinatrice), reverse("contrats:organiser", args=[contrat.pk])
    lien = lire(client, adresse).select_one(f"#axe-{plan['un'].pk} a.repli")["href"]
    assert f"replie={plan['un'].pk}" in lien
    page = lire(client, lien.split("#")[0])
    assert titres(page) == []
    assert page.select_one(f"#objectif-{plan['objectif'].pk}")
    assert "replie" not in page.select_one(f"#axe-{plan['un'].pk} a.repli")["href"]


def test_deplacer_propose_l_arbre_et_ecrit_la_destination(client_de, coordinatrice, plan):
    client, fiche = client_de(coordinatrice), plan["fiches"][0]
    adresse = reverse("contrats:deplacer", args=["action", fiche.pk])
    choix = [o["value"] for o in lire(client, adresse).select("select[name=ou] option")]
    vers = f"objectif-{plan['objectif'].pk}"
    assert vers in choix
    assert client.post(adresse, {"ou": vers, "position": 1, "version": 1}).status_code == 303
    fiche.refresh_from_db()
    assert (fiche.objectif, fiche.axe) == (plan["objectif"], plan["deux"])


def test_une_destination_inconnue_est_refusee(client_de, coordinatrice, plan, autre_contrat):
    adresse = reverse("contrats:deplacer", args=["action", plan["fiches"][0].pk])
    ailleurs = AxeFactory(contrat=autre_contrat)
    reponse = client_de(coordinatrice).post(adresse, {"ou": f"axe-{ailleurs.pk}", "version": 1})
    assert reponse.status_code == 422


def test_modifier_un_axe_en_meme_temps_montre_les_deux_versions(client_de, coordinatrice, plan):
    axe = plan["un"]
    arbre.modifier_axe(axe=axe, valeurs={"titre": "Le leur"}, version=1, par=coordinatrice)
    reponse = client_de(coordinatrice).post(
        reverse("contrats:niveau_modifier", args=["axe", axe.pk]),
        {"numero": axe.numero, "titre": "Le mien", "version": 1},
    )
    assert reponse.status_code == 409
    assert "Le mien" in reponse.content.decode()
    assert "Le leur" in reponse.content.decode()


def test_supprimer_un_axe_demande_ou_vont_ses_fiches(client_de, coordinatrice, plan):
    client = client_de(coordinatrice)
    adresse = reverse("contrats:niveau_supprimer", args=["axe", plan["un"].pk])
    assert "Il reste 2\u00a0fiches ici" in lire(client, adresse).text
    reponse = client.post(adresse, {"version": 1, "vers": f"axe-{plan['deux'].pk}"})
    assert reponse.status_code == 303
    assert not Axe.objects.filter(pk=plan["un"].pk).exists()
    assert set(Action.objects.values_list("axe", flat=True)) == {plan["deux"].pk}


def test_renumeroter_montre_puis_ecrit(client_de, coordinatrice, contrat, plan):
    client, adresse = client_de(coordinatrice), reverse("contrats:numeros", args=[contrat.pk])
    page = lire(client, adresse)
    assert "1.1" in page.select_one("tbody").text
    empreinte = page.select_one("[name=empreinte]")["value"]
    assert client.post(adresse, {"empreinte": empreinte}).status_code == 303
    assert "suivent déjà l’ordre" in lire(client, adresse).text


def test_le_nombre_de_requetes_pour_ranger_est_plat(
    client_de, coordinatrice, contrat, axe, exiger_requetes_plates
):
    client, adresse = client_de(coordinatrice), reverse("contrats:organiser", args=[contrat.pk])
    exiger_requetes_plates(
        peupler=lambda n: ActionFactory.create_batch(n, contrat=contrat, axe=axe),
        lire=lambda: client.get(adresse),
    )
