import classes from './Brand.module.css';

export function Brand() {
  return (
    <span className={classes.brand}>
      <svg viewBox="0 0 32 32" width="1.6em" height="1.6em" aria-hidden>
        <rect width="32" height="32" rx="8" className={classes.field} />
        <path d="M8 15a8 8 0 0 1 16 0v1a8 8 0 0 1-8 8H9.5a1 1 0 0 1-.8-1.6l1-1.4A8 8 0 0 1 8 16z" fill="#fff" />
        <path d="M12.5 16.2 20 12l-3.1 8-1.5-3z" className={classes.field} />
      </svg>
      CoPilot
    </span>
  );
}
