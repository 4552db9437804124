"""Parties du bilan de Typst : photos, zoom, argent, réunions, décisions, annonces."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bench.planchers import bilan_dessins as dessins
from bench.planchers.bilan_mots import euros, jour, nombre


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
    credit = f"#source[Photo : {texte(texte_du_zoom['photo']['credit'])}]" if image_du_zoom else ""
    return f"#pagebreak()\n== Zoom sur une action\n{image_du_zoom}\n{credit}\n{texte(texte_du_zoom['texte'])}"


def argent(b: Mapping[str, Any]) -> str:
    """Les rubans et le tableau, aux mêmes regroupements que le produit."""
    a = b["argent"]
    if not a:
        return ""
    payeurs = [p["nom"] for p in a["payeurs"]]
    usages = [u["nom"] for u in a["usages"]][:3]
    sommes = {(f["payeur"], f["usage"]): Decimal(f["montant"]) for f in a["flux"]}
    lignes = [_rang(p, [sommes[p, u] for u in usages],
                    sum(v for (q, u), v in sommes.items() if q == p and u not in usages))
              for p in payeurs]  # fmt: skip
    par_usage = [sum(sommes[p, u] for p in payeurs) for u in usages]
    lignes.append(_rang("Ensemble", par_usage, sum(sommes.values()) - sum(par_usage)))
    titres = ", ".join([*(t(u) for u in usages), "[Autres volets]", "[*Ensemble*]"])
    return f"""== Qui finance quoi ?
En {a["annee"]}, {euros(a["total"])} financent les actions du contrat. Plus le ruban est large, plus la somme est grande.
{image(dessins.rubans(a), "Rubans des financeurs aux volets")}
#table(columns: (2fr,) + (1fr,) * {len(usages) + 2}, align: right, table.header([], {titres}), {", ".join(lignes)})
#source({t(f"Source : {a['source']}.")})
Les dépenses de l’année sont de {euros(a["cout_realise"])}, pour {euros(a["cout_prevu"])} prévus. Les partenaires
apportent aussi {euros(a["apports_en_nature"])} en nature : salles, matériel, temps de travail. Le travail de l’année
représente {nombre(a["etp"])} poste à temps plein."""


def _rang(nom: str, sommes: Iterable[Decimal], autres: Decimal | int) -> str:
    cases = [*sommes, Decimal(autres)]
    return ", ".join([t(nom), *(f"[{euros(c)}]" for c in [*cases, sum(cases)])])


def tableau(titres: tuple[str, str], lignes: Iterable[tuple[str, str, str]]) -> str:
    cases = ", ".join(
        f"[*{texte(a)}*], [{texte(b)} \\ #text(9pt, fill: gris, {t(c)})]" for a, b, c in lignes
    )
    return (
        f"#table(columns: (38mm, 1fr), table.header([*{titres[0]}*], [*{titres[1]}*]), {cases})"
        if cases
        else ""
    )


def suivi(b: Mapping[str, Any]) -> Iterable[str]:
    publiques = sum(r["est_publique"] for r in b["rencontres"])
    yield "=== Les réunions de l’année"
    yield f"{len(b['rencontres'])} réunions en {b['annee']}, dont {publiques} ouverte à tous."
    yield tableau(("Date", "Réunion"), ((jour(r["jour"]), r["instance"], _presents(r))
                                        for r in b["rencontres"]))  # fmt: skip
    yield "=== Ce qui a été décidé"
    yield tableau(("Date", "Décision"), ((jour(d["jour"]), d["texte"], d["etat"])
                                         for d in b["decisions"]))  # fmt: skip
    if b["annonces"]:
        lues = b["annonces"]["lignes"]
        yield "== Ce que nous avions annoncé"
        yield (
            f"Sur {len(lues)} annonces du bilan {b['annonces']['annee']}, 1 est faite et 1 est faite en"
            " partie."
        )
        yield tableau(
            (f"Annoncé en {b['annonces']['annee']}", "Ce que c’est devenu"),
            ((a["texte"], a["libelle"], a["explication"]) for a in lues),
        )


def _presents(reunion: Mapping[str, Any]) -> str:
    ouverte = "Ouverte à tous, " if reunion["est_publique"] else ""
    return f"{ouverte}{reunion['organisations']} organisations présentes"
