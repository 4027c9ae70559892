import type { RawEvent } from '../../src/recorder/sanitizing/events';

type Node = Record<string, unknown>;

export interface HostilePage {
  readonly name: string;
  readonly page: readonly RawEvent[];
  readonly then: readonly RawEvent[];
}

const HTML = 2;
const HEAD = 3;
const BODY = 4;
const TARGET = 6;
const SHEET = 8;
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

/** Pages that no honest customer's browser sends, each with an address of its own, so that a request tells which one it was. */
export function hostilePages(foreign: string): HostilePage[] {
  const pages: HostilePage[] = [];
  const at = (): string => `${foreign}/${pages.length}`;
  const script = (): string => `console.log('PWNED ${pages.length}');fetch('${at()}-script')`;
  const add = (name: string, node: Node, then: readonly RawEvent[] = []): void => {
    pages.push({ name: `${name}, snapshot`, page: page([node]), then });
  };
  const addBoth = (name: string, make: () => Node): void => {
    add(name, make());
    pages.push({
      name: `${name}, added`,
      page: page([]),
      then: [mutation({ adds: [{ parentId: BODY, nextId: null, node: make() }] })],
    });
  };
  const changed = (name: string, id: number, attributes: () => Record<string, unknown>): void => {
    pages.push({
      name: `${name}, changed`,
      page: page([]),
      then: [mutation({ attributes: [{ id, attributes: attributes() }] })],
    });
  };
  const css = (name: string, make: () => string): void => {
    add(`${name} in _cssText`, element('style', { _cssText: make() }));
    pages.push({ name: `${name} as child`, page: page([element('style', {}, [textNode(make())])]), then: [] });
    pages.push({
      name: `${name} as rule`,
      page: page([]),
      then: [increment({ source: 8, id: SHEET, adds: [{ rule: make(), index: 0 }] })],
    });
    pages.push({
      name: `${name} adopted`,
      page: page([]),
      then: [
        increment({ source: 15, id: 1, styleIds: [1], styles: [{ styleId: 1, rules: [{ rule: make(), index: 0 }] }] }),
      ],
    });
  };

  addBoth('script', () => element('script', {}, [textNode(script())]));
  addBoth('script src', () => element('script', { src: at() }));
  addBoth('module', () => element('script', { type: 'module', src: at() }));
  addBoth('svg script', () =>
    element('svg', { isSVG: '' }, [element('script', { href: at() }, [textNode(script())], true)], true),
  );
  addBoth('img onerror', () => element('img', { src: 'x:', onerror: script() }));
  addBoth('img src', () => element('img', { src: at() }));
  addBoth('img srcset', () => element('img', { srcset: `${at()} 1x` }));
  addBoth('picture', () =>
    element('picture', {}, [element('source', { srcset: at() }), element('img', { src: PIXEL })]),
  );
  addBoth('svg image', () =>
    element('svg', {}, [element('image', { href: at(), width: '9', height: '9' }, [], true)], true),
  );
  addBoth('svg use', () => element('svg', {}, [element('use', { href: `${at()}#a` }, [], true)], true));
  addBoth('svg animate', () =>
    element(
      'svg',
      {},
      [
        element(
          'a',
          { href: '#' },
          [element('animate', { attributeName: 'href', to: `javascript:${script()}` }, [], true)],
          true,
        ),
      ],
      true,
    ),
  );
  addBoth('svg onload', () => element('svg', { onload: script() }, [], true));
  addBoth('video', () => element('video', { src: at(), poster: `${at()}-poster`, autoplay: '' }));
  addBoth('audio', () => element('audio', { src: at(), autoplay: '' }));
  addBoth('track', () => element('video', {}, [element('track', { src: at(), default: '', kind: 'captions' })]));
  addBoth('iframe', () => element('iframe', { src: at() }));
  addBoth('iframe rr_src', () => element('iframe', { rr_src: at() }));
  addBoth('iframe srcdoc', () => element('iframe', { srcdoc: `<script>${script()}</script><img src="${at()}">` }));
  addBoth('iframe javascript', () => element('iframe', { src: `javascript:${script()}` }));
  addBoth('iframe data', () => element('iframe', { src: `data:text/html,<script>${script()}</script>` }));
  addBoth('frameset', () => element('frameset', {}, [element('frame', { src: at() })]));
  addBoth('object', () => element('object', { data: at() }));
  addBoth('embed', () => element('embed', { src: at() }));
  addBoth('portal', () => element('portal', { src: at() }));
  addBoth('link stylesheet', () => element('link', { rel: 'stylesheet', href: at() }));
  addBoth('link with sheet', () =>
    element('link', { rel: 'stylesheet', href: at(), _cssText: `@import "${at()}-import";` }),
  );
  for (const rel of [
    'preload',
    'prefetch',
    'preconnect',
    'dns-prefetch',
    'modulepreload',
    'icon',
    'manifest',
    'prerender',
  ]) {
    addBoth(`link ${rel}`, () => element('link', { rel, href: at(), as: 'image' }));
  }

  addBoth('meta refresh', () => element('meta', { 'http-equiv': 'refresh', content: `0;url=${at()}` }));
  addBoth('base', () => element('base', { href: `${at()}/` }));
  addBoth('anchor', () =>
    element('a', { href: `javascript:${script()}`, style: 'position:fixed;inset:0' }, [textNode('all of it')]),
  );
  addBoth('anchor ping', () =>
    element('a', { href: at(), ping: `${at()}-ping`, target: '_top', style: 'position:fixed;inset:0' }, [
      textNode('x'),
    ]),
  );
  addBoth('form', () =>
    element('form', { action: at() }, [element('button', { formaction: at(), style: 'position:fixed;inset:0' })]),
  );
  addBoth('autofocus', () => element('input', { autofocus: '', onfocus: script() }));
  addBoth('details', () => element('details', { open: '', ontoggle: script() }));
  addBoth('input image', () => element('input', { type: 'image', src: at() }));
  addBoth('body background', () => element('table', { background: at() }));
  addBoth('custom element', () => element('x-evil', { onclick: script(), is: 'x-evil' }));
  addBoth('template', () => element('template', { shadowrootmode: 'open' }, [element('img', { src: at() })]));
  addBoth('shadow', () => ({
    ...element('div', {}, [{ ...element('img', { src: at(), onerror: script() }), isShadow: true }]),
    isShadowHost: true,
  }));
  addBoth('math', () => element('math', {}, [element('maction', { 'xlink:href': `javascript:${script()}` })]));
  addBoth('noscript', () => element('noscript', {}, [element('img', { src: at() })]));
  addBoth('rr_dataURL', () => element('img', { rr_dataURL: at() }));
  addBoth('canvas', () => element('canvas', { rr_dataURL: at() }));
  addBoth('style attribute', () => element('div', { style: `background:url(${at()})` }, [textNode('x')]));
  addBoth('fill', () =>
    element('svg', {}, [element('rect', { fill: `url(${at()}#a)`, width: '9', height: '9' }, [], true)], true),
  );

  css('import', () => `@import url(${at()});`);
  css('background', () => `body{background-image:url("${at()}")}`);
  css('image-set', () => `body{background-image:image-set("${at()}" 1x)}`);
  css('font', () => `@font-face{font-family:evil;src:url(${at()})}`);
  css('escaped url', () => `body{background:u\\72l(${at()})}`);
  css('attribute selector', () => `input[value^="4"]{background:url(${at()})}`);
  css('cursor', () => `*{cursor:url(${at()}),auto}`);
  css('content', () => `body::before{content:url(${at()})}`);
  css('property', () => `:root{--a:url(${at()})} body{background:var(--a)}`);

  changed('onclick', BODY, () => ({ onclick: script() }));
  changed('style object', TARGET, () => ({ style: { 'background-image': `url(${at()})` } }));
  changed('style', TARGET, () => ({ style: `background-image:url(${at()})` }));
  changed('srcdoc', TARGET, () => ({ srcdoc: `<script>${script()}</script>` }));
  changed('background', BODY, () => ({ background: at() }));
  pages.push({
    name: 'style declaration',
    page: page([]),
    then: [
      increment({
        source: 13,
        id: SHEET,
        index: [0],
        set: { property: 'background-image', value: `url(${at()})`, priority: '' },
      }),
    ],
  });
  pages.push({
    name: 'font event',
    page: page([]),
    then: [increment({ source: 10, family: 'evil', fontSource: `url(${at()})`, buffer: false })],
  });
  pages.push({
    name: 'canvas event',
    page: page([]),
    then: [
      increment({
        source: 9,
        id: TARGET,
        type: 0,
        commands: [{ property: 'drawImage', args: [{ rr_type: 'ImageBitmap', src: at() }] }],
      }),
    ],
  });
  pages.push({
    name: 'plugin event',
    page: page([]),
    then: [{ type: 6, timestamp: 1, data: { plugin: 'x', payload: script() } }],
  });
  pages.push({
    name: 'input event',
    page: page([]),
    then: [increment({ source: 5, id: TARGET, text: script(), isChecked: true })],
  });
  pages.push({
    name: 'media event',
    page: page([]),
    then: [increment({ source: 7, id: TARGET, type: 0, currentTime: 0 })],
  });
  pages.push({
    name: 'address',
    page: [{ type: 4, timestamp: 1, data: { href: at(), width: 800, height: 600 } }, ...page([]).slice(1)],
    then: [],
  });
  return pages;
}

let nextId = 100;

function element(
  tagName: string,
  attributes: Record<string, unknown>,
  childNodes: Node[] = [],
  isSVG = tagName === 'svg',
): Node {
  return { type: 2, id: nextId++, tagName, attributes, childNodes, ...(isSVG ? { isSVG } : {}) };
}

function textNode(textContent: string): Node {
  return { type: 3, id: nextId++, textContent };
}

function page(children: Node[]): RawEvent[] {
  const head = {
    type: 2,
    id: HEAD,
    tagName: 'head',
    attributes: {},
    childNodes: [
      { type: 2, id: SHEET, tagName: 'style', attributes: { _cssText: 'body{color:#000}' }, childNodes: [] },
    ],
  };
  const body = {
    type: 2,
    id: BODY,
    tagName: 'body',
    attributes: {},
    childNodes: [
      {
        type: 2,
        id: TARGET,
        tagName: 'div',
        attributes: { id: '_abcdefgh' },
        childNodes: [{ type: 3, id: 7, textContent: 'here' }],
      },
      element('input', { value: '4' }),
      ...children,
    ],
  };
  const html = { type: 2, id: HTML, tagName: 'html', attributes: {}, childNodes: [head, body] };
  return [
    { type: 4, timestamp: 1, data: { href: '', width: 800, height: 600 } },
    {
      type: 2,
      timestamp: 1,
      data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { left: 0, top: 0 } },
    },
  ];
}

function mutation(parts: object): RawEvent {
  return increment({ source: 0, texts: [], attributes: [], removes: [], adds: [], ...parts });
}

function increment(data: object): RawEvent {
  return { type: 3, timestamp: 1, data };
}
