"""Le schéma OpenAPI, rangé pour être lu : ressources, opérations, champs. Sans JavaScript."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
METHODES = ("get", "post", "patch", "delete")
TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "true ou false",
    "array": "liste",
    "object": "objet",
}
FORMATS = {"date": "date", "date-time": "moment", "uuid": "identifiant", "decimal": "décimal"}


@dataclass(frozen=True, slots=True)
class Champ:
    nom: str
    forme: str
    aide: str
    valeurs: list[str]
    est_requis: bool


@dataclass(frozen=True, slots=True)
class Operation:
    ancre: str
    methode: str
    chemin: str
    resume: str
    aide: str
    parametres: list[Champ]
    corps: list[Champ]
    exemples: list[tuple[str, str]]
    reponse: list[Champ]
    erreurs: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Famille:
    """Une ressource et ce que l’on peut en faire."""

    nom: str
    operations: list[Operation]


def familles(schema: Schema) -> list[Famille]:
    par_nom: dict[str, list[Operation]] = {}
    for chemin, operations in schema["paths"].items():
        for methode in METHODES:
            if brute := operations.get(methode):
                operation = _operation(schema, chemin, methode, brute)
                par_nom.setdefault(brute["tags"][0], []).append(operation)
    return [Famille(nom, operations) for nom, operations in sorted(par_nom.items())]


def _operation(schema: Schema, chemin: str, methode: str, brute: Schema) -> Operation:
    reponses = brute["responses"]
    reussie: Schema = next((r for code, r in reponses.items() if code.startswith("2")), {})
    return Operation(
        ancre=brute["operationId"],
        methode=methode.upper(),
        chemin=chemin,
        resume=brute.get("summary", ""),
        aide=brute.get("description", ""),
        parametres=[_parametre(schema, p) for p in brute.get("parameters", ())],
        corps=list(_champs(schema, _contenu(brute.get("requestBody", {})))),
        exemples=list(_exemples(brute.get("requestBody", {}))),
        reponse=list(_champs(schema, _element(schema, _contenu(reussie)), saisie=False)),
        erreurs=[(c, r["description"]) for c, r in reponses.items() if c >= "400"],
    )


def _parametre(schema: Schema, brut: Schema) -> Champ:
    return _champ(
        schema,
        brut["name"],
        {**brut["schema"], "description": brut.get("description", "")},
        requis=brut.get("required", False),
    )


def _json(message: Schema) -> Schema:
    return message.get("content", {}).get("application/json", {})


def _contenu(message: Schema) -> Schema:
    return _json(message).get("schema", {})


def _exemples(message: Schema) -> Iterator[tuple[str, str]]:
    """Ce que dit un exemple de corps, et le corps tel qu’il s’envoie."""
    for exemple in _json(message).get("examples", {}).values():
        ecrit = json.dumps(exemple["value"], ensure_ascii=False, indent=2)
        yield exemple.get("summary", ""), ecrit


def _element(schema: Schema, racine: Schema) -> Schema:
    """D’une page, ce qu’est une ligne ; sinon l’objet lui-même."""
    resolu = _resoudre(schema, racine)
    lignes = resolu.get("properties", {}).get("results")
    return lignes["items"] if lignes else resolu


def _champs(schema: Schema, racine: Schema, *, saisie: bool = True) -> Iterator[Champ]:
    """Les champs d’un objet ; « requis » ne se dit que de ce que l’on envoie."""
    objet = _resoudre(schema, racine)
    requis = objet.get("required", ())
    for nom, propriete in objet.get("properties", {}).items():
        yield _champ(schema, nom, propriete, requis=saisie and nom in requis)


def _champ(schema: Schema, nom: str, propriete: Schema, *, requis: bool) -> Champ:
    resolue = _resoudre(schema, propriete)
    valeurs = resolue.get("enum") or _resoudre(schema, resolue.get("items", {})).get("enum") or []
    aide = propriete.get("description") or resolue.get("title", "")
    return Champ(
        nom=nom,
        forme=_forme(resolue),
        aide=aide.split("\n\n* ")[0].removeprefix("* `").split("` - ")[0] if aide else "",
        valeurs=[str(valeur) for valeur in valeurs if valeur is not None and valeur != ""],
        est_requis=requis,
    )


def _forme(resolue: Schema) -> str:
    types = resolue.get("type", "object")
    seuls = [types] if isinstance(types, str) else [t for t in types if t != "null"]
    nom = FORMATS.get(resolue.get("format", "")) or TYPES.get(seuls[0] if seuls else "", "objet")
    return f"{nom} ou null" if not isinstance(types, str) and "null" in types else nom


def _resoudre(schema: Schema, noeud: Schema) -> Schema:
    """Suit `$ref`, et prend la première branche de `oneOf` et de `allOf`."""
    for cle in ("oneOf", "allOf", "anyOf"):
        if cle in noeud:
            return {
                **_resoudre(schema, noeud[cle][0]),
                **{k: v for k, v in noeud.items() if k != cle},
            }
    if reference := noeud.get("$ref"):
        return _resoudre(schema, schema["components"]["schemas"][reference.rsplit("/", 1)[1]])
    return noeud
