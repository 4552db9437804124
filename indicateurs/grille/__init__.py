"""La grille de saisie : lire ce qui est demandé, décider case par case, écrire les lignes."""
