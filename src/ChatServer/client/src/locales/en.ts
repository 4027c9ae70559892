/** The launcher's words are a constant of their own, so that the first script stays small. */
export const enLauncher = {
  open: 'Chat with us',
  close: 'Minimise chat',
  loading: 'Opening chat…',
  failed: 'Chat could not be loaded. Try again.',
  unread: (count: number) =>
    count === 1 ? 'Chat with us, 1 unread message' : `Chat with us, ${count} unread messages`,
};

export const en = {
  title: 'Chat',
  minimise: 'Minimise',
  back: 'Back',
  topics: {
    heading: 'How can we help?',
    intro: 'Pick a topic and we will find the right person for you.',
    known: {
      orders: 'Orders and delivery',
      payments: 'Payments',
      returns: 'Returns and refunds',
      'gift-cards': 'Gift cards',
    } as Readonly<Record<string, string>>,
    open: 'Open now',
    waiting: (count: number) => (count === 1 ? '1 person in line' : `${count} people in line`),
    closed: 'Closed now',
    opens: (when: string) => `Closed, opens ${when}`,
    unknown: 'Try it; we cannot see our opening hours right now',
    none: 'There is nothing to chat about on this page yet.',
  },
  /** How long it will be; an amount is a number, perhaps with a fraction. */
  wait: {
    expected: (time: string) => `expected wait ${time}`,
    under: (time: string) => `less than ${time}`,
    between: (from: string, to: string) => `${from} to ${to}`,
    minutes: (amount: string) => (amount === '1' ? '1 minute' : `${amount} minutes`),
    hours: (amount: string) => (amount === '1' ? '1 hour' : `${amount} hours`),
  },
  form: {
    name: 'Your name',
    optional: 'optional',
    message: 'What is it about?',
    hint: 'Do not share card numbers or passwords.',
    start: 'Start chat',
    empty: 'Write a few words first.',
  },
  status: {
    starting: 'Starting the chat…',
    opening: 'Opening your chat…',
    next: 'You are next in line',
    position: (position: number) => `You are number ${position} in line`,
    waiting: 'You are in line',
    connecting: 'We are connecting you with a colleague',
    keepWriting: 'You can keep writing; nothing gets lost.',
    with: (name: string) => `You are chatting with ${name}`,
    withSomebody: 'You are chatting with us',
    ended: 'This chat has ended',
  },
  connection: {
    lost: 'No connection. Trying again…',
    kept: 'What you write is kept and sent as soon as the connection is back.',
    back: 'You are connected again.',
  },
  composer: {
    label: 'Message',
    placeholder: 'Write a message…',
    send: 'Send',
    left: (count: number) => (count === 1 ? '1 character left' : `${count} characters left`),
    tooLong: (count: number) => (count === 1 ? '1 character too many' : `${count} characters too many`),
  },
  message: {
    log: 'Messages',
    you: 'You',
    agent: 'Employee',
    sending: 'Sending…',
    waiting: 'Waiting for connection',
    held: 'Waiting for the message above',
    sent: 'Sent',
    read: 'Read',
    failed: 'Not sent',
    retry: 'Try again',
    discard: 'Delete',
    newTab: '(opens in a new tab)',
    newer: 'New messages',
  },
  event: {
    agent_calls: (name: string) => `${name} calls you`,
    agent_joined: (name: string) => `${name} has joined the chat`,
    agent_away: (name: string) => `${name} has lost the connection. You keep your place in line.`,
    transferred: (name: string) => `${name} is passing you on to a colleague`,
    toCallback: 'You asked to be called instead',
    toChat: 'You went on by chat',
    call_failed: 'We called and did not reach you',
    inactivity_warning: (seconds: number) =>
      seconds >= 120
        ? `Are you still there? The chat ends in ${Math.round(seconds / 60)} minutes unless you write something.`
        : seconds > 0
          ? `Are you still there? The chat ends in ${seconds} seconds unless you write something.`
          : 'Are you still there? The chat ends soon unless you write something.',
    endedByYou: 'You ended the chat',
    endedByAgent: 'Our colleague has ended the chat',
    ended: 'The chat has ended',
    unknown: 'Something changed in this chat',
  },
  typing: (name: string) => `${name} is typing…`,
  invitation: {
    label: 'Co-Pilot',
    question: (name: string) => `${name} asks to look at this site with you`,
    next: 'You see first what is shown and what never is. Nothing is shown before you agree.',
    type: 'Type this code on our Co-Pilot page. There you see first what is shown and what never is.',
    codePage: 'Open the Co-Pilot page in a new tab',
    join: (name: string) => `Show this site to ${name}`,
    joining: 'One moment…',
    notNow: 'Not now',
    errors: {
      not_found: 'This invitation does not hold any more. Ask for another one.',
      conflict: 'Somebody is looking along already.',
      rate_limited: 'That went too fast. Please try again in a moment.',
      forbidden: 'This is not possible from this page. Type the code on our Co-Pilot page.',
      disconnected: 'There is no connection. Please try again.',
    } as Readonly<Record<string, string>>,
    unknownError: 'That did not work. Please try again.',
  },
  callback: {
    offer: 'Would you rather be called?',
    offerNote: 'As soon as it is your turn, or at a time that you choose',
    offerLater: 'At a time that you choose',
    instead: 'Call me back instead',
    open: 'Your call-back',
    openSeveral: (count: number) => `Your ${count} call-backs`,
    opening: 'One moment…',
    failed: 'This could not be loaded.',
    retry: 'Try again',
    noLink: 'Open the whole link that you got when you asked to be called.',
  },
  end: {
    action: 'End chat',
    question: 'Do you want to end this chat?',
    confirm: 'End chat',
    cancel: 'Keep chatting',
    ending: 'Ending…',
  },
  startAgain: 'Start a new chat',
  today: 'Today',
  yesterday: 'Yesterday',
  /** By the wire's error codes; what is not here gets `unknown`. */
  errors: {
    invalid: 'This could not be accepted as it is.',
    too_large: 'This message is too long.',
    closed: 'This chat has ended.',
    outside_hours: 'This topic has just closed.',
    queue_full: 'The line is full at the moment. Please try again in a few minutes.',
    rate_limited: 'That went too fast. Please try again in a moment.',
    not_found: 'This chat is no longer available.',
    forbidden: 'This is not possible from this page.',
    disconnected: 'There is no connection. Please try again.',
    unknown: 'Try it; we cannot see our opening hours right now',
  } as Readonly<Record<string, string>>,
  unknownError: 'Something went wrong on our side. Please try again later.',
};

/** Every language has all of these, or the build fails. */
export type LauncherWords = typeof enLauncher;
export type Words = typeof en;
