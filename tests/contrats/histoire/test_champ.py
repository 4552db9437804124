"""Chaque valeur qu’un champ a eue se relit, avec son auteur, et se rétablit."""

from datetime import date

import pytest

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from contrats.champs_fiche import cle_libre
from contrats.histoire.champ import etats_du_champ
from contrats.histoire.ecriture import Noms, montrer, moyen
from contrats.models import Action, ActionActeur, SousTheme, Theme
from contrats.models.vocabulaire_liens import LISTES
from contrats.services.liens_action import ROLE_DU_LIEN
from contrats.services.plan import modifier_action
from contrats.services.retablir import retablir_champ
from tests.contrats.services.test_fusion import COLONNES, deux_valeurs
from tests.factories import ActeurFactory, AxeFactory, ChampLibreFactory


def ecrire(action, par, **valeurs):
    return modifier_action(action=action, valeurs=valeurs, version=None, par=par)


def textes(action, *champs) -> list[str]:
    etats = etats_du_champ(action, champs)
    noms = Noms(action, etats)
    return [noms.ecrire(etat.valeurs) for etat in etats]


@pytest.mark.parametrize("champ", COLONNES)
def test_toute_colonne_revient_a_ce_qu_elle_valait(champ, action, contrat, coordinatrice, elue):
    valeur, _ = deux_valeurs(champ, contrat, [coordinatrice, elue])
    depart = getattr(Action.objects.get(pk=action.pk), champ)
    ecrire(action, coordinatrice, **{champ: valeur})
    assert len(etats_du_champ(action, [champ])) == 2
    if champ == "est_restreinte":
        # Rendre la fiche à tous ne la republie pas
        ecrire(action, coordinatrice, moyens="Autre chose")
    rendue = retablir_champ(
        action=action,
        champs=[champ],
        d_alors=1,
        version=Action.objects.get(pk=action.pk).version,
        par=coordinatrice,
    )
    assert getattr(rendue, champ) == depart
    assert len(etats_du_champ(action, [champ])) == 3


@pytest.mark.parametrize("liste", sorted(LISTES - {"communes", "objectifs_regionaux"}))
def test_toute_liste_revient_a_ce_qu_elle_contenait(liste, action, coordinatrice):
    modele = Action._meta.get_field(liste).related_model
    un, deux = (
        SousTheme.objects.filter(theme="addictions")[:2]
        if liste == "sous_themes"
        else modele.objects.order_by("pk")[:2]
    )
    ecrire(action, coordinatrice, **{liste: [un]})
    ecrire(action, coordinatrice, **{liste: [deux]})
    ecrire(action, coordinatrice, **{liste: []})
    assert textes(action, liste) == ["", str(deux), str(un), ""]
    retablir_champ(action=action, champs=[liste], d_alors=3, version=4, par=coordinatrice)
    assert list(getattr(action, liste).all()) == [deux]


@pytest.mark.parametrize("liste", sorted(ROLE_DU_LIEN))
def test_les_organisations_d_un_role_reviennent(liste, action, coordinatrice):
    un, deux = ActeurFactory(nom="Un des essais"), ActeurFactory(nom="Deux des essais")
    ecrire(action, coordinatrice, **{liste: [un, deux]})
    ecrire(action, coordinatrice, **{liste: []})
    assert textes(action, liste)[1] == "Deux des essais, Un des essais"
    retablir_champ(action=action, champs=[liste], d_alors=2, version=3, par=coordinatrice)
    role = ROLE_DU_LIEN[liste]
    assert action.liens_acteurs.filter(role=role).count() == 2


@pytest.mark.parametrize(
    ("genre", "choix", "valeur", "ecrit"),
    [
        ("TEXTE", [], "Un mot", "Un mot"),
        ("NOMBRE", [], "12.5", "12,5"),
        ("CHOIX", ["Oui", "Peut-être"], "Oui", "Oui"),
        ("DATE", [], date(2026, 2, 28), "28 février 2026"),
    ],
)
def test_un_champ_du_contrat_revient(genre, choix, valeur, ecrit, action, contrat, coordinatrice):
    cle = cle_libre(ChampLibreFactory(contrat=contrat, genre=genre, choix=choix))
    ecrire(action, coordinatrice, **{cle: valeur})
    ecrire(action, coordinatrice, **{cle: ""})
    assert textes(action, cle) == ["", ecrit, ""]
    retablir_champ(action=action, champs=[cle], d_alors=2, version=3, par=coordinatrice)
    assert textes(action, cle)[0] == ecrit


def test_l_auteur_d_une_liste_est_celui_qui_l_a_changee(action, coordinatrice, administratrice):
    prevention = Theme.objects.get(pk="prevention")
    ecrire(action, administratrice, themes=[prevention])
    ecrire(action, coordinatrice, titre="Autre titre")
    dernier = etats_du_champ(action, ["themes"])[0]
    assert (dernier.qui, dernier.version) == (str(administratrice), 2)


def test_une_liste_et_une_colonne_d_un_meme_geste_ont_la_meme_version(action, coordinatrice):
    ecrire(action, coordinatrice, titre="Neuf", themes=[Theme.objects.get(pk="prevention")])
    versions = {etats_du_champ(action, [c])[0].version for c in ("titre", "themes")}
    assert versions == {2}


def test_ce_qui_a_change_est_souligne(action, coordinatrice):
    ecrire(action, coordinatrice, contexte="Peu de médecins")
    ecrire(action, coordinatrice, contexte="Peu de dentistes")
    etats = etats_du_champ(action, ["contexte"])
    dernier = montrer(etats, Noms(action, etats))[0]
    assert dernier.texte == "Peu de <ins>dentistes</ins>"
    assert dernier.est_actuel


def test_un_texte_hostile_reste_du_texte(action, coordinatrice):
    ecrire(action, coordinatrice, contexte="<script>alert(1)</script>")
    etats = etats_du_champ(action, ["contexte"])
    assert "<script>" not in montrer(etats, Noms(action, etats))[0].texte


def test_un_texte_de_cent_mille_caracteres_se_compare_vite(action, coordinatrice):
    long = "mot différent à chaque fois " * 4000
    ecrire(action, coordinatrice, contexte=long)
    ecrire(action, coordinatrice, contexte=long[::-1])
    etats = etats_du_champ(action, ["contexte"])
    assert len(montrer(etats, Noms(action, etats))) == 3


def test_un_axe_supprime_depuis_ne_revient_pas(action, contrat, coordinatrice):
    passager = AxeFactory(contrat=contrat)
    ecrire(action, coordinatrice, axe=passager)
    ecrire(action, coordinatrice, axe=None)
    passager.delete()
    with pytest.raises(DonneesRefusees, match="supprimé depuis"):
        retablir_champ(action=action, champs=["axe"], d_alors=2, version=3, par=coordinatrice)


def test_une_organisation_supprimee_depuis_manque_seule(action, coordinatrice):
    reste, part = ActeurFactory.create_batch(2)
    ecrire(action, coordinatrice, partenaires=[reste, part])
    ecrire(action, coordinatrice, partenaires=[])
    part.delete()
    retablir_champ(action=action, champs=["partenaires"], d_alors=2, version=3, par=coordinatrice)
    assert [lien.acteur for lien in action.liens_acteurs.all()] == [reste]


def test_les_regles_d_aujourd_hui_s_appliquent(action, coordinatrice):
    """Deux dates qui allaient ensemble ne vont plus avec ce qui a changé depuis."""
    ecrire(action, coordinatrice, date_fin=date(2025, 1, 31))
    ecrire(action, coordinatrice, date_fin=date(2028, 1, 31), date_debut=date(2027, 1, 1))
    with pytest.raises(DonneesRefusees, match="L’échéance vient avant le début"):
        retablir_champ(action=action, champs=["date_fin"], d_alors=2, version=3, par=coordinatrice)


def test_un_statut_revient_avec_sa_raison(action, coordinatrice):
    ecrire(action, coordinatrice, statut="BLOQUEE", statut_raison="Plus de local")
    ecrire(action, coordinatrice, statut="EN_COURS")
    champs = ("statut", "statut_raison", "statut_est_impose")
    rendue = retablir_champ(action=action, champs=champs, d_alors=2, version=3, par=coordinatrice)
    assert (rendue.statut, rendue.statut_raison) == ("BLOQUEE", "Plus de local")
    assert action.passages.count() == 3


def test_on_ne_retablit_pas_par_dessus_ce_que_l_on_n_a_pas_lu(action, coordinatrice):
    ecrire(action, coordinatrice, titre="Neuf")
    with pytest.raises(ConflitVersion):
        retablir_champ(action=action, champs=["titre"], d_alors=1, version=1, par=coordinatrice)


@pytest.mark.parametrize("personnage", ["lectrice", "elue", "agent_ars", "partenaire", "voisine"])
def test_qui_ne_modifie_pas_la_fiche_ne_retablit_rien(request, action, coordinatrice, personnage):
    ecrire(action, coordinatrice, titre="Neuf")
    with pytest.raises(DroitRefuse):
        retablir_champ(
            action=action,
            champs=["titre"],
            d_alors=1,
            version=2,
            par=request.getfixturevalue(personnage),
        )


def test_une_ecriture_en_sql_des_liens_est_notee_aussi(action, cpts):
    ActionActeur.objects.bulk_create([ActionActeur(action=action, acteur=cpts)])
    assert textes(action, "partenaires") == ["CPTS des Essais"]
    ActionActeur.objects.filter(action=action).update(role="COPILOTE")
    assert textes(action, "partenaires") == [""]
    assert textes(action, "copilotes") == ["CPTS des Essais"]


def test_le_moyen_se_dit_en_francais():
    assert moyen("page") == ""
    assert moyen("api:Observatoire") == "par l’outil «\u00a0Observatoire\u00a0»"
    assert moyen("historique") == "valeur rétablie"
