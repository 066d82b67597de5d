import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { Button } from './chatui';

interface StateScreenProps {
  title: string;
  children: ReactNode;
  action: string;
  onAction: () => void;
}

/** A full-width state with a way out: no connection, the session over, signed out. */
export function StateScreen({ title, children, action, onAction }: StateScreenProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <section className="state" aria-labelledby="state-title">
      <h2 id="state-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
      <Button color="primary" onClick={onAction}>
        {action}
      </Button>
    </section>
  );
}
