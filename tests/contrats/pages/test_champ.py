"""Modifier un champ d’une fiche : en place avec htmx, sur sa page sans JavaScript ; le conflit."""

from datetime import date

import pytest
from django.urls import reverse

from contrats.etats import StatutAction
from contrats.services.plan import modifier_action
from tests.appuis.pages import soupe
from tests.factories import ActeurFactory

HOTE = "http://testserver"


def adresse_de(action, champ):
    return reverse("contrats:action_champ", args=[action.pk, champ])


@pytest.fixture
def du_plan(contrat):
    """Les en-têtes d’une demande htmx venue de la page du plan."""
    page = reverse("contrats:plan", args=[contrat.pk])
    return {"HX-Request": "true", "HX-Current-URL": f"{HOTE}{page}"}


@pytest.fixture
def de_la_fiche(action):
    page = reverse("contrats:action", args=[action.pk])
    return {"HX-Request": "true", "HX-Current-URL": f"{HOTE}{page}"}


def changer_ailleurs(action, par, **valeurs):
    modifier_action(action=action, valeurs=valeurs, version=None, par=par)


def test_ouvrir_un_champ_rend_son_editeur_a_la_meme_place(
    client_de, coordinatrice, action, du_plan
):
    editeur = soupe(client_de(coordinatrice).get(adresse_de(action, "titre"), headers=du_plan)).form
    assert editeur["id"] == f"champ-titre-{action.pk}"
    assert editeur.select_one("[name=titre]")["value"] == action.titre
    assert editeur.select_one("[name=version]")["value"] == "1"


def test_annuler_rend_le_champ_tel_qu_il_est_dans_la_page(
    client_de, coordinatrice, contrat, action, du_plan
):
    """Le fragment est le morceau de la page, au caractère près."""
    client = client_de(coordinatrice)
    page = soupe(client.get(reverse("contrats:plan", args=[contrat.pk])))
    for champ in ("titre", "statut", "pilote", "calendrier"):
        reponse = client.get(adresse_de(action, champ), {"annuler": "1"}, headers=du_plan)
        morceau = page.select_one(f"#champ-{champ}-{action.pk}")
        assert net(soupe(reponse)) == net(morceau), champ


def test_annuler_sur_la_fiche_rend_aussi_le_morceau_de_la_page(
    client_de, coordinatrice, action, de_la_fiche
):
    client = client_de(coordinatrice)
    page = soupe(client.get(reverse("contrats:action", args=[action.pk])))
    for champ in ("titre", "statut", "description", "themes", "calendrier", "pilote", "place"):
        reponse = client.get(adresse_de(action, champ), {"annuler": "1"}, headers=de_la_fiche)
        assert net(soupe(reponse)) == net(page.select_one(f"#champ-{champ}-{action.pk}")), champ


def net(element):
    return "".join(str(element).split())


def test_enregistrer_en_place_dit_l_heure_et_rafraichit_le_resume(
    client_de, coordinatrice, action, du_plan
):
    reponse = client_de(coordinatrice).post(
        adresse_de(action, "statut"), {"statut": "REALISEE", "version": 1}, headers=du_plan
    )
    action.refresh_from_db()
    page = soupe(reponse)
    assert action.statut == StatutAction.REALISEE
    assert "Enregistré à 11\u00a0h\u00a0" in page.select_one("[data-cls-enregistre]").text
    assert "1 réalisée" in page.select_one("#resume-plan[hx-swap-oob]").text
    assert (
        page.select_one(f'[hx-swap-oob="innerHTML:#avancement-{action.pk}"]').text == "100\u202f%"
    )


def test_le_resume_rafraichi_garde_les_filtres_de_la_page(
    client_de, coordinatrice, contrat, action, du_plan
):
    du_plan["HX-Current-URL"] += "?statut=BLOQUEE"
    reponse = client_de(coordinatrice).post(
        adresse_de(action, "titre"), {"titre": "Autre titre", "version": 1}, headers=du_plan
    )
    assert "0\u00a0fiche sur 1" in soupe(reponse).select_one("#resume-plan").text


def test_un_champ_refuse_rend_l_editeur_avec_l_erreur_et_la_saisie(
    client_de, coordinatrice, action, du_plan
):
    reponse = client_de(coordinatrice).post(
        adresse_de(action, "calendrier"),
        {"date_debut": "01/09/2024", "date_fin": "31/02/2026", "version": 1},
        headers=du_plan,
    )
    editeur = soupe(reponse).form
    assert reponse.status_code == 422
    assert editeur.select_one("[name=date_fin]")["value"] == "31/02/2026"
    assert "Le 31 février n’existe pas" in editeur.select_one(".message-erreur").text


def test_sans_javascript_le_champ_a_sa_page_puis_revient_a_la_fiche(
    client_de, coordinatrice, action
):
    client = client_de(coordinatrice)
    assert soupe(client.get(adresse_de(action, "description"))).h1.text == "Description"
    reponse = client.post(
        adresse_de(action, "description"), {"description": "Un mardi sur deux.", "version": 1}
    )
    action.refresh_from_db()
    assert reponse.status_code == 303
    assert reponse.url.startswith(reverse("contrats:action", args=[action.pk]))
    assert action.description == "Un mardi sur deux."


def test_les_dates_s_ecrivent_a_la_francaise(client_de, coordinatrice, action):
    client_de(coordinatrice).post(
        adresse_de(action, "calendrier"),
        {"date_debut": "5/1/2026", "date_fin": "2027-06-30", "version": 1},
    )
    action.refresh_from_db()
    assert (action.date_debut, action.date_fin) == (date(2026, 1, 5), date(2027, 6, 30))


def test_un_champ_inconnu_n_existe_pas(client_de, coordinatrice, action):
    assert client_de(coordinatrice).get(adresse_de(action, "version")).status_code == 404


def test_la_voisine_ne_trouve_pas_le_champ(client_de, voisine, action):
    reponse = client_de(voisine).post(adresse_de(action, "titre"), {"titre": "À moi", "version": 1})
    assert reponse.status_code == 404


def test_un_lecteur_est_refuse_avec_la_raison(client_de, lectrice, action):
    reponse = client_de(lectrice).post(
        adresse_de(action, "titre"), {"titre": "À moi", "version": 1}
    )
    assert reponse.status_code == 403
    assert "modifier toutes les actions du plan" in reponse.content.decode()


def test_un_pilote_ne_change_pas_le_pilote(client_de, pilote, action):
    assert client_de(pilote).get(adresse_de(action, "pilote")).status_code == 403


def test_chercher_une_organisation_hors_du_contrat(client_de, coordinatrice, action):
    ailleurs = ActeurFactory(nom="Réseau Éclaircie")
    client = client_de(coordinatrice)
    page = soupe(client.get(adresse_de(action, "pilote"), {"recherche": "eclaircie"}))
    assert page.select_one(f'option[value="{ailleurs.pk}"]').text == "Réseau Éclaircie"
    client.post(adresse_de(action, "pilote"), {"pilote": ailleurs.pk, "version": 1})
    action.refresh_from_db()
    assert action.pilote == ailleurs


class TestConflit:
    def envoyer(self, client, action, headers=None, **saisie):
        donnees = {"resultats_attendus": "600 bilans, dont la moitié au village", "version": 1}
        return client.post(
            adresse_de(action, "resultats_attendus"), donnees | saisie, headers=headers
        )

    @pytest.fixture(autouse=True)
    def _ecrit_par_une_autre(self, action, administratrice):
        changer_ailleurs(
            action, administratrice, resultats_attendus="720 bilans, dont un tiers au village"
        )

    def test_une_version_perimee_montre_les_deux_versions(self, client_de, coordinatrice, action):
        reponse = self.envoyer(client_de(coordinatrice), action)
        mienne, sienne = soupe(reponse).select(".texte-version")
        assert reponse.status_code == 409
        assert [m.text for m in mienne.select("ins")] == ["600", "la moitié"]
        assert [m.text for m in sienne.select("ins")] == ["720", "un tiers"]
        assert "Ada Administre a écrit" in soupe(reponse).h2.text

    def test_rien_n_est_ecrit_tant_que_l_on_n_a_pas_choisi(self, client_de, coordinatrice, action):
        self.envoyer(client_de(coordinatrice), action)
        action.refresh_from_db()
        assert action.resultats_attendus.startswith("720")

    def test_le_fragment_et_la_page_montrent_le_meme_conflit(
        self, client_de, coordinatrice, action, de_la_fiche
    ):
        client = client_de(coordinatrice)
        page = soupe(self.envoyer(client, action)).select_one("section.conflit .versions")
        fragment = soupe(self.envoyer(client, action, headers=de_la_fiche))
        assert net(fragment.select_one("section.conflit .versions")) == net(page)

    def test_garder_la_mienne_renvoie_la_saisie_sur_la_version_d_aujourd_hui(
        self, client_de, coordinatrice, action
    ):
        client = client_de(coordinatrice)
        choix = soupe(self.envoyer(client, action)).select_one("section.conflit form")
        rejoue = {
            c["name"]: c.get("value", c.text.lstrip("\n")) for c in choix.select("input, textarea")
        }
        reponse = client.post(choix["action"], rejoue)
        action.refresh_from_db()
        assert reponse.status_code == 303
        assert action.resultats_attendus.startswith("600")

    def test_reprendre_les_deux_rouvre_l_editeur_avec_les_deux_textes(
        self, client_de, coordinatrice, action
    ):
        editeur = soupe(self.envoyer(client_de(coordinatrice), action, reprendre="1"))
        texte = editeur.select_one("textarea[name=resultats_attendus]").text
        assert "600 bilans, dont la moitié au village" in texte
        assert "720 bilans, dont un tiers au village" in texte
        assert editeur.select_one(".champ-edition [name=version]")["value"] == "2"

    def test_ecrire_la_meme_chose_n_est_pas_un_conflit(self, client_de, coordinatrice, action):
        reponse = self.envoyer(
            client_de(coordinatrice),
            action,
            resultats_attendus="720 bilans, dont un tiers au village",
        )
        assert reponse.status_code == 303

    def test_le_texte_des_deux_versions_est_echappe(self, client_de, coordinatrice, action):
        reponse = self.envoyer(
            client_de(coordinatrice), action, resultats_attendus="<script>alert(1)</script>"
        )
        assert b"<script>alert" not in reponse.content
