"""Les pages de l’éditeur : écrire, ranger, revenir en arrière, choisir les actions."""

import json

import pytest
from django.urls import reverse

from bilans.models import ActionEnAvant, CodeSection
from bilans.services.redaction import ecrire_section
from bilans.services.volets import ecrire_volet
from tests.factories import ImageBilanFactory

AUTO = {"X-CLS-Auto": "1"}


def adresse(bilan, code="EDITO", nom="ecrire_section", *suite):
    return reverse(f"bilans:{nom}", args=[bilan.pk, code, *suite])


def edito(bilan):
    return bilan.sections.get(code="EDITO")


def code_de(axe):
    return f"volet-{axe.pk}"


@pytest.mark.parametrize("code", CodeSection.values)
def test_chaque_partie_a_sa_page(client, bilan, code):
    page = client.get(adresse(bilan, code))
    assert page.status_code == 200
    assert 'aria-current="page"' in page.content.decode()


@pytest.mark.parametrize("cote", ["matiere", "langage", "commentaires", "apercu", "ailleurs"])
def test_chaque_onglet_de_droite_est_un_lien(client, bilan, cote):
    page = client.get(f"{adresse(bilan)}?cote={cote}").content.decode()
    assert f"{adresse(bilan)}?cote=apercu" in page


def test_entrer_dans_l_editeur_mene_a_la_premiere_partie_vide(client, bilan, coordinatrice):
    premiere = client.get(reverse("bilans:ecrire", args=[bilan.pk]))
    assert premiere["Location"] == adresse(bilan, "EDITO")
    ecrire_section(section=edito(bilan), texte="Écrit.", version=1, par=coordinatrice)
    suivante = client.get(reverse("bilans:ecrire", args=[bilan.pk]))
    assert suivante["Location"] == adresse(bilan, "ZOOM")


def test_une_partie_inconnue_est_introuvable(client, bilan):
    for code in ("RIEN", "volet-xyz", "volet-00000000-0000-4000-8000-000000000000"):
        assert client.get(adresse(bilan, code)).status_code == 404


def test_un_bilan_publie_ne_s_ecrit_plus(client, bilan):
    type(bilan).objects.filter(pk=bilan.pk).update(
        statut="PUBLIE", instantane={}, sha256="a" * 64, chemin="x", publie_le="2026-01-01T00:00Z"
    )
    page = client.get(adresse(bilan))
    assert page.status_code == 400
    assert "ouvrez une correction" in page.content.decode()


# Enregistrer


def test_enregistrer_dit_l_heure_et_garde_tout(client, bilan, contrat):
    photo = ImageBilanFactory(contrat=contrat)
    donnees = {
        "texte": "Une **année**.",
        "signature": "L’élue",
        "photo": str(photo.pk),
        "version": 1,
    }
    page = client.post(adresse(bilan), donnees, follow=True).content.decode()
    assert "Enregistré à" in page
    ecrite = edito(bilan)
    assert (ecrite.texte, ecrite.signature, ecrite.photo) == ("Une **année**.", "L’élue", photo)


def test_l_enregistrement_automatique_rend_la_version_et_l_heure(client, bilan):
    reponse = client.post(adresse(bilan), {"texte": "A", "version": 1}, headers=AUTO)
    lu = json.loads(reponse.content)
    assert (reponse.status_code, lu["version"]) == (200, 2)
    assert lu["message"].startswith("Enregistré à")


def test_un_texte_trop_long_est_refuse_sans_rien_perdre(client, bilan):
    long = "a" * 6001
    page = client.post(adresse(bilan), {"texte": long, "version": 1})
    assert page.status_code == 422
    assert long in page.content.decode()
    auto = client.post(adresse(bilan), {"texte": long, "version": 1}, headers=AUTO)
    assert "6000" in json.loads(auto.content)["message"]


def test_deux_personnes_voient_les_deux_textes_et_choisissent(client, bilan, administratrice):
    ecrire_section(section=edito(bilan), texte="La leur", version=1, par=administratrice)
    donnees = {"texte": "La vôtre", "signature": "Élue", "version": 1}
    reponse = client.post(adresse(bilan), donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "leur</ins>" in page
    assert "La vôtre\n\nLa leur" in page
    assert edito(bilan).texte == "La leur"
    client.post(adresse(bilan), donnees | {"version": 2})
    assert edito(bilan).texte == "La vôtre"


def test_le_conflit_automatique_dit_qui_et_n_ecrit_rien(client, bilan, administratrice):
    ecrire_section(section=edito(bilan), texte="La leur", version=1, par=administratrice)
    reponse = client.post(adresse(bilan), {"texte": "La vôtre", "version": 1}, headers=AUTO)
    lu = json.loads(reponse.content)
    assert (reponse.status_code, lu["conflit"]) == (409, True)
    assert str(administratrice) in lu["message"]


def test_du_html_tape_reste_du_texte(client, bilan):
    hostile = "</textarea><script>alert(1)</script>"
    client.post(adresse(bilan), {"texte": hostile, "version": 1})
    for nom in ("ecrire_section", "ecrire_apercu", "ecrire_histoire"):
        page = client.get(adresse(bilan, nom=nom)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


# Volets


def test_un_volet_ecrit_garde_tous_ses_champs(client, bilan, axe, actions):
    choisie = ActionEnAvant.objects.create(bilan=bilan, action=actions[0], rang=1)
    donnees = {
        "texte": "Fait.", "citation": "C’est bien", "citation_auteur": "une habitante",
        "utile": "3114", "version": 1, f"recit_{choisie.pk}": "Trois ateliers.",
    }  # fmt: skip
    assert client.post(adresse(bilan, code_de(axe)), donnees).status_code == 303
    volet = bilan.volets.get(axe=axe)
    assert (volet.texte, volet.citation, volet.utile) == ("Fait.", "C’est bien", "3114")
    choisie.refresh_from_db()
    assert choisie.recit == "Trois ateliers."


def test_une_citation_dit_qui_parle(client, bilan, axe):
    page = client.post(adresse(bilan, code_de(axe)), {"citation": "Bravo", "version": 1})
    assert page.status_code == 422
    assert "Dites qui parle" in page.content.decode()


def test_un_conflit_de_volet_montre_chaque_champ(client, bilan, axe, administratrice):
    leurs = {"texte": "Leur texte", "citation": "Leur mot", "citation_auteur": "un agent"}
    ecrire_volet(bilan=bilan, axe=axe, valeurs=leurs, recits={}, version=1, par=administratrice)
    donnees = {
        "texte": "Le mien",
        "citation": "Mon mot",
        "citation_auteur": "un agent",
        "version": 1,
    }
    reponse = client.post(adresse(bilan, code_de(axe)), donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 409
    for attendu in ("Leur mot", "Mon mot", "Le mien"):
        assert attendu in page


def test_les_trois_actions_se_choisissent_et_se_rangent(client, bilan, axe, actions):
    choix = [str(a.pk) for a in (actions[0], actions[2], actions[4])]
    client.post(adresse(bilan, code_de(axe), "ecrire_actions"), {"actions": choix, "version": 1})
    rangs = bilan.actions_en_avant.order_by("rang")
    assert [str(r.action_id) for r in rangs] == choix
    descend = reverse("bilans:ecrire_rang_action", args=[bilan.pk, rangs[0].pk])
    client.post(descend, {"vers": "descendre"})
    rangs = bilan.actions_en_avant.order_by("rang")
    assert [str(r.action_id) for r in rangs] == [choix[1], choix[0], choix[2]]


def test_quatre_actions_sont_refusees(client, bilan, axe, actions):
    choix = [str(a.pk) for a in actions[:4]]
    page = client.post(
        adresse(bilan, code_de(axe), "ecrire_actions"), {"actions": choix, "version": 1}
    )
    assert page.status_code == 422
    assert "trois actions au plus" in page.content.decode()
    assert not bilan.actions_en_avant.exists()


def test_un_choix_perime_se_redit_sans_se_perdre(client, bilan, axe, actions):
    donnees = {"actions": [str(actions[0].pk)], "version": 1}
    client.post(adresse(bilan, code_de(axe), "ecrire_actions"), donnees)
    donnees["actions"] = [str(actions[1].pk)]
    page = client.post(adresse(bilan, code_de(axe), "ecrire_actions"), donnees)
    assert page.status_code == 409
    assert "a changé entre-temps" in page.content.decode()
    assert [r.action for r in bilan.actions_en_avant.all()] == [actions[0]]


# Histoire


def test_une_version_passee_revient(client, bilan, coordinatrice, administratrice):
    section = ecrire_section(section=edito(bilan), texte="Un", version=1, par=coordinatrice)
    ecrire_section(section=section, texte="Deux", version=2, par=administratrice)
    page = client.get(adresse(bilan, "EDITO", "ecrire_histoire")).content.decode()
    assert "Un" in page
    retour = adresse(bilan, "EDITO", "ecrire_retablir", 2)
    face = client.get(retour)
    assert face.status_code == 200
    assert client.post(retour, {"version": 1}).status_code == 409
    assert client.post(retour, {"version": 3}).status_code == 303
    assert edito(bilan).texte == "Un"


def test_un_volet_jamais_ecrit_a_une_histoire_vide(client, bilan, axe):
    bilan.volets.all().delete()
    page = client.get(adresse(bilan, code_de(axe), "ecrire_histoire"))
    assert page.status_code == 200


# Aperçu


def test_l_apercu_est_la_page_du_pdf_sans_rien_demander_au_serveur(client, bilan, contrat):
    photo = ImageBilanFactory(contrat=contrat)
    donnees = {"texte": "Une **année** utile.", "photo": str(photo.pk), "version": 1}
    client.post(adresse(bilan), donnees)
    reponse = client.get(adresse(bilan, nom="ecrire_apercu"))
    page = reponse.content.decode()
    assert "utile" in page
    assert "cls:" not in page
    assert "data:image/jpeg;base64," in page
    assert reponse["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in reponse["Content-Security-Policy"]
    assert "script-src" not in reponse["Content-Security-Policy"]


@pytest.mark.parametrize("code", CodeSection.values)
def test_chaque_partie_a_un_apercu(client, bilan, actions, code):
    assert client.get(adresse(bilan, code, "ecrire_apercu")).status_code == 200


def test_l_apercu_d_un_volet_ne_montre_que_lui(client, bilan, axe, actions):
    page = client.get(adresse(bilan, code_de(axe), "ecrire_apercu")).content.decode()
    assert "Action 1" in page
    assert page.count('class="bandeau') == 1
