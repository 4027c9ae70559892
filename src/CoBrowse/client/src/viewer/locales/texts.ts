import type { Language, Tool } from '../messages';
import type { VeilState } from '../view-session';

export interface ViewerTexts {
  readonly page: (path: string) => string;
  readonly states: Readonly<Record<Exclude<VeilState, 'live'>, { readonly title: string; readonly text: string }>>;
  readonly tools: Readonly<Record<Tool, string>>;
  readonly help: string;
  readonly pointed: string;
  readonly highlighted: string;
  readonly scrolled: string;
  readonly drawing: string;
  readonly drawn: string;
  readonly nothingThere: string;
  readonly elsewhere: string;
  readonly asCustomer: string;
  /** What stands where it cannot be shown, by the word of the box. */
  readonly boxes: Readonly<Record<string, string>>;
}

const en: ViewerTexts = {
  page: (path) => `The customer's page ${path}`,
  states: {
    waiting: { title: 'Waiting for the page', text: "The customer's page appears here in a moment." },
    paused: { title: 'Paused', text: 'The customer has paused. You see the page again when they go on.' },
    private: { title: 'Private page', text: 'The customer is on a page that is not shown.' },
    away: { title: 'Customer away', text: "The customer's browser is out of reach. This is the last that was seen." },
    absent: {
      title: 'Customer away',
      text: "The customer's browser is out of reach. Nothing of the page is here to be seen.",
    },
    ended: { title: 'Ended', text: 'This session is over. Nothing of the page is kept.' },
  },
  tools: { none: 'Look only', point: 'Point', highlight: 'Highlight', scroll: 'Scroll here', draw: 'Draw' },
  help: 'Arrow keys move the cursor, with Shift farther; Page Up and Page Down look at other parts of the page, Home where the customer looks. P points, H highlights, S asks to scroll, D draws, Enter does it, Escape stops and takes back what is shown.',
  pointed: 'Pointed',
  highlighted: 'Highlighted',
  scrolled: 'Scrolling asked',
  drawing: 'Drawing from here; Enter ends the line',
  drawn: 'Drawn',
  nothingThere: 'Nothing there',
  elsewhere: 'Another part of the page than the customer sees',
  asCustomer: 'The part that the customer sees',
  boxes: {
    image: 'Image',
    video: 'Video',
    audio: 'Audio',
    canvas: 'Drawing',
    frame: 'Frame',
    plugin: 'Plug-in',
    closed: 'Closed',
  },
};

const nl: ViewerTexts = {
  page: (path) => `De pagina van de klant ${path}`,
  states: {
    waiting: { title: 'Wachten op de pagina', text: 'De pagina van de klant verschijnt hier zo.' },
    paused: { title: 'Gepauzeerd', text: 'De klant heeft gepauzeerd. U ziet de pagina weer als de klant verdergaat.' },
    private: { title: 'Privépagina', text: 'De klant is op een pagina die niet wordt getoond.' },
    away: { title: 'Klant weg', text: 'De browser van de klant is niet bereikbaar. Dit is het laatste wat is gezien.' },
    absent: {
      title: 'Klant weg',
      text: 'De browser van de klant is niet bereikbaar. Van de pagina is hier niets te zien.',
    },
    ended: { title: 'Beëindigd', text: 'Deze sessie is voorbij. Van de pagina wordt niets bewaard.' },
  },
  tools: {
    none: 'Alleen kijken',
    point: 'Aanwijzen',
    highlight: 'Markeren',
    scroll: 'Hierheen scrollen',
    draw: 'Tekenen',
  },
  help: 'Pijltjestoetsen verplaatsen de cursor, met Shift verder; Page Up en Page Down kijken naar andere delen van de pagina, Home naar dat van de klant. P wijst aan, H markeert, S vraagt te scrollen, D tekent, Enter voert uit, Escape stopt en haalt weg wat te zien is.',
  pointed: 'Aangewezen',
  highlighted: 'Gemarkeerd',
  scrolled: 'Scrollen gevraagd',
  drawing: 'Tekent vanaf hier; Enter beëindigt de lijn',
  drawn: 'Getekend',
  nothingThere: 'Daar is niets',
  elsewhere: 'Een ander deel van de pagina dan de klant ziet',
  asCustomer: 'Het deel dat de klant ziet',
  boxes: {
    image: 'Afbeelding',
    video: 'Video',
    audio: 'Geluid',
    canvas: 'Tekening',
    frame: 'Kader',
    plugin: 'Plug-in',
    closed: 'Gesloten',
  },
};

export const TEXTS: Readonly<Record<Language, ViewerTexts>> = { en, nl };
