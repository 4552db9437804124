"""La corbeille : trente jours pour revenir sur une suppression, puis l’effacement."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cls_platform.celery import app
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse, ObjetSupprime
from contrats.models import Action, Jalon, NoteSuivi
from contrats.services import arbre
from contrats.services.corbeille import (
    effacer_definitivement,
    mettre_a_la_corbeille,
    sortir_de_la_corbeille,
    vider_la_corbeille,
)
from contrats.services.plan import creer_objectif, modifier_action
from tests.appuis.pages import soupe
from tests.factories import (
    ActionFactory,
    AxeFactory,
    DocumentActionFactory,
    JalonFactory,
    NoteSuiviFactory,
    ObjectifFactory,
)


def jeter(action, par):
    return mettre_a_la_corbeille(action=action, version=None, par=par)


def jetee(action) -> Action:
    return Action.avec_corbeille.get(pk=action.pk)


def vieillir(action, jours):
    le = timezone.now() - timedelta(days=jours)
    Action.avec_corbeille.filter(pk=action.pk).update(corbeille_le=le)


def test_jeter_note_qui_et_quand_et_garde_tout(action, coordinatrice):
    JalonFactory(action=action)
    NoteSuiviFactory(action=action)
    jeter(action, coordinatrice)
    assert not Action.objects.filter(pk=action.pk).exists()
    assert jetee(action).corbeille_par == coordinatrice
    assert (Jalon.objects.count(), NoteSuivi.objects.count()) == (1, 1)


def test_une_fiche_rendue_retrouve_son_rang_et_sa_place(contrat, axe, coordinatrice):
    un, deux, trois = (ActionFactory(contrat=contrat, axe=axe, ordre=n) for n in (1, 2, 3))
    jeter(deux, coordinatrice)
    sortir_de_la_corbeille(action=jetee(deux), par=coordinatrice)
    assert list(contrat.actions.dans_l_ordre()) == [un, deux, trois]
    assert Action.objects.get(pk=deux.pk).axe == axe


def test_sans_son_axe_elle_revient_sans_axe(contrat, coordinatrice):
    axe = AxeFactory(contrat=contrat)
    objectif = ObjectifFactory(axe=axe)
    fiche = ActionFactory(contrat=contrat, axe=axe, objectif=objectif)
    jeter(fiche, coordinatrice)
    arbre.supprimer_niveau(niveau=axe, version=None, par=coordinatrice)
    rendue = sortir_de_la_corbeille(action=jetee(fiche), par=coordinatrice)
    assert (rendue.axe, rendue.objectif) == (None, None)


def test_rendre_deux_fois_ne_fait_rien_de_plus(action, coordinatrice):
    jeter(action, coordinatrice)
    for _ in range(2):
        rendue = sortir_de_la_corbeille(action=jetee(action), par=coordinatrice)
    assert (rendue.corbeille_le, rendue.version) == (None, 3)


def test_jeter_sur_une_version_depassee_est_refuse(action, coordinatrice):
    modifier_action(action=action, valeurs={"titre": "Neuf"}, version=1, par=coordinatrice)
    with pytest.raises(ConflitVersion):
        mettre_a_la_corbeille(action=action, version=1, par=coordinatrice)


def test_une_fiche_du_plan_ne_s_efface_pas_d_un_coup(action, coordinatrice):
    with pytest.raises(ObjetSupprime):
        effacer_definitivement(action=action, par=coordinatrice)
    assert Action.objects.filter(pk=action.pk).exists()


@pytest.mark.parametrize("personnage", ["pilote", "elue", "agent_ars", "lectrice", "voisine"])
def test_seule_la_coordination_se_sert_de_la_corbeille(request, action, coordinatrice, personnage):
    personne = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        jeter(action, personne)
    jeter(action, coordinatrice)
    for service in (sortir_de_la_corbeille, effacer_definitivement):
        with pytest.raises(DroitRefuse):
            service(action=jetee(action), par=personne)


def test_l_effacement_emporte_les_fichiers(
    action, coordinatrice, django_capture_on_commit_callbacks
):
    document = DocumentActionFactory(action=action)
    jeter(action, coordinatrice)
    assert default_storage.exists(document.fichier.name)
    with django_capture_on_commit_callbacks(execute=True):
        effacer_definitivement(action=jetee(action), par=coordinatrice)
    assert not default_storage.exists(document.fichier.name)
    assert not Action.avec_corbeille.filter(pk=action.pk).exists()


def test_vider_n_efface_que_ce_qui_a_passe_trente_jours(
    contrat, coordinatrice, django_capture_on_commit_callbacks
):
    vieille, recente, gardee = ActionFactory.create_batch(3, contrat=contrat)
    document = DocumentActionFactory(action=vieille)
    for fiche, jours in ((vieille, 31), (recente, 29)):
        jeter(fiche, coordinatrice)
        vieillir(fiche, jours)
    sortie = StringIO()
    call_command("vider_corbeille", "--simulation", stdout=sortie)
    assert Action.avec_corbeille.filter(pk=vieille.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("vider_corbeille", stdout=sortie)
    assert "1\u00a0fiche" in sortie.getvalue()
    assert set(Action.avec_corbeille.all()) == {recente, gardee}
    assert not default_storage.exists(document.fichier.name)
    assert vider_la_corbeille(le=timezone.now(), par=None) == 0


def test_le_battement_vide_la_corbeille_chaque_nuit():
    prevue = app.conf.beat_schedule["vider-corbeille"]
    app.loader.import_default_modules()
    assert prevue["task"] in app.tasks


def test_une_fiche_jetee_ne_retient_ni_son_axe_ni_son_objectif(contrat, coordinatrice):
    axe = AxeFactory(contrat=contrat)
    objectif = ObjectifFactory(axe=axe)
    fiche = ActionFactory(contrat=contrat, axe=axe, objectif=objectif)
    jeter(fiche, coordinatrice)
    arbre.supprimer_niveau(niveau=objectif, version=None, par=coordinatrice)
    assert (jetee(fiche).objectif, jetee(fiche).axe) == (None, axe)


def test_un_axe_qui_a_des_fiches_ne_se_supprime_pas(contrat, axe, action, coordinatrice):
    with pytest.raises(DonneesRefusees, match="Il reste des fiches"):
        arbre.supprimer_niveau(niveau=axe, version=None, par=coordinatrice)


class TestPages:
    def test_supprimer_puis_annuler_aussitot(self, client_de, coordinatrice, contrat, action):
        client = client_de(coordinatrice)
        supprimer = reverse("contrats:action_supprimer", args=[action.pk])
        version = soupe(client.get(supprimer)).select_one("main [name=version]")["value"]
        plan = client.post(supprimer, {"version": version}, follow=True)
        avis = soupe(plan).select_one("form.avis")
        assert action.titre in avis.text
        assert "Annuler" in avis.button.text
        client.post(avis["action"])
        assert contrat.actions.filter(pk=action.pk).exists()

    def test_une_fiche_changee_entre_temps_se_relit_avant_de_partir(
        self, client_de, coordinatrice, action
    ):
        modifier_action(action=action, valeurs={"titre": "Neuf"}, version=1, par=coordinatrice)
        supprimer = reverse("contrats:action_supprimer", args=[action.pk])
        reponse = client_de(coordinatrice).post(supprimer, {"version": 1})
        assert reponse.status_code == 409
        assert soupe(reponse).select_one("main [name=version]")["value"] == "2"

    def test_le_plan_mene_a_la_corbeille_et_en_dit_le_compte(
        self, client_de, coordinatrice, lectrice, contrat, action
    ):
        jeter(action, coordinatrice)
        adresse = reverse("contrats:corbeille", args=[contrat.pk])
        plan = reverse("contrats:plan", args=[contrat.pk])
        lien = soupe(client_de(coordinatrice).get(plan)).select_one(f'a[href="{adresse}"]')
        assert "1" in lien.text
        assert not soupe(client_de(lectrice).get(plan)).select_one(f'a[href="{adresse}"]')

    def test_la_corbeille_dit_qui_quand_et_jusqu_a_quand(
        self, client_de, coordinatrice, contrat, action
    ):
        jeter(action, coordinatrice)
        page = soupe(client_de(coordinatrice).get(reverse("contrats:corbeille", args=[contrat.pk])))
        assert action.titre in page.tbody.text
        assert "par vous" in page.tbody.text

    def test_la_voisine_n_y_a_pas_acces(self, client_de, coordinatrice, voisine, contrat, action):
        jeter(action, coordinatrice)
        client = client_de(voisine)
        assert client.get(reverse("contrats:corbeille", args=[contrat.pk])).status_code == 404
        for route in ("contrats:action_rendre", "contrats:action_effacer"):
            assert client.post(reverse(route, args=[action.pk])).status_code == 404

    def test_effacer_demande_confirmation(self, client_de, coordinatrice, action):
        jeter(action, coordinatrice)
        client, adresse = (
            client_de(coordinatrice),
            reverse("contrats:action_effacer", args=[action.pk]),
        )
        assert "pour toujours" in client.get(adresse).content.decode()
        assert client.post(adresse).status_code == 303
        assert not Action.avec_corbeille.filter(pk=action.pk).exists()

    def test_les_requetes_ne_dependent_pas_du_nombre_de_fiches(
        self, client_de, coordinatrice, contrat, exiger_requetes_plates
    ):
        client = client_de(coordinatrice)

        def peupler(n):
            for fiche in ActionFactory.create_batch(n, contrat=contrat):
                jeter(fiche, coordinatrice)

        adresse = reverse("contrats:corbeille", args=[contrat.pk])
        exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse))


def test_un_objectif_neuf_s_emboite_et_suit_l_axe_de_son_parent(contrat, axe, coordinatrice):
    parent = ObjectifFactory(axe=axe, niveau="OPERATIONNEL")
    commun = {"titre": "Dépister", "numero": "9", "parent": parent}
    with pytest.raises(DonneesRefusees, match="ne peut pas contenir"):
        creer_objectif(
            contrat=contrat, valeurs={**commun, "niveau": "STRATEGIQUE"}, par=coordinatrice
        )
    enfant = creer_objectif(
        contrat=contrat, valeurs={**commun, "niveau": "SPECIFIQUE"}, par=coordinatrice
    )
    assert enfant.axe == axe
