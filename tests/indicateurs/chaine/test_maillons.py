"""Ce qui manque à la chaîne : la règle, contre un comptage écrit autrement."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from indicateurs.chaine.affichage import dans_l_arbre, groupes
from indicateurs.chaine.export import ENTETES, lignes
from indicateurs.chaine.filtre import FiltreChaine, filtre_de
from indicateurs.chaine.maillons import (
    ActionLue,
    AxeLu,
    BesoinLu,
    Chaine,
    EffetLu,
    IndicateurLu,
    ObjectifLu,
)
from tests.appuis.proprietes import sans_chrono

AXES, OBJECTIFS, ACTIONS, INDICATEURS, BESOINS = range(1, 6)


def cle(sorte: int, rang: int) -> UUID:
    return UUID(int=sorte * 1000 + rang)


def rangs(sorte: int, nombre: int) -> st.SearchStrategy:
    """Un des `nombre` objets de cette sorte, ou aucun."""
    tous = [cle(sorte, rang) for rang in range(nombre)]
    return st.sampled_from([None, *tous])


@st.composite
def chaines(tirer) -> Chaine:
    """Des plans quelconques : objectifs emboîtés (même en boucle), liens au hasard."""
    axes, objectifs, actions, indicateurs, besoins = (tirer(st.integers(0, 5)) for _ in range(5))
    paires = [
        (cle(ACTIONS, a), cle(INDICATEURS, i)) for a in range(actions) for i in range(indicateurs)
    ]
    liens = tirer(st.frozensets(st.sampled_from(paires))) if paires else frozenset()
    decrits = tirer(st.frozensets(st.sampled_from(sorted(liens)))) if liens else frozenset()
    vises = (
        st.frozensets(st.sampled_from([cle(OBJECTIFS, o) for o in range(objectifs)]))
        if objectifs
        else st.just(frozenset())
    )
    statuts = st.sampled_from(["EN_COURS", "REALISEE", "ABANDONNEE"])
    return Chaine(
        besoins=tuple(
            BesoinLu(pk=cle(BESOINS, n), rang=n + 1, libelle=f"Besoin {n}", objectifs=tirer(vises))
            for n in range(besoins)
        ),
        axes=tuple(AxeLu(pk=cle(AXES, n), nom=f"Axe {n}") for n in range(axes)),
        objectifs=tuple(
            ObjectifLu(
                pk=cle(OBJECTIFS, n),
                axe=tirer(rangs(AXES, axes)),
                parent=tirer(rangs(OBJECTIFS, objectifs)),
                nom=f"Objectif {n}",
            )
            for n in range(objectifs)
        ),
        actions=tuple(
            ActionLue(
                pk=cle(ACTIONS, n),
                axe=tirer(rangs(AXES, axes)),
                objectif=tirer(rangs(OBJECTIFS, objectifs)),
                nom=f"Action {n}",
                statut=tirer(statuts),
            )
            for n in range(actions)
        ),
        indicateurs=tuple(
            IndicateurLu(
                pk=cle(INDICATEURS, n),
                nom=f"Indicateur {n}",
                unite="nombre",
                type=tirer(st.sampled_from(["CONTEXTE", "RESULTAT"])),
                calcul=tirer(st.sampled_from(["SAISIE", "PILOTAGE"])),
            )
            for n in range(indicateurs)
        ),
        liens=liens,
        effets={lien: EffetLu(type="FINAL", confiance="SUPPOSEE") for lien in decrits},
    )  # fmt: skip


@given(chaines())
@sans_chrono
def test_chaque_manque_se_retrouve_par_un_comptage_naif(chaine):
    vivantes = [a for a in chaine.actions if a.statut != "ABANDONNEE"]
    mesurees = {action for action, _ in chaine.liens}
    nourris = {i for a, i in chaine.liens if a in {v.pk for v in vivantes}}
    parents = [o.parent for o in chaine.objectifs]
    assert {b.pk for b in chaine.besoins_sans_objectif} == {
        b.pk for b in chaine.besoins if len(b.objectifs) == 0
    }
    assert {a.pk for a in chaine.actions_sans_indicateur} == {
        a.pk for a in vivantes if a.pk not in mesurees
    }
    assert {i.pk for i in chaine.indicateurs_sans_action} == {
        i.pk
        for i in chaine.indicateurs
        if i.pk not in nourris and i.type == "RESULTAT" and i.calcul == "SAISIE"
    }
    assert {o.pk for o in chaine.objectifs_sans_action} == {
        o.pk
        for o in chaine.objectifs
        if parents.count(o.pk) == 0 and not any(a.objectif == o.pk for a in vivantes)
    }
    assert {(a.pk, i.pk) for a, i in chaine.liens_sans_effet} == {
        (a, i) for a, i in chaine.liens if a in {v.pk for v in vivantes} and (a, i) not in chaine.effets
    }  # fmt: skip


@given(chaines())
@sans_chrono
def test_la_page_montre_chaque_action_et_chaque_mesure_une_fois(chaine):
    montrees = [
        (montree.action.pk, mesure.indicateur.pk)
        for groupe in groupes(chaine, FiltreChaine())
        for bloc in groupe.blocs
        for montree in bloc.actions
        for mesure in montree.mesures
    ]
    actions = [
        montree.action.pk
        for groupe in groupes(chaine, FiltreChaine())
        for bloc in groupe.blocs
        for montree in bloc.actions
    ]
    assert sorted(montrees) == sorted(chaine.liens)
    assert sorted(actions) == sorted(action.pk for action in chaine.actions)
    assert all(len(ligne) == len(ENTETES) for ligne in lignes(groupes(chaine, FiltreChaine())))


@given(chaines())
@sans_chrono
def test_l_arbre_range_chaque_objectif_une_fois_meme_en_boucle(chaine):
    ranges = [objectif.pk for objectif in dans_l_arbre(chaine)]
    assert sorted(ranges) == sorted(objectif.pk for objectif in chaine.objectifs)


def petite(**suite) -> Chaine:
    """Un objectif dans un autre ; le besoin répond au plus haut."""
    haut = ObjectifLu(pk=cle(OBJECTIFS, 0), axe=None, parent=None, nom="1 Haut")
    bas = ObjectifLu(pk=cle(OBJECTIFS, 1), axe=None, parent=haut.pk, nom="1.1 Bas")
    action = ActionLue(
        pk=cle(ACTIONS, 0), axe=None, objectif=bas.pk, nom="Équipe mobile", statut="EN_COURS"
    )
    besoin = BesoinLu(pk=cle(BESOINS, 0), rang=1, libelle="Soins", objectifs=frozenset({haut.pk}))
    tout = {"objectifs": (haut, bas), "actions": (action,), "besoins": (besoin,)}
    return Chaine(**(tout | suite))


def test_repondre_a_un_besoin_vaut_pour_les_sous_objectifs():
    assert not petite().objectifs_sans_besoin
    seul = BesoinLu(pk=cle(BESOINS, 1), rang=1, libelle="Autre")
    assert [o.nom for o in petite(besoins=(seul,)).objectifs_sans_besoin] == ["1.1 Bas"]


def test_sans_aucun_besoin_ecrit_aucun_objectif_n_est_en_faute():
    assert not petite(besoins=()).objectifs_sans_besoin


def test_un_filtre_par_besoin_suit_les_sous_objectifs_et_les_accents_ne_comptent_pas():
    chaine = petite()
    besoin = filtre_de({"besoin": str(cle(BESOINS, 0))}, chaine)
    assert [bloc.objectif.nom for g in groupes(chaine, besoin) for bloc in g.blocs] == ["1.1 Bas"]
    assert groupes(chaine, filtre_de({"recherche": "EQUIPE"}, chaine))
    assert not groupes(chaine, filtre_de({"recherche": "dentiste"}, chaine))


def test_un_filtre_inconnu_ne_filtre_rien():
    chaine = petite()
    assert filtre_de({"axe": "x", "besoin": "y", "effet": "z"}, chaine).est_vide
