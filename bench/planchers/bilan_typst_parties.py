"""Parties du bilan de Typst : photos, zoom, argent, réunions, décisions, annonces."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bench.planchers import bilan_dessins as dessins


def t(texte: str) -> str:
    """Une chaîne Typst : JSON en a la forme, aux échappements Unicode près."""
    return json.dumps(texte, ensure_ascii=False)


def texte(valeur: str) -> str:
    return f"#{t(valeur)}"


def image(source: str, alt: str, largeur: str = "100%") -> str:
    return f"#dessin({t(source)}, {t(alt)}, width: {largeur})"


@cache
def racine() -> Path:
    """Typst lit ses photos dans un dossier ; elles y sont posées une fois."""
    return Path(tempfile.mkdtemp(prefix="cls-typst-"))


def poser(octets: Mapping[str, bytes]) -> None:
    for chemin, contenu in octets.items():
        fichier = racine() / Path(chemin).name
        if not fichier.exists():
            fichier.write_bytes(contenu)


def photo(p: Mapping[str, Any], largeur: str, hauteur: str) -> str:
    """Rognée au cadre, comme dans le produit."""
    return (
        f"#image({t('/' + Path(p['chemin']).name)}, alt: {t(p['alternative'])}, width: {largeur},"
        f' height: {hauteur}, fit: "cover")'
    )


def zoom(b: Mapping[str, Any]) -> str:
    texte_du_zoom = b["textes"]["zoom"]
    if not texte_du_zoom:
        return ""
    image_du_zoom = photo(texte_du_zoom["photo"], "174mm", "98mm") if texte_du_zoom["photo"] else ""
    return f"#pagebreak()\n== Zoom sur une action\n{image_du_zoom}\n{texte(texte_du_zoom['texte'])}"


def argent(b: Mapping[str, Any]) -> str:
    """Les rubans et le tableau, aux mêmes regroupements que le produit."""
    a = b["argent"]
    if not a:
        return ""
    payeurs = [p["nom"] for p in a["payeurs"]]
    usages = [u["nom"] for u in a["usages"]][:4]
    sommes = {(f["payeur"], f["usage"]): float(f["montant"]) for f in a["flux"]}
    lignes = []
    for p in payeurs:
        autres = sum(v for (q, u), v in sommes.items() if q == p and u not in usages)
        cases = [sommes[p, u] for u in usages] + [autres]
        lignes.append(", ".join([t(p), *(f"[{c:.0f} €]" for c in [*cases, sum(cases)])]))
    titres = ", ".join([*(t(u) for u in usages), "[Autres volets]", "[*Ensemble*]"])
    totaux = ", ".join("[0 €]" for _ in range(len(usages) + 2))
    return f"""== Qui finance quoi ?
{image(dessins.rubans(a), "Rubans des financeurs aux volets")}
#table(columns: (2fr,) + (1fr,) * {len(usages) + 2}, table.header([], {titres}), {", ".join(lignes)},
 [*Ensemble*], {totaux})
#source({t(a["source"])})"""


def tableau(titres: tuple[str, str], lignes: Iterable[tuple[str, str]]) -> str:
    cases = ", ".join(f"[*{texte(a)}*], {t(b)}" for a, b in lignes)
    return (
        f"#table(columns: (38mm, 1fr), table.header([*{titres[0]}*], [*{titres[1]}*]), {cases})"
        if cases
        else ""
    )


def suivi(b: Mapping[str, Any]) -> Iterable[str]:
    yield "=== Les réunions de l’année"
    yield tableau(
        ("Date", "Réunion"),
        ((str(r["jour"]), f"{r['instance']} {r['titre']}") for r in b["rencontres"]),
    )
    yield "=== Ce qui a été décidé"
    yield tableau(("Date", "Décision"), ((str(d["jour"]), d["texte"]) for d in b["decisions"]))
    if b["annonces"]:
        lues = b["annonces"]["lignes"]
        yield "== Ce que nous avions annoncé"
        yield tableau(
            ("Annoncé", "Devenu"),
            ((a["texte"], f"{a['libelle']} {a['explication']}") for a in lues),
        )
