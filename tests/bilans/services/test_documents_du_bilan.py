"""Les autres documents : faits une fois, des données figées seules, pour qui a le droit de les lire."""

import io
from hashlib import sha256
from zipfile import ZipFile

import pytest

from bilans.models import GenreDocument
from bilans.services import depot
from bilans.services.documents import demander_document, est_a_jour, nom_du_document
from bilans.tasks import annoncer_document, rendre_document
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from contrats.services.plan import modifier_action
from tests.factories import BilanFactory, FinancementFactory, LigneBudgetFactory
from tests.factories.documents_bilan import DocumentBilanFactory


@pytest.fixture(autouse=True)
def _dossier(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bilan(contrat, action):
    LigneBudgetFactory(action=action, prevu=12345)
    FinancementFactory(action=action, montant_accorde=6789)
    return BilanFactory(contrat=contrat, avec_pdf=True, avec_technique=True)


def faire(bilan, genre, par, **options):
    document = demander_document(bilan=bilan, genre=genre, par=par, **options)
    rendre_document(str(document.travail_id))
    document.refresh_from_db()
    return document


def octets(document) -> bytes:
    with depot.ouvrir_document(document) as fichier:
        return fichier.read()


@pytest.mark.parametrize("genre", GenreDocument.values)
def test_chaque_document_se_fait_et_garde_son_empreinte(bilan, coordinatrice, genre):
    document = faire(bilan, genre, coordinatrice)
    assert document.travail.etat == EtatTravail.FAIT, document.travail.message
    lus = octets(document)
    assert (sha256(lus).hexdigest(), len(lus)) == (document.sha256, document.taille)
    assert document.sha256[:16] in document.chemin
    assert document.pages > 0
    assert est_a_jour(document, bilan)


@pytest.mark.parametrize("genre", GenreDocument.values)
def test_un_document_ne_se_fait_que_des_donnees_figees(bilan, action, coordinatrice, genre):
    avant = faire(bilan, genre, coordinatrice).sha256
    modifier_action(action=action, valeurs={"titre": "Tout autre"}, version=1, par=coordinatrice)
    bilan.documents.update(source="")
    assert faire(bilan, genre, coordinatrice).sha256 == avant


def test_demander_deux_fois_rend_le_meme_document_et_n_ouvre_qu_un_travail(bilan, coordinatrice):
    premier = demander_document(bilan=bilan, genre="ELUS", par=coordinatrice)
    assert demander_document(bilan=bilan, genre="ELUS", par=coordinatrice) == premier
    rendre_document(str(premier.travail_id))
    assert demander_document(bilan=bilan, genre="ELUS", par=coordinatrice).est_fait
    assert Travail.objects.filter(genre="bilan_document").count() == 1


def test_le_meme_message_cinquante_fois_ne_fait_le_document_qu_une(bilan, coordinatrice):
    document = faire(bilan, "DIAPORAMA", coordinatrice)
    for _ in range(50):
        rendre_document(str(document.travail_id))
    document.travail.refresh_from_db()
    assert document.travail.tentatives == 1
    assert Travail.objects.filter(genre="document_annonce").count() == 1


def test_sans_donnees_figees_on_dit_quoi_demander_d_abord(contrat, coordinatrice):
    with pytest.raises(ErreurMetier, match="Demandez d’abord le PDF"):
        demander_document(bilan=BilanFactory(contrat=contrat), genre="ELUS", par=coordinatrice)


def test_un_bilan_d_avant_n_a_pas_de_donnees_techniques_et_le_dit(contrat, coordinatrice):
    ancien = BilanFactory(contrat=contrat, publie=True)
    document = faire(ancien, "TECHNIQUE", coordinatrice)
    assert document.travail.etat == EtatTravail.ECHEC
    assert "correction" in document.travail.message


def test_recommencer_apres_un_echec_ouvre_un_nouveau_travail(bilan, coordinatrice):
    document = demander_document(bilan=bilan, genre="ELUS", par=coordinatrice)
    Travail.objects.update(etat=EtatTravail.ECHEC)
    encore = demander_document(bilan=bilan, genre="ELUS", par=coordinatrice)
    assert encore.travail_id != document.travail_id


@pytest.mark.parametrize("personnage", ["partenaire", "lectrice", "voisine"])
def test_les_montants_ne_vont_qu_a_qui_voit_le_budget(request, bilan, personnage):
    with pytest.raises(DroitRefuse):
        demander_document(bilan=bilan, genre="TECHNIQUE", par=request.getfixturevalue(personnage))


def test_le_droit_est_revu_quand_le_document_se_fait(bilan, coordinatrice, partenaire):
    document = demander_document(bilan=bilan, genre="TECHNIQUE", par=coordinatrice)
    bilan.documents.update(demande_par=partenaire)
    rendre_document(str(document.travail_id))
    document.refresh_from_db()
    assert not document.est_fait


def test_le_partenaire_a_le_bilan_technique_sans_un_montant(bilan, partenaire):
    document = faire(bilan, "TECH_SANS", partenaire)
    assert document.est_fait
    for montant in (b"12345", b"6789", b"montant_accorde"):
        assert montant not in octets(document)


def test_le_courriel_pret_part_une_fois(bilan, coordinatrice, mailoutbox):
    faire(bilan, "DIAPORAMA", coordinatrice)
    for annonce in list(Travail.objects.filter(genre="document_annonce")) * 4:
        annoncer_document(str(annonce.pk))
    assert [(m.to, "Diaporama" in m.body) for m in mailoutbox] == [([coordinatrice.email], True)]


def test_refait_avant_que_le_courriel_parte_le_document_n_en_envoie_qu_un(
    bilan, coordinatrice, mailoutbox
):
    for _ in range(3):
        bilan.documents.update(source="")
        assert faire(bilan, "DIAPORAMA", coordinatrice).travail.etat == EtatTravail.FAIT
    for annonce in Travail.objects.filter(genre="document_annonce"):
        annoncer_document(str(annonce.pk))
    assert len(mailoutbox) == 1


def test_le_diaporama_est_date_du_jour_des_donnees(bilan, coordinatrice):
    with ZipFile(io.BytesIO(octets(faire(bilan, "DIAPORAMA", coordinatrice)))) as archive:
        assert {i.date_time for i in archive.infolist()} == {(2026, 2, 20, 0, 0, 0)}


def test_le_nom_du_fichier_dit_le_contrat_l_annee_et_le_genre(contrat):
    document = DocumentBilanFactory(bilan__contrat=contrat, genre="TECH_SANS")
    assert nom_du_document(document) == f"{contrat.slug}-bilan-2025-tech-sans.pdf"
