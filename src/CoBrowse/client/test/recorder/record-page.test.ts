// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { recordPage } from '../../src/recorder/record-page';
import { limits } from '../../src/recorder/sanitizing/rules';

vi.stubGlobal('CSSGroupingRule', class extends CSSRule {}); // It is not in jsdom.
const told = { emit: vi.fn(), onTooLarge: vi.fn(), onError: vi.fn() };
const record = () => recordPage({ ...told, shownSelectors: [], mayRecord: () => true });

function fill(elements: number): void {
  const filled = document.createDocumentFragment();
  for (let index = 0; index < elements; index++) {
    filled.append(document.createElement('i'));
  }
  document.body.append(filled);
}

afterEach(() => {
  document.body.replaceChildren();
  vi.clearAllMocks();
});

test('gives a page up that has too many elements, without reading it', () => {
  fill(limits.nodes);
  const recording = record();
  recording.takeSnapshot();
  expect(told.onTooLarge).toHaveBeenCalledOnce();
  expect(told.emit).not.toHaveBeenCalled();
  expect(told.onError).not.toHaveBeenCalled();
});

test('gives a page up that has too many elements later', () => {
  const recording = record();
  expect(told.emit).toHaveBeenCalledTimes(2);
  const many = { length: limits.nodes + 1 } as HTMLCollectionOf<Element>;
  vi.spyOn(document, 'getElementsByTagName').mockReturnValue(many);
  recording.takeSnapshot();
  recording.takeSnapshot();
  expect(told.onTooLarge).toHaveBeenCalledOnce();
  expect(told.emit).toHaveBeenCalledTimes(2);
});
