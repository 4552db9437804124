"""La page « Télécharger les fiches », le lien de chaque fiche, et le document qui reste."""

import pytest
from django.urls import reverse
from django.utils import timezone

from bilans.dossier.sections import SectionFiche, reglages
from bilans.models import DossierFiches
from bilans.views import dossier as vue
from tests.bilans.dossier.appuis import texte_du_pdf, texte_du_word
from tests.factories import (
    ActionFactory,
    AxeFactory,
    DossierFichesFactory,
    LigneBudgetFactory,
)


@pytest.fixture(autouse=True)
def _sans_courtier(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(vue, "envoyer", lambda tache, travail: True)


@pytest.fixture
def adresse(contrat):
    return reverse("bilans:dossier_choisir", args=[contrat.pk])


def saisie(*fiches, **autres):
    base = {"format": "DOCX", "section": ["DESCRIPTION"], "fiche": [str(f.pk) for f in fiches]}
    return base | autres


def test_le_plan_et_la_fiche_menent_au_telechargement(client_de, contrat, action, lectrice):
    client = client_de(lectrice)
    plan = client.get(reverse("contrats:plan", args=[contrat.pk])).content.decode()
    assert reverse("bilans:dossier_choisir", args=[contrat.pk]) in plan
    fiche = client.get(reverse("contrats:action", args=[action.pk])).content.decode()
    for nom in ("bilans:fiche_pdf", "bilans:fiche_docx"):
        assert reverse(nom, args=[action.pk]) in fiche
    assert f"?fiche={action.pk}" in fiche


def test_une_fiche_se_telecharge_en_pdf_et_en_word(client_de, action, lectrice):
    client = client_de(lectrice)
    en_pdf = client.get(reverse("bilans:fiche_pdf", args=[action.pk]))
    assert en_pdf["Content-Type"] == "application/pdf"
    assert "attachment" in en_pdf["Content-Disposition"]
    assert "essai-cornouaille-fiche-1-1-" in en_pdf["Content-Disposition"]
    assert action.description in texte_du_pdf(en_pdf.content)
    en_word = client.get(reverse("bilans:fiche_docx", args=[action.pk]))
    assert action.description in texte_du_word(en_word.content)


def test_les_montants_ne_sortent_que_pour_qui_voit_le_budget(client_de, action, elue, lectrice):
    LigneBudgetFactory(action=action, prevu=98_765)
    for personne, voit in ((elue, True), (lectrice, False)):
        for nom, lire in (("fiche_pdf", texte_du_pdf), ("fiche_docx", texte_du_word)):
            reponse = client_de(personne).get(reverse(f"bilans:{nom}", args=[action.pk]))
            assert ("98 765" in lire(reponse.content)) is voit, nom


def test_la_section_du_budget_n_est_pas_proposee_et_ne_se_force_pas(
    client_de, adresse, action, lectrice, elue
):
    client = client_de(lectrice)
    assert 'value="BUDGET"' not in client.get(adresse).content.decode()
    assert 'value="BUDGET"' in client_de(elue).get(adresse).content.decode()
    refus = client.post(adresse, saisie(action, section=["BUDGET"]))
    assert refus.status_code == 422
    assert "pas proposée" in refus.content.decode()


def test_les_filtres_du_plan_choisissent_les_fiches(client_de, adresse, contrat, coordinatrice):
    axe = AxeFactory(contrat=contrat)
    ActionFactory(contrat=contrat, titre="Fiche gardée", axe=axe)
    ActionFactory(contrat=contrat, titre="Fiche écartée", realisee=True)
    page = client_de(coordinatrice).get(adresse, {"statut": "EN_COURS", "vue": "tableau"})
    assert "Fiche gardée" in page.content.decode()
    assert "Fiche écartée" not in page.content.decode()
    par_axe = client_de(coordinatrice).get(adresse, {"axe": str(axe.pk)}).content.decode()
    assert "1\u00a0fiche sur 2" in par_axe


def test_les_fiches_cochees_arrivent_par_l_adresse_ou_par_la_barre(
    client_de, adresse, contrat, coordinatrice
):
    axe = AxeFactory(contrat=contrat)
    un, deux = ActionFactory(contrat=contrat), ActionFactory(contrat=contrat, axe=axe)
    ActionFactory(contrat=contrat)
    client = client_de(coordinatrice)
    for reponse in (
        client.get(adresse, {"fiche": [un.pk, deux.pk]}),
        client.post(adresse, {"parametres": "", "fiche": [un.pk, deux.pk]}),
        client.post(adresse, {"parametres": "", "fiche": [un.pk], "axe": [axe.pk]}),
    ):
        assert reponse.status_code == 200
        assert "2\u00a0fiches sur 3" in reponse.content.decode()
    tous = client.post(adresse, {"parametres": "", "fiche": [un.pk], "tous": "1"})
    assert "3\u00a0fiches sur 3" in tous.content.decode()


def test_peu_de_fiches_le_fichier_arrive_tout_de_suite(client_de, adresse, action, lectrice):
    reponse = client_de(lectrice).post(adresse, saisie(action, vides="on"))
    assert reponse.status_code == 200
    assert action.description in texte_du_word(reponse.content)
    assert not DossierFiches.objects.exists()


def test_beaucoup_de_fiches_le_document_se_prepare_et_reste(client_de, adresse, contrat, lectrice):
    fiches = [ActionFactory(contrat=contrat) for _ in range(6)]
    client = client_de(lectrice)
    reponse = client.post(adresse, saisie(*fiches, couverture="on"))
    dossier = DossierFiches.objects.get()
    page = reverse("bilans:dossier", args=[dossier.pk])
    assert (reponse.status_code, reponse["Location"]) == (303, page)
    assert (len(dossier.fiches), dossier.demande_par) == (6, lectrice)
    assert "Le document se prépare" in client.get(page).content.decode()
    assert "en préparation" in client.get(adresse).content.decode()
    attente = client.get(reverse("bilans:dossier_fichier", args=[dossier.pk]))
    assert attente.status_code == 404


@pytest.mark.parametrize(
    ("donnees", "phrase"),
    [
        ({"fiche": []}, "Cochez au moins une fiche."),
        ({"section": []}, "Cochez au moins une section."),
        ({"format": "EXE"}, "EXE"),
    ],
)
def test_une_demande_incomplete_dit_quoi_faire(
    client_de, adresse, action, lectrice, donnees, phrase
):
    reponse = client_de(lectrice).post(adresse, saisie(action) | donnees)
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode()


def test_un_formulaire_refuse_garde_ce_qui_etait_coche(client_de, adresse, contrat, lectrice):
    cochee, autre = ActionFactory(contrat=contrat), ActionFactory(contrat=contrat)
    page = client_de(lectrice).post(adresse, saisie(cochee, section=[])).content.decode()
    assert f'value="{cochee.pk}" id="id_fiche_{cochee.pk}" checked' in page
    assert f'value="{autre.pk}" id="id_fiche_{autre.pk}" checked' not in page


def test_une_fiche_restreinte_n_est_ni_proposee_ni_acceptee(client_de, adresse, contrat, lectrice):
    secrete = ActionFactory(contrat=contrat, titre="Fiche très réservée", est_restreinte=True)
    client = client_de(lectrice)
    assert "réservée" not in client.get(adresse).content.decode().replace("sont réservées", "")
    assert client.post(adresse, saisie(secrete)).status_code == 422
    assert client.get(reverse("bilans:fiche_pdf", args=[secrete.pk])).status_code == 404


def test_un_plan_vide_le_dit(client_de, adresse, coordinatrice):
    assert "Aucune fiche à télécharger" in client_de(coordinatrice).get(adresse).content.decode()


def test_la_voisine_ne_trouve_rien(client_de, adresse, action, voisine, contrat, lectrice):
    client = client_de(voisine)
    dossier = DossierFichesFactory(contrat=contrat, demande_par=lectrice, fiches=[action.pk])
    assert client.get(adresse).status_code == 404
    assert client.get(reverse("bilans:fiche_docx", args=[action.pk])).status_code == 404
    assert client.get(reverse("bilans:dossier_fichier", args=[dossier.pk])).status_code == 404


def test_le_lien_d_un_collegue_sert_a_qui_en_lit_tout(
    client_de, contrat, action, coordinatrice, lectrice
):
    ouvert = DossierFichesFactory(contrat=contrat, demande_par=coordinatrice, fiches=[action.pk])
    montants = DossierFichesFactory(
        contrat=contrat, demande_par=coordinatrice, fiches=[action.pk],
        reglages=reglages([SectionFiche.BUDGET]).en_simple(),
    )  # fmt: skip
    secrete = ActionFactory(contrat=contrat, est_restreinte=True)
    reserve = DossierFichesFactory(
        contrat=contrat, demande_par=coordinatrice, fiches=[action.pk, secrete.pk]
    )
    recues = []
    for dossier in (ouvert, montants, reserve):
        reponse = client_de(lectrice).get(reverse("bilans:dossier_fichier", args=[dossier.pk]))
        recues.append(reponse.status_code)
        if reponse.streaming:
            assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    assert recues == [200, 403, 404]


def test_un_document_expire_n_est_plus_la(client_de, contrat, action, lectrice):
    vieux = DossierFichesFactory(
        contrat=contrat, demande_par=lectrice, fiches=[action.pk], expire_le=timezone.now()
    )
    assert client_de(lectrice).get(reverse("bilans:dossier", args=[vieux.pk])).status_code == 404


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_fiches(
    client_de, adresse, contrat, lectrice, exiger_requetes_plates
):
    client = client_de(lectrice)
    exiger_requetes_plates(
        peupler=lambda n: [ActionFactory(contrat=contrat) for _ in range(n)],
        lire=lambda: client.get(adresse),
    )
