from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from bilans.etats_publics import EtatPublic
from bilans.instantane import Instantane, depuis_json
from bilans.models import CodeSection
from bilans.rapport import construire, sigles_a_expliquer
from bilans.rapport.construction import nom_developpe
from contrats.etats import StatutAction
from contrats.models import Action, Contrat, RoleActeur, RolePartie
from indicateurs.models import Agregation, Qualite
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    AxeFactory,
    BilanFactory,
    IndicateurFactory,
    MesureFactory,
    PartieFactory,
    SectionBilanFactory,
)

LE = date(2026, 3, 1)


def lire(contrat: Contrat, annee: int = 2025) -> Instantane:
    return construire(BilanFactory(contrat=contrat, annee=annee), arrete_le=LE)


def test_les_comptes_sont_ceux_d_un_calcul_a_la_main(contrat: Contrat) -> None:
    for rang, statut in enumerate([*StatutAction.values, *StatutAction.values[:4]]):
        axe = AxeFactory(contrat=contrat) if rang % 5 == 0 else None
        fin = date(2025, 6, 1) if rang % 2 else date(2027, 1, 1)
        ActionFactory(contrat=contrat, axe=axe, statut=statut, date_fin=fin)
    ActionFactory(contrat=contrat, interne=True)
    bilan = lire(contrat)

    def public(action: Action) -> EtatPublic:
        en_retard = action.statut in {"A_VENIR", "EN_COURS"} and action.date_fin < LE
        return {
            "A_DISCUTER": EtatPublic.A_L_ETUDE, "A_VENIR": EtatPublic.A_VENIR,
            "REPORTEE": EtatPublic.A_VENIR, "EN_COURS": EtatPublic.EN_COURS,
            "EN_RETARD": EtatPublic.EN_RETARD, "EN_PAUSE": EtatPublic.SUSPENDUE,
            "BLOQUEE": EtatPublic.SUSPENDUE, "REALISEE": EtatPublic.TERMINEE,
            "REALISEE_PARTIELLEMENT": EtatPublic.TERMINEE, "ABANDONNEE": EtatPublic.ABANDONNEE,
        }["EN_RETARD" if en_retard else action.statut]  # fmt: skip

    a_la_main = Counter(public(a) for a in contrat.actions.all() if a.est_publique)
    assert {etat: n for etat, n in bilan.comptes.items() if n} == dict(a_la_main)
    par_axe = Counter(a.axe_id for a in contrat.actions.all() if a.est_publique)
    assert sorted(len(v.actions) for v in bilan.volets) == sorted(par_axe.values())


def test_le_territoire_est_celui_du_jour_et_sa_population_la_somme(contrat: Contrat) -> None:
    sortie = contrat.perimetres.get(commune="29020")
    sortie.date_sortie = date(2025, 1, 1)
    sortie.save()
    territoire = lire(contrat).territoire
    restantes = [p.commune for p in contrat.perimetres.all() if p.commune_id != "29020"]
    assert territoire.population == sum(c.population for c in restantes)
    assert set(territoire.communes) == {c.nom for c in restantes}
    assert territoire.communes.index("Edern") < territoire.communes.index("Ergué-Gabéric")
    assert territoire.intercommunalites == ("Quimper Bretagne Occidentale",)


def test_la_carte_est_dessinee_une_fois_par_territoire(contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat)
    avec = construire(bilan, arrete_le=LE)
    assert avec.carte is not None
    assert {forme.nom for forme in avec.carte.formes} == set(avec.territoire.communes)
    assert construire(bilan, arrete_le=LE).carte is avec.carte
    assert construire(bilan, arrete_le=LE, avec_carte=False) == replace(avec, carte=None)


def test_une_action_est_racontee_avec_ses_partenaires_et_ce_qui_est_compte(
    contrat: Contrat, action: Action
) -> None:
    for nom in ("Zèbre", "Étoile"):
        ActionActeurFactory(action=action, acteur=ActeurFactory(nom=nom))
    pilote_aussi = ActionActeurFactory(action=action, acteur=action.pilote)
    ActionActeurFactory(
        action=action, acteur=ActeurFactory(nom="Élue"), role=RoleActeur.ELU_REFERENT
    )
    mesure = MesureFactory(
        indicateur=IndicateurFactory(
            contrat=contrat, actions=[action], libelle_public="Personnes accueillies"
        ),
        valeur=212,
    )
    (volet,) = lire(contrat).volets
    (racontee,) = volet.actions
    assert racontee.en_avant
    assert racontee.partenaires == (pilote_aussi.acteur.nom, "Étoile", "Zèbre")
    assert racontee.fait == "212\u00a0personnes accueillies en 2025"
    assert volet.indicateurs[0].serie.libelle == mesure.indicateur.libelle_public


def test_trois_actions_au_plus_sont_racontees_par_volet(contrat: Contrat) -> None:
    axe = AxeFactory(contrat=contrat)
    ActionFactory.create_batch(4, contrat=contrat, axe=axe, a_venir=True)
    faite = ActionFactory(contrat=contrat, axe=axe, realisee=True)
    sans_texte = ActionFactory(contrat=contrat, axe=axe, realisee=True, resume_public="")
    (volet,) = lire(contrat).volets
    en_avant = {a.numero for a in volet.actions if a.en_avant}
    assert len(en_avant) == 3
    assert faite.numero in en_avant
    assert sans_texte.numero not in en_avant


def test_ce_qui_est_interne_n_entre_pas_dans_le_bilan(contrat: Contrat) -> None:
    axe = AxeFactory(contrat=contrat)
    ActionFactory(contrat=contrat, axe=axe, interne=True, titre="Action cachée")
    ActionFactory(contrat=contrat, axe=axe, description="Note interne")
    cache = IndicateurFactory(contrat=contrat, axe=axe, interne=True, libelle_public="Caché")
    MesureFactory(indicateur=cache, commentaire="Commentaire interne")
    texte = lire(contrat).vers_json()
    for interdit in ("Action cachée", "Note interne", "Caché", "Commentaire interne"):
        assert interdit not in texte


@pytest.mark.parametrize(
    ("agregation", "attendue"),
    [
        (Agregation.SOMME, Decimal(60)),
        (Agregation.MOYENNE, Decimal(20)),
        (Agregation.DERNIERE_VALEUR, Decimal(35)),
        (Agregation.NON_AGREGABLE, Decimal(35)),
    ],
)
def test_les_mesures_d_une_annee_suivent_l_agregation(
    contrat: Contrat, agregation: str, attendue: Decimal
) -> None:
    indicateur = IndicateurFactory(contrat=contrat, agregation=agregation, unite="jours")
    for mois, valeur in ((1, 10), (2, 15), (3, 35)):
        MesureFactory(
            indicateur=indicateur, valeur=valeur, periode_debut=date(2025, mois, 1),
            periode_fin=date(2025, mois, 28),
        )  # fmt: skip
    MesureFactory(indicateur=indicateur, annee=2026, valeur=999)
    serie = lire(contrat).volets[0].indicateurs[0].serie
    assert [(r.annee, r.valeur) for r in serie.releves] == [(2025, attendue)]


def test_un_rapport_se_recalcule_sur_les_sommes(contrat: Contrat) -> None:
    indicateur = IndicateurFactory(contrat=contrat, ratio=True)
    for mois, haut, bas in ((1, 10, 40), (2, 60, 80)):
        MesureFactory(
            indicateur=indicateur, valeur=Decimal(haut) / bas * 100, numerateur=haut,
            denominateur=bas, periode_debut=date(2025, mois, 1), periode_fin=date(2025, mois, 28),
        )  # fmt: skip
    (releve,) = lire(contrat).volets[0].indicateurs[0].serie.releves
    assert releve.valeur == (Decimal(70) / 120 * 100).quantize(Decimal("0.0001"))
    assert (releve.numerateur, releve.denominateur) == (70, 120)


def test_un_petit_effectif_n_entre_nulle_part_dans_l_instantane(contrat: Contrat) -> None:
    indicateur = IndicateurFactory(contrat=contrat, unite="personnes", cible=None)
    MesureFactory(indicateur=indicateur, valeur=Decimal("3.0000"))
    indicateur_lu = lire(contrat).volets[0].indicateurs[0]
    (releve,) = indicateur_lu.serie.releves
    assert (releve.valeur, releve.qualite) == (None, Qualite.SECRET_STATISTIQUE)
    assert "moins de\u00a05" in indicateur_lu.titre


def test_le_premier_chiffre_est_le_plus_grand_compte_de_personnes(contrat: Contrat) -> None:
    axe = AxeFactory(contrat=contrat)
    ActionFactory(contrat=contrat, axe=axe)
    for libelle, valeur in (("Personnes formées", 40), ("Personnes accueillies", 1264)):
        MesureFactory(
            indicateur=IndicateurFactory(contrat=contrat, axe=axe, libelle_public=libelle),
            valeur=valeur,
        )
    chiffres = lire(contrat).chiffres
    assert chiffres[0].valeur == "1\u202f264"
    assert chiffres[0].intitule == "personnes accueillies"
    assert chiffres[1].intitule == "action dans le contrat"
    assert len(chiffres) <= 5
    assert all(c.source for c in chiffres)


def test_signataires_et_partenaires_ne_se_repetent_pas(contrat: Contrat, action: Action) -> None:
    signataire = ActeurFactory(nom="Deux rôles", cpts=True)
    PartieFactory(contrat=contrat, acteur=signataire)
    PartieFactory(contrat=contrat, acteur=signataire, role=RolePartie.FINANCEUR)
    PartieFactory(contrat=contrat, acteur=ActeurFactory(nom="Appui"), role=RolePartie.PARTENAIRE)
    ActionActeurFactory(action=action, acteur=signataire)
    bilan = lire(contrat)
    signes = [nom for famille in bilan.signataires for nom in famille.noms]
    autres = [nom for famille in bilan.partenaires for nom in famille.noms]
    assert signes.count("Deux rôles") == 1
    assert "Deux rôles" not in autres
    assert {"Appui", action.pilote.nom} <= set(autres)
    assert bilan.enseignes[0] == bilan.contrat.porteur


def test_l_annee_d_avant_vient_du_bilan_publie(contrat: Contrat, action: Action) -> None:
    BilanFactory(contrat=contrat, annee=2024, publie=True)
    action.statut = StatutAction.REALISEE
    action.save()
    bilan = lire(contrat)
    assert bilan.precedent is not None
    assert bilan.precedent.annee == 2024
    assert bilan.precedent.comptes[EtatPublic.EN_COURS] == 1
    assert bilan.comptes[EtatPublic.TERMINEE] == 1


def test_sans_bilan_publie_l_annee_d_avant_vient_de_l_historique(contrat: Contrat) -> None:
    ancienne = datetime(2024, 5, 2, 9, tzinfo=UTC)
    action = ActionFactory(contrat=contrat, a_venir=True, modifie_le=ancienne)
    action.statut, action.modifie_le = StatutAction.EN_COURS, timezone.now()
    action.save()
    ActionFactory(contrat=contrat, modifie_le=timezone.now())
    precedent = lire(contrat).precedent
    assert precedent is not None
    assert {e: n for e, n in precedent.comptes.items() if n} == {EtatPublic.A_VENIR: 1}


def test_sans_rien_l_an_passe_il_n_y_a_pas_de_comparaison(contrat: Contrat) -> None:
    ActionFactory(contrat=contrat)
    assert lire(contrat).precedent is None


def test_un_contrat_vide_donne_un_bilan(contrat: Contrat) -> None:
    contrat.parties.all().delete()
    contrat.perimetres.all().delete()
    bilan = lire(contrat)
    assert bilan.volets == bilan.signataires == bilan.chiffres == ()
    assert bilan.territoire.population is None
    assert [m.terme for m in bilan.mots][:1] == ["Agence régionale de santé"]


def test_les_textes_et_les_sigles_du_bilan(contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat)
    SectionBilanFactory(bilan=bilan, texte="Avec l’ARS et la CPTS.")
    SectionBilanFactory(bilan=bilan, code=CodeSection.DIFFICULTES, texte="  ")
    instantane = construire(bilan, arrete_le=LE)
    assert instantane.textes.edito is not None
    assert instantane.textes.difficultes is None
    sigles = {m.sigle for m in instantane.mots}
    assert {"ARS", "CPTS"} <= sigles
    assert not sigles_a_expliquer(bilan, arrete_le=LE).inconnus


def test_un_sigle_inconnu_est_signale(contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat)
    SectionBilanFactory(bilan=bilan, texte="Le ZYX est ouvert.")
    sigles = sigles_a_expliquer(bilan, arrete_le=LE)
    assert sigles.inconnus == ("ZYX",)
    assert sigles.bloquent


def test_l_adresse_publique_est_stable(contrat: Contrat) -> None:
    assert lire(contrat).adresse_publique == (
        "https://cls.exemple.fr/bilans/essai-cornouaille/2025/"
    )


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("CLS de l’Est", "Contrat local de santé de l’Est"),
        ("Contrat local de santé d’Armel", "Contrat local de santé d’Armel"),
        ("Rives d’Armel", "Contrat local de santé – Rives d’Armel"),
    ],
)
def test_le_nom_du_contrat_s_ecrit_sans_sigle(nom: str, attendu: str) -> None:
    assert nom_developpe(nom) == attendu


def test_l_instantane_lu_revient_egal_du_json(contrat: Contrat, action: Action) -> None:
    MesureFactory(indicateur=IndicateurFactory(contrat=contrat, actions=[action]))
    bilan = lire(contrat)
    assert depuis_json(bilan.vers_json()) == bilan
