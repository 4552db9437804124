"""Les gestes sur l’arbre : rien ne se perd, les rangs se suivent, seul ce qui bouge est signé."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from contrats.models import Action, Axe, NiveauObjectif, Objectif
from contrats.services import arbre, numerotation
from contrats.services.rangs import charpente_de
from tests.appuis.proprietes import sans_chrono
from tests.factories import ActionFactory, AxeFactory, ObjectifFactory


@pytest.fixture
def plan(contrat):
    """Deux axes, un objectif chacun, quatre fiches."""
    un, deux = AxeFactory(contrat=contrat), AxeFactory(contrat=contrat)
    o_un = ObjectifFactory(axe=un, niveau=NiveauObjectif.STRATEGIQUE)
    o_deux = ObjectifFactory(axe=deux, niveau=NiveauObjectif.OPERATIONNEL)
    fiches = [
        ActionFactory(contrat=contrat, axe=un, titre="a"),
        ActionFactory(contrat=contrat, axe=un, objectif=o_un, titre="b"),
        ActionFactory(contrat=contrat, axe=un, objectif=o_un, titre="c"),
        ActionFactory(contrat=contrat, axe=deux, objectif=o_deux, titre="d"),
    ]
    return {"axes": [un, deux], "objectifs": [o_un, o_deux], "fiches": fiches}


def lecture(contrat):
    genres = {"axe": Axe, "objectif": Objectif, "action": Action}
    return [
        genres[genre].objects.get(pk=noeud.id).titre
        for genre, noeud, _ in charpente_de(contrat).parcourir()
        if genre == "action"
    ]


def verifier(contrat, fiches):
    """Chaque fiche une fois, les rangs de 1 à n sans trou dans l’ordre de lecture."""
    plan = charpente_de(contrat)
    for genre in ("axe", "objectif", "action"):
        lus = [noeud.ordre for g, noeud, _ in plan.parcourir() if g == genre]
        assert lus == list(range(1, len(lus) + 1)), genre
    lues = [noeud.id for g, noeud, _ in plan.parcourir() if g == "action"]
    assert sorted(lues) == sorted(f.pk for f in fiches)
    for action in Action.objects.filter(contrat=contrat).select_related("objectif"):
        if action.objectif:
            assert action.axe_id == action.objectif.axe_id


def test_une_fiche_descend_puis_remonte_et_s_arrete_au_bout(contrat, plan, coordinatrice):
    b = plan["fiches"][1]
    for sens, attendu in ((1, "acbd"), (1, "acbd"), (-1, "abcd"), (-1, "abcd")):
        arbre.decaler(objet=b, sens=sens, version=None, par=coordinatrice)
        assert "".join(lecture(contrat)) == attendu


def test_une_fiche_suit_l_axe_qu_a_maintenant_son_objectif(contrat, plan, coordinatrice):
    un = plan["objectifs"][0]
    lu_avant = Objectif.objects.get(pk=un.pk)
    arbre.deplacer_objectif(
        objectif=un, axe=plan["axes"][1], parent=None, position=0, version=None, par=coordinatrice
    )
    arbre.deplacer_action(
        action=plan["fiches"][0], axe=None, objectif=lu_avant, position=0, version=None,
        par=coordinatrice,
    )  # fmt: skip
    assert Action.objects.get(titre="a").axe == plan["axes"][1]


def test_un_objectif_supprime_entre_temps_n_est_plus_une_place(contrat, plan, coordinatrice):
    vide = ObjectifFactory(axe=plan["axes"][0])
    Objectif.objects.filter(pk=vide.pk).delete()
    with pytest.raises(DonneesRefusees, match="vient d’être supprimé"):
        arbre.deplacer_action(
            action=plan["fiches"][0], axe=None, objectif=vide, position=0, version=None,
            par=coordinatrice,
        )  # fmt: skip


def test_une_fiche_change_d_objectif_et_d_axe_a_la_position_dite(contrat, plan, coordinatrice):
    a, d = plan["fiches"][0], plan["fiches"][3]
    arbre.deplacer_action(
        action=a, axe=None, objectif=plan["objectifs"][1], position=0, version=1, par=coordinatrice
    )
    a.refresh_from_db()
    assert (a.axe, a.objectif, a.version) == (plan["axes"][1], plan["objectifs"][1], 2)
    assert a.modifie_par == coordinatrice
    assert "".join(lecture(contrat)) == "bcad"
    d.refresh_from_db()
    assert d.version == 1


def test_les_voisins_decales_n_entrent_pas_dans_l_historique(contrat, plan, coordinatrice):
    b, c = plan["fiches"][1:3]
    evenements = Action.pgh_event_model.objects
    avant = evenements.filter(pgh_obj_id=c.pk).count()
    arbre.decaler(objet=b, sens=1, version=None, par=coordinatrice)
    assert evenements.filter(pgh_obj_id=c.pk).count() == avant
    assert evenements.filter(pgh_obj_id=b.pk).latest("pgh_id").ordre == 3
    c.titre = "changé"
    c.save()
    assert evenements.filter(pgh_obj_id=c.pk).count() == avant + 1


def test_un_objectif_emmene_ce_qu_il_contient(contrat, plan, coordinatrice):
    arbre.deplacer_objectif(
        objectif=plan["objectifs"][0],
        axe=plan["axes"][1],
        parent=None,
        position=0,
        version=1,
        par=coordinatrice,
    )
    verifier(contrat, plan["fiches"])
    assert "".join(lecture(contrat)) == "abcd"
    assert Action.objects.filter(axe=plan["axes"][1]).count() == 3


def test_un_objectif_ne_va_ni_dans_lui_meme_ni_sous_plus_profond(contrat, plan, coordinatrice):
    strategique, operationnel = plan["objectifs"]
    enfant = ObjectifFactory(axe=plan["axes"][0], parent=strategique)
    commun = {"axe": None, "position": 0, "version": None, "par": coordinatrice}
    with pytest.raises(DonneesRefusees, match="ce qu’il contient"):
        arbre.deplacer_objectif(objectif=strategique, parent=enfant, **commun)
    with pytest.raises(DonneesRefusees, match="ne peut pas contenir"):
        arbre.deplacer_objectif(objectif=strategique, parent=operationnel, **commun)
    with pytest.raises(DonneesRefusees, match="ne peut pas contenir"):
        arbre.modifier_objectif(
            objectif=enfant,
            valeurs={"niveau": NiveauObjectif.STRATEGIQUE},
            version=None,
            par=coordinatrice,
        )


def test_une_place_d_un_autre_contrat_est_refusee(plan, autre_contrat, coordinatrice):
    with pytest.raises(DonneesRefusees, match="même contrat"):
        arbre.deplacer_action(
            action=plan["fiches"][0],
            axe=AxeFactory(contrat=autre_contrat),
            objectif=None,
            position=0,
            version=None,
            par=coordinatrice,
        )


def test_un_geste_sur_une_version_passee_est_refuse(plan, coordinatrice):
    with pytest.raises(ConflitVersion):
        arbre.decaler(objet=plan["fiches"][1], sens=1, version=9, par=coordinatrice)


def test_la_voisine_ne_range_pas_ce_plan(plan, voisine, lectrice):
    for personne in (voisine, lectrice):
        with pytest.raises(DroitRefuse):
            arbre.decaler(objet=plan["axes"][0], sens=1, version=None, par=personne)


def test_un_axe_avec_des_fiches_ne_se_supprime_pas_sans_dire_ou_elles_vont(
    contrat, plan, coordinatrice
):
    un, deux = plan["axes"]
    with pytest.raises(DonneesRefusees, match="Il reste des fiches"):
        arbre.supprimer_niveau(niveau=un, version=1, par=coordinatrice)
    arbre.supprimer_niveau(niveau=un, version=1, par=coordinatrice, vers=deux)
    assert not Axe.objects.filter(pk=un.pk).exists()
    assert not Objectif.objects.filter(pk=plan["objectifs"][0].pk).exists()
    verifier(contrat, plan["fiches"])


def test_renumeroter_ecrit_ce_qui_a_ete_relu_et_rien_d_autre(contrat, plan, coordinatrice):
    proposes = numerotation.numeros_proposes(contrat)
    relue = numerotation.empreinte(proposes)
    arbre.decaler(objet=plan["fiches"][1], sens=1, version=None, par=coordinatrice)
    with pytest.raises(DonneesRefusees, match="a changé depuis"):
        numerotation.renumeroter(contrat=contrat, attendue=relue, par=coordinatrice)
    relue = numerotation.empreinte(numerotation.numeros_proposes(contrat))
    numerotation.renumeroter(contrat=contrat, attendue=relue, par=coordinatrice)
    assert numerotation.numeros_proposes(contrat) == []
    assert Action.objects.get(titre="c").numero == "1.2.1"


GESTES = st.lists(
    st.tuples(
        st.sampled_from(["decaler", "fiche", "objectif", "axe"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(-1, 4),
    ),
    max_size=6,
)


@settings(
    sans_chrono,
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(gestes=GESTES)
def test_aucune_suite_de_gestes_ne_perd_une_fiche(gestes, contrat, plan, coordinatrice):
    """Le plan reste celui de l’essai d’avant : une suite de plus, partie d’un autre état."""
    arbre.deplacer_axe(axe=plan["axes"][0], position=0, version=None, par=coordinatrice)
    for geste, quoi, ou, position in gestes:
        jouer(geste, plan, quoi, ou, position, coordinatrice)
        verifier(contrat, plan["fiches"])


def jouer(geste, plan, quoi, ou, position, par):
    lieux = [(a, None) for a in plan["axes"]] + [(None, o) for o in plan["objectifs"]]
    axe, objectif = lieux[ou]
    commun = {"version": None, "par": par}
    try:
        if geste == "decaler":
            arbre.decaler(objet=plan["fiches"][quoi], sens=1 if position > 1 else -1, **commun)
        elif geste == "fiche":
            fiche = plan["fiches"][quoi]
            arbre.deplacer_action(
                action=fiche, axe=axe, objectif=objectif, position=position, **commun
            )
        elif geste == "objectif":
            arbre.deplacer_objectif(
                objectif=Objectif.objects.get(pk=plan["objectifs"][quoi % 2].pk),
                axe=axe,
                parent=Objectif.objects.get(pk=objectif.pk) if objectif else None,
                position=position,
                **commun,
            )
        else:
            arbre.deplacer_axe(axe=plan["axes"][quoi % 2], position=position, **commun)
    except DonneesRefusees:
        pass
