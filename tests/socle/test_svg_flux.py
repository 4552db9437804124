"""Le dessin des flux : rien ne se chevauche, tout tient, et les largeurs disent les montants."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from cls_platform.socle.svg import flux
from cls_platform.socle.svg.flux import Flux, Lien, Noeud
from cls_platform.socle.svg.metriques import largeur
from tests.appuis.proprietes import sans_chrono

NOMS = ("ARS, fonds d’intervention régional (FIR)", "CAF", "Politique de la ville (BOP 147)", "MSA")


def faire(valeurs: dict[tuple[int, int], Decimal], taille: int = 720) -> Flux:
    rangs = range(12)
    return Flux(
        titre="Qui finance quoi", description="Des financeurs vers les axes.", largeur=taille,
        gauche=tuple(Noeud(cle=f"f{n}", nom=f"{NOMS[n % 4]} {n}") for n in rangs),
        droite=tuple(
            Noeud(cle=f"a{n}", nom=f"Axe {n}. Accéder aux soins, du continent aux îles")
            for n in rangs
        ),
        liens=tuple(Lien(de=f"f{d}", vers=f"a{v}", valeur=m) for (d, v), m in valeurs.items()),
    )  # fmt: skip


VALEURS = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)),
    st.decimals(min_value=0, max_value=10**9, places=2),
    max_size=40,
)


def lire(image: str) -> ET.Element:
    assert not re.search(r"\b(nan|inf)\b", image, re.IGNORECASE)
    return ET.fromstring(image)  # noqa: S314  (image produite par le code testé)


def boites(racine: ET.Element) -> list[tuple[float, float, float, float]]:
    trouvees = []
    for noeud in racine.iter("text"):
        taille, graisse = float(noeud.get("font-size")), int(noeud.get("font-weight", "400"))
        large = largeur(noeud.text or "", taille, graisse)
        gauche = float(noeud.get("x")) - (large if noeud.get("text-anchor") == "end" else 0)
        y = float(noeud.get("y"))
        trouvees.append((gauche, y - taille * 0.75, gauche + large, y))
    return trouvees


@sans_chrono
@given(VALEURS, st.sampled_from([328, 720]))
def test_les_etiquettes_tiennent_et_ne_se_touchent_jamais(valeurs, taille):
    image = flux.dessiner(faire(valeurs, taille))
    if not any(valeurs.values()):
        assert image == ""
        return
    racine = lire(image)
    haut = float(racine.get("height"))
    places = boites(racine)
    for rang, (x1, y1, x2, y2) in enumerate(places):
        assert x1 >= -0.5
        assert x2 <= taille + 0.5
        assert y1 >= -0.5
        assert y2 <= haut + 0.5
        for a1, b1, a2, b2 in places[rang + 1 :]:
            assert x2 <= a1 or a2 <= x1 or y2 <= b1 + 0.1 or b2 <= y1 + 0.1


@sans_chrono
@given(VALEURS)
def test_six_noeuds_au_plus_et_pas_un_euro_perdu(valeurs):
    reduit = flux.regrouper(faire(valeurs))
    assert len(reduit.gauche) <= 6
    assert len(reduit.droite) <= 6
    assert sum(li.valeur for li in reduit.liens) == sum(valeurs.values())
    connus = {n.cle for n in reduit.gauche}, {n.cle for n in reduit.droite}
    assert {li.de for li in reduit.liens} == connus[0]
    assert {li.vers for li in reduit.liens} == connus[1]


def test_les_plus_petits_se_rangent_sous_autres():
    reduit = flux.regrouper(faire({(n, 0): Decimal(100 - n) for n in range(8)}))
    assert [n.cle for n in reduit.gauche] == ["f0", "f1", "f2", "f3", "f4", "autres"]
    assert reduit.gauche[-1].nom == "Autres"


def test_l_epaisseur_d_un_ruban_est_proportionnelle_au_montant():
    racine = lire(flux.dessiner(faire({(0, 0): Decimal(3000), (0, 1): Decimal(1000)})))
    epaisseurs = [
        float(depart) - float(re.match(r"M\S+ (\S+?)C", p.get("d"))[1])
        for p in racine.iter("path")
        for depart in [re.search(r"(\S+)Z$", p.get("d"))[1]]
    ]
    assert [round(e) for e in epaisseurs] == [180, 60]


def test_l_image_est_nommee_et_chaque_ruban_dit_son_montant():
    racine = lire(flux.dessiner(faire({(0, 0): Decimal(12500)})))
    assert racine.get("role") == "img"
    assert racine.find("title").text == "Qui finance quoi"
    assert racine.find("desc").text == "Des financeurs vers les axes."
    assert racine.find("path/title").text.endswith("12\u202f500\u00a0€")


def test_un_nom_hostile_reste_du_texte():
    spec = Flux(
        titre="T", description="D", gauche=(Noeud(cle="f", nom="<script>alert(1)</script>"),),
        droite=(Noeud(cle="a", nom='" onload="x'),),
        liens=(Lien(de="f", vers="a", valeur=Decimal(1)),),
    )  # fmt: skip
    assert "<script" not in flux.dessiner(spec)
    lire(flux.dessiner(spec))
