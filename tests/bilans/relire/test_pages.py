"""La page « Relire » : lire le bilan entier, commenter, répondre, clore."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bilans.models import Bilan, EtatCommentaire
from tests.factories import (
    BilanFactory,
    CommentaireBilanFactory,
    SectionBilanFactory,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture
def bilan(contrat, axe) -> Bilan:
    bilan = BilanFactory(contrat=contrat, avec_pdf=True, statut="RELECTURE")
    SectionBilanFactory(bilan=bilan, texte="Une salle **ouverte** à tous.\n\n<script>x</script>")
    return bilan


def adresse(nom: str, objet, *cles) -> str:
    return reverse(f"bilans:{nom}", args=[objet.pk, *cles])


def lire(client: Client, url: str, statut: int = 200, **options) -> str:
    reponse = client.get(url, **options)
    assert reponse.status_code == statut
    return reponse.content.decode()


# Relire


def test_le_bilan_se_lit_entier_avec_ses_fils(client_de, partenaire, bilan, action):
    CommentaireBilanFactory(bilan=bilan, texte="Quelle salle ?")
    CommentaireBilanFactory(bilan=bilan, texte="Et l’an prochain ?", ancre=f"action:{action.pk}")
    CommentaireBilanFactory(bilan=bilan, texte="Très clair.", ancre="bilan")
    page = lire(client_de(partenaire), adresse("relire", bilan))
    assert "<strong>ouverte</strong>" in page
    assert "<script>x" not in page
    assert action.titre in page
    for texte in ("Quelle salle", "Et l’an prochain", "Très clair."):
        assert texte in page
    identifiants = re.findall(r'\bid="([^"]+)"', page)
    assert len(identifiants) == len(set(identifiants))


def test_les_filtres_gardent_ce_qui_attend_ou_ce_qui_est_a_moi(client_de, partenaire, bilan):
    SectionBilanFactory(bilan=bilan, code="PERSPECTIVES", texte="Un bus passera.", signature="")
    CommentaireBilanFactory(bilan=bilan, texte="Ouvert")
    CommentaireBilanFactory(
        bilan=bilan,
        texte="Le mien, clos",
        ancre="section:PERSPECTIVES",
        auteur=partenaire,
        clos=True,
    )
    client, page = client_de(partenaire), adresse("relire", bilan)
    a_traiter = lire(client, f"{page}?filtre=a-traiter")
    assert "Une salle" in a_traiter
    assert "Un bus passera." not in a_traiter
    a_moi = lire(client, f"{page}?filtre=a-moi")
    assert "Une salle" not in a_moi
    assert "Un bus passera." in a_moi
    CommentaireBilanFactory._meta.model.objects.all().delete()
    assert "Aucun commentaire ne répond" in lire(client, f"{page}?filtre=a-moi")


def test_un_fil_sur_une_partie_retiree_reste_lisible(client_de, partenaire, bilan):
    bilan.sections.update(est_presente=False)
    CommentaireBilanFactory(bilan=bilan, texte="Où est passé l’édito ?")
    page = lire(client_de(partenaire), adresse("relire", bilan))
    assert "Une partie retirée du bilan" in page
    assert "Où est passé l’édito" in page


def test_commenter_sans_javascript_ramene_a_la_partie(client_de, partenaire, bilan):
    page = adresse("relire", bilan)
    envoi = {"ancre": "section:EDITO", "texte": "Bien dit.", "suite": f"{page}?filtre=a-moi"}
    reponse = client_de(partenaire).post(adresse("commentaires", bilan), envoi)
    assert reponse.status_code == 303
    assert reponse["Location"] == f"{page}?filtre=a-moi#partie-section-edito"
    assert bilan.commentaires.get().texte == "Bien dit."


def test_commenter_en_place_rend_les_fils_de_la_partie(client_de, partenaire, bilan):
    envoi = {"ancre": "section:EDITO", "texte": "Bien dit."}
    reponse = client_de(partenaire).post(adresse("commentaires", bilan), envoi, headers=HTMX)
    fragment = reponse.content.decode()
    assert "<html" not in fragment
    assert "Bien dit." in fragment
    assert 'id="fils-partie-section-edito"' in fragment


@pytest.mark.parametrize(
    "ailleurs", ["https://ailleurs.exemple/", "//ailleurs.exemple", "/compte/"]
)
def test_on_ne_part_jamais_vers_un_autre_site(client_de, partenaire, bilan, ailleurs):
    envoi = {"ancre": "bilan", "texte": "Oui.", "suite": ailleurs}
    reponse = client_de(partenaire).post(adresse("commentaires", bilan), envoi)
    assert reponse["Location"] == f"{adresse('relire', bilan)}#partie-bilan"


@pytest.mark.parametrize("en_place", [{}, HTMX])
def test_un_commentaire_refuse_rend_ce_qui_est_tape(client_de, partenaire, bilan, en_place):
    long_ = "mot " * 800
    envoi = {"ancre": "section:EDITO", "texte": long_}
    reponse = client_de(partenaire).post(adresse("commentaires", bilan), envoi, headers=en_place)
    assert reponse.status_code == 422
    assert long_.strip() in reponse.content.decode()


def test_une_ancre_incomprise_est_une_mauvaise_demande(client_de, partenaire, bilan):
    url = adresse("commentaires", bilan)
    assert client_de(partenaire).get(f"{url}?ancre=page:9").status_code == 400


def test_l_editeur_demande_les_fils_d_une_section_ou_d_un_volet(
    client_de, coordinatrice, bilan, axe
):
    CommentaireBilanFactory(bilan=bilan, texte="Dans le volet", ancre=f"volet:{axe.pk}")
    client = client_de(coordinatrice)
    volet = adresse("commentaires_section", bilan, f"volet-{axe.pk}")
    assert "Dans le volet" in lire(client, volet, headers=HTMX)
    assert "Commenter" in lire(
        client, adresse("commentaires_section", bilan, "EDITO"), headers=HTMX
    )
    assert "<h1" in lire(client, volet)


def test_repondre_clore_rouvrir_depuis_la_page(client_de, partenaire, coordinatrice, bilan):
    fil = CommentaireBilanFactory(bilan=bilan, auteur=partenaire)
    client = client_de(coordinatrice)
    client.post(adresse("commentaire_repondre", fil), {"texte": "C’est fait."})
    client.post(adresse("commentaire_etat", fil), {"geste": "clore"})
    fil.refresh_from_db()
    assert fil.etat == EtatCommentaire.CLOS
    page = lire(client_de(partenaire), adresse("relire", bilan))
    assert "1\u00a0fil clos" in page
    client.post(adresse("commentaire_etat", fil), {"geste": "rouvrir"})
    fil.refresh_from_db()
    assert fil.etat == EtatCommentaire.OUVERT


def test_corriger_le_sien_et_la_version_perimee_montre_les_deux(client_de, partenaire, bilan):
    fil = CommentaireBilanFactory(bilan=bilan, auteur=partenaire, texte="Un mot")
    client, url = client_de(partenaire), adresse("commentaire_modifier", fil)
    assert "Un mot" in lire(client, url)
    assert client.post(url, {"texte": "Deux mots", "version": "1"}).status_code == 303
    reponse = client.post(url, {"texte": "Trois mots", "version": "1"})
    assert reponse.status_code == 409
    assert "Trois" in reponse.content.decode()


def test_on_n_ouvre_pas_la_correction_d_une_autre(client_de, coordinatrice, bilan):
    fil = CommentaireBilanFactory(bilan=bilan)
    for nom in ("commentaire_modifier", "commentaire_retirer"):
        assert client_de(coordinatrice).get(adresse(nom, fil)).status_code == 403


def test_le_rail_compte_les_commentaires_a_traiter(client_de, coordinatrice, lectrice, bilan):
    CommentaireBilanFactory.create_batch(3, bilan=bilan)
    CommentaireBilanFactory(bilan=bilan, clos=True)
    url = reverse("bilans:a_relire", args=[bilan.contrat_id])
    assert ">3<" in lire(client_de(coordinatrice), url)
    assert lire(client_de(lectrice), url) == ""


def test_la_page_lit_un_nombre_de_requetes_constant(
    client_de, partenaire, bilan, exiger_requetes_plates
):
    client = client_de(partenaire)

    def peupler(nombre: int) -> None:
        for rang in range(nombre):
            fil = CommentaireBilanFactory(bilan=bilan)
            CommentaireBilanFactory(bilan=bilan, parent=fil, texte=f"Réponse {rang}")

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse("relire", bilan)))
