"""Un dossier de fiches : des fiches action choisies, dans un seul document PDF ou Word.

`construction` lit la base et rend un `Dossier` (valeurs pures) ; `page` et `word` l’écrivent, sans
base. Une section, un champ ou un libellé ne se décide qu’à un endroit, pour les deux formats.
"""
