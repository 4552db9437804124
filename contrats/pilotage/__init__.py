"""Le pilotage d’une région : ce que disent ensemble les contrats que l’agence suit.

`ensemble` choisit les contrats, et le lecteur ; chaque autre module pose une question sur eux et
rend des lignes de `comptes`, sans base. Les rapports ne se moyennent jamais : on somme, puis on
divise. Le nombre de requêtes ne dépend pas du nombre de contrats.
"""
