"""L’histoire d’une fiche, à l’écran : lire, trier, comparer, rétablir."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contrats.models import Action, Jalon, LigneBudget, NoteSuivi
from contrats.services.financement import modifier_argent, retirer_argent
from contrats.services.jalons import supprimer_jalon
from contrats.services.journal import supprimer_note
from contrats.services.plan import modifier_action
from tests.appuis.pages import soupe
from tests.factories import (
    ActeurFactory,
    ChampLibreFactory,
    JalonFactory,
    LigneBudgetFactory,
    NoteSuiviFactory,
)


def ecrire(action, par, **valeurs):
    return modifier_action(action=action, valeurs=valeurs, version=None, par=par)


def historique(action, **parametres):
    return reverse("contrats:action_historique", args=[action.pk])


def du_champ(action, champ="titre"):
    return reverse("contrats:champ_historique", args=[action.pk, champ])


def retablir(action, champ, version):
    return reverse("contrats:champ_retablir", args=[action.pk, champ, version])


def test_la_fiche_mene_a_son_histoire_et_le_champ_ouvert_a_la_sienne(
    client_de, coordinatrice, action
):
    client = client_de(coordinatrice)
    fiche = soupe(client.get(reverse("contrats:action", args=[action.pk])))
    assert fiche.select_one(f'a[href="{historique(action)}"]')
    editeur = soupe(client.get(reverse("contrats:action_champ", args=[action.pk, "titre"])))
    assert editeur.select_one(f'a[href="{du_champ(action)}"]')


def test_les_partenaires_ajoutes_et_retires_se_lisent(client_de, coordinatrice, action):
    ecrire(action, coordinatrice, partenaires=[ActeurFactory(nom="Réseau des essais")])
    ecrire(action, coordinatrice, partenaires=[])
    page = soupe(client_de(coordinatrice).get(historique(action)))
    ligne_du_retrait, ligne_de_l_ajout = page.select("ol.journal > li")[:2]
    assert ligne_du_retrait.select_one("del").text == "Réseau des essais"
    assert ligne_de_l_ajout.select_one("ins").text == "Réseau des essais"


def test_l_historique_se_trie_par_champ_par_personne_et_par_date(
    client_de, coordinatrice, administratrice, action
):
    ecrire(action, coordinatrice, titre="De Coline")
    ecrire(action, administratrice, moyens="D’Ada")
    client = client_de(coordinatrice)

    def lire(**parametres):
        page = soupe(client.get(historique(action), parametres))
        return " ".join(li.text for li in page.select("ol.journal > li"))

    assert "De Coline" in lire(champ="titre")
    assert "D’Ada" not in lire(champ="titre")
    assert "De Coline" not in lire(auteur=str(administratrice.pk))
    demain = timezone.localdate() + timedelta(days=3650)
    assert lire(du=f"{demain:%d/%m/%Y}") == ""
    assert "n’existe pas" in client.get(historique(action), {"du": "31/02/2026"}).content.decode()


def test_les_montants_ne_se_lisent_qu_avec_le_droit(client_de, coordinatrice, lectrice, action):
    ligne = LigneBudgetFactory(action=action)
    modifier_argent(objet=ligne, valeurs={"prevu": 87654}, version=1, par=coordinatrice)
    assert "87\u202f654" in client_de(coordinatrice).get(historique(action)).content.decode()
    page = client_de(lectrice).get(historique(action)).content.decode()
    assert "87\u202f654" not in page
    assert "87654" not in page
    assert "Dépense" not in page


def test_la_voisine_ne_trouve_ni_l_histoire_ni_ses_valeurs(client_de, voisine, action):
    client = client_de(voisine)
    for adresse in (historique(action), du_champ(action), retablir(action, "titre", 1)):
        assert client.get(adresse).status_code == 404


def test_une_fiche_restreinte_garde_son_histoire_pour_les_siens(client_de, lectrice, action):
    Action.objects.filter(pk=action.pk).update(est_restreinte=True, est_publique=False)
    assert client_de(lectrice).get(historique(action)).status_code == 404


def test_retablir_montre_les_deux_valeurs_puis_ecrit(client_de, coordinatrice, action):
    depart = action.titre
    ecrire(action, coordinatrice, titre="Un autre titre")
    client = client_de(coordinatrice)
    lien = soupe(client.get(du_champ(action))).select_one("ol.journal a.bouton")
    page = soupe(client.get(lien["href"]))
    maintenant, alors = (v.text for v in page.select(".texte-version"))
    assert (maintenant, alors) == ("Un autre titre", depart)
    version = page.select_one("form [name=version]")["value"]
    reponse = client.post(lien["href"], {"version": version})
    action.refresh_from_db()
    assert (reponse.status_code, action.titre, action.modifie_via) == (303, depart, "historique")


def test_retablir_sur_une_fiche_changee_entre_temps_fait_relire(
    client_de, coordinatrice, administratrice, action
):
    ecrire(action, coordinatrice, titre="Un autre titre")
    ecrire(action, administratrice, titre="Encore un autre")
    reponse = client_de(coordinatrice).post(retablir(action, "titre", 1), {"version": 2})
    assert reponse.status_code == 409
    assert "Encore un autre" in soupe(reponse).select_one(".versions").text
    assert soupe(reponse).select_one("form [name=version]")["value"] == "3"


def test_un_pilote_ne_retablit_pas_ce_qu_il_ne_peut_pas_ecrire(client_de, pilote, action):
    client = client_de(pilote)
    assert client.get(retablir(action, "titre", 1)).status_code == 200
    assert client.get(retablir(action, "place", 1)).status_code == 403


def test_une_version_ou_un_champ_inconnus_n_existent_pas(client_de, coordinatrice, action):
    client = client_de(coordinatrice)
    assert client.get(retablir(action, "titre", 7)).status_code == 404
    assert client.get(du_champ(action, "cle_tri")).status_code == 404


def supprimer_tout(action, par):
    etape = JalonFactory(action=action, libelle="Étape des essais")
    note, ligne = NoteSuiviFactory(action=action), LigneBudgetFactory(action=action)
    supprimer_jalon(jalon=etape, version=None, par=par)
    supprimer_note(note=note, version=None, par=par)
    retirer_argent(objet=ligne, version=1, par=par)
    return etape, note, ligne


def test_ce_qui_a_ete_supprime_se_voit_avec_son_auteur_et_revient(
    client_de, coordinatrice, pilote, action
):
    etape, note, ligne = supprimer_tout(action, pilote)
    client = client_de(coordinatrice)
    page = soupe(client.get(historique(action)))
    suppressions = [li for li in page.select("ol.journal > li") if "suppression" in li.text]
    assert len(suppressions) == 3
    assert all("Paul Pilote" in li.text for li in suppressions)
    for li in suppressions:
        assert client.post(li.select_one("a")["href"]).status_code == 303
    assert Jalon.objects.get(pk=etape.pk).libelle == "Étape des essais"
    assert NoteSuivi.objects.get(pk=note.pk).fait == note.fait
    assert LigneBudget.objects.get(pk=ligne.pk).prevu == ligne.prevu
    encore = soupe(client.get(historique(action)))
    assert not [a for a in encore.select("ol.journal a") if a.text.startswith("Rétablir")]


def test_un_element_deja_revenu_ne_revient_pas_deux_fois(client_de, coordinatrice, action):
    etape, *_ = supprimer_tout(action, coordinatrice)
    adresse = reverse("contrats:element_retablir", args=[action.pk, "etape", etape.pk])
    client = client_de(coordinatrice)
    assert client.post(adresse).status_code == 303
    reponse = client.post(adresse)
    assert reponse.status_code == 422
    assert "déjà revenu" in reponse.content.decode()


def test_les_requetes_ne_dependent_pas_du_nombre_de_gestes(
    client_de, coordinatrice, action, exiger_requetes_plates
):
    client = client_de(coordinatrice)

    def peupler(n):
        for rang in range(n):
            ecrire(action, coordinatrice, titre=f"Titre {rang}", partenaires=[ActeurFactory()])
            JalonFactory(action=action)

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(historique(action)))


def test_les_valeurs_d_un_champ_se_lisent_en_requetes_constantes(
    client_de, coordinatrice, action, exiger_requetes_plates
):
    client = client_de(coordinatrice)

    def peupler(n):
        for _ in range(n):
            ecrire(action, coordinatrice, partenaires=[ActeurFactory()])

    exiger_requetes_plates(
        peupler=peupler, lire=lambda: client.get(du_champ(action, "partenaires"))
    )


@pytest.mark.parametrize("champ", ["statut", "pilote", "calendrier", "themes", "place", "origine"])
def test_les_champs_composes_ont_leur_histoire(client_de, coordinatrice, action, champ):
    assert client_de(coordinatrice).get(du_champ(action, champ)).status_code == 200


def test_un_champ_du_contrat_a_son_histoire(client_de, coordinatrice, contrat, action):
    libre = ChampLibreFactory(contrat=contrat)
    ecrire(action, coordinatrice, **{f"libre-{libre.pk}": "Un mot"})
    page = client_de(coordinatrice).get(du_champ(action, f"libre-{libre.pk}"))
    assert "Un mot" in page.content.decode()
