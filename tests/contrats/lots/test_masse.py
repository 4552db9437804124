"""Modifier en lot : les règles d’une fiche, fiche par fiche ; ce qui est relu est ce qui est écrit."""

from datetime import date

import pytest

from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, TransitionRefusee
from contrats.lots import Decalage, Demande, Retouche
from contrats.models import ActionActeur, EtatLot, Lot
from contrats.services import masse
from contrats.services.corbeille import mettre_a_la_corbeille
from contrats.services.plan import modifier_action
from tests.contrats.lots.gestes import ecrire, etats, motifs, prevoir
from tests.factories import ActeurFactory, ActionFactory, UtilisateurFactory


@pytest.fixture
def fiches(contrat, axe):
    return [ActionFactory(contrat=contrat, axe=axe, themes=["acces_soins"]) for _ in range(3)]


def relire(fiches):
    for fiche in fiches:
        fiche.refresh_from_db()
    return fiches


def test_un_lot_change_les_champs_choisis_et_eux_seuls(fiches, coordinatrice):
    avant = [(f.titre, f.date_fin, f.statut) for f in fiches]
    lot = ecrire(fiches, Demande(valeurs={"priorite": "ELEVE"}), coordinatrice)
    assert etats(lot) == ["FAITE"] * 3
    assert [f.priorite for f in relire(fiches)] == ["ELEVE"] * 3
    assert [(f.titre, f.date_fin, f.statut) for f in fiches] == avant


def test_chaque_fiche_compte_une_version_une_copie_et_sa_signature(fiches, coordinatrice):
    copies = [f.events.count() for f in fiches]
    demande = Demande(
        valeurs={"statut": "EN_PAUSE", "date_fin": "2028-01-31"},
        listes={"populations": Retouche(frozenset({"adolescents"}))},
    )
    ecrire(fiches, demande, coordinatrice, via="api:Outil")
    for fiche, nombre in zip(relire(fiches), copies, strict=True):
        assert (fiche.version, fiche.events.count()) == (2, nombre + 1)
        assert (fiche.modifie_par, fiche.modifie_via) == (coordinatrice, "api:Outil")


def test_rien_n_est_ecrit_avant_l_accord(fiches, coordinatrice):
    lot = prevoir(fiches, Demande(valeurs={"statut": "EN_PAUSE"}), coordinatrice)
    assert etats(lot) == ["A_FAIRE"] * 3
    assert lot.lignes.first().avant == {"statut": "EN_COURS"}
    assert lot.lignes.first().apres == {"statut": "EN_PAUSE"}
    assert [f.version for f in relire(fiches)] == [1, 1, 1]


def test_une_fiche_deja_ainsi_n_est_pas_touchee(fiches, coordinatrice):
    modifier_action(
        action=fiches[0],
        valeurs={"statut": "BLOQUEE", "statut_raison": "Le bail"},
        version=1,
        par=coordinatrice,
    )
    demande = Demande(valeurs={"statut": "BLOQUEE", "statut_raison": "Le budget"})
    lot = ecrire(fiches, demande, coordinatrice)
    assert etats(lot) == ["INCHANGEE", "FAITE", "FAITE"]
    assert [f.statut_raison for f in relire(fiches)] == ["Le bail", "Le budget", "Le budget"]
    assert fiches[0].version == 2


def test_un_statut_a_justifier_demande_sa_raison_une_fois(fiches, coordinatrice):
    with pytest.raises(DonneesRefusees) as refus:
        prevoir(fiches, Demande(valeurs={"statut": "REPORTEE"}), coordinatrice)
    assert "statut_raison" in refus.value.champs


def test_le_passage_de_statut_est_note_pour_chaque_fiche(fiches, coordinatrice):
    ecrire(
        fiches, Demande(valeurs={"statut": "REPORTEE", "statut_raison": "Élections"}), coordinatrice
    )
    for fiche in fiches:
        passage = fiche.passages.get()
        assert (passage.de, passage.vers, passage.raison) == ("EN_COURS", "REPORTEE", "Élections")
        assert passage.par == coordinatrice


def test_un_nouveau_statut_n_est_plus_tenu(fiches, coordinatrice):
    modifier_action(
        action=fiches[0],
        valeurs={"statut_est_impose": True, "statut_raison": "Prolongée"},
        version=1,
        par=coordinatrice,
    )
    ecrire(fiches, Demande(valeurs={"statut": "EN_PAUSE"}), coordinatrice)
    fiches[0].refresh_from_db()
    assert (fiches[0].statut_est_impose, fiches[0].statut_raison) == (False, "")


def test_des_dates_incoherentes_refusent_la_fiche_seule(fiches, coordinatrice):
    fiches[1].date_debut = date(2027, 6, 1)
    fiches[1].save()
    lot = ecrire(fiches, Demande(valeurs={"date_fin": "2027-01-31"}), coordinatrice)
    assert etats(lot) == ["FAITE", "REFUSEE", "FAITE"]
    assert motifs(lot)[1] == "L’échéance vient avant le début. Corrigez l’une des deux dates."


@pytest.mark.parametrize(
    ("decalage", "attendue"),
    [
        (Decalage(30, "jours"), date(2026, 3, 2)),
        (Decalage(1, "mois"), date(2026, 2, 28)),
        (Decalage(-12, "mois"), date(2025, 1, 31)),
        (Decalage(-1, "jours"), date(2026, 1, 30)),
    ],
)
def test_une_echeance_se_decale_de_jours_ou_de_mois(fiches, coordinatrice, decalage, attendue):
    for fiche, fin in zip(fiches, (date(2026, 1, 31), None, date(9999, 12, 31)), strict=True):
        fiche.date_debut, fiche.date_fin = None, fin
        fiche.save()
    lot = ecrire(fiches, Demande(decalages={"date_fin": decalage}), coordinatrice)
    dernier = "FAITE" if decalage.nombre < 0 else "REFUSEE"
    assert etats(lot) == ["FAITE", "INCHANGEE", dernier]
    assert motifs(lot)[1] == "Sans date : il n’y a rien à décaler."
    assert relire(fiches)[0].date_fin == attendue
    assert fiches[1].date_fin is None


def test_une_liste_gagne_et_perd_des_elements_sans_etre_remplacee(fiches, coordinatrice):
    fiches[0].themes.add("sante_mentale")
    retouche = Retouche(frozenset({"addictions"}), frozenset({"acces_soins"}))
    ecrire(fiches, Demande(listes={"themes": retouche}), coordinatrice)
    themes = [sorted(f.themes.values_list("pk", flat=True)) for f in fiches]
    assert themes == [["addictions", "sante_mentale"], ["addictions"], ["addictions"]]


def test_les_partenaires_s_ajoutent_par_role(fiches, coordinatrice):
    gardee, neuve = ActeurFactory(), ActeurFactory()
    ActionActeur.objects.create(action=fiches[0], acteur=gardee, role="PARTENAIRE")
    ActionActeur.objects.create(action=fiches[0], acteur=gardee, role="FINANCEUR")
    demande = Demande(
        listes={
            "partenaires": Retouche(frozenset({str(neuve.pk)})),
            "financeurs": Retouche(retirer=frozenset({str(gardee.pk)})),
        }
    )
    ecrire(fiches, demande, coordinatrice)
    liens = set(fiches[0].liens_acteurs.values_list("acteur", "role"))
    assert liens == {(gardee.pk, "PARTENAIRE"), (neuve.pk, "PARTENAIRE")}


def test_un_sous_theme_ajoute_apporte_son_theme(fiches, coordinatrice, sous_theme):
    demande = Demande(listes={"sous_themes": Retouche(frozenset({sous_theme.pk}))})
    ecrire(fiches, demande, coordinatrice)
    assert sous_theme.theme_id in fiches[0].themes.values_list("pk", flat=True)


def test_un_theme_qui_porte_un_sous_theme_ne_part_pas_seul(fiches, coordinatrice, sous_theme):
    fiches[0].themes.add(sous_theme.theme_id)
    fiches[0].sous_themes.add(sous_theme)
    demande = Demande(listes={"themes": Retouche(retirer=frozenset({sous_theme.theme_id}))})
    lot = ecrire(fiches, demande, coordinatrice)
    assert etats(lot)[0] == "REFUSEE"
    assert "sous-thème" in motifs(lot)[0]


def test_une_fiche_changee_depuis_l_apercu_est_laissee(fiches, coordinatrice, pilote):
    lot = prevoir(fiches, Demande(valeurs={"statut": "EN_PAUSE"}), coordinatrice)
    modifier_action(action=fiches[1], valeurs={"titre": "Neuf"}, version=1, par=coordinatrice)
    mettre_a_la_corbeille(action=fiches[2], version=1, par=coordinatrice)
    masse.appliquer(lot=lot, par=coordinatrice)
    assert etats(lot)[:2] == ["FAITE", "CONFLIT"]
    assert motifs(lot)[1].startswith("Coline Coordonne l’a modifiée depuis l’aperçu.")
    fiches[1].refresh_from_db()
    assert (fiches[1].statut, fiches[1].titre) == ("EN_COURS", "Neuf")


def test_confirmer_deux_fois_n_ecrit_qu_une_fois(fiches, coordinatrice):
    lot = ecrire(fiches, Demande(valeurs={"priorite": "BAS"}), coordinatrice)
    masse.appliquer(lot=lot, par=coordinatrice)
    assert [f.version for f in relire(fiches)] == [2, 2, 2]
    with pytest.raises(TransitionRefusee):
        masse.preparer(
            lot=lot, pks=[], demande=Demande(valeurs={"priorite": ""}), par=coordinatrice
        )


def test_un_pilote_ne_change_que_ses_fiches(fiches, action, pilote):
    lot = ecrire([action, *fiches], Demande(valeurs={"statut": "EN_PAUSE"}), pilote)
    assert etats(lot) == ["FAITE", "REFUSEE", "REFUSEE", "REFUSEE"]
    assert motifs(lot)[1].startswith("Vous n’êtes pas pilote de cette fiche")


def test_un_pilote_ne_donne_pas_sa_fiche_a_un_autre(action, pilote):
    autre = ActeurFactory()
    lot = ecrire([action], Demande(valeurs={"pilote": str(autre.pk)}), pilote)
    assert etats(lot) == ["REFUSEE"]
    action.refresh_from_db()
    assert action.pilote_id != autre.pk


@pytest.mark.parametrize("qui", ["voisine", "lectrice", "partenaire", "elue", "agent_ars"])
def test_sans_droit_sur_aucune_fiche_le_lot_est_refuse(fiches, request, qui):
    with pytest.raises(DroitRefuse, match="modifier toutes les actions du plan"):
        prevoir(fiches, Demande(valeurs={"priorite": "BAS"}), request.getfixturevalue(qui))
    assert not Lot.objects.exists()


def test_un_droit_perdu_apres_l_apercu_empeche_d_ecrire(fiches, coordinatrice):
    lot = prevoir(fiches, Demande(valeurs={"priorite": "BAS"}), coordinatrice)
    coordinatrice.participations.all().delete()
    with pytest.raises(DroitRefuse):
        masse.appliquer(lot=lot, par=coordinatrice)


def test_une_demande_vide_ou_contradictoire_est_refusee(fiches, coordinatrice):
    inconnue = str(UtilisateurFactory().pk)
    for demande in (
        Demande(),
        Demande(valeurs={"titre": "Le même partout"}),
        Demande(valeurs={"statut": "EN_VACANCES"}),
        Demande(valeurs={"statut_raison": "Sans statut"}),
        Demande(valeurs={"pilote_personne": inconnue}),
        Demande(valeurs={"date_fin": "2027-01-01"}, decalages={"date_fin": Decalage(1, "jours")}),
        Demande(decalages={"date_fin": Decalage(99999, "mois")}),
        Demande(listes={"themes": Retouche(frozenset({"inconnu"}))}),
        Demande(
            listes={"themes": Retouche(frozenset({"acces_soins"}), frozenset({"acces_soins"}))}
        ),
    ):
        with pytest.raises(DonneesRefusees):
            prevoir(fiches, demande, coordinatrice)
    assert not Lot.objects.exclude(etat=EtatLot.CHOISI).exists()


def test_un_partenaire_efface_entre_l_apercu_et_l_accord_arrete_le_lot(fiches, coordinatrice):
    partenaire = ActeurFactory()
    demande = Demande(listes={"partenaires": Retouche(frozenset({str(partenaire.pk)}))})
    lot = prevoir(fiches, demande, coordinatrice)
    partenaire.delete()
    with pytest.raises(DonneesRefusees, match="n’existent pas"):
        masse.appliquer(lot=lot, par=coordinatrice)
    assert [f.version for f in relire(fiches)] == [1, 1, 1]
