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


ORGANISATIONS = """setweight(to_tsvector('french'::regconfig, cle_tri(coalesce((
    SELECT string_agg(o.nom || ' ' || o.nom_court, ' ') FROM acteurs_acteur o
    WHERE o.id = a.pilote_id
       OR o.id IN (SELECT l.acteur_id FROM contrats_actionacteur l WHERE l.action_id = a.id)
), ''))), 'C')"""
PERSONNE = """setweight(to_tsvector('french'::regconfig, cle_tri(coalesce((
    SELECT u.prenom || ' ' || u.nom FROM acteurs_utilisateur u WHERE u.id = a.pilote_personne_id
), ''))), 'C')"""
PUBLICS = f"{_vecteur(TITRES, 'A')} || {_vecteur(RESUMES, 'B')} || {ORGANISATIONS}"
INTERNES = (
    f"{PUBLICS} || {_vecteur(TEXTES_INTERNES, 'D')} || {_vecteur(NOMS_INTERNES, 'C')} || {PERSONNE}"
)
LIGNES = (
    f"SELECT a.id AS action_id, {PUBLICS} AS publics, {INTERNES} AS internes"  # noqa: S608  # que des constantes d’ici
    " FROM contrats_action a"
)

RANGER_LA_FICHE = f"""
INSERT INTO contrats_rechercheaction (action_id, publics, internes) {LIGNES} WHERE a.id = NEW.id
ON CONFLICT (action_id) DO UPDATE SET publics = EXCLUDED.publics, internes = EXCLUDED.internes;
RETURN NULL;
"""


def _rafraichir(lesquelles: str) -> str:
    """Ne crée pas de ligne : la fiche que l’on efface a déjà perdu la sienne."""
    return f"""
UPDATE contrats_rechercheaction r SET publics = n.publics, internes = n.internes
FROM ({LIGNES} WHERE {lesquelles}) n WHERE r.action_id = n.action_id;
RETURN NULL;
"""  # noqa: S608  # que des constantes d’ici


DE_LA_FICHE = pgtrigger.Trigger(
    name="recherche_fiche",
    when=pgtrigger.After,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf(
        *TITRES, *RESUMES, *TEXTES_INTERNES, *NOMS_INTERNES, "pilote_id", "pilote_personne_id"
    ),
    func=RANGER_LA_FICHE,
)
DU_PARTENAIRE_MIS = pgtrigger.Trigger(
    name="recherche_lien_mis",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=_rafraichir("a.id = NEW.action_id"),
)
DU_PARTENAIRE_RETIRE = pgtrigger.Trigger(
    name="recherche_lien_retire",
    when=pgtrigger.After,
    operation=pgtrigger.Delete,
    func=_rafraichir("a.id = OLD.action_id"),
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
