import { CssSheet } from './css/css-sheet';
import type { SafeDeclaration, SafeIncrement, SafeRule, SheetOwner } from './events';
import type { Names } from './names';
import type { PageTree } from './page-tree';
import { cssRules, limits } from './rules';

type Index = number | number[];

/** Rules of sheets as rrweb tells them; every field is read with suspicion. */
export interface RawSheetRule {
  id?: number;
  styleId?: number;
  adds?: { rule: string; index?: Index }[];
  removes?: { index: Index }[];
  replace?: string;
  replaceSync?: string;
}

export interface RawDeclaration {
  id?: number;
  styleId?: number;
  index: number[];
  set?: { property: string; value: string | null; priority?: string };
  remove?: { property: string };
}

export interface RawAdoptedSheets {
  id: number;
  styleIds: number[];
  styles?: { styleId: number; rules: { rule: string; index?: Index }[] }[];
}

/** Changes of style sheets through their own interface. */
export class PageSheets {
  readonly #tree: PageTree;
  readonly #names: Names;
  /** Adopted sheets by their ids: how many rules each has, and what the other side must still get to know of it. */
  readonly #adopted = new Map<number, { rules: SafeRule[]; count: number; isSent: boolean }>();

  constructor(tree: PageTree, names: Names) {
    this.#tree = tree;
    this.#names = names;
  }

  changeRules(raw: RawSheetRule): SafeIncrement | undefined {
    const adopted = raw.styleId === undefined ? undefined : this.#adopted.get(raw.styleId);
    const whole = raw.replace ?? raw.replaceSync;
    const removes =
      whole === undefined
        ? (raw.removes ?? []).map(({ index }) => ({ index: shortIndex(index) }))
        : Array.from({ length: adopted?.count ?? 0 }, () => ({ index: 0 }));
    const adds =
      whole === undefined
        ? (raw.adds ?? []).map(({ rule, index }) => ({ rule: this.#rule(rule), index: shortIndex(index ?? 0) }))
        : this.#whole(whole);
    if (adopted) {
      adopted.count += countTop(adds) - countTop(removes);
    }

    const owner = this.#owner(raw);
    return owner && removes.length + adds.length > 0
      ? { source: 8, ...owner, ...(removes.length > 0 && { removes }), ...(adds.length > 0 && { adds }) }
      : undefined;
  }

  changeDeclaration(raw: RawDeclaration): SafeIncrement | undefined {
    const owner = this.#owner(raw);
    const declaration = this.#declaration(raw);
    return owner && declaration
      ? { source: 13, ...owner, index: raw.index.slice(0, limits.ruleIndexes), ...declaration }
      : undefined;
  }

  /** A sheet that something unsent adopted first is told with who adopts it next. */
  adopt(raw: RawAdoptedSheets): SafeIncrement | undefined {
    for (const { styleId, rules } of raw.styles ?? []) {
      const written = rules.map(({ rule }, index) => ({ rule: this.#rule(rule), index }));
      this.#adopted.set(styleId, { rules: written, count: written.length, isSent: false });
    }

    if (this.#tree.findSent(raw.id)?.mayAdopt !== true) {
      return undefined;
    }

    const styleIds = raw.styleIds.filter((styleId) => this.#adopted.has(styleId)).slice(0, limits.adoptedSheets);
    const styles = [...new Set(styleIds)].flatMap((styleId) => {
      const sheet = this.#adopted.get(styleId);
      if (!sheet || sheet.isSent) {
        return [];
      }

      sheet.isSent = true;
      return { styleId, rules: sheet.rules };
    });
    return { source: 15, id: raw.id, styleIds, ...(styles.length > 0 && { styles }) };
  }

  #owner({ id, styleId }: { id?: number; styleId?: number }): SheetOwner | undefined {
    if (styleId !== undefined && this.#adopted.get(styleId)?.isSent === true) {
      return { styleId };
    }

    return id !== undefined && this.#tree.findSent(id)?.isStyle === true ? { id } : undefined;
  }

  #declaration({ set, remove }: RawDeclaration): SafeDeclaration | undefined {
    const property = set?.property ?? remove?.property ?? '';
    const isCustom = property.startsWith('--');
    const name = isCustom ? property : property.toLowerCase();
    if (!isCustom && !cssRules.properties.has(name)) {
      return undefined;
    }

    const sheet = new CssSheet(set?.value ?? '', this.#names);
    const value = set?.value ? sheet.value(name) : undefined;
    const written = sheet.property(name);
    // A value that is dropped must not leave the one before it standing.
    return value === undefined || value.length > limits.styleUnits
      ? { remove: { property: written } }
      : { set: { property: written, value, priority: set?.priority === 'important' ? 'important' : '' } };
  }

  #rule(text: string): string {
    return new CssSheet(text, this.#names).firstRule() ?? cssRules.placeholder;
  }

  #whole(text: string): SafeRule[] {
    return new CssSheet(text, this.#names).ruleList().map((rule, index) => ({ rule, index }));
  }
}

function shortIndex(index: Index): Index {
  return typeof index === 'number' ? index : index.slice(0, limits.ruleIndexes);
}

function countTop(changes: readonly { index: Index }[]): number {
  return changes.filter(({ index }) => typeof index === 'number' || index.length === 1).length;
}
