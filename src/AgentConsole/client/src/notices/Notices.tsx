import { CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import type { Notice } from './NoticeStore';
import classes from './Notices.module.css';

export function Notices() {
  const { notices } = useApp();
  const messages = useMessages();
  const all = useStore(notices.state);
  return (
    <div className={classes.stack} role="status" aria-label={messages.notices.region}>
      {all.map((notice) => (
        <NoticeCard
          key={notice.id}
          notice={notice}
          onClose={() => {
            notices.dismiss(notice.id);
          }}
        />
      ))}
    </div>
  );
}

function NoticeCard({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const messages = useMessages();
  const Icon = notice.tone === 'warning' ? IconAlertTriangle : IconInfoCircle;
  return (
    <div className={classes.notice} data-tone={notice.tone}>
      <Icon size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <span className={classes.text} dir="auto">
        {notice.say(messages)}
      </span>
      <CloseButton size={24} onClick={onClose} aria-label={messages.notices.dismiss} />
    </div>
  );
}
