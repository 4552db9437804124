"""Le PDF se demande, se fait une fois en arrière-plan, et reste à la même adresse."""

from hashlib import sha256
from pathlib import Path

import pytest

from bilans.etats import StatutBilan
from bilans.instantane import relire
from bilans.models import Bilan
from bilans.services import depot, rendu
from bilans.services.ouverture import ouvrir_bilan
from bilans.services.publication import publier
from bilans.tasks import annoncer_document, rendre
from bilans.technique.donnees import relire as relire_technique
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from contrats.services.plan import modifier_action
from tests.factories import BilanFactory, MesureFactory


@pytest.fixture(autouse=True)
def _dossier(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bilan(contrat, indicateur, coordinatrice) -> Bilan:
    for annee in (2024, 2025):
        MesureFactory(indicateur=indicateur, annee=annee)
    return ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)


def test_demander_ouvre_un_travail_en_file(bilan, coordinatrice):
    travail = rendu.demander_pdf(bilan=bilan, par=coordinatrice)
    bilan.refresh_from_db()
    assert (travail.etat, bilan.travail, travail.demande_par_id) == (
        EtatTravail.EN_FILE,
        travail,
        coordinatrice.pk,
    )


def test_demander_deux_fois_rend_le_meme_travail(bilan, coordinatrice, administratrice):
    premier = rendu.demander_pdf(bilan=bilan, par=coordinatrice)
    assert rendu.demander_pdf(bilan=bilan, par=administratrice) == premier
    assert Travail.objects.count() == 1


@pytest.mark.parametrize(
    "personnage", ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]
)
def test_seule_la_coordination_demande_le_pdf(request, bilan, personnage):
    with pytest.raises(DroitRefuse):
        rendu.demander_pdf(bilan=bilan, par=request.getfixturevalue(personnage))
    assert not Travail.objects.exists()


def test_le_pdf_d_un_bilan_publie_ne_se_redemande_pas(contrat, coordinatrice):
    with pytest.raises(ErreurMetier, match="Ouvrez une correction"):
        rendu.demander_pdf(bilan=BilanFactory(contrat=contrat, publie=True), par=coordinatrice)


def test_la_tache_fait_le_pdf_et_fige_ses_donnees(bilan, coordinatrice, settings):
    travail = rendu.demander_pdf(bilan=bilan, par=coordinatrice)
    rendre(str(travail.pk))
    travail.refresh_from_db()
    bilan.refresh_from_db()
    assert (travail.etat, travail.progression, travail.message) == (EtatTravail.FAIT, 100, "")
    octets = (Path(settings.MEDIA_ROOT) / bilan.chemin).read_bytes()
    assert octets.startswith(b"%PDF-")
    assert (sha256(octets).hexdigest(), len(octets)) == (bilan.sha256, bilan.taille)
    assert bilan.sha256[:16] in bilan.chemin
    assert bilan.pages > 1
    assert relire(bilan.instantane).contrat.nom_court == bilan.contrat.nom


def test_un_seul_moment_fige_le_bilan_et_son_bilan_technique(bilan, coordinatrice):
    rendre(str(rendu.demander_pdf(bilan=bilan, par=coordinatrice).pk))
    bilan.refresh_from_db()
    instantane, technique = relire(bilan.instantane), relire_technique(bilan.technique)
    assert technique.arrete_le == instantane.arrete_le
    assert {f.numero for f in technique.fiches} >= {a.numero for a in instantane.actions}


@pytest.mark.parametrize("previent", [True, False])
def test_le_courriel_pret_part_une_fois_a_qui_l_a_demande(
    bilan, coordinatrice, mailoutbox, previent
):
    rendre(str(rendu.demander_pdf(bilan=bilan, par=coordinatrice, previent=previent).pk))
    annonces = list(Travail.objects.filter(genre="document_annonce"))
    for annonce in annonces * 3:
        annoncer_document(str(annonce.pk))
    assert [m.to for m in mailoutbox] == [[coordinatrice.email]] * previent
    if previent:
        assert f"/espace/bilans/{bilan.pk}/documents/" in mailoutbox[0].body


def test_rejouer_la_tache_est_sans_effet(bilan, coordinatrice):
    travail = rendu.demander_pdf(bilan=bilan, par=coordinatrice)
    rendre(str(travail.pk))
    bilan.refresh_from_db()
    avant = (bilan.sha256, bilan.instantane_le)
    rendre(str(travail.pk))
    bilan.refresh_from_db()
    assert (bilan.sha256, bilan.instantane_le) == avant


def test_les_memes_donnees_donnent_le_meme_fichier(bilan, coordinatrice):
    empreintes = set()
    for _ in range(2):
        rendre(str(rendu.demander_pdf(bilan=bilan, par=coordinatrice).pk))
        bilan.refresh_from_db()
        empreintes.add(bilan.sha256)
    assert len(empreintes) == 1


def test_apres_publication_changer_le_plan_ne_change_pas_le_bilan(bilan, action, coordinatrice):
    rendre(str(rendu.demander_pdf(bilan=bilan, par=coordinatrice).pk))
    bilan.refresh_from_db()
    publie = publier(bilan=bilan, sha256=bilan.sha256, confirme=True, par=coordinatrice)
    avant = (publie.instantane, publie.sha256)
    modifier_action(action=action, valeurs={"titre": "Tout autre"}, version=1, par=coordinatrice)
    publie.refresh_from_db()
    assert (publie.instantane, publie.sha256) == avant
    assert "Tout autre" not in str(publie.instantane)


def test_un_bilan_publie_pendant_le_rendu_n_est_pas_reecrit(bilan, coordinatrice):
    """La publication gagne : le rendu en cours échoue et le dit."""
    travail = rendu.demander_pdf(bilan=bilan, par=coordinatrice)
    Bilan.objects.filter(pk=bilan.pk).update(
        statut=StatutBilan.PUBLIE,
        instantane={"schema": 1},
        publie_le="2026-03-01T10:00Z",
        sha256="a" * 64,
        chemin="bilans/publie.pdf",
    )
    rendre(str(travail.pk))
    travail.refresh_from_db()
    bilan.refresh_from_db()
    assert (travail.etat, bilan.sha256) == (EtatTravail.ECHEC, "a" * 64)
    assert "publié entre-temps" in travail.message


def test_un_changement_du_plan_se_voit_apres_le_pdf(
    bilan, action, coordinatrice, a_la_date, aujourdhui
):
    assert not rendu.donnees_plus_recentes(bilan)
    rendre(str(rendu.demander_pdf(bilan=bilan, par=coordinatrice).pk))
    bilan.refresh_from_db()
    assert not rendu.donnees_plus_recentes(bilan)
    modifier_action(action=action, valeurs={"titre": "Autre"}, version=1, par=coordinatrice)
    assert rendu.donnees_plus_recentes(bilan)


def test_un_fichier_perdu_se_dit(contrat):
    bilan = BilanFactory(contrat=contrat)
    with pytest.raises(FileNotFoundError):
        depot.ouvrir(bilan)


def test_deux_depots_du_meme_pdf_donnent_le_meme_chemin(contrat, settings):
    bilan = BilanFactory(contrat=contrat, avec_pdf=True)
    with depot.ouvrir(bilan) as fichier:
        octets = fichier.read()
    resultat = type("R", (), {"octets": octets, "sha256": bilan.sha256, "pages": 1})()
    chemins = {depot.deposer(bilan, resultat) for _ in range(2)}
    assert len(chemins) == 1
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.provisoire"))
