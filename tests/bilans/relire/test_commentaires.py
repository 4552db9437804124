"""Commenter un bilan : qui le peut, ce qu’un fil devient, à qui l’on écrit."""

from datetime import date

import pytest
from django.core import mail
from django.utils import timezone

from bilans.etats import StatutBilan
from bilans.models import Bilan, CommentaireBilan, EtatCommentaire
from bilans.relecture import ancres
from bilans.services import commentaires, courriels_relecture
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from tests.factories import AvisBilanFactory, BilanFactory, CommentaireBilanFactory

RELISENT = ["coordinatrice", "elue", "pilote", "partenaire", "agent_ars", "agent_dd"]


@pytest.fixture
def bilan(contrat) -> Bilan:
    """Un vrai contrat : la démonstration n’écrit à personne d’elle-même."""
    contrat.est_demonstration = False
    contrat.save()
    return BilanFactory(contrat=contrat, statut=StatutBilan.RELECTURE)


def ouvrir(bilan, par, ancre="section:EDITO", texte="Une question d’essai") -> CommentaireBilan:
    return commentaires.commenter(bilan=bilan, ancre=ancre, texte=texte, par=par)


# Les ancres


@pytest.mark.parametrize(
    "texte",
    ["bilan", "section:EDITO", "volet:sans-axe", "action:0f8fad5b-d9cb-469f-a165-70867728950e"],
)
def test_une_ancre_se_relit_telle_qu_elle_s_ecrit(texte):
    assert str(ancres.lire(texte)) == texte


@pytest.mark.parametrize("texte", ["", "section", "section:", "volet:", "action:7", "page:1"])
def test_une_ancre_incomprise_est_refusee(texte):
    with pytest.raises(ancres.AncreInconnue):
        ancres.lire(texte)


def test_l_identifiant_d_une_partie_peut_servir_d_ancre_de_page():
    assert ancres.section("CHIFFRES_CLES").identifiant == "partie-section-chiffres-cles"


# Qui commente


@pytest.mark.parametrize("personnage", RELISENT)
def test_qui_relit_commente(request, bilan, personnage):
    par = request.getfixturevalue(personnage)
    fil = ouvrir(bilan, par)
    assert (fil.etat, fil.auteur, fil.auteur_nom) == ("OUVERT", par, par.nom_complet)


@pytest.mark.parametrize("personnage", ["lectrice", "voisine"])
def test_qui_ne_relit_pas_ne_commente_pas(request, bilan, personnage):
    with pytest.raises(DroitRefuse):
        ouvrir(bilan, request.getfixturevalue(personnage))


def test_on_commente_un_volet_et_une_action_publique_du_contrat(bilan, axe, action, partenaire):
    ouvrir(bilan, partenaire, f"volet:{axe.pk}")
    ouvrir(bilan, partenaire, f"action:{action.pk}")
    assert bilan.commentaires.count() == 2


def test_on_ne_commente_ni_l_action_d_un_autre_contrat_ni_une_section_inventee(
    bilan, autre_action, partenaire
):
    for ancre in (f"action:{autre_action.pk}", f"volet:{autre_action.axe_id}", "section:RIEN"):
        with pytest.raises(DonneesRefusees, match="n’est plus, dans le bilan"):
            ouvrir(bilan, partenaire, ancre)


def test_un_commentaire_vide_est_refuse(bilan, partenaire):
    with pytest.raises(DonneesRefusees):
        ouvrir(bilan, partenaire, texte="   ")


def test_un_bilan_publie_garde_ses_fils_sans_nouveaux(contrat, coordinatrice, partenaire):
    publie = BilanFactory(contrat=contrat, publie=True)
    fil = CommentaireBilanFactory(bilan=publie, auteur=partenaire)
    with pytest.raises(ErreurMetier, match="publié"):
        ouvrir(publie, coordinatrice)
    with pytest.raises(ErreurMetier, match="publié"):
        commentaires.repondre(fil=fil, texte="Trop tard", par=coordinatrice)
    with pytest.raises(ErreurMetier, match="publié"):
        commentaires.clore(fil=fil, par=coordinatrice)


# La vie d’un fil


def test_repondu_par_une_autre_ouvert_de_nouveau_par_son_auteur(bilan, partenaire, coordinatrice):
    fil = ouvrir(bilan, partenaire)
    commentaires.repondre(fil=fil, texte="C’est corrigé.", par=coordinatrice)
    fil.refresh_from_db()
    assert fil.etat == EtatCommentaire.REPONDU
    commentaires.repondre(fil=fil, texte="Pas tout à fait.", par=partenaire)
    fil.refresh_from_db()
    assert fil.etat == EtatCommentaire.OUVERT


def test_on_repond_au_fil_meme_depuis_une_reponse(bilan, partenaire, coordinatrice):
    fil = ouvrir(bilan, partenaire)
    reponse = commentaires.repondre(fil=fil, texte="Oui.", par=coordinatrice)
    suite = commentaires.repondre(fil=reponse, texte="Merci.", par=partenaire)
    assert suite.parent == fil
    assert suite.ancre == fil.ancre


def test_son_auteur_et_la_coordination_closent_un_fil_pas_les_autres(
    bilan, partenaire, coordinatrice, pilote
):
    fil = ouvrir(bilan, partenaire)
    with pytest.raises(DroitRefuse, match="qui l’a ouvert"):
        commentaires.clore(fil=fil, par=pilote)
    assert commentaires.clore(fil=fil, par=partenaire).etat == EtatCommentaire.CLOS
    assert commentaires.rouvrir(fil=fil, par=coordinatrice).etat == EtatCommentaire.OUVERT


def test_un_fil_clos_ne_recoit_pas_de_reponse(bilan, partenaire, coordinatrice):
    fil = commentaires.clore(fil=ouvrir(bilan, partenaire), par=coordinatrice)
    with pytest.raises(ErreurMetier, match="Rouvrez-le"):
        commentaires.repondre(fil=fil, texte="Encore", par=partenaire)


def test_on_corrige_le_sien_seulement(bilan, partenaire, coordinatrice):
    fil = ouvrir(bilan, partenaire)
    corrige = commentaires.modifier_commentaire(
        commentaire=fil, texte="Mieux dit", version=1, par=partenaire
    )
    assert (corrige.texte, corrige.version) == ("Mieux dit", 2)
    with pytest.raises(DroitRefuse, match="autre personne"):
        commentaires.modifier_commentaire(commentaire=fil, texte="X", version=2, par=coordinatrice)


def test_une_correction_perimee_est_refusee(bilan, partenaire, coordinatrice):
    fil = ouvrir(bilan, partenaire)
    commentaires.repondre(fil=fil, texte="Vu.", par=coordinatrice)
    with pytest.raises(ConflitVersion):
        commentaires.modifier_commentaire(commentaire=fil, texte="X", version=1, par=partenaire)


def test_on_retire_le_sien_tant_que_personne_n_a_repondu(bilan, partenaire, coordinatrice):
    seul, repondu = ouvrir(bilan, partenaire), ouvrir(bilan, partenaire)
    commentaires.repondre(fil=repondu, texte="Vu.", par=coordinatrice)
    commentaires.retirer_commentaire(commentaire=seul, version=None, par=partenaire)
    assert not CommentaireBilan.objects.filter(pk=seul.pk).exists()
    with pytest.raises(ErreurMetier, match="a répondu"):
        commentaires.retirer_commentaire(commentaire=repondu, version=None, par=partenaire)


# Les courriels


def test_une_reponse_previent_qui_a_ouvert_le_fil_une_seule_fois(bilan, partenaire, coordinatrice):
    fil = ouvrir(bilan, partenaire, texte="Combien d’ateliers ?")
    commentaires.repondre(fil=fil, texte="Douze ateliers.", par=coordinatrice)
    travail = Travail.objects.get(genre=courriels_relecture.GENRE_REPONSE)
    for _ in range(3):
        courriels_relecture.envoyer_la_reponse(travail_id=travail.pk)
    (courriel,) = mail.outbox
    assert courriel.to == [partenaire.email]
    assert "Douze ateliers." in courriel.body
    assert "Combien d’ateliers" in courriel.body
    assert f"/espace/bilans/{bilan.pk}/relire/#partie-section-edito" in courriel.body


def test_se_repondre_a_soi_ne_s_ecrit_pas(bilan, partenaire):
    fil = ouvrir(bilan, partenaire)
    commentaires.repondre(fil=fil, texte="J’ajoute.", par=partenaire)
    assert not Travail.objects.filter(genre=courriels_relecture.GENRE_REPONSE).exists()


def test_une_reponse_retiree_avant_l_envoi_ne_part_pas(bilan, partenaire, coordinatrice):
    fil = ouvrir(bilan, partenaire)
    reponse = commentaires.repondre(fil=fil, texte="Non.", par=coordinatrice)
    travail = Travail.objects.get(genre=courriels_relecture.GENRE_REPONSE)
    commentaires.retirer_commentaire(commentaire=reponse, version=None, par=coordinatrice)
    courriels_relecture.envoyer_la_reponse(travail_id=travail.pk)
    travail.refresh_from_db()
    assert (travail.etat, mail.outbox) == (EtatTravail.ECHEC, [])


def recapituler() -> list[Travail]:
    ouverts = courriels_relecture.ouvrir_les_recapitulatifs(le=timezone.now())
    for travail in ouverts:
        courriels_relecture.envoyer_le_recapitulatif(travail_id=travail.pk)
    return ouverts


def test_le_recapitulatif_part_une_fois_par_jour_s_il_y_a_du_nouveau(
    bilan, partenaire, coordinatrice, a_la_date
):
    assert recapituler() == []
    ouvrir(bilan, partenaire, texte="Et les aidants ?")
    assert len(recapituler()) == 1
    ouvrir(bilan, partenaire, texte="Et les transports ?")
    assert recapituler() == []
    with a_la_date(date(2026, 3, 13)):
        assert len(recapituler()) == 1
    with a_la_date(date(2026, 3, 14)):
        assert recapituler() == []
    premier, second = mail.outbox
    assert premier.to == second.to == [coordinatrice.email]
    assert "Et les aidants" in premier.body
    assert "Le mot de l’élu" in premier.body
    assert "aidants" not in second.body
    assert "Et les transports" in second.body


def test_le_recapitulatif_dit_aussi_les_avis_rendus_par_d_autres(bilan, coordinatrice):
    avis = AvisBilanFactory(bilan=bilan, rendu=True, rendu_le=timezone.now())
    AvisBilanFactory(bilan=bilan, rendu=True, rendu_le=timezone.now(), moyen="COURRIER")
    AvisBilanFactory(bilan=bilan, rendu=True, rendu_le="2026-02-01T09:00Z")
    recapituler()
    (courriel,) = mail.outbox
    assert "1\u00a0nouvelle sur" in courriel.subject
    assert f"L’avis de {avis.acteur.nom} : favorable" in courriel.body


def test_la_coordination_ne_recoit_pas_ce_qu_elle_a_ecrit(bilan, coordinatrice):
    ouvrir(bilan, coordinatrice)
    recapituler()
    assert mail.outbox == []


def test_ni_demonstration_ni_bilan_publie_ne_font_de_recapitulatif(contrat, partenaire):
    assert contrat.est_demonstration
    brouillon = BilanFactory(contrat=contrat)
    ouvrir(brouillon, partenaire)
    CommentaireBilanFactory(bilan=BilanFactory(annee=2024, publie=True))
    assert recapituler() == []


def test_un_fil_ouvert_se_compte(bilan, partenaire, coordinatrice):
    ouvrir(bilan, partenaire)
    commentaires.clore(fil=ouvrir(bilan, partenaire), par=coordinatrice)
    repondu = ouvrir(bilan, partenaire)
    commentaires.repondre(fil=repondu, texte="Vu.", par=coordinatrice)
    assert bilan.commentaires.a_traiter().count() == 1
    assert bilan.commentaires.non_clos().count() == 2
