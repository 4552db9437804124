"""La fiche action : la lire, la modifier en entier, ses étapes, son historique, l’effacer."""

import pytest
from django.urls import reverse

from contrats.etats import StatutAction
from contrats.models import Action
from contrats.services.plan import modifier_action
from tests.appuis.pages import lire, soupe
from tests.factories import ActionFactory, JalonFactory


@pytest.fixture
def adresse(action):
    return reverse("contrats:action", args=[action.pk])


def saisie(page):
    """Ce que le navigateur enverrait du formulaire de la page."""
    form = page.select_one("form.panneau")
    envoi = {}
    for champ in form.select("input, textarea, select"):
        nom, genre = champ.get("name"), champ.get("type")
        if champ.name == "select":
            choisi = champ.select_one("option[selected]")
            envoi[nom] = choisi["value"] if choisi else ""
        elif genre in {"checkbox", "radio"}:
            if champ.has_attr("checked"):
                envoi.setdefault(nom, []).append(champ.get("value", "on"))
        else:
            envoi[nom] = champ.get("value", champ.text.lstrip("\n"))
    return envoi


def test_la_fiche_porte_son_numero_son_titre_et_ses_faits(
    client_de, coordinatrice, action, adresse
):
    page = lire(client_de(coordinatrice), adresse)
    assert page.h1.text.split() == ["1.1", *action.titre.split()]
    assert [dt.text for dt in page.select(".reperes dt")] == [
        "Statut",
        "Pilote",
        "Échéance",
        "Avancement",
        "Budget",
        "Page publique",
    ]
    assert "CPTS des Essais" in page.select_one(".reperes").text


def test_un_champ_vide_se_dit_et_se_compte(client_de, coordinatrice, action, adresse):
    page = lire(client_de(coordinatrice), adresse)
    manques = {a["href"] for a in page.select(".manques a")}
    assert reverse("contrats:action_champ", args=[action.pk, "themes"]) in manques
    assert "Choisir les thèmes" in page.select_one(f"#champ-themes-{action.pk}").text


def test_un_lecteur_lit_sans_bouton_de_modification(client_de, lectrice, adresse):
    page = lire(client_de(lectrice), adresse)
    assert not page.select("button.enplace")
    assert "Tout modifier" not in page.text


def test_les_fleches_suivent_l_ordre_du_plan(client_de, coordinatrice, contrat, action, adresse):
    suivante = ActionFactory(contrat=contrat, axe=action.axe)
    page = lire(client_de(coordinatrice), adresse)
    assert page.select_one('[aria-label="Fiche suivante"]')["href"] == reverse(
        "contrats:action", args=[suivante.pk]
    )
    assert not page.select('[aria-label="Fiche précédente"]')


def test_l_historique_dit_qui_et_quoi(client_de, coordinatrice, action, adresse):
    modifier_action(
        action=action, valeurs={"statut": StatutAction.EN_PAUSE}, version=1, par=coordinatrice
    )
    dernier = lire(client_de(coordinatrice), adresse).select_one("#journal li")
    assert dernier.b.text == "Vous"
    assert (dernier.find("del").text, dernier.ins.text) == ("En cours", "En pause")


def test_la_voisine_ne_trouve_pas_la_fiche(client_de, voisine, adresse):
    assert client_de(voisine).get(adresse).status_code == 404


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_etapes(
    client_de, coordinatrice, action, adresse, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    exiger_requetes_plates(
        peupler=lambda n: JalonFactory.create_batch(n, action=action),
        lire=lambda: client.get(adresse),
    )


class TestToutModifier:
    @pytest.fixture
    def page(self, action):
        return reverse("contrats:action_modifier", args=[action.pk])

    def test_envoyer_sans_rien_changer_n_ecrit_rien(self, client_de, coordinatrice, action, page):
        client = client_de(coordinatrice)
        reponse = client.post(page, saisie(lire(client, page)))
        action.refresh_from_db()
        assert reponse.status_code == 303
        assert action.version == 1

    def test_tous_les_champs_s_ecrivent(self, client_de, coordinatrice, action, page):
        client = client_de(coordinatrice)
        client.post(
            page,
            saisie(lire(client, page))
            | {"titre": "Neuf", "themes": ["prevention"], "est_publique": ""},
        )
        action.refresh_from_db()
        assert action.titre == "Neuf"
        assert [t.pk for t in action.themes.all()] == ["prevention"]
        assert not action.est_publique

    def test_un_pilote_ne_voit_pas_les_champs_du_plan(self, client_de, pilote, page):
        noms = {c.get("name") for c in lire(client_de(pilote), page).select("form.panneau [name]")}
        assert "titre" in noms
        assert not noms & {"axe", "objectif", "numero", "pilote", "est_publique"}

    def test_une_version_perimee_ne_montre_que_les_champs_changes_par_les_deux(
        self, client_de, coordinatrice, administratrice, action, page
    ):
        client = client_de(coordinatrice)
        envoi = saisie(lire(client, page)) | {"titre": "Le mien", "description": "La mienne"}
        modifier_action(action=action, valeurs={"titre": "Le sien"}, version=1, par=administratrice)
        reponse = client.post(page, envoi)
        assert reponse.status_code == 409
        champs = [p.text for p in soupe(reponse).select(".conflit-champ")]
        assert champs == ["Titre"]

    def test_reprendre_garde_la_saisie_et_montre_l_autre_version(
        self, client_de, coordinatrice, administratrice, action, page
    ):
        client = client_de(coordinatrice)
        envoi = saisie(lire(client, page)) | {"titre": "Le mien"}
        modifier_action(action=action, valeurs={"titre": "Le sien"}, version=1, par=administratrice)
        rouvert = soupe(client.post(page, envoi | {"reprendre": "1"}))
        assert rouvert.select_one("[name=titre]")["value"] == "Le mien"
        assert "Version de Ada Administre\u00a0: Le sien" in rouvert.text
        assert rouvert.select_one("[name=version]")["value"] == "2"


class TestSupprimer:
    def test_effacer_demande_confirmation(self, client_de, coordinatrice, action):
        page = lire(
            client_de(coordinatrice), reverse("contrats:action_supprimer", args=[action.pk])
        )
        assert action.titre in page.text
        assert Action.objects.filter(pk=action.pk).exists()

    def test_confirmer_efface_et_revient_au_plan(self, client_de, coordinatrice, contrat, action):
        reponse = client_de(coordinatrice).post(
            reverse("contrats:action_supprimer", args=[action.pk]), {"version": 1}
        )
        assert reponse.url == reverse("contrats:plan", args=[contrat.pk])
        assert not Action.objects.filter(pk=action.pk).exists()

    def test_un_pilote_n_efface_pas_sa_fiche(self, client_de, pilote, action):
        adresse = reverse("contrats:action_supprimer", args=[action.pk])
        assert client_de(pilote).post(adresse).status_code == 403
