"""Le SQL de la recherche : ce qu’un déclencheur range dans l’index quand une fiche change.

La configuration « french » est celle de PostgreSQL ; le texte y entre par `cle_tri`, donc sans
accents : la question et la fiche passent par la même porte. Chaque champ donne ses 20 000 premiers
caractères : un vecteur est limité à un mégaoctet.
"""

import pgtrigger

TITRES = ("numero", "titre")
RESUMES = ("resume_public",)
TEXTES_INTERNES = (
    "contexte",
    "description",
    "resultats_attendus",
    "objectif_general",
    "objectifs_operationnels",
    "modalites_evaluation",
    "moyens",
    "freins",
    "leviers",
)
NOMS_INTERNES = ("services_pilotes", "pilote_nom", "elu_referent")
LONGUEUR = 20_000


def _vecteur(champs: tuple[str, ...], poids: str) -> str:
    textes = ", ".join(f"left(a.{champ}, {LONGUEUR})" for champ in champs)
    return (
        f"setweight(to_tsvector('french'::regconfig, cle_tri(concat_ws(' ', {textes}))), '{poids}')"
    )


# Un tableau et non un OU : l’index des organisations sert, au lieu de les lire toutes
NOMS_DES_ORGANISATIONS = """(
    SELECT string_agg(o.nom || ' ' || o.nom_court, ' ') FROM acteurs_acteur o
    WHERE o.id = ANY (a.pilote_id || ARRAY(
        SELECT l.acteur_id FROM contrats_actionacteur l WHERE l.action_id = a.id
    ))
)"""
ORGANISATIONS = f"""setweight(to_tsvector('french'::regconfig, cle_tri(coalesce({
    NOMS_DES_ORGANISATIONS
}, ''))), 'C')"""
NOM_DE_LA_PERSONNE = """(
    SELECT u.prenom || ' ' || u.nom FROM acteurs_utilisateur u WHERE u.id = a.pilote_personne_id
)"""
PERSONNE = f"""setweight(to_tsvector('french'::regconfig, cle_tri(coalesce({
    NOM_DE_LA_PERSONNE
}, ''))), 'C')"""
PUBLICS = f"{_vecteur(TITRES, 'A')} || {_vecteur(RESUMES, 'B')} || {ORGANISATIONS}"
INTERNES = f"{_vecteur(TEXTES_INTERNES, 'D')} || {_vecteur(NOMS_INTERNES, 'C')} || {PERSONNE}"
# OFFSET 0 : sans lui, les mots publics seraient calculés deux fois
LIGNES = (
    f"SELECT a.id AS action_id, p.mots AS publics, p.mots || {INTERNES} AS internes"  # noqa: S608  # que des constantes d’ici
    f" FROM contrats_action a CROSS JOIN LATERAL (SELECT {PUBLICS} AS mots OFFSET 0) p"
)
# Pour toutes les fiches à la fois : les noms sont réunis d’abord dans une table, pour que les mots
# se calculent ensuite sur plusieurs processeurs ; `reste` est à joindre aux mots publics
NOMS_PAR_FICHE = """
SELECT x.action_id, string_agg(o.nom || ' ' || o.nom_court, ' ' ORDER BY o.id) AS noms
FROM (SELECT id AS action_id, pilote_id AS acteur_id FROM contrats_action
      UNION SELECT action_id, acteur_id FROM contrats_actionacteur) x
JOIN acteurs_acteur o ON o.id = x.acteur_id GROUP BY x.action_id
"""
TOUTES_LES_LIGNES = f"""
SELECT a.id AS action_id, {PUBLICS.replace(NOMS_DES_ORGANISATIONS, "g.noms")} AS publics,
    {INTERNES.replace(NOM_DE_LA_PERSONNE, "u.prenom || ' ' || u.nom")} AS reste
FROM contrats_action a
LEFT JOIN acteurs_utilisateur u ON u.id = a.pilote_personne_id
LEFT JOIN noms_par_fiche g ON g.action_id = a.id
"""  # noqa: S608  # que des constantes d’ici


def _ranger(lesquelles: str) -> str:
    return f"""
INSERT INTO contrats_rechercheaction (action_id, publics, internes) {LIGNES} WHERE {lesquelles}
ON CONFLICT (action_id) DO UPDATE SET publics = EXCLUDED.publics, internes = EXCLUDED.internes;
"""


RANGER_LA_FICHE = f"{_ranger('a.id = NEW.id')}RETURN NULL;\n"
# Paramètre : les identifiants des fiches
RANGER_LES_FICHES = _ranger("a.id = ANY (%s)")


def _rafraichir(lesquelles: str) -> str:
    """Ne crée pas de ligne : la fiche que l’on efface a déjà perdu la sienne."""
    return f"""
UPDATE contrats_rechercheaction r SET publics = n.publics, internes = n.internes
FROM ({LIGNES} WHERE {lesquelles}) n WHERE r.action_id = n.action_id;
RETURN NULL;
"""  # noqa: S608  # que des constantes d’ici


CHERCHES = (
    *TITRES, *RESUMES, *TEXTES_INTERNES, *NOMS_INTERNES, "pilote_id", "pilote_personne_id"
)  # fmt: skip
DE_LA_FICHE_NEUVE = pgtrigger.Trigger(
    name="recherche_fiche_neuve",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func=RANGER_LA_FICHE,
)
DE_LA_FICHE = pgtrigger.Trigger(
    name="recherche_fiche",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf(*CHERCHES),
    condition=pgtrigger.AnyChange(*CHERCHES),
    func=RANGER_LA_FICHE,
)


def _des_liens(nom: str, operation: pgtrigger.Operation, **tables: str) -> pgtrigger.Trigger:
    """Une fois par instruction : cent liens posés ensemble rangent chaque fiche une fois.

    Un tableau et non un IN : la base calculerait les mots de toutes les fiches avant de choisir.
    """
    liens = " UNION ".join(f"SELECT action_id FROM {t}" for t in tables.values())  # noqa: S608  # deux noms d’ici
    return pgtrigger.Trigger(
        name=nom,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=_rafraichir(f"a.id = ANY (ARRAY({liens}))"),
    )


DES_PARTENAIRES = (
    _des_liens("recherche_lien_mis", pgtrigger.Insert, new="mis"),
    _des_liens("recherche_lien_change", pgtrigger.Update, new="mis", old="retires"),
    _des_liens("recherche_lien_retire", pgtrigger.Delete, old="retires"),
)
DU_NOM_D_ORGANISATION = pgtrigger.Trigger(
    name="recherche_organisation",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("nom", "nom_court"),
    func=_rafraichir(
        "a.pilote_id = NEW.id OR a.id IN"
        " (SELECT l.action_id FROM contrats_actionacteur l WHERE l.acteur_id = NEW.id)"
    ),
)
DU_NOM_DE_PERSONNE = pgtrigger.Trigger(
    name="recherche_personne",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("prenom", "nom"),
    func=_rafraichir("a.pilote_personne_id = NEW.id"),
)
