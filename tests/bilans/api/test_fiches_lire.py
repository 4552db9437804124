"""La fiche d’une action par l’API : le même document que celui de la page, les mêmes droits."""

from django.test import Client

from acteurs.models import Portee
from tests.appuis.api import RACINE, outil, probleme
from tests.bilans.dossier.appuis import texte_du_pdf, texte_du_word
from tests.factories import ActionFactory, LigneBudgetFactory


def adresse(action, extension: str) -> str:
    return f"{RACINE}actions/{action.pk}/fiche.{extension}"


def test_un_outil_lit_la_fiche_en_pdf_et_en_word(action, coordinatrice):
    client = outil(coordinatrice, Portee.LECTURE)
    en_pdf = client.get(adresse(action, "pdf"), headers={"Accept": "application/json"})
    assert (en_pdf.status_code, en_pdf["Content-Type"]) == (200, "application/pdf")
    assert action.titre in texte_du_pdf(en_pdf.content)
    en_word = client.get(adresse(action, "docx"), headers={"Accept": "*/*"})
    assert action.titre in texte_du_word(en_word.content)


def test_sans_le_droit_de_voir_le_budget_le_document_n_a_pas_de_montant(
    action, coordinatrice, lectrice
):
    LigneBudgetFactory(action=action, prevu=98_765)
    for personne, voit in ((coordinatrice, True), (lectrice, False)):
        contenu = outil(personne).get(adresse(action, "docx")).content
        assert ("98 765" in texte_du_word(contenu)) is voit


def test_qui_ne_suit_pas_le_contrat_ne_trouve_rien(action, contrat, voisine, lectrice):
    secrete = ActionFactory(contrat=contrat, est_restreinte=True)
    probleme(outil(voisine).get(adresse(action, "pdf")), 404)
    probleme(outil(lectrice).get(adresse(secrete, "docx")), 404)
    probleme(Client().get(adresse(action, "pdf")), 404)


def test_on_n_ecrit_rien_a_cette_adresse(action, coordinatrice):
    assert outil(coordinatrice).post(adresse(action, "pdf")).status_code == 405
