import { useEffect, useState, type ReactElement } from 'react';
import type { DemoBorrower } from '../contract/types';
import { text } from '../text/text';
import { Button } from './chatui';
import { useChat, useChatState } from './context';
import { failureSentence } from './failure';
import { PhoneForm } from './PhoneForm';

/** The ways to sign in: the host page's account, a demo borrower, a code to the phone. */
export function SignInPanel(): ReactElement {
  const { signInByHost } = useChat();
  const { demo } = useChatState();
  return (
    <div className="sign-in">
      {signInByHost && <HostWay signIn={signInByHost} />}
      {demo && <DemoWay />}
      <PhoneForm />
    </div>
  );
}

function HostWay({ signIn }: { signIn: () => Promise<boolean> }): ReactElement {
  const [problem, setProblem] = useState('');
  return (
    <section className="sign-in-way">
      <h4>{text.signIn.hostTitle}</h4>
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

function DemoWay(): ReactElement {
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
      <h4>{text.signIn.demoTitle}</h4>
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
