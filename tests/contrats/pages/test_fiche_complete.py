"""La fiche entière à l’écran : des sections calmes, tout modifiable en place, en page ou en bloc."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from contrats.champs_fiche import CHAMPS_EN_PLACE, PANNEAUX, cle_libre
from contrats.models import ObjectifRegional
from tests.factories import ActeurFactory, ActionActeurFactory, ChampLibreFactory

HOTE = "http://testserver"


def adresse_de(action, champ):
    return reverse("contrats:action_champ", args=[action.pk, champ])


def lire(client, adresse, **options):
    reponse = client.get(adresse, **options)
    assert reponse.status_code == 200, reponse.status_code
    return BeautifulSoup(reponse.content, "html.parser")


@pytest.fixture
def adresse(action):
    return reverse("contrats:action", args=[action.pk])


def test_les_sections_sont_dans_l_ordre_de_lecture(client_de, coordinatrice, adresse):
    page = lire(client_de(coordinatrice), adresse)
    titres = [h2.text for h2 in page.select(".deux > div.pile > .panneau > h2")]
    assert titres == [panneau.titre for panneau in PANNEAUX]


def test_un_champ_rare_et_vide_est_replie_et_rempli_il_se_montre(
    client_de, coordinatrice, action, adresse
):
    client = client_de(coordinatrice)
    quartiers = f"#champ-quartiers-{action.pk}"
    assert lire(client, adresse).select_one(f"details.champs-vides {quartiers}")
    action.quartiers = "Quartier fictif des Essais"
    action.save()
    page = lire(client, adresse)
    assert page.select_one(quartiers)
    assert not page.select_one(f"details {quartiers}")


def test_un_lecteur_ne_voit_pas_les_champs_vides(client_de, lectrice, adresse):
    assert not lire(client_de(lectrice), adresse).select("details.champs-vides")


@pytest.mark.parametrize("champ", sorted(CHAMPS_EN_PLACE))
def test_chaque_champ_s_ouvre_en_place_et_sur_sa_page(client_de, coordinatrice, action, champ):
    client = client_de(coordinatrice)
    entetes = {
        "HX-Request": "true",
        "HX-Current-URL": HOTE + reverse("contrats:action", args=[action.pk]),
    }
    editeur = lire(client, adresse_de(action, champ), headers=entetes).form
    assert editeur["id"] == f"champ-{champ}-{action.pk}"
    page = lire(client, adresse_de(action, champ))
    noms = {c.get("name") for c in page.select("form.champ-edition [name]")}
    libres = {"sous_themes", "objectifs_regionaux", "communes", *CHAMPS_SANS_CASE}
    assert noms & set(CHAMPS_EN_PLACE[champ].champs) or champ in libres


# Sans organisation connue, il n’y a pas encore de case à cocher
CHAMPS_SANS_CASE = {"copilotes", "intervenants", "financeurs", "partenaires"}


def test_annuler_rend_le_morceau_de_la_page(client_de, coordinatrice, action, adresse):
    client = client_de(coordinatrice)
    ActionActeurFactory(action=action, role="COPILOTE")
    entetes = {"HX-Request": "true", "HX-Current-URL": HOTE + adresse}
    page = lire(client, adresse)
    for champ in ("copilotes", "origine", "est_restreinte", "participation", "autres_plans"):
        fragment = lire(client, adresse_de(action, champ) + "?annuler=1", headers=entetes)
        morceau = page.select_one(f"#champ-{champ}-{action.pk}")
        assert "".join(str(fragment).split()) == "".join(str(morceau).split()), champ


def test_enregistrer_en_place_rafraichit_la_completude(client_de, coordinatrice, action, adresse):
    entetes = {"HX-Request": "true", "HX-Current-URL": HOTE + adresse}
    reponse = client_de(coordinatrice).post(
        adresse_de(action, "moyens"), {"moyens": "Un minibus.", "version": 1}, headers=entetes
    )
    page = BeautifulSoup(reponse.content, "html.parser")
    assert "Enregistré" in page.select_one("[data-cls-enregistre]").text
    manques = [li.text for li in page.select("#completude[hx-swap-oob] .manques li")]
    assert manques
    assert not any("Moyens" in m for m in manques)


def test_un_manque_mene_au_champ_et_l_ouvre(client_de, coordinatrice, action, adresse):
    lien = lire(client_de(coordinatrice), adresse).select_one(".manques a[data-cls-ouvre]")
    assert lien["hx-target"] == f"#{lien['data-cls-ouvre']}"
    assert lire(client_de(coordinatrice), lien["href"]).select_one("form.champ-edition")


def test_une_personne_pilote_sans_compte_se_lit_partout(client_de, coordinatrice, action, contrat):
    client = client_de(coordinatrice)
    client.post(
        adresse_de(action, "pilote"),
        {"pilote": "", "pilote_personne": "", "pilote_nom": "Camille Exemple", "version": 1},
    )
    assert "Camille Exemple" in lire(client, reverse("contrats:action", args=[action.pk])).text
    plan = lire(client, reverse("contrats:plan", args=[contrat.pk]))
    assert "Camille Exemple" in plan.select_one(f"#champ-pilote-{action.pk}").text


def test_la_region_sans_liste_le_dit(client_de, coordinatrice, action):
    adresse = adresse_de(action, "objectifs_regionaux")
    assert "Bretagne n’est pas encore chargée" in lire(client_de(coordinatrice), adresse).text
    ObjectifRegional.objects.create(code="bzh-2", libelle="Un objectif d’essai", region_id="53")
    page = lire(client_de(coordinatrice), adresse)
    assert "Un objectif d’essai" in page.text
    assert "pas encore chargée" not in page.text


def test_seuls_les_sous_themes_des_themes_de_la_fiche_sont_proposes(
    client_de, coordinatrice, action
):
    action.themes.set(["addictions"])
    page = lire(client_de(coordinatrice), adresse_de(action, "sous_themes"))
    valeurs = {c["value"] for c in page.select("[name=sous_themes]")}
    assert "addictions_tabac" in valeurs
    assert all(v.startswith("addictions_") for v in valeurs)


def test_une_erreur_est_dite_a_cote_de_son_champ(client_de, coordinatrice, action):
    champ = ChampLibreFactory(contrat=action.contrat, genre="NOMBRE", libelle="Coût par habitant")
    cle = cle_libre(champ)
    reponse = client_de(coordinatrice).post(adresse_de(action, cle), {cle: "cher", "version": 1})
    page = BeautifulSoup(reponse.content, "html.parser")
    assert reponse.status_code == 422
    assert "Ce n’est pas un nombre" in page.select_one(".champ-edition .message-erreur").text


def test_un_champ_du_contrat_s_ecrit_en_place_et_se_lit(client_de, coordinatrice, action, adresse):
    champ = ChampLibreFactory(contrat=action.contrat, genre="DATE", libelle="Passage en comité")
    client, cle = client_de(coordinatrice), cle_libre(champ)
    client.post(adresse_de(action, cle), {cle: "28/02/2026", "version": 1})
    page = lire(client, adresse)
    assert "28 février 2026" in page.select_one(f"#champ-{cle}-{action.pk}").text
    assert (
        lire(client, adresse_de(action, cle)).select_one(f"[name={cle}]")["value"] == "28/02/2026"
    )


def test_un_champ_du_contrat_inconnu_n_existe_pas(client_de, coordinatrice, action, autre_contrat):
    champ = ChampLibreFactory(contrat=autre_contrat)
    reponse = client_de(coordinatrice).get(adresse_de(action, cle_libre(champ)))
    assert reponse.status_code == 404


def test_le_formulaire_entier_a_tous_les_champs(client_de, coordinatrice, action):
    champ = ChampLibreFactory(contrat=action.contrat)
    ActeurFactory()
    adresse = reverse("contrats:action_modifier", args=[action.pk])
    noms = {c["name"] for c in lire(client_de(coordinatrice), adresse).select("form [name]")}
    assert {"moyens", "est_restreinte", "sous_themes", "communes", cle_libre(champ)} <= noms


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_champs_du_contrat(
    client_de, coordinatrice, action, adresse, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    exiger_requetes_plates(
        peupler=lambda n: ChampLibreFactory.create_batch(n, contrat=action.contrat),
        lire=lambda: client.get(adresse),
    )
