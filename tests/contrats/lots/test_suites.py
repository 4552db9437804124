"""Après l’accord : ce qui est laissé, ce qui s’annule, la liste, le travail de fond."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from contrats.lots import Demande, Retouche
from contrats.models import EtatLot, Lot
from contrats.services import masse
from contrats.services.plan import modifier_action
from tests.appuis.pages import lire, soupe
from tests.appuis.requetes import exiger_requetes_plates
from tests.contrats.lots.gestes import appliquer, dire, ecrire, etats
from tests.factories import ActionFactory

VUES = ("", "?vue=tableau", "?vue=cartes", "?vue=pilotes", "?vue=themes")


@pytest.fixture
def fiches(contrat, axe):
    return [
        ActionFactory(contrat=contrat, axe=axe, numero=f"2.{n}", themes=["acces_soins"])
        for n in range(1, 4)
    ]


def test_un_travail_arrete_se_recommence(client, fiches, choisir, monkeypatch):
    monkeypatch.setattr(masse, "FICHES_EN_DIRECT", 2)
    monkeypatch.setattr("contrats.views.lots.envoyer", lambda *a: True)
    lot = choisir(fiche=[f.pk for f in fiches])
    dire(client, lot, priorite="BAS")
    appliquer(client, lot)
    monkeypatch.setattr(masse, "PAQUET", 1)
    vrai, faits = masse.appliquer_lignes, []

    def casser_au_deuxieme(**options):
        faits.append(1)
        if len(faits) == 2:
            raise RuntimeError("panne")
        vrai(**options)

    monkeypatch.setattr(masse, "appliquer_lignes", casser_au_deuxieme)
    masse.appliquer_en_fond(travail_id=lot.travail_id)
    page = lire(client, reverse("contrats:lot", args=[lot.pk]))
    formulaire = page.select_one("[data-cls-travail] form")
    assert formulaire.select_one("[name=csrfmiddlewaretoken]")
    monkeypatch.setattr(masse, "appliquer_lignes", vrai)
    client.post(formulaire["action"])
    lot.refresh_from_db()
    assert (lot.etat, lot.lignes.comptes()["FAITE"]) == (EtatLot.FAIT, 3)


def test_les_fiches_changees_entre_temps_se_reprennent(client, fiches, choisir, administratrice):
    lot = choisir(fiche=[f.pk for f in fiches])
    dire(client, lot, priorite="BAS")
    modifier_action(action=fiches[1], valeurs={"titre": "Neuf"}, version=1, par=administratrice)
    page = appliquer(client, lot)
    assert "Ada Administre l’a modifiée depuis l’aperçu." in page.text
    formulaire = page.select_one('form:has([name="comme"])')
    donnees = {c["name"]: c["value"] for c in formulaire.select("input[name]")}
    reponse = client.post(formulaire["action"], donnees)
    suite = Lot.objects.latest("cree_le")
    assert reponse.url == reverse("contrats:lot_modifier", args=[suite.pk])
    assert suite.demande == lot.demande
    assert suite.fiches["fiches"] == [str(fiches[1].pk)]


def test_une_annulation_trop_tardive_se_dit(client, fiches, coordinatrice):
    lot = ecrire(fiches, demande_simple(), coordinatrice)
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        client.force_login(coordinatrice)
        reponse = client.post(reverse("contrats:lot_annuler", args=[lot.pk]))
        assert reponse.status_code == 422
        assert "délai de 30 minutes" in soupe(reponse).text
        page = lire(client, reverse("contrats:lot", args=[lot.pk]))
        assert not page.select('form[action$="/annuler/"]')


def demande_simple():
    return Demande(valeurs={"priorite": "BAS"})


def test_la_liste_dit_qui_quand_quoi_et_propose_d_annuler(client, contrat, fiches, coordinatrice):
    lot = ecrire(fiches, demande_simple(), coordinatrice)
    page = lire(client, reverse("contrats:lots", args=[contrat.pk]))
    ligne = " ".join(page.select_one("tbody tr").text.split())
    assert "Coline Coordonne" in ligne
    assert "Priorité" in ligne
    assert page.select_one("tbody form")["action"] == reverse("contrats:lot_annuler", args=[lot.pk])


def test_un_pilote_ne_voit_que_ses_lots(client_de, contrat, fiches, action, coordinatrice, pilote):
    autre = ecrire(fiches, demande_simple(), coordinatrice)
    sien = ecrire([action], demande_simple(), pilote)
    page = lire(client_de(pilote), reverse("contrats:lots", args=[contrat.pk]))
    assert [a["href"] for a in page.select("tbody a")] == [reverse("contrats:lot", args=[sien.pk])]
    reponse = client_de(pilote).get(reverse("contrats:lot", args=[autre.pk]))
    assert reponse.status_code == 403


def test_un_pilote_n_a_pas_les_champs_du_pilote(client_de, pilote, action):
    lot = masse.choisir(contrat=action.contrat, fiches=[str(action.pk)], par=pilote)
    page = lire(client_de(pilote), reverse("contrats:lot_modifier", args=[lot.pk]))
    assert page.select('[name="statut"]')
    assert not page.select('[name="pilote"], [name="sans_pilote"]')


def test_un_lot_deja_ecrit_renvoie_a_son_resultat(client, fiches, coordinatrice):
    lot = ecrire(fiches, demande_simple(), coordinatrice)
    for nom in ("lot_modifier", "lot_appliquer"):
        reponse = client.post(reverse(f"contrats:{nom}", args=[lot.pk]), {"priorite": "ELEVE"})
        assert reponse.url == reverse("contrats:lot", args=[lot.pk])
    assert etats(lot) == ["FAITE"] * 3


def test_un_grand_lot_montre_son_avancement(client, fiches, choisir, monkeypatch):
    monkeypatch.setattr(masse, "FICHES_EN_DIRECT", 2)
    envois = []
    monkeypatch.setattr("contrats.views.lots.envoyer", lambda *a: envois.append(a) or True)
    lot = choisir(fiche=[f.pk for f in fiches])
    dire(client, lot, priorite="BAS")
    page = appliquer(client, lot)
    assert envois == [("contrats.modifier_lot", lot.travail_id)]
    assert page.select_one("[data-cls-travail]")["data-cls-travail"] == "EN_FILE"
    assert not page.select(f'form[action="{reverse("contrats:lot_appliquer", args=[lot.pk])}"]')

    masse.appliquer_en_fond(travail_id=lot.travail_id)
    suivi = client.get(reverse("contrats:lot_travail", args=[lot.pk]))
    assert suivi["HX-Refresh"] == "true"
    lot.refresh_from_db()
    assert lot.etat == EtatLot.FAIT


def test_les_pages_coutent_le_meme_nombre_de_requetes(client, contrat, axe, coordinatrice):
    lots = []

    def peupler(n):
        for _ in range(n):
            ActionFactory(contrat=contrat, axe=axe, themes=["acces_soins"])
        demande = Demande(listes={"themes": retouche(len(lots))})
        lots.append(ecrire(contrat.actions.all(), demande, coordinatrice))

    def tout_lire():
        for nom, cle in (("lots", contrat.pk), ("lot", lots[-1].pk)):
            lire(client, reverse(f"contrats:{nom}", args=[cle]))
        choisi = masse.choisir(contrat=contrat, est_tout=True, par=coordinatrice)
        lire(client, reverse("contrats:lot_modifier", args=[choisi.pk]))

    exiger_requetes_plates(peupler=peupler, lire=tout_lire)


def retouche(rang):
    return Retouche(frozenset({("jeunes", "seniors")[rang % 2]}))
