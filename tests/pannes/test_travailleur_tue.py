"""Le travailleur est tué au milieu du rendu : le PDF se fait quand même, une seule fois."""

from hashlib import sha256

from tests.pannes.bilans import demander


def test_un_travailleur_tue_en_plein_rendu_ne_perd_ni_ne_double_le_pdf(essai, coordinatrice):
    demande = demander(coordinatrice, 2025)
    assert demande.travail() == ("EN_FILE", 0, 0)
    essai.lancer("travailleur")
    essai.attendre(lambda: demande.travail()[1] > 0, "le début du rendu")
    essai.tuer("travailleur")
    etat, progression, tentatives = demande.travail()
    assert (etat, tentatives) == ("EN_COURS", 1), "tué trop tard : le rendu était fini"
    assert 0 < progression < 100

    essai.lancer("battement")
    essai.lancer("travailleur")
    try:
        essai.attendre(demande.est_fait, "la reprise du travail")
    finally:
        essai.tuer("travailleur")
        essai.tuer("battement")
    assert demande.travail() == ("FAIT", 100, 2)
    (fichier,) = demande.fichiers()
    chemin, empreinte = demande.bilan()
    assert fichier.match(f"*/{chemin}")
    assert sha256(fichier.read_bytes()).hexdigest() == empreinte


def test_un_travail_deja_fait_ne_se_refait_pas_quand_son_message_revient(essai, coordinatrice):
    """Le courtier redistribue ce que le mort n’avait pas acquitté : cela ne change rien."""
    demande = demander(coordinatrice, 2026)
    essai.lancer("travailleur")
    try:
        essai.attendre(demande.est_fait, "le rendu")
        avant = demande.bilan()
        ((travail,),) = essai.sql("SELECT travail_id FROM bilans_bilan WHERE id = %s", demande.cle)
        essai.python("-c", RENVOI.format(travail))
    finally:
        essai.tuer("travailleur")
    assert demande.bilan() == avant
    assert demande.travail() == ("FAIT", 100, 1)


RENVOI = """
import django; django.setup()
from bilans.tasks import rendre
rendre("{}")
"""
