"""L’onglet « Suivi » : étapes, journal, statut expliqué, avec et sans JavaScript."""

from datetime import date

import pytest
from django.urls import reverse

from contrats.etats import StatutAction
from contrats.services.jalons import modifier_jalon
from contrats.services.journal import modifier_note
from contrats.services.plan import modifier_action
from tests.appuis.pages import lire, soupe
from tests.factories import JalonFactory, NoteSuiviFactory


@pytest.fixture
def adresse(action):
    return reverse("contrats:action_suivi", args=[action.pk])


def net(element) -> str:
    return " ".join(element.get_text(" ").split())


def test_chaque_etape_dit_son_etat_en_toutes_lettres(client_de, coordinatrice, action, adresse):
    JalonFactory(action=action, fait=True)
    JalonFactory(action=action, echeance=date(2026, 3, 11))
    JalonFactory(action=action, echeance=date(2026, 3, 12))
    JalonFactory(action=action, echeance=None)
    JalonFactory(action=action, est_abandonne=True)
    etats = lire(client_de(coordinatrice), adresse).select(".etape-etat")
    mots = ["Faite", "En retard", "À venir", "Sans date", "Abandonnée"]
    assert [net(etat) for etat in etats] == mots
    assert all(etat.select_one("svg.forme") for etat in etats)


def test_une_etape_dit_qui_s_en_charge_et_qu_elle_revient(
    client_de, coordinatrice, action, adresse, cpts
):
    JalonFactory(
        action=action,
        echeance=date(2026, 6, 30),
        est_annuel=True,
        pilote=cpts,
        pilote_nom="Jo Exemple",
    )
    texte = net(lire(client_de(coordinatrice), adresse).select_one(".ligne-etape"))
    assert "Jo Exemple, CPTS des Essais" in texte
    assert "Tous les ans : la terminer ouvre celle du 30 juin 2027." in texte


class TestGestes:
    def presser(self, client, etape, geste, version=1, **suite):
        return client.post(
            reverse("contrats:jalon", args=[etape.pk]),
            {"geste": geste, "version": version, "vue": "suivi"},
            **suite,
        )

    def test_terminer_note_le_jour_et_revient_au_suivi(
        self, client_de, pilote, action, adresse, aujourdhui
    ):
        etape = JalonFactory(action=action)
        reponse = self.presser(client_de(pilote), etape, "terminer")
        etape.refresh_from_db()
        assert etape.fait_le == aujourdhui
        assert reponse.url == f"{adresse}#etapes"

    def test_rouvrir_efface_le_jour(self, client_de, coordinatrice, action):
        etape = JalonFactory(action=action, fait=True)
        self.presser(client_de(coordinatrice), etape, "rouvrir")
        etape.refresh_from_db()
        assert etape.fait_le is None

    def test_une_etape_annuelle_terminee_dit_quand_vient_la_suivante(
        self, client_de, coordinatrice, action
    ):
        etape = JalonFactory(action=action, echeance=date(2026, 6, 30), est_annuel=True)
        page = self.presser(client_de(coordinatrice), etape, "terminer", follow=True)
        assert "30 juin 2027" in net(soupe(page).select_one(".messages, [role=status], main"))
        assert action.jalons.count() == 2

    def test_monter_change_l_ordre(self, client_de, coordinatrice, action):
        etapes = [JalonFactory(action=action, libelle=nom) for nom in "AB"]
        self.presser(client_de(coordinatrice), etapes[1], "monter")
        assert [e.libelle for e in action.jalons.dans_l_ordre()] == ["B", "A"]

    def test_une_etape_deja_changee_se_dit_sans_rien_ecraser(
        self, client_de, coordinatrice, action
    ):
        etape = JalonFactory(action=action, version=2)
        page = self.presser(client_de(coordinatrice), etape, "abandonner", follow=True)
        etape.refresh_from_db()
        assert not etape.est_abandonne
        assert "a changé entre-temps" in page.content.decode()

    def test_un_geste_inconnu_est_refuse(self, client_de, coordinatrice, action):
        etape = JalonFactory(action=action)
        assert self.presser(client_de(coordinatrice), etape, "effacer").status_code == 400

    def test_retirer_demande_confirmation(self, client_de, coordinatrice, action):
        etape = JalonFactory(action=action)
        client, page = (
            client_de(coordinatrice),
            reverse("contrats:jalon_supprimer", args=[etape.pk]),
        )
        assert etape.libelle in lire(client, page).text
        assert action.jalons.exists()
        client.post(page)
        assert not action.jalons.exists()


class TestModifierUneEtape:
    def test_en_place_rend_le_fragment_de_la_page(self, client_de, coordinatrice, action, adresse):
        etape = JalonFactory(action=action)
        JalonFactory(action=action)
        client, page = client_de(coordinatrice), reverse("contrats:jalon_modifier", args=[etape.pk])
        htmx = {"HX-Request": "true"}
        editeur = soupe(client.get(page, headers=htmx)).form
        assert editeur["id"] == f"etape-{etape.pk}"
        reponse = client.post(
            page, {"libelle": "Neuve", "echeance": "1/9/2026", "version": 1}, headers=htmx
        )
        fragment = soupe(reponse).select_one(f"#etape-{etape.pk}")
        assert "Enregistré à 11" in net(fragment)
        fragment.select_one(".enregistre").decompose()
        meme = lire(client, adresse).select_one(f"#etape-{etape.pk}")
        sans = [net(e.select_one(".etape-texte")) for e in (fragment, meme)]
        assert sans[0] == sans[1]

    def test_sans_javascript_elle_a_sa_page_et_les_erreurs_y_reviennent(
        self, client_de, coordinatrice, action
    ):
        etape = JalonFactory(action=action)
        client, page = client_de(coordinatrice), reverse("contrats:jalon_modifier", args=[etape.pk])
        refus = client.post(page, {"libelle": "A", "est_annuel": "on", "version": 1})
        assert refus.status_code == 422
        assert "a besoin d’une échéance" in refus.content.decode()
        assert client.post(page, {"libelle": "A", "version": 1}).status_code == 303

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_deux_versions_se_comparent_et_se_reprennent(
        self, client_de, coordinatrice, administratrice, action, headers
    ):
        etape = JalonFactory(action=action)
        modifier_jalon(jalon=etape, valeurs={"libelle": "La leur"}, version=1, par=administratrice)
        client, page = client_de(coordinatrice), reverse("contrats:jalon_modifier", args=[etape.pk])
        envoi = {"libelle": "La mienne", "version": 1}
        conflit = client.post(page, envoi, headers=headers)
        assert conflit.status_code == 409
        assert "La leur" in net(soupe(conflit))
        rouvert = soupe(client.post(page, envoi | {"reprendre": "1"}, headers=headers))
        assert rouvert.select_one("[name=libelle]")["value"] == "La mienne"
        assert rouvert.select_one("[name=version]")["value"] == "2"


class TestJournal:
    def test_sans_note_la_page_dit_a_quoi_elle_sert(self, client_de, coordinatrice, adresse):
        page = lire(client_de(coordinatrice), adresse)
        assert "Rien n’est encore écrit" in page.text
        assert page.select_one('a[href$="/notes/"]')

    def test_les_notes_sont_par_annee_la_plus_recente_d_abord(
        self, client_de, lectrice, action, adresse
    ):
        for jour in (date(2024, 5, 2), date(2026, 1, 5), date(2026, 2, 5)):
            NoteSuiviFactory(action=action, date_note=jour)
        page = lire(client_de(lectrice), adresse)
        assert [h.text for h in page.select(".annee-du-journal")] == ["2026", "2024"]
        jours = [t["datetime"] for t in page.select(".note time")]
        assert jours == ["2026-02-05", "2026-01-05", "2024-05-02"]
        assert not page.select('a[href$="/retirer/"]')

    def test_un_pilote_ecrit_une_note(self, client_de, pilote, action):
        adresse = reverse("contrats:note_ajouter", args=[action.pk])
        reponse = client_de(pilote).post(
            adresse, {"date_note": "3/2/2026", "fait": "Deux ateliers", "participants": "14"}
        )
        note = action.notes.get()
        assert reponse.url.endswith(f"#note-{note.pk}")
        assert (note.date_note, note.participants) == (date(2026, 2, 3), 14)

    def test_une_note_vide_est_refusee_a_cote_du_champ(self, client_de, coordinatrice, action):
        adresse = reverse("contrats:note_ajouter", args=[action.pk])
        reponse = client_de(coordinatrice).post(adresse, {"date_note": "3/2/2026"})
        assert reponse.status_code == 422
        assert soupe(reponse).select_one("#id_fait")["aria-invalid"] == "true"

    def test_deux_versions_d_une_note_se_comparent(
        self, client_de, coordinatrice, administratrice, action
    ):
        note = NoteSuiviFactory(action=action)
        modifier_note(note=note, valeurs={"freins": "Le bail"}, version=1, par=administratrice)
        envoi = {"date_note": "10/2/2026", "fait": note.fait, "freins": "Le gel", "version": 1}
        client, page = client_de(coordinatrice), reverse("contrats:note", args=[note.pk])
        conflit = client.post(page, envoi)
        assert conflit.status_code == 409
        assert "Le bail" in net(soupe(conflit))
        rouvert = soupe(client.post(page, envoi | {"reprendre": "1"}))
        texte = rouvert.select_one("[name=freins]").text
        assert "Le gel" in texte
        assert "Le bail" in texte

    def test_retirer_montre_la_note_et_son_histoire(self, client_de, coordinatrice, action):
        note = NoteSuiviFactory(action=action)
        client, page = client_de(coordinatrice), reverse("contrats:note_supprimer", args=[note.pk])
        assert note.fait in lire(client, page).text
        assert client.post(page).status_code == 303
        assert not action.notes.exists()

    def test_un_texte_dangereux_reste_du_texte(self, client_de, coordinatrice, action, adresse):
        NoteSuiviFactory(action=action, fait="<script>alert(1)</script>\n=cmd()")
        assert b"<script>alert" not in client_de(coordinatrice).get(adresse).content


def test_le_plan_compte_les_actions_a_risque(client_de, coordinatrice, contrat, action):
    JalonFactory(action=action, echeance=date(2026, 3, 11))
    plan = reverse("contrats:plan", args=[contrat.pk])
    puces = {net(a): a["href"] for a in lire(client_de(coordinatrice), plan).select(".puce")}
    assert puces["À risque 1"].endswith("?a_risque=true")


def test_le_nombre_de_requetes_ne_depend_ni_des_etapes_ni_des_notes(
    client_de, coordinatrice, action, adresse, exiger_requetes_plates, cpts
):
    client, autres = client_de(coordinatrice), iter([StatutAction.EN_PAUSE, StatutAction.EN_COURS])

    def peupler(n):
        JalonFactory.create_batch(n, action=action, pilote=cpts)
        NoteSuiviFactory.create_batch(n, action=action, modifie_par=coordinatrice)
        modifier_action(
            action=action, valeurs={"statut": next(autres)}, version=None, par=coordinatrice
        )

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse))


@pytest.mark.parametrize(
    "route", ["jalon", "jalon_modifier", "jalon_supprimer", "note", "note_supprimer"]
)
def test_la_voisine_ne_trouve_ni_etape_ni_note(client_de, voisine, action, route):
    objet = (JalonFactory if route.startswith("jalon") else NoteSuiviFactory)(action=action)
    adresse = reverse(f"contrats:{route}", args=[objet.pk])
    envoi = {"geste": "terminer", "version": 1}
    assert client_de(voisine).post(adresse, envoi).status_code == 404
