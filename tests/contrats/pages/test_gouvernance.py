"""Les pages de la gouvernance, sans JavaScript : instances, réunions, comptes rendus, calendrier."""

from datetime import date, time

import pytest
from django.urls import reverse

from contrats.models import Instance, Reunion
from tests.appuis.pages import lire, soupe
from tests.factories import (
    ActeurFactory,
    ContratFactory,
    DecisionFactory,
    InstanceFactory,
    PartieFactory,
    PresenceFactory,
    ReunionFactory,
)


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def instance(contrat):
    return InstanceFactory(contrat=contrat, nom="Comité de pilotage", type_id="copil")


@pytest.fixture
def reunion(instance):
    """Prévue hier."""
    return ReunionFactory(instance=instance, date=date(2026, 3, 11))


def adresse(nom, objet, *suite):
    return reverse(f"contrats:{nom}", args=[objet.pk, *suite])


def texte(page) -> str:
    return page.select_one("main").get_text(" ", strip=True).replace("\xa0", " ")


def test_la_piece_est_dans_le_rail_du_contrat(client, contrat):
    page = lire(client, adresse("fiche", contrat))
    assert page.select_one(f'nav.rail a[href="{adresse("gouvernance", contrat)}"]')


def test_une_gouvernance_vide_dit_quoi_faire(client, client_de, contrat, lectrice):
    page = lire(client, adresse("gouvernance", contrat))
    assert "Aucune instance pour l’instant" in texte(page)
    assert page.select_one(f'main .etat-vide a[href="{adresse("instance_ajouter", contrat)}"]')
    lue = lire(client_de(lectrice), adresse("gouvernance", contrat))
    assert not lue.select(f'a[href="{adresse("instance_ajouter", contrat)}"]')


def test_prevoir_une_reunion_sans_instance_conduit_a_en_creer_une(client, contrat):
    reponse = client.get(adresse("reunion_ajouter", contrat))
    assert (reponse.status_code, reponse["Location"]) == (
        303,
        adresse("instance_ajouter", contrat),
    )


def test_creer_une_instance_mene_a_sa_page(client, contrat):
    membre = PartieFactory(contrat=contrat).acteur
    saisie = {
        "nom": "Comité des signataires",
        "type": "comite_signataires",
        "est_active": "on",
        "membres": [str(membre.pk)],
    }
    reponse = client.post(adresse("instance_ajouter", contrat), saisie)
    assert reponse.status_code == 303
    page = texte(lire(client, reponse["Location"]))
    assert membre.nom in page
    assert "une fois par an (rythme habituel de ce type)" in page


def test_un_nom_deja_pris_est_dit_a_cote_du_champ(client, contrat, instance):
    saisie = {"nom": instance.nom, "type": "copil", "est_active": "on"}
    reponse = client.post(adresse("instance_ajouter", contrat), saisie)
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert page.select_one("#id_nom")["aria-invalid"] == "true"
    assert "porte déjà ce nom" in texte(page)


def test_un_rythme_depasse_et_une_reunion_passee_sont_dits(client, contrat, instance, reunion):
    cotech = InstanceFactory(contrat=contrat, nom="Comité technique")
    ReunionFactory(instance=cotech, tenue=True, date=date(2025, 6, 2))
    Instance.objects.update(cree_le="2024-01-01T00:00Z")
    page = texte(lire(client, adresse("gouvernance", contrat)))
    assert "Comité de pilotage, 11 mars 2026 : cette réunion est passée" in page
    assert "une réunion tous les 4 mois, la suivante était attendue avant le 2 octobre 2025" in page


def test_une_reunion_sans_reponse_suspend_l_attente(client, contrat):
    cotech = InstanceFactory(contrat=contrat, nom="Comité technique")
    ReunionFactory(instance=cotech, tenue=True, date=date(2025, 6, 2))
    ReunionFactory(instance=cotech, date=date(2026, 3, 1))
    page = texte(lire(client, adresse("gouvernance", contrat)))
    assert "1 mars 2026, à confirmer" in page.replace("1 er", "1").replace("1er", "1")
    assert "la suivante était attendue" not in page


def test_un_contrat_termine_n_attend_plus_de_reunion(client_de, administratrice):
    contrat = ContratFactory(termine=True)
    instance = InstanceFactory(contrat=contrat)
    ReunionFactory(instance=instance, tenue=True, date=date(2022, 6, 2))
    page = texte(lire(client_de(administratrice), adresse("gouvernance", contrat)))
    assert "attendue" not in page.partition("Comment ces chiffres")[0]


def test_une_heure_s_ecrit_a_la_francaise(client, contrat, instance):
    saisie = {"instance": str(instance.pk), "date": "07/04/2026", "heure": "9 h 05", "lieu": "Ici"}
    reponse = client.post(adresse("reunion_ajouter", contrat), saisie)
    page = texte(lire(client, reponse["Location"]))
    assert "Mardi 7 avril 2026, 9 h 05" in page


@pytest.mark.parametrize("heure", ["25 h 00", "midi", "14 h 75"])
def test_une_heure_illisible_est_refusee_avec_un_exemple(client, contrat, instance, heure):
    saisie = {"instance": str(instance.pk), "date": "07/04/2026", "heure": heure}
    reponse = client.post(adresse("reunion_ajouter", contrat), saisie)
    assert reponse.status_code == 422
    assert "Écrivez-la comme 14 h 30" in texte(soupe(reponse))


def test_une_reunion_hors_du_contrat_est_gardee_avec_un_avertissement(client, contrat, instance):
    saisie = {"instance": str(instance.pk), "date": "07/04/2030"}
    reponse = client.post(adresse("reunion_ajouter", contrat), saisie)
    page = texte(lire(client, reponse["Location"]))
    assert "après la fin du contrat (31 décembre 2028)" in page


def test_rendre_compte_tient_la_reunion_et_note_qui_y_etait(client, instance, reunion):
    membre, autre = ActeurFactory(), ActeurFactory()
    instance.membres.set([membre])
    page = lire(client, adresse("reunion_compte_rendu", reunion))
    assert page.select_one(f'input[name="presence_{membre.pk}"][value="EXCUSE"]')
    assert not page.select(f'input[name="presence_{autre.pk}"]')
    cherchee = lire(client, adresse("reunion_compte_rendu", reunion), recherche=autre.nom)
    assert cherchee.select(f'input[name="presence_{autre.pk}"]')
    saisie = {
        "version": 1,
        "participants": "1",
        "compte_rendu": "Le plan est adopté.",
        f"presence_{membre.pk}": "PRESENT",
        f"presence_{autre.pk}": "PRESENT",
    }
    chemin = f"{adresse('reunion_compte_rendu', reunion)}?recherche={autre.nom}"
    reponse = client.post(chemin, saisie)
    assert reponse.status_code == 303
    page = texte(lire(client, reponse["Location"]))
    assert "2 organisations présentes" in page
    assert "Le plan est adopté." in page
    assert "2 organisations étaient présentes pour 1 participant" in page


def test_deux_comptes_rendus_se_departagent(client, reunion):
    Reunion.objects.update(compte_rendu="Celui d’une collègue.", version=2)
    saisie = {"version": 1, "compte_rendu": "Le mien."}
    reponse = client.post(adresse("reunion_compte_rendu", reunion), saisie)
    assert reponse.status_code == 409
    page = texte(soupe(reponse))
    assert "Le mien." in page
    assert "Celui d’une collègue." in page
    repris = client.post(
        adresse("reunion_compte_rendu", reunion), {**saisie, "version": 2, "reprendre": "1"}
    )
    lu = soupe(repris).select_one("textarea[name=compte_rendu]").text
    assert "Le mien." in lu
    assert "Celui d’une collègue." in lu


def test_modifier_une_instance_changee_entre_temps_montre_les_deux(client, instance):
    Instance.objects.update(role="Elle décide de tout.", version=2)
    saisie = {"version": 1, "nom": instance.nom, "type": "copil", "role": "Elle suit."}
    reponse = client.post(adresse("instance_modifier", instance), saisie)
    assert reponse.status_code == 409
    assert "Elle décide de tout." in texte(soupe(reponse))


def test_annuler_puis_retablir_une_reunion(client, reunion):
    ou = adresse("reunion_etat", reunion)
    assert client.post(ou, {"version": 1, "etat": "ANNULEE"}).status_code == 303
    page = lire(client, adresse("reunion", reunion))
    assert "Réunion annulée" in texte(page)
    assert page.select_one('button[name=etat][value="PREVUE"]')
    client.post(ou, {"version": 2, "etat": "PREVUE"})
    reunion.refresh_from_db()
    assert reunion.etat == "PREVUE"


def test_un_geste_perime_est_dit_sans_rien_ecrire(client, reunion):
    Reunion.objects.update(version=2)
    client.post(adresse("reunion_etat", reunion), {"version": 1, "etat": "ANNULEE"})
    page = texte(lire(client, adresse("reunion", reunion)))
    assert "Cette réunion a changé entre-temps" in page
    assert "Prévue" in page


def test_retirer_dit_ce_qui_part_avec(client, contrat, instance):
    tenue = ReunionFactory(instance=instance, tenue=True)
    DecisionFactory(reunion=tenue)
    assert "1 décision" in texte(lire(client, adresse("reunion_retirer", tenue)))
    assert "1 réunion" in texte(lire(client, adresse("instance_retirer", instance)))
    client.post(adresse("instance_retirer", instance))
    assert not contrat.instances.exists()


def test_le_calendrier_range_l_annee_et_dit_ce_qui_est_attendu(client, contrat, instance):
    ReunionFactory(instance=instance, tenue=True, date=date(2026, 1, 20))
    ReunionFactory(instance=InstanceFactory(contrat=contrat, nom="Bureau"), date=date(2027, 5, 4))
    page = lire(client, adresse("gouvernance_calendrier", contrat))
    janvier = page.select_one('section[aria-label="Janvier 2026"]').get_text(" ", strip=True)
    juillet = page.select_one('section[aria-label="Juillet 2026"]').get_text(" ", strip=True)
    assert "20 Comité de pilotage" in janvier
    assert "réunion attendue avant ce jour" in juillet
    autre = lire(client, adresse("gouvernance_calendrier", contrat), annee=2027)
    assert "Bureau" in texte(autre)


def test_le_calendrier_demande_si_une_reunion_passee_s_est_tenue(client, contrat, instance):
    ReunionFactory(instance=instance, date=date(2026, 2, 3))
    ReunionFactory(instance=instance, annulee=True, date=date(2026, 2, 3), heure=time(9))
    ReunionFactory(instance=instance, date=date(2026, 12, 1))
    page = lire(client, adresse("gouvernance_calendrier", contrat))
    fevrier = page.select_one('section[aria-label="Février 2026"]').get_text(" ", strip=True)
    decembre = page.select_one('section[aria-label="Décembre 2026"]').get_text(" ", strip=True)
    assert (fevrier.count("À confirmer"), fevrier.count("Annulée")) == (1, 1)
    assert "Prévue" in decembre


@pytest.mark.parametrize("annee", ["demain", "99999", "-1"])
def test_une_annee_illisible_est_refusee(client, contrat, annee):
    lire(client, adresse("gouvernance_calendrier", contrat), annee=annee, code=400)


@pytest.mark.parametrize("vue", ["gouvernance", "gouvernance_calendrier", "decisions"])
def test_le_nombre_de_requetes_ne_suit_pas_le_nombre_de_lignes(
    client, contrat, vue, nombre_requetes
):
    def garnir(nombre):
        for _ in range(nombre):
            instance = InstanceFactory(contrat=contrat, membres=[ActeurFactory()])
            tenue = ReunionFactory(instance=instance, tenue=True)
            ReunionFactory(instance=instance)
            ReunionFactory(instance=instance, date=date(2026, 2, 1))
            PresenceFactory(reunion=tenue)
            DecisionFactory(reunion=tenue, acteur=ActeurFactory())

    def page():
        return client.get(adresse(vue, contrat))

    garnir(3)
    page()
    peu = nombre_requetes(page)
    garnir(12)
    assert nombre_requetes(page) == peu


def test_une_reunion_ouverte_est_annoncee_aux_habitants(client_de, anonyme, contrat, instance):
    ouverte = ReunionFactory(instance=instance, publique=True, date=date(2026, 4, 7))
    ReunionFactory(instance=instance, date=date(2026, 4, 8), lieu="Salle réservée")
    ReunionFactory(instance=instance, publique=True, annulee=True, date=date(2026, 4, 9))
    page = lire(client_de(anonyme), reverse("bilans:contrat", args=[contrat.slug]))
    section = page.select_one("#reunions").get_text(" ", strip=True).replace("\xa0", " ")
    assert "Mardi 7 avril 2026, 14 h 30" in section
    assert "Salle d’essai" in section
    assert "Cette réunion est annulée" in section
    assert "Salle réservée" not in section
    assert page.select_one(f'#reunions a[href="{adresse("reunion_publique", ouverte)}"]')


def test_sans_reunion_ouverte_la_page_publique_n_en_parle_pas(client_de, anonyme, contrat, reunion):
    page = lire(client_de(anonyme), reverse("bilans:contrat", args=[contrat.slug]))
    assert page.select_one("#reunions") is None


def test_l_agenda_public_ne_porte_que_les_reunions_ouvertes(client_de, anonyme, contrat, instance):
    ReunionFactory(instance=instance, publique=True, date=date(2026, 4, 7), lieu="Mairie; salle 2")
    fermee = ReunionFactory(instance=instance, date=date(2026, 4, 8), compte_rendu="Interne")
    client = client_de(anonyme)
    reponse = client.get(reverse("contrats:reunions_publiques", args=[contrat.slug]))
    recu = reponse.content.decode()
    assert reponse["Content-Type"].startswith("text/calendar")
    assert recu.count("BEGIN:VEVENT") == 1
    assert "LOCATION:Mairie\\; salle 2" in recu
    assert client.get(adresse("reunion_publique", fermee)).status_code == 404


def test_l_equipe_emporte_sa_reunion_avec_l_ordre_du_jour(client, client_de, reunion, voisine):
    Reunion.objects.update(ordre_du_jour="Premier point\nSecond point")
    recu = client.get(adresse("reunion_agenda", reunion)).content.decode()
    assert "DESCRIPTION:Premier point\\nSecond point" in recu
    assert client_de(voisine).get(adresse("reunion_agenda", reunion)).status_code == 404
