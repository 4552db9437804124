"""La bibliothèque : deux accords, une idée sans personne ni argent, une fiche à discuter."""

import pytest

from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse
from contrats.etats import StatutAction
from contrats.models import Action, FicheAuPanier, FicheOfferte, Inspiration
from contrats.services.bibliotheque import (
    TEXTES,
    ajouter_du_panier,
    mettre_au_panier,
    regler_bibliotheque,
    retirer_du_panier,
)
from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    AxeFactory,
    FicheAuPanierFactory,
    FicheOfferteFactory,
    JalonFactory,
    LigneBudgetFactory,
    NoteSuiviFactory,
    ObjectifFactory,
)


def offertes() -> set[Action]:
    return set(Action.objects.de_la_bibliotheque())


def test_rien_n_est_offert_d_abord(contrat, action):
    assert offertes() == set()


def test_il_faut_l_accord_du_contrat_et_le_choix_de_la_fiche(contrat, action, coordinatrice):
    autre = ActionFactory(contrat=contrat)
    reglage = {"contrat": contrat, "par": coordinatrice}
    regler_bibliotheque(est_ouvert=False, fiches=[action.pk], **reglage)
    assert offertes() == set()
    regler_bibliotheque(est_ouvert=True, fiches=[action.pk], **reglage)
    assert offertes() == {action}
    regler_bibliotheque(est_ouvert=True, fiches=[autre.pk], **reglage)
    assert offertes() == {autre}


def test_une_fiche_reservee_ou_d_un_autre_contrat_ne_s_offre_pas(contrat, autre_action, coordinatrice):  # fmt: skip
    reservee = ActionFactory(contrat=contrat, est_restreinte=True, interne=True)
    fiches = [reservee.pk, autre_action.pk]
    regler_bibliotheque(contrat=contrat, est_ouvert=True, fiches=fiches, par=coordinatrice)
    assert not FicheOfferte.objects.exists()


def test_devenue_reservee_elle_quitte_la_bibliotheque(action):
    FicheOfferteFactory(action=action)
    Action.objects.filter(pk=action.pk).update(est_restreinte=True)
    assert offertes() == set()


@pytest.mark.parametrize("personnage", ["pilote", "lectrice", "elue", "agent_ars", "voisine"])
def test_offrir_demande_de_modifier_le_plan(request, contrat, action, personnage):
    par = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        regler_bibliotheque(contrat=contrat, est_ouvert=True, fiches=[action.pk], par=par)


# Le panier


def test_le_panier_ne_tient_une_fiche_qu_une_fois(action, voisine):
    FicheOfferteFactory(action=action)
    for _ in range(2):
        mettre_au_panier(action=action, par=voisine)
    assert voisine.panier.count() == 1
    retirer_du_panier(action=action, par=voisine)
    assert not voisine.panier.exists()


def test_une_fiche_retiree_de_la_bibliotheque_quitte_les_paniers(action, voisine):
    offerte = FicheOfferteFactory(action=action)
    mettre_au_panier(action=action, par=voisine)
    offerte.delete()
    assert not FicheAuPanier.objects.de(voisine).exists()


def test_le_panier_demande_de_modifier_un_plan(action, lectrice):
    FicheOfferteFactory(action=action)
    with pytest.raises(DroitRefuse):
        mettre_au_panier(action=action, par=lectrice)


# Du panier au plan


@pytest.fixture
def idee(action) -> Action:
    """Une fiche offerte, avec tout ce qui ne doit pas sortir."""
    for nom in TEXTES:
        setattr(action, nom, f"Texte de {nom}")
    action.moyens, action.elu_referent = "Deux postes", "Madame Untelle"
    action.pilote_nom, action.freins = "Monsieur Untel", "Le maire hésite"
    action.save()
    action.themes.set(["acces_soins"])
    action.populations.set(["seniors"])
    JalonFactory(action=action, fait=True, pilote_nom="Monsieur Untel")
    for lie in (ActionActeurFactory, NoteSuiviFactory, LigneBudgetFactory):
        lie(action=action)
    FicheOfferteFactory(action=action)
    return action


def ajouter(contrat, par, *fiches, axe=None, objectif=None) -> list[Action]:
    for fiche in fiches:
        mettre_au_panier(action=fiche, par=par)
    return ajouter_du_panier(
        contrat=contrat, fiches=[f.pk for f in fiches], axe=axe, objectif=objectif, par=par
    )


def test_seule_l_idee_est_reprise(idee, autre_contrat, voisine):
    objectif = ObjectifFactory(axe=AxeFactory(contrat=autre_contrat))
    ajouter(autre_contrat, voisine, idee, objectif=objectif)
    copie = autre_contrat.actions.get()
    for nom in TEXTES:
        assert getattr(copie, nom) == getattr(idee, nom), nom
    assert [t.pk for t in copie.themes.all()] == ["acces_soins"]
    assert [p.pk for p in copie.populations.all()] == ["seniors"]
    assert (copie.axe, copie.objectif) == (objectif.axe, objectif)
    assert (copie.statut, copie.est_publique) == (StatutAction.A_DISCUTER, False)
    for nom in ("moyens", "elu_referent", "pilote_nom", "freins"):
        assert getattr(copie, nom) == "", nom
    assert (copie.pilote, copie.date_debut, copie.date_fin) == (None, None, None)
    for lien in ("liens_acteurs", "notes", "lignes_budget", "documents"):
        assert not getattr(copie, lien).exists(), lien


def test_les_etapes_sont_des_suggestions_sans_date_ni_personne(idee, autre_contrat, voisine):
    (copie,) = ajouter(autre_contrat, voisine, idee)
    etape = copie.jalons.get()
    assert etape.libelle == idee.jalons.get().libelle
    assert (etape.echeance, etape.fait_le, etape.pilote_nom) == (None, None, "")


def test_la_fiche_dit_de_laquelle_elle_s_inspire_meme_une_fois_celle_ci_effacee(idee, autre_contrat, voisine):  # fmt: skip
    (copie,) = ajouter(autre_contrat, voisine, idee)
    Action.objects.filter(pk=idee.pk).delete()
    mention = Inspiration.objects.mention_de(copie)
    assert "Texte de titre" in mention
    assert "Contrat d’essai de Cornouaille (Bretagne)" in mention


def test_une_fiche_ajoutee_quitte_le_panier_et_les_autres_y_restent(idee, autre_contrat, voisine):
    reste = FicheAuPanierFactory(utilisateur=voisine)
    ajouter(autre_contrat, voisine, idee)
    assert list(FicheAuPanier.objects.de(voisine)) == [reste]


def test_on_n_ajoute_que_ce_qui_est_dans_son_panier(idee, autre_contrat, voisine):
    with pytest.raises(DonneesRefusees, match="Cochez au moins une fiche"):
        ajouter_du_panier(
            contrat=autre_contrat, fiches=[idee.pk], axe=None, objectif=None, par=voisine
        )


def test_on_n_ajoute_pas_au_plan_d_un_autre(contrat, idee, voisine):
    with pytest.raises(DroitRefuse):
        ajouter(contrat, voisine, idee)


def test_trente_fiches_s_ajoutent_avec_autant_de_requetes_que_trois(autre_contrat, voisine, nombre_requetes):  # fmt: skip
    comptes = []
    for nombre in (3, 30):
        fiches = [FicheAuPanierFactory(utilisateur=voisine).action for _ in range(nombre)]
        cles = [f.pk for f in fiches]
        lancer = lambda cles=cles: ajouter_du_panier(  # noqa: E731  (une mesure)
            contrat=autre_contrat, fiches=cles, axe=None, objectif=None, par=voisine
        )
        comptes.append(nombre_requetes(lancer))
    assert comptes[1] <= comptes[0], comptes
