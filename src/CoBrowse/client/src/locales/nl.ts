import type { LoaderWords, Words } from './en';

export const nlLoader: LoaderWords = { failed: 'Co-Pilot kon niet worden geladen. Laad de pagina opnieuw.' };

export const nl: Words = {
  code: {
    heading: 'Laat een van ons meekijken',
    intro: 'Heb je contact met een van onze collega’s? Vul de code in die je hebt gekregen.',
    label: 'Co-Pilot-code',
    hint: '8 tekens, zoals K7P-4WXYZ. Hoofdletters, spaties en streepjes maken niet uit.',
    submit: 'Verder',
    checking: 'Code wordt gecontroleerd…',
    next: 'Je ziet eerst wie er gaat meekijken en wat diegene ziet. Er wordt niets getoond voordat je akkoord gaat.',
    empty: 'Vul eerst de code in.',
    length: (count) => `Een code heeft 8 tekens. Deze heeft er ${count}.`,
    letters: 'In codes zitten geen 0, 1, I, L of O, en geen andere tekens. Laat je collega de code nog eens spellen.',
    wait: (seconds) =>
      seconds < 90
        ? `Dat waren te veel pogingen. Probeer het over ${seconds} seconde${seconds === 1 ? '' : 'n'} opnieuw.`
        : `Dat waren te veel pogingen. Probeer het over ${Math.ceil(seconds / 60)} minuten opnieuw.`,
    waited: 'Je kunt het nu opnieuw proberen.',
    running: (name) => `Je bent verbonden met ${name}. Pauzeer of stop met de balk op deze pagina.`,
    asked: 'Beantwoord de vraag op je scherm.',
  },
  errors: {
    not_found:
      'Deze code werkt niet. Misschien is hij verkeerd getypt, gebruikt of te oud: vraag je collega om een nieuwe.',
    invalid:
      'Deze code werkt niet. Misschien is hij verkeerd getypt, gebruikt of te oud: vraag je collega om een nieuwe.',
    rate_limited: 'Dat waren te veel pogingen. Wacht even.',
    disconnected: 'Er is geen verbinding. Probeer het opnieuw.',
    unavailable: 'Dit kan nu niet. Probeer het zo opnieuw.',
    forbidden: 'Dit kan niet vanaf deze pagina.',
  },
  unknownError: 'Er ging iets mis. Probeer het later opnieuw.',
  consent: {
    heading: (name) => `Mag ${name} meekijken?`,
    who: (name, department) =>
      department === undefined ? `${name} gaf je deze code.` : `${name} van ${department} gaf je deze code.`,
    warning:
      'Heeft iemand je onverwacht gebeld of geschreven en gevraagd een code in te vullen? Zeg dan nee: misschien doet diegene zich als ons voor.',
    sees: 'Wat diegene ziet',
    seen: [
      'De pagina’s van deze winkel die je in dit tabblad opent, met privéteksten afgedekt',
      'Waar je wijst en scrolt',
    ],
    never: 'Wat diegene nooit ziet',
    hidden: [
      'Wat je typt, en je wachtwoorden',
      'Pagina’s die de winkel privé houdt, zoals betalen',
      'Andere websites, andere tabbladen en de rest van je scherm',
    ],
    cannot: 'Wat diegene niet kan',
    impossible: 'In jouw plaats klikken, typen, bestellen of betalen. Dat kan niemand, ook niet als jij het goedvindt.',
    stop: 'Je kunt op elk moment pauzeren of stoppen, ook met de Esc-toets.',
    agree: 'Akkoord',
    decline: 'Nee, bedankt',
    notRequested: 'Ik had geen contact met de winkel',
    lost: 'Geen verbinding. Je antwoord wordt doorgegeven zodra die terug is.',
  },
  banner: {
    label: 'Co-Pilot',
    sees: (name) => `${name} ziet deze pagina`,
    starting: (name) => `Verbinden met ${name}…`,
    privatePage: (name) => `Privépagina: ${name} ziet er niets van`,
    paused: (name) => `Gepauzeerd: ${name} ziet niets`,
    lost: 'Geen verbinding: er wordt niets getoond. We proberen het opnieuw…',
    escape: 'Druk op Esc om te stoppen.',
    pause: 'Pauze',
    resume: 'Verder',
    stop: 'Stop',
    close: 'Sluiten',
  },
  guidance: {
    page: (name, path) => `${name} stelt de pagina ${path} voor`,
    go: 'Ga erheen',
    notNow: 'Nu niet',
    going: (name, path) => `${name} brengt je naar de pagina ${path}`,
    stay: 'Blijf hier',
    above: (name) => `${name} wil je iets hoger op de pagina laten zien`,
    below: (name) => `${name} wil je iets lager op de pagina laten zien`,
    show: 'Laat zien',
    dontShow: 'Nee',
    key: 'Antwoord met F6.',
  },
  ended: {
    declined: () => 'Je hebt nee gezegd. Er is niets getoond.',
    not_requested: () =>
      'Goed dat je het zegt. Er is niets getoond en de winkel is gewaarschuwd. Hang op en geef niemand codes of wachtwoorden.',
    ended_by_customer: (name) => `Je bent gestopt. ${name} ziet niets meer.`,
    ended_by_agent: (name) => `${name} is gestopt met meekijken.`,
    agent_signed_out: (name) => `${name} is weg en ziet niets meer.`,
    consent_timeout: () => 'De vraag wachtte te lang op een antwoord. Er is niets getoond. Vraag om een nieuwe code.',
    idle: () => 'Er gebeurde een tijdje niets op deze pagina, daarom is het meekijken gestopt.',
    time_limit: () => 'Het meekijken is gestopt, omdat de tijd ervoor om was.',
    customer_gone: () => 'De verbinding was te lang weg, daarom is het meekijken gestopt.',
    unsafe_content: () => 'Het meekijken is gestopt, omdat deze pagina niet veilig getoond kan worden.',
    page_too_large: () => 'Het meekijken is gestopt, omdat deze pagina te groot is om te tonen.',
    displaced: () => 'Het meekijken gaat verder in een ander tabblad.',
    capture_failed: () => 'Het meekijken is gestopt, omdat deze pagina niet getoond kon worden.',
    banner_hidden: () => 'Het meekijken is gestopt, omdat deze pagina onze balk buiten beeld hield.',
  },
  endedUnknown: () => 'Het meekijken is gestopt.',
};
