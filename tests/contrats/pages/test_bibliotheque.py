"""La bibliothèque, depuis les pages : chercher, lire, mettre au panier, ajouter, offrir."""

import pytest
from django.urls import reverse

from contrats.models import FicheOfferte
from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    FicheAuPanierFactory,
    FicheOfferteFactory,
    JalonFactory,
    NoteSuiviFactory,
)

LISTE = "contrats:bibliotheque"


@pytest.fixture
def page(client_de, voisine):
    return client_de(voisine)


@pytest.fixture
def offerte(contrat):
    fiche = ActionFactory(
        contrat=contrat, interne=True, titre="Un dépistage au marché", contexte="Peu de médecins",
        pilote_nom="Monsieur Untel", elu_referent="Madame Untelle", freins="Le maire hésite",
        moyens="Deux postes", themes=["acces_soins"],
    )  # fmt: skip
    fiche.populations.set(["seniors"])
    JalonFactory(action=fiche, libelle="Trouver un lieu")
    NoteSuiviFactory(action=fiche, fait="Note du journal")
    ActionActeurFactory(action=fiche, acteur__nom="Association Partenaire Secrète")
    return FicheOfferteFactory(action=fiche).action


def test_la_bibliotheque_montre_les_fiches_offertes_et_elles_seules(page, offerte, contrat):
    ActionFactory(contrat=contrat, titre="Une fiche gardée pour soi")
    lue = page.get(reverse(LISTE)).text
    assert offerte.titre in lue
    assert "Une fiche gardée pour soi" not in lue


@pytest.mark.parametrize(
    ("filtre", "trouvee"),
    [
        ({"recherche": "depistages"}, True),
        ({"recherche": "medecins"}, True),
        ({"recherche": "piscine"}, False),
        ({"recherche": "secrete"}, False),
        ({"recherche": "hesite"}, False),
        ({"theme": "acces_soins"}, True),
        ({"theme": "prevention"}, False),
        ({"population": "seniors"}, True),
        ({"region": "53"}, True),
        ({"region": "76"}, False),
    ],
)
def test_on_cherche_par_mots_theme_public_et_region(page, offerte, filtre, trouvee):
    assert (offerte.titre in page.get(reverse(LISTE), filtre).text) == trouvee


def test_une_fiche_type_ne_montre_que_l_idee(page, offerte):
    lue = page.get(reverse("contrats:fiche_type", args=[offerte.pk])).text
    assert "Peu de médecins" in lue
    assert "Trouver un lieu" in lue
    for secret in ("Untel", "Untelle", "hésite", "Deux postes", "Note du journal", "Secrète"):
        assert secret not in lue, secret


def test_un_nom_de_personne_ne_fait_pas_trouver_une_fiche(page, offerte):
    assert offerte.titre not in page.get(reverse(LISTE), {"recherche": "Untelle"}).text


@pytest.mark.parametrize("personnage", ["lectrice", "pilote", "elue", "agent_ars"])
def test_qui_ne_modifie_aucun_plan_n_y_entre_pas(request, client_de, offerte, personnage):
    client = client_de(request.getfixturevalue(personnage))
    for adresse in (reverse(LISTE), reverse("contrats:fiche_type", args=[offerte.pk])):
        assert client.get(adresse).status_code == 403
    mettre = reverse("contrats:panier_geste", args=[offerte.pk, "mettre"])
    assert client.post(mettre).status_code == 403


def test_une_fiche_qui_n_est_pas_offerte_n_existe_pas(page, action):
    assert page.get(reverse("contrats:fiche_type", args=[action.pk])).status_code == 404
    mettre = reverse("contrats:panier_geste", args=[action.pk, "mettre"])
    assert page.post(mettre).status_code == 404


def test_du_panier_au_plan(page, offerte, voisine, autre_contrat):
    page.post(reverse("contrats:panier_geste", args=[offerte.pk, "mettre"]))
    ajouter = reverse("contrats:panier_ajouter", args=[autre_contrat.pk])
    assert ajouter in page.get(reverse("contrats:panier")).text
    reponse = page.post(ajouter, {"fiches": [offerte.pk], "ou": "sans"})
    assert reponse.headers["Location"] == reverse("contrats:plan", args=[autre_contrat.pk])
    copie = autre_contrat.actions.get()
    assert not voisine.panier.exists()
    lue = page.get(reverse("contrats:action", args=[copie.pk])).text
    assert "Inspirée de" in lue
    assert "Contrat d’essai de Cornouaille" in lue


def test_on_retire_une_fiche_du_panier_et_l_on_y_reste(page, offerte, voisine):
    FicheAuPanierFactory(utilisateur=voisine, action=offerte)
    retirer = reverse("contrats:panier_geste", args=[offerte.pk, "retirer"])
    reponse = page.post(retirer, {"retour": "panier"})
    assert reponse.headers["Location"] == reverse("contrats:panier")
    assert not voisine.panier.exists()


def test_le_contrat_offre_depuis_le_menu_de_son_plan(client_de, coordinatrice, contrat, action):
    client = client_de(coordinatrice)
    adresse = reverse("contrats:offrir", args=[contrat.pk])
    assert adresse in client.get(reverse("contrats:plan", args=[contrat.pk])).text
    client.post(adresse, {"envoi": "1", "est_ouvert": "on", "fiches": [action.pk]})
    assert FicheOfferte.objects.get().action == action
    initiales = client.get(adresse).context["form"].initial
    assert initiales == {"est_ouvert": True, "fiches": [str(action.pk)]}


def test_la_liste_lit_vingt_fiches_comme_trois(page, exiger_requetes_plates):
    exiger_requetes_plates(
        peupler=lambda n: [FicheOfferteFactory() for _ in range(n)],
        lire=lambda: page.get(reverse(LISTE)),
    )
