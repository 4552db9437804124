"""« Ce que les élus ont à décider » s’écrit, se relit et se voit comme les autres parties."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bilans.instantane import relire
from bilans.rapport import construire, construire_et_relever
from bilans.relecture.parties import parties
from bilans.services.ouverture import ouvrir_bilan
from bilans.services.redaction import ecrire_section
from bilans.services.sommaire import montrer_section
from bilans.tasks import rendre_apercu
from cls_platform.socle.models import Travail
from tests.factories import ActionFactory, BilanFactory, DecisionSigleFactory

LE = date(2026, 3, 1)
POINT = (
    "- Passer le bus à seize communes\n"
    "  Pour quand : mars 2026\n"
    "  Enjeu : le CTZ paie la moitié.\n"
    "  Qui décide : le comité de pilotage"
)


@pytest.fixture(autouse=True)
def _dossier(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ecrit(bilan, coordinatrice):
    DecisionSigleFactory(bilan=bilan, sigle="CTZ", terme="Comité des zones")
    section = bilan.sections.get(code="A_DECIDER")
    return ecrire_section(section=section, texte=POINT, version=1, par=coordinatrice)


def adresse(bilan, nom="ecrire_section"):
    return reverse(f"bilans:{nom}", args=[bilan.pk, "A_DECIDER"])


def test_le_texte_entre_dans_les_donnees_figees_et_les_parties_publiques_ne_changent_pas(
    bilan, ecrit
):
    lu = construire(bilan, arrete_le=LE, avec_carte=False)
    assert lu.textes.a_decider
    assert lu.textes.a_decider.texte == POINT
    assert "A_DECIDER" not in lu.sections
    assert relire(lu.vers_simple()) == lu


def test_retire_il_n_y_est_plus_et_le_texte_reste(bilan, ecrit, coordinatrice):
    montrer_section(section=ecrit, est_presente=False, par=coordinatrice)
    assert construire(bilan, arrete_le=LE, avec_carte=False).textes.a_decider is None
    assert bilan.sections.get(code="A_DECIDER").texte == POINT


def test_un_sigle_que_seuls_les_elus_lisent_n_entre_pas_aux_mots_du_public(bilan, ecrit):
    lu, sigles = construire_et_relever(bilan, arrete_le=LE)
    assert [mot.sigle for mot in lu.mots_des_elus if mot.sigle] == ["CTZ"]
    assert "CTZ" not in {mot.sigle for mot in lu.mots}
    assert not sigles.bloquent


def test_un_sigle_que_le_public_lit_aussi_n_est_dit_qu_une_fois(bilan, ecrit, coordinatrice):
    section = bilan.sections.get(code="ZOOM")
    ecrire_section(section=section, texte="Le CTZ se réunit.", version=1, par=coordinatrice)
    lu = construire(bilan, arrete_le=LE, avec_carte=False)
    assert "CTZ" in {mot.sigle for mot in lu.mots}
    assert "CTZ" not in {mot.sigle for mot in lu.mots_des_elus}


def test_qui_relit_le_lit_et_peut_le_commenter(client, bilan, ecrit):
    lue = next(p for p in parties(construire(bilan, arrete_le=LE)) if "A_DECIDER" in p.ancre)
    assert "pas dans le bilan public" in lue.chapeau
    page = client.get(reverse("bilans:relire", args=[bilan.pk])).content.decode()
    assert "Passer le bus à seize communes" in page
    assert 'id="partie-section-a-decider"' in page


def test_sans_texte_personne_n_a_a_le_relire(bilan):
    assert not [p for p in parties(construire(bilan, arrete_le=LE)) if "A_DECIDER" in p.ancre]


def test_le_langage_clair_le_relit(client, bilan, ecrit, coordinatrice):
    long = "- Garder un établissement scolaire" + ", puis un autre lieu" * 12
    ecrire_section(section=ecrit, texte=long, version=2, par=coordinatrice)
    page = client.get(reverse("bilans:langage", args=[bilan.pk])).content.decode()
    assert "Ce que les élus ont à décider" in page
    assert client.get(adresse(bilan, "langage_section")).status_code == 200


def test_son_historique_garde_chaque_version(client, bilan, ecrit, coordinatrice):
    ecrire_section(section=ecrit, texte="- Autre chose", version=2, par=coordinatrice)
    page = client.get(adresse(bilan, "ecrire_histoire")).content.decode()
    assert "Passer le bus" in page
    assert "Autre chose" in page


def test_vide_elle_est_facultative_et_n_attend_personne(client, bilan):
    page = client.get(adresse(bilan)).content.decode()
    assert "facultative" in page
    assert "Deux pages pour les élus" in page


def test_l_apercu_a_l_ecran_montre_la_page_des_elus(client, bilan, ecrit):
    page = client.get(adresse(bilan, "ecrire_apercu")).content.decode()
    assert "Ce que vous avez à décider en 2026" in page
    assert "comité des zones" in page
    assert "feuille-a4 elus" in page


def test_vide_l_apercu_dit_ou_elle_paraitrait(client, bilan):
    for nom in ("ecrire_apercu", "ecrire_pages"):
        page = client.get(adresse(bilan, nom)).content.decode()
        assert "élus" in page
        assert "il n’y a encore rien à y montrer" in page


def test_ses_pages_imprimees_sont_celles_des_elus(client, bilan, ecrit):
    client.get(adresse(bilan, "ecrire_pages"))
    rendre_apercu(str(Travail.objects.get(genre="bilan_apercu").pk))
    page = client.get(adresse(bilan, "ecrire_pages"), headers={"HX-Request": "true"})
    assert "1\xa0page." in page.content.decode()


def test_une_correction_reprend_les_points(bilan, ecrit, coordinatrice, contrat):
    type(bilan).objects.filter(pk=bilan.pk).update(
        statut="PUBLIE", instantane={}, sha256="a" * 64, chemin="x", publie_le="2026-01-01T00:00Z"
    )
    neuve = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    assert neuve.sections.get(code="A_DECIDER").texte == POINT


def test_la_page_publique_n_en_dit_rien(contrat):
    ActionFactory(contrat=contrat, est_publique=True)
    type(contrat).objects.filter(pk=contrat.pk).update(est_public=True)
    brouillon = BilanFactory(contrat=contrat, annee=2025)
    brouillon.sections.create(code="A_DECIDER", texte="- Vendre la salle des fêtes")
    donnees = construire(brouillon, arrete_le=LE).vers_simple()
    assert "Vendre la salle" in str(donnees)
    type(brouillon).objects.filter(pk=brouillon.pk).update(
        statut="PUBLIE", instantane=donnees, sha256="a" * 64, chemin="x",
        publie_le="2026-01-01T00:00Z", instantane_le="2026-01-01T00:00Z",
    )  # fmt: skip
    base = reverse("bilans:bilan_public", args=[contrat.slug, 2025])
    for suite in ("", "donnees.csv", "donnees.json"):
        page = Client().get(f"{base}{suite}")
        assert page.status_code == 200, suite
        assert "Vendre la salle" not in page.content.decode()
