import { type CSSVariablesResolver, createTheme, Drawer, type MantineColorsTuple, Modal } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#effbf8',
  '#d5f2eb',
  '#a9e3d6',
  '#77d0be',
  '#48b9a4',
  '#26a08b',
  '#178573',
  '#116b5e',
  '#0f564c',
  '#0b423b',
];

/** Greys with a breath of the brand's green, so that light and dark look like one product. */
const gray: MantineColorsTuple = [
  '#f7f9f9',
  '#eff3f2',
  '#e3e9e7',
  '#d3dbd9',
  '#b9c4c1',
  '#8d9b98',
  '#66736f',
  '#4a5754',
  '#2f3937',
  '#16211f',
];

const dark: MantineColorsTuple = [
  '#e6ecea',
  '#c3cecb',
  '#9bacaa',
  '#6b7b78',
  '#3a4644',
  '#2a3432',
  '#1d2624',
  '#161d1c',
  '#0f1514',
  '#0a0f0e',
];

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, gray, dark },
  black: '#16211f',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '600' },
  components: {
    Modal: Modal.extend({ styles: { title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } } }),
    Drawer: Drawer.extend({ styles: { title: { fontWeight: 650 } } }),
  },
});

/** Mantine's own dimmed, placeholder and error colours are below the 4.5 : 1 that WCAG asks of text. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#566462',
    '--mantine-color-placeholder': '#66736f',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    '--mantine-color-dimmed': '#adbbb9',
    '--mantine-color-placeholder': '#8b9a97',
    '--mantine-color-error': '#ff9c92',
  },
});
