"""Le secret statistique : ce qu’il faut taire pour qu’aucun petit nombre ne se retrouve.

Aucune base de données. Un tableau dit ses cellules et ce qui les lie ; `masquer` rend celles à
taire : les petites, puis juste assez d’autres pour que les totaux n’en trahissent aucune.
"""
