// Une longue liste devient une saisie avec propositions ; sans ce fichier, elle reste une liste.

const adresse = document.querySelector("script[data-cls-listes]")?.dataset.clsListes;
const A_AMELIORER = "select[data-cls-saisie]:not([data-cls-pret])";
let chargement = null;

function charger() {
  chargement ??= new Promise((reussir, echouer) => {
    const script = document.createElement("script");
    script.src = adresse;
    script.addEventListener("load", () => reussir(window.accessibleAutocomplete));
    script.addEventListener("error", echouer);
    document.head.append(script);
  });
  return chargement;
}

/** Minuscules, sans accents ni tirets : « saint etienne » trouve « Saint-Étienne ». */
function cle(texte) {
  return texte.normalize("NFD").replace(/\p{M}/gu, "").replace(/[-'’]/g, " ")
    .replace(/œ/gi, "oe").toLowerCase();
}

function proposer(liste) {
  const choix = [...liste.options].filter((o) => o.value).map((o) => [cle(o.text), o.text]);
  return (saisie, rendre) => {
    const mots = cle(saisie).split(/\s+/).filter(Boolean);
    rendre(choix.filter(([c]) => mots.every((m) => c.includes(m))).map(([, t]) => t).slice(0, 50));
  };
}

function ameliorer(accessibleAutocomplete, liste) {
  liste.dataset.clsPret = "oui";
  const avaitFocus = document.activeElement === liste;
  const identifiant = liste.id;
  accessibleAutocomplete.enhanceSelectElement({
    selectElement: liste,
    source: proposer(liste),
    defaultValue: liste.selectedOptions[0]?.value ? liste.selectedOptions[0].text : "",
    autoselect: true,
    confirmOnBlur: false,
    showAllValues: true,
    displayMenu: "overlay",
    dropdownArrow: () => "",
    placeholder: liste.dataset.clsSaisie || "",
    inputClasses: "saisie",
    tNoResults: () => "Aucune proposition",
    tStatusQueryTooShort: (n) => `Tapez au moins ${n} caractères.`,
    tStatusNoResults: () => "Aucune proposition.",
    tStatusSelectedOption: (choix, total, rang) => `${choix}, ${rang + 1} sur ${total}, choisi`,
    tStatusResults: (total, choix) => (total > 1 ? `${total} propositions. ${choix}` : `${total} proposition. ${choix}`),
    tAssistiveHint: () => "Des propositions apparaissent pendant la saisie. Flèches pour parcourir, Entrée pour choisir.",
    onConfirm: (texte) => choisir(liste, texte),
  });
  const saisie = document.getElementById(identifiant);
  saisie.addEventListener("input", () => { if (!saisie.value) choisir(liste, ""); });
  if (liste.getAttribute("aria-describedby")) saisie.dataset.clsAide = liste.getAttribute("aria-describedby");
  if (avaitFocus) saisie.focus();
}

function choisir(liste, texte) {
  if (texte === undefined) return;
  const option = [...liste.options].find((o) => (texte ? o.text === texte : !o.value));
  if (option) liste.value = option.value;
}

async function ameliorerTout() {
  const listes = document.querySelectorAll(A_AMELIORER);
  if (!listes.length || !adresse) return;
  const accessibleAutocomplete = await charger();
  for (const liste of document.querySelectorAll(A_AMELIORER)) ameliorer(accessibleAutocomplete, liste);
}

ameliorerTout();
document.addEventListener("htmx:afterSettle", ameliorerTout);
