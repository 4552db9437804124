"""Le rapport d’une région, ou de la France : la couverture par les contrats, et leur pilotage.

`construction` lit la base et rend un `Instantane` (valeurs pures, gardées avec le fichier) ; `page`
l’imprime, sans base. Les mêmes données font les mêmes octets.
"""
