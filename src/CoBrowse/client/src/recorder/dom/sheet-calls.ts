import type { Mirror, SheetMirror } from '@rrweb/record/parts';
import { follow } from './follow';

/** Who is told, in rrweb's words. */
export interface SheetListener {
  readonly mirror: Mirror;
  /** Of sheets that no element owns. */
  readonly sheets: SheetMirror;
  readonly onRules: (change: object) => void;
  readonly onDeclaration: (change: object) => void;
  readonly onError: (error: unknown) => void;
}

type Index = number | number[];
/** What a method did, of its arguments and after it was done; undefined when there is no way to say where. */
type Change<Of> = (on: Of, first: string, second?: string, third?: string) => object | undefined;

/**
 * Tells of rules and declarations that the page changes through the interface of style sheets, which no observer of the browser's hears of.
 * Answers how to stop.
 */
export function watchSheetCalls({ mirror, sheets, onRules, onDeclaration, onError }: SheetListener): () => void {
  const stops: (() => void)[] = [];

  const tell = (
    sheet: CSSStyleSheet | null | undefined,
    change: object | undefined,
    listener: (change: object) => void,
  ) => {
    const owner = sheet?.ownerNode;
    const id = owner ? mirror.getId(owner) : sheet ? sheets.getId(sheet) : 0;
    if (change && id > 0) {
      listener({ [owner ? 'id' : 'styleId']: id, ...change });
    }
  };

  const watch = <Of>(
    type: { prototype: Of },
    sheetOf: (on: Of) => CSSStyleSheet | null | undefined,
    listener: (change: object) => void,
    changes: Record<string, Change<Of>>,
  ) => {
    for (const [name, changeOf] of Object.entries(changes)) {
      const hear = (on: Of, args: [string]) => {
        tell(sheetOf(on), changeOf(on, ...args), listener);
      };
      stops.push(follow(type.prototype as object, name, hear, onError));
    }
  };

  watch(CSSStyleSheet, (sheet) => sheet, onRules, {
    insertRule: (_, rule, index) => added(rule, at(index)),
    deleteRule: (_, index) => removed(at(index)),
    addRule: (sheet, selector, style, index) =>
      added(`${selector}{${style ?? ''}}`, at(index ?? sheet.cssRules.length - 1)),
    removeRule: (_, index) => removed(at(index)),
    replace: (_, replace) => ({ replace }),
    replaceSync: (_, replaceSync) => ({ replaceSync }),
  });
  watch(CSSGroupingRule, (rule) => rule.parentStyleSheet, onRules, {
    insertRule: (group, rule, index) => added(rule, inside(group, index)),
    deleteRule: (group, index) => removed(inside(group, index)),
  });
  watch(CSSStyleDeclaration, (style) => style.parentRule?.parentStyleSheet, onDeclaration, {
    setProperty: (style, property, value, priority) => placed(style, { set: { property, value, priority } }),
    removeProperty: (style, property) => placed(style, { remove: { property } }),
  });

  return () => {
    for (const stop of stops) {
      stop();
    }
  };
}

/** As browsers read an `unsigned long`. */
function at(index: unknown): number {
  return Number(index) >>> 0;
}

function added(rule: string, index: Index | undefined) {
  return index === undefined ? undefined : { adds: [{ rule, index }] };
}

function removed(index: Index | undefined) {
  return index === undefined ? undefined : { removes: [{ index }] };
}

function placed(style: CSSStyleDeclaration, change: object) {
  const index = pathOf(style.parentRule);
  return index && { index, ...change };
}

function inside(group: CSSGroupingRule, index: unknown) {
  const path = pathOf(group);
  return path && [...path, at(index)];
}

/** From the sheet down; undefined for what is in no sheet, or in a rule of another kind, like a keyframe. */
function pathOf(rule: CSSRule | null): number[] | undefined {
  const group = rule?.parentRule;
  const above = group ? group instanceof CSSGroupingRule && pathOf(group) : [];
  const rules = group instanceof CSSGroupingRule ? group.cssRules : rule?.parentStyleSheet?.cssRules;
  const place = rules && rule ? Array.from(rules).indexOf(rule) : -1;
  return above && place >= 0 ? [...above, place] : undefined;
}
