import { useMessages } from '../locales/LocaleContext';
import { lineFigures } from './lineFigures';
import classes from './LivePage.module.css';

/** Who reads "84 %" should be able to find out of what. */
export function AboutFigures() {
  const { about, figures } = useMessages().supervision;
  return (
    <details className={classes.about}>
      <summary>{about.title}</summary>
      <dl>
        {lineFigures.map(({ key }) => (
          <div key={key}>
            <dt>{figures[key]}</dt>
            <dd>{about[key]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
