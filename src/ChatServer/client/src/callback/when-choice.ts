import { h, setText } from '@copilot/shop-page';
import type { CallbackWords } from '../locales/callback';
import type { CallbackOption } from '../topics/topic-options';
import type { CallbackPage } from './callback-task';
import type { FreeTimes } from './free-times';
import type { ZoneTimes } from './zone-times';

export interface WhenChoiceOptions {
  readonly words: CallbackWords;
  readonly times: FreeTimes;
  readonly topic: () => string;
  readonly waitText: CallbackPage['waitText'];
  /** Who chooses is in line already, and knows the place. */
  readonly isInLine: () => boolean;
  /** Makes ids and the radio buttons' name its own. */
  readonly name: string;
}

/** What was chosen: a time, or as soon as possible. Undefined while it is neither. */
export type Chosen = { readonly when: Date | undefined } | undefined;

/** Now, or one of the free times: by day and time, as a phone's own lists show them best. */
export class WhenChoice {
  readonly element: HTMLElement;
  private readonly options: WhenChoiceOptions;
  private readonly now: HTMLInputElement;
  private readonly later: HTMLInputElement;
  private readonly nowNote = h('span', { class: 'when-note' });
  private readonly day: HTMLSelectElement;
  private readonly time: HTMLSelectElement;
  private readonly lists: HTMLElement;
  private readonly rest: HTMLElement;
  private readonly zone = h('p', { class: 'hint' });
  private readonly news = h('p', { class: 'hint', role: 'status' });
  private readonly retry: HTMLButtonElement;
  private readonly error: HTMLElement;
  private clock: ZoneTimes | undefined;
  private drawnDays = '';
  private drawnTimes = '';

  constructor(options: WhenChoiceOptions) {
    const { words, name } = options;
    this.options = options;
    const radio = (id: string) =>
      h('input', {
        type: 'radio',
        name,
        id: `${name}-${id}`,
        on: {
          change: () => {
            this.chosenKind();
          },
        },
      });
    this.now = radio('now');
    this.later = radio('later');
    this.nowNote.id = `${name}-now-note`;
    this.now.setAttribute('aria-describedby', this.nowNote.id);
    const list = (id: string, change: () => void) => h('select', { id: `${name}-${id}`, on: { change } });
    this.day = list('day', () => {
      this.drawTimes();
      this.lookFurther();
    });
    this.time = list('time', () => {
      this.showError('');
    });
    this.error = h('p', { class: 'error', id: `${name}-error`, role: 'alert' });
    this.time.setAttribute('aria-describedby', this.error.id);
    this.retry = h('button', {
      type: 'button',
      class: 'link',
      text: words.when.again,
      on: {
        click: () => {
          void options.times.load(options.topic());
        },
      },
    });
    const labelled = (text: string, field: HTMLSelectElement) =>
      h('div', {}, h('label', { for: field.id, text }), field);
    this.lists = h('div', { class: 'lists' }, labelled(words.when.day, this.day), labelled(words.when.time, this.time));
    this.rest = h('div', { class: 'times' }, this.news, this.retry, this.lists, this.zone);
    const kind = (input: HTMLInputElement, ...text: Node[]) =>
      h('label', { class: 'kind', for: input.id }, input, h('span', { class: 'kind-text' }, ...text));
    this.element = h(
      'fieldset',
      { class: 'when' },
      h('legend', { text: words.when.legend }),
      kind(this.now, h('span', { text: words.when.now }), this.nowNote),
      kind(this.later, h('span', { text: words.when.later })),
      this.rest,
      this.error,
    );
    this.rest.hidden = true;
  }

  /** @param option How things are now; undefined while that is not known, and then one may try. */
  update(option: CallbackOption | undefined, clock: ZoneTimes): void {
    if (this.clock !== clock) {
      this.clock = clock;
      this.drawnDays = '';
    }
    const isOpen = option?.isOpen ?? true;
    setText(this.nowNote, this.noteOf(option));
    this.now.disabled = !isOpen;
    if (this.now.checked && !isOpen) {
      this.now.checked = false;
    }
    if (!this.now.checked && !this.later.checked && option !== undefined) {
      (isOpen ? this.now : this.later).checked = true;
      this.chosenKind();
    }
    this.drawState();
    this.drawDays();
  }

  /** Says what is missing, and answers nothing, when there is no time yet. */
  read(): Chosen {
    if (this.now.checked) {
      return { when: undefined };
    }
    if (this.time.value !== '') {
      return { when: new Date(Number(this.time.value)) };
    }
    this.showError(this.options.words.when.choose);
    (this.lists.hidden ? this.later : this.time).focus();
    return undefined;
  }

  focus(): void {
    (this.later.checked ? this.later : this.now).focus();
  }

  private chosenKind(): void {
    this.showError('');
    this.rest.hidden = !this.later.checked;
    if (this.later.checked && this.options.times.state === 'idle') {
      void this.options.times.load(this.options.topic());
    }
  }

  private noteOf(option: CallbackOption | undefined): string {
    const { when } = this.options.words;
    if (option === undefined) {
      return '';
    }
    if (option.isOpen && this.options.isInLine()) {
      return '';
    }
    if (option.isOpen) {
      return [when.line(option.waiting), this.options.waitText(option.estimatedWait)]
        .filter((part) => part !== '')
        .join(' · ');
    }
    return option.opensAt
      ? when.opens(this.clock?.moment(option.opensAt, new Date()) ?? '')
      : option.isClosedForNow || option.waiting === 0
        ? when.closed
        : when.full;
  }

  private drawState(): void {
    const { words, times } = this.options;
    const hasTimes = times.times.length > 0;
    const text =
      times.state === 'failed'
        ? words.when.failed
        : times.state === 'ready'
          ? hasTimes
            ? ''
            : words.when.none
          : hasTimes
            ? ''
            : words.when.loading;
    setText(this.news, text);
    this.retry.hidden = times.state !== 'failed';
    this.lists.hidden = !hasTimes;
    this.zone.hidden = !hasTimes;
    setText(this.zone, this.clock?.note(times.times[0] ?? new Date()) ?? '');
  }

  private drawDays(): void {
    const { clock } = this;
    if (!clock) {
      return;
    }
    const firsts = new Map<string, Date>();
    for (const at of this.options.times.times) {
      const date = clock.dateOf(at);
      if (!firsts.has(date)) {
        firsts.set(date, at);
      }
    }
    const now = new Date();
    const days = [...firsts].map(([date, at]) => ({ value: date, text: clock.day(at, now) }));
    this.drawnDays = fill(this.day, days, this.drawnDays);
    this.drawTimes();
  }

  private drawTimes(): void {
    const { clock } = this;
    if (!clock) {
      return;
    }
    const moments = this.options.times.times.filter((at) => clock.dateOf(at) === this.day.value);
    const texts = clock.times(moments);
    const times = moments.map((at, index) => ({ value: String(at.getTime()), text: texts[index] ?? '' }));
    this.drawnTimes = fill(
      this.time,
      [{ value: '', text: this.options.words.when.placeholder }, ...times],
      this.drawnTimes,
    );
  }

  /** The last day that is known may lack its evening, and there may be days behind it. */
  private lookFurther(): void {
    const { times, topic } = this.options;
    if (times.hasMore && this.day.selectedIndex >= this.day.options.length - 2) {
      void times.loadMore(topic());
    }
  }

  private showError(text: string): void {
    setText(this.error, text);
    this.time.setAttribute('aria-invalid', String(text !== ''));
  }
}

interface ListItem {
  readonly value: string;
  readonly text: string;
}

/** Changes the list only where it differs, lest one that is open closes; what was chosen stays chosen while it is there. */
function fill(list: HTMLSelectElement, items: readonly ListItem[], drawn: string): string {
  const wanted = JSON.stringify(items);
  if (wanted !== drawn) {
    const { value } = list;
    list.replaceChildren(...items.map((item) => h('option', { value: item.value, text: item.text })));
    list.value = items.some((item) => item.value === value) ? value : (items[0]?.value ?? '');
  }
  return wanted;
}
