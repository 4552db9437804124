"""La liste de travail de l’agence : les faits (SQL), la règle (pure), les lignes, leurs filtres."""
