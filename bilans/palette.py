"""Couleurs du bilan imprimé. Contrastes : blanc sur foncé et foncé sur pâle ≥ 5,6.

Une couleur ne parle jamais seule : une forme et un mot l’accompagnent.
"""

from dataclasses import dataclass

from cls_platform.socle.svg.trace import Palette

ENCRE, GRIS, FILET, BRUME = "#12323f", "#4a5d66", "#b9c8cd", "#e9f0f1"
NUIT, SOLEIL, ONDE, EAU = "#0d3440", "#ffc23c", "#7fd0d6", "#bcd6da"
POLICE = "Atkinson Hyperlegible Next, Rubik, Noto Sans Hebrew, Noto Emoji, DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Teinte:
    """`foncee` porte le titre, `pale` un fond, `forme` la carte du bandeau."""

    foncee: str
    pale: str
    forme: str


VOLETS: dict[str, Teinte] = {
    "sante_mentale": Teinte("#5a3a8c", "#efeaf6", "#7452a8"),
    "acces_soins": Teinte("#00609c", "#e3eff8", "#1c76b0"),
    "prevention": Teinte("#1f6b3a", "#e4f2e8", "#378250"),
    "environnement": Teinte("#556000", "#f0f2da", "#6d7820"),
    "jeunes": Teinte("#a3265c", "#fae6ef", "#b84274"),
    "seniors": Teinte("#8f4300", "#fbebdd", "#a65c1c"),
    "sport_sante": Teinte("#a32a1c", "#fbe7e4", "#b94638"),
    "commun": Teinte("#12495a", "#e3eef1", "#2c6274"),
}

_PAR_THEME: dict[str, str] = {
    "sante_mentale": "sante_mentale",
    "addictions": "sante_mentale",
    "acces_soins": "acces_soins",
    "acces_droits": "acces_soins",
    "parcours": "acces_soins",
    "prevention": "prevention",
    "alimentation": "prevention",
    "sante_environnementale": "environnement",
    "habitat_cadre_vie": "environnement",
    "jeunes": "jeunes",
    "etudiants": "jeunes",
    "petite_enfance": "jeunes",
    "seniors": "seniors",
    "handicap": "seniors",
    "sport_sante": "sport_sante",
    "violences": "sport_sante",
}

# (fond, texte posé dessus, bord)
_ETATS: dict[str, tuple[str, str, str]] = {
    "TERMINEE": ("#14543a", "#fff", ""),
    "EN_COURS": ("#2f7d5b", "#fff", ""),
    "EN_RETARD": ("#c2410c", "#fff", ""),
    "SUSPENDUE": ("#8a6a00", "#fff", ""),
    "A_VENIR": ("#c6d3d7", ENCRE, ""),
    "A_L_ETUDE": ("#fff", ENCRE, "4 3"),
    "ABANDONNEE": ("#fff", ENCRE, "none"),
}


def couleurs_des_volets(themes_par_volet: list[list[str]]) -> list[str]:
    """Une couleur par volet : celle de son thème dominant si elle est libre, sinon la suivante.

    Au-delà de huit volets, les couleurs reviennent.
    """
    prises: list[str] = []
    for themes in themes_par_volet:
        libres = [c for c in VOLETS if c not in prises] or list(VOLETS)
        voulues = [_PAR_THEME[t] for t in themes if t in _PAR_THEME]
        prises.append(next((c for c in voulues if c in libres), libres[0]))
    return prises


def graphique(teinte: Teinte) -> Palette:
    """Attributs des rôles d’une courbe ou de colonnes, dans la couleur du volet."""
    fort, pale = teinte.foncee, teinte.pale
    trait = {"fill": "none", "stroke-linejoin": "round", "stroke-linecap": "round"}
    return Palette(
        {
            "serie": {**trait, "stroke": fort, "stroke-width": "3.5"},
            "provisoire": {
                **trait, "stroke": fort, "stroke-width": "3", "stroke-dasharray": "1 6",
            },
            "cible": {"fill": "none", "stroke": fort, "stroke-width": "2.2",
                      "stroke-dasharray": "6 5"},
            "losange": {"fill": "#fff", "stroke": fort, "stroke-width": "2.5"},
            "disque": {"fill": fort, "stroke": "#fff", "stroke-width": "2"},
            "disque-creux": {"fill": "#fff", "stroke": fort, "stroke-width": "2.5"},
            "aire": {"fill": pale},
            "axe": {"fill": "none", "stroke": ENCRE, "stroke-width": "1.2"},
            "valeur": {"fill": fort},
            "nom-cible": {"fill": fort},
            "annee": {"fill": ENCRE},
            "texte": {"fill": ENCRE},
            "discret": {"fill": GRIS},
            "repere": {"fill": "none", "stroke": GRIS, "stroke-width": "1",
                       "stroke-dasharray": "2 3"},
            "grille": {"fill": "none", "stroke": FILET, "stroke-width": ".7"},
            "comparaison": {"fill": "none", "stroke": GRIS, "stroke-width": "1.5"},
            "carre": {"fill": "#fff", "stroke": GRIS, "stroke-width": "1.5"},
            "colonne": {"fill": fort},
            "colonne-provisoire": {"fill": pale, "stroke": fort, "stroke-width": "1.6"},
            "colonne-visee": {"fill": pale, "stroke": fort, "stroke-width": "1.6",
                              "stroke-dasharray": "5 4"},
            "barre": {"fill": fort},
            "points": {**trait, "stroke": fort, "stroke-width": "4"},
            "trame": {"stroke": fort, "stroke-width": "1"},
            "trame-pleine": {"fill": fort, "stroke": fort, "stroke-width": "1"},
            "trame-claire": {"fill": "#fff", "stroke": fort, "stroke-width": "1"},
            "trame-fond": {"fill": pale},
            "trame-trait": {"fill": "none", "stroke": fort, "stroke-width": "1.4"},
            "cartel": {"fill": "#fff"},
            "sur-pleine": {"fill": "#fff"},
            "sur-trame": {"fill": ENCRE},
        },
        POLICE,
    )  # fmt: skip


def avancement() -> Palette:
    """Attributs de la barre des actions."""
    roles: dict[str, dict[str, str]] = {
        "texte": {"fill": ENCRE},
        "rappel": {"fill": "none", "stroke": GRIS, "stroke-width": ".8"},
    }
    for etat, (fond, dessus, bord) in _ETATS.items():
        contour = {"stroke": GRIS, "stroke-dasharray": bord} if bord else {}
        roles[f"part-{etat}"] = {"fill": fond, **contour}
        roles[f"sur-{etat}"] = {"fill": dessus}
    return Palette(roles, POLICE)


# Un ruban par financeur, du plus grand au plus petit ; le nom et la somme sont écrits à côté
_RUBANS = ("#12495a", "#c88a00", "#6b8e2f", "#00609c", "#8a4aa0", "#8f4300")


def rubans() -> Palette:
    """Attributs des rubans de l’argent : la couleur aide à suivre, elle ne dit rien seule."""
    roles = {
        f"ruban-{rang}": {"fill": couleur, "fill-opacity": ".42"}
        for rang, couleur in enumerate(_RUBANS)
    }
    return Palette({**roles, "noeud": {"fill": ENCRE}, "texte": {"fill": ENCRE}}, POLICE)


def parts_des_payeurs(accent: str, sur_accent: str) -> Palette:
    """Attributs de la barre de qui paie : trois financeurs, puis les autres."""
    parts = ((accent, sur_accent), ("#12495a", "#fff"), ("#c6d3d7", ENCRE), ("#e9f0f1", ENCRE))
    roles: dict[str, dict[str, str]] = {"texte": {"fill": ENCRE}}
    for rang, (fond, dessus) in enumerate(parts):
        roles |= {f"part-{rang}": {"fill": fond}, f"sur-{rang}": {"fill": dessus}}
    return Palette(roles, POLICE)


def territoire(fond: str, bord: str, trait: float) -> Palette:
    """Attributs d’une carte d’une seule couleur ; `trait` en unités du repère."""
    return Palette(
        {
            "contours": {
                "fill": fond, "stroke": bord, "stroke-width": f"{trait:.2f}",
                "stroke-linejoin": "round",
            },
            "etiquette": {"fill": ENCRE},
        },
        POLICE,
    )  # fmt: skip


# La carte et la courbe d’un rapport régional, du plus clair au plus foncé
RAMPE = ("#fff", "#d9e7eb", "#a9c9d2", "#6fa3b1", "#2c6f83", "#0d3440")
SIGNE, PLUSIEURS, PROJET = RAMPE[4], RAMPE[5], RAMPE[1]


def carte_des_etats(unite: float) -> Palette:
    """Attributs d’une carte de couverture ; une trame double chaque couleur. `unite` : en px."""
    bord = {"fill": "#fff", "stroke": GRIS}
    pave = {"stroke": GRIS, "stroke-width": f"{0.6 / unite:g}"}
    return Palette(
        {
            "contours": {"stroke": "#fff", "stroke-width": "1", "stroke-linejoin": "round"},
            "plein": {"fill": SIGNE},
            "aucun": {"fill": "#fff", **pave},
            "motif-hachures-fond": {"fill": PROJET},
            "motif-hachures-trait": {"fill": "none", "stroke": SIGNE, "stroke-width": "1.6"},
            "motif-points-fond": {"fill": SIGNE},
            "motif-points-trait": {"fill": "#fff"},
            "motif-grille-fond": {"fill": PLUSIEURS},
            "motif-grille-trait": {"fill": "none", "stroke": RAMPE[2], "stroke-width": ".8"},
            "marque-disque": {"fill": "#fff", "stroke": ENCRE, "stroke-width": "2"},
            "cartouche": {"fill": "none", "stroke": FILET},
            **{f"rampe-{rang}": {"fill": couleur} for rang, couleur in enumerate(RAMPE)},
            "rampe-0": {"fill": "#fff", **pave},
            "texte": {"fill": ENCRE},
            "discret": {"fill": GRIS},
            "ville": {"fill": ENCRE},
            "ville-mineure": {"fill": ENCRE},
            "echantillon": bord,
        },
        POLICE,
    )


def halo_des_noms() -> Palette:
    """Le contour clair d’un nom posé sur une carte ; le nom se dessine ensuite par-dessus."""
    clair = {"fill": "#fff", "stroke": "#fff", "stroke-width": "3.5", "stroke-linejoin": "round"}
    return Palette({"ville": clair, "ville-mineure": clair}, POLICE)


def escalier() -> Palette:
    """Attributs de la courbe de la couverture : plein pour signé, tirets avec les projets."""
    trait = {"fill": "none", "stroke-linejoin": "round"}
    return Palette(
        {
            "grille": {"fill": "none", "stroke": FILET, "stroke-width": ".7"},
            "axe": {"fill": "none", "stroke": ENCRE, "stroke-width": "1.2"},
            "discret": {"fill": GRIS},
            "aire": {"fill": RAMPE[1]},
            "serie": {**trait, "stroke": RAMPE[5], "stroke-width": "3"},
            "tirets": {
                **trait, "stroke": SIGNE, "stroke-width": "2.2", "stroke-dasharray": "6 4",
            },
            "disque": {"fill": RAMPE[5], "stroke": "#fff", "stroke-width": "2"},
            "disque-creux": {"fill": "#fff", "stroke": SIGNE, "stroke-width": "2.2"},
            "visee": {
                "fill": "none", "stroke": ENCRE, "stroke-width": "1.4", "stroke-dasharray": "2 3",
            },
            "nom-visee": {"fill": ENCRE},
            "nom-serie": {"fill": RAMPE[5]},
            "nom-tirets": {"fill": SIGNE},
            "barre-fond": {"fill": "#e9f0f1"},
            "barre-projet": {"fill": RAMPE[2]},
            "barre-signe": {"fill": RAMPE[5]},
            "barre-cible": {"fill": ENCRE},
            "texte": {"fill": ENCRE},
        },
        POLICE,
    )  # fmt: skip
