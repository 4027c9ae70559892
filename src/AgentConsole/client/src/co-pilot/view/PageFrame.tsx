import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLocale, useMessages } from '../../locales/LocaleContext';
import { useStore } from '../../stores/useStore';
import type { CoPilotSession } from '../CoPilotSession';
import classes from './PagePane.module.css';

interface PageFrameProps {
  readonly session: CoPilotSession;
  readonly url: string;
}

/** The viewer, told its language once: with another one it begins anew. Systems change colours by themselves every evening, so these it is told. */
export function PageFrame({ session, url }: PageFrameProps) {
  const language = useLocale();
  const scheme = useComputedColorScheme('light');
  const attempt = useStore(session.view.state, (state) => state.attempt);
  return <Viewer key={`${language} ${attempt}`} session={session} url={url} language={language} scheme={scheme} />;
}

interface ViewerProps extends PageFrameProps {
  readonly language: 'en' | 'nl';
  readonly scheme: 'light' | 'dark';
}

/** Only this frame's window is heard, and only while it is of the viewer's origin; nothing is said to any other. */
function Viewer({ session, url, language, scheme }: ViewerProps) {
  const m = useMessages();
  const frame = useRef<HTMLIFrameElement>(null);
  const { view } = session;
  const { origin } = new URL(url, location.href);
  useEffect(() => {
    const listener = ({ source, origin: from, data }: MessageEvent<unknown>): void => {
      if (source !== null && source === frame.current?.contentWindow && from === origin) {
        view.heard(data);
      }
    };
    addEventListener('message', listener);
    view.expect();
    return () => {
      removeEventListener('message', listener);
      view.detach();
    };
  }, [view, origin]);
  useEffect(() => {
    view.paint(scheme);
  }, [view, scheme]);
  return (
    <iframe
      ref={frame}
      className={classes.frame}
      src={url}
      title={m.coPilot.view.frame}
      // Its own origin it keeps, because its inner frame has none without; what it needs no leave for it has none for.
      sandbox="allow-scripts allow-same-origin"
      referrerPolicy="no-referrer"
      onLoad={() => {
        view.attach(
          (message, transfer) => {
            frame.current?.contentWindow?.postMessage(message, origin, transfer);
          },
          { language, scheme },
        );
      }}
    />
  );
}
