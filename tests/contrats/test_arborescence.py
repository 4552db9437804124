"""L’arbre du plan, sans base : rangement, moyennes, filtres."""

from contrats.arborescence import arbre, moyenne, repartition_des_statuts

AXES = [{"id": "a", "numero": "1", "titre": "Un"}, {"id": "b", "numero": "2", "titre": "Deux"}]


def fiche(cle, axe=None, objectif=None, statut="EN_COURS", avancement=0.0):
    return {
        "id": cle,
        "axe_id": axe,
        "objectif_id": objectif,
        "statut_affiche": statut,
        "avancement": avancement,
    }


def objectif(cle, axe, parent=None):
    return {"id": cle, "axe_id": axe, "parent_id": parent, "numero": cle, "titre": cle}


def test_un_objectif_garde_ses_enfants_dessous_a_toute_profondeur():
    objectifs = [objectif("x", "a"), objectif("y", "a", "x"), objectif("z", "a", "y")]
    (groupe,) = arbre(AXES, objectifs, [fiche("f", "a", "z")], entier=False)
    assert [(b.objectif["id"], b.niveau) for b in groupe.branches] == [("z", 3)]


def test_sans_filtre_les_axes_vides_restent():
    assert [g.axe["id"] for g in arbre(AXES, [], [fiche("f", "a")], entier=True)] == ["a", "b"]


def test_avec_un_filtre_les_axes_vides_disparaissent():
    assert [g.axe["id"] for g in arbre(AXES, [], [fiche("f", "a")], entier=False)] == ["a"]


def test_une_fiche_dont_l_objectif_est_ailleurs_va_sous_son_axe():
    (groupe,) = arbre(AXES, [], [fiche("f", "a", "inconnu")], entier=False)
    assert groupe.nombre == 1


def test_une_action_abandonnee_ne_pese_pas_sur_la_moyenne():
    fiches = [
        fiche("f", avancement=1.0),
        fiche("g", avancement=0.5),
        fiche("h", statut="ABANDONNEE", avancement=0.0),
    ]
    assert moyenne(fiches) == 0.75
    assert moyenne([fiches[2]]) == 0.0


def test_la_repartition_garde_l_ordre_de_la_barre_et_tait_les_zeros():
    parts = repartition_des_statuts([fiche("f", statut="BLOQUEE"), fiche("g", statut="REALISEE")])
    assert [(p.code, p.mot, p.effectif) for p in parts.segments] == [
        ("REALISEE", "réalisée", 1),
        ("BLOQUEE", "bloquée", 1),
    ]
