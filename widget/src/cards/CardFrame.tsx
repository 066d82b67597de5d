import { useId, type ReactElement, type ReactNode } from 'react';
import { Card } from '../ui/chatui';

interface CardFrameProps {
  title: string;
  /** A short line under the title: the date of the figures. */
  subtitle?: string;
  className?: string;
  children: ReactNode;
}

/**
 * The frame of every card: a titled group. Its heading can be jumped to; a landmark for each card of a
 * long conversation, many of one name, would bury the page's own.
 */
export function CardFrame({ title, subtitle, className = '', children }: CardFrameProps): ReactElement {
  const id = useId();
  return (
    <Card className={`card ${className}`}>
      <div role="group" aria-labelledby={id}>
        <div className="card-head">
          <h3 id={id}>{title}</h3>
          {subtitle && <p>{subtitle}</p>}
        </div>
        {children}
      </div>
    </Card>
  );
}
