"""Les parties au contrat : lire, ajouter, inscrire une organisation, modifier, retirer."""

from datetime import date

import pytest
from django.urls import reverse

from acteurs.models import Acteur
from contrats.models import RolePartie
from contrats.services.signature import modifier_partie
from tests.appuis.pages import soupe
from tests.factories import ActeurFactory, PartieFactory


@pytest.fixture
def partie(contrat):
    return PartieFactory(contrat=contrat, acteur=ActeurFactory(nom="Mutuelle des Essais"))


def test_les_parties_se_lisent_par_role_le_porteur_d_abord(client_de, lectrice, contrat, partie):
    page = soupe(client_de(lectrice).get(reverse("contrats:signataires", args=[contrat.pk])))
    assert [th.text for th in page.select("tr.groupe th")] == ["Porteur", "Copilote", "Signataire"]


def test_un_lecteur_ne_voit_aucun_geste(client_de, lectrice, contrat, partie):
    page = soupe(client_de(lectrice).get(reverse("contrats:signataires", args=[contrat.pk])))
    assert "Retirer" not in page.text


def test_ajouter_une_organisation_trouvee(client_de, coordinatrice, contrat):
    acteur = ActeurFactory(nom="Réseau Éclaircie")
    client, adresse = (
        client_de(coordinatrice),
        reverse("contrats:partie_ajouter", args=[contrat.pk]),
    )
    page = soupe(client.get(adresse, {"recherche": "eclaircie"}))
    assert page.select_one(f'option[value="{acteur.pk}"]')
    client.post(
        adresse, {"acteur": acteur.pk, "role": "SIGNATAIRE", "date_signature": "22/01/2026"}
    )
    neuve = contrat.parties.get(acteur=acteur)
    assert neuve.date_signature == date(2026, 1, 22)


def test_deux_fois_le_meme_role_est_refuse_a_cote_de_l_organisation(
    client_de, coordinatrice, contrat, partie
):
    reponse = client_de(coordinatrice).post(
        reverse("contrats:partie_ajouter", args=[contrat.pk]),
        {"acteur": partie.acteur_id, "role": partie.role},
    )
    assert reponse.status_code == 422
    assert "tient déjà ce rôle" in soupe(reponse).select_one(".resume-erreurs").text


@pytest.mark.parametrize(
    ("siren", "phrase"),
    [("200065929", "erreur de frappe"), ("2000", "neuf chiffres")],
)
def test_un_siren_faux_est_refuse(client_de, coordinatrice, contrat, siren, phrase):
    reponse = client_de(coordinatrice).post(
        reverse("contrats:organisation_creer", args=[contrat.pk]),
        {"nom": "Relais", "type": "autre", "siren": siren},
    )
    lien = soupe(reponse).select_one(".resume-erreurs a")
    assert reponse.status_code == 422
    assert lien["href"] == "#id_siren"
    assert phrase in lien.text


def test_une_organisation_inscrite_revient_choisie(client_de, coordinatrice, contrat):
    reponse = client_de(coordinatrice).post(
        reverse("contrats:organisation_creer", args=[contrat.pk]),
        {"nom": "Relais & Cie", "type": "autre", "siren": "200 065 928"},
        follow=True,
    )
    acteur = Acteur.objects.get(nom="Relais & Cie")
    choisie = soupe(reponse).select_one("select[name=acteur] option[selected]")
    assert acteur.siren == "200065928"
    assert choisie["value"] == str(acteur.pk)


def test_modifier_puis_voir_le_conflit(client_de, coordinatrice, administratrice, partie):
    adresse = reverse("contrats:partie_modifier", args=[partie.pk])
    modifier_partie(
        partie=partie,
        valeurs={"representant_nom": "Sa représentante"},
        version=1,
        par=administratrice,
    )
    reponse = client_de(coordinatrice).post(
        adresse,
        {"version": 1, "role": RolePartie.SIGNATAIRE, "representant_nom": "Ma représentante"},
    )
    assert reponse.status_code == 409
    assert [p.text for p in soupe(reponse).select(".texte-version ins")] == ["Ma", "Sa"]


def test_retirer_demande_confirmation_puis_retire(client_de, coordinatrice, contrat, partie):
    client, adresse = client_de(coordinatrice), reverse("contrats:partie_retirer", args=[partie.pk])
    assert "Mutuelle des Essais" in client.get(adresse).content.decode()
    client.post(adresse)
    assert not contrat.parties.filter(pk=partie.pk).exists()


def test_la_voisine_ne_trouve_pas_la_partie(client_de, voisine, partie):
    assert (
        client_de(voisine).post(reverse("contrats:partie_retirer", args=[partie.pk])).status_code
        == 404
    )


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_parties(
    client_de, coordinatrice, contrat, exiger_requetes_plates
):
    client, adresse = client_de(coordinatrice), reverse("contrats:signataires", args=[contrat.pk])
    exiger_requetes_plates(
        peupler=lambda n: PartieFactory.create_batch(n, contrat=contrat),
        lire=lambda: client.get(adresse),
    )
