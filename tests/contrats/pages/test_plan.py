"""Le plan : l’arbre, ses filtres, ses comptes, et l’ajout d’une fiche, d’un axe, d’un objectif."""

from datetime import date

import pytest
from django.urls import reverse

from contrats.etats import StatutAction
from contrats.models import Action
from tests.appuis.pages import lire, soupe
from tests.factories import ActionFactory, AxeFactory, ObjectifFactory


@pytest.fixture
def adresse(contrat):
    return reverse("contrats:plan", args=[contrat.pk])


def titres(page):
    return [a.text for a in page.select("tr.fiche a.titre")]


def test_le_plan_range_les_fiches_par_axe_puis_par_objectif(
    client_de, coordinatrice, contrat, adresse
):
    premier, second = AxeFactory(contrat=contrat), AxeFactory(contrat=contrat)
    objectif = ObjectifFactory(axe=premier)
    ActionFactory(contrat=contrat, axe=second, titre="Au second axe")
    ActionFactory(contrat=contrat, axe=premier, objectif=objectif, titre="Sous l’objectif")
    ActionFactory(contrat=contrat, axe=premier, titre="Au premier axe")
    assert titres(lire(client_de(coordinatrice), adresse)) == [
        "Au premier axe",
        "Sous l’objectif",
        "Au second axe",
    ]


def test_les_fiches_sans_axe_viennent_a_la_fin(client_de, coordinatrice, contrat, adresse):
    ActionFactory(contrat=contrat, titre="Sans axe")
    ActionFactory(contrat=contrat, axe=AxeFactory(contrat=contrat), titre="Avec axe")
    page = lire(client_de(coordinatrice), adresse)
    assert titres(page) == ["Avec axe", "Sans axe"]
    assert "Fiches sans axe" in page.select("tr.axe")[-1].text


def test_un_axe_montre_son_nombre_de_fiches_et_son_avancement_moyen(
    client_de, coordinatrice, contrat, axe, adresse
):
    ActionFactory(contrat=contrat, axe=axe, realisee=True)
    ActionFactory(contrat=contrat, axe=axe)
    ActionFactory(contrat=contrat, axe=axe, abandonnee=True)
    texte = lire(client_de(coordinatrice), adresse).select_one("tr.axe").text
    assert "3\u00a0fiches" in texte
    assert "50\u202f%" in texte


def test_le_resume_compte_les_statuts_retard_compris(client_de, coordinatrice, contrat, adresse):
    ActionFactory(contrat=contrat, en_retard=True)
    ActionFactory(contrat=contrat)
    resume = lire(client_de(coordinatrice), adresse).select_one("#resume-plan").text
    assert "1 en retard" in resume
    assert "1 en cours" in resume


def test_le_retard_s_ecrit_sous_la_date(client_de, coordinatrice, contrat, adresse):
    ActionFactory(contrat=contrat, date_fin=date(2026, 2, 20))
    cellule = lire(client_de(coordinatrice), adresse).select_one(".c-echeance")
    assert "20\u00a0j de retard" in cellule.text


@pytest.mark.parametrize(
    ("parametres", "attendus"),
    [
        ({"statut": "REALISEE"}, ["Finie"]),
        ({"statut": ["REALISEE", "EN_RETARD"]}, ["Finie", "Tardive"]),
        ({"en_retard": "true"}, ["Tardive"]),
        ({"sans_pilote": "true"}, ["Finie", "Tardive"]),
        ({"recherche": "pilotee"}, ["Pilotée"]),
    ],
)
def test_un_filtre_ne_garde_que_ce_qu_il_dit(
    client_de, coordinatrice, contrat, adresse, cpts, parametres, attendus
):
    ActionFactory(contrat=contrat, realisee=True, titre="Finie")
    ActionFactory(contrat=contrat, en_retard=True, titre="Tardive")
    ActionFactory(contrat=contrat, pilote=cpts, titre="Pilotée")
    assert titres(lire(client_de(coordinatrice), adresse, **parametres)) == attendus


def test_une_puce_compte_ce_qui_manque_et_mene_a_ce_filtre(
    client_de, coordinatrice, contrat, adresse
):
    ActionFactory(contrat=contrat)
    puce = lire(client_de(coordinatrice), adresse).select_one(".puce")
    assert puce.text == "Sans pilote 1"
    assert puce["href"] == f"{adresse}?sans_pilote=true"


def test_une_puce_active_retire_son_seul_filtre(client_de, coordinatrice, action, adresse):
    page = lire(
        client_de(coordinatrice), adresse, statut=["EN_COURS", "REALISEE"], theme="prevention"
    )
    retraits = {a.text: a["href"] for a in page.select(".puce.active")}
    assert retraits["Retirer le filtre\u00a0: Statut\u00a0: Réalisée"] == (
        f"{adresse}?statut=EN_COURS&theme=prevention"
    )


def test_un_filtre_sans_resultat_dit_lequel_retirer(client_de, coordinatrice, action, adresse):
    page = lire(client_de(coordinatrice), adresse, statut="BLOQUEE")
    assert "Le plan compte 1\u00a0fiche" in page.select_one(".aucune-fiche").text
    assert page.select_one(".aucune-fiche a")["href"] == adresse


def test_un_filtre_mal_ecrit_donne_une_page_400(client_de, coordinatrice, action, adresse):
    assert client_de(coordinatrice).get(adresse, {"statut": "INCONNU"}).status_code == 400


def test_un_plan_vide_propose_d_ajouter_une_fiche(client_de, coordinatrice, contrat, adresse):
    page = lire(client_de(coordinatrice), adresse)
    assert page.select_one(".etat-vide a.principal")["href"] == reverse(
        "contrats:action_creer", args=[contrat.pk]
    )


def test_qui_ne_peut_pas_modifier_ne_voit_aucun_bouton(client_de, lectrice, action, adresse):
    page = lire(client_de(lectrice), adresse)
    assert titres(page) == [action.titre]
    assert not page.select(".enplace")
    assert not page.select(".gestes")
    assert page.select("a[href*=exporter]"), "emporter les fiches n’écrit rien"


def test_un_pilote_modifie_ses_fiches_mais_pas_leur_pilote(
    client_de, pilote, contrat, action, adresse
):
    ActionFactory(contrat=contrat, titre="D’une autre")
    page = lire(client_de(pilote), adresse)
    ouverts = {b["formaction"] for b in page.select("button.enplace")}
    assert ouverts == {
        reverse("contrats:action_champ", args=[action.pk, champ])
        for champ in ("titre", "statut", "calendrier")
    }


def test_la_voisine_ne_trouve_pas_le_plan(client_de, voisine, adresse):
    assert client_de(voisine).get(adresse).status_code == 404


def test_un_visiteur_est_invite_a_se_connecter(client, adresse):
    assert client.get(adresse).status_code == 302


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_fiches(
    client_de, coordinatrice, contrat, axe, cpts, adresse, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    objectif = ObjectifFactory(axe=axe)
    exiger_requetes_plates(
        peupler=lambda n: ActionFactory.create_batch(
            n, contrat=contrat, axe=axe, objectif=objectif, pilote=cpts, themes=["prevention"]
        ),
        lire=lambda: client.get(adresse),
    )


def test_ajouter_une_fiche_demande_un_titre_et_mene_a_la_fiche(client_de, coordinatrice, contrat):
    adresse = reverse("contrats:action_creer", args=[contrat.pk])
    reponse = client_de(coordinatrice).post(
        adresse, {"titre": "Une marche chaque mardi", "statut": "A_VENIR"}
    )
    action = Action.objects.get(contrat=contrat)
    assert reponse.status_code == 303
    assert reponse.url == reverse("contrats:action", args=[action.pk])
    assert action.statut == StatutAction.A_VENIR


def test_un_ajout_refuse_garde_ce_qui_est_tape(client_de, coordinatrice, contrat):
    adresse = reverse("contrats:action_creer", args=[contrat.pk])
    reponse = client_de(coordinatrice).post(
        adresse,
        {
            "titre": "Une marche",
            "statut": "A_VENIR",
            "date_debut": "01/04/2026",
            "date_fin": "31/02/2026",
        },
    )
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert page.select_one("[name=titre]")["value"] == "Une marche"
    assert page.select_one("[name=date_fin]")["value"] == "31/02/2026"
    lien = page.select_one(".resume-erreurs a")
    assert page.select_one(lien["href"])["name"] == "date_fin"
    assert "Le 31 février n’existe pas" in lien.text


def test_une_echeance_avant_le_debut_se_dit_a_cote_de_l_echeance(client_de, coordinatrice, contrat):
    reponse = client_de(coordinatrice).post(
        reverse("contrats:action_creer", args=[contrat.pk]),
        {
            "titre": "Une marche",
            "statut": "A_VENIR",
            "date_debut": "01/04/2026",
            "date_fin": "12/03/2026",
        },
    )
    page = soupe(reponse)
    assert "vient avant le début" in page.select_one("#id_date_fin_erreur, #id_date_fin_error").text


def test_ajouter_un_axe_puis_un_objectif(client_de, coordinatrice, contrat):
    client = client_de(coordinatrice)
    client.post(reverse("contrats:axe_creer", args=[contrat.pk]), {"titre": "Vivre mieux"})
    axe = contrat.axes.get()
    reponse = client.post(
        reverse("contrats:objectif_creer", args=[contrat.pk]),
        {"numero": "1.1", "titre": "Bouger", "axe": axe.pk, "niveau": "OPERATIONNEL"},
    )
    assert reponse.status_code == 303
    assert contrat.objectifs.get().axe == axe


def test_un_axe_d_un_autre_contrat_est_refuse(client_de, coordinatrice, contrat, autre_contrat):
    ailleurs = AxeFactory(contrat=autre_contrat)
    reponse = client_de(coordinatrice).post(
        reverse("contrats:action_creer", args=[contrat.pk]),
        {"titre": "Une marche", "statut": "A_VENIR", "axe": ailleurs.pk},
    )
    assert reponse.status_code == 422
    assert not contrat.actions.exists()
