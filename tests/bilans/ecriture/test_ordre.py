"""Ranger les parties du bilan : leur ordre, leur présence, et les bilans d’avant."""

from django.urls import reverse

from bilans.models import CodeSection
from bilans.services.redaction import ecrire_section
from tests.factories import AxeFactory


def adresse(bilan, code="EDITO", nom="ecrire_section", *suite):
    return reverse(f"bilans:{nom}", args=[bilan.pk, code, *suite])


def edito(bilan):
    return bilan.sections.get(code="EDITO")


def code_de(axe):
    return f"volet-{axe.pk}"


def ordre(client, bilan):
    page = client.get(reverse("bilans:ecrire_plan", args=[bilan.pk])).content.decode()
    return sorted(CodeSection.values, key=lambda c: page.index(f'"partie-{c}"'))


def test_une_partie_monte_et_le_focus_la_suit(client, bilan):
    reponse = client.post(adresse(bilan, "COMPRENDRE", "ecrire_deplacer"), {"vers": "monter"})
    assert "bouge=COMPRENDRE&vers=monter" in reponse["Location"]
    assert ordre(client, bilan)[:2] == ["COMPRENDRE", "EDITO"]
    client.post(adresse(bilan, "COMPRENDRE", "ecrire_deplacer"), {"vers": "monter"})
    assert ordre(client, bilan)[:2] == ["COMPRENDRE", "EDITO"]


def test_le_contact_reste_a_la_fin(client, bilan):
    client.post(adresse(bilan, "GLOSSAIRE", "ecrire_deplacer"), {"vers": "descendre"})
    assert ordre(client, bilan)[-2:] == ["CONTACT", "A_DECIDER"]
    refus = client.post(adresse(bilan, "CONTACT", "ecrire_deplacer"), {"vers": "monter"})
    assert refus.status_code == 400


def test_ce_que_les_elus_ont_a_decider_n_a_pas_de_place_mais_se_retire(client, bilan):
    page = client.get(reverse("bilans:ecrire_plan", args=[bilan.pk])).content.decode()
    assert page.index("Dans les deux pages pour les élus") < page.index('"partie-A_DECIDER"')
    refus = client.post(adresse(bilan, "A_DECIDER", "ecrire_deplacer"), {"vers": "monter"})
    assert refus.status_code == 400
    client.post(adresse(bilan, "A_DECIDER", "ecrire_presence"), {"parait": "non"})
    assert not bilan.sections.get(code="A_DECIDER").est_presente
    assert ordre(client, bilan)[-2:] == ["CONTACT", "A_DECIDER"]


def test_une_partie_se_retire_et_revient_avec_son_texte(client, bilan, coordinatrice):
    ecrire_section(section=edito(bilan), texte="Gardé.", version=1, par=coordinatrice)
    retrait = adresse(bilan, "EDITO", "ecrire_presence")
    client.post(retrait, {"parait": "non"})
    assert (edito(bilan).est_presente, edito(bilan).texte) == (False, "Gardé.")
    client.post(retrait, {"parait": "oui"})
    assert edito(bilan).est_presente


def test_ce_qu_un_bilan_a_toujours_ne_se_retire_pas(client, bilan):
    page = client.post(
        adresse(bilan, "VOLETS", "ecrire_presence"), {"parait": "non"}, follow=True
    ).content.decode()
    assert "paraît dans tous les bilans" in page
    assert bilan.sections.get(code="VOLETS").est_presente


def test_le_dernier_volet_reste(client, bilan, axe):
    page = client.post(
        adresse(bilan, code_de(axe), "ecrire_presence"), {"parait": "non"}, follow=True
    ).content.decode()
    assert "au moins un volet" in page


def test_un_bilan_d_avant_recoit_les_parties_qui_lui_manquent(client, bilan):
    bilan.sections.exclude(code="EDITO").delete()
    assert client.get(adresse(bilan, "ZOOM")).status_code == 200
    client.post(adresse(bilan, "ZOOM"), {"texte": "Un zoom.", "version": 1})
    client.post(adresse(bilan, "CARTE", "ecrire_presence"), {"parait": "non"})
    client.post(adresse(bilan, "EDITO", "ecrire_deplacer"), {"vers": "descendre"})
    assert bilan.sections.get(code="ZOOM").texte == "Un zoom."
    assert not bilan.sections.get(code="CARTE").est_presente
    assert ordre(client, bilan)[:2] == ["COMPRENDRE", "EDITO"]


def test_trente_volets_ne_coutent_pas_plus_de_requetes_que_trois(
    client, bilan, contrat, nombre_requetes
):
    chemins = [adresse(bilan, "DIFFICULTES"), reverse("bilans:ecrire_plan", args=[bilan.pk])]
    AxeFactory.create_batch(2, contrat=contrat)
    peu = [nombre_requetes(lambda c=chemin: client.get(c)) for chemin in chemins]
    AxeFactory.create_batch(27, contrat=contrat)
    assert [nombre_requetes(lambda c=chemin: client.get(c)) for chemin in chemins] == peu
