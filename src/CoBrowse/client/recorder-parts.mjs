// `@rrweb/record/parts` is what @rrweb/record is made of, without what Co-Pilot has no use for: more than half of it.
//
// Its own entry, `record`, holds everything that it can ever be asked for: canvas and WebGL with two copies of a worker, frames of other
// origins, the pointer, inputs, media, fonts, selections, plugins. `src/recorder/dom` has an entry of our own, and what that does not reach falls
// away when the script is bundled. Beside it, what the recorder would work out and the sanitizer throw away again is not worked out.
//
// The lists were read against one release, which package.json pins. The build fails when a piece is not there (or there twice, where it says once), so that another
// release is read before it is used. `test/canary` runs the result in Chromium.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NAME = 'recorder-parts';
const PARTS = '@rrweb/record/parts';
const { resolve } = createRequire(import.meta.url);

/** Of the file's own functions and classes; `src/recorder/dom/parts.d.ts` says what of them is used. */
const EXPORTS = [
  ...['createMirror', 'serializeNodeWithId', 'registerErrorHandler', 'unregisterErrorHandler', 'mutationBuffers'],
  ...['StylesheetManager', 'ProcessedNodeManager', 'hasShadowRoot'],
  ...['initMutationObserver', 'initScrollObserver', 'initViewportResizeObserver'],
  ...['getWindowScroll', 'getWindowWidth', 'getWindowHeight'],
];

/** Options that always have the same value here, and are handed from function to function no more: conditions of them never hold, or always. */
const OPTIONS = {
  maskTextClass: 'undefined',
  maskTextSelector: 'undefined',
  maskTextFn: 'undefined',
  maskInputFn: 'undefined',
  maskInputOptions: '{ select: true }',
  inlineStylesheet: 'true',
  inlineImages: 'false',
  recordCanvas: 'false',
  dataURLOptions: '{}',
  keepIframeSrcFn: '() => false',
  sampling: '{ scroll: 100 }',
  blockClass: 'undefined',
  blockSelector: '"iframe,.rr-block"',
  stylesheetLoadTimeout: '5000',
  iframeLoadTimeout: '0',
  onIframeLoad: 'undefined',
};

/** Functions that do less here. */
const FUNCTIONS = {
  // No address leaves the page, so none needs to be made absolute.
  absolutifyURLs: '(cssText) { return cssText || ""; }',
  transformAttribute: '(doc, tagName, name, value) { return value; }',
  // A style element's text goes as one sheet.
  markCssSplits: '(cssText) { return cssText; }',
  // The sanitizer masks, and has no word for a field's value.
  needMaskingText: '() { return false; }',
  maskInputValue:
    '({ element, value }) { return ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName) ? "" : value; }',
  slimDOMExcluded: '(sn) { return sn.type === NodeType.Comment || sn.tagName === "script" || sn.tagName === "meta"; }',
  // Frames are boxes, and nobody looks into them.
  isSerializedIframe: '() { return false; }',
  // No import of a sheet leaves the page either.
  escapeImportStatement: '() { return ""; }',
  // What is blocked is one selector.
  _isBlockedElement: '(element) { return element.matches(blockSelector); }',
  isBlocked:
    '(node, _, __, checkAncestors) { const element = closestElementOfNode(node); return Boolean(element && (checkAncestors ? element.closest(blockSelector) : element.matches(blockSelector))); }',
  serializeTextNode:
    '(n, { cssCaptured }) { return { type: NodeType.Text, textContent: cssCaptured ? "" : index.textContent(n) || "" }; }',
  getRootId: '() {}',
  getInputType: '() {}',
  // What browsers of ten years ago did not have.
  getWindowScroll: '() { return { left: scrollX, top: scrollY }; }',
  getWindowWidth: '() { return innerWidth; }',
  getWindowHeight: '() { return innerHeight; }',
  getEventTarget: '(event) { return event.composedPath()[0] ?? event.target; }',
  // Nodes of a replayed page do not come by.
  hasShadowRoot: '(n) { return Boolean(n && index.shadowRoot(n)); }',
};

const STYLE_CHANGE = 'attributeName === "style") {\n              if (!this.unattachedDoc)';

/** Conditions that never hold here either. */
const NEVER = [
  ['tagName === "iframe" && !keepIframeSrcFn(attributes.src)', 'false'],
  ['tagName === "option") {\n    if (n.selected', 'false) {\n    if (n.selected'],
  // No value of a field is read, nor the text that one was made with.
  ['["input", "textarea", "select"].includes(tagName)', 'false'],
  [
    'serializedNode.tagName === "textarea" && serializedNode.attributes.value !== void 0',
    'serializedNode.tagName === "textarea"',
  ],
  // The sanitizer keeps in mind what was a password; the page is left as it is.
  ['attributeName === "type" && tagNameLower === "input"', 'false'],
  ['customElements.get(tagName)', 'false'],
  ['serializedNode.type === NodeType.Element && serializedNode.tagName === "iframe"', 'false'],
  ['tagNameLower === "iframe" && attributeName === "src"', 'false'],
  // What has loaded is heard of by one listener for all.
  ['serializedNode.tagName === "link" && typeof serializedNode', 'false && typeof serializedNode'],
  // Its own sheet, which an address need not be, where it holds.
  [
    'Array.from(doc.styleSheets).find((s) => {\n      return s.href === n.href;\n    })',
    'n.sheet && !n.sheet.disabled && n.sheet',
  ],
  ['["audio", "video"].includes(tagName)) {\n    const mediaAttributes', 'false) {\n    const mediaAttributes'],
  // What changed in a style attribute: the sanitizer reads the whole. It is worked out by a style attribute, which strict policies forbid and report.
  [STYLE_CHANGE, STYLE_CHANGE.replace('attributeName === "style"', 'false')],
  ['typeof attributes.style === "string"', 'false'],
  // A check for the Array.from of a library of 2007.
  ['Array.from([1], (x) => x * 2)[0] !== 2', 'false'],
];

/** Statements at the top of the file that run, and would be kept although nothing asks for what they make. */
const STATEMENTS = [
  /^if \(!\/\* @__PURE__ \*\/ \/\[1-9\][\s\S]*?^\}$/m,
  /^if \(typeof window !== "undefined" && window\.Proxy && window\.Reflect\) \{[\s\S]*?^\}$/m,
  /^const blob = .*$/m,
  /^var lookup = .*\nfor \(var i = 0; i < chars\.length; i\+\+\) \{[\s\S]*?^\}$/m,
];

/** For esbuild. */
export const recorderParts = {
  name: NAME,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${PARTS}$`) }, () => ({ path: PARTS, namespace: NAME, sideEffects: false }));
    onLoad({ filter: /.*/, namespace: NAME }, async () => ({ contents: await readParts(), loader: 'js' }));
  },
};

/** For Vite, in tests. */
export const recorderPartsInTests = {
  name: NAME,
  enforce: 'pre',
  resolveId: (id) => (id === PARTS ? `\0${PARTS}` : undefined),
  load: (id) => (id === `\0${PARTS}` ? readParts() : undefined),
};

async function readParts() {
  let own = await readFile(join(dirname(resolve('@rrweb/record')), 'record.js'), 'utf8');
  [own] = splitOnce(own, '\nfunction record(');
  for (const [name, does] of Object.entries(FUNCTIONS)) {
    own = replaceOnce(own, new RegExp(`^function ${name}\\([\\s\\S]*?^\\}$`, 'm'), `function ${name}${does}`);
  }
  for (const [condition, instead] of NEVER) {
    own = replaceOnce(own, condition, instead);
  }
  for (const statement of STATEMENTS) {
    own = replaceOnce(own, statement, '');
  }
  const constants = Object.entries(OPTIONS).map(([name, value]) => {
    own = replaceAll(own, new RegExp(`^ +(?:${name}(?: = .+|: this\\.${name})?|"${name}"),?\\n`, 'gm'), '');
    return `const ${name} = ${value};\n`;
  });
  // Fields are written for browsers without them, each with its name as a text.
  own = replaceAll(own, /^ *__publicField\(this, "\w+"\);\n/gm, '');
  own = replaceAll(own, /__publicField\(this, "(\w+)", /g, 'this.$1 = (');
  return `${constants.join('')}${own}\nexport { ${EXPORTS.join(', ')} };\n`;
}

function replaceOnce(text, what, instead) {
  return splitOnce(text, what).join(instead);
}

function splitOnce(text, what) {
  const pieces = text.split(what);
  return pieces.length === 2 ? pieces : isOther(what);
}

function replaceAll(text, what, instead) {
  return what.test(text) ? text.replace(what, instead) : isOther(what);
}

function isOther(what) {
  throw new Error(`@rrweb/record is not the release that this was written for: look for ${what}`);
}
