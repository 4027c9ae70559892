// By name, so that the bundle gets the parts that it uses.
import { attributes, css, elements, limits, mask, name, text, words } from '../../../../Sanitizing/rules.json';

export { limits, mask };

/** A list is one string, parted by `|` when it holds one, otherwise by spaces. */
export function listOf(text: string): string[] {
  return text.split(text.includes('|') ? '|' : ' ');
}

function setOf(text: string): ReadonlySet<string> {
  return new Set(listOf(text));
}

export const nameRules = name;

export const cssRules = {
  placeholder: css.placeholder,
  properties: setOf(css.properties),
  keywords: setOf(`${css.keywords} ${css.properties}`),
  functions: setOf(css.functions),
  units: setOf(css.units),
  fontFamilies: setOf(css.fontFamilies),
  fontSizes: setOf(css.fontSizes),
  pseudoClasses: setOf(css.pseudoClasses),
  selectorFunctions: setOf(css.selectorFunctions),
  relativeFunction: css.relativeFunction,
  compoundFunctions: setOf(css.compoundFunctions),
  nthFunctions: setOf(css.nthFunctions),
  pseudoElements: setOf(css.pseudoElements),
  legacyPseudoElements: setOf(css.legacyPseudoElements),
  mediaWords: setOf(css.mediaWords),
  supportsWords: setOf(css.supportsWords),
  containerWords: setOf(css.containerWords),
  containerFunctions: setOf(css.containerFunctions),
  propertySyntaxes: setOf(css.propertySyntaxes),
};

export const elementRules = {
  html: setOf(elements.html),
  svg: setOf(elements.svg),
  box: new Map(Object.entries(elements.box)),
  dropped: setOf(elements.dropped),
  empty: setOf(elements.empty),
  secret: setOf(elements.secret),
};

export type AttributeKind =
  keyof typeof attributes.every | keyof typeof attributes.svg | 'value' | 'css' | 'length' | 'px';

/** Kinds by attribute. */
export type AttributeKinds = ReadonlyMap<string, AttributeKind>;

function kindsOf(lists: Readonly<Record<string, string>>): AttributeKinds {
  return new Map(
    Object.entries(lists).flatMap(([kind, list]) => listOf(list).map((name) => [name, kind as AttributeKind])),
  );
}

export const attributeRules = {
  every: kindsOf(attributes.every),
  of: new Map(Object.entries(attributes.of).map(([element, lists]) => [element, kindsOf(lists)])),
  box: kindsOf(attributes.box),
  custom: kindsOf(attributes.custom),
  svg: kindsOf(attributes.svg),
  valueOf: new Map(Object.entries(attributes.valueOf)),
  fixed: setOf(attributes.fixed),
};

export const wordRules: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(words).map(([attribute, list]) => [attribute, setOf(list)]),
);

export const textRules = text;
