"""Les champs qu’un lot peut changer, en mots."""

LIBELLES = {
    "statut": "Statut",
    "statut_raison": "Raison du statut",
    "statut_est_impose": "Statut tenu",
    "priorite": "Priorité",
    "pilote": "Organisation pilote",
    "pilote_personne": "Personne pilote",
    "pilote_nom": "Personne pilote sans compte",
    "date_debut": "Début",
    "date_fin": "Échéance",
    "est_publique": "Visible du public",
    "themes": "Thèmes",
    "sous_themes": "Sous-thèmes",
    "populations": "Publics",
    "partenaires": "Partenaires",
    "copilotes": "Copilotes",
    "intervenants": "Intervenants",
    "financeurs": "Financeurs",
}
