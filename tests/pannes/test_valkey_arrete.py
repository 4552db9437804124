"""Sans Valkey : on lit, on écrit, on demande ; le PDF attend, puis se fait au retour."""

import time

import pytest

from tests.pannes.bilans import CONTRAT, demander


@pytest.fixture
def sans_valkey(essai, coordinatrice):
    """Le travailleur et le battement vivent avant, pendant et après la coupure."""
    essai.lancer("travailleur")
    essai.lancer("battement")
    essai.couper("valkey")
    yield coordinatrice
    essai.retablir()
    essai.tuer("travailleur")
    essai.tuer("battement")


def test_le_pdf_demande_sans_valkey_est_fait_a_son_retour(essai, sans_valkey):
    ((contrat,),) = essai.sql(CONTRAT)
    ((action,),) = essai.sql(
        "SELECT id FROM contrats_action WHERE contrat_id = %s AND numero = '1.2'", contrat
    )
    debut = time.monotonic()
    for chemin in ("/", "/contrats/essai-cornouaille/", f"/espace/contrats/{contrat}/plan/"):
        assert sans_valkey.lire(chemin)[0] == 200
    statut, _ = sans_valkey.envoyer(
        f"/espace/actions/{action}/champ/titre/", {"titre": "Écrit sans Valkey", "version": 1}
    )
    assert statut == 200
    assert time.monotonic() - debut < 20
    assert essai.sql("SELECT titre FROM contrats_action WHERE id = %s", action) == [
        ("Écrit sans Valkey",)
    ]

    demande = demander(sans_valkey, 2024)
    assert "La demande est notée" in demande.reponse
    assert demande.travail()[0] == "EN_FILE"
    essai.retablir()
    essai.attendre(demande.est_fait, "le rendu au retour de Valkey", delai=90)
    assert len(demande.fichiers()) == 1


def test_un_document_demande_sans_valkey_est_fait_a_son_retour(essai, sans_valkey):
    """Le bilan de 2026 a ses données figées : le diaporama se fait d’elles, une fois."""
    ((bilan,),) = essai.sql(
        "SELECT b.id FROM bilans_bilan b JOIN contrats_contrat c ON c.id = b.contrat_id"
        " WHERE c.slug = 'essai-cornouaille' AND b.instantane IS NOT NULL"
        " AND b.statut = 'BROUILLON' ORDER BY b.annee DESC LIMIT 1"
    )
    # Un autre essai a pu faire ce diaporama : on le redemande comme si personne ne l’avait fait
    essai.sql("DELETE FROM bilans_documentbilan WHERE bilan_id = %s RETURNING id", bilan)
    page = f"/espace/bilans/{bilan}/documents/"
    statut, _ = sans_valkey.envoyer(f"{page}demander/", {"genre": "DIAPORAMA"}, formulaire=page)
    assert statut == 200

    def etat() -> tuple:
        (ligne,) = essai.sql(
            "SELECT t.etat, t.tentatives, d.sha256 FROM socle_travail t"
            " JOIN bilans_documentbilan d ON d.travail_id = t.id"
            " WHERE d.bilan_id = %s AND d.genre = 'DIAPORAMA'",
            bilan,
        )
        return ligne

    assert etat()[0] == "EN_FILE"
    essai.retablir()
    essai.attendre(lambda: etat()[0] == "FAIT", "le diaporama au retour de Valkey", delai=90)
    assert etat()[1] == 1
    assert etat()[2]
