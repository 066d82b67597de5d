import { useEffect, useState, type ReactElement } from 'react';
import type { DemoBorrower } from '../contract/types';
import { text } from '../text/text';
import { Button } from './chatui';
import { useChat, useChatState } from './context';
import { failureSentence } from './failure';
import { PhoneForm } from './PhoneForm';

/** Headings follow the title of what the panel is in: a card or the dialog. */
export type Heading = 'h3' | 'h4';

interface WayProps {
  heading: Heading;
}

/** The ways to sign in: the host page's account, a demo borrower, a code to the phone. */
export function SignInPanel({ heading }: WayProps): ReactElement {
  const { signInByHost } = useChat();
  const { demo } = useChatState();
  return (
    <div className="sign-in">
      {signInByHost && <HostWay heading={heading} signIn={signInByHost} />}
      {demo && <DemoWay heading={heading} />}
      <PhoneForm heading={heading} />
    </div>
  );
}

interface HostWayProps extends WayProps {
  signIn: () => Promise<boolean>;
}

function HostWay({ heading: Title, signIn }: HostWayProps): ReactElement {
  const [problem, setProblem] = useState('');
  return (
    <section className="sign-in-way">
      <Title>{text.signIn.hostTitle}</Title>
      <Button
        color="primary"
        onClick={() => {
          void signIn().then((done) => {
            setProblem(done ? '' : text.signIn.hostFailed);
          });
        }}
      >
        {text.signIn.hostAction}
      </Button>
      <p className="problem" role="alert">
        {problem}
      </p>
    </section>
  );
}

function DemoWay({ heading: Title }: WayProps): ReactElement {
  const { controller } = useChat();
  const [borrowers, setBorrowers] = useState<DemoBorrower[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    let wanted = true;
    controller
      .demoBorrowers()
      .then((rows) => {
        if (wanted) setBorrowers(rows);
      })
      .catch((error: unknown) => {
        if (wanted) setProblem(failureSentence(error, text.signIn.demoFailed));
      });
    return () => {
      wanted = false;
    };
  }, [controller]);

  const choose = async (id: string): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      await controller.signInAsDemo(id);
    } catch (error) {
      setProblem(failureSentence(error, text.signIn.failed));
      setBusy(false);
    }
  };

  return (
    <section className="sign-in-way">
      <Title>{text.signIn.demoTitle}</Title>
      <p className="hint">{text.signIn.demoNote}</p>
      <ul className="demo-borrowers">
        {borrowers?.map((borrower) => (
          <li key={borrower.id}>
            <button type="button" disabled={busy} onClick={() => void choose(borrower.id)}>
              <strong>{borrower.display_name}</strong>
              <span>{borrower.story}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="problem" role="alert">
        {problem}
      </p>
    </section>
  );
}
