"""La campagne des bilans d’une année : ses fenêtres, où en est chaque contrat, ses phrases.

Une fenêtre dit ce que l’agence attend, et quand ; elle ne retire aucun droit. Un bilan en retard se
termine, un bilan publié se corrige : le tableau de la campagne le dit, rien ne l’empêche.
"""
