import type { SafeEvent, SafeIncrement, SafeMutation, SafeNode } from '../sanitizing/events';
import { limits } from '../sanitizing/rules';

/** Characters that may wait, roughly counted. More cost the agent's browser as much as the whole page, and a frame's sheets are limited too. */
const MOST_UNITS = 1_000_000;
/** What an entry has besides its values. */
const ENTRY_UNITS = 64;

type Increment = Extract<SafeEvent, { type: 3 }>;
type Attributes = Record<string, string | null>;

/** The mutation that later ones may be written into, with what it has of each node. */
interface OpenMutation {
  readonly data: SafeMutation;
  readonly texts: Map<number, { id: number; value: string }>;
  readonly attributes: Map<number, { id: number; attributes: Attributes }>;
}

/**
 * Increments that wait to be sent together. Of what changes over and over only the last is kept, wherever that leaves the same page: texts,
 * attributes, how far something is scrolled. Takes the events over: it changes them.
 */
export class Increments {
  #events: (Increment | undefined)[] = [];
  #units = 0;
  #open: OpenMutation | undefined;
  /** Where the last of its kind is. */
  readonly #places = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  /** More than one frame may have: the whole page is less than that. */
  get isTooMuch(): boolean {
    return this.#units > MOST_UNITS || this.#events.length > limits.events;
  }

  add(event: Increment): void {
    const { data } = event;
    if (data.source === 0) {
      this.#addMutation(event, data);
    } else if (data.source === 3 || data.source === 4) {
      const place = data.source === 3 ? `scroll ${data.id}` : 'resize';
      const before = this.#places.get(place);
      if (before !== undefined) {
        this.#events[before] = undefined;
      }
      this.#places.set(place, this.#events.length);
      this.#events.push(event);
    } else {
      // A change of a sheet stands where it is: what comes later may need it, or change it.
      this.#open = undefined;
      this.#units += unitsOfSheets(data);
      this.#events.push(event);
    }
  }

  /** All that waits, oldest first. */
  take(): Increment[] {
    const events = this.#events.filter((event) => event !== undefined);
    this.clear();
    return events;
  }

  clear(): void {
    this.#events = [];
    this.#units = 0;
    this.#open = undefined;
    this.#places.clear();
  }

  #addMutation(event: Increment, data: SafeMutation): void {
    if (this.#open && data.removes.length + data.adds.length === 0) {
      this.#mergeInto(this.#open, data);
      return;
    }
    this.#open = {
      data,
      texts: new Map(data.texts.map((text) => [text.id, text])),
      attributes: new Map(data.attributes.map((change) => [change.id, change])),
    };
    this.#units += unitsOf(data);
    this.#events.push(event);
  }

  /** Nodes that a mutation without new ones speaks of were there behind the one before, too. */
  #mergeInto(open: OpenMutation, { texts, attributes }: SafeMutation): void {
    for (const text of texts) {
      const before = open.texts.get(text.id);
      this.#units += text.value.length - (before?.value.length ?? -ENTRY_UNITS);
      if (before) {
        before.value = text.value;
      } else {
        open.texts.set(text.id, text);
        open.data.texts.push(text);
      }
    }
    for (const change of attributes) {
      this.#mergeAttributes(open, change);
    }
  }

  #mergeAttributes(open: OpenMutation, change: { id: number; attributes: Attributes }): void {
    const before = open.attributes.get(change.id);
    const merged = inOrder({ ...before?.attributes, ...change.attributes });
    if (before && Object.keys(merged).length <= limits.attributes) {
      this.#units += unitsOfAttributes(merged) - unitsOfAttributes(before.attributes);
      before.attributes = merged;
    } else {
      this.#units += unitsOfAttributes(change.attributes);
      open.attributes.set(change.id, change);
      open.data.attributes.push(change);
    }
  }
}

/** As the wire wants names: by their UTF-16 units. */
function inOrder(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function unitsOf({ adds, removes, texts, attributes }: SafeMutation): number {
  let units = (adds.length + removes.length) * ENTRY_UNITS;
  for (const { node } of adds) {
    units += unitsOfNode(node);
  }
  for (const { value } of texts) {
    units += ENTRY_UNITS + value.length;
  }
  for (const change of attributes) {
    units += unitsOfAttributes(change.attributes);
  }
  return units;
}

function unitsOfNode(node: SafeNode): number {
  return node.type === 3 ? node.textContent.length : node.type === 2 ? unitsOfAttributes(node.attributes) : 0;
}

function unitsOfAttributes(attributes: Readonly<Attributes>): number {
  let units = ENTRY_UNITS;
  for (const [name, value] of Object.entries(attributes)) {
    units += name.length + (value?.length ?? 0);
  }
  return units;
}

function unitsOfSheets(data: Exclude<SafeIncrement, SafeMutation>): number {
  if (data.source === 13) {
    return ENTRY_UNITS + ('set' in data ? data.set.value.length : 0);
  }
  let units = ENTRY_UNITS;
  const rules =
    data.source === 8 ? data.adds : data.source === 15 ? data.styles?.flatMap((sheet) => sheet.rules) : undefined;
  for (const { rule } of rules ?? []) {
    units += rule.length + ENTRY_UNITS;
  }
  return units;
}
