/** Of the loader, which stays small. */
export const enLoader = { failed: 'Co-Pilot could not be loaded. Reload the page to try again.' };

export const en = {
  code: {
    heading: 'Let one of us follow along',
    intro: 'Are you talking to one of our colleagues? Type the code that they gave you.',
    label: 'Co-Pilot code',
    hint: '8 characters, such as K7P-4WXYZ. Capitals, spaces and dashes do not matter.',
    submit: 'Continue',
    checking: 'Checking the code…',
    next: 'You first see who is going to follow along, and what they can see. Nothing is shown before you agree.',
    empty: 'Type the code first.',
    length: (count: number) => `A code has 8 characters. This one has ${count}.`,
    letters: 'Codes hold no 0, 1, I, L or O, and no other signs. Ask your colleague to spell it once more.',
    wait: (seconds: number) =>
      seconds < 90
        ? `Those were too many tries. Try again in ${seconds} second${seconds === 1 ? '' : 's'}.`
        : `Those were too many tries. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    waited: 'You can try again now.',
    running: (name: string) => `You are connected with ${name}. Use the bar on this page to pause or stop.`,
    asked: 'Answer the question on your screen.',
  },
  /** By the wire's error codes; what is not here gets `unknownError`. */
  errors: {
    not_found: 'This code does not work. It may be mistyped, used or too old: ask your colleague for a new one.',
    invalid: 'This code does not work. It may be mistyped, used or too old: ask your colleague for a new one.',
    rate_limited: 'Those were too many tries. Please wait a little.',
    disconnected: 'There is no connection. Please try again.',
    unavailable: 'This is not possible at the moment. Please try again in a minute.',
    forbidden: 'This is not possible from this page.',
  } as Readonly<Record<string, string>>,
  unknownError: 'Something went wrong on our side. Please try again later.',
  consent: {
    heading: (name: string) => `May ${name} follow along?`,
    who: (name: string, department: string | undefined) =>
      department === undefined ? `${name} gave you this code.` : `${name} of ${department} gave you this code.`,
    warning:
      'Did somebody call or write to you out of the blue and ask you to type a code? Then say no: it may be somebody who only claims to be us.',
    sees: 'What they see',
    seen: ['The pages of this shop that you open in this tab, with private texts masked', 'Where you point and scroll'],
    never: 'What they never see',
    hidden: [
      'What you type, and your passwords',
      'Pages that the shop keeps private, such as paying',
      'Other websites, other tabs, and the rest of your screen',
    ],
    cannot: 'What they cannot do',
    impossible: 'Click, type, order or pay in your place. Nobody can, not even with your permission.',
    stop: 'You can pause or stop at any moment, also with the Esc key.',
    agree: 'Agree',
    decline: 'No, thanks',
    notRequested: 'I did not contact the shop',
    lost: 'No connection. Your answer is passed on as soon as it is back.',
  },
  banner: {
    label: 'Co-Pilot',
    sees: (name: string) => `${name} sees this page`,
    starting: (name: string) => `Connecting with ${name}…`,
    privatePage: (name: string) => `Private page: ${name} sees nothing of it`,
    paused: (name: string) => `Paused: ${name} sees nothing`,
    lost: 'No connection: nothing is shown. Trying again…',
    escape: 'Press Esc to stop.',
    pause: 'Pause',
    resume: 'Go on',
    stop: 'Stop',
    close: 'Close',
  },
  /** What the agent proposes; nothing of it happens without a yes. */
  guidance: {
    page: (name: string, path: string) => `${name} proposes the page ${path}`,
    go: 'Go there',
    notNow: 'Not now',
    going: (name: string, path: string) => `${name} takes you to the page ${path}`,
    stay: 'Stay here',
    above: (name: string) => `${name} would like to show you something further up`,
    below: (name: string) => `${name} would like to show you something further down`,
    show: 'Show me',
    dontShow: 'No',
    key: 'Answer with F6.',
  },
  /** By the wire's reasons and our own. */
  ended: {
    declined: () => 'You said no. Nothing was shown.',
    not_requested: () =>
      'Thank you for telling us. Nothing was shown, and the shop has been warned. Hang up, and give nobody codes or passwords.',
    ended_by_customer: (name) => `You have stopped. ${name} sees nothing any more.`,
    ended_by_agent: (name) => `${name} no longer follows along.`,
    agent_signed_out: (name) => `${name} has left, and sees nothing any more.`,
    consent_timeout: () => 'The question waited too long for an answer. Nothing was shown. Ask for a new code.',
    idle: () => 'Nothing happened on this page for a while, so following along has stopped.',
    time_limit: () => 'Following along has stopped, because the time for it was up.',
    customer_gone: () => 'The connection was gone for too long, so following along has stopped.',
    unsafe_content: () => 'Following along has stopped, because this page cannot be shown safely.',
    page_too_large: () => 'Following along has stopped, because this page is too large to be shown.',
    displaced: () => 'Following along goes on in another tab.',
    capture_failed: () => 'Following along has stopped, because this page could not be shown.',
    banner_hidden: () => 'Following along has stopped, because this page kept our bar out of sight.',
  } as Readonly<Record<string, (name: string) => string>>,
  endedUnknown: () => 'Following along has stopped.',
};

/** Every language has all of these, or the build fails. */
export type Words = typeof en;
export type LoaderWords = typeof enLoader;
