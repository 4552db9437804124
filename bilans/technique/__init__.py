"""Le bilan technique : chaque fiche, chaque indicateur, chaque euro, pour le comité et l’ARS.

`donnees` le décrit et le fige, `lecture` le lit dans la base, `page` le met en PDF. Seule `lecture`
connaît la base.
"""
